//! Time as data: nothing here ever asks a clock.

use std::ops::{Add, Sub};

/// Milliseconds on a scale of the attempt's own: 0 is the moment the person began to watch.
///
/// Always finite: [`Millis::new`] turns NaN and infinities into `None`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Millis(f64);

impl Millis {
    /// The beginning of an attempt.
    pub const ZERO: Millis = Millis(0.0);

    /// `None` for NaN and infinities.
    #[must_use]
    pub fn new(ms: f64) -> Option<Millis> {
        ms.is_finite().then_some(Millis(ms))
    }

    /// A whole number of milliseconds.
    #[must_use]
    pub const fn whole(ms: i32) -> Millis {
        Millis(ms as f64)
    }

    /// The plain number of milliseconds.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The later of the two.
    #[must_use]
    pub fn max(self, other: Millis) -> Millis {
        Millis(self.0.max(other.0))
    }
}

impl TryFrom<f64> for Millis {
    type Error = &'static str;
    fn try_from(ms: f64) -> Result<Millis, Self::Error> {
        Millis::new(ms).ok_or("a time is a finite number of milliseconds")
    }
}

impl From<Millis> for f64 {
    fn from(at: Millis) -> f64 {
        at.0
    }
}

impl Add for Millis {
    type Output = Millis;
    fn add(self, other: Millis) -> Millis {
        Millis(within(self.0 + other.0, f64::MIN, f64::MAX))
    }
}

impl Sub for Millis {
    type Output = Millis;
    fn sub(self, other: Millis) -> Millis {
        Millis(within(self.0 - other.0, f64::MIN, f64::MAX))
    }
}

/// The nearest number between `least` and `most`. Unlike [`f64::clamp`] it cannot panic, and does not bring the printing of
/// floating-point numbers into the wasm for the sake of a panic's message.
#[must_use]
pub fn within(number: f64, least: f64, most: f64) -> f64 {
    number.max(least).min(most)
}
