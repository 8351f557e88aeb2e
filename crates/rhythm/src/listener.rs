//! Two entry points: judge a complete watch, or follow one step by step.

use super::chart::Chart;
use super::decide::{decide, hopeful, likeliest, possible};
use super::forward::Forward;
use super::parameters::{ROUNDING, STRIDE, STRIDE_GROWTH};
use super::posterior::{Posterior, shares};
use super::press::{Press, bounded, gaps, presses};
use super::settle::settle;
use super::statements::Statements;
use super::verdict::{Decision, Hypothesis, Judgement, Ranked};
use super::watch::Watch;
use crate::sorted::sort_by;
use crate::time::Millis;

/// Listens to a watch that grows: keeps what the taps so far have shown, so that one more costs one step.
///
/// Any watch may be passed at any time. What was edited since the last call is processed again; the result is always the
/// one that [`judge`] gives. A listener belongs to one chart; passed another, it must be a new one.
#[derive(Debug, Clone, Default)]
pub struct Listener {
    forward: Forward,
}

/// Any two are equal: what they have processed so far changes no judgement, only its cost.
impl PartialEq for Listener {
    fn eq(&self, _: &Listener) -> bool {
        true
    }
}

/// The classifier's judgement of a watch.
#[must_use]
pub fn judge(chart: &Chart, watch: &Watch) -> Judgement {
    Listener::default().judge(chart, watch)
}

impl Listener {
    /// The classifier's judgement of the watch.
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
        let posterior = Posterior::new(chart, &self.forward, statements);
        let probabilities = posterior.at(statements.until);
        let decision = decide(
            chart,
            &self.forward,
            &statements,
            statements.until,
            &probabilities,
        );
        let settle = match decision {
            Decision::Undecided if goes_on => settle(
                chart,
                &self.forward,
                &posterior,
                &statements,
                &probabilities,
            ),
            _ => None,
        };
        let ranking = ranking(chart, &probabilities);
        let period = period(&posterior, &probabilities, self.forward.presses());
        Judgement {
            ranking,
            decision,
            settle,
            period,
        }
    }

    /// The decision alone and its moment (ms), for callers that need nothing else.
    ///
    /// A silence is examined at fixed moments after the last press, those of them from `since` (ms) to the end of the watch; the
    /// first decision among them is given. So it does not matter into which stretches the caller divides the silence. Where
    /// `standing` is still the likeliest, it is returned.
    pub fn decide(
        &mut self,
        chart: &Chart,
        watch: &Watch,
        since: f64,
        standing: &Decision,
    ) -> (Decision, f64) {
        self.forward.follow(chart, &presses(chart, watch));
        let statements = statements(&self.forward, watch);
        let presses = self.forward.presses();
        let until = statements.until;
        let moments = moments(presses.last(), since, until);
        let open = |at: f64| possible(chart, presses, &statements, at);
        // What a silence makes possible, a longer one does not take back.
        let moments = moments.get(moments.partition_point(|at| !open(*at))..);
        let Some((moments, last)) = moments.and_then(|m| Some((m, *m.last()?))) else {
            return (Decision::Undecided, until);
        };
        let posterior = Posterior::new(chart, &self.forward, statements);
        let most = posterior.weights(None);
        if likeliest(chart, &most, standing) {
            return (standing.clone(), until);
        }
        // The stretches that are still to be examined, by how many moments they end after and the weights there, the next one last.
        // Where nothing can be decided in a whole stretch, none of its moments is looked at.
        let mut stretches = vec![(moments.len(), posterior.weights(Some(last)))];
        let (mut passed, mut begin) = (0, most);
        while let Some((end, weights)) = stretches.pop() {
            let Some(&at) = moments.get(end.wrapping_sub(1)) else {
                continue;
            };
            if end == passed + 1 {
                let probabilities = shares(weights.clone());
                let decision = decide(chart, &self.forward, &statements, at, &probabilities);
                if decision != Decision::Undecided {
                    return (decision, at);
                }
            } else if hopeful(chart, presses, &statements, at, (&begin, &weights)) {
                let half = passed + (end - passed) / 2;
                let middle = moments.get(half - 1).copied().unwrap_or(at);
                stretches.push((end, weights));
                stretches.push((half, posterior.weights(Some(middle))));
                continue;
            }
            (passed, begin) = (end, weights);
        }
        (Decision::Undecided, until)
    }
}

/// The moments from `since` to `until` ms at which the silence after a press is examined: when the finger is lifted, then every
/// [`STRIDE`], then at growing intervals, so that hours of silence are no more work than minutes.
fn moments(last: Option<&Press>, since: f64, until: f64) -> Vec<f64> {
    let lifted = last.map_or(0.0, |press| press.at + press.held.unwrap_or(0.0));
    let next = |silence: &f64| Some(silence + STRIDE.max(silence * STRIDE_GROWTH));
    std::iter::successors(Some(0.0), next)
        .map(|silence| lifted + silence)
        .take_while(|at| *at <= until + ROUNDING)
        .filter(|at| *at >= since - ROUNDING)
        .collect()
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

fn ranking(chart: &Chart, probabilities: &[f64]) -> Vec<Ranked> {
    let signals = chart.signals.iter().map(|s| match s.listed {
        true => Hypothesis::Signal(s.id.clone()),
        false => Hypothesis::Unlisted(s.id.clone()),
    });
    let what = signals.chain([Hypothesis::UnknownRegular, Hypothesis::Noise]);
    let mut all: Vec<Ranked> = what
        .zip(probabilities)
        .map(|(what, &probability)| Ranked { what, probability })
        .collect();
    sort_by(&mut all, |a, b| a.probability > b.probability);
    all
}

/// The time from flash to flash of the most likely hypothesis, if it is a plain beat.
fn period(posterior: &Posterior, probabilities: &[f64], presses: &[Press]) -> Option<Millis> {
    let best = probabilities
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(b.1))?
        .0;
    let beat = posterior.beat(best)?;
    // Strays that are no flash join the next gap.
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
