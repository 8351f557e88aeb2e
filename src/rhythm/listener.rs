//! The engine's two doors: judge a whole watch, or listen to one that grows.

use super::chart::Chart;
use super::decide::{decide, hopeful, likeliest, possible};
use super::evidence::Evidence;
use super::forward::Forward;
use super::said::Said;
use super::settle::settle;
use super::stroke::{Stroke, bounded, strokes};
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
        self.forward.follow(chart, &strokes(chart, watch));
        let said = said(&self.forward, watch);
        let evidence = Evidence::new(chart, &self.forward, said);
        let posterior = evidence.posterior(said.until);
        let decision = decide(chart, &self.forward, &said, said.until, &posterior);
        let settle = match decision {
            Decision::Undecided => settle(chart, &self.forward, &evidence, &said, &posterior),
            _ => None,
        };
        let ranking = ranking(chart, &posterior);
        let period = period(&evidence, &posterior, self.forward.strokes());
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
        self.forward.follow(chart, &strokes(chart, watch));
        let said = said(&self.forward, watch);
        let strokes = self.forward.strokes();
        let until = said.until;
        if !possible(chart, strokes, &said, until) {
            return (Decision::Undecided, until);
        }
        let evidence = Evidence::new(chart, &self.forward, said);
        let most = evidence.weights(None);
        if likeliest(chart, &most, stands) {
            return (stands.clone(), until);
        }
        let least = evidence.weights(Some(until));
        if !hopeful(chart, strokes, &said, until, (&most, &least)) {
            return (Decision::Undecided, until);
        }
        let look = |at: f64| decide(chart, &self.forward, &said, at, &evidence.posterior(at));
        let last = strokes.last().map_or(0.0, |s| s.at);
        let mut at = since.max(last).min(until);
        let mut not_yet = at;
        loop {
            let decision = look(at);
            if decision != Decision::Undecided {
                if at - not_yet < EXACT {
                    return (decision, at);
                }
                // It came in between: half of the step is looked at more closely.
                let half = (not_yet + at) / 2.0;
                match look(half) {
                    Decision::Undecided => not_yet = half,
                    _ => at = half,
                }
                continue;
            }
            if at >= until {
                return (decision, until);
            }
            not_yet = at;
            // Hours of silence are no more steps than a minute.
            at = until.min(at + STRIDE.max((at - last) / 8.0));
        }
    }
}

/// A silence is listened to in steps of this many ms.
const STRIDE: f64 = 500.0;
/// How exactly the moment of a decision in silence is found, in ms.
const EXACT: f64 = 40.0;

fn said<'a>(forward: &Forward, watch: &'a Watch) -> Said<'a> {
    let last = forward.strokes().last().map_or(0.0, |s| s.at);
    Said {
        look: watch.look,
        until: bounded(watch.until.get()).max(last),
        stopped: watch.stopped,
        watch,
    }
}

fn ranking(chart: &Chart, posterior: &[f64]) -> Vec<Ranked> {
    let signals = chart
        .signals
        .iter()
        .map(|s| Hypothesis::Signal(s.id.clone()));
    let what = signals.chain([Hypothesis::UnknownRegular, Hypothesis::Noise]);
    let mut all: Vec<Ranked> = what
        .zip(posterior)
        .map(|(what, &probability)| Ranked { what, probability })
        .collect();
    sort_by(&mut all, |a, b| a.probability > b.probability);
    all
}

/// The time from flash to flash of the most likely hypothesis, if it is a plain beat.
fn period(evidence: &Evidence, posterior: &[f64], strokes: &[Stroke]) -> Option<Millis> {
    let best = posterior
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(b.1))?
        .0;
    let beat = evidence.beat(best)?;
    let gaps = strokes
        .iter()
        .zip(strokes.iter().skip(1))
        .map(|(a, b)| b.at - a.at);
    // Slips that are no flash of their own join the next gap.
    let (mut sum, mut open, mut flashes) = (0.0, 0.0, 0.0);
    for gap in gaps {
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
