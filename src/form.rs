//! How records become plain data and come back: one listing of a record's fields serves both ways.
//!
//! Reading never fails half-way: what is missing or of another kind is noted with its place, and something empty stands in
//! for it, so that everything wrong with the data is known at once. serde's derived readers do the same work on the host, where
//! packs are written; in the wasm they would take a fifth of the first visit. Tests hold the two against each other.
//!
//! A listing is a plain function that hands the form one field after the other, each as a `dyn Part`. So there is one reader
//! and one writer in the wasm, and a record costs only its list of names.

use crate::id::Id;
use crate::keyed::MOST_PARTS;
use crate::node::Node;
use crate::pack::problem::{MOST_PROBLEMS, Problem};
use crate::time::{Millis, Wall};
use std::mem::{replace, take};

/// Can be read out of plain data and written as such.
pub trait Part {
    /// Passes through the form: is filled from it or put into it, whichever the form is for.
    ///
    /// What is wrong is noted by the form; then what was read is of no use.
    fn pass(&mut self, form: &mut Form);
}

/// Reads a whole document.
///
/// # Errors
/// Everything that is wrong with it, with its place.
pub fn read<T: Part + Default>(node: Node) -> Result<T, Vec<Problem>> {
    let mut part = T::default();
    let mut form = Form::new(true);
    form.inside("", node, &mut part);
    if form.problems.is_empty() {
        Ok(part)
    } else {
        Err(form.problems)
    }
}

/// A part as plain data. Nothing of it is changed; only reading changes a part.
#[must_use]
pub fn written(part: &mut dyn Part) -> Node {
    Form::new(false).inside("", Node::Nothing, part)
}

/// Plain data being read or written.
pub struct Form {
    reading: bool,
    /// The value at hand: what is left of it, or what there is of it so far.
    node: Node,
    /// Fields were asked for: the value should be a table.
    asked: bool,
    /// The way from the whole to the value at hand, joined by dots.
    path: String,
    problems: Vec<Problem>,
}

impl Form {
    fn new(reading: bool) -> Form {
        Form {
            reading,
            node: Node::Nothing,
            asked: false,
            path: String::new(),
            problems: Vec::new(),
        }
    }

    /// Passes the part whose value is `node`, and gives what has become of the value.
    #[inline(never)]
    fn inside(&mut self, name: &str, node: Node, part: &mut dyn Part) -> Node {
        let outer = (replace(&mut self.node, node), take(&mut self.asked));
        let way = self.path.len();
        step(&mut self.path, name);
        part.pass(self);
        if self.reading && self.asked {
            self.close();
        }
        self.path.truncate(way);
        let node = take(&mut self.node);
        (self.node, self.asked) = outer;
        node
    }

    /// A field that nobody asked for is a slip of the pen.
    fn close(&mut self) {
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
    fn note(&mut self, name: &str, what: &'static str, mend: &'static str) {
        if self.problems.len() < MOST_PROBLEMS {
            let mut path = self.path.clone();
            step(&mut path, name);
            self.problems.push(Problem {
                path,
                at: None,
                found: None,
                what,
                mend,
            });
        }
    }

    #[inline(never)]
    fn wrong(&mut self, what: &'static str) {
        self.note("", what, "see the format's description of this field");
    }

    /// Says that the value is of another kind, or not there at all.
    #[inline(never)]
    fn other(&mut self, found: &Node, what: &'static str) {
        self.wrong(match found {
            Node::Nothing => "this is missing",
            _ => what,
        });
    }

    /// The value as text, while reading.
    #[inline(never)]
    fn told(&mut self) -> Option<String> {
        match take(&mut self.node) {
            Node::Text(text) => Some(text),
            node => {
                self.other(&node, "this should be text");
                None
            }
        }
    }

    /// Takes a field's value out of the table at hand.
    fn taken(&mut self, name: &str) -> Node {
        if let Node::Table(table) = &mut self.node
            && let Some(at) = table.iter().position(|(key, _)| key == name)
        {
            return table.remove(at).1;
        }
        Node::Nothing
    }

    #[inline(never)]
    fn exchange(&mut self, name: &'static str, part: &mut dyn Part, may_miss: bool) {
        self.asked = true;
        let found = match self.reading {
            true => self.taken(name),
            false => Node::Nothing,
        };
        if self.reading && may_miss && found == Node::Nothing {
            return;
        }
        let node = self.inside(name, found, part);
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

    /// A field. Where it is missing, its part says whether that is wrong.
    pub fn field(&mut self, name: &'static str, part: &mut dyn Part) {
        self.exchange(name, part, false);
    }

    /// A field that is not written when there is nothing in it. Where it is missing, its part stays as it is.
    pub fn maybe(&mut self, name: &'static str, part: &mut dyn Part) {
        self.exchange(name, part, true);
    }

    /// A number that is `usual` where it is missing.
    pub fn number(&mut self, name: &'static str, number: &mut f64, usual: f64) {
        if self.reading {
            *number = usual;
        }
        self.exchange(name, number, self.reading);
    }

    /// A field that is a table of these fields.
    pub fn table(&mut self, name: &'static str, fields: &mut [(&'static str, &mut dyn Part)]) {
        self.field(name, &mut Fields(fields));
    }

    /// Notes it when there is nothing to be read.
    pub fn need(&mut self) {
        if self.reading && self.node == Node::Nothing {
            self.other(&Node::Nothing, "");
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
    pub fn word(&mut self, words: &[&str], own: usize) -> usize {
        if !self.reading {
            if let Some(word) = words.get(own) {
                self.node = Node::Text((*word).to_owned());
            }
        } else if self.node != Node::Nothing
            && let Some(told) = self.told()
        {
            match words.iter().position(|word| *word == told) {
                Some(at) => return at,
                None => self.wrong("this is none of the words that may stand here"),
            }
        }
        own
    }

    /// Begins a list of `len` parts, or a table of so many parts by id: how many parts there are to pass.
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
    pub fn item(&mut self, at: usize, part: &mut dyn Part) {
        let next = match &mut self.node {
            Node::List(items) => items.get_mut(at).map(take),
            _ => None,
        };
        let node = self.inside("", next.unwrap_or_default(), part);
        if let Node::List(items) = &mut self.node
            && !self.reading
        {
            items.push(node);
        }
    }

    /// A part of a table of parts by id.
    #[inline(never)]
    pub fn entry(&mut self, at: usize, id: &mut Id, part: &mut dyn Part) {
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
        let node = self.inside(&key, node, part);
        if let Node::Table(parts) = &mut self.node
            && !self.reading
        {
            parts.push((id.as_str().to_owned(), node));
        }
    }

    /// Two parts, written as a list.
    #[inline(never)]
    fn pair(&mut self, first: &mut dyn Part, second: &mut dyn Part) {
        if self.list(2) == 2 {
            self.item(0, first);
            self.item(1, second);
        } else {
            self.wrong("this should be a list of two");
        }
    }
}

const NO_ID: &str = "an id is 1 to 32 lower-case letters, digits and hyphens";

/// One step further on the way from the whole to a part.
#[inline(never)]
fn step(path: &mut String, name: &str) {
    if !path.is_empty() && !name.is_empty() {
        path.push('.');
    }
    path.push_str(name);
}

/// The fields of a table that is no record of its own.
struct Fields<'a, 'p>(&'a mut [(&'static str, &'p mut dyn Part)]);

impl Part for Fields<'_, '_> {
    fn pass(&mut self, form: &mut Form) {
        for (name, part) in &mut *self.0 {
            form.field(name, *part);
        }
    }
}

impl Part for String {
    fn pass(&mut self, form: &mut Form) {
        if !form.reading {
            form.node = Node::Text(self.clone());
        } else if let Some(text) = form.told() {
            *self = text;
        }
    }
}

impl Part for Id {
    fn pass(&mut self, form: &mut Form) {
        if !form.reading {
            form.node = Node::Text(self.as_str().to_owned());
        } else if let Some(text) = form.told() {
            match Id::new(&text) {
                Some(id) => *self = id,
                None => form.wrong(NO_ID),
            }
        }
    }
}

/// No where it is missing.
impl Part for bool {
    fn pass(&mut self, form: &mut Form) {
        if !form.reading {
            form.node = Node::Flag(*self);
            return;
        }
        match take(&mut form.node) {
            Node::Nothing => {}
            Node::Flag(flag) => *self = flag,
            _ => form.wrong("this should be true or false"),
        }
    }
}

impl Part for f64 {
    #[inline(never)]
    fn pass(&mut self, form: &mut Form) {
        if !form.reading {
            form.node = Node::Number(*self);
            return;
        }
        match take(&mut form.node) {
            Node::Number(number) if number.is_finite() => *self = number,
            node => form.other(&node, "this should be a number"),
        }
    }
}

/// A whole number from 0 to `most`.
#[inline(never)]
fn whole(number: f64, most: f64, form: &mut Form) -> f64 {
    let mut passed = number;
    passed.pass(form);
    if passed < 0.0 || passed > most || passed.fract() != 0.0 {
        form.wrong("this should be a whole number from 0, and not so large");
    }
    passed
}

impl Part for u8 {
    fn pass(&mut self, form: &mut Form) {
        *self = whole((*self).into(), u8::MAX.into(), form) as u8;
    }
}

impl Part for u32 {
    fn pass(&mut self, form: &mut Form) {
        *self = whole((*self).into(), u32::MAX.into(), form) as u32;
    }
}

impl Part for Wall {
    fn pass(&mut self, form: &mut Form) {
        let mut number = self.get();
        number.pass(form);
        *self = Wall::new(number);
    }
}

impl Part for Millis {
    fn pass(&mut self, form: &mut Form) {
        let mut number = self.get();
        number.pass(form);
        *self = Millis::new(number).unwrap_or_default();
    }
}

impl<A: Part, B: Part> Part for (A, B) {
    fn pass(&mut self, form: &mut Form) {
        form.pair(&mut self.0, &mut self.1);
    }
}

impl<T: Part + Default> Part for Option<T> {
    fn pass(&mut self, form: &mut Form) {
        if form.reading && form.node != Node::Nothing {
            *self = Some(T::default());
        }
        if let Some(part) = self {
            part.pass(form);
        }
    }
}

/// Empty where it is missing.
impl<T: Part + Default> Part for Vec<T> {
    fn pass(&mut self, form: &mut Form) {
        let count = form.list(self.len());
        while self.len() < count {
            self.push(T::default());
        }
        for (at, part) in self.iter_mut().enumerate() {
            form.item(at, part);
        }
    }
}

/// Lists the fields of a record, in the order in which they are written. Those that are not part of the plain form follow
/// `without`; the compiler knows when one is forgotten.
#[macro_export]
macro_rules! record {
    ($record:ident { $($field:ident),* $(,)? } $(without { $($other:ident),* })?) => {
        impl $crate::form::Part for $record {
            fn pass(&mut self, form: &mut $crate::form::Form) {
                let $record { $($field,)* $($($other: _),*)? } = self;
                $(form.field(stringify!($field), $field);)*
            }
        }
    };
}

/// Says by which words the choices are written, in the order in which they are declared. Where the word is missing, the choice
/// stays the default one. Choices beyond the words are not written.
#[macro_export]
macro_rules! words {
    ($choice:ident { $($word:literal: $own:ident),* $(,)? }) => {
        const _: () = {
            let mut at = 0;
            $(
                assert!($choice::$own as usize == at, "the words follow the order of the choices");
                at += 1;
            )*
            assert!(at > 0);
        };

        impl $crate::form::Part for $choice {
            fn pass(&mut self, form: &mut $crate::form::Form) {
                let at = form.word(&[$($word),*], *self as usize);
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
    fn wrong<T: Part + Default>(node: Node) -> Vec<(String, &'static str)> {
        let problems = read::<T>(node).err().unwrap_or_default();
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
