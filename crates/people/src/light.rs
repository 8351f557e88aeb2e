//! What a light does, physically: onsets and lengths of its flashes. Knows no classifier and no pack.

use crate::dice::Dice;

/// A flash.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Blink {
    /// Onset, in ms.
    pub at: f64,
    /// How long it is lit, in ms.
    pub lit: f64,
    /// It belongs to a burst: a few flashes together, then a pause or nothing.
    pub burst: bool,
}

/// What a light does for as long as somebody watches.
#[derive(Debug, Clone, PartialEq)]
pub enum Light {
    /// It flashes at these times.
    Flashes(Vec<Blink>),
    /// Lit all the time.
    Lit,
    /// No light.
    Dark,
}

/// One flash.
pub fn once(dice: &mut Dice) -> Light {
    Light::Flashes(vec![Blink {
        at: dice.between(800.0, 6000.0),
        lit: dice.between(60.0, 400.0),
        burst: false,
    }])
}

/// A flash every `period` ms until `end`.
pub fn every(dice: &mut Dice, period: f64, end: f64) -> Light {
    let period = period * (1.0 + dice.between(-0.02, 0.02));
    let lit = dice.between(40.0, 400.0).min(0.6 * period);
    let first = dice.between(0.0, period);
    Light::Flashes(train(first, period, lit, end, false))
}

fn train(first: f64, period: f64, lit: f64, end: f64, burst: bool) -> Vec<Blink> {
    let count = ((end - first) / period).max(0.0) as usize;
    (0..=count)
        .map(|i| Blink {
            at: first + i as f64 * period,
            lit,
            burst,
        })
        .collect()
}

/// This many flashes, this far apart, and nothing more.
pub fn burst(dice: &mut Dice, count: u64, every: f64) -> Light {
    let first = dice.between(800.0, 5000.0);
    let lit = every * dice.between(0.2, 0.6);
    Light::Flashes(train(
        first,
        every,
        lit,
        first + (count as f64 - 0.5) * every,
        count > 2,
    ))
}

/// Bursts of `count`, `every` ms apart, with a pause between them, until `end`.
pub fn bursts(dice: &mut Dice, count: u64, every: f64, pause: f64, end: f64) -> Light {
    let mut all = Vec::new();
    let mut at = dice.between(300.0, 3000.0);
    let lit = every * dice.between(0.2, 0.6);
    while at < end {
        all.extend(train(
            at,
            every,
            lit,
            at + (count as f64 - 0.5) * every,
            count > 2,
        ));
        at += (count - 1) as f64 * every + pause;
    }
    Light::Flashes(all)
}

/// `count` long flashes, then a short one every `period` ms until `end`.
pub fn long_then_short(dice: &mut Dice, count: u64, period: f64, end: f64) -> Light {
    let lit = dice.between(600.0, 1500.0);
    let every = lit + dice.between(300.0, 1000.0);
    let first = dice.between(800.0, 5000.0);
    let mut all = train(
        first,
        every,
        lit,
        first + (count as f64 - 0.5) * every,
        false,
    );
    let tail = all.last().map_or(first, |b| b.at) + lit + dice.between(700.0, 3000.0);
    let period = period * (1.0 + dice.between(-0.02, 0.02));
    all.extend(train(tail, period, dice.between(60.0, 400.0), end, false));
    Light::Flashes(all)
}

/// Two lights that know nothing of each other.
pub fn both(a: Light, b: Light) -> Light {
    match (a, b) {
        (Light::Flashes(mut a), Light::Flashes(b)) => {
            a.extend(b);
            a.sort_by(|x, y| x.at.total_cmp(&y.at));
            Light::Flashes(a)
        }
        (a, _) => a,
    }
}
