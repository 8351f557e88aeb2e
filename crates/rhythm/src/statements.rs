//! Statements and answers, and their likelihood under each signal.

use super::chart::{Chart, Question, Traits};
use super::parameters::{LOOKED, SLIP};
use super::signal::Signal;
use super::watch::{Look, Watch};
use crate::id::Id;
use crate::time::within;

/// Everything but the rhythm of the taps.
#[derive(Debug, Clone, Copy)]
pub struct Statements<'a> {
    /// The statement about the light.
    pub look: Option<Look>,
    /// Until when the person watched, in ms; not before the last press.
    pub until: f64,
    /// Whether "that was all" was stated.
    pub stopped: bool,
    /// The watch itself, for its answers.
    pub watch: &'a Watch,
}

impl Statements<'_> {
    /// Log prior of a hypothesis, with the answers and the look; `quiet`: nothing was tapped.
    #[must_use]
    pub fn prior(&self, chart: &Chart, hypothesis: usize, quiet: bool) -> f64 {
        let prior = chart.priors.get(hypothesis).copied().unwrap_or(0.0);
        let signal = chart.signals.get(hypothesis);
        let mut log = prior + self.looked(chart, hypothesis, quiet).ln();
        for (question, answer) in &self.watch.answers {
            if let Some(asked) = chart.questions.iter().find(|q| &q.id == question) {
                log += answer_given(signal, asked, answer).ln();
            }
        }
        log
    }

    /// Chance of the statement about the light.
    fn looked(&self, chart: &Chart, hypothesis: usize, quiet: bool) -> f64 {
        let Some(look) = self.look else {
            return 1.0;
        };
        let Some(seen) = chart.traits.get(hypothesis) else {
            let fits = |fit: fn(&Traits) -> bool| chart.traits.iter().any(fit);
            return match look {
                Look::TooFast if fits(Traits::too_fast) => LOOKED.too_fast_unknown.1,
                Look::TooFast => LOOKED.too_fast_unknown.0,
                // Where nothing on the chart looks like that, it is something that the chart does not have.
                Look::Steady if !fits(|seen| seen.steady || seen.inverse) => LOOKED.right,
                Look::Dark if !fits(|seen| seen.dark || seen.once) => LOOKED.right,
                Look::Steady | Look::Dark => LOOKED.wrong,
            };
        };
        match look {
            Look::Steady if seen.steady => LOOKED.right,
            Look::Steady if seen.inverse => LOOKED.steady_with_dips,
            Look::Steady => LOOKED.wrong,
            Look::Dark if seen.dark => LOOKED.right,
            // A light that flashes once in a while is dark for most of the time.
            Look::Dark if quiet && seen.once => LOOKED.dark_between,
            Look::Dark => LOOKED.wrong,
            Look::TooFast if seen.too_fast() => LOOKED.too_fast,
            Look::TooFast if seen.fastest > 0.0 && seen.fastest < LOOKED.quick => {
                LOOKED.too_fast_quick
            }
            Look::TooFast => LOOKED.too_fast_slow,
        }
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
