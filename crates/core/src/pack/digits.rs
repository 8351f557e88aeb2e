//! Number codes: which digit is certain and which is not.

/// One digit of a code.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Digit {
    /// The likeliest value.
    pub value: u8,
    /// How likely it is, 0..=1.
    pub sure: f64,
}

/// Reads the digits of a code out of what every possible code's probability is. `2-3` has the digits 2 and 3, `31` too
/// has two: 3 and 1. Empty when there are no codes.
#[must_use]
pub fn read<'a>(codes: impl Iterator<Item = (&'a str, f64)>) -> Vec<Digit> {
    // The weight of each value at each place.
    let mut places: [[f64; 31]; 2] = [[0.0; 31]; 2];
    let mut all = 0.0;
    for (code, probability) in codes {
        let Some((first, second)) = of(code) else {
            continue;
        };
        all += probability;
        for (place, value) in places.iter_mut().zip([first, second]) {
            if let Some(weight) = place.get_mut(usize::from(value)) {
                *weight += probability;
            }
        }
    }
    if all <= 0.0 {
        return Vec::new();
    }
    let best = |place: &[f64; 31]| {
        let likeliest = place.iter().zip(0u8..).max_by(|a, b| a.0.total_cmp(b.0));
        likeliest.map(|(weight, value)| Digit {
            value,
            sure: weight / all,
        })
    };
    places.iter().filter_map(best).collect()
}

/// The two digits of a code: what is before and after the hyphen, or tens and units.
#[must_use]
pub fn of(code: &str) -> Option<(u8, u8)> {
    let (first, second) = match code.split_once('-') {
        Some(pair) => pair,
        None => code.split_at_checked(code.len().checked_sub(1)?)?,
    };
    let number = |text: &str| {
        text.bytes().try_fold(0u8, |n, digit| {
            let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
            n.checked_mul(10)?.checked_add(digit).filter(|n| *n <= 30)
        })
    };
    Some((number(first)?, number(second)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uncertain_digit_is_named() {
        let digits = read([("2-3", 0.6), ("2-4", 0.35), ("5-1", 0.05)].into_iter());
        assert_eq!(digits.iter().map(|d| d.value).collect::<Vec<_>>(), [2, 3]);
        assert!((digits[0].sure - 0.95).abs() < 1e-9 && (digits[1].sure - 0.6).abs() < 1e-9);
        let tens = read([("31", 0.5), ("7", 0.25), ("101", 0.25)].into_iter());
        assert_eq!(tens.iter().map(|d| d.value).collect::<Vec<_>>(), [3, 1]);
        assert!(read([("x", 1.0), ("", 1.0), ("99-1", 1.0)].into_iter()).is_empty());
    }
}
