//! A person taps along with a light: reacts first, anticipates later, misses, slips, goes at their own pace when it is
//! too fast, and may leave.

use crate::dice::Dice;
use crate::light::Blink;
use crate::person::Person;

/// A tap as the page would see it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pressed {
    /// When, in ms.
    pub at: f64,
    /// How long, in ms.
    pub held: Option<f64>,
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Tapped {
    /// The taps, in order.
    pub taps: Vec<Pressed>,
    /// When the person left, if they did.
    pub left: Option<f64>,
    /// For each tap, the index of the flash that it was meant for; of one that was meant for none, that of the tap before.
    pub meant: Vec<usize>,
    /// The bursts that were too quick to follow, in order.
    pub counted: Vec<Counted>,
}

/// A burst that was too quick to follow one by one, and how many taps the person gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Index of its first flash.
    pub first: usize,
    /// How many flashes it had.
    pub shown: usize,
    /// How many taps were meant for it.
    pub tapped: usize,
}

/// How many taps a burst gets more or less than it has flashes: each of these as often. Assumed, see [`Person`].
pub const MISCOUNTS: [i64; 5] = [-1, 0, 0, 0, 1];

/// Flashes closer than this cannot be followed one by one, in ms.
const FOLLOWED: f64 = 450.0;

/// Taps along with the flashes.
pub fn tap(person: &Person, blinks: &[Blink], dice: &mut Dice) -> Tapped {
    let mut taps: Vec<Pressed> = Vec::new();
    let mut meant: Vec<usize> = Vec::new();
    let mut counted = Vec::new();
    let mut index = 0;
    let mut run = Run {
        error: 0.0,
        tapped: 0,
    };
    let late = if blinks.iter().all(|b| b.burst) || blinks.len() < 3 {
        0
    } else {
        person.late
    };
    while let Some(blink) = blinks.get(index) {
        let length = together(blinks, index);
        if length >= 3 {
            let flashes = blinks.get(index..index + length).unwrap_or(&[]);
            if blink.burst {
                let before = index.checked_sub(1).and_then(|i| blinks.get(i));
                let pause = before.filter(|_| run.tapped > 0).map(|b| blink.at - b.at);
                let tapped = burst(person, flashes, pause, &mut taps, dice);
                counted.push(Counted {
                    first: index,
                    shown: length,
                    tapped,
                });
            } else {
                stream(person, flashes, &mut taps, dice);
            }
            run = Run {
                error: 0.0,
                tapped: run.tapped + length,
            };
            meant.resize(taps.len(), index);
            index += length;
            continue;
        }
        if index >= late {
            single(person, blinks, index, &mut run, &mut taps, dice);
            meant.resize(taps.len(), index);
        }
        index += 1;
    }
    let each = taps.into_iter().zip(meant).collect();
    Tapped {
        counted,
        ..finish(person, each, blinks.len() == 1, dice)
    }
}

struct Run {
    /// Asynchrony of the last tap, in ms.
    error: f64,
    tapped: usize,
}

/// How many flashes from here on follow each other too fast.
fn together(blinks: &[Blink], from: usize) -> usize {
    let rest = blinks.get(from..).unwrap_or(&[]);
    1 + rest
        .iter()
        .zip(rest.iter().skip(1))
        .take_while(|(a, b)| b.at - a.at < FOLLOWED)
        .count()
}

/// The gap before a flash, if the one before it was about as long: only then can it be anticipated.
fn predicted(blinks: &[Blink], index: usize) -> Option<f64> {
    let at = |back: usize| {
        index
            .checked_sub(back)
            .and_then(|i| blinks.get(i))
            .map(|b| b.at)
    };
    let (now, before, earlier) = (at(0)?, at(1)?, at(2));
    let gap = now - before;
    match earlier {
        Some(earlier) => ((before - earlier - gap).abs() < 0.2 * gap).then_some(gap),
        None => None,
    }
}

fn single(
    person: &Person,
    blinks: &[Blink],
    index: usize,
    run: &mut Run,
    taps: &mut Vec<Pressed>,
    dice: &mut Dice,
) {
    let Some(blink) = blinks.get(index) else {
        return;
    };
    if blinks.len() > 1 && dice.chance(person.misses) {
        run.error = 0.0;
        return;
    }
    run.tapped += 1;
    let gap = predicted(blinks, index);
    let slow = gap.unwrap_or(f64::INFINITY);
    let waits = person.waits
        * if slow >= 1500.0 {
            1.0
        } else if slow >= 900.0 {
            0.5
        } else {
            0.1
        };
    let at = match gap {
        Some(gap) if run.tapped > 2 && !dice.chance(waits) => {
            let mean =
                person.lead - 0.03 * (gap - 1500.0).max(0.0) + (person.tempo - 1.0) * gap * 0.5;
            let correction = if gap >= 1500.0 {
                0.9
            } else {
                person.correction
            };
            let wild = if dice.chance(0.03) { 3.0 } else { 1.0 };
            let spread = person.unsteady * (35.0 + 0.055 * gap) * wild;
            run.error = mean + (1.0 - correction) * (run.error - mean) + dice.normal(0.0, spread);
            blink.at + run.error
        }
        _ => {
            // What a reaction comes late is made up for step by step: recorded people are at +106, +20, -57 and -91 ms at their first
            // four tones of a beat of 1.8 s, and not at -70 from the second on (Bååth & Madison 2012, medians).
            run.error = person.react(dice);
            blink.at + run.error
        }
    };
    taps.push(Pressed {
        at,
        held: Some(press(person, blink.lit, dice)),
    });
}

/// A light that flashes too fast for ever: the person taps at their own tempo, some at half the rate.
fn stream(person: &Person, flashes: &[Blink], taps: &mut Vec<Pressed>, dice: &mut Dice) {
    let (Some(first), Some(last)) = (flashes.first(), flashes.last()) else {
        return;
    };
    let period = (last.at - first.at) / (flashes.len() - 1).max(1) as f64;
    let half = if dice.chance(0.125) { 2.0 } else { 1.0 };
    let own = period * half * person.tempo * dice.normal(0.05, 0.10).exp();
    let mut at = first.at + person.react(dice) + dice.between(0.0, own);
    while at < last.at {
        if !dice.chance(person.misses) {
            taps.push(Pressed {
                at,
                held: Some(press(person, first.lit, dice).min(own * 0.7)),
            });
        }
        at += own * dice.normal(1.0, 0.07 * person.unsteady).max(0.4);
    }
}

/// A burst that is too fast to follow: about as many taps, at about its pace. Returns how many.
fn burst(
    person: &Person,
    flashes: &[Blink],
    pause: Option<f64>,
    taps: &mut Vec<Pressed>,
    dice: &mut Dice,
) -> usize {
    let (Some(first), Some(last)) = (flashes.first(), flashes.last()) else {
        return 0;
    };
    let every = (last.at - first.at) / (flashes.len() - 1).max(1) as f64;
    let own = every * person.tempo * dice.normal(0.02, 0.08).exp();
    let count = (flashes.len() as i64
        + MISCOUNTS
            .get(dice.whole(0, 4) as usize)
            .copied()
            .unwrap_or(0))
    .max(1);
    let begin = if let Some(pause) = pause.filter(|_| !dice.chance(person.waits)) {
        dice.normal(person.lead, 0.08 * pause * person.unsteady)
    } else {
        person.react(dice)
    };
    let mut at = first.at + begin;
    for _ in 0..count {
        taps.push(Pressed {
            at,
            held: Some(press(person, first.lit, dice).min(own * 0.7)),
        });
        at += own * dice.normal(1.0, 0.07 * person.unsteady).max(0.4);
    }
    count as usize
}

/// How long a press lasts, in ms.
fn press(person: &Person, lit: f64, dice: &mut Dice) -> f64 {
    if person.mirrors && lit > 450.0 {
        (lit + dice.normal(-20.0, 90.0 + 0.1 * lit)).max(150.0)
    } else {
        person.press * dice.normal(0.0, 0.25).exp()
    }
}

/// Slips, bounces, the clock, and leaving.
fn finish(person: &Person, taps: Vec<(Pressed, usize)>, lone: bool, dice: &mut Dice) -> Tapped {
    let mut all: Vec<(Pressed, usize)> = Vec::new();
    let mut left = None;
    for (index, (tap, flash)) in taps.iter().enumerate() {
        let next = taps.get(index + 1).map_or(tap.at + 1500.0, |t| t.0.at);
        let mut add = |at, held| all.push((Pressed { at, held }, *flash));
        add(tap.at, tap.held);
        if dice.chance(person.extras) {
            let at = dice.between(tap.at + 120.0, next.max(tap.at + 250.0));
            add(at, Some(person.press));
        } else if lone && dice.chance(0.06) {
            add(tap.at + dice.between(180.0, 600.0), Some(person.press));
        }
        if dice.chance(person.bounces) {
            add(tap.at + dice.between(50.0, 180.0), Some(40.0));
        }
        if dice.chance(person.leaves) {
            left = Some(tap.at);
            break;
        }
    }
    for (tap, _) in &mut all {
        tap.at = person.clocked(tap.at, dice).max(0.0);
        tap.held = tap.held.filter(|_| person.holds);
    }
    all.sort_by(|a, b| a.0.at.total_cmp(&b.0.at));
    let (taps, meant) = all.into_iter().unzip();
    Tapped {
        taps,
        meant,
        left,
        ..Tapped::default()
    }
}
