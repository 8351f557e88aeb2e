//! Whether a series has two levels, and which it has when.
//!
//! A hidden Markov model of two states, each a level with the same spread, against one level that drifts. Levels and spread are fitted
//! in a few rounds of expectation and maximisation.

use crate::order::sort_by;

/// No spread is smaller than this, of 255: pictures are noisy (measured).
const LEAST_SPREAD: f64 = 3.0;
/// So unlikely is whatever neither level explains: a reflection, a hand.
const OUTLIER: f64 = 3.4e-4;
/// Mean time in a state before it changes, in ms (assumed: indicator lights).
const DWELL: f64 = 400.0;
/// Rounds of fitting at most.
const ROUNDS: usize = 6;
/// Levels that move by less than this, of 255, are fitted.
const FITTED: f64 = 0.05;

/// A series with two levels.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoLevels {
    /// The darker level and the brighter.
    pub levels: (f64, f64),
    /// Spread round either.
    pub spread: f64,
    /// For each picture, how likely the light is on.
    pub on: Vec<f64>,
    /// By how much likelier (log) this is than one level that drifts.
    pub ratio: f64,
}

impl TwoLevels {
    /// How many spreads the levels are apart.
    #[must_use]
    pub fn distance(&self) -> f64 {
        (self.levels.1 - self.levels.0) / self.spread
    }
}

/// For pictures at these times (ms) how likely a light has changed since the one before. The same for all series of a film.
#[must_use]
pub fn changes(times: &[f64]) -> Vec<f64> {
    let mut all = vec![0.0];
    let pairs = times.iter().zip(times.iter().skip(1));
    all.extend(pairs.map(|(a, b)| 0.5 * (1.0 - (-2.0 * (b - a).max(0.0) / DWELL).exp())));
    all
}

/// Fits two levels to values in pictures with these [`changes`]; `None` is a picture without information.
#[must_use]
pub fn two_levels(values: &[Option<f64>], changes: &[f64]) -> Option<TwoLevels> {
    let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
    if sorted.len() < 8 {
        return None;
    }
    sort_by(&mut sorted, |a, b| a < b);
    let quantile = |share: f64| {
        let at = (sorted.len() - 1) as f64 * share;
        sorted.get(at.round() as usize).copied().unwrap_or(0.0)
    };
    // A light that is on for little of the time is in the last few per cent.
    let mut best: Option<TwoLevels> = None;
    for (low, high) in [(0.08, 0.92), (0.3, 0.985), (0.5, 0.998), (0.015, 0.7)] {
        let begin = (quantile(low), quantile(high));
        if begin.1 - begin.0 < LEAST_SPREAD {
            continue;
        }
        let fitted = fit(values, changes, begin);
        if best.as_ref().is_none_or(|best| fitted.ratio > best.ratio) {
            best = Some(fitted);
        }
    }
    best
}

fn fit(values: &[Option<f64>], changes: &[f64], begin: (f64, f64)) -> TwoLevels {
    let mut levels = begin;
    let mut spread = ((levels.1 - levels.0) / 6.0).max(LEAST_SPREAD);
    let (mut on, mut likelihood) = (Vec::new(), f64::NEG_INFINITY);
    for _ in 0..ROUNDS {
        (on, likelihood) = smooth(values, changes, levels, spread);
        let (mut sums, mut weights) = ((0.0, 0.0), (1e-9, 1e-9));
        for (value, p) in values.iter().zip(&on) {
            if let Some(value) = value {
                sums.0 += (1.0 - p) * value;
                weights.0 += 1.0 - p;
                sums.1 += p * value;
                weights.1 += p;
            }
        }
        let fitted = (sums.0 / weights.0, sums.1 / weights.1);
        if weights.0 < 0.5 || weights.1 < 0.5 || fitted.1 <= fitted.0 {
            break;
        }
        let moved = (fitted.0 - levels.0).abs().max((fitted.1 - levels.1).abs());
        levels = fitted;
        let mut squares = 0.0;
        for (value, p) in values.iter().zip(&on) {
            if let Some(value) = value {
                squares += (1.0 - p) * (value - levels.0).powi(2) + p * (value - levels.1).powi(2);
            }
        }
        let spread_before = spread;
        spread = (squares / (weights.0 + weights.1)).sqrt().max(LEAST_SPREAD);
        if moved.max((spread - spread_before).abs()) < FITTED {
            break;
        }
    }
    TwoLevels {
        levels,
        spread,
        on,
        ratio: likelihood - drift(values),
    }
}

fn normal(x: f64, spread: f64) -> f64 {
    (-0.5 * (x / spread).powi(2)).exp() / (spread * 2.506_628_274_631)
}

/// Forward and backward: the chance of "on" at each picture, and the log likelihood of all.
fn smooth(
    values: &[Option<f64>],
    changes: &[f64],
    levels: (f64, f64),
    spread: f64,
) -> (Vec<f64>, f64) {
    let emission = |value: &Option<f64>| match value {
        Some(value) => [
            normal(value - levels.0, spread) + OUTLIER / 255.0,
            normal(value - levels.1, spread) + OUTLIER / 255.0,
        ],
        None => [1.0, 1.0],
    };
    let step = |[a, b]: [f64; 2], change: f64| {
        [
            a * (1.0 - change) + b * change,
            b * (1.0 - change) + a * change,
        ]
    };
    // Of each picture: its emissions, its change, and forward.
    let mut all: Vec<([f64; 2], f64, [f64; 2])> = Vec::with_capacity(values.len());
    let mut likelihood = 0.0;
    let mut before = [0.5, 0.5];
    for (value, change) in values.iter().zip(changes) {
        before = step(before, *change);
        let [e0, e1] = emission(value);
        let now = [before[0] * e0, before[1] * e1];
        let sum = (now[0] + now[1]).max(1e-300);
        likelihood += sum.ln();
        before = [now[0] / sum, now[1] / sum];
        all.push(([e0, e1], *change, before));
    }
    let mut after = [1.0, 1.0];
    let mut on = vec![0.0; values.len()];
    for (([e0, e1], change, [f0, f1]), on) in all.iter().zip(&mut on).rev() {
        let (a, b) = (f0 * after[0], f1 * after[1]);
        *on = b / (a + b).max(1e-300);
        let next = step([after[0] * e0, after[1] * e1], *change);
        let sum = (next[0] + next[1]).max(1e-300);
        after = [next[0] / sum, next[1] / sum];
    }
    (on, likelihood)
}

/// Log likelihood of one level that drifts: each value is near the one before.
fn drift(values: &[Option<f64>]) -> f64 {
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    let n = known.len().max(1) as f64;
    let mean = known.iter().sum::<f64>() / n;
    let (mut same, mut all) = (0.0, 1e-9);
    for pair in known.windows(2) {
        if let [a, b] = pair {
            same += (a - mean) * (b - mean);
            all += (a - mean).powi(2);
        }
    }
    let holds = (same / all).clamp(0.0, 0.999);
    let errors = known
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some((b - mean) - holds * (a - mean)),
            _ => None,
        })
        .collect::<Vec<f64>>();
    let spread = (errors.iter().map(|e| e * e).sum::<f64>() / errors.len().max(1) as f64)
        .sqrt()
        .max(LEAST_SPREAD);
    let own = errors
        .iter()
        .map(|e| (normal(*e, spread) + OUTLIER / 255.0).ln());
    let first = known.first().map_or(0.0, |first| {
        let wide = (all / n).sqrt().max(LEAST_SPREAD);
        (normal(first - mean, wide) + OUTLIER / 255.0).ln()
    });
    own.sum::<f64>() + first
}
