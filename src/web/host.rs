//! The page around the interface: it is told what happens to the session, after the screen has answered.

use super::node::value;
use js_sys::{Array, Function};
use led_doctor_core::codec::encode;
use led_doctor_core::node::Node;
use led_doctor_core::session::Session;
use wasm_bindgen::JsValue;

/// The page's function for it.
#[derive(Clone)]
pub struct Host(pub Function);

impl Host {
    /// Tells events, each a name and a detail; `drawn`: another stage stands on the screen.
    pub fn tell(&self, events: Vec<(&'static str, Node)>, drawn: bool) {
        let told = Array::new();
        for (name, detail) in events {
            told.push(&Array::of2(&name.into(), &value(&detail)));
        }
        // What the page makes of it is no concern of the session.
        let _ = self.0.call2(&JsValue::NULL, &told, &drawn.into());
    }

    /// Hands over the session when the interface goes, so that another one can go on with it.
    pub fn hand_over(&self, session: &mut Session) {
        let session = value(&encode(session));
        let _ = self
            .0
            .call3(&JsValue::NULL, &Array::new(), &false.into(), &session);
    }
}
