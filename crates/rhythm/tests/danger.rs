//! Danger first: nothing harmless is reported while a danger still fits.

mod support;

use led_doctor_rhythm::{Chart, Decision, Meaning, Millis, Signal, Span, Tap, Watch, judge};
use support::*;

fn light(name: &str, weight: f64, meaning: Meaning, count: u8, rest: f64) -> Signal {
    let rest = Span::Stated(0.8 * rest, 1.2 * rest);
    let show = bursts((count, count), Span::Stated(800.0, 1200.0), rest);
    Signal {
        meaning,
        ..signal(name, weight, &[("", show)], &[])
    }
}

/// Idle blinks at the pace of a danger's ten flashes, and its author thinks it a hundred times as usual.
fn chart() -> Chart {
    Chart::new(
        vec![
            light("idle", 100.0, Meaning::Nothing, 1, 1000.0),
            light("danger", 1.0, Meaning::Danger, 10, 4000.0),
        ],
        Vec::new(),
    )
}

fn told(times: &[i32]) -> Decision {
    let tap = |at: &i32| Tap {
        at: Millis::whole(*at),
        ..Tap::default()
    };
    let until = Millis::whole(times.last().copied().unwrap_or(0) + 200);
    let watch = Watch {
        taps: times.iter().map(tap).collect(),
        until,
        ..Watch::default()
    };
    judge(&chart(), &watch).decision
}

#[test]
fn a_danger_outlasts_a_weight() {
    let mut times = Vec::new();
    for round in 0..3 {
        for flash in 0..10 {
            times.push(round * 13_000 + flash * 1000);
        }
    }
    for so_far in 1..=times.len() {
        let decision = told(times.get(..so_far).unwrap_or(&[]));
        assert_ne!(
            decision,
            Decision::Signal(id("idle")),
            "after {so_far} taps"
        );
    }
    assert_eq!(told(&times), Decision::Signal(id("danger")));
}

#[test]
fn what_is_harmless_is_told_once_the_dangers_round_is_over() {
    let times: Vec<i32> = (0..14).map(|flash| flash * 1000).collect();
    assert_eq!(told(times.get(..8).unwrap_or(&[])), Decision::Undecided);
    assert_eq!(told(&times), Decision::Signal(id("idle")));
}

#[test]
fn one_danger_or_another_is_a_danger() {
    // No taps can separate these two.
    let twin = |name| light(name, 1.0, Meaning::Danger, 3, 2000.0);
    let chart = Chart::new(
        vec![
            twin("smoke"),
            twin("gas"),
            light("fine", 1.0, Meaning::Nothing, 1, 5000.0),
        ],
        Vec::new(),
    );
    let tap = |at: i32| Tap {
        at: Millis::whole(at),
        ..Tap::default()
    };
    let times = [0, 1000, 2000, 4000, 5000, 6000, 8000, 9000, 10_000];
    let watch = Watch {
        taps: times.into_iter().map(tap).collect(),
        until: Millis::whole(11_900),
        ..Watch::default()
    };
    let judgement = judge(&chart, &watch);
    let told = [Decision::Signal(id("smoke")), Decision::Signal(id("gas"))];
    assert!(told.contains(&judgement.decision), "{judgement:?}");
}

#[test]
fn a_danger_is_not_given_up_while_its_first_round_goes_on() {
    // So far idle fits as well, and it is a hundred times as usual. The pauses are the danger's alone. All three paces are within, or near,
    // what is stated.
    for pace in [720, 800, 1100] {
        let flashes =
            |round: i32| (0..10).map(move |flash| round * (9 * pace + 4000) + flash * pace);
        let times: Vec<i32> = (0..3).flat_map(flashes).collect();
        assert_eq!(
            told(&times),
            Decision::Signal(id("danger")),
            "every {pace} ms"
        );
    }
}
