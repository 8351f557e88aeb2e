//! The progress of what was found: which fixes, how far they are, and the waits that run by the wall clock.

use super::Device;
use crate::id::Id;
use crate::pack::{Step, StepKind};
use crate::time::Wall;

/// How far the progress of one signal is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Progress {
    /// The signal that is being cured.
    pub signal: Id,
    /// The answer to the question that orders the plan.
    pub triage: Triage,
    /// The fix that is open: at most one is.
    pub open: Option<Id>,
    /// The fix after which the light is being looked at again.
    pub looking: Option<Id>,
    /// The steps that are checked off.
    pub done: Vec<Done>,
    /// The waits that were started.
    pub waits: Vec<Wait>,
    /// The fixes that were tried to their end, oldest first.
    pub tried: Vec<Tried>,
}

/// A step that is checked off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Done {
    /// The fix.
    pub fix: Id,
    /// Its step.
    pub step: Id,
}

/// The answer to the question that orders the plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Triage {
    /// Not answered yet.
    #[default]
    Open,
    /// "Not sure."
    Unsure,
    /// Answered.
    Answer(Id),
}

/// A fix that was tried to its end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tried {
    /// The fix.
    pub fix: Id,
    /// What it did.
    pub outcome: Outcome,
}

/// What a fix did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outcome {
    /// The light is right again.
    Fixed,
    /// Still the same.
    Same,
    /// The light does something else now.
    Different,
    /// Not tried: it was left out.
    #[default]
    Skipped,
}

/// A wait that was started.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wait {
    /// The fix.
    pub fix: Id,
    /// Its step.
    pub step: Id,
    /// When it was started.
    pub started: Wall,
    /// It was cut short.
    pub skipped: bool,
    /// Word is wanted when it is over, beyond the page itself.
    pub announced: bool,
    /// It is over, and its step was checked off for that.
    pub ticked: bool,
}

/// The state of a wait at a given moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitState {
    /// Whole seconds until the least that is advised; never 0.
    Least(u32),
    /// The least is over; this many whole seconds until the most that is advised; never 0.
    Most(u32),
    /// Over.
    Over,
}

impl Wait {
    /// Its state `now`, for a wait of `least` to `most` seconds. A clock that was set back makes it no longer than it was.
    #[must_use]
    pub fn state(&self, (least, most): (u32, u32), now: Wall) -> WaitState {
        if self.skipped {
            return WaitState::Over;
        }
        let gone = now.since(self.started);
        // Rounded up: a countdown shows 1 until it is really over.
        let left = |seconds: u32| {
            ((f64::from(seconds) * 1000.0 - gone) / 1000.0)
                .ceil()
                .max(0.0) as u32
        };
        match (left(least), left(most)) {
            (0, 0) => WaitState::Over,
            (0, most) => WaitState::Most(most),
            (least, _) => WaitState::Least(least),
        }
    }
}

impl Progress {
    /// The progress of a signal, nothing done yet.
    #[must_use]
    pub fn new(signal: Id) -> Progress {
        Progress {
            signal,
            ..Progress::default()
        }
    }

    /// Whether a step is checked off.
    #[must_use]
    pub fn is_done(&self, fix: &Id, step: &Id) -> bool {
        self.done
            .iter()
            .any(|done| done.fix == *fix && done.step == *step)
    }

    /// The wait of a step, if it was started.
    #[must_use]
    pub fn wait(&self, fix: &Id, step: &Id) -> Option<&Wait> {
        self.waits
            .iter()
            .find(|wait| wait.fix == *fix && wait.step == *step)
    }

    /// How many waits are still in their least time.
    #[must_use]
    pub fn waiting(&self, device: &Device, now: Wall) -> usize {
        self.states(device, now)
            .filter(|state| matches!(state, WaitState::Least(_)))
            .count()
    }

    /// Whether any wait is not over yet.
    #[must_use]
    pub fn is_counting(&self, device: &Device, now: Wall) -> bool {
        self.states(device, now)
            .any(|state| state != WaitState::Over)
    }

    /// The waits of which the least that is advised has passed, not cut short, and when that was.
    #[must_use]
    pub fn over(&self, device: &Device, now: Wall) -> Vec<(&Wait, Wall)> {
        let ended = |wait: &Wait| {
            let (least, _) = device.step(&wait.fix, &wait.step)?.wait?;
            let end = Wall::new(wait.started.get() + f64::from(least) * 1000.0);
            (!wait.skipped && end <= now).then_some(end)
        };
        self.waits
            .iter()
            .filter_map(|wait| Some((wait, ended(wait)?)))
            .collect()
    }

    /// When the next of them will have.
    #[must_use]
    pub fn next_end(&self, device: &Device, now: Wall) -> Option<Wall> {
        // However long a wait is, it is over by then.
        let all = self.over(device, Wall::new(f64::MAX));
        let ends = all.into_iter().map(|(_, end)| end);
        ends.filter(|end| *end > now)
            .min_by(|a, b| a.get().total_cmp(&b.get()))
    }

    /// Checks off the steps whose wait is over, each once: a check that the person removes stays removed. The steps.
    pub(super) fn end_waits(&mut self, device: &Device, now: Wall) -> Vec<Done> {
        let mut ended = Vec::new();
        for wait in &mut self.waits {
            let span = device
                .step(&wait.fix, &wait.step)
                .and_then(|step| step.wait);
            let is_over =
                span.is_some_and(|span| !matches!(wait.state(span, now), WaitState::Least(_)));
            if is_over && !std::mem::replace(&mut wait.ticked, true) {
                ended.push(Done {
                    fix: wait.fix.clone(),
                    step: wait.step.clone(),
                });
            }
        }
        ended.retain(|step| !self.is_done(&step.fix, &step.step));
        self.done.extend(ended.iter().cloned());
        ended
    }

    /// Whether a wait is over whose step is not checked off yet.
    #[must_use]
    pub fn has_ended_wait(&self, device: &Device, now: Wall) -> bool {
        let over = self.over(device, now);
        over.iter().any(|(wait, _)| !wait.ticked)
    }

    /// The step that comes after that of a wait.
    #[must_use]
    pub fn after<'d>(device: &'d Device, wait: &Wait) -> Option<(&'d Id, &'d Step)> {
        let mut steps = device.steps(&wait.fix).into_iter();
        steps.find(|(id, _)| **id == wait.step)?;
        steps.next()
    }

    /// Of the steps that may be done now, the first that is not.
    #[must_use]
    pub fn current<'d>(&self, device: &'d Device, fix: &Id) -> Option<&'d Id> {
        let mut steps = self.steps(device, fix).into_iter();
        steps
            .find(|(id, _)| !self.is_done(fix, id))
            .map(|(id, _)| id)
    }

    fn states(&self, device: &Device, now: Wall) -> impl Iterator<Item = WaitState> {
        self.waits.iter().filter_map(move |wait| {
            Some(wait.state(device.step(&wait.fix, &wait.step)?.wait?, now))
        })
    }

    /// What a fix did, if it was tried to its end.
    #[must_use]
    pub fn outcome(&self, fix: &Id) -> Option<Outcome> {
        self.tried
            .iter()
            .rev()
            .find(|tried| tried.fix == *fix)
            .map(|tried| tried.outcome)
    }

    /// The steps of a fix that may be done now: up to the first loss that was not agreed to yet.
    #[must_use]
    pub fn steps<'d>(&self, device: &'d Device, fix: &Id) -> Vec<(&'d Id, &'d Step)> {
        let mut steps = device.steps(fix);
        let stops =
            |(id, step): &(&Id, &Step)| step.kind == StepKind::Loss && !self.is_done(fix, id);
        if let Some(at) = steps.iter().position(stops) {
            steps.truncate(at + 1);
        }
        steps
    }

    /// One of them.
    pub(super) fn step<'d>(&self, device: &'d Device, fix: &Id, step: &Id) -> Option<&'d Step> {
        let steps = self.steps(device, fix);
        steps
            .into_iter()
            .find(|(id, _)| *id == step)
            .map(|(_, step)| step)
    }

    /// The first fix in the plan's order that was not tried yet.
    #[must_use]
    pub fn next(&self, device: &Device) -> Option<Id> {
        let order = device.ordered(self).fixes;
        order
            .into_iter()
            .find(|fix| self.outcome(fix).is_none())
            .cloned()
    }

    /// Whether the step is checked off afterwards.
    pub(super) fn toggle(&mut self, fix: Id, step: Id) -> bool {
        if self.is_done(&fix, &step) {
            self.done
                .retain(|done| done.fix != fix || done.step != step);
            return false;
        }
        self.done.push(Done { fix, step });
        true
    }

    pub(super) fn start_wait(&mut self, fix: Id, step: Id, now: Wall) {
        self.waits
            .retain(|wait| wait.fix != fix || wait.step != step);
        self.waits.push(Wait {
            fix,
            step,
            started: now,
            skipped: false,
            announced: false,
            ticked: false,
        });
    }

    /// A wait that seems to have begun in the future (the clock was set back) begins now: late, but never for ever.
    pub(super) fn repair_waits(&mut self, now: Wall) {
        for wait in &mut self.waits {
            if wait.started > now {
                wait.started = now;
            }
        }
    }

    /// Only what the pack still knows.
    pub(super) fn restored(mut self, device: &Device) -> Progress {
        let step = |fix: &Id, step: &Id| device.step(fix, step).is_some();
        self.done.retain(|done| step(&done.fix, &done.step));
        self.waits.retain(|wait| step(&wait.fix, &wait.step));
        self.tried.retain(|tried| device.fix(&tried.fix).is_some());
        self.open = self.open.filter(|fix| device.fix(fix).is_some());
        self.looking = self.looking.filter(|fix| device.fix(fix).is_some());
        if let Triage::Answer(answer) = &self.triage
            && device
                .triage(&self.signal)
                .is_none_or(|q| q.1.answer.get(answer.as_str()).is_none())
        {
            self.triage = Triage::Open;
        }
        self
    }
}
