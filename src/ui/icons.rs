//! The line drawings: simple on purpose, and always with words beside them.

use super::el::{El, el};
use super::view::svg;
use led_doctor_core::pack::{Drawing, Picture};

/// A drawing as three paths: its lines, its light, and what is pointed out.
type Paths = (&'static str, &'static str, &'static str);

/// A device.
pub fn drawing(kind: Drawing) -> El {
    let paths: Paths = match kind {
        Drawing::Mini => (
            "M28 6h8a12 12 0 0 1 12 12v8a12 12 0 0 1 -12 12h-8a12 12 0 0 1 -12 -12v-8a12 12 0 0 1 12 -12zM25 21a7 7 0 1 0 14 0a7 7 0 1 0 -14 0zM32 38v10M20 56c0-6 5-8 12-8s12 2 12 8z",
            "M39.5 12a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z",
            "",
        ),
        Drawing::Camera => (
            "M20 10h24a10 10 0 0 1 10 10v24a10 10 0 0 1 -10 10h-24a10 10 0 0 1 -10 -10v-24a10 10 0 0 1 10 -10zM21 32a11 11 0 1 0 22 0a11 11 0 1 0 -22 0zM28 32a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
            "M43.5 18a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z",
            "",
        ),
        Drawing::Doorbell => (
            "M30 4h4a10 10 0 0 1 10 10v36a10 10 0 0 1 -10 10h-4a10 10 0 0 1 -10 -10v-36a10 10 0 0 1 10 -10zM26 16a6 6 0 1 0 12 0a6 6 0 1 0 -12 0zM24 44a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z",
            "M29 44a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z",
            "",
        ),
        Drawing::Hub => (
            "M15 22h34a7 7 0 0 1 7 7v8a7 7 0 0 1 -7 7h-34a7 7 0 0 1 -7 -7v-8a7 7 0 0 1 7 -7zM44 44v8h8",
            "M17 33a3 3 0 1 0 6 0a3 3 0 1 0 -6 0zM27 33a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z",
            "",
        ),
        Drawing::Board => (
            "M10 14h44a4 4 0 0 1 4 4v28a4 4 0 0 1 -4 4h-44a4 4 0 0 1 -4 -4v-28a4 4 0 0 1 4 -4zM26 26h10a2 2 0 0 1 2 2v8a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-8a2 2 0 0 1 2 -2zM12 20h36",
            "M9.5 42a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z",
            "",
        ),
        Drawing::Laptop => (
            "M15 12h34a3 3 0 0 1 3 3v22a3 3 0 0 1 -3 3h-34a3 3 0 0 1 -3 -3v-22a3 3 0 0 1 3 -3zM4 48h56l-4-8H8z",
            "M10 45a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z",
            "",
        ),
        Drawing::Desktop => (
            "M22 6h20a4 4 0 0 1 4 4v44a4 4 0 0 1 -4 4h-20a4 4 0 0 1 -4 -4v-44a4 4 0 0 1 4 -4zM24 14h16M24 20h16",
            "M29 34a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z",
            "",
        ),
        Drawing::Car => (
            "M6 42v-8l8-4 6-12h22l8 12 8 3v9zM14 43a5 5 0 1 0 10 0a5 5 0 1 0 -10 0zM40 43a5 5 0 1 0 10 0a5 5 0 1 0 -10 0zM20 30h28",
            "",
            "",
        ),
        Drawing::Device => (
            "M20 16h24a8 8 0 0 1 8 8v16a8 8 0 0 1 -8 8h-24a8 8 0 0 1 -8 -8v-16a8 8 0 0 1 8 -8z",
            "M28 32a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
            "",
        ),
    };
    drawn("drawing", "0 0 64 64", paths)
}

/// What a step means.
pub fn picture(kind: Picture) -> El {
    let paths: Paths = match kind {
        Picture::RouterUnplug => (
            "M13 34h46a5 5 0 0 1 5 5v10a5 5 0 0 1 -5 5h-46a5 5 0 0 1 -5 -5v-10a5 5 0 0 1 5 -5zM18 34V18M54 34V18M64 44h14M92 44h18M92 38v12M92 38h-6M92 50h-6",
            "M17.5 44a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z",
            "M78 34l6 6M84 34l-6 6",
        ),
        Picture::Batteries => (
            "M16 14h66a4 4 0 0 1 4 4v8a4 4 0 0 1 -4 4h-66a4 4 0 0 1 -4 -4v-8a4 4 0 0 1 4 -4zM86 18h5v8h-5M21 38h66a4 4 0 0 1 4 4v8a4 4 0 0 1 -4 4h-66a4 4 0 0 1 -4 -4v-8a4 4 0 0 1 4 -4zM17 42h-5v8h5",
            "",
            "M76 18v8M72 22h8M20 22h8M27 42v8M23 46h8M76 46h8",
        ),
        Picture::ResetBottom => (
            "M52 6h10a12 12 0 0 1 12 12v10a12 12 0 0 1 -12 12h-10a12 12 0 0 1 -12 -12v-10a12 12 0 0 1 12 -12zM50 22a7 7 0 1 0 14 0a7 7 0 1 0 -14 0zM57 40v4",
            "M47.5 40a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z",
            "M38 62l11-18M45 46l4-2 1 4",
        ),
        Picture::ResetSide => (
            "M29 20h42a7 7 0 0 1 7 7v12a7 7 0 0 1 -7 7h-42a7 7 0 0 1 -7 -7v-12a7 7 0 0 1 7 -7zM33 33a3 3 0 1 0 6 0a3 3 0 1 0 -6 0zM43 33a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z",
            "M79 28h0a2 2 0 0 1 2 2v6a2 2 0 0 1 -2 2h0a2 2 0 0 1 -2 -2v-6a2 2 0 0 1 2 -2z",
            "M112 33H86M92 28l-6 5 6 5",
        ),
        Picture::QrCode => (
            "M44 6h36a8 8 0 0 1 8 8v36a8 8 0 0 1 -8 8h-36a8 8 0 0 1 -8 -8v-36a8 8 0 0 1 8 -8zM44 14h12v12h-12zM68 14h12v12h-12zM44 38h12v12h-12zM66 36h6v6h-6zM76 46h4v4h-4zM66 48h4M60 30h4",
            "",
            "",
        ),
        Picture::Distance => (
            "M8 32h18a4 4 0 0 1 4 4v6a4 4 0 0 1 -4 4h-18a4 4 0 0 1 -4 -4v-6a4 4 0 0 1 4 -4zM10 32V20M54 28h10a4 4 0 0 1 4 4v10a4 4 0 0 1 -4 4h-10a4 4 0 0 1 -4 -4v-10a4 4 0 0 1 4 -4zM98 26h10a6 6 0 0 1 6 6v10a6 6 0 0 1 -6 6h-10a6 6 0 0 1 -6 -6v-10a6 6 0 0 1 6 -6zM98 37a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
            "",
            "M34 38h10M74 38h12",
        ),
    };
    drawn("picture", "0 0 120 68", paths)
}

fn drawn(class: &'static str, view_box: &'static str, (lines, light, accent): Paths) -> El {
    svg(class, view_box)
        .with(el("path").set("d", lines))
        .with(el("path").set("class", "drawing-light").set("d", light))
        .with(el("path").set("class", "drawing-accent").set("d", accent))
}
