//! What every stage is drawn from, and the parts that look alike everywhere.

use super::el::{El, classed, el};
use super::msg::Msg;
use crate::web::clock;
use led_doctor_core::id::Id;
use led_doctor_core::pack::{Cause, Evidence, Grade};
use led_doctor_core::rhythm::{Observer, Watch};
use led_doctor_core::session::{Action, Device, Session, report};
use led_doctor_core::text::{Texts, warning};
use led_doctor_core::time::{Wall, within};
use std::rc::Rc;
use yew::Callback;

/// What a stage is drawn from.
pub struct View<'a> {
    /// The words.
    pub texts: &'a Texts,
    /// Their language.
    pub lang: &'a str,
    /// The device.
    pub device: &'a Device,
    /// The stage of its session.
    pub session: &'a Session,
    /// What is only on screen and never stored.
    pub screen: &'a Screen,
    /// Sends what happens.
    pub send: &'a Callback<Msg>,
    /// Where the page takes tickets: an address with places for title and report.
    pub ticket: Option<&'a str>,
    /// Now.
    pub now: Wall,
}

/// What is only on screen and never stored.
#[derive(Default)]
pub struct Screen {
    /// The printed card is shown, or a device for it is being chosen.
    pub card: bool,
    /// A notice beside the report, by its key.
    pub notice: Option<&'static str>,
    /// Taps came as lone clicks, whose timing cannot be trusted.
    pub lone_clicks: bool,
    /// A question may lie over what is above the pad.
    pub asks: bool,
    /// All steps of the open fix are listed, and not the next one alone.
    pub all_steps: bool,
    /// The replay under way: its key and how far it has come, in ms.
    pub playing: Option<(Rc<str>, f64)>,
}

/// Sends a message whenever the event happens.
#[inline(never)]
pub fn sends(send: &Callback<Msg>, msg: Msg) -> Callback<web_sys::Event> {
    let send = send.clone();
    Callback::from(move |_| send.emit(msg.clone()))
}

impl View<'_> {
    /// The words of a key.
    #[inline(never)]
    pub fn t<'k>(&'k self, key: &'k str) -> &'k str {
        self.texts.get(key)
    }

    /// Does the action whenever the event happens.
    #[inline(never)]
    pub fn acts(&self, action: Action) -> Callback<web_sys::Event> {
        sends(self.send, Msg::Act(action))
    }

    /// A paragraph of the words of a key.
    #[inline(never)]
    pub fn para(&self, class: &'static str, key: &str) -> El {
        classed("p", class).text(self.t(key))
    }

    /// The warning of a danger; beside an unchecked translation, the English.
    pub fn danger(&self, cause: Option<&Cause>) -> El {
        let key = warning(cause.and_then(|cause| cause.danger));
        // The build puts it there (crates/workbench/src/pack/compile.rs).
        let english = ["draft.", key].concat();
        let english = self.texts.known(&english);
        el("div")
            .with(self.para("warn", key).test("danger"))
            .maybe(english.map(|text| self.english(text)))
    }

    /// The English of a warning.
    pub fn english(&self, text: &str) -> El {
        classed("p", "small")
            .test("original")
            .text(self.t("language.report"))
            .text(" ")
            .with(
                el("span")
                    .sets(&[("lang", "en"), ("dir", "ltr")])
                    .text(text),
            )
    }

    /// Marks on an element which language the pack's words in it are, where the pack is not translated.
    pub fn of_pack(&self, el: El) -> El {
        let lang = self.device.pack().file().lang.as_str();
        if lang.eq_ignore_ascii_case(self.lang) {
            el
        } else {
            el.attr("lang", lang).set("dir", "auto")
        }
    }

    /// An element of words of the pack.
    #[inline(never)]
    pub fn pack_text(&self, tag: &'static str, class: &'static str, words: &str) -> El {
        self.of_pack(classed(tag, class).text(words))
    }

    /// A heading of the words of a key.
    #[inline(never)]
    pub fn heading(&self, tag: &'static str, key: &str) -> El {
        el(tag).text(self.t(key))
    }

    /// A button that does an action.
    #[inline(never)]
    pub fn button(&self, class: &'static str, test: &'static str, key: &str, action: Action) -> El {
        button(class, test, self.t(key)).click(self.acts(action))
    }

    /// Where facts come from, one tap away.
    pub fn sources(&self, evidence: &[Evidence]) -> El {
        let rows = evidence.iter().filter_map(|evidence| {
            let source = self
                .device
                .pack()
                .file()
                .source
                .get(evidence.source.as_str())?;
            let grade = self.t(match evidence.grade {
                Grade::A => "grade.A",
                Grade::B => "grade.B",
                Grade::C => "grade.C",
                Grade::S => "grade.S",
                Grade::G => "grade.G",
            });
            let ago = clock::ago(&source.checked, self.lang);
            let holes = [
                ("source", source.name.as_str()),
                ("grade", grade),
                ("checked", ago.as_deref().unwrap_or(&source.checked)),
            ];
            let row = el("li").text(&self.texts.fill("verdict.grade", &holes));
            Some(match &source.address {
                Some(address) => row.text(" ").with(outside(address)),
                None => row,
            })
        });
        classed("details", "sources small")
            .test("evidence")
            .with(el("summary").text(self.t("verdict.evidence")))
            .with(el("ul").list(rows))
    }

    /// How far the replay of that key has come, in ms; `None` when it is not playing.
    pub fn played(&self, key: &str) -> Option<f64> {
        let playing = self.screen.playing.as_ref();
        playing.filter(|(own, _)| **own == *key).map(|(_, at)| *at)
    }

    /// The current report.
    pub fn report(&self) -> String {
        let when = |at| clock::written(at, self.lang);
        report(self.session, self.device, self.texts, &when)
    }

    /// The short names of two signals.
    pub fn names<'k>(&'k self, pair: &'k (Id, Id)) -> (&'k str, &'k str) {
        (
            self.device.signal_name(&pair.0),
            self.device.signal_name(&pair.1),
        )
    }
}

/// The key of the words for how the light was watched.
pub fn how(watch: &Watch) -> &'static str {
    match watch.observer {
        Observer::Eye => "verdict.filmed",
        Observer::Finger => "verdict.seen",
    }
}

/// A button.
#[inline(never)]
pub fn button(class: &'static str, test: &'static str, words: &str) -> El {
    classed("button", class)
        .set("type", "button")
        .set("part", class)
        .test(test)
        .text(words)
}

/// A link to a page of somebody else, by its host.
#[inline(never)]
pub fn outside(address: &str) -> El {
    let host = address.split('/').nth(2).unwrap_or(address);
    link(address).set("dir", "ltr").text(host)
}

/// A link that leaves this page where it is.
#[inline(never)]
pub fn link(address: &str) -> El {
    el("a")
        .attr("href", address)
        .sets(&[("rel", "noopener noreferrer"), ("target", "_blank")])
}

/// A list of lines.
#[inline(never)]
pub fn lines(class: &'static str, lines: &[String]) -> El {
    classed("ul", class).list(lines.iter().map(|line| el("li").text(line)))
}

/// A decorative SVG drawing: the words beside it say the same.
#[inline(never)]
pub fn svg(class: &'static str, view_box: &'static str) -> El {
    classed("svg", class).sets(&[
        ("viewBox", view_box),
        ("aria-hidden", "true"),
        ("focusable", "false"),
    ])
}

/// A bar that is filled by this share: one element, of which a screen has many. The words beside it say the same.
pub fn bar(share: f64) -> El {
    let percent = within(share * 100.0, 0.0, 100.0).round() as i32;
    classed("progress", "possible-bar")
        .sets(&[("max", "100"), ("aria-hidden", "true")])
        .number("value", percent)
}
