//! Plain data: what comes from outside (a pack's JSON, a remembered session) and what goes there.

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
