//! The card: all lights of a device and all that can be done about them, to be printed on one sheet of paper.

use super::el::{El, classed, el};
use super::strip::tracks;
use super::view::{View, svg};
use crate::web::page;
use led_doctor_core::id::Id;
use led_doctor_core::pack::{Severity, SignalEntry};
use led_doctor_core::session::Device;

/// From this many lines on a card is a long one.
const MANY: usize = 46;

/// The card of the device.
pub fn card(view: &View) -> El {
    let device = view.device;
    let pack = device.pack();
    let mut fixes: Vec<&Id> = Vec::new();
    let signals = device.signals().iter();
    let lights: Vec<El> = signals
        .map(|entry| light(view, entry, &mut fixes))
        .collect();
    // One sheet, whatever there is: a long one is printed smaller.
    let steps: usize = fixes.iter().map(|id| device.steps(id).len()).sum();
    let class = match lights.len() + steps {
        0..MANY => "sheet",
        _ => "sheet is-long",
    };
    // A signal that is not on the card is no reason to follow its neighbour.
    let unlisted = pack
        .unlisted(device.model_id().as_str())
        .is_some_and(|codes| codes.iter().next().is_some())
        .then(|| view.para("", "card.unlisted"));
    let support = &pack.file().support;
    let contact = support.phone.iter().chain(&support.site);
    classed("div", class)
        .test("card")
        .with(head(view))
        .with(classed("ul", "plain").list(lights))
        .maybe(unlisted)
        .list(dangers(view))
        .with(view.heading("h3", "card.fixes"))
        // Letters: the numbers are those of the codes.
        .with(
            el("ol")
                .set("type", "A")
                .list(fixes.into_iter().filter_map(|id| remedy(view, id))),
        )
        .list(contact.map(|words| el("p").with(el("bdi").set("dir", "ltr").text(words))))
}

/// Whose card it is, of when its facts are, and the way back to the app.
fn head(view: &View) -> El {
    let file = view.device.pack().file();
    let facts = [("pack", file.id.as_str()), ("edition", &file.edition)];
    let facts = view.texts.fill("report.facts", &facts);
    let words = el("div")
        .with(el("h2").text(view.device.name()))
        .with(el("p").text(&[&file.name, ". ", &facts].concat()));
    classed("div", "sheet-head")
        .with(words)
        .maybe(address(view))
}

/// A light: how it looks, what it means, and which fixes to try in which order. `fixes`: those of the card so far.
fn light<'a>(view: &View<'a>, entry: &SignalEntry, fixes: &mut Vec<&'a Id>) -> El {
    let device = view.device;
    let named = classed("div", "named")
        .with(el("strong").text(&entry.about.name))
        .with(tracks(device, &entry.layers));
    let cause = device.cause(&entry.id);
    let is_danger = cause.is_some_and(|cause| cause.severity == Severity::Stop);
    let row = el("li")
        .with(named)
        .text(&entry.about.looks)
        .text(" ")
        .maybe(cause.map(|cause| el("em").text(&cause.title)))
        .maybe(is_danger.then(|| el("p").with(view.heading("strong", "verdict.severity.stop"))));
    let Some(plan) = device.plan(&entry.id) else {
        return row;
    };
    let mut order = |answer: Option<&Id>| {
        let model = device.model_id().as_str();
        let order = device.pack().order(plan, model, answer.map(Id::as_str));
        let letters = order.fixes.into_iter().map(|fix| {
            let known = fixes.iter().position(|known| *known == fix);
            let at = known.unwrap_or(fixes.len());
            if known.is_none() {
                fixes.push(fix);
            }
            letter(at)
        });
        letters.collect::<Vec<_>>().join(", ")
    };
    // In the order for people who cannot answer the question, whatever the answers are.
    let plain = order(None);
    let Some((_, asked)) = device.triage(&entry.id) else {
        let words = view.texts.fill("card.order", &[("letters", &plain)]);
        return row.with(el("p").text(&words));
    };
    let answers = asked.answer.iter();
    row.with(el("p").text(&asked.ask))
        .list(answers.map(|(id, answer)| {
            let words = [answer.text.as_str(), ": ", &order(Some(id))].concat();
            el("p").text(&words)
        }))
}

/// The warnings of the device's dangers, each once.
fn dangers(view: &View) -> Vec<El> {
    let mut kinds = Vec::new();
    let mut warnings = Vec::new();
    for entry in view.device.signals() {
        let Some(cause) = view.device.cause(&entry.id) else {
            continue;
        };
        if cause.severity == Severity::Stop && !kinds.contains(&cause.danger) {
            kinds.push(cause.danger);
            warnings.push(view.danger(Some(cause)));
        }
    }
    warnings
}

/// A fix and its steps.
fn remedy(view: &View, id: &Id) -> Option<El> {
    let steps = view.device.steps(id).into_iter();
    let steps = steps.map(|(_, step)| {
        let original = step.original.as_ref();
        el("li")
            .text(&step.text)
            .maybe(original.map(|text| view.english(text)))
    });
    let title = el("strong").text(&view.device.fix(id)?.title);
    Some(el("li").with(title).with(el("ul").list(steps)))
}

/// The letter of a fix, as a list numbers it.
fn letter(at: usize) -> String {
    ('A'..='Z').nth(at).unwrap_or('?').to_string()
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
