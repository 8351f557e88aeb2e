//! A signal as a score: when which light is lit, for drawing and for replay.
//!
//! Where a source states no timing the score takes a typical one, slow enough to be shown: a drawing needs some number.

use crate::id::Id;
use crate::rhythm::{Flash, Flashes, Group, Layer, Show, Span};
use crate::time::within;

/// How much of a signal is drawn, in ms.
pub const LENGTH: f64 = 8000.0;

/// However long a round is, no more of it is drawn, in ms.
const LONGEST: f64 = 30_000.0;

/// The darkness before the first flash, and after the last one of a round that is drawn whole, in ms.
const MARGIN: f64 = 300.0;

/// Flashes that come faster than this many ms apart are never animated: more than three in a second can harm.
pub const FASTEST_SHOWN: f64 = 340.0;

/// What all the lights of a signal do in [`LENGTH`] ms.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// A lane per light.
    pub lanes: Vec<Lane>,
    /// It continues after the drawn part.
    pub repeats: bool,
    /// It is too fast to be animated safely.
    pub too_fast: bool,
    /// How much of it there is, in ms.
    pub length: f64,
}

/// What one light does.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// Which light, where that is known.
    pub light: Option<Id>,
    /// When it is lit: from and to, in ms, in order.
    pub lit: Vec<(f64, f64)>,
    /// It flashes (and is not lit or dark all the time).
    pub flashes: bool,
    /// It swells and fades.
    pub swells: bool,
}

impl Score {
    /// The score of a signal's layers, as long as it is drawn: [`LENGTH`], or a whole round where one takes longer.
    #[must_use]
    pub fn of(layers: &[Layer]) -> Score {
        let rounds = layers.iter().map(|layer| match &layer.show {
            Show::Flashes(flashes) => round(flashes),
            Show::Dark | Show::Steady => 0.0,
        });
        Score::over(layers, within(rounds.fold(LENGTH, f64::max), 0.0, LONGEST))
    }

    /// The score over this many ms.
    #[must_use]
    pub fn over(layers: &[Layer], length: f64) -> Score {
        let mut score = Score {
            lanes: Vec::new(),
            repeats: false,
            too_fast: false,
            length,
        };
        for layer in layers {
            match &layer.show {
                Show::Dark => score.lane(layer.light.clone(), Vec::new(), false, false),
                Show::Steady => {
                    score.repeats = true;
                    score.lane(layer.light.clone(), vec![(0.0, length)], false, false);
                }
                Show::Flashes(flashes) => score.flashes(layer.light.as_ref(), flashes, length),
            }
        }
        score
    }

    fn lane(&mut self, light: Option<Id>, lit: Vec<(f64, f64)>, flashes: bool, swells: bool) {
        self.lanes.push(Lane {
            light,
            lit,
            flashes,
            swells,
        });
    }

    fn flashes(&mut self, light: Option<&Id>, flashes: &Flashes, length: f64) {
        self.repeats |= !flashes.cycle.is_empty();
        let mut lit: Vec<(Option<Id>, f64, f64)> = Vec::new();
        let mut at = MARGIN;
        let mut swells = false;
        let groups = flashes.intro.iter().chain(flashes.cycle.iter().cycle());
        // A cycle without end is bounded by the length drawn; the number guards against one that takes no time.
        for group in groups.take(400) {
            swells |= group.flash == Flash::Pulse;
            for step in steps(group) {
                let is_burst = group.flash == Flash::Burst;
                // Of a burst, its second flash must be as far from the next burst as from the first.
                let part = if is_burst { step - FASTEST_SHOWN } else { step };
                self.too_fast |= part < FASTEST_SHOWN;
                let light = group.light.clone().or_else(|| light.cloned());
                let end = at + typical_lit(group, step).min(step * 0.8);
                if is_burst {
                    // Drawn as two, as quick as may be shown.
                    let quick = (end - at - FASTEST_SHOWN).max(80.0);
                    lit.push((light.clone(), at, at + quick));
                    lit.push((light, end - quick, end));
                } else {
                    lit.push((light, at, end));
                }
                at += step;
            }
            if at >= length {
                break;
            }
        }
        lit.retain(|(_, from, _)| *from < length);
        let mut lights: Vec<Option<Id>> = Vec::new();
        for (light, ..) in &lit {
            if !lights.contains(light) {
                lights.push(light.clone());
            }
        }
        for light in lights {
            let own = lit
                .iter()
                .filter(|(l, ..)| *l == light)
                .map(|(_, from, to)| (*from, to.min(length)))
                .collect();
            self.lane(
                light,
                if flashes.inverse {
                    inverted(own, length)
                } else {
                    own
                },
                true,
                swells,
            );
        }
    }
}

/// The times from each flash of a group to the next, and from the last one to the next group, in ms.
fn steps(group: &Group) -> impl Iterator<Item = f64> {
    let every = typical_every(group);
    let rest = typical_rest(group, every);
    let count = group.count.0;
    (0..count.max(1)).map(move |nth| if nth + 1 < count { every } else { rest })
}

/// How long the beginning and one round take up to the end of the last flash, in ms.
fn round(flashes: &Flashes) -> f64 {
    let groups = flashes.intro.iter().chain(&flashes.cycle);
    let all: f64 = groups.clone().flat_map(steps).sum();
    // The darkness after the last flash need not be drawn.
    let dark = groups.last().map_or(0.0, |group| {
        let every = typical_every(group);
        typical_rest(group, every) - every.min(1000.0)
    });
    MARGIN + all - dark + MARGIN
}

/// How much later than they came taps have to be played so that they fall on the flashes of a lane, in ms: the first of them on one
/// of its flashes, and the others as near to flashes as can be. Both in order; 0 where either is empty.
#[must_use]
pub fn together(lit: &[(f64, f64)], taps: &[f64]) -> f64 {
    /// This many taps determine which flash the first one was.
    const ENOUGH: usize = 8;
    let Some(first) = taps.first() else {
        return 0.0;
    };
    let apart = |shift: f64| {
        let nearest = |at: f64| {
            let gaps = lit.iter().map(|(from, _)| (from - at).abs());
            gaps.fold(f64::INFINITY, f64::min)
        };
        let taps = taps.iter().take(ENOUGH);
        taps.map(|tap| nearest(tap + shift)).sum::<f64>()
    };
    let mut best = (f64::INFINITY, 0.0);
    for (from, _) in lit {
        let shift = from - first;
        let apart = apart(shift);
        // The earliest of equals.
        if apart < best.0 - 1.0 {
            best = (apart, shift);
        }
    }
    best.1
}

/// Lit where it was dark, and dark where it was lit.
fn inverted(dips: Vec<(f64, f64)>, length: f64) -> Vec<(f64, f64)> {
    let mut lit = Vec::new();
    let mut from = 0.0;
    for (dark, light) in dips {
        lit.push((from, dark));
        from = light;
    }
    lit.push((from, length));
    lit
}

fn middle(span: Span) -> Option<f64> {
    match span {
        Span::Stated(from, to) => Some(within((from * to).sqrt(), 20.0, 60_000.0)),
        Span::Unstated => None,
    }
}

fn typical_lit(group: &Group, step: f64) -> f64 {
    middle(group.lit).unwrap_or(match group.flash {
        Flash::Short => 180.0,
        Flash::Long => 900.0,
        Flash::Any => 350.0,
        Flash::Pulse => step * 0.5,
        Flash::Burst => 500.0,
    })
}

fn typical_every(group: &Group) -> f64 {
    let usual: f64 = match group.flash {
        Flash::Short => 600.0,
        Flash::Long => 1500.0,
        Flash::Any => 1000.0,
        Flash::Pulse => 2200.0,
        Flash::Burst => 1500.0,
    };
    // A flash that is stated to be longer than that is drawn as long as it is.
    let lit = middle(group.lit).unwrap_or(0.0);
    middle(group.every).unwrap_or(usual.max(lit * 1.25))
}

fn typical_rest(group: &Group, every: f64) -> f64 {
    middle(group.rest).unwrap_or(if group.count.1 > 1 {
        every + 1500.0
    } else {
        every
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn group(flash: Flash, count: u8, every: Span, rest: Span) -> Group {
        Group {
            flash,
            light: None,
            count: (count, count),
            lit: Span::Unstated,
            every,
            rest,
        }
    }

    #[test]
    fn taps_are_played_on_the_flashes_that_they_were_tapped_at() {
        let beat = [(300.0, 400.0), (3300.0, 3400.0), (6300.0, 6400.0)];
        assert_eq!(together(&beat, &[10_000.0, 13_050.0, 15_990.0]), -9700.0);
        // Tapped from the second flash of a group on: the first tap falls on the second flash.
        let groups = [300.0, 800.0, 1300.0, 3300.0, 3800.0, 4300.0].map(|at| (at, at + 100.0));
        assert_eq!(
            together(&groups, &[0.0, 500.0, 2500.0, 3000.0, 3500.0]),
            800.0
        );
        assert_eq!(together(&groups, &[]), 0.0);
        assert_eq!(together(&[], &[5.0]), 0.0);
    }

    fn light(show: Flashes) -> Vec<Layer> {
        vec![Layer {
            light: None,
            show: Show::Flashes(show),
        }]
    }

    #[test]
    fn a_flash_every_three_seconds_is_drawn_three_times() {
        let every = Span::Stated(3000.0, 3000.0);
        let cycle = vec![group(Flash::Short, 1, every, every)];
        let score = Score::of(&light(Flashes {
            intro: vec![],
            cycle,
            ..Flashes::default()
        }));
        let onsets: Vec<f64> = score.lanes[0].lit.iter().map(|(from, _)| *from).collect();
        assert_eq!(onsets, [300.0, 3300.0, 6300.0]);
        assert!(score.repeats && !score.too_fast);
    }

    #[test]
    fn what_is_too_fast_to_watch_says_so() {
        let every = Span::Stated(250.0, 250.0);
        let cycle = vec![group(Flash::Short, 2, every, every)];
        assert!(
            Score::of(&light(Flashes {
                intro: vec![],
                cycle,
                ..Flashes::default()
            }))
            .too_fast
        );
    }

    /// The score of a rhythm in the notation.
    fn score(show: &str) -> Score {
        Score::of(&crate::pack::notation::parse(show, &|_| true).unwrap())
    }

    #[test]
    fn nothing_is_played_above_three_flashes_in_a_second() {
        for show in [
            "blink flicker",
            "blink fast",
            "blink at 4Hz",
            "short x3 apart 300ms every 3s",
            "pulse every 300ms",
            "red/blue alternate every 250ms",
            "dip every 200ms",
            "burst x3 apart 500ms, repeat",
        ] {
            assert!(score(show).too_fast, "{show}");
        }
        for show in [
            "blink",
            "short x3",
            "blink at 2Hz",
            "pulse",
            "burst x3, repeat after 8s",
            "red/blue alternate",
        ] {
            assert!(!score(show).too_fast, "{show}");
        }
    }

    #[test]
    fn a_light_that_swells_is_drawn_as_one() {
        let score = score("pulse every 3s");
        assert!(score.lanes[0].swells);
        assert_eq!(score.lanes[0].lit[0], (300.0, 1800.0));
    }

    #[test]
    fn a_burst_is_drawn_as_two_flashes_that_may_be_shown() {
        let score = score("burst x2 apart 1.5s, repeat after 8s");
        let lit = &score.lanes[0].lit;
        assert_eq!(lit[..3], [(300.0, 460.0), (640.0, 800.0), (1800.0, 1960.0)]);
    }

    #[test]
    fn a_long_hold_is_drawn_as_long_as_it_is() {
        let score = score("blink x2, hold 2s, repeat");
        let longest = |longest: f64, (from, to): &(f64, f64)| longest.max(to - from);
        assert_eq!(score.lanes[0].lit.iter().fold(0.0, longest), 2000.0);
    }

    #[test]
    fn a_cycle_that_takes_no_time_ends() {
        let cycle = vec![Group {
            count: (0, 0),
            ..group(Flash::Any, 1, Span::Unstated, Span::Unstated)
        }];
        assert!(
            Score::of(&light(Flashes {
                intro: vec![],
                cycle,
                inverse: true,
                among: false,
            }))
            .lanes
            .len()
                == 1
        );
    }

    #[test]
    fn dips_are_dark_in_a_lit_light() {
        let every = Span::Stated(3000.0, 3000.0);
        let cycle = vec![group(Flash::Short, 1, every, every)];
        let score = Score::of(&light(Flashes {
            intro: vec![],
            cycle,
            inverse: true,
            among: false,
        }));
        assert_eq!(score.lanes[0].lit[0], (0.0, 300.0));
    }
}
