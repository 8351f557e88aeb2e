//! A session as plain data: how it is stored.

use super::progress::{Done, Outcome, Progress, Triage, Tried, Wait};
use super::{Entry, Finding, How, Logged, Session, Stage};
use crate::codec::{Codec, Record};
use crate::id::Id;
use crate::rhythm::{Flashed, Look, Observer, Pattern, Tap, Watch};
use crate::time::Millis;
use crate::{choices, record};

record!(Progress {
    signal,
    triage,
    open,
    looking,
    done,
    waits,
    tried
});
record!(Done { fix, step });
record!(Wait {
    fix,
    step,
    started,
    skipped,
    announced,
    ticked
});
record!(Tried { fix, outcome });
record!(Logged { at, what });

choices!(Look {
    "steady": Steady,
    "dark": Dark,
    "too-fast": TooFast,
});
choices!(Observer {
    "finger": Finger,
    "eye": Eye,
});
choices!(How {
    "tapped": Tapped,
    "told": Told,
    "chosen": Chosen,
});
choices!(Outcome {
    "fixed": Fixed,
    "same": Same,
    "different": Different,
    "skipped": Skipped,
});

/// Below 0 no time is measured.
fn measured(time: &mut Option<Millis>) {
    *time = time.filter(|time| *time >= Millis::ZERO);
}

impl Record for Tap {
    fn fields(&mut self, codec: &mut Codec) {
        let Tap { at, held, light } = self;
        codec.field("at", at);
        codec.optional("held", held);
        codec.optional("light", light);
        measured(held);
    }
}

impl Record for Session {
    fn fields(&mut self, codec: &mut Codec) {
        let Session {
            format,
            revision,
            nonce,
            began,
            touched,
            pack,
            model,
            stage,
            trail,
            watch,
            finding,
            progress,
            log,
            codes,
            live: _,
            earlier: _,
            judgement: _,
            shown: _,
            is_judged: _,
            listener: _,
            events: _,
        } = self;
        codec.field("format", format);
        codec.field("revision", revision);
        codec.field("began", began);
        codec.field("touched", touched);
        codec.field("pack", pack);
        codec.field("model", model);
        codec.field("stage", stage);
        codec.field("trail", trail);
        codec.field("watch", watch);
        codec.field("finding", finding);
        codec.field("cure", progress);
        codec.field("log", log);
        codec.field("codes", codes);
        // Sessions that were stored before have none.
        codec.optional("nonce", nonce);
    }
}

impl Record for Watch {
    fn fields(&mut self, codec: &mut Codec) {
        let Watch {
            observer,
            within,
            taps,
            until,
            stopped,
            look,
            answers,
            unsure,
        } = self;
        // A person who taps is not written.
        codec.optional("observer", observer);
        codec.optional("within-short", &mut within.short);
        codec.optional("within-long", &mut within.long);
        codec.field("taps", taps);
        codec.field("until", until);
        codec.field("stopped", stopped);
        codec.field("look", look);
        codec.field("answers", &mut Answers(answers));
        codec.field("unsure", unsure);
    }
}

/// Answers by question: a table.
struct Answers<'a>(&'a mut Vec<(Id, Id)>);

impl Record for Answers<'_> {
    fn fields(&mut self, codec: &mut Codec) {
        let count = codec.keyed(self.0.len());
        self.0.resize(count, Default::default());
        for (at, (question, answer)) in self.0.iter_mut().enumerate() {
            codec.entry(at, question, answer);
        }
    }
}

impl Record for Finding {
    fn fields(&mut self, codec: &mut Codec) {
        let Finding {
            signal,
            unlisted,
            pattern,
            how,
            sure,
            period,
            nearest,
        } = self;
        codec.field("signal", signal);
        codec.field("how", how);
        codec.field("sure", sure);
        codec.field("period", period);
        codec.field("nearest", nearest);
        // Findings that were stored before have none.
        codec.optional("unlisted", unlisted);
        codec.optional("pattern", pattern);
        measured(period);
    }
}

impl Record for Pattern {
    fn fields(&mut self, codec: &mut Codec) {
        codec.field("groups", &mut self.groups);
        codec.field("every", &mut self.every);
        codec.field("pause", &mut self.pause);
    }
}

impl Record for Flashed {
    fn fields(&mut self, codec: &mut Codec) {
        codec.field("count", &mut self.count);
        codec.field("light", &mut self.light);
    }
}

impl Record for Stage {
    fn fields(&mut self, codec: &mut Codec) {
        codec.require();
        if codec.has("ask") {
            *self = Stage::Ask(Id::default());
        }
        let own = match self {
            Stage::Ask(question) => return codec.field("ask", question),
            Stage::Tap => 0,
            Stage::Choose => 1,
            Stage::Verdict => 2,
            Stage::Plan => 3,
            Stage::Resolved => 4,
            Stage::Support => 5,
        };
        let words = ["tap", "choose", "verdict", "plan", "resolved", "support"];
        *self = match codec.choice(&words, own) {
            1 => Stage::Choose,
            2 => Stage::Verdict,
            3 => Stage::Plan,
            4 => Stage::Resolved,
            5 => Stage::Support,
            _ => Stage::Tap,
        };
    }
}

impl Record for Triage {
    fn fields(&mut self, codec: &mut Codec) {
        codec.require();
        if codec.has("answer") {
            *self = Triage::Answer(Id::default());
        }
        let own = match self {
            Triage::Answer(answer) => return codec.field("answer", answer),
            Triage::Open => 0,
            Triage::Unsure => 1,
        };
        *self = match codec.choice(&["open", "unsure"], own) {
            1 => Triage::Unsure,
            _ => Triage::Open,
        };
    }
}

/// Written as a table with one field, whose name says which entry it is.
impl Record for Entry {
    fn fields(&mut self, codec: &mut Codec) {
        let (fix, step) = (Id::default(), Id::default());
        if codec.has("found") {
            *self = Entry::Found {
                finding: Finding::default(),
                taps: Vec::new(),
            };
        } else if codec.has("answered") {
            *self = Entry::Answered {
                question: fix,
                answer: None,
            };
        } else if codec.has("accepted") {
            *self = Entry::Accepted { fix, step };
        } else if codec.has("judged") {
            let outcome = Outcome::default();
            *self = Entry::Judged { fix, outcome };
        }
        match self {
            Entry::Found { finding, taps } => {
                codec.table("found", &mut [("finding", finding), ("taps", taps)]);
            }
            Entry::Answered { question, answer } => {
                codec.table(
                    "answered",
                    &mut [("question", question), ("answer", answer)],
                );
            }
            Entry::Began(fix) => codec.field("began", fix),
            Entry::Accepted { fix, step } => {
                codec.table("accepted", &mut [("fix", fix), ("step", step)]);
            }
            Entry::Judged { fix, outcome } => {
                codec.table("judged", &mut [("fix", fix), ("outcome", outcome)]);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::codec::{decode, encode};
    use crate::rhythm::Within;
    use crate::time::Wall;

    fn round_trips(session: &Session) {
        let encoded = encode(&mut session.clone());
        assert_eq!(decode::<Session>(encoded).as_ref(), Ok(session));
    }

    #[test]
    fn every_kind_of_content_is_read_back() {
        let id = |text: &str| Id::new(text).unwrap();
        let at = |ms| Millis::new(ms).unwrap();
        let mut session = Session::new(id("blink"), id("mini"), Wall::new(1.7e12), 7);
        round_trips(&session);

        let found = |how, sure: Option<u8>, period: Option<Millis>| Finding {
            signal: sure.map(|_| id("lost")),
            unlisted: sure.is_none().then(|| id("1-2")),
            pattern: period.map(|_| Pattern {
                groups: vec![Flashed {
                    count: 3,
                    light: Some(id("red")),
                }],
                every: Some(at(480.0)),
                pause: None,
            }),
            how,
            sure,
            period,
            nearest: vec![id("other")],
        };
        let (fix, step) = (id("restart"), id("unplug"));
        let outcomes = [
            Outcome::Fixed,
            Outcome::Same,
            Outcome::Different,
            Outcome::Skipped,
        ];
        let mut what = vec![
            Entry::Found {
                finding: found(How::Tapped, Some(97), Some(at(3000.5))),
                taps: vec![0, 3001],
            },
            Entry::Answered {
                question: id("lit"),
                answer: None,
            },
            Entry::Answered {
                question: id("lit"),
                answer: Some(id("yes")),
            },
            Entry::Began(fix.clone()),
            Entry::Accepted {
                fix: fix.clone(),
                step: step.clone(),
            },
        ];
        what.extend(outcomes.map(|outcome| Entry::Judged {
            fix: fix.clone(),
            outcome,
        }));
        let logged = |what| Logged {
            at: Wall::new(1.7e12 + 5.0),
            what,
        };
        session.log = what.into_iter().map(logged).collect();
        session.trail = vec![
            Stage::Tap,
            Stage::Choose,
            Stage::Ask(id("lit")),
            Stage::Verdict,
            Stage::Plan,
            Stage::Resolved,
            Stage::Support,
        ];
        session.watch = Watch {
            observer: Observer::Eye,
            within: Within {
                short: Some(at(310.0)),
                long: None,
            },
            taps: vec![
                Tap {
                    at: at(0.25),
                    held: Some(at(90.0)),
                    light: Some(id("red")),
                },
                Tap {
                    at: at(10.0),
                    held: None,
                    light: None,
                },
            ],
            until: at(4000.0),
            stopped: true,
            look: None,
            answers: vec![(id("lit"), id("yes"))],
            unsure: vec![id("sound")],
        };
        for look in [Look::Steady, Look::Dark, Look::TooFast] {
            session.watch.look = Some(look);
            round_trips(&session);
        }
        for how in [How::Tapped, How::Told, How::Chosen] {
            session.finding = Some(found(how, None, None));
            round_trips(&session);
        }
        for triage in [Triage::Open, Triage::Unsure, Triage::Answer(id("yes"))] {
            session.progress = Some(Progress {
                signal: id("lost"),
                triage,
                open: Some(fix.clone()),
                looking: Some(fix.clone()),
                done: vec![Done {
                    fix: fix.clone(),
                    step: step.clone(),
                }],
                waits: vec![Wait {
                    fix: fix.clone(),
                    step: step.clone(),
                    started: Wall::new(1.7e12),
                    skipped: true,
                    announced: true,
                    ticked: true,
                }],
                tried: vec![Tried {
                    fix: fix.clone(),
                    outcome: Outcome::Same,
                }],
            });
            round_trips(&session);
        }
    }
}
