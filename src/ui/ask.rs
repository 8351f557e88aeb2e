//! The one question that tells what is left apart.

use super::question::Choice;
use super::scene::SceneProps;
use crate::rhythm::Settle;
use crate::session::{Action, Stage};
use yew::prelude::*;

/// Asks it.
#[component]
pub fn Ask(props: &SceneProps) -> Html {
    let scene = &props.scene;
    let Stage::Ask(id) = &scene.session.stage else {
        return Html::default();
    };
    let Some(question) = scene.device.question(id) else {
        return Html::default();
    };
    let settle = scene
        .session
        .judgement
        .as_ref()
        .and_then(|judgement| judgement.settle.as_ref());
    let why = match settle {
        Some(Settle::Ask { between, .. }) => {
            let (a, b) = scene.names(between);
            Some(AttrValue::from(
                scene.texts.fill("ask.why", &[("a", a), ("b", b)]),
            ))
        }
        _ => None,
    };
    let answered = {
        let id = id.clone();
        scene.send.reform(move |answer| Action::Answered {
            question: id.clone(),
            answer,
        })
    };
    html! { <Choice scene={scene.clone()} question={question.clone()} {why} {answered} /> }
}
