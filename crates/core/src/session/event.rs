//! What came of an action, for the page, its host and the storage: events as data.

use super::Finding;
use crate::id::Id;
use crate::time::Millis;

/// Something that happened and that others may want to know.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A tap was accepted.
    Tapped {
        /// How many taps the attempt has now.
        count: usize,
        /// When, since the attempt began.
        at: Millis,
    },
    /// A verdict was reached, or the person chose a signal.
    Found {
        /// The verdict.
        finding: Finding,
        /// When, since the attempt began.
        at: Millis,
    },
    /// A step of a fix was checked off, or its check taken back.
    StepChecked {
        /// The fix.
        fix: Id,
        /// The step.
        step: Id,
        /// Whether it is checked off now.
        done: bool,
    },
    /// The light is right again, or nothing was wrong.
    Resolved {
        /// What was found.
        signal: Option<Id>,
        /// The fix that fixed it; `None` where nothing had to be fixed.
        fixed_by: Option<Id>,
    },
    /// The person wants help from people.
    HelpWanted {
        /// What was found.
        signal: Option<Id>,
    },
}

/// What an action did to a session.
#[derive(Debug, Clone, PartialEq, Default)]
#[must_use]
pub struct Applied {
    /// What happened, in order.
    pub events: Vec<Event>,
    /// The session changed in a way that is worth storing.
    pub is_dirty: bool,
}
