//! The plain form of a pack, as the page gets it. The fields are those of [`super::file`], under the same names.

use super::{
    Answer, Cause, Colour, Danger, Evidence, Expect, Fix, Grade, Index, Light, Model, ModelSignal,
    Order, PackFile, Part, Picture, Plan, Question, Severity, Shelf, ShelfModel, Source, Step,
    StepKind, Support,
};
use crate::codec::{Codec, Record};
use crate::{choices, record};

record!(PackFile {
    format,
    id,
    edition,
    lang,
    draft,
    reviewed,
    name,
    notice,
    support,
    source,
    picture,
    light,
    question,
    model,
    cause,
    fix,
    plan,
});
record!(Support {
    phone,
    site,
    note,
    ready,
    evidence
});
record!(Source {
    name,
    address,
    checked
});
record!(Evidence { grade, source });
record!(Light { colour, at, name });
record!(Picture {
    lines,
    light,
    accent
});
record!(Question { ask, help, answer });
record!(Answer { text });
record!(Model {
    name,
    hint,
    drawing,
    picture,
    beeps,
    light_is,
    like,
    signal,
    unlisted,
    unlisted_is
});
record!(Cause {
    severity,
    danger,
    title,
    meaning,
    advice
});
record!(Fix {
    models,
    except,
    title,
    why,
    need,
    step,
    evidence
});
record!(Step {
    models,
    except,
    kind,
    wait,
    show,
    layers,
    picture,
    text,
    original,
    detail,
    evidence
});
record!(Plan {
    cause,
    models,
    ask,
    order,
    when,
    because
});
record!(Order { order, because });
record!(Index { packs, picture });
record!(Shelf {
    id,
    name,
    file,
    models
});
record!(ShelfModel {
    id,
    name,
    hint,
    drawing,
    unconfirmed
});

impl Record for ModelSignal {
    fn fields(&mut self, codec: &mut Codec) {
        let ModelSignal {
            show,
            layers,
            weight,
            cause,
            expect,
            code,
            name,
            looks,
            evidence,
        } = self;
        // The build puts the rhythm there as data instead of the notation.
        codec.field("layers", layers);
        if layers.is_empty() {
            codec.field("show", show);
        }
        codec.number("weight", weight, 1.0);
        codec.field("cause", cause);
        codec.field("expect", expect);
        codec.field("code", code);
        codec.field("name", name);
        codec.field("looks", looks);
        codec.field("evidence", evidence);
    }
}

impl Record for Expect {
    fn fields(&mut self, codec: &mut Codec) {
        let Expect { answer, sure } = self;
        codec.field("answer", answer);
        codec.number("sure", sure, 1.0);
    }
}

choices!(Grade {
    "A": A,
    "B": B,
    "C": C,
    "S": S,
    "G": G,
});
choices!(Colour {
    "red": Red,
    "amber": Amber,
    "green": Green,
    "blue": Blue,
    "white": White,
});
choices!(Danger {
    "gas": Gas,
    "carbon-monoxide": CarbonMonoxide,
    "mains": Mains,
    "fire": Fire,
});
choices!(Severity {
    "normal": Normal,
    "wait": Wait,
    "act": Act,
    "stop": Stop,
});
choices!(StepKind {
    "do": Do,
    "safety": Safety,
    "loss": Loss,
    "leave-wifi": LeaveWifi,
    "return-wifi": ReturnWifi,
    "if-stuck": IfStuck,
});
choices!(Part {
    "ring": Ring,
    "top": Top,
    "right": Right,
    "bottom": Bottom,
    "left": Left,
    "spinning": Spinning,
});
