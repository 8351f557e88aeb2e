//! The forward pass: how likely the taps so far are under every rhythm, kept so that one more tap costs one step.

use super::chart::Chart;
use super::density::{log_normal, log_normal_tail};
use super::emission::{Emission, Holds};
use super::human::{GIVE_UP, NOISE, NOISE_SPREAD, STRAY};
use super::passage::{BACK, Back, Early, Passage, STRAY_LAST, stray};
use super::stroke::Stroke;
use super::template::{ANY, LONG, SHORT, Template};

/// A rhythm this far (log) behind the best is given up. One tap seldom tells two rhythms apart by more than 6.
const HOPELESS: f64 = 9.0;
/// The same behind the best of the same signal: what it would add to that could be left out.
const OUTDONE: f64 = 7.0;

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
    /// For each template, the weight of the newest tap being a stray; that of all else is 1.
    astray: Vec<f64>,
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

    /// Weight of the newest tap being a stray under the template of this index; that of it being a flash, its emission left out,
    /// is 1.
    #[must_use]
    pub fn astray(&self, template: usize) -> f64 {
        self.astray.get(template).copied().unwrap_or(0.0)
    }

    fn begin(&mut self, chart: &Chart, stroke: Stroke) {
        let graph = &chart.graph;
        let mut first = Vec::with_capacity(graph.weights);
        for template in &graph.templates {
            for state in graph.states(template) {
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
        self.astray = self.scale.clone();
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
        let mut room = Vec::new();
        let mut likely = Vec::with_capacity(graph.templates.len());
        let scales = self.scale.iter_mut().zip(&mut self.astray);
        for ((template, (scale, astray)), ((owed, owed1), owed2)) in
            graph.templates.iter().zip(scales).zip(owed)
        {
            let own = template.weights.clone();
            let (Some(new), Some(one), Some(two), true) = (
                new.get_mut(own.clone()),
                one.get_mut(own.clone()),
                two.get_mut(own),
                *scale > f64::NEG_INFINITY,
            ) else {
                likely.push(f64::NEG_INFINITY);
                continue;
            };
            let passage = Passage {
                graph,
                template,
                back: &back,
                owed: [*owed1, *owed2, *owed],
                emission: &emission,
                begins: (all_stray - *scale).exp(),
            };
            let arrived = passage.advance(new, one, two, &mut room);
            *scale += arrived.by.ln();
            *owed = arrived.off;
            // Or the new stroke is a stray, and the rhythm is as likely as it was.
            *astray = STRAY_LAST * template.strays * one.iter().sum::<f64>();
            likely.push(*scale + (1.0 + *astray).ln());
        }
        self.prune(chart, &likely);
        self.strokes.push(stroke);
    }

    /// Gives up on the rhythms that no further tap could bring back; `likely` is the log likelihood of each.
    fn prune(&mut self, chart: &Chart, likely: &[f64]) {
        let alike = [SHORT, LONG, ANY].map(|class| self.holds.all(class, None));
        let total = |(template, likely): (&Template, &f64)| {
            let held = template.class.and_then(|c| alike.get(usize::from(c)));
            let prior = chart.priors.get(template.of).copied().unwrap_or(0.0);
            (
                template.of,
                likely + template.share + held.copied().unwrap_or(0.0) + prior,
            )
        };
        let each = || chart.graph.templates.iter().zip(likely).map(total);
        let noise = chart.priors.last().copied().unwrap_or(0.0) + self.noise_scale;
        let mut best = noise;
        let mut bests = vec![f64::NEG_INFINITY; chart.priors.len()];
        for (of, total) in each() {
            best = best.max(total);
            if let Some(own) = bests.get_mut(of) {
                *own = own.max(total);
            }
        }
        for ((of, total), scale) in each().zip(&mut self.scale) {
            let own = bests.get(of).copied().unwrap_or(0.0);
            if total < (best - HOPELESS).max(own - OUTDONE) {
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
