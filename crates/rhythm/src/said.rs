//! What was said and answered, and what it says of a signal.

use super::chart::{Chart, Question};
use super::human::SLIP;
use super::signal::Signal;
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

impl Said<'_> {
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

    /// Chance of what was said of the light.
    fn looked(&self, chart: &Chart, hypothesis: usize, quiet: bool) -> f64 {
        let Some(look) = self.look else {
            return 1.0;
        };
        let Some(seen) = chart.traits.get(hypothesis) else {
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
