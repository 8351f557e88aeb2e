//! The report, as plain text that reads well in a chat: two lines of summary, then what happened, minute by minute.

use super::{Device, Entry, Finding, How, Outcome, Session, reading};
use crate::id::Id;
use crate::text::Texts;
use crate::time::{Wall, within};

/// The report of a session. `when` formats a moment for the person's region.
#[must_use]
pub fn report(
    session: &Session,
    device: &Device,
    texts: &Texts,
    when: &dyn Fn(Wall) -> String,
) -> String {
    let mut lines = Lines(String::new());
    let pack = device.pack().file();
    lines.add(&texts.fill(
        "report.summary",
        &[
            ("device", device.name()),
            ("maker", &pack.name),
            ("found", &summary(session, device, texts)),
        ],
    ));
    lines.add(&tried(session, device, texts));
    lines.add(&texts.fill("report.began", &[("when", &when(session.began))]));
    for (nth, logged) in session.log.iter().enumerate() {
        let entry = match &logged.what {
            Entry::Found { finding, taps } => Some(found(finding, taps, device, texts)),
            Entry::Answered { question, answer } => device.question(question).map(|question| {
                let answer = answer
                    .as_ref()
                    .and_then(|answer| question.answer.get(answer.as_str()));
                let answer = answer.map_or(texts.get("ask.unsure"), |answer| answer.text.as_str());
                texts.fill(
                    "report.answered",
                    &[("question", &question.ask), ("answer", answer)],
                )
            }),
            // What is judged next was begun: once is enough.
            Entry::Began(fix) if is_judged(session, nth, fix) => None,
            Entry::Began(fix) => device
                .fix(fix)
                .map(|fix| texts.fill("report.tried-began", &[("fix", &fix.title)])),
            Entry::Accepted { fix, step } => device
                .step(fix, step)
                .map(|step| texts.fill("report.accepted", &[("step", &step.text)])),
            Entry::Judged { fix, outcome } => device.fix(fix).map(|fix| {
                texts.fill(
                    "report.tried",
                    &[
                        ("fix", &fix.title),
                        ("outcome", texts.get(outcome_key(*outcome))),
                    ],
                )
            }),
        };
        if let Some(entry) = entry {
            lines.add(&texts.fill(
                "report.entry",
                &[
                    ("minutes", &minutes(session.began, logged.at)),
                    ("what", &entry),
                ],
            ));
        }
    }
    if let Some(codes) = codes_read(session, device, texts) {
        lines.add(&codes);
    }
    lines.add(&texts.fill(
        "report.facts",
        &[("pack", pack.id.as_str()), ("edition", &pack.edition)],
    ));
    lines.0
}

/// What the light meant last, and how sure that is.
fn summary(session: &Session, device: &Device, texts: &Texts) -> String {
    let last = session
        .log
        .iter()
        .rev()
        .find_map(|logged| match &logged.what {
            Entry::Found { finding, .. } => Some(finding),
            _ => None,
        });
    let Some(finding) = last else {
        return texts.get("report.nothing-found").to_owned();
    };
    let cause = finding
        .signal
        .as_ref()
        .and_then(|signal| device.cause(signal));
    let signal = finding.signal.as_ref();
    let mut text = match cause {
        Some(cause) => {
            let name = signal.map_or("", |signal| device.signal_name(signal));
            [name, ": ", &cause.title].concat()
        }
        None if finding.is_unlisted() => texts.get("verdict.unlisted-title").to_owned(),
        None => texts.get("status.none").to_owned(),
    };
    if let Some(sure) = finding.sure {
        text.push_str(". ");
        text.push_str(&texts.fill("report.sure", &[("percent", &sure.to_string())]));
    }
    text
}

/// What helped, or what did not.
fn tried(session: &Session, device: &Device, texts: &Texts) -> String {
    if let Some(fix) = session.helped().and_then(|fix| device.fix(fix)) {
        return texts.fill("resolved.helped", &[("fix", &fix.title)]);
    }
    let mut failed: Vec<&str> = Vec::new();
    for logged in &session.log {
        if let Entry::Judged { fix, outcome } = &logged.what
            && let Some(fix) = device.fix(fix)
            && matches!(outcome, Outcome::Same | Outcome::Different)
        {
            failed.push(&fix.title);
        }
    }
    if failed.is_empty() {
        return texts.get("report.nothing-tried").to_owned();
    }
    texts.fill("report.did-not-help", &[("fixes", &failed.join("; "))])
}

/// Whether what was begun at this place of the log was judged later, with nothing in between that was begun.
fn is_judged(session: &Session, nth: usize, begun: &Id) -> bool {
    let later = session.log.iter().skip(nth + 1);
    later
        .take_while(|logged| !matches!(logged.what, Entry::Began(_)))
        .any(|logged| matches!(&logged.what, Entry::Judged { fix, .. } if fix == begun))
}

/// Whole minutes from one moment to another.
fn minutes(from: Wall, to: Wall) -> String {
    let minutes = within(to.since(from) / 60_000.0, 0.0, 1e6);
    (minutes as u32).to_string()
}

/// Which codes were read, one after the other. `None` where codes do not follow one another.
#[must_use]
pub fn codes_read(session: &Session, device: &Device, texts: &Texts) -> Option<String> {
    let name = |code| device.signal_name(code).to_owned();
    let codes: Vec<String> = session.codes.iter().map(name).collect();
    (!codes.is_empty()).then(|| texts.fill("report.codes", &[("codes", &codes.join(", "))]))
}

/// The key of an outcome's words.
fn outcome_key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Fixed => "outcome.fixed",
        Outcome::Same => "outcome.same",
        Outcome::Different => "outcome.different",
        Outcome::Skipped => "outcome.skipped",
    }
}

fn found(finding: &Finding, taps: &[u32], device: &Device, texts: &Texts) -> String {
    let mut text = match finding
        .signal
        .as_ref()
        .and_then(|signal| device.signal(signal))
    {
        Some(signal) => texts.fill(
            "report.found",
            &[("name", &signal.about.name), ("looks", &signal.about.looks)],
        ),
        None => match reading(finding, device, texts) {
            Some(looks) => texts.fill("report.found-unlisted", &[("looks", &looks)]),
            None => texts.get("report.found-none").to_owned(),
        },
    };
    let mut also = |more: &str| {
        text.push(' ');
        text.push_str(more);
    };
    also(texts.get(match finding.how {
        How::Tapped => "report.how-tapped",
        How::Told => "report.how-told",
        How::Chosen => "report.how-chosen",
    }));
    if let Some(sure) = finding.sure {
        also(&texts.fill("report.sure", &[("percent", &sure.to_string())]));
    }
    if let Some(period) = finding.period {
        also(&texts.fill(
            "report.period",
            &[("seconds", &texts.about_seconds(period.get()))],
        ));
    }
    if taps.len() > 1 {
        let times: Vec<String> = taps
            .iter()
            .take(40)
            .map(|at| seconds(*at, texts.get("time.point")))
            .collect();
        also(&texts.fill("report.taps", &[("times", &times.join("; "))]));
    }
    text
}

/// Whole ms as seconds to two places. By whole numbers: formatting floats would be a large part of the wasm.
fn seconds(ms: u32, point: &str) -> String {
    let hundredths = (ms + 5) / 10;
    let places = hundredths % 100;
    let mut text = (hundredths / 100).to_string();
    text.push_str(point);
    if places < 10 {
        text.push('0');
    }
    text.push_str(&places.to_string());
    text
}

struct Lines(String);

impl Lines {
    fn add(&mut self, line: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(line);
    }
}
