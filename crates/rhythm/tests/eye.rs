//! A camera watches: silences and counts are exact, times within groups are seen, and filming begins anywhere.

mod support;

use led_doctor_rhythm::{
    Chart, Decision, Flash, Flashes, Meaning, Observer, Show, Signal, Span, Watch, Within, judge,
};
use support::*;

/// Flashes as a camera reads them: onsets and lengths in ms, watched until the end of the last gap.
fn filmed(flashes: &[(f64, f64)], until: f64) -> Watch {
    let seen = holds(flashes, until);
    Watch {
        observer: Observer::Eye,
        within: Within::measure(&seen.taps),
        ..seen
    }
}

fn chart(signals: &[Signal], watch: &Watch) -> Chart {
    Chart::for_observer(Observer::Eye, watch.within, signals.to_vec(), Vec::new())
}

fn counts(all: impl Iterator<Item = u8>) -> Vec<Signal> {
    let wide = Span::Stated(200.0, 1200.0);
    let of = |n| {
        let show = bursts((n, n), wide, Span::Stated(1500.0, 2800.0));
        signal(&format!("code-{n}"), 1.0, &[("", show)], &[])
    };
    all.map(of).collect()
}

/// Rounds of `count` flashes, from the flash of this index on.
fn rounds(count: usize, every: f64, pause: f64, from: usize) -> Watch {
    let mut at = 300.0;
    let mut all = Vec::new();
    for nth in 0..3 * count {
        // A few ms off, as edges between pictures are.
        all.push((at + f64::from((nth * 7 % 11) as u8) - 5.0, 150.0));
        at += if nth % count == count - 1 {
            pause
        } else {
            every
        };
    }
    filmed(all.get(from..).unwrap_or(&[]), at - 100.0)
}

#[test]
fn counts_are_exact_wherever_the_film_begins() {
    let signals = counts(2..=12);
    for count in [3, 7, 10, 12] {
        for (every, pause) in [(310.0, 1900.0), (430.0, 2100.0), (520.0, 2700.0)] {
            for from in [0, 1, count / 2] {
                let watch = rounds(count, every, pause, from);
                let judged = judge(&chart(&signals, &watch), &watch);
                let code = id(&format!("code-{count}"));
                assert_eq!(
                    judged.decision,
                    Decision::Signal(code),
                    "{count} every {every}, from {from}: {:?}",
                    judged.ranking.get(..3)
                );
            }
        }
    }
}

#[test]
fn a_lone_flash_is_over_within_four_and_a_half_seconds_of_dark() {
    let signals = [
        signal(
            "motion",
            3.0,
            &[(
                "",
                once(group(Flash::Any, (1, 1), Span::Unstated, Span::Unstated)),
            )],
            &[],
        ),
        signal("offline", 3.0, &[("", every(3000.0))], &[]),
    ];
    let at = |until| filmed(&[(500.0, 120.0)], until);
    let decision = |until| judge(&chart(&signals, &at(until)), &at(until)).decision;
    assert_eq!(decision(3000.0), Decision::Undecided);
    assert_eq!(decision(5000.0), Decision::Signal(id("motion")));
}

#[test]
fn a_light_too_quick_for_fingers_is_read() {
    // Five flashes a second, against ten.
    let signals = [
        signal("five", 1.0, &[("", every(200.0))], &[]),
        signal("three", 1.0, &[("", every(330.0))], &[]),
    ];
    let flashes: Vec<(f64, f64)> = (0..15).map(|n| (200.0 * f64::from(n), 90.0)).collect();
    let watch = filmed(&flashes, 3000.0);
    assert_eq!(
        judge(&chart(&signals, &watch), &watch).decision,
        Decision::Signal(id("five"))
    );
}

#[test]
fn what_holds_no_flash_is_not_measured() {
    let within = |flashes: &[(f64, f64)]| filmed(flashes, 9000.0).within;
    assert_eq!(within(&[]), Within::default());
    assert_eq!(within(&[(0.0, 90.0)]), Within::default());
    let seen = within(&[(0.0, 90.0), (300.0, 95.0), (600.0, 90.0), (2600.0, 90.0)]);
    assert!(
        seen.short
            .is_some_and(|gap| (gap.get() - 300.0).abs() < 10.0),
        "{seen:?}"
    );
}

fn harmless_beat(every: f64) -> Signal {
    Signal {
        meaning: Meaning::Nothing,
        ..signal("idle", 1.0, &[("", beat(every))], &[])
    }
}

fn beat(every: f64) -> Show {
    blinking(Span::Stated(every, every))
}

#[test]
fn a_beat_is_told_soon_where_no_danger_has_its_pace_and_late_where_one_has() {
    let danger = Signal {
        meaning: Meaning::Danger,
        ..signal(
            "danger",
            1.0,
            &[(
                "",
                bursts(
                    (12, 12),
                    Span::Stated(1000.0, 1000.0),
                    Span::Stated(3500.0, 3500.0),
                ),
            )],
            &[],
        )
    };
    let told = |pace: f64, count: u8| {
        let flashes: Vec<(f64, f64)> = (0..count)
            .map(|nth| (300.0 + pace * f64::from(nth), 500.0))
            .collect();
        let watch = filmed(&flashes, pace * f64::from(count));
        let signals = [harmless_beat(pace), danger.clone()];
        judge(&chart(&signals, &watch), &watch).decision
    };
    assert_eq!(told(2000.0, 5), Decision::Signal(id("idle")));
    assert_eq!(told(1000.0, 11), Decision::Undecided);
    assert_eq!(told(1000.0, 15), Decision::Signal(id("idle")));
}

#[test]
fn brief_flashes_are_not_the_long_ones_of_a_number_that_is_not_listed() {
    let long = |count| {
        group(
            Flash::Long,
            (count, count),
            Span::Stated(900.0, 2100.0),
            Span::Unstated,
        )
    };
    let short = |count| {
        group(
            Flash::Short,
            (count, count),
            Span::Stated(300.0, 1200.0),
            Span::Stated(2200.0, 2200.0),
        )
    };
    let number = |long, short| {
        let cycle = vec![long, short];
        Show::Flashes(Flashes {
            cycle,
            ..Flashes::default()
        })
    };
    let unlisted = |name, show| Signal {
        listed: false,
        ..signal(name, 0.1, &[("", show)], &[])
    };
    let told = |every: f64, lit: f64| {
        let flashes: Vec<(f64, f64)> = (0..5)
            .map(|nth| (300.0 + every * f64::from(nth), lit))
            .collect();
        let watch = filmed(&flashes, 5.0 * every);
        let eight = bursts(
            (8, 8),
            Span::Stated(300.0, 1200.0),
            Span::Stated(2200.0, 2200.0),
        );
        let signals = [
            signal("one", 1.0, &[("", beat(every))], &[]),
            signal("eight", 1.0, &[("", eight)], &[]),
            unlisted("51", number(long(5), short(1))),
            unlisted("15", number(long(1), short(5))),
        ];
        judge(&chart(&signals, &watch), &watch).decision
    };
    assert_eq!(told(2200.0, 200.0), Decision::Signal(id("one")));
    assert_eq!(told(2200.0, 900.0), Decision::Undecided);
    // The five short ones of 15, which was joined after its long one.
    assert_eq!(told(1000.0, 200.0), Decision::Undecided);
}
