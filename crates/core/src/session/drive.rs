//! A whole attempt, recorded or simulated, run through a [`Session`] as the page runs it: what comes out is what people get.
//!
//! The page calls the same [`Session::apply`], with the same actions; only the moments at which it looks at its clock differ, and on
//! those a verdict does not depend.

use super::stage::is_unlisted;
use super::{Action, Device, Event, Finding, MAX_TAPS, Session, Stage};
use crate::id::Id;
use crate::rhythm::{Decision, Judgement, Look, Observer, Pattern, Settle, Tap, Within};
use crate::time::{Millis, Wall};

/// What a person did at a light. Times in ms from any moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attempt {
    /// Who watched.
    pub observer: Observer,
    /// The colour of the light, where a camera watched and could tell: `red`, `amber`, `green`, `blue` or `white`.
    pub colour: Option<Id>,
    /// The taps, in any order.
    pub taps: Vec<Tap>,
    /// Until when they watched; not before the last tap.
    pub until: Millis,
    /// At the end they state that it has stopped.
    pub stopped: bool,
    /// At the end they state how the light looks.
    pub look: Option<Look>,
    /// What they answered before the first tap: question and answer.
    pub answers: Vec<(Id, Id)>,
}

/// Answers a question; `None` is "not sure".
pub type Answers<'a> = &'a mut dyn FnMut(&Id) -> Option<Id>;

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The first verdict, and when (ms): where a person who stops tapping then would be.
    pub first: Option<(Decision, f64)>,
    /// The verdict on screen in the end. Further taps under a verdict may change it.
    pub verdict: Decision,
    /// The rhythm that was tapped, where it is clear and none of the device's.
    pub pattern: Option<Pattern>,
    /// Since when it has held (ms), if there is one.
    pub decided_at: Option<f64>,
    /// The questions that were asked, in order.
    pub asked: Vec<Id>,
    /// The classifier's judgement of the whole.
    pub judgement: Judgement,
}

/// Whether an outcome ([`Course::outcome`]) is a signal's id, and not one of the words for everything else.
#[must_use]
pub fn is_signal(outcome: &str) -> bool {
    !["unlisted", "none", "open"].contains(&outcome)
}

impl Course {
    /// What came of it in a word: the id of a signal, "unlisted", "none", or "open" where nothing was decided.
    #[must_use]
    pub fn outcome(&self) -> &str {
        match &self.verdict {
            Decision::Signal(id) => id.as_str(),
            Decision::Undecided => "open",
            decision if is_unlisted(decision, self.pattern.as_ref()) => "unlisted",
            _ => "none",
        }
    }
}

/// From the moment a question shows to its answer, in ms: time to read a line and look again (assumed).
const ANSWERING: f64 = 3000.0;

/// The most questions that a person answers (assumed).
const MOST_ASKED: usize = 3;

/// Runs an attempt. Without `answers` the person is asked nothing.
#[must_use]
pub fn drive<'a>(device: &'a Device, attempt: &Attempt, answers: Option<Answers<'a>>) -> Course {
    let session = Session::new(
        device.pack_id().clone(),
        device.model_id().clone(),
        Wall::default(),
        0,
    );
    let mut run = Run {
        device,
        session,
        answers,
        asked: Vec::new(),
        question: None,
        zero: None,
        now: 0.0,
        first: None,
        decided_at: None,
    };
    run.all(attempt);
    run.course()
}

struct Run<'a> {
    device: &'a Device,
    session: Session,
    answers: Option<Answers<'a>>,
    asked: Vec<Id>,
    /// The question beside the pad, and when its answer comes (ms).
    question: Option<(Id, f64)>,
    /// When the first tap came (ms).
    zero: Option<f64>,
    now: f64,
    first: Option<(Decision, f64)>,
    decided_at: Option<f64>,
}

impl Run<'_> {
    fn all(&mut self, attempt: &Attempt) {
        if attempt.observer != Observer::Finger {
            self.act(Action::Observed {
                observer: attempt.observer,
                within: Within::measure(&attempt.taps),
                colour: attempt.colour.clone(),
            });
        }
        for (question, answer) in &attempt.answers {
            self.act(Action::Answered {
                question: question.clone(),
                answer: Some(answer.clone()),
            });
        }
        let mut taps: Vec<&Tap> = attempt.taps.iter().collect();
        taps.sort_by(|a, b| a.at.get().total_cmp(&b.at.get()));
        // The session keeps no more, so the rest has no effect.
        taps.truncate(MAX_TAPS);
        self.zero = taps.first().map(|tap| tap.at.get());
        for (nth, tap) in taps.iter().enumerate() {
            let next = taps.get(nth + 1).map_or(f64::INFINITY, |tap| tap.at.get());
            self.press(tap, next);
        }
        let last = taps.last().map_or(f64::NEG_INFINITY, |tap| tap.at.get());
        let until = attempt.until.get().max(last).max(self.now);
        self.pass_to(until);
        let at = Millis::new(until).unwrap_or_default();
        self.act(Action::Watched { at });
        if attempt.stopped {
            self.act(Action::Stopped { at });
        }
        if let Some(look) = attempt.look {
            self.act(Action::Looked(look));
        }
        self.answer_the_rest();
    }

    fn press(&mut self, tap: &Tap, next: f64) {
        let at = tap.at.get();
        self.pass_to(at);
        self.now = at;
        self.act(Action::Tapped {
            at: tap.at,
            light: tap.light.clone(),
        });
        let up = tap
            .held
            .map_or(at, |held| at + held.get())
            .min(next)
            .max(at);
        self.now = up;
        self.act(Action::Released {
            at: Millis::new(up).unwrap_or(tap.at),
            has_length: tap.held.is_some(),
        });
        self.look_for_question();
    }

    /// Time passes up to `until` (ms): a question beside the pad is answered on the way.
    fn pass_to(&mut self, until: f64) {
        while let Some((question, at)) = self.question.take_if(|(_, at)| *at <= until) {
            self.now = at.max(self.now);
            self.act(Action::Watched {
                at: Millis::new(self.now).unwrap_or_default(),
            });
            if self.session.stage == Stage::Tap {
                self.answer(question);
                self.look_for_question();
            }
        }
        self.now = until.max(self.now);
    }

    /// The question beside the pad, if there is one.
    fn look_for_question(&mut self) {
        if self.answers.is_none() || self.question.is_some() {
            return;
        }
        if let Some(question) = self.open_question() {
            self.question = Some((question, self.now + ANSWERING));
        }
    }

    fn open_question(&mut self) -> Option<Id> {
        if self.asked.len() >= MOST_ASKED {
            return None;
        }
        match &self.session.stage {
            Stage::Ask(question) => Some(question.clone()),
            Stage::Tap => {
                self.session.refresh(self.device);
                match self.session.judgement.as_ref()?.settle.as_ref()? {
                    Settle::Ask { question, .. } => Some(question.clone()),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn answer(&mut self, question: Id) {
        let Some(answers) = &mut self.answers else {
            return;
        };
        let answer = answers(&question);
        self.asked.push(question.clone());
        self.act(Action::Answered { question, answer });
    }

    /// A person who stopped watching still answers what is on screen, and what comes after that.
    fn answer_the_rest(&mut self) {
        self.question = None;
        while self.answers.is_some()
            && let Some(question) = self.open_question()
        {
            self.answer(question);
        }
    }

    fn act(&mut self, action: Action) {
        let applied = self.session.apply(self.device, Wall::default(), action);
        for event in applied.events {
            if let Event::Found { finding, at } = event {
                let at = self.zero.map_or(self.now, |zero| zero + at.get());
                let decision = finding.decision();
                if decision != Decision::Undecided {
                    self.decided_at = Some(at);
                    if self.first.is_none() {
                        self.first = Some((decision, at));
                    }
                }
            }
        }
    }

    fn course(mut self) -> Course {
        let finding = self.session.finding.take();
        let finding = finding.filter(|_| self.session.stage == Stage::Verdict);
        let verdict = finding
            .as_ref()
            .map_or(Decision::Undecided, Finding::decision);
        let stands = verdict != Decision::Undecided;
        Course {
            first: self.first,
            verdict,
            pattern: finding.and_then(|finding| finding.pattern),
            decided_at: self.decided_at.filter(|_| stands),
            asked: self.asked,
            judgement: self.session.conclusion(self.device),
        }
    }
}
