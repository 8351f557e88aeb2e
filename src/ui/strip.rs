//! A signal drawn: a still strip of when it is lit, and a small lamp that plays it.

use super::scene::Scene;
use crate::id::Id;
use crate::pack::Colour;
use crate::rhythm::Layer;
use crate::score::{LENGTH, Lane, Score};
use crate::web::clock;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// How long a replay runs before it stops by itself, in ms. What moves for longer must have a way to be stopped (WCAG 2.2.2).
const PLAY: f64 = 5000.0;

/// The properties of [`Strip`].
#[derive(Properties, PartialEq)]
pub struct StripProps {
    /// The words and the names of the lights.
    pub scene: Scene,
    /// What the lights do.
    pub layers: Vec<Layer>,
    /// Whether a lamp that plays it is offered.
    #[prop_or(true)]
    pub lamp: bool,
}

/// The drawing of a signal. Its words stand beside it, so to a screen reader it is not there; its button is.
#[component]
pub fn Strip(props: &StripProps) -> Html {
    let scene = &props.scene;
    let score = use_memo(props.layers.clone(), |layers| Score::of(layers));
    let lanes = score.lanes.iter().enumerate().map(|(at, lane)| {
        html! {
            <div class="lane" key={at}>
                if props.lamp {
                    <Lamp lane={lane.clone()} colour={colour(scene, lane.light.as_ref())} still={score.too_fast}
                        play={scene.attr("choose.play")} />
                }
                <div class="lane-track">
                    { lane_name(scene, lane) }
                    { track(lane, colour(scene, lane.light.as_ref())) }
                </div>
            </div>
        }
    });
    let flashes = score.lanes.iter().any(|lane| lane.flashes);
    html! {
        <div class="strip">
            { for lanes }
            if score.too_fast {
                <p class="small">{ scene.t("choose.slow") }</p>
            } else if flashes {
                <p class="small strip-end">{ scene.t(if score.repeats { "choose.repeats" } else { "choose.once" }) }</p>
            }
        </div>
    }
}

/// The colour class of a light; red where a device has only one light and nobody says which.
fn colour(scene: &Scene, light: Option<&Id>) -> &'static str {
    let light = light.and_then(|light| scene.device.pack().file().light.get(light.as_str()));
    match light.map_or(Colour::Red, |light| light.colour) {
        Colour::Red => "is-red",
        Colour::Amber => "is-amber",
        Colour::Green => "is-green",
        Colour::Blue => "is-blue",
        Colour::White => "is-white",
    }
}

/// Colour is never told by colour alone: the light's name stands beside it.
fn lane_name(scene: &Scene, lane: &Lane) -> Html {
    let light = lane
        .light
        .as_ref()
        .and_then(|light| scene.device.pack().file().light.get(light.as_str()));
    match light {
        Some(light) => html! { <span class="lane-name">{ light.name.clone() }</span> },
        None => Html::default(),
    }
}

fn track(lane: &Lane, colour: &'static str) -> Html {
    let lit = lane.lit.iter().map(|(from, to)| {
        let wide = (to - from).max(60.0);
        html! {
            <rect key={*from as i32} class={classes!("lit", colour)} x={units(*from)} y="4" width={units(wide)} height="16" rx="4" />
        }
    });
    html! {
        <svg class="track" viewBox="0 0 800 24" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="track-back" x="0" y="10" width="800" height="4" rx="2" />
            { for lit }
        </svg>
    }
}

/// Drawing units: 800 for the whole length.
pub fn units(ms: f64) -> String {
    ((ms * 800.0 / LENGTH).round() as i32).to_string()
}

#[derive(Properties, PartialEq)]
struct LampProps {
    lane: Lane,
    colour: &'static str,
    still: bool,
    play: AttrValue,
}

/// A small lamp that plays its lane when asked, and stops by itself.
#[component]
fn Lamp(props: &LampProps) -> Html {
    // When it was started, and how far it has come: nothing runs between two changes of the light.
    let since = use_state(|| None::<f64>);
    let at = use_state(|| 0.0);
    use_effect_with((*since, *at, props.lane.clone()), {
        let (since_set, at_set) = (since.setter(), at.setter());
        move |(since, at, lane): &(Option<f64>, f64, Lane)| {
            let timer = since.map(|since| {
                let at = *at;
                let changes = lane.lit.iter().flat_map(|(from, to)| [*from, *to]);
                let next = changes.filter(|change| *change > at).fold(PLAY, f64::min);
                let wait = (since + next - clock::steady().get()).max(1.0) as u32;
                Timeout::new(wait, move || {
                    if next >= PLAY {
                        since_set.set(None);
                        at_set.set(0.0);
                    } else {
                        at_set.set(next);
                    }
                })
            });
            move || drop(timer)
        }
    });
    let steady = !props.lane.flashes;
    let playing = since.is_some();
    let lit_now = || {
        props
            .lane
            .lit
            .iter()
            .any(|(from, to)| (*from..*to).contains(&*at))
    };
    let on = if steady {
        !props.lane.lit.is_empty()
    } else {
        playing && lit_now()
    };
    let face = classes!("lamp", props.colour, on.then_some("is-lit"));
    if steady || props.still {
        return html! { <span class={face} aria-hidden="true" /> };
    }
    let toggle = Callback::from(move |_: MouseEvent| {
        at.set(0.0);
        since.set(if since.is_some() {
            None
        } else {
            Some(clock::steady().get())
        });
    });
    html! {
        <button type="button" class="lamp-button" onclick={toggle} aria-pressed={playing.to_string()}>
            <span class={face} aria-hidden="true" />
            <span class="lamp-word">{ props.play.clone() }</span>
        </button>
    }
}
