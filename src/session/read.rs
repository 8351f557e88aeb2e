//! How a remembered session is read back in the page. The form is the one that serde writes.

use super::plan::{Cure, Done, Outcome, Triage, Tried, Wait};
use super::{Entry, Finding, How, Logged, Session, Stage};
use crate::id::Id;
use crate::node::{Fields, Read};
use crate::reads;
use crate::rhythm::{Look, Tap, Watch};
use crate::time::{Millis, Wall};

impl Read for Session {
    fn read(fields: &mut Fields) -> Session {
        Session {
            format: fields.whole("format"),
            revision: fields.whole("revision"),
            began: wall(fields, "began"),
            touched: wall(fields, "touched"),
            pack: fields.id("pack"),
            model: fields.id("model"),
            stage: fields.one("stage"),
            trail: fields.many("trail"),
            watch: fields.one("watch"),
            finding: fields.maybe("finding"),
            cure: fields.maybe("cure"),
            log: fields.many("log"),
            live: None,
            judgement: None,
        }
    }
}

fn wall(fields: &mut Fields, name: &'static str) -> Wall {
    Wall::new(fields.number(name, None))
}

fn millis(fields: &mut Fields, name: &'static str) -> Millis {
    Millis::new(fields.number(name, None)).unwrap_or_default()
}

/// A length of time; 0 and less stand for none.
fn maybe_millis(fields: &mut Fields, name: &'static str) -> Option<Millis> {
    Millis::new(fields.number(name, Some(-1.0))).filter(|at| *at >= Millis::ZERO)
}

impl Read for Stage {
    fn read(fields: &mut Fields) -> Stage {
        match fields.word() {
            Some("tap") => Stage::Tap,
            Some("choose") => Stage::Choose,
            Some("verdict") => Stage::Verdict,
            Some("plan") => Stage::Plan,
            Some("resolved") => Stage::Resolved,
            Some("support") => Stage::Support,
            _ => Stage::Ask(fields.id("ask")),
        }
    }
}

impl Read for Watch {
    fn read(fields: &mut Fields) -> Watch {
        Watch {
            taps: fields.many("taps"),
            until: millis(fields, "until"),
            stopped: fields.flag("stopped"),
            look: fields.choice(
                "look",
                &[
                    ("steady", Look::Steady),
                    ("dark", Look::Dark),
                    ("too-fast", Look::TooFast),
                ],
            ),
            answers: fields.keyed("answers"),
            unsure: fields.ids("unsure"),
        }
    }
}

impl Read for Tap {
    fn read(fields: &mut Fields) -> Tap {
        Tap {
            at: millis(fields, "at"),
            held: maybe_millis(fields, "held"),
            light: fields.maybe_id("light"),
        }
    }
}

impl Read for Finding {
    fn read(fields: &mut Fields) -> Finding {
        let sure = fields.number("sure", Some(-1.0));
        let how = &[
            ("tapped", How::Tapped),
            ("told", How::Told),
            ("chosen", How::Chosen),
        ];
        Finding {
            signal: fields.maybe_id("signal"),
            how: fields.choice("how", how).unwrap_or(How::Told),
            sure: (sure >= 0.0).then_some(sure as u8),
            period: maybe_millis(fields, "period"),
            nearest: fields.ids("nearest"),
        }
    }
}

impl Read for Cure {
    fn read(fields: &mut Fields) -> Cure {
        Cure {
            signal: fields.id("signal"),
            triage: fields.one("triage"),
            open: fields.maybe_id("open"),
            done: fields.many("done"),
            waits: fields.many("waits"),
            tried: fields.many("tried"),
        }
    }
}

impl Read for Triage {
    fn read(fields: &mut Fields) -> Triage {
        match fields.word() {
            Some("open") => Triage::Open,
            Some("unsure") => Triage::Unsure,
            _ => Triage::Answer(fields.id("answer")),
        }
    }
}

impl Read for Wait {
    fn read(fields: &mut Fields) -> Wait {
        Wait {
            fix: fields.id("fix"),
            step: fields.id("step"),
            started: wall(fields, "started"),
            skipped: fields.flag("skipped"),
        }
    }
}

reads!(Tried {
    fix: id,
    outcome: choice(OUTCOMES).unwrap_or(Outcome::Skipped)
});

const OUTCOMES: &[(&str, Outcome)] = &[
    ("fixed", Outcome::Fixed),
    ("same", Outcome::Same),
    ("different", Outcome::Different),
    ("skipped", Outcome::Skipped),
];

impl Read for Logged {
    fn read(fields: &mut Fields) -> Logged {
        Logged {
            at: wall(fields, "at"),
            what: fields.one("what"),
        }
    }
}

reads!(Done { fix: id, step: id });

/// An answer, or none.
struct Said {
    question: Id,
    answer: Option<Id>,
}
reads!(Said {
    question: id,
    answer: maybe_id
});

impl Read for Entry {
    fn read(fields: &mut Fields) -> Entry {
        // Written as a table with one field, whose name says which entry it is.
        if let Some(said) = fields.maybe::<Said>("answered") {
            return Entry::Answered {
                question: said.question,
                answer: said.answer,
            };
        }
        if let Some(fix) = fields.maybe_id("began") {
            return Entry::Began(fix);
        }
        if let Some(Done { fix, step }) = fields.maybe("accepted") {
            return Entry::Accepted { fix, step };
        }
        if let Some(Tried { fix, outcome }) = fields.maybe("judged") {
            return Entry::Judged { fix, outcome };
        }
        fields.one::<Found>("found").0
    }
}

struct Found(Entry);

impl Read for Found {
    fn read(fields: &mut Fields) -> Found {
        let taps = fields
            .numbers("taps")
            .into_iter()
            .map(|at| at as u32)
            .collect();
        Found(Entry::Found {
            finding: fields.one("finding"),
            taps,
        })
    }
}
