//! Listeners that end with their owner.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// Listens until it is dropped.
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    heard: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `hear` for each event of that kind. A target that takes no listener stays silent.
    pub fn new(
        target: &EventTarget,
        kind: &'static str,
        hear: impl FnMut(Event) + 'static,
    ) -> Listener {
        let heard = Closure::<dyn FnMut(Event)>::new(hear);
        let _ = target.add_event_listener_with_callback(kind, heard.as_ref().unchecked_ref());
        Listener {
            target: target.clone(),
            kind,
            heard,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self
            .target
            .remove_event_listener_with_callback(self.kind, self.heard.as_ref().unchecked_ref());
    }
}
