//! What the page can do for the interface beside drawing it.

use js_sys::{Array, Function, JsString, Object, Promise, Reflect};
use led_doctor_core::slip;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CustomEvent, CustomEventInit, Element, FocusOptions, HtmlAnchorElement,
    HtmlElement, Url, Window,
};

fn window() -> Option<Window> {
    web_sys::window()
}

/// Whether the text contains each of the words, in large letters or small, or one of its words begins so with one error. The
/// browser's tables of letters serve: in the wasm they would be a tenth of it.
#[must_use]
pub fn mentions(text: &str, words: &str) -> bool {
    let small = |text: &str| String::from(JsString::from(text).to_lower_case());
    let (text, words) = (small(text), small(words));
    // Japanese keyboards write a different space.
    let mut words = words.split([' ', '\u{3000}']);
    words.all(|word| slip::mentions(&text, word))
}

/// The file that was chosen in the input that the event is about.
#[must_use]
pub fn file(event: &web_sys::Event) -> Option<JsValue> {
    let input: JsValue = event.target()?.into();
    let files = Reflect::get(&input, &"files".into()).ok()?;
    let file = Reflect::get_u32(&files, 0).ok()?;
    // The same one may be chosen again, changed meanwhile.
    let _ = Reflect::set(&input, &"value".into(), &"".into());
    file.is_object().then_some(file)
}

/// The content of the input that the event is about.
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

/// Whether the page's own scripts have reported this so far: of `offline` and `update` that they are `ready`, of `announce` that
/// it `can` be asked for, is `granted` or `refused`.
#[must_use]
pub fn says(what: &str, said: &str) -> bool {
    saying(what).is_some_and(|own| own == said)
}

/// What the page's own scripts have reported about something.
#[must_use]
pub fn saying(what: &str) -> Option<String> {
    let root = window()?.document()?.document_element()?;
    root.get_attribute(&["data-", what].concat())
}

/// Sends something to the page's own scripts, with words where there are any: `accept-update`, `announce`, `time-up`. Other elements
/// of the page receive it as well: `stored`.
pub fn tell(what: &str, words: &str) {
    let event = CustomEventInit::new();
    event.set_detail(&words.into());
    let name = ["led-doctor:", what].concat();
    if let (Some(window), Ok(event)) = (
        window(),
        CustomEvent::new_with_event_init_dict(&name, &event),
    ) {
        let _ = window.dispatch_event(&event);
    }
}

/// The words that came with an event of the page's own scripts.
#[must_use]
pub fn detail(event: &web_sys::Event) -> String {
    let event = event.dyn_ref::<CustomEvent>();
    event
        .and_then(|event| event.detail().as_string())
        .unwrap_or_default()
}

/// Whether the browser knows that it has no network. It may have none and not know.
#[must_use]
pub fn cut_off() -> bool {
    window().is_some_and(|window| !window.navigator().on_line())
}

/// Shows on the pads below `root` the number of taps, and which pad is held down: that of the light, or with `""` the only one. The place
/// of the number holds a text already.
pub fn show_press(root: &Element, taps: usize, held: Option<&str>) {
    let find = |selector: &str| root.query_selector(selector).ok().flatten();
    let taps = Some(taps.to_string());
    // The text itself, which stays the framework's own. What stays as it is, is not touched: that would be a change of the document, too.
    let number = find(".pad-count").and_then(|number| number.first_child());
    if let Some(number) = number.filter(|number| number.node_value() != taps) {
        number.set_node_value(taps.as_deref());
    }
    let pad = held.and_then(|light| match light {
        "" => find(".pad"),
        light => find(&[".pad[data-light=\"", light, "\"]"].concat()),
    });
    let was = find(".pad.is-down");
    if was != pad {
        for (pad, is_down) in [(was, false), (pad, true)] {
            if let Some(pad) = pad {
                let _ = pad.class_list().toggle_with_force("is-down", is_down);
            }
        }
    }
}

/// A short vibration, where the device has it. It is no motion on the screen, and the only signal for people who look elsewhere.
pub fn tick() {
    vibrate(&12.into());
}

/// Twice: something was found.
pub fn buzz_twice() {
    let pattern: Array = [90, 70, 160].into_iter().map(JsValue::from).collect();
    vibrate(&pattern);
}

/// A gentle buzz: a wait is over.
pub fn buzz() {
    vibrate(&200.into());
}

fn vibrate(pattern: &JsValue) {
    // Not in every browser, and web-sys would throw where it is missing.
    if let Some(navigator) = window().map(|window| window.navigator()) {
        let _ = method(&navigator, "vibrate")
            .and_then(|vibrate| vibrate.call1(&navigator, pattern).ok());
    }
}

/// Puts words before the document's title until what it gives is dropped.
#[must_use]
pub fn titled(words: &str) -> Option<Titled> {
    let document = window()?.document()?;
    let before = document.title();
    document.set_title(&[words, " - ", &before].concat());
    let now = document.title();
    Some(Titled { before, now })
}

/// The title as it was, and as it was made.
pub struct Titled {
    before: String,
    now: String,
}

impl Drop for Titled {
    fn drop(&mut self) {
        // A page that has given itself another one meanwhile keeps that.
        if let Some(document) = window().and_then(|window| window.document())
            && document.title() == self.now
        {
            document.set_title(&self.before);
        }
    }
}

/// The focus before something changed.
pub struct Focus {
    on: Element,
    /// The step of a fix that it was in.
    step: Option<Element>,
}

impl Focus {
    /// Where the focus is, if it is inside `root`.
    #[must_use]
    pub fn inside(root: &Element) -> Option<Focus> {
        // The focus of a shadow root's inside is the root's own matter, not the document's.
        let on = Reflect::get(&root.get_root_node(), &"activeElement".into()).ok()?;
        let on: Element = on.dyn_into().ok()?;
        let step = on.closest("[data-step]").ok()?;
        root.contains(Some(&on)).then_some(Focus { on, step })
    }

    /// Where what had the focus is gone, it goes to what came in its place, and not back to the top of the page.
    pub fn keep(self, root: &Element) {
        if self.on.is_connected() {
            return;
        }
        let step = self.step.filter(|step| step.is_connected());
        let in_step = step
            .iter()
            .flat_map(|step| ["[role=timer]", ".step-more button", "input"].map(|of| (step, of)));
        let in_root = [".fix.is-open .fix-title", "[part=pad]", "h1"].map(|of| (root, of));
        for (place, of) in in_step.chain(in_root) {
            if focus(place, of, false) {
                return;
            }
        }
    }
}

/// Moves the focus to the first such element, into view unless the page has to stay where it is. Whether there is one.
fn focus(place: &Element, of: &str, stays: bool) -> bool {
    let found = place.query_selector(of).ok().flatten();
    let found = found.and_then(|found| found.dyn_into::<HtmlElement>().ok());
    let how = FocusOptions::new();
    how.set_prevent_scroll(stays);
    found.is_some_and(|found| found.focus_with_options(&how).is_ok())
}

/// Moves the focus to the heading of what is shown, and its top into view; under a finger that taps nothing may move.
pub fn focus_heading(host: &Element, taps: bool) {
    focus(host, "h1", taps);
}

/// Puts text on the clipboard. `false` when the browser did not let it.
pub async fn copy(text: &str) -> bool {
    let Some(navigator) = window().map(|window| window.navigator()) else {
        return false;
    };
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).unwrap_or_default();
    answered(&clipboard, "writeText", &text.into())
        .await
        .is_some()
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
    answered(&navigator, "share", &data).await.is_some()
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

/// An address with title and report in place of `{title}` and `{body}`.
#[must_use]
pub fn filled(address: &str, title: &str, body: &str) -> String {
    let mut filled = address.to_owned();
    for (place, words) in [("{title}", title), ("{body}", body)] {
        let words = String::from(js_sys::encode_uri_component(words));
        if let Some((before, after)) = filled.split_once(place) {
            filled = [before, &words, after].concat();
        }
    }
    filled
}

/// Keeps the screen awake while the promise it gives is held. `None` where the browser cannot.
pub async fn keep_awake() -> Option<Awake> {
    let lock = Reflect::get(&window()?.navigator(), &"wakeLock".into()).ok()?;
    answered(&lock, "request", &"screen".into())
        .await
        .map(Awake)
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

/// What the promise of a method brings. `None` where there is no such method, or it refuses.
async fn answered(object: &JsValue, name: &str, argument: &JsValue) -> Option<JsValue> {
    let promise = method(object, name)?.call1(object, argument).ok()?;
    // Resolved again: a page that has put another `Promise` in place (zone.js does) has two kinds of them.
    JsFuture::from(Promise::resolve(&promise)).await.ok()
}
