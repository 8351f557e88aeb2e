//! Still stuck: whom to call, what to have ready, and the report.

use super::el::{El, classed, el};
use super::msg::Msg;
use super::view::{View, button, lines, link, outside, sends};
use crate::web::page;

/// Help from people.
pub fn support(view: &View) -> El {
    let text = view.report();
    let act = |class, test, key, msg| button(class, test, view.t(key)).click(sends(view.send, msg));
    el("div")
        .with(view.para("lead", "support.lead"))
        .with(whom(view, &text))
        .with(view.heading("h2", "support.report").set("id", "ld-report"))
        .with(
            classed("pre", "card report")
                .test("report")
                .sets(&[
                    ("tabindex", "0"),
                    ("role", "region"),
                    ("aria-labelledby", "ld-report"),
                ])
                .text(&text),
        )
        .with(
            classed("div", "actions")
                .with(act("primary", "copy", "support.copy", Msg::Copy))
                .maybe(
                    page::can_share()
                        .then(|| act("secondary", "share", "support.share", Msg::Share)),
                )
                .maybe(
                    // A pack that somebody brought is on their phone alone.
                    (page::says("hand-over", "can")
                        && !view.device.pack().file().id.as_str().starts_with("own-"))
                    .then(|| act("secondary", "hand-over", "support.hand-over", Msg::HandOver)),
                )
                .with(act("secondary", "print", "support.print", Msg::Print))
                .with(act("secondary", "save", "support.save", Msg::Save)),
        )
        .with(
            classed("p", "small")
                .set("role", "status")
                .text(view.screen.notice.map_or("", |key| view.t(key))),
        )
}

/// Whom to call or write to, and what to have ready. `report`: what a ticket begins with.
fn whom(view: &View, report: &str) -> El {
    let support = &view.device.pack().file().support;
    let phone = support.phone.as_ref().map(|phone| {
        let link = el("a")
            .attr("href", &["tel:", phone].concat())
            // Its digits keep their order in any language.
            .set("dir", "ltr")
            .test("phone")
            .text(phone);
        contact(view.t("support.phone"), link)
    });
    let ticket = view.ticket.map(|address| {
        let address = page::filled(address, view.t("report.title"), report);
        let words = view.t("support.contact");
        contact(
            view.t("support.title"),
            link(&address).test("contact").text(words),
        )
    });
    let site = support
        .site
        .as_ref()
        .map(|site| contact(view.t("support.site"), outside(site)));
    let ready = (!support.ready.is_empty()).then(|| {
        el("div")
            .with(view.heading("h2", "support.ready"))
            .with(lines("advice", &support.ready))
    });
    classed("div", "card")
        .with(el("p").text(&support.note))
        .with(
            classed("dl", "contact")
                .maybe(phone)
                .maybe(ticket)
                .maybe(site),
        )
        .maybe(ready)
        // The help page's own way to its people, where it gives one.
        .with(el("slot").set("name", "contact"))
        .with(view.sources(&support.evidence))
}

fn contact(what: &str, link: El) -> El {
    classed("div", "contact-row")
        .with(el("dt").text(what))
        .with(el("dd").with(link))
}
