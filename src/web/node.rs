//! From JavaScript's values to plain data, and back.

use js_sys::{Array, Object};
use led_doctor_core::node::Node;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};

/// Deeper than any pack or session goes.
const DEEPEST: u32 = 12;

/// The plain data in a value. What is no plain data, and what lies too deep, is nothing.
#[must_use]
pub fn node(value: &JsValue) -> Node {
    at_depth(value, 0)
}

fn at_depth(value: &JsValue, depth: u32) -> Node {
    if let Some(text) = value.as_string() {
        return Node::Text(text);
    }
    if let Some(number) = value.as_f64() {
        return Node::Number(number);
    }
    if let Some(flag) = value.as_bool() {
        return Node::Flag(flag);
    }
    if depth >= DEEPEST {
        return Node::Nothing;
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        return Node::List(
            (0..list.length())
                .map(|at| at_depth(&list.get(at), depth + 1))
                .collect(),
        );
    }
    match value.dyn_ref::<Object>() {
        Some(table) => Node::Table(fields(table, depth + 1)),
        None => Node::Nothing,
    }
}

fn fields(table: &Object, depth: u32) -> Vec<(String, Node)> {
    let entries = Object::entries(table);
    let mut fields = Vec::new();
    for at in 0..entries.length() {
        let entry: Array = entries.get(at).unchecked_into();
        if let Some(key) = entry.get(0).as_string() {
            fields.push((key, at_depth(&entry.get(1), depth)));
        }
    }
    fields
}

/// Plain data as a value of plain objects.
#[must_use]
pub fn value(node: &Node) -> JsValue {
    // What is written as JSON has it cannot fail.
    node.serialize(&Serializer::json_compatible())
        .unwrap_or(JsValue::NULL)
}
