//! Plain data: what comes from outside (a pack's JSON, a remembered session) and what goes there.

use serde::{Serialize, Serializer};

/// Plain data, as JSON has it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Node {
    /// `null`.
    #[default]
    Nothing,
    /// `true` or `false`.
    Flag(bool),
    /// A number.
    Number(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A table, in written order.
    Table(Vec<(String, Node)>),
}

impl Node {
    /// Whether nothing is said by it: nothing, no, or a list of nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Node::Nothing | Node::Flag(false) => true,
            Node::List(items) => items.is_empty(),
            _ => false,
        }
    }
}

/// In whatever form its writer has: as JSON in the tools, as JavaScript's plain objects in the page.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Nothing => writer.serialize_unit(),
            Node::Flag(flag) => writer.serialize_bool(*flag),
            Node::Number(number) => writer.serialize_f64(*number),
            Node::Text(text) => writer.serialize_str(text),
            Node::List(nodes) => writer.collect_seq(nodes),
            Node::Table(fields) => {
                writer.collect_map(fields.iter().map(|(name, node)| (name, node)))
            }
        }
    }
}
