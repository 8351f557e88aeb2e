//! What other observers make of the simulated people at number codes: figures beside the classifier's.
//!
//! - Who **knows** for which flash each tap was meant, how many flashes each slow group had, and how often these people miscount. Only
//!   the number of flashes of a burst that the person miscounted is open to it. A bound: no classifier can know as much.
//! - Who **counts**: it knows where each group begins and ends, and how often these people miss a flash, tap once too often and
//!   miscount; of a group it has the number of its taps alone. No bound, because when the taps came says more; it is what
//!   counting is worth, done without a mistake.
//!
//! Both answer as the classifier does: from the same prior, and from [`SURE`] on.

use led_doctor_core::pack::SignalEntry;
use led_doctor_core::rhythm::{Flash, Flashes, Show};
use led_doctor_people::person::{EXTRAS, MISSES};
use led_doctor_people::tapper::{MISCOUNTS, Tapped};

/// An observer decides from this probability on.
const SURE: f64 = 0.95;

/// Bursts of fewer flashes are never miscounted.
const LEAST: usize = 3;

/// A tap that comes sooner after another is a bounce, in ms.
const BOUNCE: f64 = 150.0;

/// No group has more extra taps than this.
const MOST_EXTRAS: usize = 3;

/// A group of flashes: of what kind, on which light, how many.
type Group = (Flash, Option<String>, usize);

/// A code as these observers know it.
pub struct Code {
    groups: Vec<Group>,
    /// How usual it is.
    prior: f64,
}

/// What an observer makes of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// The probability of the right code.
    pub right: f64,
    /// The most that another has.
    pub other: f64,
}

impl Seen {
    /// Whether the right one is the likeliest.
    pub fn is_likeliest(&self) -> bool {
        self.right > self.other
    }

    /// Whether it decides for the right one.
    pub fn is_right(&self) -> bool {
        self.right >= SURE
    }

    /// Whether it decides for another.
    pub fn is_wrong(&self) -> bool {
        self.other >= SURE
    }
}

impl Code {
    /// A code that is so usual. `None` where it is no code of fixed numbers of flashes.
    pub fn new(entry: &SignalEntry, prior: f64) -> Option<Code> {
        let mut flashes = entry.layers.iter().filter_map(|layer| match &layer.show {
            Show::Flashes(flashes) => Some((flashes, &layer.light)),
            _ => None,
        });
        let (Flashes { intro, cycle, .. }, light) = flashes.next()?;
        let groups = intro.iter().chain(cycle).map(|group| {
            let light = group.light.as_ref().or(light.as_ref());
            let is_fixed = group.count.0 == group.count.1;
            let count = usize::from(group.count.0);
            is_fixed.then(|| (group.flash, light.map(ToString::to_string), count))
        });
        Some(Code {
            groups: groups.collect::<Option<Vec<_>>>()?,
            prior,
        })
    }

    fn is_like(&self, other: &Code) -> bool {
        let alike = |(a, b): (&Group, &Group)| (a.0, &a.1) == (b.0, &b.1);
        self.groups.len() == other.groups.len() && self.groups.iter().zip(&other.groups).all(alike)
    }
}

/// One showing of one group: how many flashes it had, how many taps were meant for it, how many it got, and whether it was a burst too
/// quick to follow.
struct Shown {
    group: usize,
    tapped: usize,
    taps: usize,
    is_quick: bool,
}

/// Every showing of every group that got a tap.
fn shown(code: &Code, tapped: &Tapped) -> Vec<Shown> {
    let round: usize = code.groups.iter().map(|group| group.2).sum();
    let round = round.max(1);
    let last = tapped.meant.last().copied().unwrap_or(0);
    // A bounce is no tap.
    let before = [f64::NEG_INFINITY]
        .into_iter()
        .chain(tapped.taps.iter().map(|tap| tap.at));
    let each = tapped.taps.iter().zip(before).zip(&tapped.meant);
    let meant =
        each.filter_map(|((tap, before), flash)| (tap.at - before >= BOUNCE).then_some(*flash));
    let meant: Vec<usize> = meant.collect();
    let mut all = Vec::new();
    for nth in 0..=last / round {
        let mut begins = nth * round;
        for (group, (_, _, flashes)) in code.groups.iter().enumerate() {
            let own = begins..begins + flashes;
            let burst = tapped.counted.iter().find(|burst| burst.first == begins);
            let taps = meant.iter().filter(|flash| own.contains(flash));
            let taps = taps.count();
            if taps > 0 {
                all.push(Shown {
                    group,
                    tapped: burst.map_or(*flashes, |burst| burst.tapped),
                    taps,
                    is_quick: burst.is_some(),
                });
            }
            begins += flashes;
        }
    }
    all
}

/// How likely somebody means so many taps for a burst of `flashes`.
fn miscounts(flashes: usize, tapped: usize) -> f64 {
    if flashes < LEAST {
        return f64::from(flashes == tapped);
    }
    let off = tapped as i64 - flashes as i64;
    let as_often = MISCOUNTS.iter().filter(|by| **by == off).count();
    as_often as f64 / MISCOUNTS.len() as f64
}

/// How likely a group of `flashes` gets so many taps, all told.
fn gets(flashes: usize, taps: usize, is_quick: bool) -> f64 {
    let meant = |n: usize| match is_quick {
        true => miscounts(flashes, n),
        false if n <= flashes => {
            let missed = flashes - n;
            choose(flashes, missed) * MISSES.powi(missed as i32) * (1.0 - MISSES).powi(n as i32)
        }
        false => 0.0,
    };
    let extra = |n: usize, more: usize| {
        choose(n, more) * EXTRAS.powi(more as i32) * (1.0 - EXTRAS).powi((n - more.min(n)) as i32)
    };
    (0..=MOST_EXTRAS.min(taps))
        .map(|more| meant(taps - more) * extra(taps - more, more))
        .sum()
}

/// In how many ways `some` can be taken out of `all`.
fn choose(all: usize, some: usize) -> f64 {
    if some > all {
        return 0.0;
    }
    (0..some).fold(1.0, |ways, n| ways * (all - n) as f64 / (n + 1) as f64)
}

/// What an observer makes of a person at the code of this index, of all that the device can show, by how likely each showing of a group is
/// for a code whose group has so many flashes.
fn sees(
    codes: &[Option<Code>],
    truth: usize,
    tapped: &Tapped,
    likely: impl Fn(&Shown, usize, usize) -> f64,
) -> Option<Seen> {
    let real = codes.get(truth)?.as_ref()?;
    let all = shown(real, tapped);
    let weight = |code: &Code| {
        if !code.is_like(real) {
            return 0.0;
        }
        let each = all.iter().map(|one| {
            let flashes = |of: &Code| of.groups.get(one.group).map_or(0, |group| group.2);
            likely(one, flashes(code), flashes(real))
        });
        code.prior * each.product::<f64>()
    };
    let weights: Vec<f64> = codes
        .iter()
        .map(|code| code.as_ref().map_or(0.0, weight))
        .collect();
    let all: f64 = weights.iter().sum();
    let share = |weight: f64| weight / all.max(f64::MIN_POSITIVE);
    let others = weights.iter().enumerate().filter(|(at, _)| *at != truth);
    Some(Seen {
        right: share(weights.get(truth).copied().unwrap_or(0.0)),
        other: share(others.map(|(_, weight)| *weight).fold(0.0, f64::max)),
    })
}

/// See the module: it knows for which flash each tap was meant.
pub fn knows(codes: &[Option<Code>], truth: usize, tapped: &Tapped) -> Option<Seen> {
    sees(codes, truth, tapped, |one, flashes, real| {
        match one.is_quick {
            true => miscounts(flashes, one.tapped),
            false => f64::from(flashes == real),
        }
    })
}

/// See the module: it counts.
pub fn counts(codes: &[Option<Code>], truth: usize, tapped: &Tapped) -> Option<Seen> {
    sees(codes, truth, tapped, |one, flashes, _| {
        gets(flashes, one.taps, one.is_quick)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use led_doctor_people::tapper::{Counted, Pressed};

    fn codes() -> Vec<Option<Code>> {
        let group = |count| (Flash::Short, None, count);
        let code = |counts: [usize; 2]| {
            Some(Code {
                groups: counts.map(group).to_vec(),
                prior: 1.0,
            })
        };
        [[2, 4], [2, 5], [3, 4]].map(code).into()
    }

    fn tapped(meant: &[usize], bursts: &[(usize, usize, usize)]) -> Tapped {
        let counted = |&(first, shown, tapped): &(usize, usize, usize)| Counted {
            first,
            shown,
            tapped,
        };
        let at = |n: usize| Pressed {
            at: 1000.0 * n as f64,
            held: None,
        };
        Tapped {
            taps: (0..meant.len()).map(at).collect(),
            meant: meant.to_vec(),
            counted: bursts.iter().map(counted).collect(),
            ..Tapped::default()
        }
    }

    #[test]
    fn who_knows_doubts_only_what_was_miscounted() {
        let slow = knows(&codes(), 0, &tapped(&[0, 1, 2, 3, 4, 5], &[])).unwrap();
        assert_eq!((slow.right, slow.other), (1.0, 0.0));
        // Twice 4 taps at a 4: a 5 would have to be miscounted twice.
        let meant = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
        let right = knows(&codes(), 0, &tapped(&meant, &[(2, 4, 4), (8, 4, 4)])).unwrap();
        assert!((right.right - 0.9).abs() < 1e-9 && right.is_likeliest() && !right.is_right());
        let wrong = knows(&codes(), 0, &tapped(&meant, &[(2, 4, 5), (8, 4, 5)])).unwrap();
        assert!((wrong.other - 0.9).abs() < 1e-9);
    }

    #[test]
    fn who_counts_has_the_numbers_alone() {
        let right = counts(&codes(), 0, &tapped(&[0, 1, 2, 3, 4, 5], &[])).unwrap();
        assert!(right.right > 0.7 && right.right < 0.95, "{right:?}");
        // The fourth flash of the second group was missed, and then one of the first got two taps.
        let wrong = counts(&codes(), 0, &tapped(&[0, 1, 2, 3, 4], &[])).unwrap();
        assert!(wrong.is_likeliest(), "no code has 2 and 3: {wrong:?}");
        let wrong = counts(&codes(), 0, &tapped(&[0, 1, 1, 2, 3, 4, 5], &[])).unwrap();
        assert!(wrong.other > wrong.right, "{wrong:?}");
    }
}
