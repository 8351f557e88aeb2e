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
}

/// Flashes closer than this cannot be followed one by one, in ms.
const FOLLOWED: f64 = 450.0;

/// Taps along with the flashes.
pub fn tap(person: &Person, blinks: &[Blink], dice: &mut Dice) -> Tapped {
    let mut taps = Vec::new();
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
                burst(person, flashes, pause, &mut taps, dice);
            } else {
                stream(person, flashes, &mut taps, dice);
            }
            run = Run {
                error: 0.0,
                tapped: run.tapped + length,
            };
            index += length;
            continue;
        }
        if index >= late {
            single(person, blinks, index, &mut run, &mut taps, dice);
        }
        index += 1;
    }
    finish(person, taps, blinks.len() == 1, dice)
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
            run.error = 0.0;
            blink.at + person.react(dice)
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

/// A burst that is too fast to follow: about as many taps, at about its pace.
fn burst(
    person: &Person,
    flashes: &[Blink],
    pause: Option<f64>,
    taps: &mut Vec<Pressed>,
    dice: &mut Dice,
) {
    let (Some(first), Some(last)) = (flashes.first(), flashes.last()) else {
        return;
    };
    let every = (last.at - first.at) / (flashes.len() - 1).max(1) as f64;
    let own = every * person.tempo * dice.normal(0.02, 0.08).exp();
    let count = (flashes.len() as i64
        + [-1, 0, 0, 0, 1]
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
fn finish(person: &Person, taps: Vec<Pressed>, lone: bool, dice: &mut Dice) -> Tapped {
    let mut all: Vec<Pressed> = Vec::new();
    let mut left = None;
    for (index, tap) in taps.iter().enumerate() {
        let next = taps.get(index + 1).map_or(tap.at + 1500.0, |t| t.at);
        all.push(*tap);
        if dice.chance(person.extras) {
            all.push(Pressed {
                at: dice.between(tap.at + 120.0, next.max(tap.at + 250.0)),
                held: Some(person.press),
            });
        } else if lone && dice.chance(0.06) {
            all.push(Pressed {
                at: tap.at + dice.between(180.0, 600.0),
                held: Some(person.press),
            });
        }
        if dice.chance(person.bounces) {
            all.push(Pressed {
                at: tap.at + dice.between(50.0, 180.0),
                held: Some(40.0),
            });
        }
        if dice.chance(person.leaves) {
            left = Some(tap.at);
            break;
        }
    }
    for tap in &mut all {
        tap.at = person.clocked(tap.at, dice).max(0.0);
        tap.held = tap.held.filter(|_| person.holds);
    }
    all.sort_by(|a, b| a.at.total_cmp(&b.at));
    Tapped { taps: all, left }
}
