//! What a light does: the form of every signal before it can be recognised.

use crate::id::Id;

/// One signal of a device: what its lights do, how usual that is, and what a person who sees it answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    /// The name by which verdicts and plans refer to it.
    pub id: Id,
    /// How usual it is beside the device's other signals: 1 is typical, 0.1 is rare. Above 0, at most 100.
    pub weight: f64,
    /// What each light does at the same time. Never empty.
    pub layers: Vec<Layer>,
    /// What a person answers when this is what they see. Questions not named here do not inform about it.
    pub expects: Vec<Expectation>,
    /// What it means, as far as it matters for when to decide.
    pub meaning: Meaning,
    /// Whether the device's list has it. An unlisted one is a rhythm that the device can show and the list does not have: it is
    /// decided as [`super::Decision::Unlisted`].
    pub listed: bool,
}

/// A signal of one typical weight that shows nothing yet.
impl Default for Signal {
    fn default() -> Signal {
        Signal {
            id: Id::default(),
            weight: 1.0,
            layers: Vec::new(),
            expects: Vec::new(),
            meaning: Meaning::Fault,
            listed: true,
        }
    }
}

/// What a signal means, as far as a wrong verdict costs more or less by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Meaning {
    /// Something to fix.
    #[default]
    Fault,
    /// Nothing is wrong. Never reported while a danger fits about as well.
    Nothing,
    /// It is transient: a person who is given it wrongly has waited, looks again, and has been sent to no fix. Never reported while a danger
    /// fits about as well.
    Passes,
    /// Leave it alone and call for help.
    Danger,
}

impl Meaning {
    /// Whether a person who is given it does nothing about it.
    #[must_use]
    pub fn is_harmless(self) -> bool {
        matches!(self, Meaning::Nothing | Meaning::Passes)
    }
}

/// What one light of the device does.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Which light or colour; `None` where the device has one light only or the colour does not matter.
    pub light: Option<Id>,
    /// What it does.
    pub show: Show,
}

/// A rhythm of which nothing is stated yet.
impl Default for Layer {
    fn default() -> Layer {
        Layer {
            light: None,
            show: Show::Flashes(Flashes::default()),
        }
    }
}

/// What a light does.
#[derive(Debug, Clone, PartialEq)]
pub enum Show {
    /// It stays off.
    Dark,
    /// It stays lit.
    Steady,
    /// It flashes.
    Flashes(Flashes),
}

/// A rhythm of flashes: an introduction once, then a cycle for ever.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flashes {
    /// Seen once, at the beginning. May be empty.
    pub intro: Vec<Group>,
    /// Repeated for ever after the introduction. Empty: dark after it.
    pub cycle: Vec<Group>,
    /// The light is on and the "flashes" are short dark dips.
    pub inverse: bool,
    /// Between two rounds of the cycle other signals may be shown.
    pub among: bool,
}

/// A run of like flashes.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Short, long, or whatever it may be.
    pub flash: Flash,
    /// The light or colour of these flashes, where it differs within the signal.
    pub light: Option<Id>,
    /// Fewest and most flashes, 1..=30, first not above second.
    pub count: (u8, u8),
    /// How long one flash stays lit, in ms.
    pub lit: Span,
    /// From the onset of one flash of the group to the onset of the next, in ms.
    pub every: Span,
    /// From the onset of the group's last flash to the onset of what follows it (the next group, or the cycle again), in ms.
    pub rest: Span,
}

/// One flash of which nothing else is stated.
impl Default for Group {
    fn default() -> Group {
        Group {
            flash: Flash::Any,
            light: None,
            count: (1, 1),
            lit: Span::Unstated,
            every: Span::Unstated,
            rest: Span::Unstated,
        }
    }
}

/// Long or short, judged within one attempt and never by absolute length alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flash {
    /// A quick flash.
    Short,
    /// A flash that clearly stays lit for a while.
    Long,
    /// It swells and fades: its beginning is unclear, and its length carries no information.
    Pulse,
    /// Two or three quick flashes that people take for one, and tap once.
    Burst,
    /// The source does not say.
    #[default]
    Any,
}

/// A range of time in ms, 20..=60000, first not above second.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Span {
    /// The source states it.
    Stated(f64, f64),
    /// It is not stated: the classifier uses a broad prior.
    #[default]
    Unstated,
}

/// The answer a person gives to a question when they see this signal.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// The question.
    pub question: Id,
    /// The answer.
    pub answer: Id,
    /// How surely, 0.5..=1, "not sure" left aside. People's own mistakes come on top.
    pub sure: f64,
}
