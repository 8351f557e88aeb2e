//! From the JSON that tests write to the plain data that the page reads.

use led_doctor::node::Node;
use serde_json::Value;

/// Plain data as the page makes it from what the browser parsed.
pub fn node(value: &Value) -> Node {
    match value {
        Value::Null => Node::Nothing,
        Value::Bool(flag) => Node::Flag(*flag),
        Value::Number(number) => Node::Number(number.as_f64().unwrap()),
        Value::String(text) => Node::Text(text.clone()),
        Value::Array(items) => Node::List(items.iter().map(node).collect()),
        Value::Object(table) => Node::Table(
            table
                .iter()
                .map(|(key, value)| (key.clone(), node(value)))
                .collect(),
        ),
    }
}
