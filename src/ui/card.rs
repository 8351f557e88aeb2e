//! The card: all lights of a device and all that can be done about them, to be printed on one sheet of paper.

use super::el::{El, classed, el};
use super::strip::lines;
use super::view::{View, svg};
use crate::web::page;
use led_doctor_core::id::Id;
use led_doctor_core::session::Device;

/// From this many lines on a card is a long one.
const MANY: usize = 46;

/// The card of the device.
pub fn card(view: &View) -> El {
    let device = view.device;
    let pack = device.pack();
    let mut fixes: Vec<&Id> = Vec::new();
    let mut lights = Vec::new();
    for entry in device.signals() {
        let named = classed("div", "named")
            .with(el("strong").text(&entry.about.name))
            .with(lines(device, &entry.layers));
        let row = el("li").with(named).text(&entry.about.looks);
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
                letter(at)
            });
            numbers.collect::<Vec<_>>().join(", ")
        };
        // Numbered in the order for people who cannot answer the question, whatever the answers are.
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
    // One sheet, whatever there is: a long one is printed smaller.
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
    // A signal that is not on the card is no reason to follow its neighbour.
    let unlisted = pack
        .unlisted(device.model_id().as_str())
        .is_some_and(|codes| codes.iter().next().is_some())
        .then(|| view.para("", "card.unlisted"));
    let file = pack.file();
    let support = &file.support;
    let facts = [("pack", file.id.as_str()), ("edition", &file.edition)];
    let maker = [&file.name, ". ", &view.texts.fill("report.facts", &facts)].concat();
    let contact = support.phone.iter().chain(&support.site);
    classed("div", class)
        .test("card")
        .with(
            classed("div", "sheet-head")
                .with(
                    el("div")
                        .with(el("h2").text(device.name()))
                        .with(el("p").text(&maker)),
                )
                .maybe(address(view)),
        )
        .with(classed("ul", "plain").list(lights))
        .maybe(unlisted)
        .with(view.heading("h3", "card.fixes"))
        // Letters: the numbers are those of the codes.
        .with(el("ol").set("type", "A").list(fixes))
        .list(contact.map(|words| el("p").with(el("bdi").set("dir", "ltr").text(words))))
}

/// The letter of a fix, as a list numbers it.
fn letter(at: usize) -> String {
    let letter = u32::try_from(at)
        .ok()
        .and_then(|at| char::from_u32(u32::from('A') + at));
    letter.unwrap_or('?').to_string()
}

/// What the page's script knows a device by.
pub fn name(device: &Device) -> String {
    let pack = device.pack().file().id.as_str();
    [pack, "/", device.model_id().as_str()].concat()
}

/// The address of the app on this device, in words and as a code, where the page's script has made them.
fn address(view: &View) -> Option<El> {
    let made = page::saying("address")?;
    let mut parts = made.splitn(4, ' ');
    let own = parts.next()? == name(view.device);
    let (link, size, path) = (parts.next()?, parts.next()?, parts.next()?);
    own.then(|| {
        classed("div", "address")
            .test("address")
            .with(
                svg("address-code", "")
                    .attr("viewBox", &["0 0 ", size, " ", size].concat())
                    .with(el("path").attr("d", path)),
            )
            .with(classed("span", "small").set("dir", "ltr").text(link))
    })
}
