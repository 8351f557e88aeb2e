//! What a person does at the light: presses, statements, and taps that they take back.

use super::{Attempt, Device, Entry, Event, Finding, How, Live, MAX_TAPS, Session, Stage};
use crate::id::Id;
use crate::rhythm::{Look, Observer, Tap, Watch, Within};
use crate::time::{Millis, Wall};

impl Session {
    /// An empty attempt by the same observer, that keeps the earlier answers.
    pub(super) fn anew(&self) -> Watch {
        Watch {
            observer: self.watch.observer,
            within: self.watch.within,
            answers: self.watch.answers.clone(),
            unsure: self.watch.unsure.clone(),
            ..Watch::default()
        }
    }

    /// The attempt that is over is kept for comparing, unless nothing was seen in it.
    fn keep_attempt(&mut self) {
        if self.watch.taps.len() < 2 {
            return;
        }
        let is_found =
            |finding: &&Finding| self.stage == Stage::Verdict && finding.how == How::Tapped;
        self.earlier = Some(Attempt {
            watch: self.watch.clone(),
            finding: self.finding.as_ref().filter(is_found).cloned(),
        });
    }

    /// The attempt by another observer that came before this one, a film beside taps or taps beside a film; and whether the two
    /// contradict each other: both found something, and not the same.
    #[must_use]
    pub fn compared(&self) -> Option<(&Attempt, bool)> {
        let earlier = self.earlier.as_ref();
        let earlier = earlier.filter(|earlier| earlier.watch.observer != self.watch.observer)?;
        let found = |finding: &Finding| (finding.signal.clone(), finding.unlisted.clone());
        let (then, now) = (earlier.finding.as_ref(), self.finding.as_ref());
        let differ = then
            .zip(now)
            .is_some_and(|(then, now)| found(then) != found(now));
        Some((earlier, differ))
    }

    pub(super) fn observed(&mut self, observer: Observer, within: Within) {
        if matches!(self.stage, Stage::Tap | Stage::Verdict) {
            // A camera gives one reading after the other of the same attempt.
            if observer != self.watch.observer {
                self.keep_attempt();
            }
            self.live = None;
            self.judgement = None;
            self.is_judged = false;
            self.watch = Watch {
                observer,
                within,
                ..self.anew()
            };
            self.return_to(&Stage::Tap);
        }
    }

    /// Answers what the colour that a camera saw answers. What the person answered stays, unless a film came before: then another light
    /// may have been filmed. `before`: who watched until then.
    pub(super) fn see_colour(
        &mut self,
        device: &Device,
        now: Wall,
        (before, colour): (Observer, Option<&Id>),
    ) {
        let Some(colour) = colour.filter(|_| self.stage == Stage::Tap) else {
            return;
        };
        for (question, answer) in device.answers_of_colour(colour) {
            let is_answered = self.watch.answer(question.as_str()).is_some();
            if before == Observer::Finger && is_answered {
                continue;
            }
            self.note(
                now,
                Entry::Answered {
                    question: question.clone(),
                    answer: Some(answer.clone()),
                },
            );
            self.watch.record_answer(question, Some(answer));
        }
    }

    pub(super) fn restart(&mut self) {
        self.keep_attempt();
        self.live = None;
        self.judgement = None;
        self.is_judged = false;
        self.watch = Watch::default();
        self.go(Stage::Tap);
    }

    /// Whether the person is on the pad, or taps on under a verdict that was reached while they tapped.
    pub(super) fn is_watching(&self) -> bool {
        match self.stage {
            Stage::Tap => true,
            Stage::Verdict => self.live.is_some(),
            _ => false,
        }
    }

    pub(super) fn tap(&mut self, device: &Device, now: Wall, at: Millis, light: Option<Id>) {
        if !self.is_watching() {
            return;
        }
        // What the silence up to this tap decides is decided before it.
        self.pass_time(device, now, at);
        if let Some(moment) = self.live.map(|live| at - live.zero) {
            if self.begins_afresh(device, moment) {
                self.restart();
            } else if self.lost_the_beat(device, moment) {
                self.live = None;
            }
        }
        let live = self.live.unwrap_or_else(|| {
            // The first tap of an attempt, or the first after an interruption, restarts it.
            self.watch = self.anew();
            Live {
                zero: at,
                is_down: false,
                idle_since: Millis::ZERO,
                has_answered: false,
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
            has_answered: false,
            ..live
        });
        self.is_judged = false;
    }

    pub(super) fn release(&mut self, at: Millis, has_length: bool) {
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

    pub(super) fn after_edit(&mut self, device: &Device, now: Wall) {
        self.watch.stopped = false;
        self.is_judged = false;
        if self.watch.taps.is_empty() {
            self.restart();
        } else if self.stage == Stage::Verdict {
            // The verdict follows the taps at once.
            self.complete(device, now);
        }
    }

    pub(super) fn answer(&mut self, device: &Device, now: Wall, question: Id, answer: Option<Id>) {
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
            // Watching could not decide before the question; where the answer did not either, nothing here can.
            self.complete(device, now);
        } else {
            // Beside the pad there is more to come.
            self.live = self.live.map(|live| Live {
                has_answered: true,
                ..live
            });
            self.reconsider(device, now);
        }
    }

    /// "It has stopped."
    pub(super) fn stopped(&mut self, device: &Device, now: Wall, at: Millis) {
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

    /// A statement about a light that need not be tapped, or cannot be.
    pub(super) fn looked(&mut self, device: &Device, now: Wall, look: Look) {
        if self.stage == Stage::Tap {
            self.live = None;
            self.watch = Watch {
                observer: Observer::Finger,
                look: Some(look),
                ..self.anew()
            };
            self.complete(device, now);
        }
    }

    /// A tap was a slip.
    pub(super) fn remove_tap(&mut self, device: &Device, now: Wall, index: usize) {
        if index < self.watch.taps.len() {
            self.watch.taps.remove(index);
            self.after_edit(device, now);
        }
    }
}
