//! The report: what was seen and what was tried, as plain text that reads well in a chat.

use super::{Device, Entry, Finding, How, Outcome, Session};
use crate::text::Texts;
use crate::time::Wall;

/// The report of a session. `when` says a moment as the person's region writes it.
#[must_use]
pub fn report(
    session: &Session,
    device: &Device,
    texts: &Texts,
    when: &dyn Fn(Wall) -> String,
) -> String {
    let mut lines = Lines(String::new());
    lines.add(texts.get("report.title"));
    let pack = device.pack().file();
    lines.add(&texts.fill(
        "report.device",
        &[("device", device.name()), ("maker", &pack.name)],
    ));
    lines.add(&texts.fill("report.began", &[("when", &when(session.began))]));
    for logged in &session.log {
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
                &[("when", &when(logged.at)), ("what", &entry)],
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
        None => {
            let looks = finding.unlisted.as_ref();
            match looks.and_then(|code| device.unlisted_looks(code)) {
                Some(looks) => texts.fill("report.found-unlisted", &[("looks", looks)]),
                None => texts.get("report.found-none").to_owned(),
            }
        }
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
        also(&texts.fill("report.taps", &[("times", &times.join(", "))]));
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
