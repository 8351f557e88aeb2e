//! The light is right again, or nothing was wrong.

use super::el::{El, classed, el};
use super::verdict::codes;
use super::view::{View, lines};
use led_doctor_core::pack::Severity;
use led_doctor_core::session::Action;

/// The good end, or the short one.
pub fn resolved(view: &View) -> El {
    let cause = view
        .session
        .finding
        .as_ref()
        .and_then(|finding| view.device.cause(finding.signal.as_ref()?));
    let card = classed("div", "card resolved").test("resolved");
    let card = if view.session.is_fixed() {
        card.with(view.para("lead", "resolved.fixed"))
            .with(view.para("", "resolved.elsewhere"))
    } else if let Some(cause) = cause {
        card.with(classed("p", "lead").text(&cause.meaning))
            .maybe((cause.severity == Severity::Stop).then(|| view.para("warn", "stop.text")))
            .maybe((!cause.advice.is_empty()).then(|| {
                el("div")
                    .with(view.heading("h2", "resolved.advice"))
                    .with(lines("advice", &cause.advice))
            }))
    } else {
        card
    };
    card.maybe(codes(view)).with(
        classed("div", "actions")
            .with(view.button("secondary", "again", "verdict.again", Action::Restarted))
            .with(view.button("link", "support", "support.title", Action::SupportOpened)),
    )
}
