//! On the pad: tapping along with the light.

use super::hooks::use_ticks;
use super::scene::{Scene, SceneProps};
use super::timeline::Timeline;
use crate::rhythm::{Hypothesis, Judgement, Look, Settle};
use crate::session::{Action, MAX_TAPS};
use crate::time::Millis;
use crate::web::{Listener, clock, page};
use yew::prelude::*;

/// How often the engine is told that the person is still watching, in ms.
const WATCH: u32 = 100;

/// A click this long after a press or its release is a press of its own, not the echo of one.
const ECHO: f64 = 700.0;

/// A signal below this probability is not worth showing as still possible.
const POSSIBLE: f64 = 0.01;

/// Tapping along.
#[component]
pub fn Tap(props: &SceneProps) -> Html {
    let scene = &props.scene;
    let live = scene.session.live.is_some();
    let taps = &scene.session.watch.taps;
    let send = scene.send.clone();
    let watched = use_callback(send.clone(), |(): (), send: &Callback<Action>| {
        send.emit(Action::Watched {
            at: clock::steady(),
        });
    });
    use_ticks(live, WATCH, watched);
    // Nobody watches a light through a hidden page.
    use_effect_with(send, |send| {
        let send = send.clone();
        let document = web_sys::window().and_then(|window| window.document());
        let listener = document.map(|document| {
            Listener::new(&document, "visibilitychange", move |_| {
                if page::hidden() {
                    send.emit(Action::LookedAway);
                }
            })
        });
        move || drop(listener)
    });
    let lone = use_state(|| false);
    let interrupted = !live && !taps.is_empty();
    let hint = if *lone {
        scene.t("tap.lone-click").to_owned()
    } else if interrupted {
        scene.t("tap.interrupted").to_owned()
    } else {
        settle(scene)
    };
    let started = !taps.is_empty();
    let stopped = scene.send.reform(|_: MouseEvent| Action::Stopped {
        at: clock::steady(),
    });
    let say = |key: &'static str, look: Look| {
        html! { <button type="button" class="say" onclick={scene.on(Action::Looked(look))}>{ scene.t(key) }</button> }
    };
    html! {
        <>
            <p class="lead">{ scene.t("tap.hint") }</p>
            if let Some(place) = scene.device.light_is() {
                <details class="small"><summary>{ scene.t("tap.where") }</summary><p>{ place.to_owned() }</p></details>
            }
            <div class="bench">
                <div class="bench-pad">
                    <Pad scene={scene.clone()} lone={lone.setter()} />
                    <Timeline scene={scene.clone()} />
                    <p class="settle" data-testid="settle">{ hint }</p>
                </div>
                <div class="bench-side">
                    <Possible scene={scene.clone()} />
                    <div class="says">
                        if started {
                            <button type="button" class="say" data-testid="stopped" onclick={stopped}>{ scene.t("tap.say.stopped") }</button>
                            <button type="button" class="say" data-testid="undo" onclick={scene.on(Action::TapUndone)}>{ scene.t("tap.say.undo") }</button>
                            <button type="button" class="say" data-testid="restart" onclick={scene.on(Action::Restarted)}>{ scene.t("app.start-over") }</button>
                        } else {
                            { say("tap.say.dark", Look::Dark) }
                        }
                        { say("tap.say.steady", Look::Steady) }
                        { say("tap.say.fast", Look::TooFast) }
                    </div>
                    <p class="choose-lead">{ scene.t("tap.say.choose-lead") }
                        { " " }
                        <button type="button" class="link" data-testid="choose" onclick={scene.on(Action::ChoiceOpened)}>{ scene.t("tap.say.choose") }</button>
                    </p>
                </div>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct PadProps {
    scene: Scene,
    lone: UseStateSetter<bool>,
}

/// The pad. It takes a press at the moment it begins, from whatever presses: a finger, a mouse, a pen, a key, a switch; and a
/// lone click, which is all that some assistive technology sends.
#[component]
fn Pad(props: &PadProps) -> Html {
    let scene = &props.scene;
    // The last moment at which a pointer or key went down or up: a click soon after it is its echo.
    let pressed = use_mut_ref(|| f64::NEG_INFINITY);
    let down = {
        let (send, pressed) = (scene.send.clone(), pressed.clone());
        move |event: &web_sys::Event| {
            let at = clock::stamp(event);
            *pressed.borrow_mut() = at.get();
            page::tick();
            send.emit(Action::Tapped { at });
        }
    };
    let up = {
        let (send, pressed) = (scene.send.clone(), pressed.clone());
        move |event: &web_sys::Event| {
            let at = clock::stamp(event);
            *pressed.borrow_mut() = at.get();
            send.emit(Action::Released { at });
        }
    };
    let onpointerdown = {
        let down = down.clone();
        Callback::from(move |event: PointerEvent| {
            if event.is_primary() && event.button() == 0 {
                if let Some(pad) = event.target_dyn_into::<web_sys::Element>() {
                    // Without it a finger that slides off the pad would hold for ever.
                    let _ = pad.set_pointer_capture(event.pointer_id());
                }
                down(&event);
            }
        })
    };
    let onpointerup = {
        let up = up.clone();
        Callback::from(move |event: PointerEvent| up(&event))
    };
    let onpointercancel = onpointerup.clone();
    let is_key = |event: &KeyboardEvent| matches!(event.key().as_str(), " " | "Enter");
    let onkeydown = {
        let down = down.clone();
        Callback::from(move |event: KeyboardEvent| {
            if is_key(&event) && !event.ctrl_key() && !event.alt_key() && !event.meta_key() {
                event.prevent_default();
                if !event.repeat() {
                    down(&event);
                }
            }
        })
    };
    let onkeyup = Callback::from(move |event: KeyboardEvent| {
        if is_key(&event) {
            event.prevent_default();
            up(&event);
        }
    });
    let onclick = {
        let (send, lone) = (scene.send.clone(), props.lone.clone());
        Callback::from(move |event: MouseEvent| {
            let at = clock::stamp(&event);
            if at.get() - *pressed.borrow() > ECHO {
                lone.set(true);
                send.emit(Action::Tapped { at });
                send.emit(Action::Released {
                    at: at + Millis::whole(90),
                });
            }
        })
    };
    // The long press of a phone would open a menu over the pad.
    let oncontextmenu = Callback::from(|event: MouseEvent| event.prevent_default());
    let count = scene.session.watch.taps.len().min(MAX_TAPS) as u32;
    let held = scene.session.live.is_some_and(|live| live.down);
    html! {
        <button type="button" class={classes!("pad", held.then_some("is-down"))} data-testid="tap-pad"
            aria-label={scene.attr("tap.pad-label")} aria-describedby="ld-count"
            {onpointerdown} {onpointerup} {onpointercancel} {onkeydown} {onkeyup} {onclick} {oncontextmenu}>
            <span class="pad-face" aria-hidden="true">
                <span class="pad-word">{ scene.t("tap.pad") }</span>
                <span class="pad-count" id="ld-count" data-testid="tap-count" aria-label={scene.texts.count("tap.count", count)}>{ count }</span>
            </span>
        </button>
    }
}

/// The one line that says what would settle it.
fn settle(scene: &Scene) -> String {
    let settle = scene
        .session
        .judgement
        .as_ref()
        .and_then(|judgement| judgement.settle.as_ref());
    if scene.session.watch.taps.is_empty() {
        return scene.t("settle.start").to_owned();
    }
    match settle {
        Some(Settle::KeepTapping { flashes: 0 | 1 }) => scene.t("settle.tap-one").to_owned(),
        Some(Settle::KeepTapping { flashes }) => scene
            .texts
            .fill("settle.tap-more", &[("n", &flashes.to_string())]),
        Some(Settle::KeepWatching { dark, between }) => {
            let (a, b) = scene.names(between);
            let seconds = scene.texts.count(
                "time.seconds",
                (dark.get() / 1000.0).ceil().clamp(1.0, 600.0) as u32,
            );
            scene
                .texts
                .fill("settle.dark", &[("seconds", &seconds), ("a", a), ("b", b)])
        }
        Some(Settle::Ask { .. }) | None => scene.t("settle.closing").to_owned(),
    }
}

/// What is still possible, shrinking as the taps fall.
#[component]
fn Possible(props: &SceneProps) -> Html {
    let scene = &props.scene;
    let judgement = scene
        .session
        .judgement
        .as_ref()
        .filter(|_| !scene.session.watch.taps.is_empty());
    let rows = scene.device.signals().iter().map(|entry| {
        let likely = judgement
            .map(|judgement| probability(judgement, &Hypothesis::Signal(entry.id.clone())));
        row(&entry.about.name, &entry.id, likely)
    });
    let unknown = judgement.map(|judgement| {
        probability(judgement, &Hypothesis::UnknownRegular)
            + probability(judgement, &Hypothesis::Noise)
    });
    html! {
        <section class="possible" aria-label={scene.attr("possible.title")}>
            <h2 class="small-title">{ scene.t("possible.title") }</h2>
            <ul class="plain">
                { for rows }
                { row(scene.t("possible.unknown"), "unknown", unknown) }
            </ul>
        </section>
    }
}

fn row(name: &str, key: impl std::fmt::Display, likely: Option<f64>) -> Html {
    let gone = likely.is_some_and(|likely| likely < POSSIBLE);
    let percent = likely.map_or(0, |likely| (likely * 100.0).round() as i32);
    html! {
        <li key={key.to_string()} class={classes!("possible-row", gone.then_some("is-gone"))} aria-hidden={gone.then_some("true")}>
            <span class="possible-name">{ name.to_owned() }</span>
            <svg class="possible-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class="bar-back" width="100" height="6" rx="3" />
                <rect class="bar" width={percent.to_string()} height="6" rx="3" />
            </svg>
        </li>
    }
}

fn probability(judgement: &Judgement, what: &Hypothesis) -> f64 {
    judgement
        .ranking
        .iter()
        .find(|ranked| ranked.what == *what)
        .map_or(0.0, |ranked| ranked.probability)
}
