//! How probable each hypothesis is, given everything: the taps, the silence since, what was said and answered.

use super::chart::{Chart, Question, Traits};
use super::density::tail;
use super::emission::Emission;
use super::forward::{Early, Forward};
use super::human::{FALSE_STOP, GIVE_UP, SLIP, STEADY_HOLD, STRAY};
use super::signal::{Show, Signal};
use super::template::{ANY, LONG, MOST_STATES, NO_LIGHT, SHORT, State, Template};
use super::watch::{Look, Watch};
use crate::id::Id;
use crate::time::within;

/// Everything but the rhythm of the taps.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// What was said of the light.
    pub look: Option<Look>,
    /// Until when the person watched, in ms; not before the last stroke.
    pub until: f64,
    /// Whether "that was all" was said.
    pub stopped: bool,
    /// The watch itself, for its answers.
    pub watch: &'a Watch,
}

/// The evidence of the taps and of what was said, ready to be completed by any length of silence.
#[derive(Debug)]
pub struct Evidence<'a> {
    chart: &'a Chart,
    forward: &'a Forward,
    said: Said<'a>,
    newest: Option<Emission>,
    /// Per hypothesis: log prior and all that does not depend on the length of the silence.
    fixed: Vec<f64>,
    /// The templates that matter.
    near: Vec<Near>,
    /// Per hypothesis: the weight of all others, taken without their silence.
    far: Vec<f64>,
    /// Log of the scale of all weights.
    scale: f64,
}

/// A template that matters: its index, its weight without silence, and the sum of its states' weights.
#[derive(Debug)]
struct Near {
    template: usize,
    weight: f64,
    all: f64,
}

/// Templates this far (log) behind the best are taken without their silence: it could not matter.
const FAR: f64 = 11.0;

impl<'a> Evidence<'a> {
    /// Gathers the evidence.
    #[must_use]
    pub fn new(chart: &'a Chart, forward: &'a Forward, said: Said<'a>) -> Evidence<'a> {
        let newest = forward.newest(chart);
        let (fixed, near, far) = (Vec::new(), Vec::new(), vec![0.0; chart.priors.len()]);
        let mut evidence = Evidence {
            chart,
            forward,
            said,
            newest,
            fixed,
            near,
            far,
            scale: f64::NEG_INFINITY,
        };
        evidence.fixed = (0..chart.priors.len()).map(|h| evidence.fixed(h)).collect();
        let held = [SHORT, LONG, ANY].map(|class| forward.alike(class, evidence.newest.as_ref()));
        let mut logs = Vec::with_capacity(chart.graph.templates.len());
        for (index, template) in chart.graph.templates.iter().enumerate() {
            let scale = forward.scale(index);
            let (newest, _) = forward.weights(template);
            if scale == f64::NEG_INFINITY {
                continue;
            }
            let all = if newest.is_empty() {
                1.0
            } else {
                evidence.sum(template, newest, true, |_, _| 1.0)
            };
            let all = all.max(1e-290);
            let held = template
                .class
                .and_then(|c| held.get(usize::from(c)))
                .copied()
                .unwrap_or(0.0);
            let log = template.share + scale + all.ln() + held + evidence.of(template.of);
            evidence.scale = evidence.scale.max(log);
            logs.push((index, template.of, log, all));
        }
        if evidence.scale == f64::NEG_INFINITY {
            evidence.scale = 0.0;
        }
        for (template, of, log, all) in logs {
            let log = log - evidence.scale;
            let weight = log.exp();
            if log > -FAR {
                evidence.near.push(Near {
                    template,
                    weight,
                    all,
                });
            } else if let Some(far) = evidence.far.get_mut(of) {
                *far += weight;
            }
        }
        evidence
    }

    /// The most likely beat of a hypothesis, in ms, if its rhythm is a plain beat.
    #[must_use]
    pub fn beat(&self, hypothesis: usize) -> Option<f64> {
        let template = |near: &Near| self.chart.graph.templates.get(near.template);
        let own = self
            .near
            .iter()
            .filter_map(|near| Some((template(near)?, near.weight)));
        let best = own
            .filter(|(t, _)| t.of == hypothesis)
            .max_by(|a, b| a.1.total_cmp(&b.1));
        best.and_then(|(t, _)| t.beat)
    }

    fn of(&self, hypothesis: usize) -> f64 {
        self.fixed.get(hypothesis).copied().unwrap_or(0.0)
    }

    /// Sum of a template's weights, each times a factor of its state and, if they are the newest, their emission.
    fn sum(
        &self,
        template: &Template,
        weights: &[f64],
        newest: bool,
        factor: impl Fn(usize, &State) -> f64,
    ) -> f64 {
        let states = self
            .chart
            .graph
            .states
            .get(template.states.clone())
            .unwrap_or(&[]);
        let width = template.width();
        let emission = self
            .newest
            .as_ref()
            .filter(|e| newest && (e.names_light() || (width > 1 && e.has_length())));
        let mut sum = 0.0;
        for (index, (weights, state)) in weights.chunks(width).zip(states).enumerate() {
            let all: f64 = match emission {
                Some(e) if width > 1 => {
                    e.light(state.light)
                        * weights
                            .iter()
                            .enumerate()
                            .map(|(i, w)| w * e.held(state, i))
                            .sum::<f64>()
                }
                Some(e) => e.light(state.light) * weights.iter().sum::<f64>(),
                None => weights.iter().sum(),
            };
            if all > 1e-9 {
                sum += all * factor(index, state);
            }
        }
        sum
    }

    /// Probabilities of the signals, the unknown beat and noise, if the silence has lasted until `until` ms.
    #[must_use]
    pub fn posterior(&self, until: f64) -> Vec<f64> {
        let mut weights = self.far.clone();
        for near in &self.near {
            if let Some(template) = self.chart.graph.templates.get(near.template)
                && let Some(weight) = weights.get_mut(template.of)
            {
                *weight += near.weight * self.silence(near, template, until);
            }
        }
        let noise = self.chart.unknown() + 1;
        for (h, (weight, fixed)) in weights.iter_mut().zip(&self.fixed).enumerate() {
            let still = self.chart.traits.get(h).filter(|t| t.steady || t.dark);
            let log = match still {
                Some(seen) => self.still(seen, self.chart.signals.get(h), until),
                None if h == noise => self.noise(until),
                None => continue,
            };
            *weight = within(log + fixed - self.scale, -700.0, 600.0).exp();
        }
        let sum: f64 = weights.iter().sum();
        weights.iter_mut().for_each(|p| *p /= sum.max(1e-300));
        weights
    }

    /// Chance that nothing was tapped since the last stroke (and of "that was all", if it was said).
    fn silence(&self, near: &Near, template: &Template, until: f64) -> f64 {
        let strokes = self.forward.strokes();
        let Some(last) = strokes.last() else {
            return self.waiting(template, until);
        };
        let edges = self
            .chart
            .graph
            .edges
            .get(template.edges.clone())
            .unwrap_or(&[]);
        let (newest, before) = self.forward.weights(template);
        let stopped = |ends: f64| {
            if self.said.stopped {
                FALSE_STOP + 0.6 * ends
            } else {
                1.0
            }
        };
        let owed = self.forward.owed(near.template);
        let give_up = self.give_up(template);
        let quiet = |weights: &[f64], at: f64, index: usize, newest: bool| {
            let owed = if newest { owed.0 } else { owed.1 };
            let (early, x) = (Early::new(index), until - at);
            let mut heard = [0.0_f64; MOST_STATES];
            for edge in edges {
                if let Some(heard) = heard.get_mut(usize::from(edge.from)) {
                    *heard += edge.weight * due(early.z(x, edge, owed).0);
                }
            }
            self.sum(template, weights, newest, |state, s| {
                let heard = heard.get(state).map_or(0.0, |h| h.min(1.0));
                stopped(s.ends) * (1.0 - (1.0 - give_up) * heard)
            })
        };
        let mut likely = quiet(newest, last.at, strokes.len() - 1, true);
        if let Some(index) = strokes.len().checked_sub(2)
            && let Some(stroke) = strokes.get(index)
        {
            // Or the last stroke was a stray, and the silence goes back to the one before.
            likely += STRAY / 1500.0 * quiet(before, stroke.at, index, false);
        }
        likely.max(1e-290) / near.all
    }

    /// Chance that the person stops after a tap though the light goes on: nobody does so within a quick burst.
    fn give_up(&self, template: &Template) -> f64 {
        let states = self
            .chart
            .graph
            .states
            .get(template.states.clone())
            .unwrap_or(&[]);
        let quickest = states.iter().map(|s| s.gap).fold(3000.0, f64::min);
        GIVE_UP * (0.2 + 0.8 * quickest / 3000.0)
    }

    /// The same while nothing has been tapped at all: the light may not have flashed yet.
    fn waiting(&self, template: &Template, until: f64) -> f64 {
        if self.said.look.is_some() {
            return 1.0;
        }
        let once = self.chart.traits.get(template.of).is_some_and(|t| t.once);
        let round = template
            .beat
            .or_else(|| self.chart.traits.get(template.of).map(|t| t.round))
            .unwrap_or(2000.0);
        let patience = if once { 30_000.0 } else { 1.5 * round + 1000.0 };
        let stopped = match (self.said.stopped, once) {
            (false, _) => 1.0,
            (true, true) => 0.01,
            (true, false) => FALSE_STOP,
        };
        (0.02 + 0.98 * (-until.max(0.0) / patience).exp()) * stopped
    }

    /// Log likelihood of taps without rhythm.
    fn noise(&self, until: f64) -> f64 {
        let stopped = if self.said.stopped {
            3.0 * FALSE_STOP
        } else {
            1.0
        };
        let log = match self.forward.strokes().last() {
            Some(last) => self.forward.noise(until - last.at),
            None if self.said.look.is_some() => 0.0,
            None => f64::ln(0.02 + 0.98 * (-until.max(0.0) / 4000.0).exp()),
        };
        log + stopped.ln()
    }

    /// Log likelihood of the taps when the light does not flash.
    fn still(&self, seen: &Traits, signal: Option<&Signal>, until: f64) -> f64 {
        let strokes = self.forward.strokes();
        let Some(last) = strokes.last() else {
            if self.said.look.is_some() {
                return 0.0;
            }
            // Who sees a light that is lit says so sooner than who sees none.
            let patience = if seen.dark { 60_000.0 } else { 5000.0 };
            let stopped = match (self.said.stopped, seen.dark) {
                (false, _) => 1.0,
                (true, true) => 0.9,
                (true, false) => 0.01,
            };
            return ((0.05 + 0.95 * (-until.max(0.0) / patience).exp()) * stopped).ln();
        };
        let stopped = if self.said.stopped {
            10.0 * FALSE_STOP
        } else {
            1.0
        };
        let mut log = self.forward.noise(0.0) + stopped.ln();
        let mut pressed = false;
        for (index, stroke) in strokes.iter().enumerate() {
            let held = stroke.held.filter(|h| seen.steady && *h >= STEADY_HOLD);
            log += match held {
                Some(held) => {
                    pressed = true;
                    // A press that says "lit": any length from here to half a minute. Against any other press; more than one
                    // because few who tap along hold that long.
                    let any = self
                        .newest
                        .filter(|_| index + 1 == strokes.len())
                        .map_or(1.0 / held, |e| e.any.max(1e-9));
                    let lit = within((held - 900.0) / 1500.0, 0.05, 1.0);
                    (if index == 0 { 2.5 } else { 0.2 } * lit / (3.2 * held * any)).ln()
                }
                None => f64::ln(if index == 0 { 0.012 } else { 0.1 }),
            };
        }
        if pressed && last.light != NO_LIGHT {
            log += self.pressed_light(signal).ln();
        }
        log
    }

    fn pressed_light(&self, signal: Option<&Signal>) -> f64 {
        let lit = signal
            .iter()
            .flat_map(|s| &s.layers)
            .filter(|l| l.show == Show::Steady);
        let fits = lit.map(|l| {
            self.newest
                .map_or(1.0, |e| e.light(self.chart.light(l.light.as_ref())))
        });
        let (n, sum) = fits.fold((0.0, 0.0), |(n, sum), f| (n + 1.0, sum + f));
        if n > 0.0 { sum / n } else { 1.0 }
    }

    /// Log prior of a hypothesis, with the answers and the look.
    fn fixed(&self, hypothesis: usize) -> f64 {
        let chart = self.chart;
        let prior = chart.priors.get(hypothesis).copied().unwrap_or(0.0);
        let signal = chart.signals.get(hypothesis);
        let mut log = prior + self.look(hypothesis).ln();
        for (question, answer) in &self.said.watch.answers {
            if let Some(asked) = chart.questions.iter().find(|q| &q.id == question) {
                log += answer_given(signal, asked, answer).ln();
            }
        }
        log
    }

    /// Chance of what was said of the light.
    fn look(&self, hypothesis: usize) -> f64 {
        let Some(look) = self.said.look else {
            return 1.0;
        };
        let quiet = self.forward.strokes().is_empty();
        let Some(seen) = self.chart.traits.get(hypothesis) else {
            return if look == Look::TooFast { 0.1 } else { 0.003 };
        };
        match look {
            Look::Steady if seen.steady => 0.9,
            Look::Steady if seen.inverse => 0.1,
            Look::Steady => 0.003,
            Look::Dark if seen.dark => 0.9,
            // A light that flashes once in a while is dark for most of the time.
            Look::Dark if quiet && seen.once => 0.004,
            Look::Dark => 0.003,
            Look::TooFast if seen.too_fast() => 0.5,
            Look::TooFast if seen.fastest > 0.0 && seen.fastest < 700.0 => 0.05,
            Look::TooFast => 0.005,
        }
    }
}

/// Share of intervals that are over by `z`: exact where it is neither almost none nor almost all.
#[inline]
fn due(z: f64) -> f64 {
    if z < -7.0 {
        0.0
    } else if z > 9.0 {
        1.0
    } else {
        1.0 - tail(z)
    }
}

/// Chance of an answer, given the signal (`None`: one that the chart does not know).
#[must_use]
pub fn answer_given(signal: Option<&Signal>, question: &Question, answer: &Id) -> f64 {
    let n = question.answers.len() as f64;
    if !question.answers.contains(answer) || n < 2.0 {
        return 1.0;
    }
    let expected = signal.and_then(|s| s.expects.iter().find(|e| e.question == question.id));
    match expected {
        Some(e) if question.answers.contains(&e.answer) => {
            let sure = within(e.sure, 1.0 / n, 1.0);
            let sure = if sure.is_finite() { sure } else { 1.0 / n } * (1.0 - SLIP) + SLIP / n;
            if &e.answer == answer {
                sure
            } else {
                (1.0 - sure) / (n - 1.0)
            }
        }
        _ => 1.0 / n,
    }
}
