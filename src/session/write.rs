//! How a session is written to be remembered in the page: the form that serde writes, and that `read` reads back.

use super::plan::{Cure, Done, Outcome, Triage, Tried, Wait};
use super::{Entry, Finding, How, Logged, Session, Stage};
use crate::id::Id;
use crate::node::{Node, Table, list, maybe, number, text};
use crate::rhythm::{Look, Tap, Watch};
use crate::time::Wall;

impl Session {
    /// The remembered form.
    #[must_use]
    pub fn written(&self) -> Node {
        Table::new()
            .put("format", number(self.format))
            .put("revision", number(self.revision))
            .put("began", wall(self.began))
            .put("touched", wall(self.touched))
            .put("pack", id(&self.pack))
            .put("model", id(&self.model))
            .put("stage", stage(&self.stage))
            .put("trail", list(&self.trail, stage))
            .put("watch", watch(&self.watch))
            .put("finding", maybe(self.finding.as_ref(), finding))
            .put("cure", maybe(self.cure.as_ref(), cure))
            .put("log", list(&self.log, logged))
            .done()
    }
}

fn id(id: &Id) -> Node {
    text(id.as_str())
}

fn wall(at: Wall) -> Node {
    number(at.get())
}

/// A choice that carries something: a table of one field, named after the choice.
fn tagged(name: &'static str, what: Node) -> Node {
    Table::new().put(name, what).done()
}

fn stage(stage: &Stage) -> Node {
    text(match stage {
        Stage::Tap => "tap",
        Stage::Choose => "choose",
        Stage::Ask(question) => return tagged("ask", id(question)),
        Stage::Verdict => "verdict",
        Stage::Plan => "plan",
        Stage::Resolved => "resolved",
        Stage::Support => "support",
    })
}

fn watch(watch: &Watch) -> Node {
    let look = watch.look.map(|look| match look {
        Look::Steady => "steady",
        Look::Dark => "dark",
        Look::TooFast => "too-fast",
    });
    let mut answers = Table::new();
    for (question, answer) in watch.answers.iter() {
        answers = answers.put(question.as_str(), id(answer));
    }
    Table::new()
        .put("taps", list(&watch.taps, tap))
        .put("until", number(watch.until.get()))
        .put("stopped", Node::Flag(watch.stopped))
        .put("look", maybe(look, text))
        .put("answers", answers.done())
        .put("unsure", list(&watch.unsure, id))
        .done()
}

fn tap(tap: &Tap) -> Node {
    let mut table = Table::new().put("at", number(tap.at.get()));
    if let Some(held) = tap.held {
        table = table.put("held", number(held.get()));
    }
    if let Some(light) = &tap.light {
        table = table.put("light", id(light));
    }
    table.done()
}

fn finding(finding: &Finding) -> Node {
    Table::new()
        .put("signal", maybe(finding.signal.as_ref(), id))
        .put(
            "how",
            text(match finding.how {
                How::Tapped => "tapped",
                How::Told => "told",
                How::Chosen => "chosen",
            }),
        )
        .put("sure", maybe(finding.sure, number))
        .put("period", maybe(finding.period.map(|at| at.get()), number))
        .put("nearest", list(&finding.nearest, id))
        .done()
}

fn cure(cure: &Cure) -> Node {
    let triage = match &cure.triage {
        Triage::Open => text("open"),
        Triage::Unsure => text("unsure"),
        Triage::Answer(answer) => tagged("answer", id(answer)),
    };
    Table::new()
        .put("signal", id(&cure.signal))
        .put("triage", triage)
        .put("open", maybe(cure.open.as_ref(), id))
        .put(
            "done",
            list(&cure.done, |Done { fix, step }| done(fix, step)),
        )
        .put("waits", list(&cure.waits, wait))
        .put(
            "tried",
            list(&cure.tried, |Tried { fix, outcome }| tried(fix, *outcome)),
        )
        .done()
}

fn done(fix: &Id, step: &Id) -> Node {
    Table::new()
        .put("fix", id(fix))
        .put("step", id(step))
        .done()
}

fn wait(wait: &Wait) -> Node {
    Table::new()
        .put("fix", id(&wait.fix))
        .put("step", id(&wait.step))
        .put("started", wall(wait.started))
        .put("skipped", Node::Flag(wait.skipped))
        .done()
}

fn tried(fix: &Id, outcome: Outcome) -> Node {
    Table::new()
        .put("fix", id(fix))
        .put(
            "outcome",
            text(match outcome {
                Outcome::Fixed => "fixed",
                Outcome::Same => "same",
                Outcome::Different => "different",
                Outcome::Skipped => "skipped",
            }),
        )
        .done()
}

fn logged(logged: &Logged) -> Node {
    let what = match &logged.what {
        Entry::Found {
            finding: found,
            taps,
        } => tagged(
            "found",
            Table::new()
                .put("finding", finding(found))
                .put("taps", list(taps, |at| number(*at)))
                .done(),
        ),
        Entry::Answered { question, answer } => tagged(
            "answered",
            Table::new()
                .put("question", id(question))
                .put("answer", maybe(answer.as_ref(), id))
                .done(),
        ),
        Entry::Began(fix) => tagged("began", id(fix)),
        Entry::Accepted { fix, step } => tagged("accepted", done(fix, step)),
        Entry::Judged { fix, outcome } => tagged("judged", tried(fix, *outcome)),
    };
    Table::new()
        .put("at", wall(logged.at))
        .put("what", what)
        .done()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::keyed::Keyed;
    use crate::time::Millis;
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
        let written = session.written();
        let by_serde = serde_json::to_value(session).unwrap();
        assert_eq!(json(written.clone()), one_kind(by_serde));
        assert_eq!(crate::node::read::<Session>(&written).as_ref(), Ok(session));
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
                done: vec![Done {
                    fix: fix.clone(),
                    step: step.clone(),
                }],
                waits: vec![Wait {
                    fix: fix.clone(),
                    step: step.clone(),
                    started: Wall::new(1.7e12),
                    skipped: true,
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
