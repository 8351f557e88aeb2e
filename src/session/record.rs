//! The plain form of a session, as it is remembered: the form that serde writes.

use super::plan::{Cure, Done, Outcome, Triage, Tried, Wait};
use super::{Entry, Finding, How, Logged, Session, Stage};
use crate::form::{Form, Part};
use crate::id::Id;
use crate::rhythm::{Look, Tap, Watch};
use crate::time::Millis;
use crate::{record, words};

record!(Session {
    format, revision, began, touched, pack, model, stage, trail, watch, finding, cure, log, codes,
} without { live, judgement, listener });
record!(Watch {
    taps,
    until,
    stopped,
    look,
    answers,
    unsure
});
record!(Cure {
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
    announced
});
record!(Tried { fix, outcome });
record!(Logged { at, what });

words!(Look {
    "steady": Steady,
    "dark": Dark,
    "too-fast": TooFast,
});
words!(How {
    "tapped": Tapped,
    "told": Told,
    "chosen": Chosen,
});
words!(Outcome {
    "fixed": Fixed,
    "same": Same,
    "different": Different,
    "skipped": Skipped,
});

/// Below 0 no time is measured.
fn measured(time: &mut Option<Millis>) {
    *time = time.filter(|time| *time >= Millis::ZERO);
}

impl Part for Tap {
    fn pass(&mut self, form: &mut Form) {
        let Tap { at, held, light } = self;
        form.field("at", at);
        form.maybe("held", held);
        form.maybe("light", light);
        measured(held);
    }
}

impl Part for Finding {
    fn pass(&mut self, form: &mut Form) {
        let Finding {
            signal,
            how,
            sure,
            period,
            nearest,
        } = self;
        form.field("signal", signal);
        form.field("how", how);
        form.field("sure", sure);
        form.field("period", period);
        form.field("nearest", nearest);
        measured(period);
    }
}

impl Part for Stage {
    fn pass(&mut self, form: &mut Form) {
        form.need();
        if form.has("ask") {
            *self = Stage::Ask(Id::default());
        }
        let own = match self {
            Stage::Ask(question) => return form.field("ask", question),
            Stage::Tap => 0,
            Stage::Choose => 1,
            Stage::Verdict => 2,
            Stage::Plan => 3,
            Stage::Resolved => 4,
            Stage::Support => 5,
        };
        let words = ["tap", "choose", "verdict", "plan", "resolved", "support"];
        *self = match form.word(&words, own) {
            1 => Stage::Choose,
            2 => Stage::Verdict,
            3 => Stage::Plan,
            4 => Stage::Resolved,
            5 => Stage::Support,
            _ => Stage::Tap,
        };
    }
}

impl Part for Triage {
    fn pass(&mut self, form: &mut Form) {
        form.need();
        if form.has("answer") {
            *self = Triage::Answer(Id::default());
        }
        let own = match self {
            Triage::Answer(answer) => return form.field("answer", answer),
            Triage::Open => 0,
            Triage::Unsure => 1,
        };
        *self = match form.word(&["open", "unsure"], own) {
            1 => Triage::Unsure,
            _ => Triage::Open,
        };
    }
}

/// Written as a table with one field, whose name says which entry it is.
impl Part for Entry {
    fn pass(&mut self, form: &mut Form) {
        let (fix, step) = (Id::default(), Id::default());
        if form.has("found") {
            *self = Entry::Found {
                finding: Finding::default(),
                taps: Vec::new(),
            };
        } else if form.has("answered") {
            *self = Entry::Answered {
                question: fix,
                answer: None,
            };
        } else if form.has("accepted") {
            *self = Entry::Accepted { fix, step };
        } else if form.has("judged") {
            let outcome = Outcome::default();
            *self = Entry::Judged { fix, outcome };
        }
        match self {
            Entry::Found { finding, taps } => {
                form.table("found", &mut [("finding", finding), ("taps", taps)]);
            }
            Entry::Answered { question, answer } => {
                form.table(
                    "answered",
                    &mut [("question", question), ("answer", answer)],
                );
            }
            Entry::Began(fix) => form.field("began", fix),
            Entry::Accepted { fix, step } => {
                form.table("accepted", &mut [("fix", fix), ("step", step)]);
            }
            Entry::Judged { fix, outcome } => {
                form.table("judged", &mut [("fix", fix), ("outcome", outcome)]);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::form::{read, written};
    use crate::keyed::Keyed;
    use crate::node::Node;
    use crate::time::Wall;
    use serde_json::Value;

    fn json(node: Node) -> Value {
        match node {
            Node::Nothing => Value::Null,
            Node::Flag(flag) => flag.into(),
            Node::Number(number) => number.into(),
            Node::Text(text) => text.into(),
            Node::List(nodes) => nodes.into_iter().map(json).collect(),
            Node::Table(fields) => fields
                .into_iter()
                .map(|(name, node)| (name, json(node)))
                .collect(),
        }
    }

    /// JavaScript knows one kind of number.
    fn one_kind(value: Value) -> Value {
        match value {
            Value::Number(number) => number.as_f64().unwrap().into(),
            Value::Array(items) => items.into_iter().map(one_kind).collect(),
            Value::Object(fields) => fields
                .into_iter()
                .map(|(name, value)| (name, one_kind(value)))
                .collect(),
            other => other,
        }
    }

    fn holds(session: &Session) {
        let written = written(&mut session.clone());
        let by_serde = serde_json::to_value(session).unwrap();
        assert_eq!(json(written.clone()), one_kind(by_serde));
        assert_eq!(read::<Session>(written).as_ref(), Ok(session));
    }

    #[test]
    fn the_form_is_serdes_and_is_read_back() {
        let id = |text: &str| Id::new(text).unwrap();
        let at = |ms| Millis::new(ms).unwrap();
        let mut session = Session::new(id("blink"), id("mini"), Wall::new(1.7e12));
        holds(&session);

        let found = |how, sure: Option<u8>, period| Finding {
            signal: sure.map(|_| id("lost")),
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
            answers: [(id("lit"), id("yes"))].into_iter().collect::<Keyed<Id>>(),
            unsure: vec![id("sound")],
        };
        for look in [Look::Steady, Look::Dark, Look::TooFast] {
            session.watch.look = Some(look);
            holds(&session);
        }
        for how in [How::Tapped, How::Told, How::Chosen] {
            session.finding = Some(found(how, None, None));
            holds(&session);
        }
        for triage in [Triage::Open, Triage::Unsure, Triage::Answer(id("yes"))] {
            session.cure = Some(Cure {
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
                }],
                tried: vec![Tried {
                    fix: fix.clone(),
                    outcome: Outcome::Same,
                }],
            });
            holds(&session);
        }
    }
}
