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

/// The share of [`bell`] above `z`, within 0.00001.
#[inline]
#[must_use]
pub fn tail(z: f64) -> f64 {
    let u = z * 0.447_213_595_499_957_9;
    let a = 1.0 / (1.0 + u * u);
    let below = arc_tangent(u) + u * a * (1.0 + a * (2.0 / 3.0));
    0.5 - below * std::f64::consts::FRAC_1_PI
}

/// The arc tangent, within 0.000002: a polynomial, because the exact one is most of what a moment of silence costs.
#[inline]
fn arc_tangent(u: f64) -> f64 {
    let near = u.abs() <= 1.0;
    let x = if near { u } else { 1.0 / u };
    let xx = x * x;
    let sum = 0.193_543_46 + xx * (-0.116_432_87 + xx * (0.052_653_32 - xx * 0.011_721_20));
    let angle = x * (0.999_977_26 + xx * (-0.332_623_47 + xx * sum));
    if near {
        angle
    } else {
        std::f64::consts::FRAC_PI_2.copysign(u) - angle
    }
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

#[cfg(test)]
mod tests {
    use super::tail;

    #[test]
    fn the_tail_is_that_of_students_t() {
        // From a table of Student's t with 5 degrees of freedom.
        for (z, share) in [
            (0.0, 0.5),
            (0.72669, 0.25),
            (2.015, 0.05),
            (3.365, 0.01),
            (6.869, 0.0005),
        ] {
            assert!((tail(z) - share).abs() < 2e-5, "{z}: {}", tail(z));
            assert!(
                (tail(-z) - (1.0 - share)).abs() < 2e-5,
                "-{z}: {}",
                tail(-z)
            );
        }
    }
}
