//! Plain data from outside (a pack's JSON, a remembered session), how parts are read out of it, and how it is put together.
//!
//! Reading never fails half-way: what is missing or of another form is noted with its place, and something empty stands in
//! for it, so that everything wrong with the data is known at once. serde's derived readers do the same work on the host, where
//! packs are written; in the wasm they would take a fifth of the first visit. A test holds the two against each other.

use crate::id::Id;
use crate::keyed::{Keyed, MOST_PARTS};
use crate::pack::problem::{Finder, Problem};

/// Plain data, as JSON has it.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// `null`.
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

/// A table under construction.
#[derive(Default)]
pub struct Table(Vec<(String, Node)>);

impl Table {
    /// An empty table.
    #[must_use]
    pub fn new() -> Table {
        Table::default()
    }

    /// Puts a field in.
    #[must_use]
    #[inline(never)]
    pub fn put(mut self, name: &str, node: Node) -> Table {
        self.0.push((name.to_owned(), node));
        self
    }

    /// The table.
    #[must_use]
    pub fn done(self) -> Node {
        Node::Table(self.0)
    }
}

/// Text as plain data.
#[must_use]
pub fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

/// A number as plain data.
#[must_use]
pub fn number(number: impl Into<f64>) -> Node {
    Node::Number(number.into())
}

/// What may be missing as plain data.
#[must_use]
pub fn maybe<T>(part: Option<T>, write: impl Fn(T) -> Node) -> Node {
    part.map_or(Node::Nothing, write)
}

/// A list as plain data.
#[must_use]
pub fn list<T>(parts: &[T], write: impl Fn(&T) -> Node) -> Node {
    let mut nodes = Vec::with_capacity(parts.len());
    for part in parts {
        nodes.push(write(part));
    }
    Node::List(nodes)
}

/// Can be read out of plain data.
pub trait Read: Sized {
    /// Reads it. What is wrong is noted by `fields`; then the result is of no use.
    fn read(fields: &mut Fields) -> Self;
}

/// Reads a whole document.
///
/// # Errors
/// Everything that is wrong with it, with its place.
pub fn read<T: Read>(node: &Node) -> Result<T, Vec<Problem>> {
    let mut finder = Finder::default();
    let part = Fields::part(node, &mut finder);
    if finder.problems.is_empty() {
        Ok(part)
    } else {
        Err(finder.problems)
    }
}

/// The fields of one table, while it is read.
pub struct Fields<'n, 'f> {
    /// The value itself: a table, but for unit-like choices that are written as text.
    node: &'n Node,
    finder: &'f mut Finder<'n>,
    asked: Vec<&'static str>,
}

impl<'n> Fields<'n, '_> {
    fn part<T: Read>(node: &'n Node, finder: &mut Finder<'n>) -> T {
        let mut fields = Fields {
            node,
            finder,
            asked: Vec::new(),
        };
        let part = T::read(&mut fields);
        fields.close();
        part
    }

    /// A field that nobody asked for is a slip of the pen.
    #[inline(never)]
    fn close(self) {
        if self.asked.is_empty() {
            return;
        }
        match self.node {
            Node::Table(table) => {
                for (name, _) in table {
                    if !self.asked.iter().any(|asked| asked == name) {
                        self.finder.check(
                            false,
                            name,
                            "",
                            "nothing of this name is known here",
                            "correct the name, or take it out",
                        );
                    }
                }
            }
            _ => self.finder.problem(
                None,
                "",
                "this should be a table",
                "write its fields under their names",
            ),
        }
    }

    #[inline(never)]
    fn get(&mut self, name: &'static str) -> Option<&'n Node> {
        self.asked.push(name);
        let Node::Table(table) = self.node else {
            return None;
        };
        table
            .iter()
            .find(|(key, node)| key == name && *node != Node::Nothing)
            .map(|(_, node)| node)
    }

    #[inline(never)]
    fn wrong(&mut self, name: &'static str, what: &'static str) {
        self.finder.check(
            false,
            name,
            "",
            what,
            "see the format's description of this field",
        );
    }

    /// What comes from a stranger may have a million parts: none of them is looked at.
    fn too_many<T>(&mut self, name: &'static str) -> &'n [T] {
        self.wrong(name, "there are too many parts here: keep to 256");
        &[]
    }

    #[inline(never)]
    fn need(&mut self, name: &'static str) -> Option<&'n Node> {
        let found = self.get(name);
        if found.is_none() {
            self.wrong(name, "this is missing");
        }
        found
    }

    #[inline(never)]
    fn told(&mut self, name: &'static str, node: &'n Node) -> &'n str {
        if let Node::Text(text) = node {
            return text;
        }
        self.wrong(name, "this should be text");
        ""
    }

    #[inline(never)]
    fn as_id(&mut self, name: &'static str, node: &'n Node) -> Id {
        let text = self.told(name, node);
        Id::new(text).unwrap_or_else(|| {
            self.wrong(
                name,
                "an id is 1 to 32 lower-case letters, digits and hyphens",
            );
            Id::unread()
        })
    }

    /// The value itself as text, where the part is written as one word.
    pub fn word(&self) -> Option<&'n str> {
        match self.node {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Text.
    #[inline(never)]
    pub fn text(&mut self, name: &'static str) -> String {
        self.need(name)
            .map_or("", |node| self.told(name, node))
            .to_owned()
    }

    /// Text that may be missing.
    #[inline(never)]
    pub fn maybe_text(&mut self, name: &'static str) -> Option<String> {
        self.get(name).map(|node| self.told(name, node).to_owned())
    }

    /// An id.
    #[inline(never)]
    pub fn id(&mut self, name: &'static str) -> Id {
        self.need(name)
            .map_or_else(Id::unread, |node| self.as_id(name, node))
    }

    /// An id that may be missing.
    #[inline(never)]
    pub fn maybe_id(&mut self, name: &'static str) -> Option<Id> {
        self.get(name).map(|node| self.as_id(name, node))
    }

    /// A number; `missing` where it is missing.
    #[inline(never)]
    pub fn number(&mut self, name: &'static str, missing: Option<f64>) -> f64 {
        match self.get(name) {
            Some(Node::Number(number)) if number.is_finite() => *number,
            None if missing.is_some() => missing.unwrap_or_default(),
            _ => {
                self.wrong(name, "this should be a number");
                0.0
            }
        }
    }

    /// A whole number from 0.
    #[inline(never)]
    pub fn whole(&mut self, name: &'static str) -> u32 {
        let number = self.number(name, None);
        if number < 0.0 || number > f64::from(u32::MAX) || number.fract() != 0.0 {
            self.wrong(name, "this should be a whole number from 0");
        }
        number as u32
    }

    /// Yes or no; no where it is missing.
    #[inline(never)]
    pub fn flag(&mut self, name: &'static str) -> bool {
        match self.get(name) {
            None => false,
            Some(Node::Flag(flag)) => *flag,
            Some(_) => {
                self.wrong(name, "this should be true or false");
                false
            }
        }
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Option<T> {
        let node = self.get(name)?;
        let word = self.told(name, node);
        let found = words
            .iter()
            .find(|(own, _)| *own == word)
            .map(|(_, choice)| *choice);
        if found.is_none() {
            self.wrong(name, "this is none of the words that may stand here");
        }
        found
    }

    /// A part.
    pub fn one<T: Read>(&mut self, name: &'static str) -> T {
        let node = self.need(name).unwrap_or(&Node::Nothing);
        self.finder
            .inside(name, |finder| Fields::part(node, finder))
    }

    /// A part that may be missing.
    pub fn maybe<T: Read>(&mut self, name: &'static str) -> Option<T> {
        let node = self.get(name)?;
        Some(
            self.finder
                .inside(name, |finder| Fields::part(node, finder)),
        )
    }

    #[inline(never)]
    fn items(&mut self, name: &'static str) -> &'n [Node] {
        match self.get(name) {
            None => &[],
            Some(Node::List(items)) if items.len() <= MOST_PARTS => items,
            Some(Node::List(_)) => self.too_many(name),
            Some(_) => {
                self.wrong(name, "this should be a list");
                &[]
            }
        }
    }

    /// A list of text; empty where it is missing.
    #[inline(never)]
    pub fn texts(&mut self, name: &'static str) -> Vec<String> {
        let items = self.items(name);
        items
            .iter()
            .map(|node| self.told(name, node).to_owned())
            .collect()
    }

    /// A list of ids; empty where it is missing.
    #[inline(never)]
    pub fn ids(&mut self, name: &'static str) -> Vec<Id> {
        let items = self.items(name);
        items.iter().map(|node| self.as_id(name, node)).collect()
    }

    /// A list of numbers; empty where it is missing.
    #[inline(never)]
    pub fn numbers(&mut self, name: &'static str) -> Vec<f64> {
        let items = self.items(name);
        let mut numbers = Vec::new();
        for item in items {
            match item {
                Node::Number(number) if number.is_finite() => numbers.push(*number),
                _ => self.wrong(name, "this should be a list of numbers"),
            }
        }
        numbers
    }

    /// A list of parts; empty where it is missing.
    pub fn many<T: Read>(&mut self, name: &'static str) -> Vec<T> {
        let items = self.items(name);
        self.finder.inside(name, |finder| {
            items
                .iter()
                .map(|node| Fields::part(node, finder))
                .collect()
        })
    }

    /// Parts by id; empty where it is missing.
    pub fn keyed<T: Read>(&mut self, name: &'static str) -> Keyed<T> {
        let table: &'n [(String, Node)] = match self.get(name) {
            None => &[],
            Some(Node::Table(table)) if table.len() <= MOST_PARTS => table,
            Some(Node::Table(_)) => self.too_many(name),
            Some(_) => {
                self.wrong(name, "this should be a table of parts by id");
                &[]
            }
        };
        let mut parts = Vec::new();
        self.finder.inside(name, |finder| {
            for (key, node) in table {
                match Id::new(key) {
                    Some(id) => {
                        parts.push((id, finder.inside(key, |finder| Fields::part(node, finder))))
                    }
                    None => finder.check(
                        false,
                        key,
                        "",
                        "an id is 1 to 32 lower-case letters, digits and hyphens",
                        "give it another name",
                    ),
                }
            }
        });
        parts.into_iter().collect()
    }
}

/// Ids stand as they are in tables of ids.
impl Read for Id {
    fn read(fields: &mut Fields) -> Id {
        fields.word().and_then(Id::new).unwrap_or_else(|| {
            fields
                .finder
                .problem(None, "", "this should be an id", "write the id of a part");
            Id::unread()
        })
    }
}

/// Says how the fields of a record are read: `name: how(arguments)`, where `how` is a method of [`Fields`].
#[macro_export]
macro_rules! reads {
    ($record:ident { $($field:ident: $how:ident $(($($argument:expr),*))? $(.$after:ident($($more:expr),*))?),* $(,)? }) => {
        impl $crate::node::Read for $record {
            fn read(fields: &mut $crate::node::Fields) -> $record {
                $record { $($field: fields.$how(stringify!($field) $(, $($argument),*)?)$(.$after($($more),*))?),* }
            }
        }
    };
}
