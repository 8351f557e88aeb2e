//! What a clear rhythm was that no signal of the chart shows: flashes in groups that come again, or one flash after the other.

use crate::id::Id;
use crate::sorted::sort_by;
use crate::time::Millis;
use crate::watch::Tap;

/// At least this many times as long as the longest interval within the groups, an interval is a pause (assumed).
const PAUSE: f64 = 1.6;
/// Intervals of one kind differ by this factor at most: fingers do not tap more unevenly (assumed).
const EVEN: f64 = 2.2;
/// People do not remember rounds of more groups than this (assumed).
const MOST_GROUPS: usize = 4;
/// From this many flashes on a group may be tapped with one too many or too few (assumed), …
const LONG_GROUP: u8 = 4;
/// … in one of this many groups.
const SLIPS: usize = 3;

/// A rhythm that came again, as it was tapped.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pattern {
    /// The groups of a round, in order. A beat, one flash like the other, is one group of one flash.
    pub groups: Vec<Flashed>,
    /// From flash to flash within a group, in ms. `None` where every group is one flash.
    pub every: Option<Millis>,
    /// From the last flash of a group to the first of the next, in ms. `None` for a beat.
    pub pause: Option<Millis>,
}

impl Pattern {
    /// Whether it is one flash like the other, without groups and on one light.
    #[must_use]
    pub fn is_beat(&self) -> bool {
        self.pause.is_none()
    }
}

/// A group of flashes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flashed {
    /// How many; at least 1.
    pub count: u8,
    /// On which light, where it is stated.
    pub light: Option<Id>,
}

/// The pattern of these taps, if they have one: groups that pauses or lights divide, and that came again.
///
/// The first group may lack its beginning and the last its end. Total: any taps are taken, in the order they were made.
#[must_use]
pub fn pattern(taps: &[Tap]) -> Option<Pattern> {
    let pairs = || taps.iter().zip(taps.iter().skip(1));
    let gaps: Vec<f64> = pairs().map(|(a, b)| (b.at - a.at).get()).collect();
    let sorted = sorted(gaps.clone());
    let (shortest, longest) = (*sorted.first()?, *sorted.last()?);
    if gaps.len() < 3 || shortest <= 0.0 {
        return None;
    }
    let steps = sorted.iter().zip(sorted.iter().skip(1));
    let (within, pause) = steps.fold((longest, longest), |best, (a, b)| {
        if b / a > (best.1 / best.0).max(PAUSE) {
            (*a, *b)
        } else {
            best
        }
    });
    if within > EVEN * shortest || longest > EVEN * pause {
        return None;
    }
    let has_pauses = pause > within;
    let mut groups: Vec<Flashed> = Vec::new();
    let (mut inside, mut between) = (Vec::new(), Vec::new());
    for (at, tap) in taps.iter().enumerate() {
        let gap = at.checked_sub(1).and_then(|before| gaps.get(before));
        match (groups.last_mut(), gap) {
            (Some(group), Some(gap))
                if group.light == tap.light && !(has_pauses && *gap >= pause) =>
            {
                group.count = group.count.saturating_add(1);
                inside.push(*gap);
            }
            (_, gap) => {
                between.extend(gap);
                groups.push(Flashed {
                    count: 1,
                    light: tap.light.clone(),
                });
            }
        }
    }
    if let [group] = groups.as_slice() {
        return Some(Pattern {
            groups: vec![Flashed {
                count: 1,
                ..group.clone()
            }],
            every: middle(inside),
            pause: None,
        });
    }
    Some(Pattern {
        groups: round(&groups)?,
        every: middle(inside),
        pause: middle(between),
    })
}

/// The fewest groups that come again and again.
fn round(groups: &[Flashed]) -> Option<Vec<Flashed>> {
    (1..=MOST_GROUPS).find_map(|size| {
        let usual = (0..size).map(|place| usual(groups, size, place));
        let round = usual.collect::<Option<Vec<&Flashed>>>()?;
        comes_again(groups, &round).then(|| round.into_iter().cloned().collect())
    })
}

/// Whether this round fits, except for a few strays and misses.
fn comes_again(groups: &[Flashed], round: &[&Flashed]) -> bool {
    let (mut slips, mut complete) = (0, 0);
    for (at, (group, usual)) in groups.iter().zip(round.iter().cycle()).enumerate() {
        // The first may have been joined in the middle, and the last be left there.
        let is_cut = (at == 0 || at + 1 == groups.len()) && group.count < usual.count;
        let is_slip = usual.count >= LONG_GROUP && group.count.abs_diff(usual.count) <= 1;
        if group.light != usual.light || group.count != usual.count && !is_cut && !is_slip {
            return false;
        }
        slips += usize::from(group.count != usual.count && !is_cut);
        complete += usize::from(!is_cut);
    }
    let flashes: usize = round.iter().map(|group| usize::from(group.count)).sum();
    // Two flashes and two more are soon tapped by chance, and with a stray two rounds are no proof.
    let rounds = if flashes < 3 || slips > 0 { 3 } else { 2 };
    complete >= rounds * round.len() && SLIPS * slips <= groups.len()
}

/// The group that most rounds have at a place.
fn usual(groups: &[Flashed], size: usize, place: usize) -> Option<&Flashed> {
    let mut best = (0, None);
    for at in (place..groups.len()).step_by(size) {
        let group = groups.get(at)?;
        let mut often = 0;
        for other in (place..groups.len()).step_by(size) {
            often += usize::from(groups.get(other)?.count == group.count);
        }
        if often > best.0 {
            best = (often, Some(group));
        }
    }
    best.1
}

fn sorted(mut times: Vec<f64>) -> Vec<f64> {
    sort_by(&mut times, |a, b| a < b);
    times
}

fn middle(times: Vec<f64>) -> Option<Millis> {
    let times = sorted(times);
    Millis::new(*times.get(times.len() / 2)?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn taps(times: &[i32]) -> Vec<Tap> {
        let tap = |at: &i32| Tap {
            at: Millis::whole(*at),
            ..Tap::default()
        };
        times.iter().map(tap).collect()
    }

    fn counts_of(pattern: &Pattern) -> Vec<u8> {
        pattern.groups.iter().map(|group| group.count).collect()
    }

    #[test]
    fn bursts_of_two_to_ten_are_counted() {
        for count in 2..=10 {
            let round = |begin: i32| (0..count).map(move |flash| begin + 500 * flash);
            let length = 500 * (count - 1) + 2000;
            let times: Vec<i32> = (0..3).flat_map(|n| round(n * length)).collect();
            let read = pattern(&taps(&times)).unwrap();
            assert_eq!(counts_of(&read), [count as u8]);
            assert_eq!(read.every, Millis::new(500.0));
            assert_eq!(read.pause, Millis::new(2000.0));
        }
    }

    #[test]
    fn the_first_group_may_be_joined_and_the_last_be_left() {
        let read = pattern(&taps(&[0, 2000, 2500, 3050, 5000, 5480, 6010, 8000, 8500])).unwrap();
        assert_eq!(counts_of(&read), [3]);
    }

    #[test]
    fn a_slip_in_a_long_group_is_forgiven_and_in_a_short_one_is_not() {
        let burst = |begin: i32, count: i32| (0..count).map(move |flash| begin + 450 * flash);
        let of = |counts: [i32; 4]| {
            let each = counts.iter().enumerate();
            let times: Vec<i32> = each
                .flat_map(|(n, count)| burst(6000 * n as i32, *count))
                .collect();
            pattern(&taps(&times)).map(|read| counts_of(&read))
        };
        assert_eq!(of([6, 6, 7, 6]), Some(vec![6]));
        assert_eq!(of([6, 8, 7, 6]), None);
        assert_eq!(of([3, 2, 3, 3]), None);
    }

    #[test]
    fn groups_in_turn_are_one_round() {
        let read = pattern(&taps(&[
            0, 500, 2500, 3000, 3500, 4000, 6000, 6500, 8500, 9000, 9500, 10000,
        ]));
        assert_eq!(counts_of(&read.unwrap()), [2, 4]);
    }

    #[test]
    fn lights_in_turn_are_groups_without_a_pause() {
        let mut all = taps(&[0, 700, 1400, 2100, 2800, 3500]);
        for (at, tap) in all.iter_mut().enumerate() {
            tap.light = Id::new(["amber", "white"][at % 2]);
        }
        let read = pattern(&all).unwrap();
        assert_eq!(counts_of(&read), [1, 1]);
        assert!(!read.is_beat());
        assert_eq!(read.every, None);
        assert_eq!(read.pause, Millis::new(700.0));
    }

    #[test]
    fn a_beat_is_told_by_its_pace() {
        let read = pattern(&taps(&[0, 990, 2010, 3000, 3980])).unwrap();
        assert!(read.is_beat());
        assert_eq!(read.every, Millis::new(990.0));
    }

    #[test]
    fn taps_without_rhythm_have_no_pattern() {
        for times in [
            &[0, 300, 1700, 2100, 5200, 5900][..],
            &[0, 500, 2500, 3000],
            &[0, 400, 900, 3100, 3600, 4100, 4700, 5200, 8000],
            &[
                0, 430, 2330, 2610, 4900, 5450, 5700, 7900, 8200, 9900, 10_300, 12_000, 12_250,
            ],
            &[0, 0, 0, 0],
            &[5, 3, 9, 1],
            &[],
        ] {
            assert_eq!(pattern(&taps(times)), None, "{times:?}");
        }
    }
}
