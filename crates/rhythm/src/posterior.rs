//! The posterior: how probable each hypothesis is, given the taps, the silence since, the statements and the answers.

use super::chart::{Chart, Traits};
use super::density::tail;
use super::emission::Emission;
use super::forward::Forward;
use super::parameters::{
    DARK_SEEN, END_STOP, GIVE_UP_QUICK, LIT_FROM, LIT_RANGE, LIT_SPREAD, NOISE_PATIENCE,
    NOISE_STOP, ONCE_PATIENCE, PATIENCE_ROUNDS, QUIETEST, SILENCE_BEHIND, SILENCE_FARTHEST,
    SILENCE_UNLISTED, SILENCE_WITHIN_SIGNAL, STEADY_PRESSED, STEADY_SEEN, STILL_BEGINS,
    STILL_PRESSED, STILL_STOP, STILL_STOPPED,
};
use super::signal::{Show, Signal};
use super::statements::Statements;
use super::template::{ANY, Edge, LONG, NO_LIGHT, SHORT, State, Template};
use super::transition::EarlyInterval;
use crate::time::within;

/// The posterior as a function of the length of the silence: what the taps and the statements contribute is computed once.
#[derive(Debug)]
pub struct Posterior<'a> {
    chart: &'a Chart,
    forward: &'a Forward,
    statements: Statements<'a>,
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

impl<'a> Posterior<'a> {
    /// Computes all that does not depend on the length of the silence.
    #[must_use]
    pub fn new(
        chart: &'a Chart,
        forward: &'a Forward,
        statements: Statements<'a>,
    ) -> Posterior<'a> {
        let newest = forward.newest(chart);
        let (fixed, near, far) = (Vec::new(), Vec::new(), vec![0.0; chart.priors.len()]);
        let mut posterior = Posterior {
            chart,
            forward,
            statements,
            newest,
            fixed,
            near,
            far,
            scale: f64::NEG_INFINITY,
        };
        posterior.fixed = (0..chart.priors.len())
            .map(|h| statements.prior(chart, h, forward.presses().is_empty()))
            .collect();
        let held = [SHORT, LONG, ANY].map(|class| forward.alike(class, posterior.newest.as_ref()));
        let mut logs = Vec::with_capacity(chart.graph.templates.len());
        let mut bests = vec![f64::NEG_INFINITY; chart.priors.len()];
        for (index, template) in chart.graph.templates.iter().enumerate() {
            let scale = forward.scale(index);
            if scale == f64::NEG_INFINITY {
                continue;
            }
            let all = posterior.heard(index, template);
            let held = template
                .class
                .and_then(|c| held.get(usize::from(c)))
                .copied()
                .unwrap_or(0.0);
            let log = template.share + scale + all.ln() + held + posterior.of(template.of);
            posterior.scale = posterior.scale.max(log);
            if let Some(best) = bests.get_mut(template.of) {
                *best = best.max(log);
            }
            logs.push((index, template.of, log, all));
        }
        // Noise is never pruned, so there is a scale when all rhythms are.
        let noise = posterior.noise(forward.presses().last().map_or(0.0, |s| s.at));
        posterior.scale = posterior
            .scale
            .max(noise + posterior.of(chart.unknown() + 1));
        for (template, of, log, all) in logs {
            let best = bests.get(of).copied().unwrap_or(0.0);
            let weight = (log - posterior.scale).exp();
            let (behind, within) = match chart.signals.get(of) {
                Some(signal) if !signal.listed => SILENCE_UNLISTED,
                _ => (SILENCE_BEHIND, SILENCE_WITHIN_SIGNAL),
            };
            // The best of each is evaluated with its own silence: otherwise the silence could not count against it.
            let own = log >= best && log > posterior.scale - SILENCE_FARTHEST;
            if own || log > (posterior.scale - behind).max(best - within) {
                posterior.near.push(Near {
                    template,
                    weight,
                    all,
                });
            } else if let Some(far) = posterior.far.get_mut(of) {
                *far += weight;
            }
        }
        posterior
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

    /// Sum of a template's weights, with the emission of the newest press if they are those after it, and each times
    /// the chance that nothing was tapped since.
    fn sum(
        &self,
        template: &Template,
        weights: &[f64],
        newest: bool,
        silence: Option<&Silence>,
    ) -> f64 {
        let width = template.width();
        let graph = &self.chart.graph;
        let emission = self.telling(template).filter(|_| newest);
        let mut sum = 0.0;
        for (weights, state) in weights.chunks(width).zip(graph.states(template)) {
            let mut all = 0.0;
            for (style, weight) in weights.iter().enumerate() {
                all += match emission {
                    Some(e) if width > 1 => weight * e.held(state, style),
                    _ => *weight,
                };
            }
            if all > 1e-9 {
                all *= emission.map_or(1.0, |e| e.light(state.light));
                sum += all * silence.map_or(1.0, |s| s.chance(state, graph.leaving(state)));
            }
        }
        sum
    }

    /// The probabilities of the signals, the unknown beat and noise, if the silence has lasted until `until` ms.
    #[must_use]
    pub fn at(&self, until: f64) -> Vec<f64> {
        shares(self.weights(Some(until)))
    }

    /// The same before they are made to sum to 1. No weight grows while the silence lasts. `None`: an upper bound of each,
    /// as without a silence.
    #[must_use]
    pub fn weights(&self, until: Option<f64>) -> Vec<f64> {
        let mut sums = vec![(0.0, 0.0); self.far.len()];
        for near in &self.near {
            if let Some(template) = self.chart.graph.templates.get(near.template)
                && let Some((all, quiet)) = sums.get_mut(template.of)
            {
                *all += near.weight;
                *quiet += near.weight * until.map_or(1.0, |t| self.silence(near, template, t));
            }
        }
        let whole = |((all, quiet), far): ((f64, f64), &f64)| {
            quiet + far * if all > 0.0 { quiet / all } else { 1.0 }
        };
        let mut weights: Vec<f64> = sums.into_iter().zip(&self.far).map(whole).collect();
        let until = until.unwrap_or_else(|| self.forward.presses().last().map_or(0.0, |s| s.at));
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
        weights
    }

    /// Chance that nothing was tapped since the last press (and of "that was all", if it was stated).
    fn silence(&self, near: &Near, template: &Template, until: f64) -> f64 {
        if self.forward.presses().is_empty() {
            self.waiting(template, until)
        } else {
            self.likely(near.template, template, until) / near.all
        }
    }

    /// Likelihood of the newest press, regardless of what follows.
    fn heard(&self, index: usize, template: &Template) -> f64 {
        let newest = match self.telling(template) {
            Some(_) => self.sum(template, self.forward.weights(template).0, true, None),
            None => 1.0,
        };
        (newest + self.forward.stray_weight(index)).max(1e-290)
    }

    /// The newest press's length and light, if they distinguish states of the template.
    fn telling(&self, template: &Template) -> Option<&Emission> {
        let newest = self.newest.as_ref();
        newest.filter(|e| e.names_light() || (template.width() > 1 && e.has_length()))
    }

    /// Likelihood of the newest press and of the silence after it up to `until` ms.
    fn likely(&self, index: usize, template: &Template, until: f64) -> f64 {
        let presses = self.forward.presses();
        let Some(last) = presses.last() else {
            return 1.0;
        };
        let (newest, before) = self.forward.weights(template);
        let carryover = self.forward.carryover(index);
        // People rarely give up within a quick burst.
        let observer = self.chart.graph.observer;
        let give_up =
            observer.give_up * (GIVE_UP_QUICK + (1.0 - GIVE_UP_QUICK) * template.quickest / 3000.0);
        let silence = |index: usize, at: f64, carryover: f64| Silence {
            early: EarlyInterval::new(observer, index),
            lasts: until - at,
            carryover,
            goes_on: 1.0 - give_up,
            stopped: self.statements.stopped,
            false_stop: observer.false_stop,
        };
        let since = silence(presses.len() - 1, last.at, carryover.0);
        let mut likely = self.sum(template, newest, true, Some(&since));
        // Or the last press was a stray, and the silence goes back to the one before.
        if let Some(earlier) = presses.len().checked_sub(2)
            && let Some(press) = presses.get(earlier)
            && self.forward.stray_weight(index) > 1e-4 * likely
        {
            let since = silence(earlier, press.at, carryover.1);
            likely += observer.stray_last()
                * template.strays
                * self.sum(template, before, false, Some(&since));
        }
        likely.max(1e-290)
    }

    /// The same while nothing has been tapped at all: the light may not have flashed yet.
    fn waiting(&self, template: &Template, until: f64) -> f64 {
        if self.statements.look.is_some() {
            return 1.0;
        }
        let once = self.chart.traits.get(template.of).is_some_and(|t| t.once);
        let round = template
            .beat
            .or_else(|| self.chart.traits.get(template.of).map(|t| t.round))
            .unwrap_or(2000.0);
        let patience = if once {
            ONCE_PATIENCE
        } else {
            PATIENCE_ROUNDS.0 * round + PATIENCE_ROUNDS.1
        };
        let stopped = match (self.statements.stopped, once) {
            (false, _) => 1.0,
            (true, true) => STILL_STOPPED.1,
            (true, false) => self.chart.graph.observer.false_stop,
        };
        (QUIETEST + (1.0 - QUIETEST) * (-until.max(0.0) / patience).exp()) * stopped
    }

    /// Log likelihood of taps without rhythm.
    fn noise(&self, until: f64) -> f64 {
        let stopped = if self.statements.stopped {
            NOISE_STOP
        } else {
            1.0
        };
        let log = match self.forward.presses().last() {
            Some(last) => self.forward.noise(until - last.at),
            None if self.statements.look.is_some() => 0.0,
            None => f64::ln(QUIETEST + (1.0 - QUIETEST) * (-until.max(0.0) / NOISE_PATIENCE).exp()),
        };
        log + stopped.ln()
    }

    /// Log likelihood of the taps when the light does not flash.
    fn still(&self, seen: &Traits, signal: Option<&Signal>, until: f64) -> f64 {
        let presses = self.forward.presses();
        let Some(last) = presses.last() else {
            if self.statements.look.is_some() {
                return 0.0;
            }
            // A light that is lit is stated sooner than a dark one.
            let patience = if seen.dark { DARK_SEEN } else { STEADY_SEEN };
            let stopped = match (self.statements.stopped, seen.dark) {
                (false, _) => 1.0,
                (true, true) => STILL_STOPPED.0,
                (true, false) => STILL_STOPPED.1,
            };
            return ((STILL_BEGINS + (1.0 - STILL_BEGINS) * (-until.max(0.0) / patience).exp())
                * stopped)
                .ln();
        };
        let stopped = if self.statements.stopped {
            STILL_STOP
        } else {
            1.0
        };
        let mut log = self.forward.noise(0.0) + stopped.ln();
        let mut pressed = false;
        let steady_hold = self.chart.graph.observer.steady_hold;
        for (index, press) in presses.iter().enumerate() {
            let held = press.held.filter(|h| seen.steady && *h >= steady_hold);
            log += match held {
                Some(held) => {
                    pressed = true;
                    // A press that means "lit": any length from here to half a minute. Against any other press; more than one
                    // because few who tap along hold that long.
                    let any = self
                        .newest
                        .filter(|_| index + 1 == presses.len())
                        .map_or(1.0 / held, |e| e.any.max(1e-9));
                    let lit = within((held - LIT_FROM * steady_hold) / LIT_RANGE, 0.05, 1.0);
                    (if index == 0 {
                        STEADY_PRESSED.0
                    } else {
                        STEADY_PRESSED.1
                    } * lit
                        / (LIT_SPREAD * held * any))
                        .ln()
                }
                None => f64::ln(if index == 0 {
                    STILL_PRESSED.0
                } else {
                    STILL_PRESSED.1
                }),
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
}

/// Weights, made to sum to 1.
#[must_use]
pub fn shares(mut weights: Vec<f64>) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    weights.iter_mut().for_each(|p| *p /= sum.max(1e-300));
    weights
}

/// A silence since a press.
struct Silence {
    early: EarlyInterval,
    /// How long it lasts, in ms.
    lasts: f64,
    /// By how much the interval before was off, in ms.
    carryover: f64,
    /// Chance that the person continues tapping while the light continues.
    goes_on: f64,
    /// "That was all" was stated.
    stopped: bool,
    /// Chance that it is stated of a light that continues.
    false_stop: f64,
}

impl Silence {
    /// Its chance after a flash, over the edges that leave it.
    fn chance(&self, state: &State, edges: &[Edge]) -> f64 {
        let heard =
            |edge: &Edge| edge.weight * due(self.early.z(self.lasts, edge, self.carryover).0);
        let heard = edges.iter().map(heard).sum::<f64>().min(1.0);
        let stopped = if self.stopped {
            self.false_stop + END_STOP * state.ends
        } else {
            1.0
        };
        stopped * (1.0 - self.goes_on * heard)
    }
}

/// Share of intervals that are over by `z`: exact where it is near neither 0 nor 1.
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
