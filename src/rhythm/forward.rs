//! The forward pass: how likely the taps so far are under every rhythm, kept so that one more tap costs one step.

use super::chart::Chart;
use super::density::{bell, log_normal, log_normal_tail};
use super::emission::{Emission, Holds};
use super::human::{
    EARLY_SHORT, EARLY_SPREAD, GIVE_UP, MADE_UP, NOISE, NOISE_SPREAD, SLOW, STRAY, STYLES,
};
use super::stroke::Stroke;
use super::template::{ANY, Edge, LONG, MOST_STATES, SHORT, State, Template};
use crate::time::within;

/// How many taps back the flash before this tap's may lie: all between are strays.
const BACK: usize = 3;

/// A rhythm this far (log) behind the best is given up. One tap seldom tells two rhythms apart by more than 6.
const HOPELESS: f64 = 18.0;

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
    /// For each plain beat, by how much its last intervals were off, in ms, in the order of the weights: the next
    /// interval will make up for some of it.
    owed: [Vec<f64>; BACK],
    /// Likelihood of the intervals without rhythm, for each tempo it may have; their scale is the log.
    noise: [f64; NOISE.len()],
    noise_scale: f64,
    /// Log weight of "all taps so far were strays".
    all_stray: f64,
    holds: Holds,
}

/// How a time scale of an edge looks after the n-th tap: first taps are reactions.
#[derive(Clone, Copy)]
pub struct Early {
    sharp: f64,
    short: f64,
    /// Share of this interval's error that counts as owed: what the first reaction spoils is not made up.
    owes: f64,
}

impl Early {
    /// For the interval that begins with the stroke of this index.
    #[must_use]
    pub fn new(index: usize) -> Early {
        Early {
            sharp: EARLY_SPREAD.get(index).map_or(1.0, |s| 1.0 / s),
            short: EARLY_SHORT.get(index).copied().unwrap_or(1.0),
            owes: if index == 0 { 0.0 } else { 1.0 },
        }
    }

    /// How many scales `x` ms is from what `edge` expects after an interval that was off by `owed` ms, and one over
    /// that scale.
    #[inline]
    #[must_use]
    pub fn z(self, x: f64, edge: &Edge, owed: f64) -> (f64, f64) {
        let slow = edge.gap > SLOW;
        let gap = if slow {
            edge.gap * self.short - MADE_UP.0 * owed
        } else {
            edge.gap - MADE_UP.1 * owed
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

    /// Log likelihood that the intervals have no rhythm, and nothing came for `x` ms since.
    #[must_use]
    pub fn noise(&self, x: f64) -> f64 {
        let each = self.noise.iter().zip(NOISE);
        let quiet = |median| GIVE_UP + (1.0 - GIVE_UP) * log_normal_tail(x, (median, NOISE_SPREAD));
        self.noise_scale
            + each
                .map(|(w, median)| w * quiet(median))
                .sum::<f64>()
                .max(1e-290)
                .ln()
    }

    /// By how much the newest interval and the one before were off a template's beat, in ms.
    #[must_use]
    pub fn owed(&self, template: usize) -> (f64, f64) {
        let [a, b, _] = &self.owed;
        let of = |w: &Vec<f64>| w.get(template).copied().unwrap_or(0.0);
        (of(a), of(b))
    }

    /// What all lengths say of a rhythm whose flashes are all of this class, as a log.
    #[must_use]
    pub fn alike(&self, class: u8, newest: Option<&Emission>) -> f64 {
        self.holds.all(class, newest)
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
        let of = |w| <[f64]>::get(w, template.weights.clone()).unwrap_or(&[]);
        (of(a), of(b))
    }

    /// Log scale of the weights of the template of this index.
    #[must_use]
    pub fn scale(&self, template: usize) -> f64 {
        self.scale.get(template).copied().unwrap_or(0.0)
    }

    fn begin(&mut self, chart: &Chart, stroke: Stroke) {
        let graph = &chart.graph;
        let mut first = Vec::with_capacity(graph.weights);
        for template in &graph.templates {
            for state in graph.states.get(template.states.clone()).unwrap_or(&[]) {
                match template.width() {
                    1 => first.push(state.first),
                    width => {
                        first.extend((0..width).map(|style| state.first * Holds::usual(style)))
                    }
                }
            }
        }
        self.weights = [first, vec![0.0; graph.weights], vec![0.0; graph.weights]];
        self.scale = vec![0.0; graph.templates.len()];
        self.owed = [self.scale.clone(), self.scale.clone(), self.scale.clone()];
        self.noise = [1.0 / NOISE.len() as f64; NOISE.len()];
        self.strokes.push(stroke);
    }

    fn step(&mut self, chart: &Chart, stroke: Stroke) {
        let graph = &chart.graph;
        let Some(emission) = self.newest(chart) else {
            return self.begin(chart, stroke);
        };
        self.holds.learn(&emission);
        let n = self.strokes.len();
        let mut back = [Back {
            x: 0.0,
            strays: 0.0,
            early: Early::new(usize::MAX),
        }; BACK];
        for (b, slot) in back.iter_mut().enumerate() {
            if let Some(earlier) = n.checked_sub(b + 1).and_then(|i| self.strokes.get(i)) {
                let x = stroke.at - earlier.at;
                *slot = Back {
                    x,
                    strays: stray(x).powi(b as i32),
                    early: Early::new(n - b - 1),
                };
            }
        }
        let interval = self.without_rhythm(back.first().map_or(0.0, |b| b.x));
        self.all_stray += (STRAY * interval).ln();
        let all_stray = if n < BACK {
            self.all_stray
        } else {
            f64::NEG_INFINITY
        };
        self.weights.rotate_right(1);
        self.owed.rotate_right(1);
        let [new, one, two] = &mut self.weights;
        let [owed, owed1, owed2] = &mut self.owed;
        let owed = owed.iter_mut().zip(owed1).zip(owed2);
        for ((template, scale), ((owed, owed1), owed2)) in
            graph.templates.iter().zip(&mut self.scale).zip(owed)
        {
            if *scale == f64::NEG_INFINITY {
                continue;
            }
            let (Some(new), Some(one), Some(two), Some(states), Some(edges)) = (
                new.get_mut(template.weights.clone()),
                one.get_mut(template.weights.clone()),
                two.get_mut(template.weights.clone()),
                graph.states.get(template.states.clone()),
                graph.edges.get(template.edges.clone()),
            ) else {
                continue;
            };
            let begins = (all_stray - *scale).exp();
            let passage = Passage {
                states,
                edges,
                back: &back,
                owed: [*owed1, *owed2, *owed],
                emission: &emission,
                begins,
            };
            let sum = match template.class {
                Some(_) => passage.advance::<1>(new, one, two),
                None => passage.advance::<STYLES>(new, one, two),
            };
            *scale += sum.0.ln();
            *owed = if template.beat.is_some() { sum.1 } else { 0.0 };
        }
        self.prune(chart);
        self.strokes.push(stroke);
    }

    /// Gives up on the rhythms that no further tap could bring back.
    fn prune(&mut self, chart: &Chart) {
        let alike = [SHORT, LONG, ANY].map(|class| self.holds.all(class, None));
        let total = |template: &Template, scale: f64| {
            let held = template.class.and_then(|c| alike.get(usize::from(c)));
            let prior = chart.priors.get(template.of);
            scale + template.share + held.copied().unwrap_or(0.0) + prior.copied().unwrap_or(0.0)
        };
        let each = || chart.graph.templates.iter().zip(&self.scale);
        let best = each()
            .map(|(t, s)| total(t, *s))
            .fold(f64::NEG_INFINITY, f64::max);
        for (template, scale) in chart.graph.templates.iter().zip(&mut self.scale) {
            if total(template, *scale) < best - HOPELESS {
                *scale = f64::NEG_INFINITY;
            }
        }
    }

    /// Takes in an interval as one without rhythm; its density per ms.
    fn without_rhythm(&mut self, x: f64) -> f64 {
        let mut sum = 0.0;
        for (weight, median) in self.noise.iter_mut().zip(NOISE) {
            *weight *= log_normal(x, (median, NOISE_SPREAD)).max(1e-200);
            sum += *weight;
        }
        let sum = sum.max(1e-280);
        self.noise.iter_mut().for_each(|w| *w /= sum);
        self.noise_scale += sum.ln();
        sum
    }
}

/// A look back from the new tap.
#[derive(Clone, Copy)]
struct Back {
    /// To the tap so far back, in ms.
    x: f64,
    /// Weight of all taps in between being strays.
    strays: f64,
    early: Early,
}

/// One template's passage from tap to tap.
struct Passage<'a> {
    states: &'a [State],
    edges: &'a [Edge],
    back: &'a [Back; BACK],
    /// By how much the intervals before those taps were off, in ms.
    owed: [f64; BACK],
    /// Of the tap before the new one.
    emission: &'a Emission,
    /// Weight of all taps before the new one being strays.
    begins: f64,
}

impl Passage<'_> {
    /// Weights after the new tap: `new` holds those of three taps back and takes the result, `one` and `two` those
    /// of one and two taps back; each state has `W`. Gives the factor by which all were scaled, and by how much the
    /// newest interval was off, in ms.
    fn advance<const W: usize>(
        &self,
        new: &mut [f64],
        one: &mut [f64],
        two: &mut [f64],
    ) -> (f64, f64) {
        let (new, one, two) = (
            new.as_chunks_mut::<W>().0,
            one.as_chunks_mut::<W>().0,
            two.as_chunks_mut::<W>().0,
        );
        if self.emission.names_light() || (W > 1 && self.emission.has_length()) {
            for (weights, state) in one.iter_mut().zip(self.states) {
                let light = self.emission.light(state.light);
                for (style, weight) in weights.iter_mut().enumerate() {
                    *weight *= if W > 1 {
                        light * self.emission.held(state, style)
                    } else {
                        light
                    };
                }
            }
        }
        let mut sums = [[0.0_f64; W]; MOST_STATES];
        let [back1, back2, back3] = self.back;
        let [owed1, owed2, owed3] = self.owed;
        let mut off = 0.0;
        for edge in self.edges {
            let from = usize::from(edge.from);
            let Some(to) = sums.get_mut(usize::from(edge.to)) else {
                continue;
            };
            off += arrive(to, one.get(from), back1, edge, owed1);
            if back2.strays > 0.0 {
                off += arrive(to, two.get(from), back2, edge, owed2);
            }
            if back3.strays > 0.0 {
                off += arrive(to, new.get(from), back3, edge, owed3);
            }
        }
        if self.begins > 0.0 {
            for (sums, state) in sums.iter_mut().zip(self.states) {
                for (style, sum) in sums.iter_mut().enumerate() {
                    *sum +=
                        self.begins * state.first * if W > 1 { Holds::usual(style) } else { 1.0 };
                }
            }
        }
        let sum: f64 = sums.iter().take(self.states.len()).flatten().sum();
        // So unlikely that the numbers end: stay there, and keep the shape of the weights.
        let sum = within(sum, 1e-280, 1e280);
        let up = 1.0 / sum;
        // Bounded, so that the weights of earlier taps cannot overflow: they are carried at most twice.
        let carried = up.min(1e60);
        new.iter_mut()
            .flatten()
            .zip(sums.iter().flatten())
            .for_each(|(w, s)| *w = s * up);
        one.iter_mut().flatten().for_each(|w| *w *= carried);
        two.iter_mut().flatten().for_each(|w| *w *= carried);
        (sum, off * up)
    }
}

/// Adds what arrives over an edge; gives by how much the interval was off (ms), times what arrived.
#[inline]
fn arrive<const W: usize>(
    to: &mut [f64; W],
    from: Option<&[f64; W]>,
    back: &Back,
    edge: &Edge,
    owed: f64,
) -> f64 {
    let Some(from) = from else { return 0.0 };
    if from.iter().all(|w| *w < 1e-100) {
        return 0.0;
    }
    let (z, sharp) = back.early.z(back.x, edge, owed);
    let flow = back.strays * edge.weight * sharp * bell(z);
    let mut all = 0.0;
    for (to, from) in to.iter_mut().zip(from) {
        let flow = from * flow;
        *to += flow;
        all += flow;
    }
    back.early.owes * all * within(z, -2.0, 2.0) / sharp
}
