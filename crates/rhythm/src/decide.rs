//! When to stop asking.
//!
//! The loss: a wrong verdict sends a person to the wrong fix and costs as much as twenty more flashes of patience;
//! "undecided" and "none of these" cost one more attempt or a question. One more flash can at best remove the whole
//! remaining doubt, so it pays while `doubt × 20 > 1`: a verdict is given from a probability of 0.95 on. That rule
//! trusts the model; where people are known to break it, it also waits for the evidence to be complete:
//!
//! - a plain beat needs three taps, one that is too fast to follow more taps than any burst of the chart has;
//! - a burst is never cut short: nothing is decided while its next flash may still come;
//! - "once and no more" needs the dark after it, or the person's word;
//! - "none of these" needs as many taps as make a rhythm recognisable if there was one;
//! - nothing harmless is reported while a danger fits about as well, and a danger is reported once it is one danger or another;
//! - a beat that another signal settles into needs more, until an answer favours one of the two. A transient signal
//!   then needs less: a needless wait costs a fifth of a wrong fix.

use super::chart::{Chart, Traits, weight_of};
use super::forward::Forward;
use super::parameters::{
    BEAT_OVER, BEAT_PRESSES, BURST_PAUSE, CHANCE, CLEAR, CODE_PACE, CONFIRMED, COST_OF_WAITING,
    DANGER_PACE, DARK_WAITED, HOPEFUL, LONGEST_WAIT, NONE_PRESSES, NONE_PRESSES_CLEAR,
    NONE_PRESSES_QUICK, PAUSED, QUICK, ROUND_OVER, ROUNDS_READ, ROUNDS_SETTLED, SAFE, SETTLED,
    SLOW_BEAT, SLOW_BEAT_PRESSES, STEADY_PRESS, SURE, SURE_BEAT, SURE_NONE, SURE_ONCE, TAIL_SEEN,
    UNLISTED_LEADS,
};
use super::press::{Press, gaps};
use super::signal::{Expectation, Meaning, Signal};
use super::statements::Statements;
use super::verdict::Decision;
use crate::sorted::sort_by;
use crate::time::within;

/// Whether the evidence is enough at `until` ms, and for what.
#[must_use]
pub fn decide(
    chart: &Chart,
    forward: &Forward,
    statements: &Statements,
    until: f64,
    probabilities: &[f64],
) -> Decision {
    let unknown = chart.unknown();
    let none: f64 = probabilities.iter().skip(unknown).sum();
    let presses = forward.presses();
    if none >= SURE_NONE {
        // Without taps, the statements are all the evidence.
        let is_said = statements.look.is_some() && presses.is_empty();
        return if is_said || enough_for_none(chart, presses, none >= CLEAR) {
            Decision::NoneOfThese
        } else {
            Decision::Undecided
        };
    }
    let best = probabilities
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
    let is_shown = || is_complete(chart, (signal, seen), presses, statements, until);
    if !signal.listed {
        let unlisted = unlisted(chart, probabilities);
        // Which of the unlisted ones it is matters less than that it is none of the list; but while more taps can decide it, wait.
        let read = probability >= SURE * unlisted || went_round(seen, presses, ROUNDS_READ);
        let none_of_the_list = unlisted + none >= SURE && unlisted >= UNLISTED_LEADS * none;
        return if read && none_of_the_list && is_shown() {
            Decision::Unlisted(signal.id.clone())
        } else {
            Decision::Undecided
        };
    }
    if signal.meaning.is_harmless()
        && (is_danger_possible(chart, index, probabilities)
            || seen.beat && may_be_part_of_danger(chart, presses))
    {
        return Decision::Undecided;
    }
    if seen.beat && may_be_part_of_code(chart, presses, statements) {
        return Decision::Undecided;
    }
    // Which danger it is matters less than that it is one.
    if signal.meaning == Meaning::Danger {
        let is_open = can_be_asked(chart, index, statements, probabilities);
        if !is_open
            && dangers(chart, probabilities) >= SURE * (1.0 - none)
            && none <= CONFIRMED
            && is_shown()
        {
            return Decision::Signal(signal.id.clone());
        }
    }
    let settled = probability >= SETTLED && went_round(seen, presses, ROUNDS_SETTLED);
    if probability >= sure(chart, (signal, seen), statements) * (1.0 - none)
        && none <= doubt(chart, (signal, seen), statements)
        && (settled || is_shown())
    {
        Decision::Signal(signal.id.clone())
    } else {
        waits(chart, presses, statements, until, probabilities)
            .map_or(Decision::Undecided, |signal| {
                Decision::Signal(signal.id.clone())
            })
    }
}

/// Whether a danger still fits about as well as this harmless signal, however usual either is: a weight never makes a danger harmless.
fn is_danger_possible(chart: &Chart, harmless: usize, weights: &[f64]) -> bool {
    let fits = |(signal, weight): (&Signal, &f64)| weight / weight_of(signal);
    let each = || chart.signals.iter().zip(weights);
    let own = each().nth(harmless).map_or(0.0, fits);
    each()
        .filter(|(signal, _)| signal.meaning == Meaning::Danger)
        .any(|danger| fits(danger) * SAFE >= own)
}

/// Whether a beat may still be a danger's flashes: as quick as they are, and never without a pause for longer than its round. Unsteady
/// hands look as if they missed flashes where a signal has its pauses, so the probabilities alone do not decide this.
fn may_be_part_of_danger(chart: &Chart, presses: &[Press]) -> bool {
    let (run, usual) = run(presses);
    let mut all = chart.signals.iter().zip(&chart.traits);
    all.any(|(signal, seen)| {
        signal.meaning == Meaning::Danger
            && seen.flashes > 1
            && run < seen.flashes + ROUND_OVER
            && match chart.graph.observer.group_pace {
                Some((_, slow)) => usual <= slow * seen.slowest,
                None => usual < DANGER_PACE * seen.fastest,
            }
    })
}

/// Whether a beat may still be the flashes of a number code before its first pause: at such a pace, not for longer yet than its groups
/// are, and of a code that no answer contradicts. Listed codes need no check here: their probability covers them.
fn may_be_part_of_code(chart: &Chart, presses: &[Press], statements: &Statements) -> bool {
    let (run, usual) = run(presses);
    let is_pause = |gap: &f64| *gap >= PAUSED * usual;
    // After two pauses it may be a code of more flashes than any that the list has.
    let longest = match gaps(presses).filter(is_pause).count() {
        0 | 1 => chart.longest,
        _ => usize::MAX,
    };
    let are_brief = are_brief(chart, presses);
    chart.signals.iter().zip(&chart.traits).any(|(code, seen)| {
        let (slowest, flashes) = match are_brief {
            true => seen.brief,
            false => (seen.slowest, seen.flashes),
        };
        let (quick, slow) = match chart.graph.observer.group_pace {
            Some((quick, slow)) => (quick * seen.fastest, slow * slowest),
            // Its pauses are in the mean, so no group of it is slower.
            None => (
                CODE_PACE.0 * seen.fastest,
                CODE_PACE.1 * seen.round / seen.flashes.max(1) as f64,
            ),
        };
        !code.listed
            && seen.fastest > 0.0
            && run <= flashes.min(longest)
            && usual >= quick
            && usual <= slow
            && !is_answered_otherwise(code, statements)
    })
}

/// Whether the length of every flash was seen, and none was as long as long ones are.
fn are_brief(chart: &Chart, presses: &[Press]) -> bool {
    let long = chart.graph.observer.long_lit;
    let is_brief = |press: &Press| press.held.is_some_and(|held| held < long);
    presses.iter().all(is_brief)
}

/// Whether an answer was given other than the one that is expected of this signal.
fn is_answered_otherwise(signal: &Signal, statements: &Statements) -> bool {
    signal.expects.iter().any(|expected| {
        let given = statements.watch.answer(expected.question.as_str());
        given.is_some_and(|answer| *answer != expected.answer)
    })
}

/// How many taps the run has that the last tap belongs to, and the usual time from tap to tap (ms).
// Copied into its two callers it makes a first visit larger.
#[inline(never)]
fn run(presses: &[Press]) -> (usize, f64) {
    let mut sorted: Vec<f64> = gaps(presses).collect();
    sort_by(&mut sorted, |a, b| a < b);
    let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
    let steady = gaps(presses).rev().take_while(|gap| *gap < PAUSED * usual);
    (1 + steady.count(), usual)
}

/// Whether this many whole rounds of it have been tapped. A beat has none: it is complete after a few flashes.
fn went_round(seen: &Traits, presses: &[Press], rounds: usize) -> bool {
    !seen.once && !seen.beat && seen.flashes > 0 && presses.len() >= rounds * seen.flashes
}

/// The sum of the weights of all unlisted rhythms.
fn unlisted(chart: &Chart, weights: &[f64]) -> f64 {
    sum(chart, weights, |signal| !signal.listed)
}

/// Whether a question that was not asked yet separates this danger from another that fits about as well.
fn can_be_asked(chart: &Chart, danger: usize, statements: &Statements, weights: &[f64]) -> bool {
    let each = || chart.signals.iter().zip(weights);
    let Some((own, weight)) = each().nth(danger) else {
        return false;
    };
    let mut others = each().filter(|(other, fits)| {
        other.meaning == Meaning::Danger && other.id != own.id && **fits * SAFE >= *weight
    });
    others.any(|(other, _)| {
        own.expects.iter().any(|expected| {
            !statements.watch.was_asked(&expected.question)
                && other.expects.iter().any(|also| {
                    also.question == expected.question && also.answer != expected.answer
                })
        })
    })
}

/// The sum of the weights of all dangers.
fn dangers(chart: &Chart, weights: &[f64]) -> f64 {
    sum(chart, weights, |signal| signal.meaning == Meaning::Danger)
}

/// The sum of the weights of some of the signals.
fn sum(chart: &Chart, weights: &[f64], of: impl Fn(&Signal) -> bool) -> f64 {
    let each = chart.signals.iter().zip(weights);
    each.filter(|(signal, _)| of(signal))
        .map(|(_, weight)| weight)
        .sum()
}

/// Chooses a transient signal when only it and the beat that it ends in are left. A person who came too late for its
/// beginning cannot tell the two apart, however long they watch, and after an answer in its favour nothing more is to be learned. A
/// needless wait is then the smaller loss.
fn waits<'c>(
    chart: &'c Chart,
    presses: &[Press],
    statements: &Statements,
    until: f64,
    probabilities: &[f64],
) -> Option<&'c Signal> {
    let none: f64 = probabilities.iter().skip(chart.unknown()).sum();
    let each = chart.signals.iter().zip(&chart.traits).zip(probabilities);
    let (_, ((signal, _), _)) = each.enumerate().find(|(at, ((signal, seen), own))| {
        let twins = chart.signals.iter().zip(&chart.traits).zip(probabilities);
        let twins = twins.filter(|((twin, other), _)| {
            ends_in(seen, other) && speaks_for(signal, twin, statements)
        });
        let twins: f64 = twins.map(|(_, p)| p).sum();
        signal.meaning == Meaning::Passes
            && !is_danger_possible(chart, *at, probabilities)
            && none <= CONFIRMED
            && **own + twins >= SURE * (1.0 - none)
            && **own >= COST_OF_WAITING * twins
            && twins > 0.0
            && is_complete(chart, (signal, seen), presses, statements, until)
    })?;
    Some(signal)
}

/// Whether a signal goes over into the beat of another.
fn ends_in(seen: &Traits, beat: &Traits) -> bool {
    beat.beat && (beat.fastest..=beat.round).contains(&seen.tail)
}

/// Whether an answer was given that is expected of this signal, and not of the other.
fn speaks_for(signal: &Signal, other: &Signal, statements: &Statements) -> bool {
    let alike = |e: &Expectation| {
        other
            .expects
            .iter()
            .any(|o| (&o.question, &o.answer) == (&e.question, &e.answer))
    };
    let mut given = signal.expects.iter().filter(|e| is_given(e, statements));
    given.any(|e| !alike(e))
}

/// How probable a signal must be.
fn sure(chart: &Chart, (signal, seen): (&Signal, &Traits), statements: &Statements) -> f64 {
    let mut all = chart.signals.iter().zip(&chart.traits);
    let is_said = statements.look.is_some() && (seen.steady || seen.dark || seen.too_fast());
    if is_said || seen.once && seen.flashes <= 1 {
        SURE_ONCE
    } else if all.any(|(other, to)| ends_in(to, seen) && !speaks_for(signal, other, statements)) {
        SURE_BEAT
    } else {
        SURE
    }
}

/// How much doubt "none of these" may leave. An answer that is expected of the signal was given by somebody who sees it:
/// then taps may be unsteady.
fn doubt(chart: &Chart, (signal, seen): (&Signal, &Traits), statements: &Statements) -> f64 {
    if confirmed(signal, statements) {
        CONFIRMED
    } else if (seen.beat || seen.tail > 0.0) && statements.look.is_none() {
        CHANCE
    } else {
        1.0 - sure(chart, (signal, seen), statements)
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
        Decision::Unlisted(_) => unlisted(chart, codes),
        Decision::Signal(id) => {
            let mut each = chart.signals.iter().zip(codes).enumerate();
            match each.find(|(_, (signal, _))| signal.id == *id) {
                Some((at, (signal, _)))
                    if signal.meaning.is_harmless() && is_danger_possible(chart, at, codes) =>
                {
                    return false;
                }
                Some((_, (signal, _))) if signal.meaning == Meaning::Danger => {
                    dangers(chart, codes)
                }
                found => found.map_or(0.0, |(_, (_, weight))| *weight),
            }
        }
    };
    2.0 * own > none + codes.iter().sum::<f64>()
}

/// Whether anything may be decided in a silence up to `until` ms, given the most that the weights of the hypotheses are in it and
/// the least: between the two, none is above the one or below the other.
#[must_use]
pub fn hopeful(
    chart: &Chart,
    presses: &[Press],
    statements: &Statements,
    until: f64,
    (begin, end): (&[f64], &[f64]),
) -> bool {
    let unknown = chart.unknown();
    let sum = |weights: &[f64]| weights.iter().sum::<f64>();
    let codes = end.get(..unknown).unwrap_or(&[]);
    let (all, most) = (sum(end), sum(begin.get(unknown..).unwrap_or(&[])));
    if most >= SURE_NONE * (most + sum(codes)) && enough_for_none(chart, presses, true) {
        return true;
    }
    let none_least: f64 = end.iter().skip(unknown).sum();
    let unlisted_most = unlisted(chart, begin);
    let listed_least = all - unlisted(chart, codes) - none_least;
    let mut each = chart
        .signals
        .iter()
        .zip(&chart.traits)
        .zip(begin.iter().zip(codes));
    each.any(|((signal, seen), (own, least))| {
        if !signal.listed {
            return unlisted_most + most >= HOPEFUL * SURE * (unlisted_most + most + listed_least)
                && *own > 0.0
                && is_complete(chart, (signal, seen), presses, statements, until);
        }
        let is_danger = signal.meaning == Meaning::Danger;
        let (most, least) = match is_danger && *own > 0.0 {
            true => (dangers(chart, begin), dangers(chart, codes)),
            false => (*own, *least),
        };
        let enough = if signal.meaning == Meaning::Passes && seen.tail > 0.0 {
            COST_OF_WAITING / (1.0 + COST_OF_WAITING)
        } else {
            sure(chart, (signal, seen), statements)
        };
        most >= HOPEFUL * enough * (most + all - least)
            && (went_round(seen, presses, ROUNDS_SETTLED)
                || is_complete(chart, (signal, seen), presses, statements, until))
    })
}

/// Whether anything at all may be decided at `until` ms, however probable it is. Costs next to nothing.
#[must_use]
pub fn possible(chart: &Chart, presses: &[Press], statements: &Statements, until: f64) -> bool {
    let mut signals = chart.signals.iter().zip(&chart.traits);
    enough_for_none(chart, presses, true)
        || signals.any(|s| {
            went_round(s.1, presses, ROUNDS_SETTLED)
                || is_complete(chart, s, presses, statements, until)
        })
}

/// Whether a rhythm of the chart would have shown by now: a quick run may still turn out to be a burst.
fn enough_for_none(chart: &Chart, presses: &[Press], clear: bool) -> bool {
    let quick = match presses {
        [.., a, b] => b.at - a.at < QUICK,
        _ => true,
    };
    presses.len()
        >= match (quick, clear) {
            (true, _) => NONE_PRESSES.max(chart.longest + NONE_PRESSES_QUICK),
            (false, true) => NONE_PRESSES_CLEAR,
            (false, false) => NONE_PRESSES,
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
    } else if seen.beat && seen.fastest >= SLOW_BEAT {
        SLOW_BEAT_PRESSES
    } else if seen.beat {
        BEAT_PRESSES
    } else {
        seen.flashes.clamp(2, 4)
    }
}

fn is_complete(
    chart: &Chart,
    (signal, seen): (&Signal, &Traits),
    presses: &[Press],
    statements: &Statements,
    until: f64,
) -> bool {
    if seen.steady || seen.dark {
        let pressed = presses.iter().any(|s| {
            s.held
                .is_some_and(|h| h >= STEADY_PRESS * chart.graph.observer.steady_hold)
        });
        let waited = presses.is_empty() && (statements.stopped || until > DARK_WAITED);
        return statements.look.is_some() || pressed || waited;
    }
    if presses.len() < taps_needed(chart, seen) {
        return statements.look.is_some() && presses.is_empty();
    }
    // A person who states that it has stopped has seen what comes after the last flash.
    let silent = if statements.stopped {
        f64::INFINITY
    } else {
        until - presses.last().map_or(until, |s| s.at)
    };
    if seen.once {
        return silent >= ended(chart, seen, presses, confirmed(signal, statements));
    }
    if seen.beat {
        return true;
    }
    let last = gaps(presses).next_back();
    if seen.tail > 0.0 {
        // It continues like this for ever: what it began with is over.
        return last.is_some_and(|gap| gap > TAIL_SEEN * seen.tail);
    }
    // Bursts: one pause must have been seen, and the burst that follows it must not be under way.
    let quick = gaps(presses).fold(f64::INFINITY, f64::min);
    let is_pause = |gap: f64| gap > BURST_PAUSE * quick;
    (gaps(presses).any(is_pause) || is_pause(silent))
        && (silent > BEAT_OVER * quick || last.is_some_and(is_pause))
}

/// Whether an answer was given that is expected of this signal.
fn confirmed(signal: &Signal, statements: &Statements) -> bool {
    signal.expects.iter().any(|e| is_given(e, statements))
}

fn is_given(expected: &Expectation, statements: &Statements) -> bool {
    statements.watch.answer(expected.question.as_str()) == Some(&expected.answer)
}

/// Silence after which a signal that comes once is over, in ms. After a lone flash: time enough for two more of the
/// chart's slowest beat, so that one miss does not make a lone flash. After a burst: as long as a burst that comes
/// again would pause, unless an answer favours this signal; then clearly more than between its flashes will do.
fn ended(chart: &Chart, seen: &Traits, presses: &[Press], confirmed: bool) -> f64 {
    let observer = chart.graph.observer;
    if seen.flashes <= 1 {
        let beats = chart.traits.iter().filter(|t| t.beat).map(|t| t.round);
        return within(
            observer.once_wait_beats * beats.fold(0.0, f64::max),
            observer.once_wait.0,
            observer.once_wait.1,
        );
    }
    let slowest = gaps(presses).rev().take(3).fold(0.0, f64::max);
    let least = if confirmed {
        observer.burst_over.1
    } else {
        observer.burst_over.0
    };
    within(BURST_PAUSE * slowest, least, LONGEST_WAIT)
}
