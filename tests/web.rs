//! The interface in a real browser, mounted as the page's script mounts it: `cargo xtask test wasm`.
#![cfg(all(target_arch = "wasm32", feature = "page"))]
#![allow(clippy::unwrap_used, clippy::panic)]

use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use led_doctor::web::mount::{Mounted, mount};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

const PACK: &str = include_str!("../crates/core/tests/fixtures/camera.json");
const INDEX: &str = r#"{ "packs": [{ "id": "acme", "name": "Acme", "file": "acme.json", "models": [
    { "id": "cam", "name": "Cam", "hint": "Round.", "drawing": "camera", "unconfirmed": false },
    { "id": "cam-2", "name": "Cam 2", "hint": "Square.", "drawing": "camera", "unconfirmed": true } ] }] }"#;

/// The interface in a fresh element of the page.
struct Stage {
    host: Element,
    mounted: Option<Mounted>,
}

impl Stage {
    fn new(pack: &str, model: Option<&str>) -> Stage {
        let document = web_sys::window().unwrap().document().unwrap();
        let host = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&host).unwrap();
        let options = Object::new();
        let set =
            |name: &str, value: &JsValue| Reflect::set(&options, &name.into(), value).unwrap();
        set(
            "texts",
            &JSON::parse(r#"{ "device.title": "Which device?", "tap.pad": "Tap" }"#).unwrap(),
        );
        set("index", &JSON::parse(INDEX).unwrap());
        let pack = [
            "return Promise.resolve(JSON.parse(",
            &String::from(JSON::stringify(&pack.into()).unwrap()),
            "))",
        ];
        set("load", &Function::new_no_args(&pack.concat()));
        set("lang", &"en".into());
        if let Some(model) = model {
            set("model", &model.into());
        }
        let mounted =
            Some(mount(host.clone(), &options).unwrap_or_else(|error| panic!("{error:?}")));
        Stage { host, mounted }
    }

    /// The element of that test name, once it is drawn.
    async fn find(&self, name: &str) -> HtmlElement {
        let selector = ["[data-testid=", name, "]"].concat();
        for _ in 0..200 {
            if let Some(found) = self.host.query_selector(&selector).unwrap() {
                return found.unchecked_into();
            }
            next_frame().await;
        }
        panic!("{name} does not come: {}", self.host.inner_html());
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(mounted) = self.mounted.take() {
            mounted.destroy();
        }
        self.host.remove();
    }
}

async fn next_frame() {
    let frame = Promise::new(&mut |resolve, _| {
        web_sys::window()
            .unwrap()
            .request_animation_frame(&resolve)
            .unwrap();
    });
    JsFuture::from(frame).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_device_is_chosen_and_the_pad_counts() {
    let stage = Stage::new(PACK, None);
    stage.find("device").await.click();
    let pad = stage.find("tap-pad").await;
    // A lone click, as assistive technology sends it.
    pad.click();
    next_frame().await;
    assert_eq!(stage.find("tap-count").await.inner_text(), "1");
}

#[wasm_bindgen_test]
async fn a_page_that_names_a_model_begins_on_the_pad() {
    let stage = Stage::new(PACK, Some("cam-2"));
    stage.find("tap-pad").await;
    assert_eq!(stage.find("where").await.inner_text(), "Cam 2");
}

#[wasm_bindgen_test]
async fn a_pack_that_is_none_is_said_and_nothing_breaks() {
    for pack in [
        "null",
        "[]",
        "{}",
        r#"{"format":1}"#,
        r#"{"model":{"cam":7}}"#,
    ] {
        let stage = Stage::new(pack, None);
        stage.find("device").await.click();
        stage.find("pack-failed").await;
        stage.find("device").await;
    }
}

#[wasm_bindgen_test]
async fn two_at_once_do_not_know_of_each_other_and_one_can_go() {
    let (one, other) = (Stage::new(PACK, Some("cam")), Stage::new(PACK, Some("cam")));
    one.find("tap-pad").await.click();
    other.find("tap-pad").await;
    next_frame().await;
    assert_eq!(other.find("tap-count").await.inner_text(), "0");
    drop(one);
    other.find("tap-pad").await.click();
    next_frame().await;
    assert_eq!(other.find("tap-count").await.inner_text(), "1");
}

#[wasm_bindgen_test]
fn options_of_another_form_are_an_error_and_no_panic() {
    let document = web_sys::window().unwrap().document().unwrap();
    let host = document.create_element("div").unwrap();
    assert!(mount(host.clone(), &Object::new()).is_err());
    assert!(mount(host, &Array::new()).is_err());
}
