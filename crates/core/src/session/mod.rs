//! The diagnosis of one device, from the first tap to a light that is right again: the whole app as a pure state machine.
//!
//! A [`Session`] is everything that is remembered about it. [`Session::apply`] takes an [`Action`] and the moment at which it
//! happened, changes the session and returns what came of it as [`Event`]s. The same machine serves the installed app, the embedded
//! element and, through [`drive`], the tools that measure.
//!
//! What this module does not do: it reads no clock, keeps no storage, draws nothing and starts no timer.

mod action;
mod apply;
mod attempt;
mod device;
pub mod drive;
mod event;
mod listen;
mod log;
mod progress;
pub mod public;
mod reading;
mod record;
mod report;
mod stage;
mod treat;

pub use action::Action;
pub use device::Device;
pub use event::{Applied, Event};
pub use log::{Entry, Logged, MAX_LOG, MAX_LOGGED_TAPS};
pub use progress::{Done, Outcome, Progress, Triage, Tried, Wait, WaitState};
pub use reading::reading;
pub use report::{codes_read, report};
pub use stage::{Finding, How, Stage};

use crate::codec::MOST_PARTS;
use crate::id::Id;
use crate::pack::Severity;
use crate::rhythm::{Judgement, Listener, Watch};
use crate::time::{Millis, Wall};

/// The version of the stored format. A record of another version is migrated or, if that is impossible, set aside.
pub const FORMAT: u32 = 1;

/// One device being looked at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Session {
    /// The version of the stored format, [`FORMAT`].
    pub format: u32,
    /// Counts the changes, so that of two copies the later one is known.
    pub revision: u32,
    /// When it began.
    pub began: Wall,
    /// Random: distinguishes sessions that began in the same millisecond.
    pub nonce: u32,
    /// When it last changed.
    pub touched: Wall,
    /// The pack.
    pub pack: Id,
    /// The model of that pack.
    pub model: Id,
    /// Where the person is.
    pub stage: Stage,
    /// Where they came from, oldest first, for "Back". At most [`MAX_TRAIL`].
    pub trail: Vec<Stage>,
    /// What they did and stated at the light in the current attempt.
    pub watch: Watch,
    /// What was found, once it is.
    pub finding: Option<Finding>,
    /// How far they are with its fixes, once they agreed to the finding.
    pub progress: Option<Progress>,
    /// What happened so far, oldest first, for the report.
    pub log: Vec<Logged>,
    /// The codes that were agreed to, in the order in which they were read, where several may follow one another.
    pub codes: Vec<Id>,
    /// The attempt under way: not remembered, because watching ends with the page.
    pub live: Option<Live>,
    /// The attempt before this one: not remembered, because it only serves to be compared with this one.
    earlier: Option<Attempt>,
    /// The classifier's judgement of [`Session::watch`]: derived by [`Session::refresh`], so never remembered.
    pub judgement: Option<Judgement>,
    /// What of the judgement people were shown last: derived as well.
    shown: u32,
    /// Whether the judgement is that of the current watch.
    is_judged: bool,
    /// What of [`Session::watch`] the classifier has taken in, so that a moment more costs only that: derived as well.
    listener: Listener,
    /// What happened since the current action began.
    events: Vec<Event>,
}

/// An attempt that is over, by whichever observer.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// What was done and stated at the light.
    pub watch: Watch,
    /// What was found by it, if anything was.
    pub finding: Option<Finding>,
}

/// How many stages back one can go.
pub const MAX_TRAIL: usize = 24;

/// How many taps an attempt keeps. More are not needed, and a stuck key must not fill the storage. No more than is read back.
pub const MAX_TAPS: usize = MOST_PARTS;

/// An attempt under way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Live {
    /// The moment on the page's own clock at which the attempt began.
    pub zero: Millis,
    /// A tap is being held down.
    pub is_down: bool,
    /// Since when nothing came that could change the verdict under which the person taps on, since the attempt began.
    idle_since: Millis,
    /// A question was answered beside the pad since the last tap.
    has_answered: bool,
}

/// Distinguishes sessions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    /// When the session began.
    pub began: Wall,
    /// See [`Session::nonce`].
    pub nonce: u32,
}

impl Session {
    /// A new session for a device, on the pad. `nonce` is any random number.
    #[must_use]
    pub fn new(pack: Id, model: Id, now: Wall, nonce: u32) -> Session {
        Session {
            format: FORMAT,
            revision: 0,
            nonce,
            began: now,
            touched: now,
            pack,
            model,
            ..Session::default()
        }
    }

    /// What distinguishes it from all other sessions.
    #[must_use]
    pub fn key(&self) -> Key {
        Key {
            began: self.began,
            nonce: self.nonce,
        }
    }

    /// Whether there is anything in it worth coming back to.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.stage == Stage::Tap && self.watch.taps.is_empty() && self.log.is_empty()
    }

    /// Whether the last thing that happened was that the light became right again.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        let last = self.log.last().map(|last| &last.what);
        matches!(
            last,
            Some(Entry::Judged {
                outcome: Outcome::Fixed,
                ..
            })
        )
    }

    /// After which fix the light was looked at again, and what that fix did by what was found. No outcome where the light
    /// is not clear, or where it only has to be given time.
    #[must_use]
    pub fn looked_again(&self, device: &Device) -> Option<(&Id, Option<Outcome>)> {
        let progress = self.progress.as_ref()?;
        let fix = progress.looking.as_ref()?;
        let now = self.finding.as_ref().and_then(|now| now.signal.as_ref());
        let outcome = now.and_then(|now| {
            if device.mean_the_same(now, &progress.signal) {
                return Some(Outcome::Same);
            }
            match device.cause(now)?.severity {
                Severity::Normal => Some(Outcome::Fixed),
                Severity::Wait => None,
                Severity::Act | Severity::Stop => Some(Outcome::Different),
            }
        });
        Some((fix, outcome))
    }

    /// The remembered form read back: bounded and made consistent, whatever it held. `None` when it is of another version.
    #[must_use]
    pub fn restored(mut self, device: &Device) -> Option<Session> {
        if self.format != FORMAT
            || self.pack != *device.pack_id()
            || self.model != *device.model_id()
        {
            return None;
        }
        self.watch.taps.truncate(MAX_TAPS);
        self.trail.truncate(MAX_TRAIL);
        if let Some(surplus) = self.log.len().checked_sub(MAX_LOG) {
            self.log.drain(..surplus);
        }
        self.watch.unsure.truncate(MOST_PARTS);
        self.leave_what_is_unknown(device);
        Some(self)
    }

    /// Leaves a stage that the pack (which may be newer than the record) no longer knows.
    fn leave_what_is_unknown(&mut self, device: &Device) {
        let known = |signal: &Id| device.signal(signal).is_some();
        self.finding = self.finding.take().filter(|finding| {
            let unlisted = finding.unlisted.as_ref();
            finding.signal.as_ref().is_none_or(known)
                && unlisted.is_none_or(|code| device.unlisted_looks(code).is_some())
        });
        self.progress = self
            .progress
            .take()
            .filter(|progress| known(&progress.signal))
            .map(|progress| progress.restored(device));
        let stands = match &self.stage {
            Stage::Tap | Stage::Choose | Stage::Support => true,
            Stage::Ask(question) => device.question(question).is_some(),
            Stage::Verdict => self.finding.is_some(),
            Stage::Plan => self.progress.is_some(),
            Stage::Resolved => self.finding.is_some(),
        };
        if !stands {
            self.stage = Stage::Tap;
        }
        self.trail.retain(|stage| match stage {
            Stage::Ask(question) => device.question(question).is_some(),
            _ => true,
        });
    }
}
