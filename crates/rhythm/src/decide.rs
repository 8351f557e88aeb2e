//! When to stop asking.
//!
//! The loss: a wrong verdict sends a person to the wrong fix and costs as much as twenty more flashes of patience;
//! "undecided" and "none of these" cost one more attempt or a question. One more flash can at best remove the whole
//! remaining doubt, so it pays while `doubt × 20 > 1`: a verdict stands from a probability of 0.95 on. That rule
//! trusts the model; where people are known to break it, it also waits for the evidence to be whole:
//!
//! - a plain beat needs three taps, one that is too fast to follow more taps than any burst of the chart has;
//! - a burst is never cut short: nothing is decided while its next flash may still come;
//! - "once and no more" needs the dark after it, or the person's word;
//! - "none of these" needs as many taps as make a rhythm recognisable if there was one;
//! - a beat that another signal goes over into needs more, until an answer speaks for one of the two. What passes by itself
//!   is then said on less: to wait for nothing costs a fifth of a wrong fix.

use super::chart::{Chart, Traits};
use super::forward::Forward;
use super::human::STEADY_HOLD;
use super::said::Said;
use super::signal::{Expectation, Signal};
use super::stroke::Stroke;
use super::verdict::Decision;
use crate::time::within;

/// A verdict stands from here on: see the module's loss.
pub const SURE: f64 = 0.95;
/// The same for a lone flash: silence cannot tell "nothing more came" from "the person gave up", so waiting on gains
/// less there.
const SURE_ONCE: f64 = 0.9;
/// The same for a plain beat that another signal ends in: who came late for what went before it cannot see that any more. Then a
/// question settles it, at little cost.
const SURE_BEAT: f64 = 0.97;
/// Most doubt that "none of these" may leave of what goes on for ever. Two gaps that happen to be alike are no rhythm yet, and who
/// taps on at a light without one meets two such gaps sooner or later: more taps are more chances.
const CHANCE: f64 = 0.02;
/// The same once an answer speaks for the signal.
const CONFIRMED: f64 = 0.15;
/// To wait for nothing costs this much of what a wrong fix costs.
const COST_OF_WAITING: f64 = 0.2;
/// "None of these" sends nobody to a wrong fix: it costs what "undecided" costs, and ends the waiting.
const SURE_NONE: f64 = 0.93;
/// Silence after which a burst that nothing else speaks for is taken to be over, in ms.
const BURST_OVER: f64 = 3200.0;
/// Taps of a plain beat.
const BEAT_TAPS: usize = 3;
/// Taps before "none of these".
const NONE_TAPS: usize = 7;
/// The same when hardly any doubt is left.
const NONE_TAPS_CLEAR: usize = 5;
/// So much is left then.
const CLEAR: f64 = 0.98;

/// Whether the evidence is enough at `until` ms, and for what.
#[must_use]
pub fn decide(
    chart: &Chart,
    forward: &Forward,
    said: &Said,
    until: f64,
    posterior: &[f64],
) -> Decision {
    let unknown = chart.unknown();
    let none: f64 = posterior.iter().skip(unknown).sum();
    let strokes = forward.strokes();
    if none >= SURE_NONE {
        return if enough_for_none(chart, strokes, none >= CLEAR) {
            Decision::NoneOfThese
        } else {
            Decision::Undecided
        };
    }
    let best = posterior
        .iter()
        .take(unknown)
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(b.1));
    let Some((index, &probability)) = best else {
        return Decision::Undecided;
    };
    let (Some(signal), Some(seen)) = (chart.signals.get(index), chart.traits.get(index)) else {
        return Decision::Undecided;
    };
    if probability >= sure(chart, (signal, seen), said) * (1.0 - none)
        && none <= doubt(chart, (signal, seen), said)
        && whole(chart, (signal, seen), strokes, said, until)
    {
        Decision::Signal(signal.id.clone())
    } else {
        waits(chart, strokes, said, until, posterior).map_or(Decision::Undecided, |signal| {
            Decision::Signal(signal.id.clone())
        })
    }
}

/// What passes by itself, where it is left together with the beat that it ends in. Who came late for its beginning cannot tell the
/// two apart, however long they watch; once an answer speaks for it, nothing more is to be learned. Then the smaller loss counts:
/// to wait and look again for nothing is a small one.
fn waits<'c>(
    chart: &'c Chart,
    strokes: &[Stroke],
    said: &Said,
    until: f64,
    posterior: &[f64],
) -> Option<&'c Signal> {
    let none: f64 = posterior.iter().skip(chart.unknown()).sum();
    let mut each = chart.signals.iter().zip(&chart.traits).zip(posterior);
    let ((signal, _), _) = each.find(|((signal, seen), own)| {
        let twins = chart.signals.iter().zip(&chart.traits).zip(posterior);
        let twins = twins
            .filter(|((twin, other), _)| ends_in(seen, other) && speaks_for(signal, twin, said));
        let twins: f64 = twins.map(|(_, p)| p).sum();
        signal.passes
            && none <= CONFIRMED
            && **own + twins >= SURE * (1.0 - none)
            && **own >= COST_OF_WAITING * twins
            && twins > 0.0
            && whole(chart, (signal, seen), strokes, said, until)
    })?;
    Some(signal)
}

/// Whether a signal goes over into the beat of another.
fn ends_in(seen: &Traits, beat: &Traits) -> bool {
    beat.beat && (beat.fastest..=beat.round).contains(&seen.tail)
}

/// Whether an answer was given that is expected of this signal, and not of the other.
fn speaks_for(signal: &Signal, other: &Signal, said: &Said) -> bool {
    let alike = |e: &Expectation| {
        other
            .expects
            .iter()
            .any(|o| (&o.question, &o.answer) == (&e.question, &e.answer))
    };
    let mut given = signal.expects.iter().filter(|e| is_given(e, said));
    given.any(|e| !alike(e))
}

/// How probable a signal must be.
fn sure(chart: &Chart, (signal, seen): (&Signal, &Traits), said: &Said) -> f64 {
    let mut all = chart.signals.iter().zip(&chart.traits);
    if seen.once && seen.flashes <= 1 {
        SURE_ONCE
    } else if all.any(|(other, to)| ends_in(to, seen) && !speaks_for(signal, other, said)) {
        SURE_BEAT
    } else {
        SURE
    }
}

/// How much doubt "none of these" may leave. An answer that is expected of the signal was given by somebody who sees it:
/// then taps may be unsteady.
fn doubt(chart: &Chart, (signal, seen): (&Signal, &Traits), said: &Said) -> f64 {
    if confirmed(signal, said) {
        CONFIRMED
    } else if seen.beat || seen.tail > 0.0 {
        CHANCE
    } else {
        1.0 - sure(chart, (signal, seen), said)
    }
}

/// Whether what was decided has more than half of these weights.
#[must_use]
pub fn likeliest(chart: &Chart, weights: &[f64], stands: &Decision) -> bool {
    let (codes, none) = weights.split_at(chart.unknown().min(weights.len()));
    let none: f64 = none.iter().sum();
    let own = match stands {
        Decision::Undecided => return false,
        Decision::NoneOfThese => none,
        Decision::Signal(id) => {
            let mut each = chart.signals.iter().zip(codes);
            each.find(|(s, _)| s.id == *id).map_or(0.0, |(_, w)| *w)
        }
    };
    2.0 * own > none + codes.iter().sum::<f64>()
}

/// Whether anything may be decided in a silence up to `until` ms, given the most that the weights of the hypotheses are in it and
/// the least: between the two, none is above the one or below the other.
#[must_use]
pub fn hopeful(
    chart: &Chart,
    strokes: &[Stroke],
    said: &Said,
    until: f64,
    (begin, end): (&[f64], &[f64]),
) -> bool {
    let unknown = chart.unknown();
    let sum = |weights: &[f64]| weights.iter().sum::<f64>();
    let codes = end.get(..unknown).unwrap_or(&[]);
    let (all, most) = (sum(end), sum(begin.get(unknown..).unwrap_or(&[])));
    if most >= SURE_NONE * (most + sum(codes)) && enough_for_none(chart, strokes, true) {
        return true;
    }
    let mut each = chart
        .signals
        .iter()
        .zip(&chart.traits)
        .zip(begin.iter().zip(codes));
    each.any(|((signal, seen), (most, least))| {
        let enough = if signal.passes && seen.tail > 0.0 {
            COST_OF_WAITING / (1.0 + COST_OF_WAITING)
        } else {
            sure(chart, (signal, seen), said)
        };
        *most >= 0.8 * enough * (most + all - least)
            && whole(chart, (signal, seen), strokes, said, until)
    })
}

/// Whether anything at all may be decided at `until` ms, however probable it is. Costs next to nothing.
#[must_use]
pub fn possible(chart: &Chart, strokes: &[Stroke], said: &Said, until: f64) -> bool {
    let mut signals = chart.signals.iter().zip(&chart.traits);
    enough_for_none(chart, strokes, true) || signals.any(|s| whole(chart, s, strokes, said, until))
}

/// Whether a rhythm of the chart would have shown by now: a quick run may still turn out to be a burst.
fn enough_for_none(chart: &Chart, strokes: &[Stroke], clear: bool) -> bool {
    let quick = match strokes {
        [.., a, b] => b.at - a.at < 1000.0,
        _ => true,
    };
    strokes.len()
        >= match (quick, clear) {
            (true, _) => NONE_TAPS.max(chart.longest + 3),
            (false, true) => NONE_TAPS_CLEAR,
            (false, false) => NONE_TAPS,
        }
}

/// How many taps a signal needs before it may be decided.
#[must_use]
pub fn taps_needed(chart: &Chart, seen: &Traits) -> usize {
    if seen.steady || seen.dark {
        0
    } else if seen.once {
        (seen.flashes / 2).max(1)
    } else if seen.too_fast() {
        chart.longest + 2
    } else if seen.beat {
        BEAT_TAPS
    } else {
        seen.flashes.clamp(2, 4)
    }
}

fn whole(
    chart: &Chart,
    (signal, seen): (&Signal, &Traits),
    strokes: &[Stroke],
    said: &Said,
    until: f64,
) -> bool {
    if seen.steady || seen.dark {
        let pressed = strokes
            .iter()
            .any(|s| s.held.is_some_and(|h| h >= 1.2 * STEADY_HOLD));
        let waited = strokes.is_empty() && (said.stopped || until > 12_000.0);
        return said.look.is_some() || pressed || waited;
    }
    if strokes.len() < taps_needed(chart, seen) {
        return said.look.is_some() && strokes.is_empty();
    }
    // Who says that it has stopped has seen what comes after the last flash.
    let silent = if said.stopped {
        f64::INFINITY
    } else {
        until - strokes.last().map_or(until, |s| s.at)
    };
    if seen.once {
        return silent >= ended(chart, seen, strokes, confirmed(signal, said));
    }
    if seen.beat {
        return true;
    }
    let gaps = || {
        strokes
            .iter()
            .zip(strokes.iter().skip(1))
            .map(|(a, b)| b.at - a.at)
    };
    if seen.tail > 0.0 {
        // It goes on like this for ever: what it began with is over.
        return gaps().next_back().is_some_and(|gap| gap > 0.8 * seen.tail);
    }
    // Bursts: one pause must have been seen, and the burst that follows it must not be under way.
    let quick = gaps().fold(f64::INFINITY, f64::min);
    let paused = gaps().any(|g| g > 1.6 * quick) || silent > 1.6 * quick;
    paused && (silent > 1.4 * quick || gaps().next_back().is_some_and(|g| g > 1.6 * quick))
}

/// Whether an answer was given that is expected of this signal.
fn confirmed(signal: &Signal, said: &Said) -> bool {
    signal.expects.iter().any(|e| is_given(e, said))
}

fn is_given(expected: &Expectation, said: &Said) -> bool {
    said.watch.answer(expected.question.as_str()) == Some(&expected.answer)
}

/// Silence after which a signal that comes once is over, in ms. After a lone flash: time enough for two more of the
/// chart's slowest beat, so that one miss does not make a lone flash. After a burst: as long as a burst that comes
/// again would pause, unless an answer speaks for this signal; then clearly more than between its flashes will do.
fn ended(chart: &Chart, seen: &Traits, strokes: &[Stroke], confirmed: bool) -> f64 {
    if seen.flashes <= 1 {
        let beats = chart.traits.iter().filter(|t| t.beat).map(|t| t.round);
        return within(2.6 * beats.fold(0.0, f64::max), 2500.0, 8000.0);
    }
    let recent = strokes.iter().rev().take(4);
    let gaps = recent.clone().zip(recent.skip(1)).map(|(b, a)| b.at - a.at);
    let slowest = gaps.fold(0.0, f64::max);
    let least = if confirmed { 1200.0 } else { BURST_OVER };
    within(1.6 * slowest, least, 6000.0)
}
