//! The page around the interface: it receives what happens to the session, after the screen has answered.

use super::node::value;
use js_sys::{Array, Function};
use led_doctor_core::node::Node;
use wasm_bindgen::JsValue;

/// The page's function for it.
#[derive(Clone)]
pub struct Host(pub Function);

impl Host {
    /// Dispatches events, each a name and a detail; `drawn`: another stage is on the screen; `session`: the session as a plain object,
    /// `null` while none is open, where it changed.
    pub fn tell(&self, events: Vec<(&'static str, Node)>, drawn: bool, session: Option<&JsValue>) {
        let detail_pairs = Array::new();
        for (name, detail) in events {
            detail_pairs.push(&Array::of2(&name.into(), &value(&detail)));
        }
        let unchanged = JsValue::UNDEFINED;
        let session = session.unwrap_or(&unchanged);
        // The page's reaction does not affect the session.
        let _ = self
            .0
            .call3(&JsValue::NULL, &detail_pairs, &drawn.into(), session);
    }
}
