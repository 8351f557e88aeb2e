//! Films that somebody holds in their hand, of lights of any size: how often every flash is read, and none else.

use led_doctor_film::{Film, Picture, Reading, Refusal};
use led_doctor_people::dice::Dice;
use led_doctor_people::film::{Channels, Flashes, SIZE};
use led_doctor_people::handheld::{FINE, Hand, Handheld, Part};
use std::collections::BTreeMap;

/// How long each film is, in ms.
const LASTS: f64 = 12_000.0;
/// A flash is read where both of its edges are this near to the truth, in ms, less what all of a film have in common.
const NEAR: f64 = 70.0;

struct Kind {
    name: &'static str,
    make: fn(Handheld) -> Handheld,
}

const KINDS: [Kind; 14] = [
    Kind {
        name: "near, 6 pixels wide",
        make: |film| Handheld {
            radius: 3.0,
            ..film
        },
    },
    Kind {
        name: "small, 2 pixels wide",
        make: |film| film,
    },
    Kind {
        name: "tiny, 1 pixel wide",
        make: |film| Handheld {
            radius: 0.5,
            ..film
        },
    },
    Kind {
        name: "half a pixel wide",
        make: |film| Handheld {
            radius: 0.25,
            ..film
        },
    },
    Kind {
        name: "small, arm stretched",
        make: |film| Handheld {
            hand: Hand::STRETCHED,
            ..film
        },
    },
    Kind {
        name: "tiny, arm stretched",
        make: |film| Handheld {
            radius: 0.5,
            hand: Hand::STRETCHED,
            ..film
        },
    },
    Kind {
        name: "tiny, wanders 150 pixels",
        make: |film| Handheld {
            radius: 0.5,
            hand: Hand {
                wander: 150.0,
                ..Hand::STILL
            },
            ..film
        },
    },
    Kind {
        name: "tiny, steady light at 8 pixels",
        make: |film| Handheld {
            radius: 0.5,
            steady: Some((7.0, 4.0)),
            ..film
        },
    },
    Kind {
        name: "tiny, screen in the picture",
        make: |film| Handheld {
            radius: 0.5,
            has_screen: true,
            ..film
        },
    },
    Kind {
        name: "tiny and dim",
        make: |film| Handheld {
            radius: 0.5,
            light: film.light.map(|c| 0.35 * c),
            ..film
        },
    },
    Kind {
        name: "tiny, bright day",
        make: |film| Handheld {
            radius: 0.5,
            room: 1.6,
            ..film
        },
    },
    Kind {
        name: "small, dark room",
        make: |film| Handheld {
            room: 0.05,
            noise: 6.0,
            adapts: 0.4,
            ..film
        },
    },
    Kind {
        name: "tiny, dark, arm stretched",
        make: |film| Handheld {
            radius: 0.5,
            room: 0.05,
            noise: 6.0,
            hand: Hand::STRETCHED,
            ..film
        },
    },
    Kind {
        name: "small, dark, stretched, steady",
        make: |film| Handheld {
            room: 0.05,
            noise: 6.0,
            hand: Hand::STRETCHED,
            steady: Some((14.0, 3.0)),
            ..film
        },
    },
];

const NOTHING: [Kind; 5] = [
    Kind {
        name: "a board",
        make: |film| Handheld {
            light: [0.0; 3],
            ..film
        },
    },
    Kind {
        name: "a board, arm stretched",
        make: |film| Handheld {
            light: [0.0; 3],
            hand: Hand::STRETCHED,
            ..film
        },
    },
    Kind {
        name: "a steady light",
        make: |film| Handheld {
            light: [0.0; 3],
            steady: Some((1.0, 1.0)),
            hand: Hand::STRETCHED,
            radius: 0.5,
            ..film
        },
    },
    Kind {
        name: "a screen",
        make: |film| Handheld {
            light: [0.0; 3],
            has_screen: true,
            hand: Hand::STRETCHED,
            at: (90.0, 65.0),
            ..film
        },
    },
    Kind {
        name: "a steady light, dark, stretched",
        make: |film| Handheld {
            light: [0.0; 3],
            room: 0.05,
            noise: 6.0,
            hand: Hand::STRETCHED,
            steady: Some((2.0, 1.0)),
            ..film
        },
    },
];

/// Prints the tables, with this many films of each kind.
pub fn bench(films: u64, seed: u64) {
    println!(
        "\nHeld in a hand, pointed at within 6 pixels, {} s",
        LASTS / 1000.0
    );
    let run = |kinds: &'static [Kind]| {
        for kind in kinds {
            row(kind, (films, seed));
        }
    };
    let (one, two) = KINDS.split_at(KINDS.len() / 2);
    std::thread::scope(|scope| {
        scope.spawn(|| run(one));
        run(two);
    });
    println!("\nHeld in a hand, nothing blinks");
    for kind in &NOTHING {
        let mut named = Vec::new();
        for index in 0..films {
            if let Ok(reading) = read(&film(kind, index, seed), &mut Dice::new(seed, 900 + index)) {
                named.push(reading.edges.len());
            }
        }
        println!(
            "  {:<32} {films:3} films  a light was named in {} {named:?}",
            kind.name,
            named.len()
        );
    }
}

fn film(kind: &Kind, index: u64, seed: u64) -> Handheld {
    let dice = &mut Dice::new(seed, index);
    let light = match dice.whole(0, 3) {
        0 => [230.0, 40.0, 30.0],
        1 => [230.0, 140.0, 25.0],
        2 => [40.0, 220.0, 60.0],
        _ => [40.0, 80.0, 230.0],
    };
    (kind.make)(Handheld {
        flashes: flashes(dice),
        rate: if dice.chance(0.3) { 24.0 } else { 30.0 },
        lasts: LASTS,
        at: (dice.between(110.0, 210.0), dice.between(60.0, 120.0)),
        light,
        radius: 1.0,
        room: 1.0,
        noise: dice.between(2.0, 5.0),
        hand: Hand::STILL,
        steady: None,
        has_screen: false,
        adapts: 0.1,
        seed: seed + index,
    })
}

/// A beat, or groups.
fn flashes(dice: &mut Dice) -> Flashes {
    let lit = dice.between(110.0, 500.0);
    let every = lit + dice.between(150.0, 900.0);
    let count = dice.whole(1, 5);
    let rest = if count == 1 {
        dice.between(0.0, 2000.0)
    } else {
        dice.between(800.0, 2500.0)
    };
    let mut all = Vec::new();
    let mut at = dice.between(200.0, 1500.0);
    while at + lit < LASTS - 200.0 {
        for _ in 0..count {
            if at + lit < LASTS - 200.0 {
                all.push((at, lit));
            }
            at += every;
        }
        at += rest;
    }
    all
}

fn row(kind: &Kind, (films, seed): (u64, u64)) {
    let (mut right, mut wrong) = (0, Vec::new());
    let mut refused: BTreeMap<&str, u32> = BTreeMap::new();
    for index in 0..films {
        let film = film(kind, index, seed);
        match read(&film, &mut Dice::new(seed, 900 + index)) {
            Ok(reading) if is_right(&film, &reading) => right += 1,
            Ok(reading) => {
                let of = |flashes: usize| format!("{flashes}/{}", film.flashes.len());
                wrong.push(of(reading.edges.iter().filter(|edge| edge.on).count()));
            }
            Err(why) => *refused.entry(why.name()).or_default() += 1,
        }
    }
    let share = 100.0 * f64::from(right) / films.max(1) as f64;
    println!(
        "  {:<32} {films:3} films  right {share:5.1} %  refused {refused:?}  other flashes than the light's {wrong:?}",
        kind.name
    );
}

/// Every flash of which all is known was read, and no other.
fn is_right(film: &Handheld, reading: &Reading) -> bool {
    let seen = reading.flashes();
    let from = reading.known().0;
    let truth: Vec<f64> = film
        .flashes
        .iter()
        .map(|(at, _)| at - from)
        .filter(|at| (0.0..seen.until).contains(at))
        .collect();
    let mut off: Vec<f64> = truth.iter().zip(&seen.lit).map(|(a, b)| b.0 - a).collect();
    let mean = off.iter().sum::<f64>() / off.len().max(1) as f64;
    off.iter_mut().for_each(|off| *off = (*off - mean).abs());
    truth.len() == seen.lit.len()
        && mean.abs() < NEAR
        && off.iter().all(|off| *off < NEAR)
        && seen.until > 0.6 * LASTS
}

fn picture(channels: Channels, part: Part) -> Picture {
    Picture {
        width: part.width,
        height: part.height,
        channels,
    }
}

fn read(film: &Handheld, dice: &mut Dice) -> Result<Reading, Refusal> {
    let fine = FINE as f64;
    let at = (
        film.at.0 + dice.between(-6.0, 6.0),
        film.at.1 + dice.between(-6.0, 6.0),
    );
    let mut reader = Film::new(SIZE.0 * FINE, Some((at.0 * fine, at.1 * fine)));
    let mut made = film.make();
    while let Some(ms) = made.advance() {
        let whole = Part::whole();
        reader.push(&picture(made.look(whole), whole), ms);
        if let Some(window) = reader.window() {
            let close = Part::square(window.left, window.top, window.size);
            reader.look(&picture(made.look(close), close));
        }
    }
    reader.read()
}
