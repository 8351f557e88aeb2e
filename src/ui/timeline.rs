//! The line on which taps and light are drawn.

use super::el::{El, el};
use super::view::svg;
use crate::rhythm::Watch;
use crate::score::LENGTH;
use crate::time::within;

/// The length of every line in drawing units.
const UNITS: f64 = 800.0;

/// How much of an attempt is in view while tapping, in ms.
const WINDOW: f64 = 10_000.0;

/// An empty line.
pub fn track(class: &'static str) -> El {
    let back = el("rect").sets(&[
        ("class", "track-back"),
        ("x", "0"),
        ("y", "10"),
        ("width", "800"),
        ("height", "4"),
        ("rx", "2"),
    ]);
    svg(class, "0 0 800 24")
        .set("preserveAspectRatio", "none")
        .with(back)
}

/// A mark on it, from one place to another, both of [`LENGTH`] ms.
pub fn mark(class: &str, from: f64, long: f64) -> El {
    let units = |ms: f64| within((ms * UNITS / LENGTH).round(), -UNITS, UNITS) as i32;
    el("rect")
        .attr("class", class)
        .number("x", units(from))
        .number("width", units(long).max(6))
        .sets(&[("y", "2"), ("height", "20"), ("rx", "3")])
}

/// The taps of the last ten seconds, now at the right end.
pub fn timeline(watch: &Watch) -> El {
    let now = watch.until.get().max(WINDOW);
    let scale = LENGTH / WINDOW;
    let last = watch.taps.len().saturating_sub(1);
    let marks = watch.taps.iter().enumerate().filter_map(|(nth, tap)| {
        let from = tap.at.get() - (now - WINDOW);
        // A finger that is still down draws a mark that grows.
        let until_now = if nth == last {
            watch.until.get() - tap.at.get()
        } else {
            0.0
        };
        let held = tap.held.map_or(until_now, |held| held.get());
        (from + held >= 0.0)
            .then(|| mark("tap-mark", from * scale, held * scale).key(&nth.to_string()))
    });
    track("track timeline").with(el("g").list(marks.collect()))
}
