//! Tells the page what becomes of a session. What of it is an event is the page's side to say: `static/tell.js`.

use super::node::value;
use crate::form::written;
use crate::session::Session;
use js_sys::Function;
use wasm_bindgen::JsValue;

/// Hears of every change.
#[derive(Clone)]
pub struct Teller(pub Function);

impl Teller {
    /// The session as it stands, as a plain object; `drawn`: another stage stands on the screen.
    pub fn tell(&self, session: Option<&mut Session>, drawn: bool) {
        let session = session.map_or(JsValue::NULL, |session| value(&written(session)));
        // What the page makes of it is no concern of the session.
        let _ = self.0.call2(&JsValue::NULL, &session, &drawn.into());
    }
}
