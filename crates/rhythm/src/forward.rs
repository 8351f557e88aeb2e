//! The forward pass: how likely the taps so far are under every rhythm, kept so that one more tap costs one step.

use super::chart::Chart;
use super::density::{log_normal, log_normal_tail};
use super::emission::{Emission, Holds};
use super::observer::FINGER;
use super::observer::ObserverModel;
use super::paces::{Paces, Within};
use super::parameters::{
    BACK, NOISE, NOISE_SPREAD, PRUNE_BEHIND, PRUNE_RARELY_BEHIND, PRUNE_WITHIN_SIGNAL,
};
use super::press::Press;
use super::signal::Meaning;
use super::template::{ANY, LONG, SHORT, Template};
use super::transition::{Back, Transition};

/// What is known after some taps.
///
/// The emission of the newest tap is left out, because its length is still open: see [`Forward::newest`].
#[derive(Debug, Clone)]
pub struct Forward {
    observer: &'static ObserverModel,
    paces: Paces,
    presses: Vec<Press>,
    /// Weight of every state after the newest tap, the one before, and so on; one scale per template.
    weights: [Vec<f64>; BACK],
    /// Log scale of each template's weights.
    scale: Vec<f64>,
    /// For each template, the weight of the newest tap being a stray; that of all else is 1.
    stray_weight: Vec<f64>,
    /// For each plain beat, by how much its last intervals were off, in ms, in the order of the weights: the next
    /// interval will make up for some of it.
    carryover: [Vec<f64>; BACK],
    /// The intervals as ones without rhythm.
    noise: Noise,
    /// Log weight of "all taps so far were strays".
    all_stray: f64,
    holds: Holds,
}

impl Default for Forward {
    fn default() -> Forward {
        Forward::new(&FINGER, Paces::new(Within::default()))
    }
}

impl Forward {
    fn new(observer: &'static ObserverModel, paces: Paces) -> Forward {
        Forward {
            observer,
            paces,
            presses: Vec::new(),
            weights: Default::default(),
            scale: Vec::new(),
            stray_weight: Vec::new(),
            carryover: Default::default(),
            noise: Noise::default(),
            all_stray: 0.0,
            holds: Holds::new(observer),
        }
    }

    /// Takes in the presses: continues where the last call ended, or starts over if earlier ones were edited.
    pub fn follow(&mut self, chart: &Chart, presses: &[Press]) {
        let known = self.presses.len();
        let same = |(i, (a, b)): (usize, (&Press, &Press))| {
            a.at == b.at && (i + 1 == known || (a.held == b.held && a.light == b.light))
        };
        let goes_on = known <= presses.len()
            && self.paces == chart.paces
            && self.scale.len() == chart.graph.templates.len()
            && self.presses.iter().zip(presses).enumerate().all(same);
        if !goes_on {
            *self = Forward::new(chart.graph.observer, chart.paces);
        }
        if let Some((last, new)) = self
            .presses
            .len()
            .checked_sub(1)
            .and_then(|i| Some((i, presses.get(i)?)))
            && let Some(press) = self.presses.get_mut(last)
        {
            *press = *new;
        }
        for press in presses.get(self.presses.len()..).unwrap_or(&[]) {
            self.step(chart, *press);
        }
    }

    /// The presses taken in.
    #[must_use]
    pub fn presses(&self) -> &[Press] {
        &self.presses
    }

    /// Log likelihood that the intervals have no rhythm, and nothing came for `x` ms since.
    #[must_use]
    pub fn noise(&self, x: f64) -> f64 {
        self.noise.log(x, self.observer.give_up)
    }

    /// By how much the newest interval and the one before were off a template's beat, in ms.
    #[must_use]
    pub fn carryover(&self, template: usize) -> (f64, f64) {
        let [a, b, _] = &self.carryover;
        let of = |w: &Vec<f64>| w.get(template).copied().unwrap_or(0.0);
        (of(a), of(b))
    }

    /// Log likelihood of all lengths for a rhythm whose flashes are all of this class.
    #[must_use]
    pub fn alike(&self, class: u8, newest: Option<&Emission>) -> f64 {
        self.holds.all(class, newest)
    }

    /// The emission of the newest tap.
    #[must_use]
    pub fn newest(&self, chart: &Chart) -> Option<Emission> {
        let last = self.presses.last()?;
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
    pub fn stray_weight(&self, template: usize) -> f64 {
        self.stray_weight.get(template).copied().unwrap_or(0.0)
    }

    fn begin(&mut self, chart: &Chart, press: Press) {
        let graph = &chart.graph;
        let mut first = Vec::with_capacity(graph.weights);
        for template in &graph.templates {
            for state in graph.states(template) {
                match template.width() {
                    1 => first.push(state.first),
                    width => first
                        .extend((0..width).map(|style| state.first * self.observer.usual(style))),
                }
            }
        }
        self.weights = [first, vec![0.0; graph.weights], vec![0.0; graph.weights]];
        self.scale = vec![0.0; graph.templates.len()];
        self.stray_weight = self.scale.clone();
        self.carryover = [self.scale.clone(), self.scale.clone(), self.scale.clone()];
        self.presses.push(press);
    }

    fn step(&mut self, chart: &Chart, press: Press) {
        let graph = &chart.graph;
        let Some(emission) = self.newest(chart) else {
            return self.begin(chart, press);
        };
        self.holds.learn(&emission);
        let n = self.presses.len();
        let back = Back::all(self.observer, &self.presses, &press);
        let interval = self.noise.take(back.first().map_or(0.0, |b| b.x));
        self.all_stray += (self.observer.stray * interval).ln();
        let all_stray = if n < BACK {
            self.all_stray
        } else {
            f64::NEG_INFINITY
        };
        self.weights.rotate_right(1);
        self.carryover.rotate_right(1);
        let [new, one, two] = &mut self.weights;
        let [carryover, owed1, owed2] = &mut self.carryover;
        let carryover = carryover.iter_mut().zip(owed1).zip(owed2);
        let mut room = Vec::new();
        let mut likely = Vec::with_capacity(graph.templates.len());
        let scales = self.scale.iter_mut().zip(&mut self.stray_weight);
        for ((template, (scale, stray_weight)), ((carryover, owed1), owed2)) in
            graph.templates.iter().zip(scales).zip(carryover)
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
            let transition = Transition {
                graph,
                template,
                back: &back,
                carryover: [*owed1, *owed2, *carryover],
                emission: &emission,
                begins: (all_stray - *scale).exp(),
            };
            let arrived = transition.advance(new, one, two, &mut room);
            *scale += arrived.by.ln();
            *carryover = arrived.off;
            // Or the new press is a stray, and the rhythm is as likely as it was.
            *stray_weight = self.observer.stray_last() * template.strays * one.iter().sum::<f64>();
            likely.push(*scale + (1.0 + *stray_weight).ln());
        }
        self.prune(chart, &likely);
        self.presses.push(press);
    }

    /// Gives up on the rhythms that no further tap could bring back; `likely` is the log likelihood of each.
    fn prune(&mut self, chart: &Chart, likely: &[f64]) {
        let alike = [SHORT, LONG, ANY].map(|class| self.holds.all(class, None));
        let has_codes = chart.signals.iter().any(|signal| !signal.listed);
        let total = |(template, likely): (&Template, &f64)| {
            let held = template.class.and_then(|c| alike.get(usize::from(c)));
            let prior = chart.priors.get(template.of).copied().unwrap_or(0.0);
            let signal = chart.signals.get(template.of);
            let is_danger = signal.is_some_and(|signal| signal.meaning == Meaning::Danger);
            let behind = if is_danger || has_codes && template.beat.is_none() {
                PRUNE_RARELY_BEHIND
            } else {
                PRUNE_BEHIND
            };
            let total = likely + template.share + held.copied().unwrap_or(0.0) + prior;
            (template.of, total, behind)
        };
        let each = || chart.graph.templates.iter().zip(likely).map(total);
        let noise = chart.priors.last().copied().unwrap_or(0.0) + self.noise.scale;
        let mut best = noise;
        let mut bests = vec![f64::NEG_INFINITY; chart.priors.len()];
        for (of, total, _) in each() {
            best = best.max(total);
            if let Some(own) = bests.get_mut(of) {
                *own = own.max(total);
            }
        }
        for ((of, total, behind), scale) in each().zip(&mut self.scale) {
            let own = bests.get(of).copied().unwrap_or(0.0);
            if total < (best - behind).max(own - PRUNE_WITHIN_SIGNAL) {
                *scale = f64::NEG_INFINITY;
            }
        }
    }
}

/// Intervals without rhythm: log-normal, of one of a few tempos.
#[derive(Debug, Clone)]
pub struct Noise {
    /// Likelihood of each tempo; their scale is the log.
    tempos: [f64; NOISE.len()],
    scale: f64,
}

impl Default for Noise {
    fn default() -> Noise {
        Noise {
            tempos: [1.0 / NOISE.len() as f64; NOISE.len()],
            scale: 0.0,
        }
    }
}

impl Noise {
    /// Takes in an interval of `x` ms; its density per ms.
    pub fn take(&mut self, x: f64) -> f64 {
        let mut sum = 0.0;
        for (weight, median) in self.tempos.iter_mut().zip(NOISE) {
            *weight *= log_normal(x, (median, NOISE_SPREAD)).max(1e-200);
            sum += *weight;
        }
        let sum = sum.max(1e-280);
        self.tempos.iter_mut().for_each(|w| *w /= sum);
        self.scale += sum.ln();
        sum
    }

    /// Log likelihood of the intervals so far, and of nothing for `x` ms since.
    fn log(&self, x: f64, give_up: f64) -> f64 {
        let each = self.tempos.iter().zip(NOISE);
        let quiet = |median| give_up + (1.0 - give_up) * log_normal_tail(x, (median, NOISE_SPREAD));
        let sum: f64 = each.map(|(w, median)| w * quiet(median)).sum();
        self.scale + sum.max(1e-290).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use crate::signal::{Flash, Flashes, Group, Layer, Show, Signal, Span};
    use crate::template::NO_LIGHT;

    /// Two short flashes, a pause, and again: no plain beat, so an interval owes nothing to the one before.
    fn chart() -> Chart {
        let pair = Group {
            flash: Flash::Short,
            count: (2, 2),
            every: Span::Stated(500.0, 500.0),
            rest: Span::Stated(2000.0, 2000.0),
            ..Group::default()
        };
        let flashes = Flashes {
            cycle: vec![pair],
            ..Flashes::default()
        };
        Chart::new(
            vec![Signal {
                id: Id::new("pair").unwrap_or_default(),
                layers: vec![Layer {
                    light: None,
                    show: Show::Flashes(flashes),
                }],
                ..Signal::default()
            }],
            Vec::new(),
        )
    }

    fn presses(times: &[f64]) -> Vec<Press> {
        let press = |(index, &at): (usize, &f64)| Press {
            at,
            held: None,
            light: NO_LIGHT,
            index,
        };
        times.iter().enumerate().map(press).collect()
    }

    /// The same by brute force: every way to take each press before the last for a flash of some state or for a stray, one by one.
    /// The last press is a flash.
    fn over_all_paths(chart: &Chart, template: &Template, presses: &[Press]) -> f64 {
        let states = chart.graph.states(template);
        let mut noise = Noise::default();
        // Weight of the presses before the one of each index all being strays.
        let mut before = vec![1.0];
        for (earlier, later) in presses.iter().zip(presses.iter().skip(1)) {
            let interval = noise.take(later.at - earlier.at);
            before.push(
                before.last().copied().unwrap_or(0.0) * chart.graph.observer.stray * interval,
            );
        }
        let mut total = 0.0;
        let mut open: Vec<(usize, usize, f64)> = Vec::new();
        for (index, strays) in before.iter().enumerate().take(BACK) {
            for (state, is) in states.iter().enumerate() {
                open.push((index, state, strays * is.first));
            }
        }
        while let Some((at, state, weight)) = open.pop() {
            if at + 1 == presses.len() {
                total += weight;
                continue;
            }
            for back in 0..BACK {
                let Some(press) = presses.get(at + back + 1) else {
                    break;
                };
                let known = presses.get(..=at + back).unwrap_or(&[]);
                let (Some(look), Some(from)) = (
                    Back::all(chart.graph.observer, known, press)
                        .get(back)
                        .copied(),
                    states.get(state),
                ) else {
                    continue;
                };
                let strays = look.strays * template.strays.powi(back as i32);
                for edge in chart.graph.leaving(from) {
                    if let Some(flow) = look.flow(edge, strays, 0.0) {
                        open.push((at + back + 1, usize::from(edge.to), weight * flow.weight));
                    }
                }
            }
        }
        total
    }

    #[test]
    fn the_forward_pass_is_the_sum_over_all_paths() {
        let chart = chart();
        let runs: [&[f64]; 4] = [
            &[0.0, 520.0, 2480.0, 3010.0],
            // A stray, and a flash that was missed.
            &[0.0, 510.0, 900.0, 2520.0, 5010.0],
            // Begins with a stray.
            &[0.0, 700.0, 1190.0, 3200.0],
            &[0.0, 1900.0, 2450.0],
        ];
        for times in runs {
            let presses = presses(times);
            let mut forward = Forward::default();
            forward.follow(&chart, &presses);
            let mut compared = 0;
            for (index, template) in chart.graph.templates.iter().enumerate() {
                let scale = forward.scale(index);
                if template.of != 0 || scale == f64::NEG_INFINITY {
                    continue;
                }
                let passed = forward.weights(template).0.iter().sum::<f64>().ln() + scale;
                let summed = over_all_paths(&chart, template, &presses).ln();
                assert!(
                    (passed - summed).abs() < 1e-3,
                    "{times:?}: {passed} and {summed}"
                );
                compared += 1;
            }
            assert!(compared > 0, "{times:?}");
        }
    }
}
