//! The duet: after a verdict, what was tapped and what the light does are played together.

use super::el::{El, classed, el};
use super::msg::Msg;
use super::strip::tint;
use super::view::{View, how, sends};
use led_doctor_core::pack::SignalEntry;
use led_doctor_core::rhythm::Tap;
use led_doctor_core::score::{FASTEST_SHOWN, LENGTH, Score, together};
use led_doctor_core::time::Millis;

/// Which replay it is.
const KEY: &str = "duet";

/// A tap of unknown length, or of a very short one, is lit for so long, in ms.
const SEEN: f64 = 150.0;

/// Two small lamps and the button that plays them. `None` where there is no rhythm to compare, or one that is too fast to be shown.
pub fn duet(view: &View, entry: &SignalEntry) -> Option<El> {
    let taps = &view.session.watch.taps;
    let times: Vec<f64> = taps.iter().map(|tap| tap.at.get()).collect();
    // As long as there were taps, from whichever flash on they began.
    let span = times.last()? - times.first()?;
    let score = Score::over(&entry.layers, LENGTH + span);
    let lane = score.lanes.iter().find(|lane| lane.flashes)?;
    let is_fast = |pair: &[f64]| matches!(pair, [a, b] if b - a < FASTEST_SHOWN);
    if score.too_fast || score.lanes.len() > 1 || times.len() < 2 || times.windows(2).any(is_fast) {
        return None;
    }
    let shift = together(&lane.lit, &times);
    let shown = |tap: &Tap| {
        let from = tap.at.get() + shift;
        (from, from + tap.held.map_or(SEEN, Millis::get).max(SEEN))
    };
    let tapped: Vec<(f64, f64)> = taps.iter().map(shown).collect();
    let at = view.played(KEY);
    let lamp = |lit: &[(f64, f64)], words: &str| {
        let on = at.is_some_and(|at| lit.iter().any(|(from, to)| (*from..*to).contains(&at)));
        let colour = tint(view.device, lane.light.as_ref());
        let class = ["lamp ", colour, if on { " is-on" } else { "" }].concat();
        classed("span", "duet-voice")
            .with(el("span").attr("class", &class).set("aria-hidden", "true"))
            .text(words)
    };
    let changes = lane.lit.iter().chain(&tapped);
    let changes = changes.flat_map(|(from, to)| [*from, *to]).collect();
    let is_playing = at.is_some();
    let (pressed, words) = match is_playing {
        true => ("true", "choose.stop"),
        false => ("false", "verdict.duet"),
    };
    let play = classed("button", "small-button")
        .sets(&[("type", "button"), ("data-testid", "duet")])
        .set("aria-pressed", pressed)
        .click(sends(
            view.send,
            Msg::Play {
                key: KEY.into(),
                changes,
            },
        ))
        .text(view.t(words));
    Some(
        classed("div", "duet")
            .with(lamp(&tapped, view.t(how(&view.session.watch))))
            .with(lamp(&lane.lit, &entry.about.name))
            .with(play),
    )
}
