//! Plain beats: slow ones, those of a stated range, those that are too fast to follow.

mod support;

use led_doctor_rhythm::{
    Chart, Decision, Look, Meaning, Millis, Show, Signal, Span, Tap, Watch, judge,
};
use support::*;

/// Taps at every flash of a light with this period (s), a little unevenly.
fn tapped(period: f64, taps: usize) -> Watch {
    let uneven: [f64; 6] = [0.0, 0.03, -0.02, 0.01, -0.03, 0.02];
    let at = |nth: usize| {
        let slip: f64 = uneven.get(nth % uneven.len()).copied().unwrap_or(0.0);
        ms(500.0 + 1000.0 * (period * nth as f64 + slip.min(0.1 * period)).max(0.0))
    };
    let taps: Vec<Tap> = (0..taps)
        .map(|nth| Tap {
            at: at(nth),
            ..Tap::default()
        })
        .collect();
    let until = taps.last().map_or(Millis::default(), |tap| tap.at) + ms(300.0 * period);
    Watch {
        taps,
        until,
        ..Watch::default()
    }
}

fn beat(name: &str, from: f64, to: f64) -> Signal {
    let show = blinking(Span::Stated(1000.0 * from, 1000.0 * to));
    signal(name, 1.0, &[("", show)], &[])
}

#[test]
fn two_flashes_of_a_slow_light_are_enough() {
    let chart = Chart::new(
        vec![beat("minute", 54.0, 66.0), beat("quick", 2.8, 3.2)],
        Vec::new(),
    );
    for apart in [55.0, 60.0, 65.0] {
        assert_eq!(
            judge(&chart, &tapped(apart, 2)).decision,
            Decision::Signal(id("minute")),
            "{apart}"
        );
    }
}

#[test]
fn a_slow_light_at_another_pace_is_not_told_as_the_listed_one() {
    let harmless = Signal {
        meaning: Meaning::Nothing,
        ..beat("standby", 30.0, 45.0)
    };
    let chart = Chart::new(vec![harmless], Vec::new());
    let told = |period| judge(&chart, &tapped(period, 5)).decision;
    for other in [10.0, 16.0, 20.0, 60.0, 75.0] {
        assert_ne!(told(other), Decision::Signal(id("standby")), "{other}");
    }
    for listed in [30.0, 36.0, 45.0] {
        assert_eq!(told(listed), Decision::Signal(id("standby")), "{listed}");
    }
}

#[test]
fn every_pace_of_a_stated_range_is_the_light() {
    for (from, to, periods) in [
        (0.12, 1.0, &[0.25, 0.3, 0.4, 0.5, 0.7, 0.9][..]),
        (0.5, 5.0, &[0.55, 0.7, 1.0, 1.5, 3.0, 4.5]),
        (0.2, 0.7, &[0.25, 0.3, 0.4, 0.65]),
        (1.0, 4.0, &[1.0, 1.5, 2.0, 3.0, 3.9]),
    ] {
        let chart = Chart::new(vec![beat("blink", from, to)], Vec::new());
        for period in periods.iter().copied() {
            let taps = (10.0_f64 / period).clamp(7.0, 24.0) as usize;
            assert_eq!(
                judge(&chart, &tapped(period, taps)).decision,
                Decision::Signal(id("blink")),
                "{period} s of {from} to {to} s"
            );
        }
        // People do not tap faster than this.
        let quicker = (from > 0.4).then_some(0.45 * from);
        for other in quicker.into_iter().chain([2.2 * to]) {
            assert_ne!(
                judge(&chart, &tapped(other, 12)).decision,
                Decision::Signal(id("blink")),
                "{other} s beside {from} to {to} s"
            );
        }
    }
}

#[test]
fn too_fast_to_follow_is_the_only_light_that_is() {
    let flicker = blinking(Span::Stated(80.0, 160.0));
    let others = (2..8).map(|n| {
        let slow = Span::Stated(900.0, 1100.0);
        let show = bursts((n, n), slow, Span::Stated(3000.0, 3000.0));
        signal(&format!("code-{n}"), 1.0, &[("", show)], &[])
    });
    let lit = signal("lit", 1.0, &[("", Show::Steady)], &[]);
    let flicker = signal("flicker", 1.0, &[("", flicker)], &[]);
    let chart = Chart::new(others.chain([lit, flicker]).collect(), Vec::new());
    let watch = Watch {
        look: Some(Look::TooFast),
        until: ms(4000.0),
        ..Watch::default()
    };
    let judgement = judge(&chart, &watch);
    assert_eq!(
        judgement.decision,
        Decision::Signal(id("flicker")),
        "{:?}",
        judgement.ranking
    );
}

#[test]
fn groups_longer_than_any_of_the_list_are_not_told_as_a_beat() {
    let code = |n: u8, listed| {
        let show = bursts((n, n), Span::Unstated, Span::Stated(3000.0, 3000.0));
        Signal {
            listed,
            ..signal(&n.to_string(), 1.0, &[("", show)], &[])
        }
    };
    let codes = (2..=7).map(|n| code(n, true));
    let unlisted = (8..=12).map(|n| code(n, false));
    let chart = Chart::new(
        codes
            .chain([beat("even", 0.95, 1.05)])
            .chain(unlisted)
            .collect(),
        Vec::new(),
    );
    let tap = |at: f64| Tap {
        at: ms(at),
        ..Tap::default()
    };
    let round = |nth: usize| (0..9).map(move |n| 11_000.0 * nth as f64 + 1000.0 * f64::from(n));
    let taps: Vec<Tap> = (0..3).flat_map(round).map(tap).collect();
    let watch = Watch {
        until: ms(31_000.0),
        taps,
        ..Watch::default()
    };
    assert_ne!(judge(&chart, &watch).decision, Decision::Signal(id("even")));
}
