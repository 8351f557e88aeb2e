//! What each action does. `Session::apply` is the only function that changes a session.

use super::{Action, Applied, Device, Entry, Event, MAX_TRAIL, Outcome, Session, Stage, Triage};
use crate::time::Wall;

impl Session {
    /// Does `action`, which happened at `now`. An action that makes no sense where the person is does nothing.
    pub fn apply(&mut self, device: &Device, now: Wall, action: Action) -> Applied {
        // Elapsed time alone is not stored; what results from it is.
        let passes = matches!(
            action,
            Action::Watched { .. } | Action::LookedAway | Action::WaitsEnded
        );
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
            Action::Observed {
                observer,
                within,
                colour,
            } => {
                let before = self.watch.observer;
                self.observed(observer, within);
                self.see_colour(device, now, (before, colour.as_ref()));
            }
            Action::Tapped { at, light } => self.tap(device, now, at, light),
            Action::Released { at, has_length } => self.release(at, has_length),
            Action::Watched { at } => {
                if self.is_watching() {
                    self.pass_time(device, now, at);
                }
            }
            Action::LookedAway => self.live = None,
            Action::LeftAlone => {
                if self.is_left_alone(device) {
                    self.complete(device, now);
                }
            }
            Action::Stopped { at } => self.stopped(device, now, at),
            Action::Looked(look) => self.looked(device, now, look),
            Action::TapUndone => {
                self.remove_tap(device, now, self.watch.taps.len().wrapping_sub(1))
            }
            Action::TapRemoved(index) => self.remove_tap(device, now, index),
            Action::Restarted => self.restart(),
            Action::Answered { question, answer } => self.answer(device, now, question, answer),
            Action::ChoiceOpened => self.go(Stage::Choose),
            Action::Chosen(signal) => self.choose(device, now, signal),
            Action::Agreed => self.agree(device, now),
            Action::AnotherSeen => self.take_another(device),
            Action::Triaged(answer) => self.triage(device, now, answer),
            Action::TriageReopened => {
                if let Some(progress) = &mut self.progress {
                    progress.triage = Triage::Open;
                }
            }
            Action::FixOpened(fix) => self.open(device, now, fix),
            Action::StepToggled { fix, step } => self.toggle(device, now, fix, step),
            Action::WaitStarted { fix, step } => self.start_wait(device, now, fix, step),
            Action::WaitAnnounced { fix, step } => {
                if let Some(wait) = self.wait(&fix, &step) {
                    wait.announced = true;
                }
            }
            Action::WaitSkipped { fix, step } => {
                if let Some(wait) = self.wait(&fix, &step) {
                    wait.skipped = true;
                }
                self.end_waits(device, now);
            }
            Action::WaitsEnded => self.end_waits(device, now),
            Action::LookedAgain(fix) => self.look_again(device, fix),
            Action::FixJudged { fix, outcome } => self.judge_fix(device, now, fix, outcome),
            Action::SupportOpened => self.go(Stage::Support),
            Action::WentBack => {
                self.live = None;
                self.stage = self.trail.pop().unwrap_or(Stage::Tap);
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
        // A person on another screen does not watch the light any more.
        self.live = None;
        let from = std::mem::replace(&mut self.stage, stage);
        self.trail.push(from);
        if self.trail.len() > MAX_TRAIL {
            self.trail.remove(0);
        }
    }

    /// Back to a stage, as if one had never left it.
    pub(super) fn return_to(&mut self, stage: &Stage) {
        if let Some(at) = self.trail.iter().rposition(|other| other == stage) {
            self.trail.truncate(at);
        }
        self.stage = stage.clone();
    }
}
