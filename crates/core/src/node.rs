//! Plain data: what comes from outside (a pack's JSON, a remembered session) and what goes there.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};
use std::fmt;

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
    /// Whether it carries no information: null, false, or an empty list.
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

/// From whatever form its reader has. Only the tools and tests use it: the page converts JavaScript values itself.
impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Node, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Node;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("plain data")
            }
            fn visit_unit<E: Error>(self) -> Result<Node, E> {
                Ok(Node::Nothing)
            }
            fn visit_bool<E: Error>(self, flag: bool) -> Result<Node, E> {
                Ok(Node::Flag(flag))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Node, E> {
                Ok(Node::Number(number as f64))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Node, E> {
                Ok(Node::Number(number as f64))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Node, E> {
                Ok(Node::Number(number))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
                Ok(Node::Text(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Node::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Node, A::Error> {
                let mut table = Vec::new();
                while let Some(field) = fields.next_entry()? {
                    table.push(field);
                }
                Ok(Node::Table(table))
            }
        }
        reader.deserialize_any(Any)
    }
}
