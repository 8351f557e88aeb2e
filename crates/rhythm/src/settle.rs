//! What would settle it: one more flash, more dark, or a question.

use super::chart::{Chart, Question};
use super::decide::{decide, taps_needed};
use super::forward::Forward;
use super::parameters::{AHEAD, ASKING, RIVAL, SEPARATES, WORTH};
use super::posterior::Posterior;
use super::statements::{Statements, answer_given};
use super::verdict::{Decision, Settle};
use crate::id::Id;
use crate::sorted::sort_by;
use crate::time::Millis;

/// The one thing that would help most now. `None` when there is none.
#[must_use]
pub fn settle(
    chart: &Chart,
    forward: &Forward,
    posterior: &Posterior,
    statements: &Statements,
    probabilities: &[f64],
) -> Option<Settle> {
    let rivals = rivals(chart, probabilities);
    let ask = rivals.and_then(|(a, b)| best_question(chart, statements, probabilities, a, b));
    let presses = forward.presses().len();
    let dark = if presses == 0 {
        None
    } else {
        dark(chart, forward, posterior, statements)
    };
    let need = rivals
        .and_then(|(a, _)| chart.traits.get(a))
        .map_or(3, |seen| taps_needed(chart, seen));
    if let Some((more, winner)) = dark {
        let rival = probabilities.iter().take(chart.unknown()).enumerate();
        let rival = rival
            .filter(|(h, _)| *h != winner)
            .max_by(|a, b| a.1.total_cmp(b.1))
            .map(|(h, _)| h);
        if let (Some(id), Some(rival)) = (id(chart, winner), rival.and_then(|r| id(chart, r)))
            && (more <= ASKING || ask.is_none())
        {
            return Some(Settle::KeepWatching {
                dark: Millis::new(more)?,
                between: (id, rival),
            });
        }
    }
    let enough =
        statements.look.is_some() || statements.stopped || presses >= need || dark.is_some();
    match (ask, rivals) {
        (Some(question), Some((a, b))) if enough => Some(Settle::Ask {
            question: question.id.clone(),
            between: (id(chart, a)?, id(chart, b)?),
        }),
        _ if statements.look.is_some() || statements.stopped => None,
        _ => Some(Settle::KeepTapping {
            flashes: need.saturating_sub(presses).clamp(1, 20) as u8,
        }),
    }
}

fn id(chart: &Chart, signal: usize) -> Option<Id> {
    chart.signals.get(signal).map(|s| s.id.clone())
}

/// The two signals that are left, if the second is worth telling apart.
fn rivals(chart: &Chart, probabilities: &[f64]) -> Option<(usize, usize)> {
    let mut order: Vec<(usize, f64)> = probabilities
        .iter()
        .copied()
        .take(chart.unknown())
        .enumerate()
        .collect();
    sort_by(&mut order, |a, b| a.1 > b.1);
    match order.as_slice() {
        [(a, _), (b, p), ..] if *p > RIVAL => Some((*a, *b)),
        _ => None,
    }
}

/// The least further silence after which something would be decided, in ms, and what.
fn dark(
    chart: &Chart,
    forward: &Forward,
    posterior: &Posterior,
    statements: &Statements,
) -> Option<(f64, usize)> {
    AHEAD.iter().find_map(|more| {
        let until = statements.until + more;
        match decide(chart, forward, statements, until, &posterior.at(until)) {
            Decision::Signal(id) => {
                let winner = chart.signals.iter().position(|s| s.id == id)?;
                // Dark favours what is over. What continues is better tapped on or asked about.
                chart
                    .traits
                    .get(winner)
                    .is_some_and(|t| t.once || t.dark)
                    .then_some((*more, winner))
            }
            _ => None,
        }
    })
}

/// The open question with the greatest expected information, if it separates the two.
fn best_question<'a>(
    chart: &'a Chart,
    statements: &Statements,
    probabilities: &[f64],
    a: usize,
    b: usize,
) -> Option<&'a Question> {
    let mut best: Option<(f64, &Question)> = None;
    for question in &chart.questions {
        if statements.watch.was_asked(&question.id) {
            continue;
        }
        let given = |h: usize, answer: &Id| answer_given(chart.signals.get(h), question, answer);
        let separates = question
            .answers
            .iter()
            .any(|x| (given(a, x) / given(b, x)).ln().abs() > SEPARATES);
        let gain = gain(probabilities, question, &given);
        if separates && gain > WORTH && best.is_none_or(|(g, _)| gain > g) {
            best = Some((gain, question));
        }
    }
    best.map(|(_, question)| question)
}

/// Expected information of an answer, in nats.
fn gain(probabilities: &[f64], question: &Question, given: &dyn Fn(usize, &Id) -> f64) -> f64 {
    let mut gain = 0.0;
    for answer in &question.answers {
        let all: f64 = probabilities
            .iter()
            .enumerate()
            .map(|(h, p)| p * given(h, answer))
            .sum();
        for (h, p) in probabilities.iter().enumerate() {
            let chance = given(h, answer);
            if *p > 0.0 && chance > 0.0 && all > 0.0 {
                gain += p * chance * (chance / all).ln();
            }
        }
    }
    gain
}
