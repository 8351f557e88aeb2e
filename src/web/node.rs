//! From JavaScript's values to plain data, and back.

use js_sys::JSON;
use led_doctor_core::json;
use led_doctor_core::node::Node;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// The plain data in a value. What is no plain data, and what lies too deep, is nothing.
///
/// Its text is read in one piece: asked for value by value, a pack takes several times as long.
#[must_use]
pub fn node(value: &JsValue) -> Node {
    let text = JSON::stringify(value)
        .ok()
        .and_then(|text| text.as_string());
    text.and_then(|text| json::read(&text)).unwrap_or_default()
}

/// Plain data as a value of plain objects.
#[must_use]
pub fn value(node: &Node) -> JsValue {
    // What is written as JSON has it cannot fail.
    node.serialize(&Serializer::json_compatible())
        .unwrap_or(JsValue::NULL)
}
