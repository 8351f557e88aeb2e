//! Charts and watches for the classifier's tests, written in code so that they need no pack.
#![allow(dead_code)]

use led_doctor_rhythm::id::Id;
use led_doctor_rhythm::time::Millis;
use led_doctor_rhythm::{
    Chart, Expectation, Flash, Flashes, Group, Layer, Look, Meaning, Question, Show, Signal, Span,
    Tap, Watch,
};

pub fn id(text: &str) -> Id {
    Id::new(text).unwrap_or_else(|| unreachable!("{text} is no id"))
}

pub fn ms(ms: f64) -> Millis {
    Millis::new(ms).unwrap_or_default()
}

/// A group of `count` flashes.
pub fn group(flash: Flash, count: (u8, u8), every: Span, rest: Span) -> Group {
    Group {
        flash,
        light: None,
        count,
        lit: Span::Unstated,
        every,
        rest,
    }
}

pub fn once(group: Group) -> Show {
    Show::Flashes(Flashes {
        intro: vec![group],
        cycle: vec![],
        ..Flashes::default()
    })
}

/// One flash after the other, for ever.
pub fn blinking(every: Span) -> Show {
    Show::Flashes(Flashes {
        intro: vec![],
        cycle: vec![group(Flash::Any, (1, 1), every, every)],
        ..Flashes::default()
    })
}

pub fn every(ms: f64) -> Show {
    let span = Span::Stated(ms, ms);
    Show::Flashes(Flashes {
        intro: vec![],
        cycle: vec![group(Flash::Short, (1, 1), span, span)],
        ..Flashes::default()
    })
}

/// Bursts of `count` short flashes, for ever.
pub fn bursts(count: (u8, u8), every: Span, rest: Span) -> Show {
    Show::Flashes(Flashes {
        intro: vec![],
        cycle: vec![group(Flash::Short, count, every, rest)],
        ..Flashes::default()
    })
}

pub fn signal(
    name: &str,
    weight: f64,
    layers: &[(&str, Show)],
    expects: &[(&str, &str, f64)],
) -> Signal {
    Signal {
        id: id(name),
        weight,
        meaning: Meaning::Fault,
        listed: true,
        layers: layers
            .iter()
            .map(|(light, show)| Layer {
                light: Id::new(light),
                show: show.clone(),
            })
            .collect(),
        expects: expects
            .iter()
            .map(|(q, a, sure)| Expectation {
                question: id(q),
                answer: id(a),
                sure: *sure,
            })
            .collect(),
    }
}

pub fn question(name: &str, answers: &[&str]) -> Question {
    Question {
        id: id(name),
        answers: answers.iter().map(|a| id(a)).collect(),
    }
}

pub fn outdoor() -> Chart {
    let tail = group(
        Flash::Short,
        (1, 1),
        Span::Stated(3000.0, 3000.0),
        Span::Stated(3000.0, 3000.0),
    );
    let booting = Flashes {
        intro: vec![group(Flash::Long, (3, 5), Span::Unstated, Span::Unstated)],
        cycle: vec![tail],
        ..Flashes::default()
    };
    let (blue, power) = ("blue-light-before", "just-powered");
    let (lit, color) = ("look", "color");
    let _ = lit;
    Chart::new(
        vec![
            signal(
                "motion",
                2.0,
                &[(
                    "red",
                    once(group(Flash::Short, (1, 1), Span::Unstated, Span::Unstated)),
                )],
                &[(blue, "no", 0.8), (power, "no", 0.9)],
            ),
            signal(
                "offline",
                2.0,
                &[("red", every(3000.0))],
                &[(power, "no", 0.9), (blue, "no", 0.9)],
            ),
            Signal {
                meaning: Meaning::Passes,
                ..signal(
                    "starting",
                    0.5,
                    &[("red", Show::Flashes(booting))],
                    &[(power, "yes", 0.95), (blue, "no", 0.95)],
                )
            },
            signal(
                "battery-low",
                1.0,
                &[(
                    "red",
                    once(group(Flash::Short, (5, 6), Span::Unstated, Span::Unstated)),
                )],
                &[(blue, "yes", 0.9), (power, "no", 0.8)],
            ),
            signal(
                "recording",
                1.0,
                &[("blue", Show::Steady)],
                &[(color, "blue", 0.95)],
            ),
            signal("idle", 1.0, &[("red", Show::Dark)], &[]),
        ],
        vec![
            question(blue, &["yes", "no"]),
            question(power, &["yes", "no"]),
            question(color, &["red", "blue"]),
        ],
    )
}

pub fn mini() -> Chart {
    let flip = |light: &str| Group {
        light: Id::new(light),
        ..group(Flash::Any, (1, 1), Span::Unstated, Span::Unstated)
    };
    let both = Flashes {
        intro: vec![],
        cycle: vec![flip("red"), flip("blue")],
        ..Flashes::default()
    };
    let color = "color";
    Chart::new(
        vec![
            signal(
                "offline",
                1.0,
                &[("red", Show::Steady)],
                &[(color, "red", 0.97)],
            ),
            signal(
                "offline-flash",
                0.1,
                &[("red", every(3000.0))],
                &[(color, "red", 0.97)],
            ),
            signal(
                "recording",
                1.0,
                &[("blue", Show::Steady)],
                &[(color, "blue", 0.97)],
            ),
            signal("reset-accepted", 0.5, &[("red", Show::Flashes(both))], &[]),
            signal(
                "ready",
                0.7,
                &[("green", Show::Steady), ("blue", blinking(Span::Unstated))],
                &[],
            ),
        ],
        vec![question(color, &["red", "blue", "green"])],
    )
}

pub fn sync_module() -> Chart {
    let which = "which-blinks";
    Chart::new(
        vec![
            signal(
                "starting",
                1.0,
                &[("blue", Show::Steady)],
                &[("lit", "blue", 0.97)],
            ),
            signal(
                "pairing",
                1.0,
                &[("blue", blinking(Span::Unstated)), ("green", Show::Steady)],
                &[(which, "blue", 0.97)],
            ),
            signal(
                "offline",
                1.0,
                &[("green", blinking(Span::Unstated)), ("blue", Show::Steady)],
                &[(which, "green", 0.97)],
            ),
            signal(
                "wrong-password",
                1.0,
                &[("red", Show::Steady)],
                &[("lit", "red", 0.97)],
            ),
            signal(
                "online",
                1.0,
                &[("green", Show::Steady), ("blue", Show::Steady)],
                &[("lit", "both", 0.97)],
            ),
        ],
        vec![
            question(which, &["blue", "green"]),
            question("lit", &["red", "blue", "both"]),
        ],
    )
}

pub fn doorbell() -> Chart {
    Chart::new(
        vec![
            signal(
                "pairing",
                1.0,
                &[("red", blinking(Span::Unstated))],
                &[("color", "red", 0.97)],
            ),
            signal(
                "setup-failed",
                1.0,
                &[("red", Show::Steady)],
                &[("color", "red", 0.97)],
            ),
            signal(
                "button-pressed",
                1.0,
                &[("blue", blinking(Span::Unstated))],
                &[("color", "blue", 0.97)],
            ),
            signal("idle", 1.0, &[("red", Show::Dark)], &[]),
        ],
        vec![question("color", &["red", "blue"])],
    )
}

/// Taps at these times, watched until `until`.
pub fn watch(taps: &[f64], until: f64) -> Watch {
    let tap = |&at: &f64| Tap {
        at: ms(at),
        held: None,
        light: None,
    };
    Watch {
        taps: taps.iter().map(tap).collect(),
        until: ms(until),
        ..Watch::default()
    }
}

/// Taps with their holds.
pub fn holds(taps: &[(f64, f64)], until: f64) -> Watch {
    let tap = |&(at, held): &(f64, f64)| Tap {
        at: ms(at),
        held: Some(ms(held)),
        light: None,
    };
    Watch {
        taps: taps.iter().map(tap).collect(),
        until: ms(until),
        ..Watch::default()
    }
}

pub fn answered(mut watch: Watch, question: &str, answer: &str) -> Watch {
    watch.record_answer(id(question), Some(id(answer)));
    watch
}

pub fn stopped(watch: Watch) -> Watch {
    Watch {
        stopped: true,
        ..watch
    }
}

pub fn looks(look: Look) -> Watch {
    Watch {
        look: Some(look),
        until: ms(3000.0),
        ..Watch::default()
    }
}
