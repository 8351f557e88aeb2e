//! What a help page receives: events and the state of the element, as plain data. The names are a contract: `static/element/contract.json`.

use super::{Device, Event, Finding, How, Session, Stage};
use crate::id::Id;
use crate::node::Node;
use crate::pack::digits;
use crate::time::Millis;

/// The version of these forms.
const VERSION: f64 = 1.0;

/// An event of a session as its host hears of it: its name and its detail.
#[must_use]
pub fn event(event: &Event, device: &Device) -> (&'static str, Node) {
    let (name, more) = match event {
        Event::Tapped { count, at } => (
            "tap",
            vec![
                ("count", Node::Number(*count as f64)),
                ("at", Node::Number(at.get().round())),
            ],
        ),
        Event::Found { finding, .. } => ("verdict", verdict(finding, device)),
        Event::StepChecked { fix, step, done } => (
            "step",
            vec![
                ("fix", id(Some(fix))),
                ("step", id(Some(step))),
                ("done", Node::Flag(*done)),
            ],
        ),
        Event::Resolved { signal, fixed_by } => (
            "resolved",
            vec![
                ("signal", id(signal.as_ref())),
                ("fixed", Node::Flag(fixed_by.is_some())),
                ("fix", id(fixed_by.as_ref())),
            ],
        ),
        Event::HelpWanted { signal } => ("unresolved", vec![("signal", id(signal.as_ref()))]),
    };
    let mut detail = vec![
        ("pack", id(Some(device.pack_id()))),
        ("model", id(Some(device.model_id()))),
    ];
    detail.extend(more);
    (name, table(detail))
}

/// Where the person is.
#[must_use]
pub fn state(open: Option<&(Device, Session)>) -> Node {
    let finding = open.and_then(|(device, session)| Some((session.finding.as_ref()?, device)));
    let stage = open.map_or("device", |(_, session)| match session.stage {
        Stage::Tap => "tap",
        Stage::Choose => "choose",
        Stage::Ask(_) => "ask",
        Stage::Verdict => "verdict",
        Stage::Plan => "plan",
        Stage::Resolved => "resolved",
        Stage::Support => "support",
    });
    let taps = open.map_or(0, |(_, session)| session.watch.taps.len());
    table(vec![
        ("version", Node::Number(VERSION)),
        ("phase", text("running")),
        ("pack", id(open.map(|(device, _)| device.pack_id()))),
        ("model", id(open.map(|(device, _)| device.model_id()))),
        ("stage", text(stage)),
        ("taps", Node::Number(taps as f64)),
        (
            "verdict",
            finding.map_or(Node::Nothing, |(finding, device)| {
                table(verdict(finding, device))
            }),
        ),
    ])
}

fn verdict(finding: &Finding, device: &Device) -> Vec<(&'static str, Node)> {
    let number = |number: Option<f64>| number.map_or(Node::Nothing, Node::Number);
    let signal = finding.signal.as_ref();
    vec![
        ("signal", id(signal)),
        (
            "name",
            signal.map_or(Node::Nothing, |signal| text(device.signal_name(signal))),
        ),
        (
            "how",
            text(match finding.how {
                How::Tapped => "tapped",
                How::Told => "told",
                How::Chosen => "chosen",
            }),
        ),
        ("read", read(finding)),
        ("sure", number(finding.sure.map(f64::from))),
        ("period", number(finding.period.map(|period| period.get()))),
    ]
}

/// What was read of a rhythm that the pack does not list.
fn read(finding: &Finding) -> Node {
    let code = finding.unlisted.as_ref();
    if let Some((first, second)) = code.and_then(|code| digits::of(code.as_str())) {
        return table(vec![
            ("first", Node::Number(first.into())),
            ("second", Node::Number(second.into())),
        ]);
    }
    let Some(pattern) = &finding.pattern else {
        return Node::Nothing;
    };
    let ms =
        |time: Option<Millis>| time.map_or(Node::Nothing, |time| Node::Number(time.get().round()));
    let counts = pattern
        .groups
        .iter()
        .map(|group| Node::Number(group.count.into()));
    table(vec![
        ("counts", Node::List(counts.collect())),
        ("every", ms(pattern.every)),
        ("pause", ms(pattern.pause)),
    ])
}

fn id(id: Option<&Id>) -> Node {
    id.map_or(Node::Nothing, |id| text(id.as_str()))
}

fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

fn table(fields: Vec<(&'static str, Node)>) -> Node {
    let field = |(name, node): (&'static str, Node)| (name.to_owned(), node);
    Node::Table(fields.into_iter().map(field).collect())
}
