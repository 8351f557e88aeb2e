//! Which device? Comes before a session exists.

use super::icons::drawing;
use crate::id::Id;
use crate::pack::{Index, Shelf, ShelfModel};
use crate::session::Session;
use crate::text::Texts;
use crate::time::Wall;
use crate::web::clock;
use std::rc::Rc;
use yew::prelude::*;

/// A device, chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// The pack.
    pub pack: Id,
    /// The model.
    pub model: Id,
}

/// The properties of [`Devices`].
#[derive(Properties, PartialEq)]
pub struct DevicesProps {
    /// The words; they never change while the page lives.
    pub texts: Words,
    /// The packs there are.
    pub index: Rc<Index>,
    /// The one pack to offer, where the page names one.
    pub only: Option<AttrValue>,
    /// The language, for dates.
    pub lang: AttrValue,
    /// What was begun earlier, the latest first.
    pub earlier: Rc<Vec<Session>>,
    /// A device was chosen.
    pub chosen: Callback<Chosen>,
    /// An earlier session is to go on.
    pub resumed: Callback<Session>,
    /// An earlier session is to be discarded.
    pub discarded: Callback<Wall>,
}

/// The words, compared by identity.
#[derive(Clone)]
pub struct Words(pub Rc<Texts>);

impl PartialEq for Words {
    fn eq(&self, other: &Words) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The devices there are, and what was begun earlier.
#[component]
pub fn Devices(props: &DevicesProps) -> Html {
    let texts = &props.texts.0;
    let offered = |shelf: &&Shelf| {
        props
            .only
            .as_ref()
            .is_none_or(|only| *shelf.id.as_str() == **only)
    };
    let shelves: Vec<&Shelf> = props.index.packs.iter().filter(offered).collect();
    html! {
        <>
            <p class="lead">{ texts.get("device.lead") }</p>
            { earlier(props) }
            { for shelves.iter().map(|shelf| self::shelf(props, shelf, shelves.len() > 1)) }
            <details class="small unsure-device">
                <summary>{ texts.get("device.unsure") }</summary>
                <p>{ texts.get("device.unsure-help") }</p>
            </details>
        </>
    }
}

fn shelf(props: &DevicesProps, shelf: &Shelf, named: bool) -> Html {
    let texts = &props.texts.0;
    let (unconfirmed, confirmed): (Vec<&ShelfModel>, Vec<&ShelfModel>) =
        shelf.models.iter().partition(|model| model.unconfirmed);
    html! {
        <section key={shelf.id.to_string()} class="shelf">
            if named {
                <h2>{ shelf.name.clone() }</h2>
            }
            <ul class="plain devices">{ for confirmed.into_iter().map(|model| device(props, shelf, model)) }</ul>
            if !unconfirmed.is_empty() {
                <details class="more-devices">
                    <summary>{ texts.get("device.more") }</summary>
                    <ul class="plain devices">{ for unconfirmed.into_iter().map(|model| device(props, shelf, model)) }</ul>
                </details>
            }
        </section>
    }
}

fn device(props: &DevicesProps, shelf: &Shelf, model: &ShelfModel) -> Html {
    let chosen = Chosen {
        pack: shelf.id.clone(),
        model: model.id.clone(),
    };
    let onclick = props.chosen.reform(move |_: MouseEvent| chosen.clone());
    html! {
        <li key={model.id.to_string()}>
            <button type="button" class="device" data-testid="device" data-pack={shelf.id.to_string()} data-model={model.id.to_string()} {onclick}>
                { drawing(model.drawing) }
                <span class="device-words">
                    <span class="device-name">{ model.name.clone() }</span>
                    <span class="small">{ model.hint.clone() }</span>
                    if model.unconfirmed {
                        <span class="small note">{ props.texts.0.get("device.unconfirmed") }</span>
                    }
                </span>
            </button>
        </li>
    }
}

fn earlier(props: &DevicesProps) -> Html {
    let texts = &props.texts.0;
    if props.earlier.is_empty() {
        return Html::default();
    }
    let name = |session: &Session| -> String {
        let shelf = props
            .index
            .packs
            .iter()
            .find(|shelf| shelf.id == session.pack);
        let model =
            shelf.and_then(|shelf| shelf.models.iter().find(|model| model.id == session.model));
        model.map_or_else(|| session.model.to_string(), |model| model.name.clone())
    };
    let row = |session: &Session| {
        let resumed = {
            let session = session.clone();
            props.resumed.reform(move |_: MouseEvent| session.clone())
        };
        let began = session.began;
        let discarded = props.discarded.reform(move |_: MouseEvent| began);
        html! {
            <li key={(began.get() as u64).to_string()} class="earlier">
                <button type="button" class="secondary" data-testid="resume" onclick={resumed}>
                    { texts.fill("device.resume", &[("device", &name(session))]) }
                    <span class="button-more">{ clock::written(session.touched, &props.lang) }</span>
                </button>
                <button type="button" class="link" data-testid="discard" onclick={discarded}>{ texts.get("device.discard") }</button>
            </li>
        }
    };
    html! {
        <section class="shelf">
            <h2>{ texts.get("device.earlier") }</h2>
            <ul class="plain">{ for props.earlier.iter().take(5).map(row) }</ul>
        </section>
    }
}
