//! The engine's two doors: judge a whole watch, or listen to one that grows.

use super::chart::Chart;
use super::decide::{decide, hopeful, likeliest, possible};
use super::evidence::{Evidence, shares};
use super::forward::Forward;
use super::parameters::{EXACT, STRIDE};
use super::press::{Press, bounded, gaps, presses};
use super::settle::settle;
use super::statements::Statements;
use super::verdict::{Decision, Hypothesis, Judgement, Ranked};
use super::watch::Watch;
use crate::sorted::sort_by;
use crate::time::Millis;

/// Listens to a watch that grows: keeps what the taps so far have shown, so that one more costs one step.
///
/// Any watch may be passed at any time. What was edited since the last call is heard anew; the result is always the
/// one that [`judge`] gives. A listener belongs to one chart; passed another, it must be a new one.
#[derive(Debug, Clone, Default)]
pub struct Listener {
    forward: Forward,
}

/// Any two are equal: what they have heard so far changes no judgement, only what it costs.
impl PartialEq for Listener {
    fn eq(&self, _: &Listener) -> bool {
        true
    }
}

/// Everything the engine makes of a watch.
#[must_use]
pub fn judge(chart: &Chart, watch: &Watch) -> Judgement {
    Listener::default().judge(chart, watch)
}

impl Listener {
    /// Everything the engine makes of the watch.
    pub fn judge(&mut self, chart: &Chart, watch: &Watch) -> Judgement {
        self.weigh(chart, watch, true)
    }

    /// The same of a watch that is over: what would settle it is left out.
    pub fn conclude(&mut self, chart: &Chart, watch: &Watch) -> Judgement {
        self.weigh(chart, watch, false)
    }

    fn weigh(&mut self, chart: &Chart, watch: &Watch, goes_on: bool) -> Judgement {
        self.forward.follow(chart, &presses(chart, watch));
        let statements = statements(&self.forward, watch);
        let evidence = Evidence::new(chart, &self.forward, statements);
        let posterior = evidence.posterior(statements.until);
        let decision = decide(
            chart,
            &self.forward,
            &statements,
            statements.until,
            &posterior,
        );
        let settle = match decision {
            Decision::Undecided if goes_on => {
                settle(chart, &self.forward, &evidence, &statements, &posterior)
            }
            _ => None,
        };
        let ranking = ranking(chart, &posterior);
        let period = period(&evidence, &posterior, self.forward.presses());
        Judgement {
            ranking,
            decision,
            settle,
            period,
        }
    }

    /// Only the decision and since when (ms) it has stood: what is asked when nobody looks at the rest. The time from `since`
    /// (ms) on is listened to as it passes, and the first decision in it is given. What `stands` already is decided again
    /// without much ado while it is the likeliest.
    pub fn decide(
        &mut self,
        chart: &Chart,
        watch: &Watch,
        since: f64,
        stands: &Decision,
    ) -> (Decision, f64) {
        self.forward.follow(chart, &presses(chart, watch));
        let statements = statements(&self.forward, watch);
        let presses = self.forward.presses();
        let until = statements.until;
        if !possible(chart, presses, &statements, until) {
            return (Decision::Undecided, until);
        }
        let evidence = Evidence::new(chart, &self.forward, statements);
        let most = evidence.weights(None);
        if likeliest(chart, &most, stands) {
            return (stands.clone(), until);
        }
        let least = evidence.weights(Some(until));
        if !hopeful(chart, presses, &statements, until, (&most, &least)) {
            return (Decision::Undecided, until);
        }
        let open = |at| possible(chart, presses, &statements, at);
        let look = |at: f64, weights: &[f64]| {
            decide(
                chart,
                &self.forward,
                &statements,
                at,
                &shares(weights.to_vec()),
            )
        };
        let last = presses.last().map_or(0.0, |s| s.at);
        let mut at = since.max(last).min(until);
        let mut begin = most;
        if open(at) {
            begin = evidence.weights(Some(at));
            let decision = look(at, &begin);
            if decision != Decision::Undecided {
                return (decision, at);
            }
        }
        while at < until && !open(step(at, last, until)) {
            at = step(at, last, until);
        }
        // The steps of silence that are still to be looked at, by their ends, the next one last. Where nothing can be decided
        // in many steps together, none of them is looked at.
        let mut ends = vec![(steps(at, last, until), until, least)];
        let mut passed = 0;
        while let Some((index, end, weights)) = ends.pop() {
            if index <= passed + 1 {
                let decision = look(end, &weights);
                if decision != Decision::Undecided {
                    let look = |at| match open(at) {
                        true => look(at, &evidence.weights(Some(at))),
                        false => Decision::Undecided,
                    };
                    return closer(at, (decision, end), look);
                }
            } else if hopeful(chart, presses, &statements, end, (&begin, &weights)) {
                let half = (index - passed) / 2;
                let middle = (0..half).fold(at, |at, _| step(at, last, until));
                ends.push((index, end, weights));
                ends.push((passed + half, middle, evidence.weights(Some(middle))));
                continue;
            }
            (passed, at, begin) = (index, end, weights);
        }
        (Decision::Undecided, until)
    }
}

/// The end of the step of silence that begins at `at` ms. Hours of silence are no more steps than a minute.
fn step(at: f64, last: f64, until: f64) -> f64 {
    until.min(at + STRIDE.max((at - last) / 8.0))
}

/// How many steps there are.
fn steps(mut at: f64, last: f64, until: f64) -> usize {
    let mut steps = 0;
    while at < until {
        at = step(at, last, until);
        steps += 1;
    }
    steps
}

/// What was decided by the end of a step that began at `not_yet` ms came in between: what, and when.
fn closer(
    mut not_yet: f64,
    (mut decision, mut at): (Decision, f64),
    look: impl Fn(f64) -> Decision,
) -> (Decision, f64) {
    while at - not_yet >= EXACT {
        let half = (not_yet + at) / 2.0;
        match look(half) {
            Decision::Undecided => not_yet = half,
            sooner => (decision, at) = (sooner, half),
        }
    }
    (decision, at)
}

fn statements<'a>(forward: &Forward, watch: &'a Watch) -> Statements<'a> {
    let last = forward.presses().last().map_or(0.0, |s| s.at);
    Statements {
        look: watch.look,
        until: bounded(watch.until.get()).max(last),
        stopped: watch.stopped,
        watch,
    }
}

fn ranking(chart: &Chart, posterior: &[f64]) -> Vec<Ranked> {
    let signals = chart.signals.iter().map(|s| match s.listed {
        true => Hypothesis::Signal(s.id.clone()),
        false => Hypothesis::Unlisted(s.id.clone()),
    });
    let what = signals.chain([Hypothesis::UnknownRegular, Hypothesis::Noise]);
    let mut all: Vec<Ranked> = what
        .zip(posterior)
        .map(|(what, &probability)| Ranked { what, probability })
        .collect();
    sort_by(&mut all, |a, b| a.probability > b.probability);
    all
}

/// The time from flash to flash of the most likely hypothesis, if it is a plain beat.
fn period(evidence: &Evidence, posterior: &[f64], presses: &[Press]) -> Option<Millis> {
    let best = posterior
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(b.1))?
        .0;
    let beat = evidence.beat(best)?;
    // Slips that are no flash of their own join the next gap.
    let (mut sum, mut open, mut flashes) = (0.0, 0.0, 0.0);
    for gap in gaps(presses) {
        open += gap;
        let n = (open / beat).round();
        if n >= 1.0 {
            sum += open;
            flashes += n;
            open = 0.0;
        }
    }
    if flashes > 0.0 {
        Millis::new(sum / flashes)
    } else {
        None
    }
}
