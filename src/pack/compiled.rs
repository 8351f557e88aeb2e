//! What a light does, as plain data: the form in which the build hands rhythms to the page.
//!
//! People write rhythms in the notation. Its parser, with all that it has to say about mistakes, would be a twentieth of the
//! page's program, so the build has read them before.

use crate::node::{Fields, Node, Read, Table, list, number, text};
use crate::rhythm::{Flash, Flashes, Group, Layer, Show, Span};

/// Layers as plain data.
#[must_use]
pub fn written(layers: &[Layer]) -> Node {
    list(layers, layer)
}

fn layer(layer: &Layer) -> Node {
    let mut table = Table::new();
    if let Some(light) = &layer.light {
        table = table.put("light", text(light.as_str()));
    }
    let flashes = match &layer.show {
        Show::Dark => return table.put("is", text("dark")).done(),
        Show::Steady => return table.put("is", text("steady")).done(),
        Show::Flashes(flashes) => flashes,
    };
    if flashes.inverse {
        table = table.put("inverse", Node::Flag(true));
    }
    if !flashes.intro.is_empty() {
        table = table.put("intro", list(&flashes.intro, group));
    }
    table.put("cycle", list(&flashes.cycle, group)).done()
}

fn group(group: &Group) -> Node {
    let mut table = Table::new();
    match group.flash {
        Flash::Any => {}
        Flash::Short => table = table.put("flash", text("short")),
        Flash::Long => table = table.put("flash", text("long")),
    }
    if let Some(light) = &group.light {
        table = table.put("light", text(light.as_str()));
    }
    table = table.put(
        "count",
        list(&[group.count.0, group.count.1], |n| number(*n)),
    );
    for (name, span) in [
        ("lit", group.lit),
        ("every", group.every),
        ("rest", group.rest),
    ] {
        if let Span::Stated(from, to) = span {
            table = table.put(name, list(&[from, to], |ms| number(*ms)));
        }
    }
    table.done()
}

impl Read for Layer {
    fn read(fields: &mut Fields) -> Layer {
        let light = fields.maybe_id("light");
        let inverse = fields.flag("inverse");
        let (intro, cycle) = (fields.many("intro"), fields.many("cycle"));
        let show = match fields.choice("is", &[("dark", false), ("steady", true)]) {
            Some(false) => Show::Dark,
            Some(true) => Show::Steady,
            None => Show::Flashes(Flashes {
                intro,
                cycle,
                inverse,
            }),
        };
        Layer { light, show }
    }
}

impl Read for Group {
    fn read(fields: &mut Fields) -> Group {
        let count = match *fields.numbers("count") {
            [least, most] => (least as u8, most as u8),
            _ => (1, 1),
        };
        Group {
            flash: fields
                .choice("flash", &[("short", Flash::Short), ("long", Flash::Long)])
                .unwrap_or(Flash::Any),
            light: fields.maybe_id("light"),
            count,
            lit: span(fields, "lit"),
            every: span(fields, "every"),
            rest: span(fields, "rest"),
        }
    }
}

fn span(fields: &mut Fields, name: &'static str) -> Span {
    match *fields.numbers(name) {
        [from, to] => Span::Stated(from, to),
        _ => Span::Unstated,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::pack::notation;

    struct Layers(Vec<Layer>);

    impl Read for Layers {
        fn read(fields: &mut Fields) -> Layers {
            Layers(fields.many("layers"))
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for show in [
            "dark",
            "dip x2 every 3s",
            "red/blue alternate",
            "blue: steady + green: blink",
            "long x3..5 then short every 3s",
            "red long x3, pause 1s, white short x2, repeat after 2s",
        ] {
            let layers = notation::parse(show, &|_| true).map_err(|fault| (show, fault.what));
            let layers = layers.unwrap();
            let node = Table::new().put("layers", written(&layers)).done();
            let back: Layers = crate::node::read(&node).map_err(|_| show).unwrap();
            assert_eq!(back.0, layers, "{show}");
        }
    }
}
