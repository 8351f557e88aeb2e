//! The taps as the classifier takes them: sorted, bounces merged, bounded in number and size.

use super::chart::Chart;
use super::parameters::{FARTHEST, MOST_PRESSES as MOST};
use super::watch::Watch;
use crate::sorted::sort_by;
use crate::time::within;

/// One tap, cleaned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Press {
    /// When, in ms.
    pub at: f64,
    /// How long, in ms.
    pub held: Option<f64>,
    /// Which light, as an index into the chart's.
    pub light: u8,
    /// Its place among the taps as given.
    pub index: usize,
}

/// A time as the classifier takes it.
#[must_use]
pub fn bounded(ms: f64) -> f64 {
    within(ms, -FARTHEST, FARTHEST)
}

/// The presses of a watch.
#[must_use]
pub fn presses(chart: &Chart, watch: &Watch) -> Vec<Press> {
    let mut order: Vec<(f64, usize)> = watch
        .taps
        .iter()
        .enumerate()
        .map(|(i, t)| (bounded(t.at.get()), i))
        .collect();
    // Ten thousand taps in the worst order would take a hundred million steps: those that cannot count are let go first.
    if order.len() > 4 * MOST {
        order.drain(..order.len() - 4 * MOST);
    }
    sort_by(&mut order, |a, b| a.0 < b.0);
    // How far each press's merging reached does not depend on what is cut off: cut after merging.
    let mut all: Vec<Press> = Vec::new();
    for (at, index) in order {
        let Some(tap) = watch.taps.get(index) else {
            continue;
        };
        let held = tap.held.map(|h| within(h.get(), 1.0, 600_000.0));
        let light = chart.light(tap.light.as_ref());
        match all.last_mut() {
            Some(last) if at - last.at < chart.graph.observer.bounce => {
                last.held = match (last.held, held) {
                    (Some(a), Some(b)) => Some(a.max(at - last.at + b)),
                    (a, b) => a.or(b),
                };
            }
            _ => all.push(Press {
                at,
                held,
                light,
                index,
            }),
        }
    }
    // Cut in steps, so that further listening need not start over with every tap.
    let step = MOST / 2;
    let cut = all.len().saturating_sub(MOST).div_ceil(step) * step;
    all.drain(..cut.min(all.len()));
    all
}

/// The times from press to press, in ms.
pub fn gaps(presses: &[Press]) -> impl DoubleEndedIterator<Item = f64> {
    let later = presses.iter().skip(1);
    presses.iter().zip(later).map(|(a, b)| b.at - a.at)
}
