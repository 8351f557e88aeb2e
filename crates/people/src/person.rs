//! Who taps: drawn once per session. Figures as measured on recordings of people where there are any (reaction times
//! in browsers, visual asynchronies, misses and extras), else assumed. None is taken from the classifier.

use crate::dice::Dice;

/// A person, their hand and their device.
#[derive(Debug, Clone)]
pub struct Person {
    /// Factor on all variability.
    pub unsteady: f64,
    /// Reaction: mean and SD of its normal part and mean of its exponential part, in ms.
    pub reaction: (f64, f64, f64),
    /// How early an anticipated tap is, in ms (negative).
    pub lead: f64,
    /// Share of an asynchrony that is corrected by the next tap, at quick rates.
    pub correction: f64,
    /// Chance to miss a flash.
    pub misses: f64,
    /// Chance of an extra tap after a tap.
    pub extras: f64,
    /// Chance that a tap bounces.
    pub bounces: f64,
    /// Chance to wait for a slow flash instead of anticipating it.
    pub waits: f64,
    /// How many flashes go by before the first tap.
    pub late: usize,
    /// Chance, after each tap, to leave.
    pub leaves: f64,
    /// Factor on any tempo the person makes themselves.
    pub tempo: f64,
    /// Median length of an ordinary press, in ms.
    pub press: f64,
    /// Whether a press lasts as long as the flash.
    pub mirrors: bool,
    /// Whether presses have a length at all (a click may have none).
    pub holds: bool,
    /// Constant delay of screen and browser, in ms.
    pub delay: f64,
    /// Step of the clock, in ms.
    pub clock: f64,
    /// Chance to press "that was all" when it is over.
    pub says_so: f64,
    /// Chance of "not sure".
    pub unsure: f64,
}

/// Of the beta distributions that people's misses, extra taps and bounces are drawn from: their second parameter, beside a first of 1.
const MISSES_BETA: f64 = 25.0;
/// See [`MISSES_BETA`].
const EXTRAS_BETA: f64 = 40.0;
/// See [`MISSES_BETA`].
const BOUNCES_BETA: f64 = 80.0;

/// How often people miss a flash, on average.
pub const MISSES: f64 = 1.0 / (1.0 + MISSES_BETA);
/// How often they tap once too often, on average; a bounce of the finger is no tap.
pub const EXTRAS: f64 = 1.0 / (1.0 + EXTRAS_BETA);

/// How much worse than usual people are made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stress {
    /// Factor on variability; 0 leaves it.
    pub jitter: f64,
    /// Chance to miss a flash.
    pub misses: Option<f64>,
    /// Chance of an extra tap.
    pub extras: Option<f64>,
    /// Largest bias of the own tempo.
    pub tempo: Option<f64>,
    /// Chance to leave after a tap.
    pub leaves: Option<f64>,
    /// Flashes that go by before the first tap.
    pub late: Option<usize>,
    /// Chance to wait for slow flashes.
    pub waits: Option<f64>,
    /// Step of the clock.
    pub clock: Option<f64>,
    /// Chance of "not sure" to a question.
    pub unsure: f64,
}

impl Person {
    /// Draws a person.
    pub fn draw(dice: &mut Dice, stress: &Stress) -> Person {
        let own_tempo = stress.tempo.map_or(1.0, |t| 1.0 + dice.between(-t, t));
        Person {
            unsteady: dice.normal(0.0, 0.35).exp()
                * if stress.jitter > 0.0 {
                    stress.jitter
                } else {
                    1.0
                },
            reaction: (
                dice.normal(273.0, 35.0),
                22.0,
                dice.normal(54_f64.ln(), 0.3).exp(),
            ),
            lead: -dice.normal(45.0, 25.0).abs(),
            correction: dice.normal(0.5, 0.15).clamp(0.1, 1.0),
            misses: stress.misses.unwrap_or_else(|| dice.beta_one(MISSES_BETA)),
            extras: stress.extras.unwrap_or_else(|| dice.beta_one(EXTRAS_BETA)),
            bounces: dice.beta_one(BOUNCES_BETA),
            waits: stress.waits.unwrap_or_else(|| 1.0 - dice.unit().sqrt()),
            late: stress
                .late
                .unwrap_or_else(|| dice.weighted(&[0.30, 0.45, 0.15, 0.10])),
            leaves: stress.leaves.unwrap_or(0.002),
            tempo: own_tempo,
            press: 95.0 * dice.normal(0.0, 0.3).exp(),
            mirrors: dice.chance(0.8),
            holds: dice.chance(0.8),
            delay: dice.between(10.0, 40.0),
            clock: stress
                .clock
                .unwrap_or_else(|| if dice.chance(0.5) { 8.0 } else { 16.67 }),
            says_so: 0.35,
            unsure: stress.unsure,
        }
    }

    /// A reaction time, in ms.
    pub fn react(&self, dice: &mut Dice) -> f64 {
        let (mean, sd, tail) = self.reaction;
        dice.normal(mean, sd).max(120.0) + dice.wait(tail)
    }

    /// The time of the device's clock, in ms.
    pub fn clocked(&self, at: f64, dice: &mut Dice) -> f64 {
        let at = at + self.delay + dice.between(0.0, 8.0);
        if self.clock > 0.0 {
            (at / self.clock).round() * self.clock
        } else {
            at
        }
    }
}
