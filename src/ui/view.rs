//! What every stage is drawn from, and the parts that look alike everywhere.

use super::app::{App, Msg};
use super::el::{El, classed, el};
use crate::id::Id;
use crate::pack::{Evidence, Grade};
use crate::session::{Action, Device, Session};
use crate::text::Texts;
use crate::time::Wall;
use yew::Callback;
use yew::html::Scope;

/// What a stage is drawn from.
pub struct View<'a> {
    /// The words.
    pub texts: &'a Texts,
    /// Their language.
    pub lang: &'a str,
    /// The device.
    pub device: &'a Device,
    /// Where its session stands.
    pub session: &'a Session,
    /// What is only on screen and never remembered.
    pub app: &'a App,
    /// Sends what happens.
    pub link: &'a Scope<App>,
    /// Now.
    pub now: Wall,
}

/// Sends a message whenever the event happens.
#[inline(never)]
pub fn sends(link: &Scope<App>, msg: Msg) -> Callback<web_sys::Event> {
    let link = link.clone();
    Callback::from(move |_| link.send_message(msg.clone()))
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
        sends(self.link, Msg::Act(action))
    }

    /// A paragraph of the words of a key.
    #[inline(never)]
    pub fn para(&self, class: &'static str, key: &str) -> El {
        classed("p", class).text(self.t(key))
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
            let holes = [
                ("source", source.name.as_str()),
                ("grade", grade),
                ("checked", source.checked.as_str()),
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

    /// The short names of two signals.
    pub fn names<'k>(&'k self, pair: &'k (Id, Id)) -> (&'k str, &'k str) {
        (
            self.device.signal_name(&pair.0),
            self.device.signal_name(&pair.1),
        )
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
    el("a")
        .attr("href", address)
        .sets(&[("rel", "noopener noreferrer"), ("target", "_blank")])
        .text(host)
}

/// A list of lines.
#[inline(never)]
pub fn lines(class: &'static str, lines: &[String]) -> El {
    classed("ul", class).list(lines.iter().map(|line| el("li").text(line)))
}

/// An SVG drawing that says nothing that words beside it do not say.
#[inline(never)]
pub fn svg(class: &'static str, view_box: &'static str) -> El {
    classed("svg", class).sets(&[
        ("viewBox", view_box),
        ("aria-hidden", "true"),
        ("focusable", "false"),
    ])
}
