//! What happened, for the report.

use super::{Finding, Outcome, Session};
use crate::id::Id;
use crate::keyed::MOST_PARTS;
use crate::time::Wall;
use serde::{Deserialize, Serialize};

/// How much is kept; the oldest goes first. No more than is read back.
pub const MAX_LOG: usize = MOST_PARTS;

/// An entry and its moment.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logged {
    /// When.
    pub at: Wall,
    /// What.
    pub what: Entry,
}

/// What is worth telling support.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Entry {
    /// A verdict, with the taps it rests on as whole ms since the first.
    Found {
        /// The verdict.
        finding: Finding,
        /// The taps.
        taps: Vec<u32>,
    },
    /// A question was answered; `None` is "not sure".
    Answered {
        /// The question.
        question: Id,
        /// The answer.
        answer: Option<Id>,
    },
    /// A fix was begun.
    Began(Id),
    /// Something that loses data was agreed to.
    Accepted {
        /// The fix.
        fix: Id,
        /// The step.
        step: Id,
    },
    /// A fix was tried to its end.
    Judged {
        /// The fix.
        fix: Id,
        /// What it did.
        outcome: Outcome,
    },
}

impl Default for Entry {
    fn default() -> Entry {
        Entry::Began(Id::default())
    }
}

impl Session {
    pub(super) fn note(&mut self, at: Wall, what: Entry) {
        if self.log.len() >= MAX_LOG {
            self.log.remove(0);
        }
        self.log.push(Logged { at, what });
    }
}
