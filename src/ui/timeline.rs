//! The line on which taps and light are drawn.

use super::el::{El, el};
use super::strip::tint;
use super::view::svg;
use led_doctor_core::rhythm::{Tap, Watch};
use led_doctor_core::score::LENGTH;
use led_doctor_core::session::Device;
use led_doctor_core::time::within;

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

/// The mark of a tap: in its light's colour and, so that colour is not the only sign, at its light's height.
pub fn tap_mark(device: &Device, tap: &Tap, class: &str, from: f64, long: f64) -> El {
    let Some(light) = &tap.light else {
        return mark(class, from, long);
    };
    let place = device.pads().iter().position(|pad| pad == light);
    let lane = if place == Some(0) {
        " is-upper "
    } else {
        " is-lower "
    };
    mark(
        &[class, lane, tint(device, Some(light))].concat(),
        from,
        long,
    )
}

/// The taps of the last ten seconds, now at the right end.
pub fn timeline(device: &Device, watch: &Watch) -> El {
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
        (from + held >= 0.0).then(|| {
            tap_mark(device, tap, "tap-mark", from * scale, held * scale).key(&nth.to_string())
        })
    });
    track("track timeline").with(el("g").list(marks))
}
