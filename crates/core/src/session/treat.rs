//! From a verdict to a light that is right again: agreeing, the question that orders the plan, fixes, steps and waits.

use super::progress::{Done, Outcome, Progress, Tried, Wait};
use super::{Device, Entry, Event, Finding, How, Session, Stage, Triage};
use crate::id::Id;
use crate::pack::{Severity, SignalEntry, StepKind};
use crate::time::Wall;

impl Session {
    /// "It looks like this one."
    pub(super) fn choose(&mut self, device: &Device, now: Wall, signal: Id) {
        if device.signal(&signal).is_some() {
            let finding = Finding {
                signal: Some(signal),
                how: How::Chosen,
                ..Finding::default()
            };
            self.find(finding, now);
        }
    }

    /// "Yes, and another code follows."
    pub(super) fn take_another(&mut self, device: &Device) {
        if self.stage == Stage::Verdict {
            self.keep_code(device);
            self.restart();
        }
    }

    /// Notes the code that was agreed to, if others may follow it.
    pub(super) fn keep_code(&mut self, device: &Device) {
        let found = self.finding.as_ref().and_then(|now| now.signal.as_ref());
        if let Some(signal) = found.and_then(|signal| device.signal(signal))
            && signal.is_among()
            && !self.codes.contains(&signal.id)
        {
            self.codes.push(signal.id.clone());
        }
    }

    pub(super) fn agree(&mut self, device: &Device, now: Wall) {
        if self.stage != Stage::Verdict {
            return;
        }
        self.keep_code(device);
        // What is seen after a fix may well be another light.
        self.earlier = None;
        let Some(signal) = self
            .finding
            .as_ref()
            .and_then(|finding| finding.signal.clone())
        else {
            return;
        };
        let again = self.looked_again(device);
        if let Some((fix, outcome)) = again.map(|(fix, outcome)| (fix.clone(), outcome)) {
            match outcome {
                Some(Outcome::Different) => self.keep_outcome(device, now, fix, Outcome::Different),
                _ => {
                    self.return_to_plan();
                    if let Some(outcome) = outcome {
                        self.judge_fix(device, now, fix, outcome);
                    }
                    return;
                }
            }
        }
        let may_be_fixed = device
            .cause(&signal)
            .is_some_and(|cause| cause.severity != Severity::Stop);
        if !may_be_fixed || device.plan(&signal).is_none() {
            self.go(Stage::Resolved);
            return;
        }
        // The same signal seen again continues with the same progress: what was tried stays tried.
        if self
            .progress
            .as_ref()
            .is_none_or(|progress| progress.signal != signal)
        {
            let question = |signal: &Id| device.triage(signal).map(|(id, _)| id.clone());
            let mut progress = Progress::new(signal.clone());
            if let Some(before) = self.progress.take() {
                // What was tried and answered for the light as it was before is kept.
                if question(&before.signal) == question(&signal) {
                    progress.triage = before.triage;
                }
                // Another code names another part: what was tried was not tried on that.
                if !device.signal(&signal).is_some_and(SignalEntry::is_among) {
                    progress.tried = before.tried;
                }
            }
            if question(&signal).is_none() {
                progress.triage = Triage::Unsure;
            }
            if progress.triage != Triage::Open {
                progress.open = progress.next(device);
            }
            let first = progress.open.clone();
            self.progress = Some(progress);
            if let Some(fix) = first {
                self.note(now, Entry::Began(fix));
            }
        }
        self.go(Stage::Plan);
    }

    pub(super) fn triage(&mut self, device: &Device, now: Wall, answer: Option<Id>) {
        let Some(progress) = &mut self.progress else {
            return;
        };
        let Some((question, asked)) = device.triage(&progress.signal) else {
            return;
        };
        if answer
            .as_ref()
            .is_some_and(|answer| asked.answer.get(answer.as_str()).is_none())
        {
            return;
        }
        progress.triage = answer.clone().map_or(Triage::Unsure, Triage::Answer);
        progress.open = progress.next(device);
        self.note(
            now,
            Entry::Answered {
                question: question.clone(),
                answer,
            },
        );
        if let Some(fix) = self
            .progress
            .as_ref()
            .and_then(|progress| progress.open.clone())
        {
            self.note(now, Entry::Began(fix));
        }
    }

    pub(super) fn open(&mut self, device: &Device, now: Wall, fix: Id) {
        let Some(progress) = self
            .progress
            .as_mut()
            .filter(|_| device.fix(&fix).is_some())
        else {
            return;
        };
        if progress.open.as_ref() == Some(&fix) {
            progress.open = None;
        } else {
            progress.open = Some(fix.clone());
            self.note(now, Entry::Began(fix));
        }
    }

    pub(super) fn toggle(&mut self, device: &Device, now: Wall, fix: Id, step: Id) {
        let Some(progress) = &mut self.progress else {
            return;
        };
        let Some(known) = progress.step(device, &fix, &step) else {
            return;
        };
        let done = progress.toggle(fix.clone(), step.clone());
        self.events.push(Event::StepChecked {
            fix: fix.clone(),
            step: step.clone(),
            done,
        });
        if done && known.kind == StepKind::Loss {
            self.note(now, Entry::Accepted { fix, step });
        }
    }

    pub(super) fn judge_fix(&mut self, device: &Device, now: Wall, fix: Id, outcome: Outcome) {
        if device.fix(&fix).is_none() || self.progress.is_none() {
            return;
        }
        self.keep_outcome(device, now, fix, outcome);
        let next = self
            .progress
            .as_ref()
            .and_then(|progress| progress.open.clone());
        match (outcome, next) {
            (Outcome::Fixed, _) => self.go(Stage::Resolved),
            (Outcome::Different, _) => self.restart(),
            (Outcome::Same | Outcome::Skipped, Some(next)) => self.note(now, Entry::Began(next)),
            (Outcome::Same | Outcome::Skipped, None) => self.go(Stage::Support),
        }
    }

    pub(super) fn wait(&mut self, fix: &Id, step: &Id) -> Option<&mut Wait> {
        let mut waits = self.progress.as_mut()?.waits.iter_mut();
        waits.find(|wait| wait.fix == *fix && wait.step == *step)
    }

    /// Checks off the steps whose wait is over.
    pub(super) fn end_waits(&mut self, device: &Device, now: Wall) {
        let Some(progress) = &mut self.progress else {
            return;
        };
        for Done { fix, step } in progress.end_waits(device, now) {
            self.events.push(Event::StepChecked {
                fix,
                step,
                done: true,
            });
        }
    }

    /// What a fix did is kept, and the next one opened.
    pub(super) fn keep_outcome(&mut self, device: &Device, now: Wall, fix: Id, outcome: Outcome) {
        if let Some(progress) = &mut self.progress {
            progress.looking = None;
            progress.tried.retain(|tried| tried.fix != fix);
            progress.tried.push(Tried {
                fix: fix.clone(),
                outcome,
            });
            progress.open = progress.next(device);
            self.note(now, Entry::Judged { fix, outcome });
        }
    }

    /// From the light back to the plan from which it was looked at again, as if one had never left.
    pub(super) fn return_to_plan(&mut self) {
        self.return_to(&Stage::Plan);
    }

    pub(super) fn start_wait(&mut self, device: &Device, now: Wall, fix: Id, step: Id) {
        if let Some(progress) = &mut self.progress
            && progress
                .step(device, &fix, &step)
                .is_some_and(|step| step.wait.is_some())
        {
            progress.start_wait(fix, step, now);
        }
    }

    /// The light is to be looked at again, to see what a fix did.
    pub(super) fn look_again(&mut self, device: &Device, fix: Id) {
        if let Some(progress) = &mut self.progress
            && self.stage == Stage::Plan
            && device.fix(&fix).is_some()
        {
            progress.looking = Some(fix);
            self.restart();
        }
    }
}
