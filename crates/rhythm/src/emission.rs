//! Emissions: how likely a tap's length and light are under each flash.
//!
//! Long and short are relative to the person and the light, so the person's style of pressing is one more unknown:
//! rhythms that have both classes carry it along with every state; for the others, whose taps are all of one class,
//! the styles are summed up on their own.

use super::density::log_normal;
use super::observer::{FINGER, ObserverModel, STYLES};
use super::parameters::{HOLD_RANGE, STICKY, WRONG_LIGHT};
use super::template::{ANY, LONG, NO_LIGHT, SHORT, State};

/// How a tap's length and light fit a flash, relative to what is expected of a tap for any flash.
#[derive(Debug, Clone, Copy)]
pub struct Emission {
    /// By style: how well the length fits a short and a long flash. `None` without a length.
    held: Option<[(f64, f64); STYLES]>,
    light: u8,
    right: f64,
    wrong: f64,
    /// Density of the length (per ms) when nothing is known of the flash; 0 without a length.
    pub any: f64,
}

impl Emission {
    /// How well the length fits a flash of this class, if the person presses in this style.
    #[inline]
    #[must_use]
    pub fn held(&self, state: &State, style: usize) -> f64 {
        let Some(held) = &self.held else { return 1.0 };
        match (state.class, held.get(style)) {
            (SHORT, Some(fit)) => fit.0,
            (LONG, Some(fit)) => fit.1,
            _ => 1.0,
        }
    }

    /// How well length and light fit a flash, where the lengths of a template's states are told apart by `width` styles.
    #[inline]
    #[must_use]
    pub fn fit(&self, state: &State, style: usize, width: usize) -> f64 {
        let light = self.light(state.light);
        if width > 1 {
            light * self.held(state, style)
        } else {
            light
        }
    }

    /// How well the tap's light fits this light.
    #[inline]
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

    /// Whether it names a light.
    #[must_use]
    pub fn names_light(&self) -> bool {
        self.light != NO_LIGHT
    }

    /// Whether it has a length.
    #[must_use]
    pub fn has_length(&self) -> bool {
        self.held.is_some()
    }
}

/// What the lengths so far show of how this person presses.
#[derive(Debug, Clone)]
pub struct Holds {
    observer: &'static ObserverModel,
    /// For each style, its weight if the last flash was short and if it was long; flashes of a kind come in runs.
    runs: [(f64, f64); STYLES],
    /// For each style, its weight if all flashes were short, and if all were long, relative to `runs`.
    alike: [(f64, f64); STYLES],
}

impl Default for Holds {
    fn default() -> Holds {
        Holds::new(&FINGER)
    }
}

impl Holds {
    /// No length is known yet.
    #[must_use]
    pub fn new(observer: &'static ObserverModel) -> Holds {
        Holds {
            observer,
            runs: observer
                .holds
                .map(|(_, _, usual)| (usual / 2.0, usual / 2.0)),
            alike: observer.holds.map(|(_, _, usual)| (usual, usual)),
        }
    }

    /// The emission of the next tap, given the taps before it.
    #[must_use]
    pub fn emission(&self, held: Option<f64>, light: u8, lights: usize) -> Emission {
        let mut emission = Emission {
            held: None,
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
            let mut fits = self.densities(held);
            let each = self.stuck().into_iter().zip(&fits);
            emission.any = each
                .map(|((a, b), (s, l))| a * s + b * l)
                .sum::<f64>()
                .max(1e-12);
            for (s, l) in &mut fits {
                *s /= emission.any;
                *l /= emission.any;
            }
            emission.held = Some(fits);
        }
        emission
    }

    /// The runs, one flash on.
    fn stuck(&self) -> [(f64, f64); STYLES] {
        let turn = 1.0 - STICKY;
        self.runs
            .map(|(a, b)| (a * STICKY + b * turn, b * STICKY + a * turn))
    }

    /// Learns from a tap that is over.
    pub fn learn(&mut self, emission: &Emission) {
        let Some(fits) = &emission.held else { return };
        self.runs = self.stuck();
        for ((run, alike), (s, l)) in self.runs.iter_mut().zip(&mut self.alike).zip(fits) {
            *run = (run.0 * s, run.1 * l);
            *alike = ((alike.0 * s).max(1e-250), (alike.1 * l).max(1e-250));
        }
    }

    /// Log of how well all lengths so far, and the newest, fit flashes that are all of this class.
    #[must_use]
    pub fn all(&self, class: u8, newest: Option<&Emission>) -> f64 {
        if class == ANY {
            return 0.0;
        }
        let pick = |(s, l): (f64, f64)| if class == SHORT { s } else { l };
        let fits = newest.and_then(|e| e.held).unwrap_or([(1.0, 1.0); STYLES]);
        let sum: f64 = self
            .alike
            .iter()
            .zip(fits)
            .map(|(a, f)| pick(*a) * pick(f))
            .sum();
        sum.max(1e-290).ln()
    }

    /// Densities per ms of a length, by style, for a short and for a long flash.
    fn densities(&self, held: f64) -> [(f64, f64); STYLES] {
        let (spread, outliers) = (self.observer.hold_spread, self.observer.hold_outliers);
        let loose = outliers / (held * HOLD_RANGE);
        let of = |median| (1.0 - outliers) * log_normal(held, (median, spread)) + loose;
        self.observer
            .holds
            .map(|(short, long, _)| (of(short), of(long)))
    }
}
