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
