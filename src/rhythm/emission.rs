//! What a tap's length and light say about the flash it was for.

use super::density::log_normal;
use super::human::{HOLD_LOOSE, HOLD_SPREAD, HOLD_STYLES, WRONG_LIGHT};
use super::template::{NO_LIGHT, State};

/// How a tap's length and light fit a flash, relative to a flash of which nothing is known.
#[derive(Debug, Clone, Copy)]
pub struct Emission {
    /// By class of the flash.
    class: [f64; 3],
    light: u8,
    right: f64,
    wrong: f64,
    /// Density of the hold (per ms) when nothing is known of the flash.
    pub any: f64,
}

impl Emission {
    /// How well it fits a flash like this.
    #[inline]
    #[must_use]
    pub fn fits(&self, state: &State) -> f64 {
        self.class
            .get(usize::from(state.class))
            .copied()
            .unwrap_or(1.0)
            * self.light(state.light)
    }

    /// How well the tap's light fits this light.
    #[must_use]
    pub fn light(&self, light: u8) -> f64 {
        if light == NO_LIGHT || self.light == NO_LIGHT {
            1.0
        } else if light == self.light {
            self.right
        } else {
            self.wrong
        }
    }

    /// Whether it says anything.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.light == NO_LIGHT && self.any == 0.0
    }
}

/// What the holds so far say of how this person presses: for each style the weight of having just seen a short and a
/// long flash. Flashes of one kind come in runs, hence the stickiness.
#[derive(Debug, Clone, PartialEq)]
pub struct Holds([(f64, f64); HOLD_STYLES.len()]);

const STICKY: f64 = 0.85;

impl Default for Holds {
    fn default() -> Holds {
        Holds(HOLD_STYLES.map(|(_, _, usual)| (usual / 2.0, usual / 2.0)))
    }
}

impl Holds {
    fn densities(held: f64) -> impl Iterator<Item = (f64, f64)> {
        HOLD_STYLES.iter().map(move |&(short, long, _)| {
            let loose = HOLD_LOOSE / (held * 6.9);
            let of = |median| (1.0 - HOLD_LOOSE) * log_normal(held, (median, HOLD_SPREAD)) + loose;
            (of(short), of(long))
        })
    }

    /// What the next tap says, given the taps before it.
    #[must_use]
    pub fn emission(&self, held: Option<f64>, light: u8, lights: usize) -> Emission {
        let mut emission = Emission {
            class: [1.0; 3],
            light,
            right: 1.0,
            wrong: 1.0,
            any: 0.0,
        };
        if lights > 1 && light != NO_LIGHT {
            let n = lights as f64;
            emission.right = (1.0 - WRONG_LIGHT) * n;
            emission.wrong = WRONG_LIGHT * n / (n - 1.0);
        }
        if let Some(held) = held {
            let (mut short, mut long) = (0.0, 0.0);
            for ((a, b), (s, l)) in self.0.iter().zip(Holds::densities(held)) {
                short += (a + b) * s;
                long += (a + b) * l;
            }
            emission.any = (short + long) / 2.0;
            emission.class = [short / emission.any, long / emission.any, 1.0];
        }
        emission
    }

    /// Learns from a tap that is over.
    pub fn learn(&mut self, held: Option<f64>) {
        let Some(held) = held else { return };
        let mut sum = 0.0;
        for ((a, b), (s, l)) in self.0.iter_mut().zip(Holds::densities(held)) {
            let (short, long) = (
                *a * STICKY + *b * (1.0 - STICKY),
                *b * STICKY + *a * (1.0 - STICKY),
            );
            (*a, *b) = (short * s, long * l);
            sum += *a + *b;
        }
        if sum > 0.0 {
            self.0
                .iter_mut()
                .for_each(|(a, b)| (*a, *b) = (*a / sum, *b / sum));
        }
    }
}
