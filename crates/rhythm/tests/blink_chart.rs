//! What the classifier must decide for taps along with Blink lights: tables of taps and verdicts.

mod support;

use led_doctor_rhythm::{Chart, Decision, Look, Settle, Watch, judge};
use support::*;

fn verdict(chart: &Chart, watch: &Watch) -> String {
    match judge(chart, watch).decision {
        Decision::Unlisted(id) => format!("unlisted {id}"),
        Decision::Undecided => "undecided".into(),
        Decision::NoneOfThese => "none".into(),
        Decision::Signal(id) => id.to_string(),
    }
}

#[track_caller]
fn check(chart: &Chart, cases: &[(&str, Watch)]) {
    for (expected, watch) in cases {
        let judgement = judge(chart, watch);
        let short: Vec<_> = judgement
            .ranking
            .iter()
            .map(|r| format!("{:?} {:.3}", r.what, r.probability))
            .collect();
        assert_eq!(
            *expected,
            verdict(chart, watch),
            "{watch:?}\n{short:#?}\n{:?}",
            judgement.settle
        );
    }
}

#[test]
fn every_three_seconds_is_offline_at_the_third_tap() {
    check(
        &outdoor(),
        &[
            ("undecided", watch(&[350.0], 350.0)),
            ("undecided", watch(&[350.0, 3200.0], 3200.0)),
            ("offline", watch(&[350.0, 3200.0, 6050.0], 6050.0)),
            ("offline", watch(&[310.0, 3350.0, 6100.0, 9200.0], 9200.0)),
            // The second flash was missed.
            (
                "offline",
                watch(&[350.0, 6200.0, 9100.0, 12_050.0], 12_050.0),
            ),
            // A stray in between.
            (
                "offline",
                watch(&[350.0, 3200.0, 4100.0, 6050.0, 9000.0, 12_000.0], 12_000.0),
            ),
        ],
    );
}

#[test]
fn one_flash_and_then_dark_is_motion() {
    check(
        &outdoor(),
        &[
            ("undecided", watch(&[350.0], 3000.0)),
            ("undecided", watch(&[350.0], 5500.0)),
            ("motion", watch(&[350.0], 8850.0)),
            ("motion", stopped(watch(&[350.0], 350.0))),
            ("motion", stopped(watch(&[350.0], 2000.0))),
        ],
    );
}

#[test]
fn five_or_six_quick_flashes_and_then_dark_is_the_battery() {
    let five = [300.0, 800.0, 1300.0, 1780.0, 2290.0];
    let six = [300.0, 620.0, 980.0, 1310.0, 1650.0, 2010.0];
    check(
        &outdoor(),
        &[
            ("undecided", watch(&five, 2300.0)),
            ("battery-low", watch(&five, 6290.0)),
            ("battery-low", watch(&six, 6010.0)),
            (
                "battery-low",
                answered(watch(&five, 4290.0), "blue-light-before", "yes"),
            ),
            (
                "battery-low",
                answered(watch(&six, 4010.0), "blue-light-before", "yes"),
            ),
            ("battery-low", stopped(watch(&five, 2300.0))),
        ],
    );
}

#[test]
fn long_flashes_and_then_the_short_ones_are_starting() {
    let long = |n: usize| {
        (0..n)
            .map(|i| (300.0 + 1400.0 * i as f64, 700.0))
            .collect::<Vec<_>>()
    };
    let tail = |mut taps: Vec<(f64, f64)>, n: usize| {
        let from = taps.last().map_or(0.0, |t| t.0) + 2000.0;
        taps.extend((0..n).map(|i| (from + 3000.0 * i as f64, 100.0)));
        let until = taps.last().map_or(0.0, |t| t.0);
        holds(&taps, until)
    };
    check(
        &outdoor(),
        &[
            ("starting", tail(long(5), 3)),
            ("starting", tail(long(3), 3)),
            ("starting", tail(long(4), 2)),
        ],
    );
}

#[test]
fn who_came_late_for_the_beginning_is_told_by_the_answer_to_wait() {
    // Short presses, and nothing but the last of the long flashes.
    let late = watch(
        &[6600.0, 8550.0, 11_750.0, 14_350.0, 17_100.0, 20_300.0],
        20_300.0,
    );
    let power = |answer| answered(late.clone(), "just-powered", answer);
    check(
        &outdoor(),
        &[
            ("undecided", late.clone()),
            ("starting", power("yes")),
            ("offline", power("no")),
            // Another question's answer does not separate the two.
            (
                "undecided",
                answered(late.clone(), "blue-light-before", "no"),
            ),
        ],
    );
}

#[test]
fn no_rhythm_and_a_foreign_beat_are_none_of_these() {
    let beat = |every: f64, n: usize| (0..n).map(|i| 300.0 + every * i as f64).collect::<Vec<_>>();
    let random = [
        200.0, 900.0, 3300.0, 3800.0, 5600.0, 5950.0, 8800.0, 9300.0, 11_900.0, 12_400.0, 13_000.0,
    ];
    let nearest = |w: &Watch| judge(&outdoor(), w).ranking.len();
    check(
        &outdoor(),
        &[
            ("none", watch(&beat(500.0, 12), 5800.0)),
            ("none", watch(&beat(1500.0, 9), 12_300.0)),
            ("none", watch(&beat(5000.0, 8), 35_300.0)),
            ("none", watch(&random, 13_000.0)),
        ],
    );
    assert_eq!(8, nearest(&watch(&random, 13_000.0)));
}

#[test]
fn what_is_said_of_the_light_counts() {
    check(
        &outdoor(),
        &[
            ("recording", looks(Look::Steady)),
            ("idle", looks(Look::Dark)),
            ("idle", stopped(watch(&[], 9000.0))),
        ],
    );
    check(
        &mini(),
        &[
            ("undecided", looks(Look::Steady)),
            ("offline", answered(looks(Look::Steady), "color", "red")),
        ],
    );
    check(
        &outdoor(),
        &[("recording", holds(&[(500.0, 2500.0)], 4000.0))],
    );
}

#[test]
fn a_question_is_proposed_where_watching_cannot_tell() {
    let asks = |chart: &Chart, watch: &Watch| match judge(chart, watch).settle {
        Some(Settle::Ask { question, .. }) => question.to_string(),
        other => format!("{other:?}"),
    };
    assert_eq!("color", asks(&mini(), &looks(Look::Steady)));
    assert_eq!(
        "which-blinks",
        asks(
            &sync_module(),
            &watch(&[300.0, 1300.0, 2250.0, 3300.0, 4280.0], 4280.0)
        )
    );
    assert_eq!(
        "color",
        asks(
            &doorbell(),
            &watch(&[300.0, 1300.0, 2250.0, 3300.0, 4280.0], 4280.0)
        )
    );
}

#[test]
fn more_dark_is_proposed_where_dark_tells() {
    let settle = judge(&outdoor(), &watch(&[350.0], 4500.0)).settle;
    assert!(
        matches!(settle, Some(Settle::KeepWatching { .. })),
        "{settle:?}"
    );
}
