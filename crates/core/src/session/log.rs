//! What happened, for the report.

use super::{Finding, Outcome, Session};
use crate::codec::MOST_PARTS;
use crate::id::Id;
use crate::time::Wall;

/// How much is kept; the oldest goes first. No more than is read back.
pub const MAX_LOG: usize = MOST_PARTS;

/// How many taps all entries keep together; the oldest entries lose theirs first. So what is stored can always be read back.
pub const MAX_LOGGED_TAPS: usize = 1024;

/// An entry and its moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Logged {
    /// When.
    pub at: Wall,
    /// What.
    pub what: Entry,
}

/// What is worth telling support.
#[derive(Debug, Clone, PartialEq)]
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
    /// The fix that helped, where the last one that was tried did.
    #[must_use]
    pub fn helped(&self) -> Option<&Id> {
        let mut latest = self.log.iter().rev();
        latest.find_map(|logged| match &logged.what {
            Entry::Judged {
                fix,
                outcome: Outcome::Fixed,
            } => Some(Some(fix)),
            Entry::Judged {
                outcome: Outcome::Same | Outcome::Different,
                ..
            } => Some(None),
            _ => None,
        })?
    }

    pub(super) fn note(&mut self, at: Wall, what: Entry) {
        if self.log.len() >= MAX_LOG {
            self.log.remove(0);
        }
        self.log.push(Logged { at, what });
        let mut left = MAX_LOGGED_TAPS;
        for logged in self.log.iter_mut().rev() {
            if let Entry::Found { taps, .. } = &mut logged.what {
                match left.checked_sub(taps.len()) {
                    Some(rest) => left = rest,
                    None => {
                        left = 0;
                        taps.clear();
                    }
                }
            }
        }
    }
}
