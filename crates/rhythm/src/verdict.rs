//! What the classifier returns.

use crate::id::Id;
use crate::time::Millis;

/// The classifier's result for an attempt so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Every hypothesis, most likely first. The probabilities sum to 1.
    pub ranking: Vec<Ranked>,
    /// Whether the evidence is enough, and for what.
    pub decision: Decision,
    /// What would settle it best, while it is not settled.
    pub settle: Option<Settle>,
    /// The measured time from flash to flash of a regular rhythm.
    pub period: Option<Millis>,
}

impl Judgement {
    /// The probability of one hypothesis, 0..=1; 0 for one that the chart does not have.
    #[must_use]
    pub fn probability(&self, what: &Hypothesis) -> f64 {
        let mut ranked = self.ranking.iter();
        ranked
            .find(|ranked| ranked.what == *what)
            .map_or(0.0, |ranked| ranked.probability)
    }

    /// The probability of a decision, 0..=1: of its signal, of everything unlisted, or of everything that is none. 0 of no
    /// decision.
    #[must_use]
    pub fn probability_of(&self, decision: &Decision) -> f64 {
        let says = |what: &Hypothesis| match (what, decision) {
            (Hypothesis::Signal(id), Decision::Signal(decided)) => id == decided,
            (Hypothesis::Unlisted(_), Decision::Unlisted(_)) => true,
            (Hypothesis::UnknownRegular | Hypothesis::Noise, Decision::NoneOfThese) => true,
            _ => false,
        };
        let ranked = self.ranking.iter().filter(|ranked| says(&ranked.what));
        ranked.map(|ranked| ranked.probability).sum()
    }
}

/// A hypothesis and its probability.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// What might be the case.
    pub what: Hypothesis,
    /// 0..=1.
    pub probability: f64,
}

/// What might be the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hypothesis {
    /// One of the device's signals.
    Signal(Id),
    /// A rhythm that the device can show and its list does not have.
    Unlisted(Id),
    /// A steady beat that is none of the device's signals.
    UnknownRegular,
    /// No rhythm at all: stray taps, or something else was tapped.
    Noise,
}

/// Whether the evidence is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Not yet.
    Undecided,
    /// This signal.
    Signal(Id),
    /// A clear rhythm that the list does not have; likeliest this one.
    Unlisted(Id),
    /// None of the device's signals.
    NoneOfThese,
}

/// The one thing that would help most now.
#[derive(Debug, Clone, PartialEq)]
pub enum Settle {
    /// Tap along with this many more flashes, about.
    KeepTapping {
        /// At least 1.
        flashes: u8,
    },
    /// Keep watching without a flash: this much more dark separates the two.
    KeepWatching {
        /// How much longer.
        dark: Millis,
        /// What it separates.
        between: (Id, Id),
    },
    /// Watching cannot tell the two apart; this question can.
    Ask {
        /// The question.
        question: Id,
        /// What it separates.
        between: (Id, Id),
    },
}

/// How the taps fit a signal: for drawing, and for the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What each tap was, in the order of the taps as given.
    pub taps: Vec<TapRole>,
    /// When flashes happened that were not tapped.
    pub missed: Vec<Millis>,
    /// The fitted time from flash to flash where the rhythm is regular.
    pub period: Option<Millis>,
}

/// What a tap was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TapRole {
    /// A short (or unspecified) flash.
    Flash,
    /// A long flash.
    LongFlash,
    /// Not a flash: a stray or a bounce.
    Stray,
}
