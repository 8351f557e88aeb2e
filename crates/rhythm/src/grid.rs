//! Ranges of time as a few weighted points: what is not known exactly is averaged over.

use super::signal::Span;
use crate::time::within;

/// A point on a log scale (or in spreads from the middle) and its weight. Weights of a grid sum to 1.
pub type Point = (f64, f64);

/// Points `2 × reach` to both sides of a plateau of half-width `half`, weighted by a plateau with soft edges of
/// width `reach`; at most `most` (at least 1) points, about one per `step`.
#[must_use]
pub fn grid(half: f64, reach: f64, step: f64, most: usize) -> Vec<Point> {
    let end = half + 2.0 * reach;
    let wanted = (2.0 * end / step).ceil().clamp(0.0, 64.0) as usize + 1;
    let points = wanted.min(most).max(1);
    if points == 1 {
        return vec![(0.0, 1.0)];
    }
    let step = 2.0 * end / (points - 1) as f64;
    let soft = |u: f64| 1.0 / (1.0 + (-1.702 * u / reach).exp());
    let mut all: Vec<Point> = (0..points)
        .map(|i| {
            let u = i as f64 * step - end;
            (u, soft(u + half + step / 2.0) - soft(u - half - step / 2.0))
        })
        .collect();
    let sum: f64 = all.iter().map(|p| p.1).sum();
    all.iter_mut().for_each(|p| p.1 /= sum);
    all
}

/// The geometric middle of a stated span and half its width on a log scale, both forced into 20..=90000 ms.
#[must_use]
pub fn middle(span: Span) -> Option<(f64, f64)> {
    let Span::Stated(a, b) = span else {
        return None;
    };
    let (a, b) = (within(a, 20.0, 90_000.0), within(b, 20.0, 90_000.0));
    // `clamp` lets NaN through; a span that is not a number counts as unstated.
    let (a, b) = (a.min(b), a.max(b));
    let (mid, half) = ((a * b).sqrt(), (b / a).ln() / 2.0);
    (mid.is_finite() && half.is_finite()).then_some((mid, half))
}
