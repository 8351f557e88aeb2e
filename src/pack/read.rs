//! How a pack is read in the page. The fields are those of [`super::file`], under the same names.

use super::{
    Answer, Cause, Colour, Drawing, Evidence, Expect, Fix, Grade, Index, Light, Model, ModelSignal,
    Order, PackFile, Picture, Plan, Question, Severity, Shelf, ShelfModel, Source, Step, StepKind,
    Support,
};
use crate::node::{Fields, Read};
use crate::reads;

reads!(PackFile {
    format: whole,
    id: id,
    edition: text,
    lang: text,
    name: text,
    notice: text,
    support: one,
    source: keyed,
    light: keyed,
    question: keyed,
    model: keyed,
    cause: keyed,
    fix: keyed,
    plan: keyed,
});
reads!(Support {
    phone: maybe_text,
    site: maybe_text,
    note: text,
    ready: texts,
    evidence: many
});
reads!(Source {
    name: text,
    address: maybe_text,
    checked: text
});
reads!(Evidence {
    grade: choice(GRADES).unwrap_or(Grade::G),
    source: id
});
reads!(Light {
    colour: choice(COLOURS).unwrap_or(Colour::White),
    name: text
});
reads!(Question {
    ask: text,
    help: maybe_text,
    answer: keyed
});
reads!(Answer { text: text });
reads!(Model {
    name: text,
    hint: text,
    drawing: choice(DRAWINGS).unwrap_or(Drawing::Device),
    light_is: maybe_text,
    like: maybe_id,
    signal: keyed,
});
reads!(Expect {
    answer: id,
    sure: number(Some(1.0))
});
reads!(Cause {
    severity: choice(SEVERITIES).unwrap_or(Severity::Stop),
    title: text,
    meaning: text,
    advice: texts
});
reads!(Fix {
    models: ids,
    except: ids,
    title: text,
    why: text,
    need: texts,
    step: keyed,
    evidence: many
});
reads!(Plan {
    cause: id,
    models: ids,
    ask: maybe_id,
    order: ids,
    when: keyed,
    because: maybe_text
});
reads!(Order {
    order: ids,
    because: maybe_text
});
reads!(Index { packs: many });
reads!(Shelf {
    id: id,
    name: text,
    file: text,
    models: many
});
reads!(ShelfModel {
    id: id,
    name: text,
    hint: text,
    drawing: choice(DRAWINGS).unwrap_or(Drawing::Device),
    unconfirmed: flag
});

impl Read for ModelSignal {
    fn read(fields: &mut Fields) -> ModelSignal {
        // The build puts the rhythm there as data instead of the notation.
        let layers: Vec<_> = fields.many("layers");
        let show = match layers.is_empty() {
            true => fields.text("show"),
            false => String::new(),
        };
        ModelSignal {
            show,
            layers,
            weight: fields.number("weight", Some(1.0)),
            cause: fields.id("cause"),
            expect: fields.keyed("expect"),
            code: fields.maybe_id("code"),
            name: fields.text("name"),
            looks: fields.text("looks"),
            evidence: fields.many("evidence"),
        }
    }
}

impl Read for Step {
    fn read(fields: &mut Fields) -> Step {
        let wait = match *fields.numbers("wait") {
            [least, most] => Some((least as u32, most as u32)),
            _ => None,
        };
        Step {
            models: fields.ids("models"),
            except: fields.ids("except"),
            kind: fields.choice("kind", KINDS).unwrap_or_default(),
            wait,
            show: fields.maybe_text("show"),
            layers: fields.many("layers"),
            picture: fields.choice("picture", PICTURES),
            text: fields.text("text"),
            detail: fields.maybe_text("detail"),
            evidence: fields.many("evidence"),
        }
    }
}

const GRADES: &[(&str, Grade)] = &[
    ("A", Grade::A),
    ("B", Grade::B),
    ("C", Grade::C),
    ("S", Grade::S),
    ("G", Grade::G),
];

const COLOURS: &[(&str, Colour)] = &[
    ("red", Colour::Red),
    ("amber", Colour::Amber),
    ("green", Colour::Green),
    ("blue", Colour::Blue),
    ("white", Colour::White),
];

const DRAWINGS: &[(&str, Drawing)] = &[
    ("mini", Drawing::Mini),
    ("camera", Drawing::Camera),
    ("doorbell", Drawing::Doorbell),
    ("hub", Drawing::Hub),
    ("board", Drawing::Board),
    ("laptop", Drawing::Laptop),
    ("desktop", Drawing::Desktop),
    ("car", Drawing::Car),
    ("device", Drawing::Device),
];

// A severity that cannot be read is taken for the worst: it can then never become a do-it-yourself plan.
const SEVERITIES: &[(&str, Severity)] = &[
    ("normal", Severity::Normal),
    ("wait", Severity::Wait),
    ("act", Severity::Act),
    ("stop", Severity::Stop),
];

const KINDS: &[(&str, StepKind)] = &[
    ("do", StepKind::Do),
    ("safety", StepKind::Safety),
    ("loss", StepKind::Loss),
    ("leave-wifi", StepKind::LeaveWifi),
    ("return-wifi", StepKind::ReturnWifi),
    ("if-stuck", StepKind::IfStuck),
];

const PICTURES: &[(&str, Picture)] = &[
    ("router-unplug", Picture::RouterUnplug),
    ("batteries", Picture::Batteries),
    ("reset-bottom", Picture::ResetBottom),
    ("reset-side", Picture::ResetSide),
    ("qr-code", Picture::QrCode),
    ("distance", Picture::Distance),
];
