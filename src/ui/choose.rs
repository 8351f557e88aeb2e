//! Choosing what the light looks like: the way without tapping and without hurry, to every diagnosis there is.

use super::scene::SceneProps;
use super::strip::Strip;
use crate::session::Action;
use yew::prelude::*;

/// Every signal of the device, drawn and described.
#[component]
pub fn Choose(props: &SceneProps) -> Html {
    let scene = &props.scene;
    let cards = scene.device.signals().iter().map(|entry| {
        let id = entry.id.to_string();
        let words = ["ld-looks-", &id].concat();
        html! {
            <li key={id.clone()} class="card choice">
                <p id={words.clone()} class="choice-looks">{ entry.about.looks.clone() }</p>
                <Strip scene={scene.clone()} layers={entry.layers.clone()} />
                <button type="button" class="primary" data-testid="choice" data-signal={id.clone()} aria-describedby={words}
                    onclick={scene.on(Action::Chosen(entry.id.clone()))}>{ scene.t("choose.pick") }</button>
            </li>
        }
    });
    html! {
        <>
            <p class="lead">{ scene.t("choose.lead") }</p>
            <ul class="plain cards">{ for cards }</ul>
            <p><button type="button" class="secondary" data-testid="choose-none" onclick={scene.on(Action::SupportOpened)}>{ scene.t("choose.none") }</button></p>
        </>
    }
}
