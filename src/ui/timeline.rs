//! The taps as they fall.

use super::scene::SceneProps;
use yew::prelude::*;

/// How much of the attempt is in view, in ms.
const WINDOW: f64 = 10_000.0;

/// The taps of the last ten seconds on a line, now at its right end.
#[component]
pub fn Timeline(props: &SceneProps) -> Html {
    let watch = &props.scene.session.watch;
    let now = watch.until.get().max(WINDOW);
    let marks = watch.taps.iter().enumerate().filter_map(|(nth, tap)| {
        let left = (tap.at.get() - (now - WINDOW)) / WINDOW * 800.0;
        let held = tap.held.map_or_else(
            // A finger that is still down draws a mark that grows.
            || if nth + 1 == watch.taps.len() { watch.until.get() - tap.at.get() } else { 0.0 },
            |held| held.get(),
        );
        let wide = (held / WINDOW * 800.0).clamp(6.0, 800.0);
        (left + wide >= 0.0).then(|| {
            html! { <rect key={nth} class="tap-mark" x={(left.round() as i32).to_string()} y="2" width={(wide.round() as i32).to_string()} height="20" rx="3" /> }
        })
    });
    html! {
        <svg class="track timeline" viewBox="0 0 800 24" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="track-back" x="0" y="10" width="800" height="4" rx="2" />
            { for marks }
        </svg>
    }
}
