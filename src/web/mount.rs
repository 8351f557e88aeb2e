//! What the page's script calls.

use super::load::Loader;
use super::node::node;
use crate::node::{Node, read};
use crate::pack::Index;
use crate::text::Texts;
use crate::ui::{App, Options};
use js_sys::{Array, Function, Object, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::AppHandle;

/// A running interface. It lives until [`Mounted::destroy`].
#[wasm_bindgen]
pub struct Mounted(AppHandle<App>);

#[wasm_bindgen]
impl Mounted {
    /// Takes the interface away. Its host element is to be removed after it and not used again.
    pub fn destroy(self) {
        self.0.destroy();
    }
}

/// Draws the interface into `host`, which should be empty and its own.
///
/// `options`: `texts` (words by key), `index` (the packs there are), `load` (a function from a pack's id to a promise of it),
/// `lang`, and, where the page wants them, `pack`, `model`, `start` (`tap`, `pick` or `steps`) and `remember`.
///
/// # Errors
/// When `texts`, `index` or `load` is missing or of another form.
#[wasm_bindgen]
pub fn mount(host: Element, options: &Object) -> Result<Mounted, JsValue> {
    let option = |name: &str| Reflect::get(options, &name.into());
    let texts = words(node(&option("texts")?));
    let index: Index =
        read(&node(&option("index")?)).map_err(|_| "the list of packs is of another form")?;
    let load: Function = option("load")?.dyn_into()?;
    let lang = option("lang")?
        .as_string()
        .unwrap_or_else(|| "en".to_owned());
    let options = Options {
        texts: Rc::new(Texts::new(texts, plural(&lang))),
        lang: lang.into(),
        index: Rc::new(index),
        load: Loader(load),
        pack: option("pack")?.as_string(),
        model: option("model")?.as_string(),
        start: option("start")?.as_string(),
        remember: option("remember")?.is_truthy(),
    };
    Ok(Mounted(
        yew::Renderer::<App>::with_root_and_props(host, options).render(),
    ))
}

/// The language's plural rule, as the browser knows it.
fn plural(lang: &str) -> impl Fn(u32) -> String + use<> {
    let rules = js_sys::Intl::PluralRules::new(&Array::of1(&lang.into()), &Object::new());
    move |n| String::from(rules.select(f64::from(n)))
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
