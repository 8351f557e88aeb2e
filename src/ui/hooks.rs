//! Time for what is drawn.

use crate::time::Wall;
use crate::web::clock;
use gloo_timers::callback::Interval;
use yew::prelude::*;

/// Calls `tick` every `every` ms while `on`.
#[hook]
pub fn use_ticks(on: bool, every: u32, tick: Callback<()>) {
    use_effect_with((on, every, tick), |(on, every, tick)| {
        let tick = tick.clone();
        let interval = on.then(|| Interval::new(*every, move || tick.emit(())));
        move || drop(interval)
    });
}

/// The wall clock, going on while `on`.
#[hook]
pub fn use_now(on: bool) -> Wall {
    let now = use_state(clock::wall);
    let setter = now.setter();
    let tick = use_callback((), move |(), ()| setter.set(clock::wall()));
    use_ticks(on, 500, tick);
    // A page that slept shows the right time at once, not half a second later.
    if on { clock::wall() } else { *now }
}
