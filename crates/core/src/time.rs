//! Time as data: nothing in the core ever asks a clock.

pub use led_doctor_rhythm::time::{Millis, within};

/// A moment by the wall clock, in whole ms since 1970. Always finite and never negative.
///
/// Waits and the log are kept in it, because it continues while the phone is locked or off.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Wall(f64);

impl Wall {
    /// Anything that is no moment becomes 1970.
    #[must_use]
    pub fn new(ms: f64) -> Wall {
        // 8.64e15 is the last moment that JavaScript's Date can hold.
        Wall(if ms.is_finite() {
            within(ms, 0.0, 8.64e15).round()
        } else {
            0.0
        })
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// Milliseconds from `earlier` to this; 0 when the clock was set back in between.
    #[must_use]
    pub fn since(self, earlier: Wall) -> f64 {
        (self.0 - earlier.0).max(0.0)
    }
}

impl From<f64> for Wall {
    fn from(ms: f64) -> Wall {
        Wall::new(ms)
    }
}

impl From<Wall> for f64 {
    fn from(at: Wall) -> f64 {
        at.0
    }
}

/// How many months lie between a month, written `YYYY-MM`, and another one. Nothing where it is no month, or comes after that.
#[must_use]
pub fn months_since(month: &str, year: u32, of_year: u32) -> Option<u32> {
    let (then, in_then) = month.split_once('-')?;
    let then = 12 * then.parse::<u32>().ok()? + in_then.parse::<u32>().ok()?;
    (12 * year + of_year).checked_sub(then)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_over_the_turn_of_a_year() {
        assert_eq!(months_since("2026-11", 2028, 1), Some(14));
        assert_eq!(months_since("2026-11", 2026, 11), Some(0));
        assert_eq!(months_since("2026-11", 2026, 10), None);
        assert_eq!(months_since("soon", 2026, 10), None);
    }
}
