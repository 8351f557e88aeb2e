//! TOML as a tree whose every part knows where it was written.

use led_doctor_core::node::Node as Plain;
use std::path::PathBuf;
use std::rc::Rc;

/// A file that was read.
#[derive(Debug)]
pub struct Source {
    /// Where it is, as people name it.
    pub path: PathBuf,
    /// What it holds.
    pub text: String,
}

/// A place in a file.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file.
    pub source: Rc<Source>,
    /// The byte.
    pub at: usize,
}

impl Place {
    /// Line and column, from 1.
    pub fn line_and_column(&self) -> (usize, usize) {
        let before = self.source.text.get(..self.at).unwrap_or(&self.source.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }
}

/// A value and where it was written.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where its name is written; for the root, the start of the file.
    pub key: Place,
    /// Where it is written.
    pub place: Place,
    /// What it is.
    pub value: Value,
}

/// A value.
#[derive(Debug, Clone)]
pub enum Value {
    /// Words, or a date.
    Text(String),
    /// A number, true or false.
    Plain(serde_json::Value),
    /// A list.
    List(Vec<Node>),
    /// Parts by name, in written order.
    Table(Vec<(String, Node)>),
}

/// What is wrong with a file, where, and how to remedy it.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub what: String,
    /// How to remedy it.
    pub remedy: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (line, column) = self.place.line_and_column();
        let path = self.place.source.path.display();
        writeln!(f, "{path}:{line}:{column}: {}", self.what)?;
        if let Some(text) = self.place.source.text.lines().nth(line - 1) {
            // Long lines of words: show the part around the place.
            let skip = column.saturating_sub(60);
            let shown: String = text.chars().skip(skip).take(100).collect();
            writeln!(f, "    | {shown}")?;
            writeln!(f, "    | {:>width$}", "^", width = column - skip)?;
        }
        write!(f, "    = {}", self.remedy)
    }
}

/// Reads TOML. What cannot be read becomes faults.
pub fn parse(source: Rc<Source>) -> Result<Node, Vec<Fault>> {
    let (table, errors) = toml::de::DeTable::parse_recoverable(&source.text);
    if !errors.is_empty() {
        return Err(broken(&source, &errors));
    }
    let start = Place {
        source: source.clone(),
        at: 0,
    };
    Ok(Node {
        key: start.clone(),
        place: start,
        value: table_of(&source, table.get_ref()),
    })
}

/// What is wrong with a file that is no TOML, in words for people who write packs; the first fault of each kind.
fn broken(source: &Rc<Source>, errors: &[toml::de::Error]) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        let before = source.text.get(..at).unwrap_or("");
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = source.text.get(start..).unwrap_or("").lines().next();
        let (what, remedy) = reworded(error.message(), line.unwrap_or(""));
        // What follows from the first one only repeats it.
        if faults.iter().all(|fault| fault.what != what) {
            faults.push(Fault {
                place: Place {
                    source: source.clone(),
                    at,
                },
                what,
                remedy: remedy.into(),
            });
        }
    }
    faults
}

fn reworded(message: &str, line: &str) -> (String, &'static str) {
    let has_comma = line
        .as_bytes()
        .windows(3)
        .any(|three| matches!(three, [a, b',', c] if a.is_ascii_digit() && c.is_ascii_digit()));
    if line.contains(['“', '”', '„', '‘', '’']) && !line.contains('"') {
        (
            "these quotes are curly".into(),
            "write straight ones: \"…\"; a word processor makes them curly by itself",
        )
    } else if message.contains("duplicate key") {
        (
            "this name stands twice".into(),
            "give one of the two another name, or remove it with all that belongs to it",
        )
    } else if has_comma && line.contains('=') && !line.contains('"') {
        (
            "there is a comma in this number".into(),
            "write it with a point: 0.3",
        )
    } else {
        (
            format!("this is no TOML: {message}"),
            "check quotes, brackets and commas here and on the line before",
        )
    }
}

fn table_of(source: &Rc<Source>, table: &toml::de::DeTable<'_>) -> Value {
    let part = |(key, value): (&toml::Spanned<_>, &toml::Spanned<toml::de::DeValue<'_>>)| {
        let key: &toml::Spanned<std::borrow::Cow<'_, str>> = key;
        let place = |at| Place {
            source: source.clone(),
            at,
        };
        let node = Node {
            key: place(key.span().start),
            place: place(value.span().start),
            value: value_of(source, value.get_ref()),
        };
        (key.get_ref().to_string(), node)
    };
    Value::Table(table.iter().map(part).collect())
}

fn value_of(source: &Rc<Source>, value: &toml::de::DeValue<'_>) -> Value {
    use serde_json::Value as Json;
    use toml::de::DeValue as Toml;
    match value {
        Toml::String(text) => Value::Text(text.to_string()),
        Toml::Integer(number) => Value::Plain(
            i64::from_str_radix(&number.as_str().replace('_', ""), number.radix())
                .map_or(Json::Null, Json::from),
        ),
        Toml::Float(number) => Value::Plain(
            number
                .as_str()
                .replace('_', "")
                .parse::<f64>()
                .map_or(Json::Null, Json::from),
        ),
        Toml::Boolean(yes) => Value::Plain(Json::Bool(*yes)),
        Toml::Datetime(date) => Value::Text(date.to_string()),
        Toml::Array(list) => Value::List(
            list.iter()
                .map(|item| {
                    let place = Place {
                        source: source.clone(),
                        at: item.span().start,
                    };
                    Node {
                        key: place.clone(),
                        place,
                        value: value_of(source, item.get_ref()),
                    }
                })
                .collect(),
        ),
        Toml::Table(table) => table_of(source, table),
    }
}

impl Node {
    /// The part of that name.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.parts()
            .iter()
            .find_map(|(key, node)| (key == name).then_some(node))
    }

    /// Takes over what the other has and this one lacks, part by part.
    pub fn lay_under(&mut self, other: Node) {
        if let Value::Table(parts) = other.value {
            for (name, part) in parts {
                match self.get_mut(&name) {
                    Some(own) => own.lay_under(part),
                    None => self.set(&name, part),
                }
            }
        }
    }

    /// The part of that name.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::Table(parts) => parts
                .iter_mut()
                .find_map(|(key, node)| (key == name).then_some(node)),
            _ => None,
        }
    }

    /// The parts of the table of that name, to be changed.
    pub fn table_mut(&mut self, name: &str) -> Option<&mut Vec<(String, Node)>> {
        match &mut self.get_mut(name)?.value {
            Value::Table(parts) => Some(parts),
            _ => None,
        }
    }

    /// The parts of a table; none of anything else.
    pub fn parts(&self) -> &[(String, Node)] {
        match &self.value {
            Value::Table(parts) => parts,
            _ => &[],
        }
    }

    /// The words, if it holds words.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Takes the part of that name out.
    pub fn remove(&mut self, name: &str) -> Option<Node> {
        match &mut self.value {
            Value::Table(parts) => {
                let at = parts.iter().position(|(key, _)| key == name)?;
                Some(parts.remove(at).1)
            }
            _ => None,
        }
    }

    /// Puts a part in, in place of one of the same name.
    pub fn set(&mut self, name: &str, node: Node) {
        if let Value::Table(parts) = &mut self.value {
            match parts.iter_mut().find(|(key, _)| key == name) {
                Some((_, old)) => *old = node,
                None => parts.push((name.to_owned(), node)),
            }
        }
    }

    /// Goes down a dotted path as far as it leads: the deepest part that is there, and whether that is the whole way.
    pub fn find(&self, path: &str) -> (&Node, bool) {
        let mut node = self;
        for name in path.split('.').filter(|name| !name.is_empty()) {
            match node.get(name) {
                Some(part) => node = part,
                None => return (node, false),
            }
        }
        (node, true)
    }

    /// The plain data.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Text(text) => serde_json::Value::String(text.clone()),
            Value::Plain(plain) => plain.clone(),
            Value::List(list) => serde_json::Value::Array(list.iter().map(Node::to_json).collect()),
            Value::Table(parts) => serde_json::Value::Object(
                parts
                    .iter()
                    .map(|(key, node)| (key.clone(), node.to_json()))
                    .collect(),
            ),
        }
    }

    /// The plain data, as the page's decoder takes it.
    pub fn to_plain(&self) -> Plain {
        match &self.value {
            Value::Text(text) => Plain::Text(text.clone()),
            Value::Plain(serde_json::Value::Bool(flag)) => Plain::Flag(*flag),
            Value::Plain(plain) => plain.as_f64().map_or(Plain::Nothing, Plain::Number),
            Value::List(list) => Plain::List(list.iter().map(Node::to_plain).collect()),
            Value::Table(parts) => Plain::Table(
                parts
                    .iter()
                    .map(|(key, node)| (key.clone(), node.to_plain()))
                    .collect(),
            ),
        }
    }

    /// Lays another tree's parts into this one. What both have as a value is a fault at the other's place.
    pub fn merge(&mut self, other: Node, faults: &mut Vec<Fault>) {
        match (&mut self.value, other.value) {
            (Value::Table(mine), Value::Table(theirs)) => {
                for (key, node) in theirs {
                    match mine.iter_mut().find(|(name, _)| *name == key) {
                        Some((_, part)) => part.merge(node, faults),
                        None => mine.push((key, node)),
                    }
                }
            }
            _ => faults.push(Fault {
                place: other.key,
                what: "this is written twice, in the structure and in the words".into(),
                remedy: "keep words in the language file and everything else in pack.toml".into(),
            }),
        }
    }
}
