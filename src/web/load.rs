//! Packs, as the page's script hands them over.

use super::node::node;
use js_sys::{Function, Promise};
use led_doctor_core::codec::{self, Codec, Record};
use led_doctor_core::pack::{Pack, PackFile, Shelf};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Fetches packs by id, and checks what somebody brings. Where from and how is the page's matter.
#[derive(Clone, PartialEq)]
pub struct Loader {
    /// From an id to a promise of the pack.
    pub load: Function,
    /// From a file or an address to a promise of what came of it.
    pub bring: Option<Function>,
}

/// What came of a pack that somebody brought.
#[derive(Default)]
pub struct Brought {
    /// Its state now.
    pub shelf: Option<Shelf>,
    /// What is wrong with it, a line each.
    pub problems: Vec<String>,
}

impl Record for Brought {
    fn fields(&mut self, codec: &mut Codec) {
        codec.optional("shelf", &mut self.shelf);
        codec.optional("problems", &mut self.problems);
    }
}

/// What the page's script promises for that argument; `None` when it cannot be had or is not what it should be.
async fn answer<T: Record + Default>(ask: &Function, of: &JsValue) -> Option<T> {
    let promise = ask.call1(&JsValue::NULL, of).ok()?;
    // Resolved again: a page that has put another `Promise` in place (zone.js does) has two kinds of them.
    let value = JsFuture::from(Promise::resolve(&promise)).await;
    codec::decode(node(&value.ok()?)).ok()
}

impl Loader {
    /// The pack of that id; `None` when it cannot be had or is no pack.
    pub async fn pack(&self, id: &str) -> Option<Rc<Pack>> {
        let file: PackFile = answer(&self.load, &id.into()).await?;
        Some(Rc::new(Pack::built(file)))
    }

    /// Checks a pack that somebody brings: a file, or an address as text.
    pub async fn bring(&self, source: JsValue) -> Option<Brought> {
        answer(self.bring.as_ref()?, &source).await
    }
}
