//! What a person, or time, can do to a session.

use super::Outcome;
use crate::id::Id;
use crate::rhythm::{Look, Observer, Within};
use crate::time::Millis;

/// What happened. Moments are on the page's own steady clock, in ms; the wall clock comes beside the action.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A new attempt, watched by this observer. The taps of the next actions are what it sees.
    Observed {
        /// Who watches.
        observer: Observer,
        /// What it saw of unstated times.
        within: Within,
        /// The colour of the light, as it saw it: the questions that ask for it alone are answered.
        colour: Option<Id>,
    },
    /// A finger or key went down on the pad, or the light was seen to come on.
    Tapped {
        /// When, by the event's own time stamp.
        at: Millis,
        /// The light it was for, where the pad tells lights apart.
        light: Option<Id>,
    },
    /// It went up again.
    Released {
        /// When, by the event's own time stamp.
        at: Millis,
        /// Whether the length of the press is known: a lone click, and a recording without lengths, have none.
        has_length: bool,
    },
    /// Time passed and the person is still watching.
    Watched {
        /// Now.
        at: Millis,
    },
    /// The page was hidden or the phone locked: the light is not watched.
    LookedAway,
    /// There was no tap for long, and nothing was decided: see [`super::Session::is_left_alone`]. Or a film is over.
    LeftAlone,
    /// "It has stopped."
    Stopped {
        /// When it was stated.
        at: Millis,
    },
    /// The light needs no tapping, or cannot be tapped.
    Looked(Look),
    /// The last tap was a slip.
    TapUndone,
    /// This tap was a slip.
    TapRemoved(usize),
    /// Restart the attempt.
    Restarted,
    /// A question of the diagnosis was answered; `None` is "not sure".
    Answered {
        /// The question.
        question: Id,
        /// The answer.
        answer: Option<Id>,
    },
    /// Would rather choose than tap.
    ChoiceOpened,
    /// "It looks like this one."
    Chosen(Id),
    /// "Yes, that's it."
    Agreed,
    /// "Yes, and there is another code."
    AnotherSeen,
    /// The question that orders the plan was answered; `None` is "not sure".
    Triaged(Option<Id>),
    /// The answer to it is to be changed.
    TriageReopened,
    /// A fix was opened.
    FixOpened(Id),
    /// A step was checked off, or its check taken back.
    StepToggled {
        /// The fix.
        fix: Id,
        /// The step.
        step: Id,
    },
    /// A wait was started.
    WaitStarted {
        /// The fix.
        fix: Id,
        /// The step.
        step: Id,
    },
    /// The person asked for a notification when a wait is over, and the browser allows it.
    WaitAnnounced {
        /// The fix.
        fix: Id,
        /// The step.
        step: Id,
    },
    /// Time passed, and a wait may be over.
    WaitsEnded,
    /// A wait was cut short.
    WaitSkipped {
        /// The fix.
        fix: Id,
        /// The step.
        step: Id,
    },
    /// The light is to be tapped again, to see what a fix did.
    LookedAgain(Id),
    /// The light was looked at again after a fix, and the person stated what it does.
    FixJudged {
        /// The fix.
        fix: Id,
        /// What it did.
        outcome: Outcome,
    },
    /// "Nothing helped", or help is wanted now.
    SupportOpened,
    /// Back to where one was.
    WentBack,
}
