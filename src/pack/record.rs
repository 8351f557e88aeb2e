//! The plain form of a pack, as the page gets it. The fields are those of [`super::file`], under the same names.

use super::{
    Answer, Cause, Colour, Drawing, Evidence, Expect, Fix, Grade, Index, Light, Model, ModelSignal,
    Order, PackFile, Picture, Plan, Question, Severity, Shelf, ShelfModel, Source, Step, StepKind,
    Support,
};
use crate::form::{Form, Part};
use crate::{record, words};

record!(PackFile {
    format,
    id,
    edition,
    lang,
    name,
    notice,
    support,
    source,
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
record!(Light { colour, name });
record!(Question { ask, help, answer });
record!(Answer { text });
record!(Model {
    name,
    hint,
    drawing,
    light_is,
    like,
    signal
});
record!(Cause {
    severity,
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
record!(Index { packs });
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

impl Part for ModelSignal {
    fn pass(&mut self, form: &mut Form) {
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
        form.field("layers", layers);
        if layers.is_empty() {
            form.field("show", show);
        }
        form.number("weight", weight, 1.0);
        form.field("cause", cause);
        form.field("expect", expect);
        form.field("code", code);
        form.field("name", name);
        form.field("looks", looks);
        form.field("evidence", evidence);
    }
}

impl Part for Expect {
    fn pass(&mut self, form: &mut Form) {
        let Expect { answer, sure } = self;
        form.field("answer", answer);
        form.number("sure", sure, 1.0);
    }
}

words!(Grade {
    "A": A,
    "B": B,
    "C": C,
    "S": S,
    "G": G,
});
words!(Colour {
    "red": Red,
    "amber": Amber,
    "green": Green,
    "blue": Blue,
    "white": White,
});
words!(Drawing {
    "mini": Mini,
    "camera": Camera,
    "doorbell": Doorbell,
    "hub": Hub,
    "board": Board,
    "laptop": Laptop,
    "desktop": Desktop,
    "car": Car,
    "device": Device,
});
words!(Severity {
    "normal": Normal,
    "wait": Wait,
    "act": Act,
    "stop": Stop,
});
words!(StepKind {
    "do": Do,
    "safety": Safety,
    "loss": Loss,
    "leave-wifi": LeaveWifi,
    "return-wifi": ReturnWifi,
    "if-stuck": IfStuck,
});
words!(Picture {
    "router-unplug": RouterUnplug,
    "batteries": Batteries,
    "reset-bottom": ResetBottom,
    "reset-side": ResetSide,
    "qr-code": QrCode,
    "distance": Distance,
});
