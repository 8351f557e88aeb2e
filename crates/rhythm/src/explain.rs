//! How the taps fit a signal: the most likely alignment of taps and flashes.

use super::chart::Chart;
use super::emission::{Emission, Holds};
use super::forward::Noise;
use super::parameters::BACK;
use super::press::{Press, presses};
use super::template::{LONG, NOTHING, State, Template};
use super::transition::Back;
use super::verdict::{Explanation, TapRole};
use super::watch::Watch;
use crate::id::Id;
use crate::time::Millis;

/// The best path to one state, by one style of pressing, at one tap.
#[derive(Clone, Copy)]
struct Cell {
    /// Log likelihood up to here.
    log: f64,
    /// How many taps back the flash before was, and at which cell; `None` at the path's begin.
    from: Option<(usize, usize)>,
    /// How many flashes between the two got no tap.
    missed: u8,
    /// By how much the interval was off, in ms.
    off: f64,
}

/// Where no path leads.
const NOWHERE: Cell = Cell {
    log: f64::NEG_INFINITY,
    from: None,
    missed: 0,
    off: 0.0,
};

/// How the taps fit the signal; `None` when the chart has no such signal.
#[must_use]
pub fn explain(chart: &Chart, watch: &Watch, signal: &Id) -> Option<Explanation> {
    let of = chart.signals.iter().position(|s| &s.id == signal)?;
    let presses = presses(chart, watch);
    let best = best_path(chart, &presses, of);
    let mut told = Explanation {
        taps: vec![TapRole::Stray; watch.taps.len()],
        missed: Vec::new(),
        period: None,
    };
    let Some((template, path)) = best else {
        // A light that does not flash: presses that mean "lit" are no strays.
        for press in presses.iter().filter(|s| {
            s.held
                .is_some_and(|h| h >= chart.graph.observer.steady_hold)
        }) {
            if let Some(role) = told.taps.get_mut(press.index) {
                *role = TapRole::LongFlash;
            }
        }
        return Some(told);
    };
    let states = chart
        .graph
        .states
        .get(template.states.clone())
        .unwrap_or(&[]);
    let mut earlier: Option<(f64, u16)> = None;
    let (mut flashes, mut first) = (0_u32, None);
    for &(index, state, missed) in &path {
        let Some(press) = presses.get(index) else {
            continue;
        };
        let long = states
            .get(usize::from(state))
            .is_some_and(|s| s.class == LONG);
        if let Some(role) = told.taps.get_mut(press.index) {
            *role = if long {
                TapRole::LongFlash
            } else {
                TapRole::Flash
            };
        }
        if let Some((at, from)) = earlier {
            told.missed
                .extend(between(states, at, press.at, from, missed));
            flashes += u32::from(missed) + 1;
        }
        first = first.or(Some(press.at));
        earlier = Some((press.at, state));
    }
    if let (Some(first), Some((last, _)), true) =
        (first, earlier, template.beat.is_some() && flashes > 0)
    {
        told.period = Millis::new((last - first) / f64::from(flashes));
    }
    Some(told)
}

/// When the flashes between two tapped ones happened, spread as the rhythm has them.
fn between(states: &[State], from_at: f64, to_at: f64, from: u16, missed: u8) -> Vec<Millis> {
    let mut offsets = Vec::new();
    let (mut here, mut sum) = (from, 0.0);
    for _ in 0..=missed {
        let Some(state) = states.get(usize::from(here)) else {
            break;
        };
        sum += state.gap;
        offsets.push(sum);
        here = state.next;
        if here == NOTHING {
            break;
        }
    }
    let all = offsets.pop().unwrap_or(1.0).max(1.0);
    let at = |o: f64| Millis::new(from_at + (to_at - from_at) * o / all);
    offsets.into_iter().filter_map(at).collect()
}

/// The best path through any rhythm of a hypothesis: tap, state and flashes missed before it.
type Path = Vec<(usize, u16, u8)>;

fn best_path<'a>(chart: &'a Chart, presses: &[Press], of: usize) -> Option<(&'a Template, Path)> {
    let (mut holds, mut noise) = (Holds::new(chart.graph.observer), Noise::default());
    let mut heard = Vec::with_capacity(presses.len());
    let mut all_stray = 0.0;
    for (n, press) in presses.iter().enumerate() {
        let earlier = presses.get(..n).unwrap_or(&[]);
        let back = Back::all(chart.graph.observer, earlier, press);
        if n > 0 {
            let interval = noise.take(back.first().map_or(0.0, |b| b.x));
            all_stray += (chart.graph.observer.stray * interval).ln();
        }
        let emission = holds.emission(press.held, press.light, chart.lights.len());
        heard.push(Heard {
            back,
            emission,
            all_stray: if n < BACK {
                all_stray
            } else {
                f64::NEG_INFINITY
            },
        });
        holds.learn(&emission);
    }
    let mut best: Option<(f64, &Template, Path)> = None;
    for template in chart.graph.templates.iter().filter(|t| t.of == of) {
        let alike = template.class.map_or(0.0, |class| holds.all(class, None));
        if let Some((log, path)) = follow(chart, template, &heard) {
            let log = log + template.share + alike;
            if best.as_ref().is_none_or(|(other, ..)| log > *other) {
                best = Some((log, template, path));
            }
        }
    }
    best.map(|(_, template, path)| (template, path))
}

/// A tap, as the forward pass hears it.
struct Heard {
    back: [Back; BACK],
    emission: Emission,
    /// Log weight of all taps before it being strays.
    all_stray: f64,
}

/// The forward pass with the best path in place of the sum over all: the same terms, by [`Back::flow`] and [`Emission::fit`].
fn follow(chart: &Chart, template: &Template, heard: &[Heard]) -> Option<(f64, Path)> {
    let (states, width) = (chart.graph.states(template), template.width());
    let mut table: Vec<Vec<Cell>> = Vec::with_capacity(heard.len());
    for tap in heard {
        let mut row = vec![NOWHERE; states.len() * width];
        for (cells, state) in row.chunks_mut(width).zip(states) {
            for (style, cell) in cells.iter_mut().enumerate() {
                let usual = if width > 1 {
                    chart.graph.observer.usual(style)
                } else {
                    1.0
                };
                cell.log = tap.all_stray + (state.first * usual).ln();
            }
        }
        let mut untidy = 1.0;
        for (nth, back) in tap.back.iter().enumerate() {
            let strays = back.strays * untidy;
            untidy *= template.strays;
            let Some(before) = table.len().checked_sub(nth + 1).and_then(|n| table.get(n)) else {
                break;
            };
            for (at, cell) in before.iter().enumerate() {
                if cell.log == f64::NEG_INFINITY {
                    continue;
                }
                let edges = states
                    .get(at / width)
                    .map(|state| chart.graph.leaving(state));
                let carryover = if template.beat.is_some() {
                    cell.off
                } else {
                    0.0
                };
                for edge in edges.unwrap_or(&[]) {
                    let Some(flow) = back.flow(edge, strays, carryover) else {
                        continue;
                    };
                    let log = cell.log + flow.weight.max(1e-300).ln();
                    let to = usize::from(edge.to) * width + at % width;
                    if let Some(to) = row.get_mut(to).filter(|to| log > to.log) {
                        *to = Cell {
                            log,
                            from: Some((nth + 1, at)),
                            missed: edge.missed,
                            off: flow.off,
                        };
                    }
                }
            }
        }
        for (cells, state) in row.chunks_mut(width).zip(states) {
            for (style, cell) in cells.iter_mut().enumerate() {
                cell.log += tap.emission.fit(state, style, width).max(1e-300).ln();
            }
        }
        table.push(row);
    }
    trace(
        &table,
        width,
        (chart.graph.observer.stray_last() * template.strays).ln(),
    )
}

/// The best end of the table (the last tap may be a stray, at that log weight) and the way back from it.
fn trace(table: &[Vec<Cell>], width: usize, stray: f64) -> Option<(f64, Path)> {
    let mut end: Option<(f64, usize, usize)> = None;
    for strays in 0..table.len().min(2) {
        let n = table.len() - 1 - strays;
        for (at, cell) in table.get(n)?.iter().enumerate() {
            let log = cell.log + strays as f64 * stray;
            if log > f64::NEG_INFINITY && end.is_none_or(|(other, ..)| log > other) {
                end = Some((log, n, at));
            }
        }
    }
    let (log, mut n, mut at) = end?;
    let mut path = Vec::new();
    loop {
        let cell = table.get(n)?.get(at)?;
        path.push((n, (at / width) as u16, cell.missed));
        let Some((back, from)) = cell.from else {
            break;
        };
        n = n.checked_sub(back)?;
        at = from;
    }
    path.reverse();
    Some((log, path))
}

#[cfg(test)]
mod tests;
