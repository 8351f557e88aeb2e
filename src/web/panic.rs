//! When the wasm panics nothing of it works any more: the page says so instead of standing still.

use wasm_bindgen::JsValue;

/// Tells the page, whose own HTML holds the words for it, and the console. Asked for before anything is drawn.
pub fn watch() {
    yew::set_custom_panic_hook(Box::new(|info| {
        let root = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.document_element());
        if let Some(root) = root {
            let _ = root.set_attribute("data-app", "failed");
        }
        let place = info.location().map_or(String::new(), |place| {
            [place.file(), ":", &place.line().to_string()].concat()
        });
        web_sys::console::error_2(
            &JsValue::from_str("LED Doctor stopped at"),
            &JsValue::from_str(&place),
        );
    }));
}
