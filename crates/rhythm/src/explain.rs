//! How the taps fit a signal: the most likely alignment of taps and flashes.

use super::chart::Chart;
use super::density::bell;
use super::emission::{Emission, Holds};
use super::parameters::{STRAY, STYLES};
use super::press::{Press, presses};
use super::template::{LONG, NOTHING, State, Template};
use super::transition::{EarlyInterval, stray};
use super::verdict::{Explanation, TapRole};
use super::watch::Watch;
use crate::id::Id;
use crate::time::Millis;

/// A step of the best path into a state.
#[derive(Clone, Copy)]
struct Step {
    /// Log likelihood up to here.
    log: f64,
    /// How many presses back the previous flash was; 0 at the path's begin.
    back: u8,
    from: u16,
    missed: u8,
}

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
        // A light that does not flash: presses that say "lit" are no slips.
        for press in presses
            .iter()
            .filter(|s| s.held.is_some_and(|h| h >= super::parameters::STEADY_HOLD))
        {
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

/// The best path through any rhythm of a hypothesis: press, state and flashes missed before it.
type Path = Vec<(usize, u16, u8)>;

fn best_path<'a>(chart: &'a Chart, presses: &[Press], of: usize) -> Option<(&'a Template, Path)> {
    let mut holds = Holds::default();
    let emissions: Vec<Emission> = presses
        .iter()
        .map(|s| {
            let emission = holds.emission(s.held, s.light, chart.lights.len());
            holds.learn(&emission);
            emission
        })
        .collect();
    let mut best: Option<(f64, &Template, Path)> = None;
    for template in chart.graph.templates.iter().filter(|t| t.of == of) {
        if let Some((log, path)) = follow(chart, template, presses, &emissions)
            && best
                .as_ref()
                .is_none_or(|(l, ..)| log + template.share > *l)
        {
            best = Some((log + template.share, template, path));
        }
    }
    best.map(|(_, template, path)| (template, path))
}

fn follow(
    chart: &Chart,
    template: &Template,
    presses: &[Press],
    emissions: &[Emission],
) -> Option<(f64, Path)> {
    let states = chart.graph.states.get(template.states.clone())?;
    let edges = chart.graph.edges.get(template.edges.clone())?;
    let none = Step {
        log: f64::NEG_INFINITY,
        back: 0,
        from: 0,
        missed: 0,
    };
    let mut table: Vec<Vec<Step>> = Vec::with_capacity(presses.len());
    for (n, (press, emission)) in presses.iter().zip(emissions).enumerate() {
        let begin = n as f64 * (STRAY / 1000.0).ln();
        let mut row: Vec<Step> = states
            .iter()
            .map(|s| Step {
                log: if n < 3 && s.first > 0.0 {
                    s.first.ln() + begin
                } else {
                    f64::NEG_INFINITY
                },
                ..none
            })
            .collect();
        for back in 1..=n.min(3) {
            let (Some(earlier), Some(before)) = (presses.get(n - back), table.get(n - back)) else {
                continue;
            };
            let x = press.at - earlier.at;
            let strays = (back - 1) as f64 * stray(x).ln();
            let early = EarlyInterval::new(n - back);
            for edge in edges {
                let Some(from) = before.get(usize::from(edge.from)) else {
                    continue;
                };
                let (z, sharp) = early.z(x, edge, 0.0);
                let log = from.log + strays + (edge.weight * sharp * bell(z)).max(1e-300).ln();
                if let Some(to) = row.get_mut(usize::from(edge.to))
                    && log > to.log
                {
                    *to = Step {
                        log,
                        back: back as u8,
                        from: edge.from,
                        missed: edge.missed,
                    };
                }
            }
        }
        row.iter_mut()
            .zip(states)
            .for_each(|(step, s)| step.log += fits(emission, s).max(1e-300).ln());
        table.push(row);
    }
    trace(&table)
}

/// The best end of the table (the last presses may be strays) and the way back from it.
fn trace(table: &[Vec<Step>]) -> Option<(f64, Path)> {
    let mut end: Option<(f64, usize, u16)> = None;
    for strays in 0..table.len().min(3) {
        let n = table.len() - 1 - strays;
        for (k, step) in table.get(n)?.iter().enumerate() {
            let log = step.log + strays as f64 * (STRAY / 1500.0).ln();
            if log > f64::NEG_INFINITY && end.is_none_or(|(l, ..)| log > l) {
                end = Some((log, n, k as u16));
            }
        }
    }
    let (log, mut n, mut k) = end?;
    let mut path = Vec::new();
    loop {
        let step = table.get(n)?.get(usize::from(k))?;
        path.push((n, k, step.missed));
        if step.back == 0 {
            break;
        }
        n = n.checked_sub(usize::from(step.back))?;
        k = step.from;
    }
    path.reverse();
    Some((log, path))
}

/// How a tap's length and light fit a flash, whatever the style of pressing.
fn fits(emission: &Emission, state: &State) -> f64 {
    let held: f64 = (0..STYLES)
        .map(|style| Holds::usual(style) * emission.held(state, style))
        .sum();
    emission.light(state.light) * held
}
