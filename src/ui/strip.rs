//! A signal drawn: a still strip of when it is lit, and a small lamp that plays it.

use super::el::{El, classed, el};
use super::msg::Msg;
use super::timeline::{mark, track};
use super::view::{View, sends};
use led_doctor_core::id::Id;
use led_doctor_core::pack::{Colour, Light, Part};
use led_doctor_core::rhythm::Layer;
use led_doctor_core::score::{LENGTH, Lane, Score};
use led_doctor_core::session::Device;

/// The drawing of a signal. Its words are beside it, so the drawing is hidden from screen readers; its button is.
///
/// `name` distinguishes this drawing from the others on the screen.
pub fn strip(view: &View, name: &str, layers: &[Layer]) -> El {
    let score = Score::of(layers);
    let flashes = score.lanes.iter().any(|lane| lane.flashes);
    let lanes = score.lanes.iter().enumerate().map(|(nth, lane)| {
        let light = about(view.device, lane.light.as_ref());
        let line = classed("div", "lane-track")
            // Time runs one way in every language.
            .set("dir", "ltr")
            // Colour is never the only sign: the light's name is beside it.
            .maybe(light.map(|light| {
                classed("span", "lane-name")
                    .set("dir", "auto")
                    .text(&light.name)
            }))
            .with(line_of(view.device, lane, score.length));
        let key = [name, "-", &nth.to_string()].concat();
        classed("div", if lane.swells { "lane swells" } else { "lane" })
            .with(lamp(view, &key, lane, score.too_fast))
            .with(line)
    });
    let end = if score.too_fast {
        Some(view.para("small", "choose.slow"))
    } else {
        flashes.then(|| {
            view.para(
                "small strip-end",
                if score.repeats {
                    "choose.repeats"
                } else {
                    "choose.once"
                },
            )
        })
    };
    classed("div", "strip").list(lanes).maybe(end)
}

/// The lines of a signal alone, a light each: for paper, beside its words.
pub fn tracks(device: &Device, layers: &[Layer]) -> El {
    let score = Score::of(layers);
    let lanes = score.lanes.iter();
    let lanes = lanes.map(|lane| line_of(device, lane, score.length));
    // Time runs one way in every language.
    classed("span", "drawn").set("dir", "ltr").list(lanes)
}

/// The line of a light, with a mark wherever it is lit. `length`: how long the whole line is, in ms.
fn line_of(device: &Device, lane: &Lane, length: f64) -> El {
    let scale = LENGTH / length;
    let class = ["lit ", tint(device, lane.light.as_ref())].concat();
    let lit = lane.lit.iter();
    track("track").list(lit.map(|(from, to)| mark(&class, *from * scale, (*to - *from) * scale)))
}

/// The class of a light's colour: red where a device has only one light of no stated colour.
pub fn tint(device: &Device, light: Option<&Id>) -> &'static str {
    match about(device, light).map_or(Colour::Red, |light| light.colour) {
        Colour::Red => "is-red",
        Colour::Amber => "is-amber",
        Colour::Green => "is-green",
        Colour::Blue => "is-blue",
        Colour::White => "is-white",
    }
}

/// The class of the part of a ring that a light is.
fn part(device: &Device, light: Option<&Id>) -> &'static str {
    match about(device, light).and_then(|light| light.at) {
        None => "",
        Some(Part::Ring) => " is-part at-ring",
        Some(Part::Top) => " is-part at-top",
        Some(Part::Right) => " is-part at-right",
        Some(Part::Bottom) => " is-part at-bottom",
        Some(Part::Left) => " is-part at-left",
        Some(Part::Spinning) => " is-part at-spinning",
    }
}

fn about<'a>(device: &'a Device, light: Option<&Id>) -> Option<&'a Light> {
    device.pack().file().light.get(light?.as_str())
}

/// A small lamp that plays its lane when asked, and stops automatically.
fn lamp(view: &View, key: &str, lane: &Lane, still: bool) -> El {
    let played = view.played(key);
    let lit = match played {
        _ if !lane.flashes => !lane.lit.is_empty(),
        Some(at) => lane.lit.iter().any(|(from, to)| (*from..*to).contains(&at)),
        None => false,
    };
    let light = lane.light.as_ref();
    let (colour, part) = (tint(view.device, light), part(view.device, light));
    let face = el("span")
        .attr(
            "class",
            &["lamp ", colour, part, if lit { " is-on" } else { "" }].concat(),
        )
        .set("aria-hidden", "true");
    if !lane.flashes || still {
        return face;
    }
    let changes = lane
        .lit
        .iter()
        .flat_map(|(from, to)| [*from, *to])
        .collect();
    classed("button", "lamp-button")
        .sets(&[("type", "button"), ("data-testid", "play")])
        .set(
            "aria-pressed",
            if played.is_some() { "true" } else { "false" },
        )
        .click(sends(
            view.send,
            Msg::Play {
                key: key.into(),
                changes,
            },
        ))
        .with(face)
        .with(el("span").text(view.t(if played.is_some() {
            "choose.stop"
        } else {
            "choose.play"
        })))
}
