//! The line drawings of packs: simple on purpose, and always with words beside them.

use super::el::{El, el};
use super::view::svg;
use led_doctor_core::pack::Picture;

/// A device, 64 by 64.
pub fn drawing(picture: &Picture) -> El {
    drawn("drawing", "0 0 64 64", picture)
}

/// What a step means, or where the light is: 120 by 68.
pub fn picture(picture: &Picture) -> El {
    drawn("picture", "0 0 120 68", picture)
}

fn drawn(class: &'static str, view_box: &'static str, picture: &Picture) -> El {
    let path = |class: &'static str, d: &Option<String>| {
        Some(el("path").set("class", class).attr("d", d.as_ref()?))
    };
    svg(class, view_box)
        .maybe(path("", &picture.lines))
        .maybe(path("drawing-light", &picture.light))
        .maybe(path("drawing-accent", &picture.accent))
}
