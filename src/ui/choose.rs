//! Choosing what the light looks like: the way without tapping and without hurry, to every diagnosis there is.

use super::el::{El, classed, el};
use super::strip::strip;
use super::view::View;
use led_doctor_core::session::Action;

/// Every signal of the device, drawn and described.
pub fn choose(view: &View) -> El {
    let cards = view.device.signals().iter().map(|entry| {
        let id = entry.id.as_str();
        let words = ["ld-looks-", id].concat();
        classed("li", "card choice")
            .key(id)
            .with(
                view.pack_text("p", "choice-looks", &entry.about.looks)
                    .attr("id", &words),
            )
            .with(strip(view, id, &entry.layers))
            .with(
                view.button(
                    "primary",
                    "choice",
                    "choose.pick",
                    Action::Chosen(entry.id.clone()),
                )
                .attr("data-signal", id)
                .attr("aria-describedby", &words),
            )
    });
    el("div")
        .with(view.para("lead", "choose.lead"))
        .with(classed("ul", "plain cards").list(cards))
        .with(el("p").with(view.button(
            "secondary",
            "choose-none",
            "choose.none",
            Action::SupportOpened,
        )))
}
