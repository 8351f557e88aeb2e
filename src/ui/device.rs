//! Which device? Comes before a session exists.

use super::app::{Chosen, Msg, Options};
use super::el::{El, classed, el};
use super::icons::drawing;
use super::view::{button, sends};
use crate::pack::{Shelf, ShelfModel};
use crate::session::Session;
use crate::web::clock;
use yew::html::Scope;

/// How many earlier sessions are offered.
const EARLIER: usize = 5;

/// What the device screen is drawn from.
pub struct Devices<'a> {
    /// What the page gave.
    pub options: &'a Options,
    /// What was begun earlier, the latest first.
    pub earlier: &'a [Session],
    /// Sends what happens.
    pub link: &'a Scope<super::App>,
}

impl Devices<'_> {
    /// The devices there are, and what was begun earlier.
    pub fn draw(&self) -> El {
        let texts = &self.options.texts;
        let offered = |shelf: &&Shelf| {
            self.options
                .pack
                .as_ref()
                .is_none_or(|only| *shelf.id.as_str() == **only)
        };
        let shelves: Vec<&Shelf> = self.options.index.packs.iter().filter(offered).collect();
        let named = shelves.len() > 1;
        el("div")
            .with(classed("p", "lead").text(texts.get("device.lead")))
            .maybe(self.earlier())
            .list(
                shelves
                    .into_iter()
                    .map(|shelf| self.shelf(shelf, named))
                    .collect(),
            )
            .with(
                classed("details", "small unsure-device")
                    .with(el("summary").text(texts.get("device.unsure")))
                    .with(el("p").text(texts.get("device.unsure-help"))),
            )
    }

    fn shelf(&self, shelf: &Shelf, named: bool) -> El {
        let models = |unconfirmed: bool| {
            let models = shelf
                .models
                .iter()
                .filter(|model| model.unconfirmed == unconfirmed);
            classed("ul", "plain devices")
                .list(models.map(|model| self.device(shelf, model)).collect())
        };
        let more = shelf.models.iter().any(|model| model.unconfirmed).then(|| {
            let summary = el("summary").text(self.options.texts.get("device.more"));
            classed("details", "more-devices")
                .with(summary)
                .with(models(true))
        });
        classed("section", "shelf")
            .key(shelf.id.as_str())
            .maybe(named.then(|| el("h2").text(&shelf.name)))
            .with(models(false))
            .maybe(more)
    }

    fn device(&self, shelf: &Shelf, model: &ShelfModel) -> El {
        let chosen = Chosen {
            pack: shelf.id.clone(),
            model: model.id.clone(),
        };
        let note = model.unconfirmed.then(|| {
            classed("span", "small note").text(self.options.texts.get("device.unconfirmed"))
        });
        let words = classed("span", "device-words")
            .with(classed("span", "device-name").text(&model.name))
            .with(classed("span", "small").text(&model.hint))
            .maybe(note);
        let button = button("device", "device", "")
            .attr("data-pack", shelf.id.as_str())
            .attr("data-model", model.id.as_str())
            .click(sends(self.link, Msg::Open(chosen, None)));
        el("li")
            .key(model.id.as_str())
            .with(button.with(drawing(model.drawing)).with(words))
    }

    fn earlier(&self) -> Option<El> {
        let texts = &self.options.texts;
        let rows = self.earlier.iter().take(EARLIER).map(|session| {
            let chosen = Chosen {
                pack: session.pack.clone(),
                model: session.model.clone(),
            };
            let words = texts.fill("device.resume", &[("device", self.name(session))]);
            let when = clock::written(session.touched, &self.options.lang);
            let resume = button("secondary", "resume", &words)
                .with(classed("span", "button-more").text(&when))
                .click(sends(self.link, Msg::Open(chosen, Some(session.began))));
            let discard = button("link", "discard", texts.get("device.discard"))
                .click(sends(self.link, Msg::Discard(session.began)));
            classed("li", "earlier").with(resume).with(discard)
        });
        (!self.earlier.is_empty()).then(|| {
            classed("section", "shelf")
                .with(el("h2").text(texts.get("device.earlier")))
                .with(classed("ul", "plain").list(rows.collect()))
        })
    }

    fn name<'s>(&'s self, session: &'s Session) -> &'s str {
        let shelf = self
            .options
            .index
            .packs
            .iter()
            .find(|shelf| shelf.id == session.pack);
        let model =
            shelf.and_then(|shelf| shelf.models.iter().find(|model| model.id == session.model));
        model.map_or(session.model.as_str(), |model| &model.name)
    }
}
