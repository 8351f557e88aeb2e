//! A signal's rhythm, written with ranges, made variants: counts chosen, unstated times filled in.

use super::grid::{Point, grid, middle};
use super::observer::ObserverModel;
use super::paces::Paces;
use super::parameters::{
    BLINK_EVERY, GRID_LOOSE, LONG_EVERY, MEASURED, PAUSE, PAUSE_LOOSE, PAUSE_UNSTATED_LOOSE,
    SHORT_EVERY, SLOW, TAIL_LOOSE, TAIL_LOOSE_MOST, UNLISTED_POINTS, WIDE, WITHIN_LOOSE,
};
use super::signal::{Flash, Flashes, Group, Span};
use super::template::{ANY, Beat, Class, LONG, SHORT};
use crate::time::within as within_bounds;

/// How finely a chart's rhythms are averaged over. Big charts get fewer points.
#[derive(Debug, Clone, Copy)]
pub struct Detail {
    /// Most points for one unknown time.
    pub points: usize,
    /// Most combinations of flash counts.
    pub counts: usize,
    /// Most flashes of one rhythm.
    pub flashes: usize,
    /// How many flashes in a row may be missed, plus one.
    pub farthest: u8,
}

/// A concrete rhythm: its flashes, how many of them are the introduction, and its share.
pub struct Variant {
    pub beats: Vec<Beat>,
    pub intro: usize,
    pub share: f64,
}

/// Where on its range each unknown time lies, in spreads from the middle.
#[derive(Clone, Copy)]
struct Place {
    /// Of times within a group.
    pace: f64,
    /// Of pauses, and of the beat of single flashes.
    tempo: f64,
    /// How far the points for the pace are apart; 0 where there is one.
    step: f64,
}

/// All concrete rhythms of `flashes`; `light` turns a group's light into its index.
pub fn variants(
    (observer, known): (&ObserverModel, &Paces),
    flashes: &Flashes,
    detail: Detail,
    light: &dyn Fn(&Group) -> u8,
) -> Vec<Variant> {
    let groups: Vec<&Group> = flashes
        .intro
        .iter()
        .chain(&flashes.cycle)
        .take(detail.flashes)
        .collect();
    let intro = flashes.intro.len().min(groups.len());
    let (paces, tempos) = places((observer, known), &groups, intro, detail);
    // A grid of n points goes over four spreads. Rhythms of the list have a finer one; were they held to be steadier for it, each tap
    // would speak for them.
    let step = match paces.len() {
        0 | 1 => 0.0,
        n => 4.0 / (n.min(UNLISTED_POINTS) - 1) as f64,
    };
    let counts = counts(&groups, detail);
    let share = 1.0 / counts.len() as f64;
    let mut all = Vec::new();
    for chosen in &counts {
        for &(pace, by_pace) in &paces {
            for &(tempo, by_tempo) in &tempos {
                let place = Place { pace, tempo, step };
                let mut variant = write(
                    (observer, known),
                    &groups,
                    intro,
                    chosen,
                    place,
                    detail,
                    light,
                );
                variant.share = share * by_pace * by_tempo;
                all.push(variant);
            }
        }
    }
    all
}

fn single(group: &Group) -> bool {
    group.count.1 <= 1
}

/// The time from a group's last flash to what follows.
pub fn rest(group: &Group) -> Span {
    match (group.rest, group.every) {
        (Span::Unstated, every @ Span::Stated(..)) if single(group) => every,
        (rest, _) => rest,
    }
}

/// The grids of unknown pace and tempo, in spreads from the middle.
fn places(
    (observer, known): (&ObserverModel, &Paces),
    groups: &[&Group],
    intro: usize,
    detail: Detail,
) -> (Vec<Point>, Vec<Point>) {
    let at_most = |n: usize| detail.points.min(n);
    let none = || vec![(0.0, 1.0)];
    let bursts = groups.iter().filter(|g| !single(g));
    let mut unstated = false;
    let mut any = false;
    let mut widest = Some(0.0_f64);
    for group in bursts {
        any = true;
        let stated = middle(group.every);
        unstated |= stated.is_none();
        widest = widest
            .zip(stated)
            .map(|(widest, (_, half))| widest.max(half));
    }
    let paces = if !any {
        none()
    } else if groups
        .iter()
        .all(|group| single(group) || known.has_measured(group.flash))
    {
        let mut narrow = grid(0.0, 1.0, 1.0, at_most(3));
        // What a pace that was seen is worth as a guess: its share of what was possible.
        let share = match widest {
            None => known.share,
            Some(half) => (MEASURED / half.max(MEASURED)).min(1.0),
        };
        narrow.iter_mut().for_each(|point| point.1 *= share);
        narrow
    } else if unstated {
        grid(
            0.0,
            1.0,
            0.5,
            at_most(if intro > 0 && intro < groups.len() {
                5
            } else {
                9
            }),
        )
    } else if widest.is_some_and(|half| half > WIDE) {
        grid(0.0, 1.0, 0.5, at_most(UNLISTED_POINTS))
    } else {
        grid(0.0, 1.0, 1.0, at_most(5))
    };
    let cycle = groups.get(intro..).unwrap_or(&[]);
    let beat = !cycle.is_empty() && cycle.iter().all(|g| single(g));
    let open = cycle.iter().any(|g| middle(rest(g)).is_none());
    let tempos = match cycle {
        [] => none(),
        // Lights that take turns are one beat.
        [group, others @ ..] if beat && !any && others.iter().all(|o| rest(o) == rest(group)) => {
            match middle(rest(group)) {
                Some((mid, half)) => {
                    let reach = reach(observer, mid);
                    let points = grid(half, reach, reach, at_most(21));
                    points.into_iter().map(|(u, w)| (u / reach, w)).collect()
                }
                None => grid(0.0, 1.0, 0.2, at_most(21)),
            }
        }
        _ if beat && open && !any => grid(0.0, 1.0, 0.2, at_most(21)),
        _ if open => grid(0.0, 1.0, 1.0, at_most(5)),
        _ if beat && !any => grid(0.0, 1.0, 1.5, at_most(5)),
        _ => none(),
    };
    (paces, tempos)
}

/// Log spread of a person's tempo at a beat of this many ms.
fn reach(observer: &ObserverModel, gap: f64) -> f64 {
    if gap < observer.too_fast {
        observer.own_tempo.1
    } else if gap < SLOW {
        observer.tempo.0
    } else {
        observer.tempo.1
    }
}

/// Choices of a count for every group, evenly thinned to what the detail allows.
fn counts(groups: &[&Group], detail: Detail) -> Vec<Vec<u8>> {
    let width = |g: &Group| u64::from(g.count.1.saturating_sub(g.count.0)) + 1;
    let all = groups
        .iter()
        .fold(1_u64, |n, g| n.saturating_mul(width(g)).min(1 << 40));
    let taken = all.min(detail.counts as u64).max(1);
    (0..taken)
        .map(|i| {
            // The middle of the i-th of `taken` equal parts.
            let mut number = (2 * i + 1) * all / (2 * taken);
            groups
                .iter()
                .map(|g| {
                    let n = g.count.0.saturating_add((number % width(g)) as u8);
                    number /= width(g);
                    n.clamp(1, 30)
                })
                .collect()
        })
        .collect()
}

fn class(flash: Flash) -> Class {
    match flash {
        Flash::Short => SHORT,
        Flash::Long => LONG,
        Flash::Any | Flash::Pulse | Flash::Burst => ANY,
    }
}

fn write(
    (observer, known): (&ObserverModel, &Paces),
    groups: &[&Group],
    intro: usize,
    counts: &[u8],
    place: Place,
    detail: Detail,
    light: &dyn Fn(&Group) -> u8,
) -> Variant {
    let bursts = groups.iter().any(|g| !single(g));
    let mut beats: Vec<Beat> = Vec::new();
    let mut intro_beats = 0;
    for (index, (group, &count)) in groups.iter().zip(counts).enumerate() {
        let tail = index >= intro && groups.get(intro..).unwrap_or(&[]).iter().all(|g| single(g));
        let within = within((observer, known), group, place.pace);
        let loose_within = loose_within((observer, known), group, place.step);
        let (rest, loose) = pause(observer, group, tail, bursts, place.tempo);
        // A person who taps a burst at their own pace is off by that much at its end.
        let drift = if count > 2 && within < 2.0 * observer.too_fast {
            within * f64::from(count - 1) * observer.burst_drift
        } else {
            0.0
        };
        let swells = if group.flash == Flash::Pulse {
            observer.pulse_blur
        } else {
            0.0
        };
        for nth in 1..=count {
            let last = nth == count;
            let gap = if last { rest } else { within };
            let loose = if last {
                loose + drift * drift
            } else {
                square(loose_within * within)
            };
            beats.push(Beat {
                class: class(group.flash),
                light: light(group),
                gap,
                loose: loose + square(swells * gap),
                burst_end: (last && count > 2 && within < 2.0 * observer.too_fast)
                    .then_some(within),
            });
        }
        if index < intro {
            intro_beats = beats.len();
        }
    }
    beats.truncate(detail.flashes);
    Variant {
        intro: intro_beats.min(beats.len()),
        beats,
        share: 1.0,
    }
}

/// Flash to flash within a group, `pace` spreads from the middle.
fn within((observer, known): (&ObserverModel, &Paces), group: &Group, pace: f64) -> f64 {
    let (median, spread) = known.of(group.flash);
    match middle(group.every) {
        // Of a range that is stated, a camera sees the very time.
        Some((mid, half)) if known.has_measured(group.flash) => {
            let seen = within_bounds(median, mid * (-half).exp(), mid * half.exp());
            seen * (spread * pace).exp()
        }
        Some((mid, half)) if mid < observer.too_fast => {
            mid * (observer.own_tempo.0 + pace * anywhere(observer.pace.0, half)).exp()
        }
        Some((mid, half)) => mid * (pace * anywhere(observer.pace.1, half)).exp(),
        None => median * (spread * pace).exp(),
    }
}

/// Spread of the intervals within a group, as a share of them: of a stated range no less than the points of its grid are apart, so that no
/// pace lies between two of them.
fn loose_within((observer, known): (&ObserverModel, &Paces), group: &Group, step: f64) -> f64 {
    let spread = match middle(group.every) {
        _ if known.has_measured(group.flash) => return MEASURED,
        None => return WITHIN_LOOSE.1,
        Some((mid, half)) if mid < observer.too_fast => anywhere(observer.pace.0, half),
        Some((_, half)) => anywhere(observer.pace.1, half),
    };
    WITHIN_LOOSE.0.max(GRID_LOOSE * step * spread)
}

/// Log spread of a time that lies anywhere within `half` of its middle and is off by `spread` more.
fn anywhere(spread: f64, half: f64) -> f64 {
    (square(spread) + square(half) / 3.0).sqrt()
}

/// From a group's last flash to what follows, and the variance that is not averaged over.
fn pause(
    observer: &ObserverModel,
    group: &Group,
    tail: bool,
    bursts: bool,
    tempo: f64,
) -> (f64, f64) {
    match middle(rest(group)) {
        Some((mid, half)) if tail => {
            let own = if mid < observer.too_fast {
                observer.own_tempo.0
            } else {
                0.0
            };
            let gap = mid * (own + tempo * reach(observer, mid)).exp();
            // A lone beat's grid spans its range, so it need be no looser than the grid is coarse; several share one tempo and keep their
            // ranges as looseness.
            let loose = match bursts {
                true => TAIL_LOOSE * half + observer.tempo.1,
                false => (TAIL_LOOSE * half).min(TAIL_LOOSE_MOST),
            };
            (gap, square(loose * if bursts { mid } else { gap }))
        }
        Some((mid, half)) => (mid, square((half * PAUSE_LOOSE.0 + PAUSE_LOOSE.1) * mid)),
        None if tail && !bursts => (BLINK_EVERY.0 * (BLINK_EVERY.1 * tempo).exp(), 0.0),
        None => {
            // It is the dark after the flash that is a pause, and a long flash ends later.
            let lit = if group.flash == Flash::Long {
                LONG_EVERY.0 - SHORT_EVERY.0
            } else {
                0.0
            };
            let gap = PAUSE.0 * (PAUSE.1 * tempo).exp() + lit;
            (
                gap,
                square(
                    if tail {
                        PAUSE_UNSTATED_LOOSE.0
                    } else {
                        PAUSE_UNSTATED_LOOSE.1
                    } * gap,
                ),
            )
        }
    }
}

fn square(x: f64) -> f64 {
    x * x
}
