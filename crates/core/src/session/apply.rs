//! What each action does.

use super::progress::{Outcome, Progress, Tried, Wait};
use super::{
    Action, Applied, Device, Entry, Event, Finding, How, Live, MAX_TAPS, MAX_TRAIL, Session, Stage,
    Triage,
};
use crate::id::Id;
use crate::pack::{Severity, SignalEntry, StepKind};
use crate::rhythm::{Tap, Watch};
use crate::time::{Millis, Wall};

impl Session {
    /// Does `action`, which happened at `now`. An action that makes no sense where the person is does nothing.
    pub fn apply(&mut self, device: &Device, now: Wall, action: Action) -> Applied {
        // Time that passes is not worth storing by itself; where it leads is.
        let passes = matches!(action, Action::Watched { .. } | Action::LookedAway);
        let stage = self.stage.clone();
        self.act(device, now, action);
        self.tell_of_the_end(&stage);
        let events = std::mem::take(&mut self.events);
        let is_dirty = !passes || !events.is_empty() || self.stage != stage;
        if is_dirty {
            self.revision = self.revision.wrapping_add(1);
            self.touched = now;
        }
        Applied { events, is_dirty }
    }

    /// The ends of a session are events, whichever way leads to them.
    fn tell_of_the_end(&mut self, before: &Stage) {
        if self.stage == *before {
            return;
        }
        let signal = self.finding.as_ref().and_then(|found| found.signal.clone());
        let last = self.log.last().map(|last| &last.what);
        match (&self.stage, last) {
            (
                Stage::Resolved,
                Some(Entry::Judged {
                    fix,
                    outcome: Outcome::Fixed,
                }),
            ) => {
                let fixed_by = Some(fix.clone());
                self.events.push(Event::Resolved { signal, fixed_by });
            }
            (Stage::Resolved, _) => self.events.push(Event::Resolved {
                signal,
                fixed_by: None,
            }),
            (Stage::Support, _) => self.events.push(Event::HelpWanted { signal }),
            _ => {}
        }
    }

    fn act(&mut self, device: &Device, now: Wall, action: Action) {
        match action {
            Action::Tapped { at, light } => self.tap(device, now, at, light),
            Action::Released { at, has_length } => self.release(at, has_length),
            Action::Watched { at } => {
                if self.is_watching() {
                    self.pass_time(device, now, at);
                }
            }
            Action::LookedAway => self.live = None,
            Action::Stopped { at } => {
                if self.stage == Stage::Tap {
                    self.pass_time(device, now, at);
                }
                // The silence may have decided on the way.
                if self.stage == Stage::Tap {
                    if let Some(live) = &mut self.live {
                        live.is_down = false;
                    }
                    self.watch.stopped = true;
                    self.complete(device, now);
                }
            }
            Action::Looked(look) => {
                if self.stage == Stage::Tap {
                    self.live = None;
                    self.watch = Watch {
                        look: Some(look),
                        ..self.anew()
                    };
                    self.complete(device, now);
                }
            }
            Action::TapUndone => {
                self.watch.taps.pop();
                self.after_edit(device, now);
            }
            Action::TapRemoved(index) => {
                if index < self.watch.taps.len() {
                    self.watch.taps.remove(index);
                    self.after_edit(device, now);
                }
            }
            Action::Restarted => self.restart(),
            Action::Answered { question, answer } => self.answer(device, now, question, answer),
            Action::ChoiceOpened => self.go(Stage::Choose),
            Action::Chosen(signal) => {
                if device.signal(&signal).is_some() {
                    let finding = Finding {
                        signal: Some(signal),
                        how: How::Chosen,
                        sure: None,
                        period: None,
                        nearest: Vec::new(),
                    };
                    self.find(finding, now);
                }
            }
            Action::Agreed => {
                if self.stage == Stage::Verdict {
                    self.agree(device, now);
                }
            }
            Action::AnotherSeen => {
                if self.stage == Stage::Verdict {
                    self.keep_code(device);
                    self.restart();
                }
            }
            Action::Triaged(answer) => self.triage(device, now, answer),
            Action::TriageReopened => {
                if let Some(progress) = &mut self.progress {
                    progress.triage = Triage::Open;
                }
            }
            Action::FixOpened(fix) => {
                if device.fix(&fix).is_some() {
                    self.open(fix, now);
                }
            }
            Action::StepToggled { fix, step } => self.toggle(device, now, fix, step),
            Action::WaitStarted { fix, step } => {
                if let Some(progress) = &mut self.progress
                    && progress
                        .step(device, &fix, &step)
                        .is_some_and(|step| step.wait.is_some())
                {
                    progress.start_wait(fix, step, now);
                }
            }
            Action::WaitAnnounced { fix, step } => {
                if let Some(wait) = self.wait(&fix, &step) {
                    wait.announced = true;
                }
            }
            Action::WaitSkipped { fix, step } => {
                if let Some(wait) = self.wait(&fix, &step) {
                    wait.skipped = true;
                }
            }
            Action::LookedAgain(fix) => {
                if let Some(progress) = &mut self.progress
                    && self.stage == Stage::Plan
                    && device.fix(&fix).is_some()
                {
                    progress.looking = Some(fix);
                    self.restart();
                }
            }
            Action::FixJudged { fix, outcome } => self.judge_fix(device, now, fix, outcome),
            Action::SupportOpened => self.go(Stage::Support),
            Action::WentBack => {
                self.live = None;
                if let Some(stage) = self.trail.pop() {
                    self.stage = stage;
                } else if self.stage != Stage::Tap {
                    self.stage = Stage::Tap;
                }
            }
        }
        if let Some(progress) = &mut self.progress {
            progress.repair_waits(now);
            // Looking ends where its answer is known, and where the person left it.
            if matches!(self.stage, Stage::Plan | Stage::Resolved) {
                progress.looking = None;
            }
        }
    }

    pub(super) fn go(&mut self, stage: Stage) {
        if self.stage == stage {
            return;
        }
        // Whoever goes elsewhere does not watch the light any more.
        self.live = None;
        let from = std::mem::replace(&mut self.stage, stage);
        self.trail.push(from);
        if self.trail.len() > MAX_TRAIL {
            self.trail.remove(0);
        }
    }

    /// An empty attempt, on which what was answered before still stands.
    fn anew(&self) -> Watch {
        Watch {
            answers: self.watch.answers.clone(),
            unsure: self.watch.unsure.clone(),
            ..Watch::default()
        }
    }

    fn restart(&mut self) {
        self.live = None;
        self.judgement = None;
        self.is_judged = false;
        self.watch = Watch::default();
        self.go(Stage::Tap);
    }

    /// Whether the person is on the pad, or taps on under a verdict that was reached while they tapped.
    fn is_watching(&self) -> bool {
        match self.stage {
            Stage::Tap => true,
            Stage::Verdict => self.live.is_some(),
            _ => false,
        }
    }

    fn tap(&mut self, device: &Device, now: Wall, at: Millis, light: Option<Id>) {
        if !self.is_watching() {
            return;
        }
        // What the silence up to this tap decides is decided before it.
        self.pass_time(device, now, at);
        let live = self.live.unwrap_or_else(|| {
            // The first tap of an attempt, or the first after an interruption, begins it anew.
            self.watch = self.anew();
            Live {
                zero: at,
                is_down: false,
                idle_since: Millis::ZERO,
            }
        });
        let at = at - live.zero;
        if self.watch.taps.len() < MAX_TAPS {
            self.watch.taps.push(Tap {
                at,
                held: None,
                light,
            });
            self.events.push(Event::Tapped {
                count: self.watch.taps.len(),
                at,
            });
        }
        self.watch.until = self.watch.until.max(at);
        self.live = Some(Live {
            is_down: true,
            ..live
        });
        self.is_judged = false;
    }

    fn release(&mut self, at: Millis, has_length: bool) {
        let Some(live) = &mut self.live else { return };
        if !std::mem::take(&mut live.is_down) {
            return;
        }
        let at = at - live.zero;
        if let Some(tap) = self.watch.taps.last_mut()
            && has_length
        {
            tap.held = Some((at - tap.at).max(Millis::ZERO));
        }
        self.watch.until = self.watch.until.max(at);
        live.idle_since = self.watch.until;
        self.is_judged = false;
    }

    fn after_edit(&mut self, device: &Device, now: Wall) {
        self.watch.stopped = false;
        self.is_judged = false;
        if self.watch.taps.is_empty() {
            self.restart();
        } else if self.stage == Stage::Verdict {
            // The verdict follows the taps at once.
            self.complete(device, now);
        }
    }

    fn answer(&mut self, device: &Device, now: Wall, question: Id, answer: Option<Id>) {
        let known = device.question(&question).is_some_and(|q| {
            answer
                .as_ref()
                .is_none_or(|a| q.answer.get(a.as_str()).is_some())
        });
        let complete = self.stage == Stage::Ask(question.clone());
        if !known || !(complete || self.stage == Stage::Tap) {
            return;
        }
        self.note(
            now,
            Entry::Answered {
                question: question.clone(),
                answer: answer.clone(),
            },
        );
        self.watch.record_answer(question, answer);
        if complete {
            // Watching could not tell before the question; where the answer did not either, nothing here can.
            self.complete(device, now);
        } else {
            // Beside the pad there is more to come.
            self.reconsider(device, now);
        }
    }

    /// Notes the code that was agreed to, if others may follow it.
    fn keep_code(&mut self, device: &Device) {
        let found = self.finding.as_ref().and_then(|now| now.signal.as_ref());
        if let Some(signal) = found.and_then(|signal| device.signal(signal))
            && signal.is_among()
            && !self.codes.contains(&signal.id)
        {
            self.codes.push(signal.id.clone());
        }
    }

    fn agree(&mut self, device: &Device, now: Wall) {
        self.keep_code(device);
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
        // The same signal seen again goes on with the same progress: what was tried stays tried.
        if self
            .progress
            .as_ref()
            .is_none_or(|progress| progress.signal != signal)
        {
            let question = |signal: &Id| device.triage(signal).map(|(id, _)| id.clone());
            let mut progress = Progress::new(signal.clone());
            if let Some(before) = self.progress.take() {
                // What was tried and answered for the light as it was before still stands.
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

    fn triage(&mut self, device: &Device, now: Wall, answer: Option<Id>) {
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

    fn open(&mut self, fix: Id, now: Wall) {
        let Some(progress) = &mut self.progress else {
            return;
        };
        if progress.open.as_ref() == Some(&fix) {
            progress.open = None;
        } else {
            progress.open = Some(fix.clone());
            self.note(now, Entry::Began(fix));
        }
    }

    fn toggle(&mut self, device: &Device, now: Wall, fix: Id, step: Id) {
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

    fn judge_fix(&mut self, device: &Device, now: Wall, fix: Id, outcome: Outcome) {
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

    fn wait(&mut self, fix: &Id, step: &Id) -> Option<&mut Wait> {
        let mut waits = self.progress.as_mut()?.waits.iter_mut();
        waits.find(|wait| wait.fix == *fix && wait.step == *step)
    }

    /// What a fix did is kept, and the next one opened.
    fn keep_outcome(&mut self, device: &Device, now: Wall, fix: Id, outcome: Outcome) {
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
    fn return_to_plan(&mut self) {
        self.return_to(&Stage::Plan);
    }

    /// Back to a stage, as if one had never left it.
    pub(super) fn return_to(&mut self, stage: &Stage) {
        if let Some(at) = self.trail.iter().rposition(|other| other == stage) {
            self.trail.truncate(at);
        }
        self.stage = stage.clone();
    }
}
