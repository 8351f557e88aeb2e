//! Which device? Comes before a session exists.

use super::el::{El, Heard, classed, el};
use super::icons::drawing;
use super::msg::{Chosen, Msg};
use super::view::{button, lines, sends};
use crate::web::{clock, page};
use led_doctor_core::id::Id;
use led_doctor_core::pack::{Index, OTHER, Shelf, ShelfModel};
use led_doctor_core::session::{Key, Session};
use led_doctor_core::text::Texts;
use yew::Callback;

/// With more devices than this there is something to look for.
const MOST_AT_A_GLANCE: usize = 8;

/// The most matches that a search shows: one more letter finds the rest.
const MOST_FOUND: usize = 24;

/// The drawing of a device of any kind: no kind to look for.
const ANY: &str = "device";

/// How many earlier sessions are offered.
const EARLIER: usize = 12;

/// What the device screen is drawn from.
pub struct Devices<'a> {
    /// The words.
    pub texts: &'a Texts,
    /// Their language.
    pub lang: &'a str,
    /// The packs that are offered.
    pub index: &'a Index,
    /// Whether packs of one's own can be tried here.
    pub takes_own: bool,
    /// What was begun earlier, the latest first.
    pub earlier: &'a [Session],
    /// Which of them were discarded just now.
    pub discarded: &'a [Key],
    /// The words that are looked for among them.
    pub sought: &'a str,
    /// The pack that somebody brought.
    pub own: &'a Own,
    /// Sends what happens.
    pub send: &'a Callback<Msg>,
}

/// A pack that somebody brought to try it.
#[derive(Default)]
pub struct Own {
    /// The address that is being typed.
    pub address: String,
    /// Where the last good one is.
    pub shelf: Option<Shelf>,
    /// What is wrong with the last one.
    pub problems: Vec<String>,
}

impl Devices<'_> {
    /// The devices there are, and what was begun earlier.
    pub fn draw(&self) -> El {
        let texts = self.texts;
        let (other, shelves): (Vec<&Shelf>, Vec<&Shelf>) =
            self.shelves().partition(|shelf| shelf.id == *OTHER);
        let named = shelves.len() > 1;
        let many = shelves
            .iter()
            .map(|shelf| shelf.models.len())
            .sum::<usize>()
            > MOST_AT_A_GLANCE;
        let kinds = many.then(|| self.kinds(&shelves));
        let searches = !self.sought.is_empty();
        let mut found = Vec::new();
        let mut left = MOST_FOUND;
        // "Ring doorbell": the maker that is named comes before others that have one.
        let (first, rest): (Vec<&Shelf>, Vec<&Shelf>) =
            shelves.into_iter().partition(|shelf| self.is_named(shelf));
        for (nth, shelf) in first.into_iter().chain(rest).enumerate() {
            let models = shelf.models.iter();
            let models: Vec<&ShelfModel> = models
                .filter(|model| self.is_sought(shelf, model))
                .take(left)
                .collect();
            if searches {
                left -= models.len();
            }
            if !models.is_empty() {
                // With many makers one is open, and whatever is looked for.
                let is_open = nth == 0 || !many || searches;
                found.push(self.shelf(shelf, &models, named, is_open));
            }
        }
        let sought = searches && found.is_empty();
        let unsure = (!searches).then(|| {
            classed("details", "small unsure-device")
                .with(
                    el("summary")
                        .test("unsure-device")
                        .text(texts.get("device.unsure")),
                )
                .with(el("p").text(texts.get("device.unsure-help")))
        });
        // Always there, so that screen readers announce it when it changes.
        let none = classed("div", "sought")
            .set("role", "status")
            .maybe(sought.then(|| classed("p", "note").text(texts.get("device.none"))));
        el("div")
            .with(classed("p", "lead").text(texts.get("device.lead")))
            .maybe(self.earlier().filter(|_| !searches))
            .maybe(many.then(|| self.search()))
            .maybe(kinds)
            .maybe(unsure)
            .with(none)
            // In a separate place: coming and going must not move what is before them.
            .with(el("div").list(found))
            .list(other.into_iter().filter_map(|shelf| self.missing(shelf)))
            .maybe(self.takes_own.then(|| self.bring()))
    }

    /// The way on for a device that is not here: its pattern is read all the same.
    fn missing(&self, shelf: &Shelf) -> Option<El> {
        let model = shelf.models.first()?;
        let chosen = Chosen {
            pack: shelf.id.clone(),
            model: model.id.clone(),
        };
        let button = button("secondary", "missing", self.texts.get("device.missing"));
        Some(
            classed("div", "missing").with(
                button
                    .with(classed("span", "button-more").text(&model.hint))
                    .click(sends(self.send, Msg::Open(chosen, None))),
            ),
        )
    }

    /// Whether the first word that is looked for stands in the name of the maker; where nothing is looked for, every maker is named.
    fn is_named(&self, shelf: &Shelf) -> bool {
        let word = self.sought.split(' ').next().unwrap_or("");
        page::mentions(&shelf.name, word)
    }

    /// Whether the description of a device contains every word that is looked for.
    fn is_sought(&self, shelf: &Shelf, model: &ShelfModel) -> bool {
        let of_kind = |table: &str| {
            let drawing = model.drawing.as_ref();
            drawing
                .and_then(|drawing| self.of_kind(table, drawing))
                .unwrap_or_default()
        };
        let said = [
            &shelf.name,
            " ",
            &model.name,
            " ",
            &model.hint,
            " ",
            of_kind("kind."),
            " ",
            of_kind("words."),
        ];
        page::mentions(&said.concat(), self.sought)
    }

    /// What people call a device with that drawing (`kind.`), or the everyday words by which they look for it (`words.`).
    fn of_kind(&self, table: &str, drawing: &Id) -> Option<&str> {
        self.texts.known(&[table, drawing.as_str()].concat())
    }

    /// The line drawing of a device. Nothing where the list has none.
    fn drawing(&self, name: &Id) -> Option<El> {
        self.index.picture.get(name.as_str()).map(drawing)
    }

    /// Where somebody who writes a pack tries it.
    fn bring(&self) -> El {
        let texts = self.texts;
        let file = el("input")
            .sets(&[("type", "file"), ("accept", ".json,application/json")])
            .test("own-file")
            .on(
                Heard::Change,
                self.hears(|event| {
                    // Choosing none cancels it.
                    page::file(event)
                        .map_or(Msg::ConnectivityChanged, |file| Msg::TryPack(Some(file)))
                }),
            );
        let file = self.field("own.file", file);
        let address = el("input")
            .sets(&[("type", "url"), ("autocomplete", "off")])
            .test("own-address")
            .value(&self.own.address)
            .on(
                Heard::Input,
                self.hears(|event| Msg::AddressTyped(page::typed(event))),
            );
        let address = self.field("own.address", address);
        let open = button("secondary", "own-open", texts.get("own.open"))
            .click(sends(self.send, Msg::TryPack(None)));
        let problems = (!self.own.problems.is_empty()).then(|| {
            classed("div", "warn")
                .set("role", "alert")
                .test("own-problems")
                .with(el("p").text(texts.get("own.problems")))
                .with(lines("", &self.own.problems))
        });
        classed("details", "small")
            .with(el("summary").test("own").text(texts.get("own.title")))
            .with(el("p").text(texts.get("own.lead")))
            .with(file)
            .with(address)
            .with(open)
            .maybe(problems)
    }

    fn search(&self) -> El {
        let input = el("input")
            .sets(&[("type", "search"), ("autocomplete", "off")])
            .test("search")
            .value(self.sought)
            .on(
                Heard::Input,
                self.hears(|event| Msg::SearchChanged(page::typed(event))),
            );
        self.field("device.search", input)
    }

    /// An input with its name above it.
    fn field(&self, name: &str, input: El) -> El {
        classed("label", "search")
            .with(el("span").text(self.texts.get(name)))
            .with(input)
    }

    /// Sends what is made of an event.
    fn hears(&self, made: fn(&web_sys::Event) -> Msg) -> Callback<web_sys::Event> {
        let send = self.send.clone();
        Callback::from(move |event: web_sys::Event| send.emit(made(&event)))
    }

    /// The kinds of device there are, for people who see the device and do not know what it is called. During a search only the kind that
    /// is searched for: what is found follows the field.
    fn kinds(&self, shelves: &[&Shelf]) -> El {
        let mut kinds: Vec<&Id> = Vec::new();
        let models = shelves.iter().flat_map(|shelf| &shelf.models);
        for drawing in models.filter_map(|model| model.drawing.as_ref()) {
            if *drawing != *ANY && !kinds.contains(&drawing) {
                kinds.push(drawing);
            }
        }
        let kinds = kinds.into_iter().filter_map(|of| {
            let words = self.of_kind("kind.", of)?;
            let on = self.sought == words;
            if !on && !self.sought.is_empty() {
                return None;
            }
            let sought = if on { String::new() } else { words.to_owned() };
            let button = button("kind", "kind", "")
                .set("aria-pressed", if on { "true" } else { "false" })
                .click(sends(self.send, Msg::SearchChanged(sought)));
            Some(button.maybe(self.drawing(of)).with(el("span").text(words)))
        });
        classed("div", "kinds")
            .set("role", "group")
            .attr("aria-label", self.texts.get("device.kinds"))
            .list(kinds)
    }

    fn shelf(&self, shelf: &Shelf, models: &[&ShelfModel], named: bool, is_open: bool) -> El {
        let part = |unconfirmed: bool| {
            let models = models
                .iter()
                .filter(|model| model.unconfirmed == unconfirmed);
            classed("ul", "plain devices").list(models.map(|model| self.device(shelf, model)))
        };
        let more = models.iter().any(|model| model.unconfirmed).then(|| {
            let summary = el("summary").text(self.texts.get("device.more"));
            // People who look for one of them need not look twice.
            let more = classed("details", "more-devices");
            let more = if self.sought.is_empty() {
                more.key("more")
            } else {
                more.key("found").set("open", "")
            };
            more.with(summary).with(part(true))
        });
        let section = if !named {
            classed("section", "shelf")
        } else {
            let maker = el("summary").with(el("h2").text(&shelf.name));
            let section = classed("details", "shelf maker").with(maker);
            if is_open {
                section.set("open", "")
            } else {
                section
            }
        };
        // What is looked for is open whatever was opened or closed before.
        let sought = if self.sought.is_empty() { "" } else { "?" };
        section
            .key(&[shelf.id.as_str(), sought].concat())
            .with(part(false))
            .maybe(more)
    }

    fn device(&self, shelf: &Shelf, model: &ShelfModel) -> El {
        let chosen = Chosen {
            pack: shelf.id.clone(),
            model: model.id.clone(),
        };
        let note = model
            .unconfirmed
            .then(|| classed("span", "small note").text(self.texts.get("device.unconfirmed")));
        let words = classed("span", "device-words")
            .with(classed("span", "device-name").text(&model.name))
            .with(classed("span", "small").text(&model.hint))
            .maybe(note);
        let button = button("device", "device", "")
            .attr("data-pack", shelf.id.as_str())
            .attr("data-model", model.id.as_str())
            .click(sends(self.send, Msg::Open(chosen, None)));
        el("li").key(model.id.as_str()).with(
            button
                .maybe(model.drawing.as_ref().and_then(|name| self.drawing(name)))
                .with(words),
        )
    }

    fn earlier(&self) -> Option<El> {
        let texts = self.texts;
        let row = |session: &Session| {
            let chosen = Chosen {
                pack: session.pack.clone(),
                model: session.model.clone(),
            };
            let words = texts.fill("device.resume", &[("device", self.name(session))]);
            let when = clock::written(session.touched, self.lang);
            let gone = self.discarded.contains(&session.key());
            let what = if gone {
                let words = texts.fill("device.discarded", &[("device", self.name(session))]);
                el("span")
                    .set("role", "status")
                    .test("discarded")
                    .text(&words)
            } else {
                button("secondary", "resume", &words)
                    .with(classed("span", "button-more").text(&when))
                    .click(sends(self.send, Msg::Open(chosen, Some(session.key()))))
            };
            // One button in one place: the focus stays on it.
            let key = if gone {
                "device.undo"
            } else {
                "device.discard"
            };
            let discard = button("link", "discard", texts.get(key))
                .click(sends(self.send, Msg::Discard(session.key())));
            classed("li", "earlier").with(what).with(discard)
        };
        let day = |key, today| {
            // What is not offered here cannot be gone on with here.
            let offered = |session: &&Session| self.shelf_of(session).is_some();
            let sessions = self.earlier.iter().filter(offered).take(EARLIER);
            let rows = sessions.filter(|session| clock::is_today(session.touched) == today);
            let rows: Vec<El> = rows.map(row).collect();
            (!rows.is_empty()).then(|| {
                el("div")
                    .with(el("h2").text(texts.get(key)))
                    .with(classed("ul", "plain").list(rows))
            })
        };
        let (today, before) = (day("device.today", true), day("device.earlier", false));
        (today.is_some() || before.is_some()).then(|| {
            classed("section", "shelf earlier-ones")
                .maybe(today)
                .maybe(before)
        })
    }

    /// The packs that are offered, first the one that was brought.
    fn shelves(&self) -> impl Iterator<Item = &Shelf> {
        self.own.shelf.iter().chain(&self.index.packs)
    }

    fn shelf_of(&self, session: &Session) -> Option<&Shelf> {
        self.shelves().find(|shelf| shelf.id == session.pack)
    }

    fn name<'s>(&'s self, session: &'s Session) -> &'s str {
        let model = self
            .shelf_of(session)
            .and_then(|shelf| shelf.models.iter().find(|model| model.id == session.model));
        model.map_or(session.model.as_str(), |model| &model.name)
    }
}
