//! How fast a light flashes within a group, where its maker does not say.
//!
//! A person's taps are too uneven to measure it, so the chart averages over what lights do. A camera sees it: then the chart is made
//! for that pace, and precise.

use super::parameters::{
    LONG_EVERY, LONG_OVER_SHORT, MEASURED, MEASURED_FARTHEST, MEASURED_STEP, SHORT_EVERY,
    WITHIN_SHARE,
};
use super::signal::Flash;
use super::watch::Tap;
use crate::sorted::sort_by;
use crate::time::Millis;

/// From flash to flash within a group, as a camera saw it; `None` where too little was seen.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Within {
    /// After a short flash, or any where all are alike.
    pub short: Option<Millis>,
    /// After a long flash.
    pub long: Option<Millis>,
}

impl Within {
    /// Measures it in what a camera saw.
    #[must_use]
    pub fn measure(taps: &[Tap]) -> Within {
        let mut lit: Vec<f64> = taps
            .iter()
            .filter_map(|tap| tap.held.map(Millis::get))
            .collect();
        sort_by(&mut lit, |a, b| a < b);
        let (Some(briefest), Some(longest)) = (quantile(&lit, 0.1), quantile(&lit, 0.9)) else {
            return Within::default();
        };
        let has_both = longest > LONG_OVER_SHORT * briefest;
        let between = (briefest * longest).sqrt();
        // From the onset of a flash of one class to the next flash, whatever that is.
        let gap = |is_long: bool| {
            let is_class = |held: Millis| !has_both || (held.get() > between) == is_long;
            let pairs = taps.iter().zip(taps.iter().skip(1));
            let mut gaps: Vec<f64> = pairs
                .filter(|(a, _)| a.held.is_some_and(is_class))
                .map(|(a, b)| (b.at - a.at).get())
                .filter(|gap| *gap > 0.0)
                .collect();
            sort_by(&mut gaps, |a, b| a < b);
            // In steps, so that a light that is watched further is rarely measured again.
            let gap = quantile(&gaps, WITHIN_SHARE)?;
            Millis::new(((gap.max(1.0).ln() / MEASURED_STEP).round() * MEASURED_STEP).exp())
        };
        Within {
            short: gap(false),
            long: gap(true),
        }
    }
}

/// A value of a sorted list, so far from its beginning: pauses are above the lowest quarter, and what is no flash of the light moves
/// it little.
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let at = sorted.len().saturating_sub(1) as f64 * share;
    sorted.get(at.round() as usize).copied()
}

/// Flash to flash of short and of long flashes with no stated timing: median (ms) and log spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Paces {
    pub short: (f64, f64),
    pub long: (f64, f64),
    /// What a pace that was measured is worth as a guess: its share of what lights do.
    pub share: f64,
}

impl Paces {
    /// From flash to flash within a group of such flashes: the median (ms) and its log spread.
    pub fn of(&self, flash: Flash) -> (f64, f64) {
        match flash {
            Flash::Long | Flash::Pulse | Flash::Burst => self.long,
            Flash::Short | Flash::Any => self.short,
        }
    }

    /// Whether the pace of such flashes was measured, and not only that of others.
    pub fn has_measured(&self, flash: Flash) -> bool {
        let (_, spread) = self.of(flash);
        spread <= MEASURED
    }

    pub fn new(within: Within) -> Paces {
        let measured = |gap: Option<Millis>, usual: (f64, f64)| {
            let gap = gap?.get();
            let off = (gap / usual.0).ln() / usual.1;
            // The density there times the width of what was measured.
            let share = (-0.5 * off * off).exp() * MEASURED / usual.1;
            (off.abs() <= MEASURED_FARTHEST).then_some((gap, share))
        };
        let short = measured(within.short, SHORT_EVERY);
        let long = measured(within.long, LONG_EVERY);
        let of = |gap: Option<(f64, f64)>, usual| gap.map_or(usual, |gap| (gap.0, MEASURED));
        Paces {
            short: of(short, SHORT_EVERY),
            long: of(long, LONG_EVERY),
            share: short.or(long).map_or(1.0, |gap| gap.1),
        }
    }
}
