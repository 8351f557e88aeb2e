//! The forward pass: how likely the taps so far are under every rhythm, kept so that one more tap costs one step.

use super::chart::Chart;
use super::density::{bell, log_normal};
use super::emission::{Emission, Holds};
use super::human::{EARLY_SPREAD, FIRST_SHORT, NOISE, SLOW, STRAY};
use super::stroke::Stroke;
use super::template::{Edge, Template};

/// How many taps back the flash before this tap's may lie: all between are strays.
const BACK: usize = 3;

/// What is known after some taps.
///
/// The emission of the newest tap is left out, because its length is still open: see [`Forward::newest`].
#[derive(Debug, Clone, Default)]
pub struct Forward {
    strokes: Vec<Stroke>,
    /// Weight of every state after the newest tap, the one before, and so on; one scale per template.
    weights: [Vec<f64>; BACK],
    /// Log scale of each template's weights.
    scale: Vec<f64>,
    /// Log likelihood of the intervals without rhythm.
    noise: f64,
    /// Log weight of "all taps so far were strays".
    all_stray: f64,
    holds: Holds,
}

/// How a time scale of an edge looks after the n-th tap: first taps are reactions.
#[derive(Clone, Copy)]
pub struct Early {
    sharp: f64,
    short: f64,
}

impl Early {
    /// For the interval that begins with the stroke of this index.
    #[must_use]
    pub fn new(index: usize) -> Early {
        Early {
            sharp: EARLY_SPREAD.get(index).map_or(1.0, |s| 1.0 / s),
            short: if index == 0 { FIRST_SHORT } else { 1.0 },
        }
    }

    /// How many scales `x` ms is from what `edge` expects, and one over that scale.
    #[inline]
    #[must_use]
    pub fn z(self, x: f64, edge: &Edge) -> (f64, f64) {
        let gap = if edge.gap > SLOW {
            edge.gap * self.short
        } else {
            edge.gap
        };
        let sharp = edge.sharp * self.sharp;
        ((x - gap) * sharp, sharp)
    }
}

/// Weight of skipping taps as strays over `x` ms.
#[must_use]
pub fn stray(x: f64) -> f64 {
    STRAY / x.max(200.0)
}

impl Forward {
    /// Takes in the strokes: goes on where the last call ended, or begins anew if earlier ones were edited.
    pub fn follow(&mut self, chart: &Chart, strokes: &[Stroke]) {
        let known = self.strokes.len();
        let same = |(i, (a, b)): (usize, (&Stroke, &Stroke))| {
            a.at == b.at && (i + 1 == known || (a.held == b.held && a.light == b.light))
        };
        let goes_on = known <= strokes.len()
            && self.scale.len() == chart.graph.templates.len()
            && self.strokes.iter().zip(strokes).enumerate().all(same);
        if !goes_on {
            *self = Forward::default();
        }
        if let Some((last, new)) = self
            .strokes
            .len()
            .checked_sub(1)
            .and_then(|i| Some((i, strokes.get(i)?)))
            && let Some(stroke) = self.strokes.get_mut(last)
        {
            *stroke = *new;
        }
        for stroke in strokes.get(self.strokes.len()..).unwrap_or(&[]) {
            self.step(chart, *stroke);
        }
    }

    /// The strokes taken in.
    #[must_use]
    pub fn strokes(&self) -> &[Stroke] {
        &self.strokes
    }

    /// Log likelihood of the intervals without rhythm.
    #[must_use]
    pub fn noise(&self) -> f64 {
        self.noise
    }

    /// What the newest tap's length and light say.
    #[must_use]
    pub fn newest(&self, chart: &Chart) -> Option<Emission> {
        let last = self.strokes.last()?;
        Some(
            self.holds
                .emission(last.held, last.light, chart.lights.len()),
        )
    }

    /// The weights of a template's states after the newest tap (its emission left out) and after the one before.
    #[must_use]
    pub fn weights(&self, template: &Template) -> (&[f64], &[f64]) {
        let [a, b, _] = &self.weights;
        let of = |w: &'_ Vec<f64>| -> std::ops::Range<usize> {
            if w.len() >= template.states.end {
                template.states.clone()
            } else {
                0..0
            }
        };
        (a.get(of(a)).unwrap_or(&[]), b.get(of(b)).unwrap_or(&[]))
    }

    /// Log scale of the weights of the template of this index.
    #[must_use]
    pub fn scale(&self, template: usize) -> f64 {
        self.scale.get(template).copied().unwrap_or(0.0)
    }

    fn step(&mut self, chart: &Chart, stroke: Stroke) {
        let states = &chart.graph.states;
        let Some(emission) = self.newest(chart) else {
            self.weights = [
                states.iter().map(|s| s.first).collect(),
                vec![0.0; states.len()],
                vec![0.0; states.len()],
            ];
            self.scale = vec![0.0; chart.graph.templates.len()];
            self.strokes.push(stroke);
            return;
        };
        if let Some(last) = self.strokes.last() {
            self.holds.learn(last.held);
        }
        let [newest, _, _] = &mut self.weights;
        if !emission.is_plain() {
            newest
                .iter_mut()
                .zip(states)
                .for_each(|(w, s)| *w *= emission.fits(s));
        }
        let n = self.strokes.len();
        let mut back = [(0.0, 0.0, Early::new(usize::MAX)); BACK];
        for (b, slot) in back.iter_mut().enumerate() {
            if let Some(earlier) = n.checked_sub(b + 1).and_then(|i| self.strokes.get(i)) {
                let x = stroke.at - earlier.at;
                *slot = (x, stray(x).powi(b as i32), Early::new(n - b - 1));
            }
        }
        let interval = log_normal(back.first().map_or(0.0, |b| b.0), NOISE).max(1e-300);
        self.noise += interval.ln();
        self.all_stray += (STRAY * interval).max(1e-300).ln();
        let begins_here = n < BACK;
        self.weights.rotate_right(1);
        let [new, rest @ ..] = &mut self.weights;
        let [one, two] = rest;
        // The third back has been rotated into the place of the new one: its weights are still there.
        for (template, scale) in chart.graph.templates.iter().zip(&mut self.scale) {
            let range = template.states.clone();
            let (Some(new), Some(one), Some(two)) = (
                new.get_mut(range.clone()),
                one.get_mut(range.clone()),
                two.get_mut(range.clone()),
            ) else {
                continue;
            };
            let edges = chart.graph.edges.get(template.edges.clone()).unwrap_or(&[]);
            let mut sums = [0.0_f64; 96];
            let sums = sums.get_mut(..new.len()).unwrap_or(&mut []);
            let [b1, b2, b3] = &back;
            for edge in edges {
                let from = usize::from(edge.from);
                let mut flow = arrive(one.get(from), b1, edge);
                if n > 1 {
                    flow += arrive(two.get(from), b2, edge);
                }
                if n > 2 {
                    flow += arrive(new.get(from), b3, edge);
                }
                if let Some(sum) = sums.get_mut(usize::from(edge.to)) {
                    *sum += flow * edge.weight;
                }
            }
            if begins_here {
                let weight = (self.all_stray - *scale).exp();
                let states = states.get(range).unwrap_or(&[]);
                sums.iter_mut()
                    .zip(states)
                    .for_each(|(sum, state)| *sum += weight * state.first);
            }
            let sum: f64 = sums.iter().sum();
            // So unlikely that the numbers end: stay there, and keep the shape of the weights.
            let sum = if sum > 1e-280 { sum } else { 1e-280 };
            let up = 1.0 / sum;
            // Bounded, so that the weights of earlier taps cannot overflow: they are carried at most twice.
            let carried = up.min(1e60);
            new.iter_mut()
                .zip(sums.iter())
                .for_each(|(w, s)| *w = s * up);
            one.iter_mut().for_each(|w| *w *= carried);
            two.iter_mut().for_each(|w| *w *= carried);
            *scale += sum.ln();
        }
        self.strokes.push(stroke);
    }
}

#[inline]
fn arrive(from: Option<&f64>, &(x, strays, early): &(f64, f64, Early), edge: &Edge) -> f64 {
    let from = from.copied().unwrap_or(0.0) * strays;
    if from < 1e-200 {
        return 0.0;
    }
    let (z, sharp) = early.z(x, edge);
    from * sharp * bell(z)
}
