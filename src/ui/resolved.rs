//! The light is right again, or nothing was wrong.

use super::el::{El, classed, el};
use super::msg::Msg;
use super::plan::well;
use super::strip::strip;
use super::verdict::codes;
use super::view::{View, button, lines, sends};
use led_doctor_core::pack::Severity;
use led_doctor_core::session::Action;

/// The last screen: it is fixed, or there is nothing to fix.
pub fn resolved(view: &View) -> El {
    let finding = view.session.finding.as_ref();
    let seen = finding.and_then(|finding| finding.signal.as_ref());
    let cause = seen.and_then(|signal| view.device.cause(signal));
    let card = classed("div", "card resolved").test("resolved");
    let card = if view.session.is_fixed() {
        card.with(view.para("lead", "resolved.fixed"))
            .maybe(helped(view))
            // The light that they saw; where they said no more than that it is fixed, none.
            .list(
                well(view)
                    .filter(|entry| seen == Some(&entry.id))
                    .map(|entry| {
                        el("div")
                            .with(view.pack_text("p", "small", &entry.about.looks))
                            .with(strip(view, entry.id.as_str(), &entry.layers))
                    }),
            )
            .with(view.para("small", "resolved.elsewhere"))
    } else if let Some(cause) = cause {
        card.with(view.pack_text("p", "lead", &cause.meaning))
            .maybe((cause.severity == Severity::Stop).then(|| view.danger(Some(cause))))
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
            .maybe(view.session.is_fixed().then(|| {
                button("primary", "done", view.t("app.other-device"))
                    .click(sends(view.send, Msg::Leave))
            }))
            .with(view.button("secondary", "again", "verdict.again", Action::Restarted))
            .with(view.button("link", "support", "support.title", Action::SupportOpened)),
    )
}

/// The fix that helped.
fn helped(view: &View) -> Option<El> {
    let fix = view.session.helped()?;
    let fix = &view.device.fix(fix)?.title;
    let words = view.texts.fill("resolved.helped", &[("fix", fix)]);
    Some(el("p").test("helped").text(&words))
}
