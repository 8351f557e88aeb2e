//! What the page's script calls.

use super::host::Host;
use super::load::Loader;
use super::node::{node, value};
use crate::ui::{App, Msg, Options};
use js_sys::{Array, Function, Object, Reflect};
use led_doctor_core::codec::decode;
use led_doctor_core::node::Node;
use led_doctor_core::pack::Index;
use led_doctor_core::session::{Action, public};
use led_doctor_core::text::Texts;
use led_doctor_core::time::Millis;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::AppHandle;

/// A running interface. It lives until [`Mounted::destroy`].
#[wasm_bindgen]
pub struct Mounted {
    app: AppHandle<App>,
    texts: Rc<Texts>,
    lang: String,
}

#[wasm_bindgen]
impl Mounted {
    /// Takes the interface away. Its host element is to be removed after it and not used again.
    pub fn destroy(self) {
        self.app.destroy();
    }

    /// What the pad took before the interface was there: a press (0), its end (1) or a lone click (2), by the page's steady
    /// clock.
    pub fn pad(&self, what: u8, at: f64) {
        let Some(at) = Millis::new(at) else { return };
        self.app.send_message(match what {
            0 => Msg::Pressed(at, None),
            1 => Msg::Released(at),
            _ => Msg::Clicked(at, None),
        });
    }

    /// Restarts the attempt.
    pub fn restart(&self) {
        self.app.send_message(Msg::Act(Action::Restarted));
    }

    /// Where the person is, as a plain object.
    #[must_use]
    pub fn state(&self) -> JsValue {
        let app = self.app.get_component();
        let open = app.as_ref().and_then(|app| app.open());
        value(&public::state(open))
    }

    /// The report so far, while a device is open.
    #[must_use]
    pub fn report(&self) -> Option<String> {
        let app = self.app.get_component()?;
        app.open()?;
        Some(app.report(&self.texts, &self.lang))
    }
}

/// Draws the interface into `host`, which should be empty and its own.
///
/// `options`: `texts` (words by key), `index` (the packs that are offered), `load` (a function from a pack's id to a promise of it),
/// `lang`, and, where the page wants them, `bring` (a function from a file or an address to a promise of `{ problems, shelf }`), `refused` (a pack that the page names cannot be had), `model` (of the first pack), `start` (`tap`, `pick`, `code:` and a signal, or `steps`), `ticket` (the address
/// for a ticket), `remember`, `session` (one to continue
/// with) and `tell` (a function that receives what happened, a list of names and details, whether another stage was drawn, and the
/// session where it changed).
///
/// # Errors
/// When `texts`, `index` or `load` is missing or of another form.
#[wasm_bindgen]
pub fn mount(host: Element, options: &Object) -> Result<Mounted, JsValue> {
    let option = |name: &str| Reflect::get(options, &name.into());
    let texts = words(node(&option("texts")?));
    let index: Index =
        decode(node(&option("index")?)).map_err(|_| "the list of packs is of another form")?;
    let load: Function = option("load")?.dyn_into()?;
    let lang = option("lang")?
        .as_string()
        .unwrap_or_else(|| "en".to_owned());
    let texts = Rc::new(Texts::new(texts, plural(&lang)));
    let options = Options {
        texts: texts.clone(),
        lang: lang.clone().into(),
        index: Rc::new(index),
        load: Loader {
            load,
            bring: option("bring")?.dyn_into().ok(),
        },
        refused: option("refused")?.is_truthy(),
        model: option("model")?.as_string(),
        start: option("start")?.as_string(),
        ticket: option("ticket")?.as_string().filter(|address| {
            // A link runs no script, whatever the page's attribute says.
            address.starts_with("https://") || address.starts_with("mailto:")
        }),
        remember: option("remember")?.is_truthy(),
        session: Rc::new(Cell::new(decode(node(&option("session")?)).ok())),
        host: option("tell")?.dyn_into().ok().map(Host),
    };
    Ok(Mounted {
        app: yew::Renderer::<App>::with_root_and_props(host, options).render(),
        texts,
        lang,
    })
}

/// The language's plural rule, as the browser knows it.
fn plural(lang: &str) -> impl Fn(f64) -> String + use<> {
    let rules = js_sys::Intl::PluralRules::new(&Array::of1(&lang.into()), &Object::new());
    move |n| String::from(rules.select(n))
}

/// The words of an object, by key. What is no text is left out.
fn words(texts: Node) -> Vec<(String, String)> {
    let Node::Table(table) = texts else {
        return Vec::new();
    };
    let pair = |(key, node)| match node {
        Node::Text(words) => Some((key, words)),
        _ => None,
    };
    table.into_iter().filter_map(pair).collect()
}
