//! Where the person is, and what was found.

use crate::id::Id;
use crate::rhythm::{Decision, Pattern};
use crate::time::Millis;

/// Where the person is. Choosing the device comes before a session exists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Stage {
    /// On the pad, tapping along.
    #[default]
    Tap,
    /// Choosing what it looks like: the untimed way.
    Choose,
    /// Being asked the one question that separates what is left.
    Ask(Id),
    /// Shown what was seen.
    Verdict,
    /// Working through the plan.
    Plan,
    /// The light is right again, or nothing was wrong.
    Resolved,
    /// Still stuck: whom to call, and the report.
    Support,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Finding {
    /// The signal; `None` for "none of these" and for an unlisted rhythm.
    pub signal: Option<Id>,
    /// The unlisted rhythm that was read.
    pub unlisted: Option<Id>,
    /// The rhythm that was tapped, where it is clear and none of the device's.
    pub pattern: Option<Pattern>,
    /// How it was found.
    pub how: How,
    /// The classifier's probability in whole per cent, 0..=100, where the classifier found it.
    pub sure: Option<u8>,
    /// The measured time from flash to flash, where there is one.
    pub period: Option<Millis>,
    /// The nearest signals when it is none of them, likeliest first; at most two.
    pub nearest: Vec<Id>,
}

impl Finding {
    /// Whether it is a clear rhythm that the list does not have: a number, or flashes in groups or on several lights. A beat is not:
    /// people tap one without having seen the light.
    #[must_use]
    pub fn is_unlisted(&self) -> bool {
        is_unlisted(&self.decision(), self.pattern.as_ref())
    }

    /// The same as the classifier's decision.
    #[must_use]
    pub fn decision(&self) -> Decision {
        match (&self.signal, &self.unlisted, self.sure) {
            (Some(signal), ..) => Decision::Signal(signal.clone()),
            (None, Some(code), _) => Decision::Unlisted(code.clone()),
            (None, None, Some(_)) => Decision::NoneOfThese,
            (None, None, None) => Decision::Undecided,
        }
    }
}

/// See [`Finding::is_unlisted`]: the same of what the classifier decided, and of the rhythm where it is clear.
#[must_use]
pub fn is_unlisted(decision: &Decision, pattern: Option<&Pattern>) -> bool {
    let is_code = pattern.is_some_and(|pattern| !pattern.is_beat());
    match decision {
        Decision::Signal(_) => false,
        Decision::Unlisted(_) => true,
        Decision::NoneOfThese | Decision::Undecided => is_code,
    }
}

/// How something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum How {
    /// By tapping along, and perhaps a question.
    Tapped,
    /// The person stated how the light looks (lit all the time, dark, too fast), and perhaps answered a question.
    #[default]
    Told,
    /// The person chose it from the descriptions.
    Chosen,
}
