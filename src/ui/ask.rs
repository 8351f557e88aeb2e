//! The one question that separates what is left.

use super::el::{El, el};
use super::question::question;
use super::view::View;
use led_doctor_core::id::Id;
use led_doctor_core::rhythm::Settle;
use led_doctor_core::session::Action;

/// Asks it.
pub fn ask(view: &View, id: &Id) -> El {
    let Some(asked) = view.device.question(id) else {
        return el("div");
    };
    let why = match view
        .session
        .judgement
        .as_ref()
        .and_then(|judgement| judgement.settle.as_ref())
    {
        Some(Settle::Ask { between, .. }) => {
            let (a, b) = view.names(between);
            Some(view.texts.fill("ask.why", &[("a", a), ("b", b)]))
        }
        _ => None,
    };
    question(view, asked, why, &|answer| Action::Answered {
        question: id.clone(),
        answer,
    })
}
