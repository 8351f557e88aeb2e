//! The few distributions the model needs, without a transcendental function in the hot one.

/// Student's t with 5 degrees of freedom at `z`: a bell with the tails of real taps (2.4 % beyond 3 robust SDs,
/// 0.8 % beyond 5), and only a division to compute. Further out it falls faster: what is that far off is no flash
/// tapped badly but no tap for that flash.
#[inline]
#[must_use]
pub fn bell(z: f64) -> f64 {
    let zz = z * z;
    let q = 1.0 + zz * 0.2;
    let bell = 0.379_606_689_822_494_4 / (q * q * q);
    if zz < OUT {
        bell
    } else {
        let off = OUT / zz;
        bell * off * off * off
    }
}

/// The square of the `z` from which on [`bell`] falls faster.
const OUT: f64 = 30.0;

/// The share of [`bell`] above `z`.
#[must_use]
pub fn tail(z: f64) -> f64 {
    let u = z * 0.447_213_595_499_957_9;
    let a = 1.0 / (1.0 + u * u);
    let below = u.atan() + u * a * (1.0 + a * (2.0 / 3.0));
    (0.5 - below / std::f64::consts::PI).max(0.0)
}

/// Standard normal density at `z`.
#[must_use]
pub fn normal(z: f64) -> f64 {
    0.398_942_280_401_432_7 * (-0.5 * z * z).exp()
}

/// Log-normal density per ms at `x` ms, given the median and the log spread.
#[must_use]
pub fn log_normal(x: f64, (median, spread): (f64, f64)) -> f64 {
    let x = x.max(1.0);
    normal((x / median).ln() / spread) / (spread * x)
}

/// The share of a log-normal above `x` ms.
#[must_use]
pub fn log_normal_tail(x: f64, (median, spread): (f64, f64)) -> f64 {
    // Logistic approximation of the normal tail: within 0.01 everywhere, and a relative error that a tail of people
    // who gave up hides anyway.
    let z = (x.max(1.0) / median).ln() / spread;
    1.0 / (1.0 + (1.702 * z).exp())
}
