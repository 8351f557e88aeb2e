//! How records become plain data and come back: one list of a record's fields serves both directions.
//!
//! Decoding does not stop at the first error: what is missing or of the wrong kind is reported with its place, and an empty value
//! takes its place, so that everything wrong with the data is known at once.
//!
//! A record is a plain function that hands the codec one field after the other, each as a `dyn Record`. So there is one decoder and
//! one encoder in the wasm, and a record costs only its list of names. Readers derived by serde would take a fifth of the first visit.

use crate::id::Id;
use crate::node::Node;
use crate::problem::{MOST_PROBLEMS, Problem};
use crate::time::{Millis, Wall};
use std::mem::{replace, take};

/// The most parts of a list or table that are read.
pub const MOST_PARTS: usize = 256;

/// Can be decoded from plain data and encoded as such.
pub trait Record {
    /// Hands its fields to the codec, which fills them or takes them, whichever it is for.
    ///
    /// Problems are collected by the codec; what was decoded is then of no use.
    fn fields(&mut self, codec: &mut Codec);
}

/// Decodes a whole document.
///
/// # Errors
/// Everything that is wrong with it, with its place.
pub fn decode<T: Record + Default>(node: Node) -> Result<T, Vec<Problem>> {
    let mut part = T::default();
    let mut codec = Codec::new(true);
    codec.nested("", node, &mut part);
    if codec.problems.is_empty() {
        Ok(part)
    } else {
        Err(codec.problems)
    }
}

/// A record as plain data. The record is not changed: only decoding changes it.
#[must_use]
pub fn encode(part: &mut dyn Record) -> Node {
    Codec::new(false).nested("", Node::Nothing, part)
}

/// Plain data being decoded or encoded.
pub struct Codec {
    reading: bool,
    /// The current value: what is left of it, or what there is of it so far.
    node: Node,
    /// Fields were asked for: the value should be a table.
    asked: bool,
    /// The path from the root to the current value, joined by dots.
    path: String,
    problems: Vec<Problem>,
}

impl Codec {
    fn new(reading: bool) -> Codec {
        Codec {
            reading,
            node: Node::Nothing,
            asked: false,
            path: String::new(),
            problems: Vec::new(),
        }
    }

    /// Runs a record on the value `node`; returns the value afterwards.
    #[inline(never)]
    fn nested(&mut self, name: &str, node: Node, part: &mut dyn Record) -> Node {
        let outer = (replace(&mut self.node, node), take(&mut self.asked));
        let way = self.path.len();
        step(&mut self.path, name);
        part.fields(self);
        if self.reading && self.asked {
            self.reject_unknown_fields();
        }
        self.path.truncate(way);
        let node = take(&mut self.node);
        (self.node, self.asked) = outer;
        node
    }

    /// A field that no record asked for is probably a typo.
    fn reject_unknown_fields(&mut self) {
        match take(&mut self.node) {
            Node::Table(rest) => {
                for (name, _) in &rest {
                    self.note(
                        name,
                        "nothing of this name is known here",
                        "correct the name, or take it out",
                    );
                }
            }
            _ => self.note(
                "",
                "this should be a table",
                "write its fields under their names",
            ),
        }
    }

    #[inline(never)]
    fn note(&mut self, name: &str, what: &'static str, remedy: &'static str) {
        if self.problems.len() < MOST_PROBLEMS {
            let mut path = self.path.clone();
            step(&mut path, name);
            self.problems.push(Problem {
                path,
                at: None,
                found: None,
                what,
                remedy,
            });
        }
    }

    #[inline(never)]
    fn wrong(&mut self, what: &'static str) {
        self.note("", what, "see the format's description of this field");
    }

    /// Reports that the value is of another kind, or missing.
    #[inline(never)]
    fn wrong_kind(&mut self, found: &Node, what: &'static str) {
        self.wrong(match found {
            Node::Nothing => "this is missing",
            _ => what,
        });
    }

    /// The value as text, while reading.
    #[inline(never)]
    fn take_text(&mut self) -> Option<String> {
        match take(&mut self.node) {
            Node::Text(text) => Some(text),
            node => {
                self.wrong_kind(&node, "this should be text");
                None
            }
        }
    }

    /// Takes a field's value out of the current table.
    fn take_field(&mut self, name: &str) -> Node {
        if let Node::Table(table) = &mut self.node
            && let Some(at) = table.iter().position(|(key, _)| key == name)
        {
            return table.remove(at).1;
        }
        Node::Nothing
    }

    #[inline(never)]
    fn transfer(&mut self, name: &'static str, part: &mut dyn Record, may_miss: bool) {
        self.asked = true;
        let found = match self.reading {
            true => self.take_field(name),
            false => Node::Nothing,
        };
        if self.reading && may_miss && found == Node::Nothing {
            return;
        }
        let node = self.nested(name, found, part);
        if self.reading || (may_miss && node.is_empty()) {
            return;
        }
        if let Node::Nothing = self.node {
            self.node = Node::Table(Vec::new());
        }
        if let Node::Table(table) = &mut self.node {
            table.push((name.to_owned(), node));
        }
    }

    /// A field. Where it is missing, its part decides whether that is wrong.
    pub fn field(&mut self, name: &'static str, part: &mut dyn Record) {
        self.transfer(name, part, false);
    }

    /// A field that is not written when there is nothing in it. Where it is missing, its part stays as it is.
    pub fn optional(&mut self, name: &'static str, part: &mut dyn Record) {
        self.transfer(name, part, true);
    }

    /// A number that is `usual` where it is missing.
    pub fn number(&mut self, name: &'static str, number: &mut f64, usual: f64) {
        if self.reading {
            *number = usual;
        }
        self.transfer(name, number, self.reading);
    }

    /// A field that is a table of these fields.
    pub fn table(&mut self, name: &'static str, fields: &mut [(&'static str, &mut dyn Record)]) {
        self.field(name, &mut Fields(fields));
    }

    /// Notes it when there is nothing to be read.
    pub fn require(&mut self) {
        if self.reading && self.node == Node::Nothing {
            self.wrong_kind(&Node::Nothing, "");
        }
    }

    /// Whether the value that is being read has a field of that name: then it is that choice, and carries something.
    #[inline(never)]
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        match &self.node {
            Node::Table(table) => self.reading && table.iter().any(|(key, _)| key == name),
            _ => false,
        }
    }

    /// One of a few words: which one it is. `own` is the one to be written, or to stay where none can be read. What is beyond
    /// the words is not written.
    #[inline(never)]
    pub fn choice(&mut self, words: &[&str], own: usize) -> usize {
        if !self.reading {
            if let Some(word) = words.get(own) {
                self.node = Node::Text((*word).to_owned());
            }
        } else if self.node != Node::Nothing
            && let Some(given) = self.take_text()
        {
            match words.iter().position(|word| *word == given) {
                Some(at) => return at,
                None => self.wrong("this is none of the words that may stand here"),
            }
        }
        own
    }

    /// Begins a list of `len` parts, or a table of this many parts by id: how many parts there are to pass.
    #[inline(never)]
    fn begin(&mut self, len: usize, keyed: bool) -> usize {
        if !self.reading {
            self.node = match keyed {
                true => Node::Table(Vec::new()),
                false => Node::List(Vec::new()),
            };
            return len;
        }
        let count = match &self.node {
            Node::Nothing => 0,
            Node::List(items) if !keyed => items.len(),
            Node::Table(parts) if keyed => parts.len(),
            _ => {
                self.wrong(match keyed {
                    true => "this should be a table of parts by id",
                    false => "this should be a list",
                });
                0
            }
        };
        // What comes from a stranger may have a million parts: none of them is looked at.
        if count > MOST_PARTS {
            self.wrong("there are too many parts here: keep to 256");
            return 0;
        }
        count
    }

    /// Begins a list, of `len` parts when it is written: how many parts there are to pass.
    pub fn list(&mut self, len: usize) -> usize {
        self.begin(len, false)
    }

    /// Begins a table of parts by id, of `len` parts when it is written: how many parts there are to pass.
    pub fn keyed(&mut self, len: usize) -> usize {
        self.begin(len, true)
    }

    /// A part of a list.
    #[inline(never)]
    pub fn item(&mut self, at: usize, part: &mut dyn Record) {
        let next = match &mut self.node {
            Node::List(items) => items.get_mut(at).map(take),
            _ => None,
        };
        let node = self.nested("", next.unwrap_or_default(), part);
        if let Node::List(items) = &mut self.node
            && !self.reading
        {
            items.push(node);
        }
    }

    /// A part of a table of parts by id.
    #[inline(never)]
    pub fn entry(&mut self, at: usize, id: &mut Id, part: &mut dyn Record) {
        let next = match &mut self.node {
            Node::Table(parts) => parts.get_mut(at).map(take),
            _ => None,
        };
        let (key, node) = next.unwrap_or_default();
        if self.reading {
            match Id::new(&key) {
                Some(name) => *id = name,
                None => return self.note(&key, NO_ID, "give it another name"),
            }
        }
        let node = self.nested(&key, node, part);
        if let Node::Table(parts) = &mut self.node
            && !self.reading
        {
            parts.push((id.as_str().to_owned(), node));
        }
    }

    /// Two parts, written as a list.
    #[inline(never)]
    fn pair(&mut self, first: &mut dyn Record, second: &mut dyn Record) {
        if self.list(2) == 2 {
            self.item(0, first);
            self.item(1, second);
        } else {
            self.wrong("this should be a list of two");
        }
    }
}

const NO_ID: &str = "an id is 1 to 32 lower-case letters, digits and hyphens";

/// One step of the path from the root to a part.
#[inline(never)]
fn step(path: &mut String, name: &str) {
    if !path.is_empty() && !name.is_empty() {
        path.push('.');
    }
    path.push_str(name);
}

/// The fields of a table that is not a record itself.
struct Fields<'a, 'p>(&'a mut [(&'static str, &'p mut dyn Record)]);

impl Record for Fields<'_, '_> {
    fn fields(&mut self, codec: &mut Codec) {
        for (name, part) in &mut *self.0 {
            codec.field(name, *part);
        }
    }
}

impl Record for String {
    fn fields(&mut self, codec: &mut Codec) {
        if !codec.reading {
            codec.node = Node::Text(self.clone());
        } else if let Some(text) = codec.take_text() {
            *self = text;
        }
    }
}

impl Record for Id {
    fn fields(&mut self, codec: &mut Codec) {
        if !codec.reading {
            codec.node = Node::Text(self.as_str().to_owned());
        } else if let Some(text) = codec.take_text() {
            match Id::new(&text) {
                Some(id) => *self = id,
                None => codec.wrong(NO_ID),
            }
        }
    }
}

/// No where it is missing.
impl Record for bool {
    fn fields(&mut self, codec: &mut Codec) {
        if !codec.reading {
            codec.node = Node::Flag(*self);
            return;
        }
        match take(&mut codec.node) {
            Node::Nothing => {}
            Node::Flag(flag) => *self = flag,
            _ => codec.wrong("this should be true or false"),
        }
    }
}

impl Record for f64 {
    #[inline(never)]
    fn fields(&mut self, codec: &mut Codec) {
        if !codec.reading {
            codec.node = Node::Number(*self);
            return;
        }
        match take(&mut codec.node) {
            Node::Number(number) if number.is_finite() => *self = number,
            node => codec.wrong_kind(&node, "this should be a number"),
        }
    }
}

/// A whole number from 0 to `most`.
#[inline(never)]
fn whole(number: f64, most: f64, codec: &mut Codec) -> f64 {
    let mut passed = number;
    passed.fields(codec);
    if passed < 0.0 || passed > most || passed.fract() != 0.0 {
        codec.wrong("this should be a whole number from 0, and not so large");
    }
    passed
}

impl Record for u8 {
    fn fields(&mut self, codec: &mut Codec) {
        *self = whole((*self).into(), u8::MAX.into(), codec) as u8;
    }
}

impl Record for u32 {
    fn fields(&mut self, codec: &mut Codec) {
        *self = whole((*self).into(), u32::MAX.into(), codec) as u32;
    }
}

impl Record for Wall {
    fn fields(&mut self, codec: &mut Codec) {
        let mut number = self.get();
        number.fields(codec);
        *self = Wall::new(number);
    }
}

impl Record for Millis {
    fn fields(&mut self, codec: &mut Codec) {
        let mut number = self.get();
        number.fields(codec);
        *self = Millis::new(number).unwrap_or_default();
    }
}

impl<A: Record, B: Record> Record for (A, B) {
    fn fields(&mut self, codec: &mut Codec) {
        codec.pair(&mut self.0, &mut self.1);
    }
}

impl<T: Record + Default> Record for Option<T> {
    fn fields(&mut self, codec: &mut Codec) {
        if codec.reading && codec.node != Node::Nothing {
            *self = Some(T::default());
        }
        if let Some(part) = self {
            part.fields(codec);
        }
    }
}

/// Empty where it is missing.
impl<T: Record + Default> Record for Vec<T> {
    fn fields(&mut self, codec: &mut Codec) {
        let count = codec.list(self.len());
        while self.len() < count {
            self.push(T::default());
        }
        for (at, part) in self.iter_mut().enumerate() {
            codec.item(at, part);
        }
    }
}

/// Lists the fields of a record, in the order in which they are encoded. Fields that are not encoded follow `without`; the compiler
/// refuses a list that leaves one out.
#[macro_export]
macro_rules! record {
    ($record:ident { $($field:ident),* $(,)? } $(without { $($other:ident),* })?) => {
        impl $crate::codec::Record for $record {
            fn fields(&mut self, codec: &mut $crate::codec::Codec) {
                let $record { $($field,)* $($($other: _),*)? } = self;
                $(codec.field(stringify!($field), $field);)*
            }
        }
    };
}

/// The words by which the variants of an enum are encoded, in the order of declaration. Where the word is missing, the variant
/// stays the default. Variants beyond the words are not encoded.
#[macro_export]
macro_rules! choices {
    ($choice:ident { $($word:literal: $own:ident),* $(,)? }) => {
        const _: () = {
            let mut at = 0;
            $(
                assert!($choice::$own as usize == at, "the words follow the order of the choices");
                at += 1;
            )*
            assert!(at > 0);
        };

        impl $crate::codec::Record for $choice {
            fn fields(&mut self, codec: &mut $crate::codec::Codec) {
                let at = codec.choice(&[$($word),*], *self as usize);
                if let Some(own) = [$($choice::$own),*].get(at) {
                    *self = *own;
                }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Index;
    use crate::session::Session;

    fn table(fields: &[(&str, Node)]) -> Node {
        let field = |(name, node): &(&str, Node)| ((*name).to_owned(), node.clone());
        Node::Table(fields.iter().map(field).collect())
    }

    /// Where something is wrong, and what.
    fn wrong<T: Record + Default>(node: Node) -> Vec<(String, &'static str)> {
        let problems = decode::<T>(node).err().unwrap_or_default();
        problems
            .into_iter()
            .map(|problem| (problem.path, problem.what))
            .collect()
    }

    #[test]
    fn every_problem_is_told_with_its_place() {
        let text = |text: &str| Node::Text(text.to_owned());
        let shelf = table(&[
            ("id", text("A B")),
            ("name", Node::Number(1.0)),
            ("nmae", text("Acme")),
            ("models", Node::List(vec![text("cam")])),
        ]);
        assert_eq!(
            wrong::<Index>(table(&[("packs", Node::List(vec![shelf]))])),
            [
                ("packs.id", NO_ID),
                ("packs.name", "this should be text"),
                ("packs.file", "this is missing"),
                ("packs.models.id", "this is missing"),
                ("packs.models.name", "this is missing"),
                ("packs.models.hint", "this is missing"),
                ("packs.models", "this should be a table"),
                ("packs.nmae", "nothing of this name is known here"),
            ]
            .map(|(place, what)| (place.to_owned(), what))
        );
        for other in [Node::Nothing, Node::Flag(true), Node::List(Vec::new())] {
            let whole = (String::new(), "this should be a table");
            assert_eq!(wrong::<Index>(other.clone()), [whole]);
            assert!(!wrong::<Session>(other).is_empty());
        }
    }

    #[test]
    fn a_list_that_is_too_long_is_not_looked_at() {
        let packs = Node::List(vec![Node::Nothing; 257]);
        assert_eq!(
            wrong::<Index>(table(&[("packs", packs)])),
            [(
                "packs".to_owned(),
                "there are too many parts here: keep to 256"
            )]
        );
    }
}
