//! A rhythm written out in the notation again: for tools and tests.

use super::{Flash, Flashes, Group, Layer, Show, Span};

/// The rhythm in the plainest words of the notation. Reading it gives the same layers again.
#[must_use]
pub fn print(layers: &[Layer]) -> String {
    layers.iter().map(layer).collect::<Vec<_>>().join(" + ")
}

fn layer(layer: &Layer) -> String {
    let show = match &layer.show {
        Show::Dark => "dark".to_owned(),
        Show::Steady => "steady".to_owned(),
        Show::Flashes(flashes) => rhythm(flashes),
    };
    match &layer.light {
        Some(light) => format!("{light}: {show}"),
        None => show,
    }
}

fn rhythm(flashes: &Flashes) -> String {
    let list = |groups: &[Group]| {
        groups
            .iter()
            .map(|g| group(g, flashes.inverse))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut text = list(&flashes.intro);
    if !flashes.cycle.is_empty() {
        if !text.is_empty() {
            text += " then ";
        }
        text += &list(&flashes.cycle);
        text += ", repeat";
        if flashes.among {
            text += " among others";
        }
    }
    text
}

fn group(group: &Group, dip: bool) -> String {
    let mut text = String::new();
    if let Some(light) = &group.light {
        text += light.as_str();
        text.push(' ');
    }
    text += match group.flash {
        _ if dip => "dip",
        Flash::Short => "short",
        Flash::Long => "long",
        Flash::Pulse => "pulse",
        Flash::Burst => "burst",
        Flash::Any => "flash",
    };
    let (fewest, most) = group.count;
    text += &if fewest == most {
        format!(" x{fewest}")
    } else {
        format!(" x{fewest}..{most}")
    };
    for (word, span) in [
        ("lit", group.lit),
        ("apart", group.every),
        ("next", group.rest),
    ] {
        if let Span::Stated(low, high) = span {
            text += &if low == high {
                format!(" {word} {low}ms")
            } else {
                format!(" {word} {low}..{high}ms")
            };
        }
    }
    text
}
