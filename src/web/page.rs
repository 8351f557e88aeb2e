//! What the page can do for the interface beside drawing it.

use js_sys::{Array, Function, JsString, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Element, HtmlAnchorElement, HtmlElement, Url, Window};

fn window() -> Option<Window> {
    web_sys::window()
}

/// Whether the person asked for less motion. `true` where that cannot be known.
#[must_use]
pub fn reduced_motion() -> bool {
    let query = window().and_then(|window| {
        window
            .match_media("(prefers-reduced-motion: reduce)")
            .ok()
            .flatten()
    });
    query.is_none_or(|query| query.matches())
}

/// Whether each of the words stands somewhere in the text, in large letters or small. The browser's tables of letters serve:
/// in the wasm they would be a tenth of it.
#[must_use]
pub fn mentions(text: &str, words: &str) -> bool {
    let text = JsString::from(text).to_lower_case();
    let words = String::from(JsString::from(words).to_lower_case());
    words.split(' ').all(|word| text.includes(word, 0))
}

/// What stands in the input that the event is about.
#[must_use]
pub fn typed(event: &web_sys::Event) -> String {
    let input = event.target();
    let value = input.and_then(|input| Reflect::get(&input, &"value".into()).ok());
    value
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// Whether the page is hidden: another tab, a locked phone.
#[must_use]
pub fn hidden() -> bool {
    window()
        .and_then(|window| window.document())
        .is_some_and(|document| document.hidden())
}

/// What the page's offline script has said so far: `offline` is `ready`, `update` is `ready`.
#[must_use]
pub fn says(what: &str) -> bool {
    let root = window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    let name = ["data-", what].concat();
    root.and_then(|root| root.get_attribute(&name))
        .is_some_and(|said| said == "ready")
}

/// Tells the page's offline script that the new version is wanted now.
pub fn accept_update() {
    if let (Some(window), Ok(event)) = (window(), web_sys::Event::new("led-doctor:accept-update")) {
        let _ = window.dispatch_event(&event);
    }
}

/// Whether the browser knows that it has no network. It may have none and not know.
#[must_use]
pub fn cut_off() -> bool {
    window().is_some_and(|window| !window.navigator().on_line())
}

/// A short tick in the hand, where the device has it and the person does not mind motion.
pub fn tick() {
    if !reduced_motion() {
        vibrate(12);
    }
}

/// A gentle buzz: a wait is over.
pub fn buzz() {
    vibrate(200);
}

fn vibrate(ms: u32) {
    // Not in every browser, and web-sys would throw where it is missing.
    if let Some(navigator) = window().map(|window| window.navigator()) {
        let _ = method(&navigator, "vibrate")
            .and_then(|vibrate| vibrate.call1(&navigator, &ms.into()).ok());
    }
}

/// Moves the focus to the heading of what is shown, and its top into view.
pub fn focus_heading(host: &Element) {
    if let Ok(Some(heading)) = host.query_selector("h1")
        && let Some(heading) = heading.dyn_ref::<HtmlElement>()
    {
        let _ = heading.focus();
    }
}

/// Puts text on the clipboard. `false` when the browser did not let it.
pub async fn copy(text: &str) -> bool {
    let Some(navigator) = window().map(|window| window.navigator()) else {
        return false;
    };
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).unwrap_or_default();
    called(&clipboard, "writeText", &text.into()).await
}

/// Whether the browser can hand text to another app.
#[must_use]
pub fn can_share() -> bool {
    window().is_some_and(|window| method(&window.navigator(), "share").is_some())
}

/// Hands text to another app of the person's choice.
pub async fn share(title: &str, text: &str) -> bool {
    let Some(navigator) = window().map(|window| window.navigator()) else {
        return false;
    };
    let data = Object::new();
    let _ = Reflect::set(&data, &"title".into(), &title.into());
    let _ = Reflect::set(&data, &"text".into(), &text.into());
    called(&navigator, "share", &data).await
}

/// Prints the page by its print style sheet.
pub fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

/// Saves text as a file.
pub fn save(name: &str, text: &str) -> Option<()> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/plain;charset=utf-8");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link = window()?
        .document()?
        .create_element("a")
        .ok()?
        .dyn_into::<HtmlAnchorElement>()
        .ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url).ok()
}

/// Keeps the screen awake while the promise it gives is held. `None` where the browser cannot.
pub async fn keep_awake() -> Option<Awake> {
    let lock = Reflect::get(&window()?.navigator(), &"wakeLock".into()).ok()?;
    let request = method(&lock, "request")?;
    let promise = request
        .call1(&lock, &"screen".into())
        .ok()?
        .dyn_into::<Promise>()
        .ok()?;
    JsFuture::from(promise).await.ok().map(Awake)
}

/// The screen stays awake until this is dropped.
pub struct Awake(JsValue);

impl Drop for Awake {
    fn drop(&mut self) {
        let _ = method(&self.0, "release").and_then(|release| release.call0(&self.0).ok());
    }
}

fn method(object: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}

async fn called(object: &JsValue, name: &str, argument: &JsValue) -> bool {
    let promise = method(object, name)
        .and_then(|method| method.call1(object, argument).ok())
        .and_then(|promise| promise.dyn_into::<Promise>().ok());
    match promise {
        Some(promise) => JsFuture::from(promise).await.is_ok(),
        None => false,
    }
}
