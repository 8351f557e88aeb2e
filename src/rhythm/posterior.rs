//! How probable each hypothesis is, given everything: the taps, the silence since, what was said and answered.

use super::chart::{Chart, Question, Traits};
use super::density::{log_add, tail};
use super::emission::Emission;
use super::forward::{Early, Forward};
use super::human::{FALSE_STOP, GIVE_UP, SLIP, STEADY_HOLD, STRAY};
use super::signal::{Show, Signal};
use super::template::{MOST_STATES, NO_LIGHT, State, Template};
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
    /// Per template: log likelihood without silence, its share included.
    bare: Vec<f64>,
    /// Per hypothesis: log prior and all that does not depend on the length of the silence.
    fixed: Vec<f64>,
    /// The best of `bare + fixed`, below which by [`FAR`] no silence is reckoned.
    best: f64,
}

/// Templates this far (log) behind the best are taken without their silence: it could not matter.
const FAR: f64 = 11.0;

impl<'a> Evidence<'a> {
    /// Gathers the evidence.
    #[must_use]
    pub fn new(chart: &'a Chart, forward: &'a Forward, said: Said<'a>) -> Evidence<'a> {
        let mut evidence = Evidence {
            chart,
            forward,
            said,
            newest: forward.newest(chart),
            bare: Vec::new(),
            fixed: Vec::new(),
            best: f64::NEG_INFINITY,
        };
        evidence.fixed = (0..chart.priors.len()).map(|h| evidence.fixed(h)).collect();
        evidence.bare = chart
            .graph
            .templates
            .iter()
            .enumerate()
            .map(|(i, t)| {
                if forward.scale(i) == f64::NEG_INFINITY {
                    return f64::NEG_INFINITY;
                }
                let (newest, _) = forward.weights(t);
                let all = if newest.is_empty() {
                    1.0
                } else {
                    evidence.sum(t, newest, true, |_, _| 1.0)
                };
                let held = t
                    .class
                    .map_or(0.0, |class| forward.alike(class, evidence.newest.as_ref()));
                t.share + forward.scale(i) + all.max(1e-290).ln() + held
            })
            .collect();
        let each = chart.graph.templates.iter().zip(&evidence.bare);
        evidence.best = each
            .map(|(t, b)| b + evidence.of(t.of))
            .fold(f64::NEG_INFINITY, f64::max);
        evidence
    }

    /// The most likely beat of a hypothesis, in ms, if its rhythm is a plain beat.
    #[must_use]
    pub fn beat(&self, hypothesis: usize) -> Option<f64> {
        let own = self
            .chart
            .graph
            .templates
            .iter()
            .zip(&self.bare)
            .filter(|(t, _)| t.of == hypothesis);
        own.max_by(|a, b| a.1.total_cmp(b.1))
            .and_then(|(t, _)| t.beat)
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
        let mut logs = vec![f64::NEG_INFINITY; self.fixed.len()];
        for (index, (template, bare)) in self
            .chart
            .graph
            .templates
            .iter()
            .zip(&self.bare)
            .enumerate()
        {
            let near = bare + self.of(template.of) > self.best - FAR;
            let silence = if near {
                self.silence(index, template, until)
            } else {
                0.0
            };
            if let Some(log) = logs.get_mut(template.of) {
                *log = log_add(*log, bare + silence);
            }
        }
        let noise = self.chart.unknown() + 1;
        for (h, (log, fixed)) in logs.iter_mut().zip(&self.fixed).enumerate() {
            if h == noise {
                *log = self.noise(until);
            } else if let Some(seen) = self.chart.traits.get(h).filter(|t| t.steady || t.dark) {
                *log = self.still(seen, self.chart.signals.get(h), until);
            }
            *log += fixed;
        }
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut sum = 0.0;
        for log in &mut logs {
            *log = (*log - top).exp();
            sum += *log;
        }
        logs.iter_mut().for_each(|p| *p /= sum);
        logs
    }

    /// Log of the chance that nothing was tapped since the last stroke (and of "that was all", if it was said).
    fn silence(&self, nth: usize, template: &Template, until: f64) -> f64 {
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
        let owed = self.forward.owed(nth);
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
        let all = self.sum(template, newest, true, |_, _| 1.0).max(1e-290);
        (likely.max(1e-290) / all).ln()
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
            return 0.0;
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
        ((0.02 + 0.98 * (-until.max(0.0) / patience).exp()) * stopped).ln()
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
                    // A press that says "lit": any length from here to half a minute. Against any other press.
                    let any = self
                        .newest
                        .filter(|_| index + 1 == strokes.len())
                        .map_or(1.0 / held, |e| e.any.max(1e-9));
                    (if index == 0 { 0.6 } else { 0.2 } / (3.2 * held * any)).ln()
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

#[cfg(test)]
impl Evidence<'_> {
    pub fn debug(&self, until: f64) -> Vec<(usize, f64, f64, f64)> {
        self.chart
            .graph
            .templates
            .iter()
            .zip(&self.bare)
            .enumerate()
            .map(|(i, (t, b))| {
                let s = self.silence(i, t, until);
                (i, b + self.of(t.of) + s, *b, s)
            })
            .collect()
    }
}
