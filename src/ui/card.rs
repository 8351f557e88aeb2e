//! The card: all lights of a device and all that can be done about them, to be printed on one page.

use super::el::{El, classed, el};
use super::view::View;
use led_doctor_core::id::Id;

/// From this many lines on a card is a long one.
const MANY: usize = 52;

/// The card of the device.
pub fn card(view: &View) -> El {
    let device = view.device;
    let pack = device.pack();
    let mut fixes: Vec<&Id> = Vec::new();
    let mut lights = Vec::new();
    for entry in device.signals() {
        let row = el("li")
            .with(el("strong").text(&entry.about.name))
            .text(". ")
            .text(&entry.about.looks);
        let row = match device.cause(&entry.id) {
            Some(cause) => row.text(" ").with(el("em").text(&cause.title)),
            None => row,
        };
        let Some(plan) = device.plan(&entry.id) else {
            lights.push(row);
            continue;
        };
        let mut order = |answer: Option<&Id>| {
            let answer = answer.map(Id::as_str);
            let order = pack.order(plan, device.model_id().as_str(), answer);
            let numbers = order.fixes.into_iter().map(|fix| {
                let known = fixes.iter().position(|known| *known == fix);
                let at = known.unwrap_or(fixes.len());
                if known.is_none() {
                    fixes.push(fix);
                }
                (at + 1).to_string()
            });
            numbers.collect::<Vec<_>>().join(", ")
        };
        // Numbered in the order of anyone who cannot answer the question, whatever the answers are.
        let plain = view.texts.fill("card.order", &[("numbers", &order(None))]);
        let ways = match device.triage(&entry.id) {
            Some((_, asked)) => asked
                .answer
                .iter()
                .map(|(id, answer)| {
                    let first = [answer.text.as_str(), ": ", &order(Some(id))].concat();
                    el("p").text(&first)
                })
                .collect(),
            None => vec![el("p").text(&plain)],
        };
        let asked = device
            .triage(&entry.id)
            .map(|(_, asked)| el("p").text(&asked.ask));
        lights.push(row.maybe(asked).list(ways));
    }
    // One page, whatever there is: a long one is printed smaller.
    let steps: usize = fixes.iter().map(|id| device.steps(id).len()).sum();
    let class = match lights.len() + steps {
        0..MANY => "sheet",
        _ => "sheet is-long",
    };
    let fixes = fixes.into_iter().filter_map(|id| {
        let steps = device.steps(id).into_iter();
        let steps = steps.map(|(_, step)| {
            let original = step.original.as_ref();
            el("li")
                .text(&step.text)
                .maybe(original.map(|text| view.english(text)))
        });
        Some(
            el("li")
                .with(el("strong").text(&device.fix(id)?.title))
                .with(el("ul").list(steps)),
        )
    });
    // A code that stands nowhere on the card is no reason to follow its neighbour.
    let unlisted = pack
        .unlisted(device.model_id().as_str())
        .is_some_and(|codes| codes.iter().next().is_some())
        .then(|| view.para("", "card.unlisted"));
    let support = &pack.file().support;
    let contact = support.phone.iter().chain(&support.site);
    classed("div", class)
        .test("card")
        .with(el("h2").text(device.name()))
        .with(classed("ul", "plain").list(lights))
        .maybe(unlisted)
        .with(view.heading("h3", "card.fixes"))
        .with(el("ol").list(fixes))
        .list(contact.map(|words| el("p").with(el("bdi").set("dir", "ltr").text(words))))
}
