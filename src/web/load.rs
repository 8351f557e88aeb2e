//! Packs, as the page's script hands them over.

use super::node::node;
use crate::form::read;
use crate::pack::{Pack, PackFile};
use js_sys::{Function, Promise};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Fetches packs by id. Where from is the page's matter.
#[derive(Clone, PartialEq)]
pub struct Loader(pub Function);

impl Loader {
    /// The pack of that id; `None` when it cannot be had or is no pack.
    pub async fn pack(&self, id: &str) -> Option<Rc<Pack>> {
        let promise = self
            .0
            .call1(&JsValue::NULL, &id.into())
            .ok()?
            .dyn_into::<Promise>()
            .ok()?;
        let value = JsFuture::from(promise).await.ok()?;
        let file: PackFile = read(node(&value)).ok()?;
        Some(Rc::new(Pack::built(file)))
    }
}
