//! Whether a tree has the shape that the pack format asks for: every unknown name, missing part and wrong kind at once.
//!
//! The format's JSON Schema, made from the very types that the page reads packs with, is the only description of it.
//!
//! Not by a general validator of JSON Schema: those report a failed `anyOf` without its reason, and know neither where in the TOML a
//! part was written, nor that a name belongs in the other file, nor which name was meant.

use super::expand;
use super::tree::{Fault, Node, Value};
use serde_json::{Map, Value as Json, json};

/// The whole format as authors write it: structure and words together.
pub fn whole() -> Json {
    let mut schema = schemars::schema_for!(led_doctor_core::pack::PackFile).to_value();
    expand::extend(&mut schema);
    schema
}

/// What `pack.toml` holds: the format less its words.
pub fn structure() -> Json {
    let mut schema = whole();
    each_object(&mut schema, &mut |properties, required| {
        properties.retain(|_, field| !is_words(field));
        required.retain(|name| {
            name.as_str()
                .is_some_and(|name| properties.contains_key(name))
        });
    });
    schema
}

/// What a language file holds: words, in tables named as in the structure. None is required on its own.
pub fn words() -> Json {
    let mut schema = whole();
    each_object(&mut schema, &mut |properties, required| {
        required.clear();
        properties.retain(|_, field| is_words(field) || is_table(field));
    });
    schema
}

/// The convention of the format's descriptions: words end in "Text."
pub fn is_words(field: &Json) -> bool {
    field
        .get("description")
        .and_then(Json::as_str)
        .is_some_and(|text| text.ends_with("Text."))
}

fn is_table(field: &Json) -> bool {
    let optional = field.get("anyOf").and_then(Json::as_array);
    field
        .get("additionalProperties")
        .is_some_and(Json::is_object)
        || field.get("$ref").is_some()
        || optional.is_some_and(|any| any.iter().any(is_table))
}

fn each_object(schema: &mut Json, change: &mut impl FnMut(&mut Map<String, Json>, &mut Vec<Json>)) {
    match schema {
        Json::Object(map) => {
            // Answers and the like may have words only: then nothing is left but an empty table.
            if map.get("properties").is_some_and(Json::is_object) {
                let mut required = match map.remove("required") {
                    Some(Json::Array(list)) => list,
                    _ => Vec::new(),
                };
                if let Some(Json::Object(properties)) = map.get_mut("properties") {
                    change(properties, &mut required);
                }
                map.insert("required".into(), Json::Array(required));
            }
            map.iter_mut()
                .for_each(|(_, inner)| each_object(inner, change));
        }
        Json::Array(list) => list.iter_mut().for_each(|inner| each_object(inner, change)),
        _ => {}
    }
}

/// Compares a tree with a schema.
pub struct Shape<'a> {
    schema: &'a Json,
    /// The whole format, to distinguish a misplaced name from an unknown one.
    whole: &'a Json,
    /// What the file holds, for the remedy ("pack.toml", "the language file").
    elsewhere: &'static str,
}

impl<'a> Shape<'a> {
    /// `elsewhere` names the file where parts belong that the whole format knows and this schema does not.
    pub fn new(schema: &'a Json, whole: &'a Json, elsewhere: &'static str) -> Self {
        Shape {
            schema,
            whole,
            elsewhere,
        }
    }

    /// Everything in the tree that the schema does not allow.
    pub fn check(&self, tree: &Node) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.look(tree, self.schema, Some(self.whole), "", &mut faults);
        faults
    }

    fn look(
        &self,
        node: &Node,
        schema: &Json,
        whole: Option<&Json>,
        way: &str,
        faults: &mut Vec<Fault>,
    ) {
        let schema = resolve(schema, self.schema);
        let whole = whole.map(|whole| resolve(whole, self.whole));
        if let Some((what, remedy)) = wrong_kind(node, schema) {
            faults.push(Fault {
                place: node.place.clone(),
                what,
                remedy,
            });
            return;
        }
        match &node.value {
            Value::Table(parts) => {
                self.known_names(parts, schema, whole, way, faults);
                required_names(node, schema, way, faults);
            }
            Value::List(items) => self.items(node, items, schema, whole, way, faults),
            Value::Text(_) | Value::Plain(_) => {}
        }
    }

    /// Every name of a table that the schema does not know, or knows elsewhere.
    fn known_names(
        &self,
        parts: &[(String, Node)],
        schema: &Json,
        whole: Option<&Json>,
        way: &str,
        faults: &mut Vec<Fault>,
    ) {
        let properties = schema.get("properties").and_then(Json::as_object);
        let additional = schema
            .get("additionalProperties")
            .filter(|more| more.is_object());
        let is_id = schema.get("propertyNames").is_some();
        for (name, part) in parts {
            let way = joined(way, name);
            let whole_part = whole.and_then(|whole| {
                whole
                    .pointer(&format!("/properties/{name}"))
                    .or(whole.get("additionalProperties"))
            });
            let known = properties
                .and_then(|properties| properties.get(name))
                .or(additional);
            let (what, remedy) = match known {
                Some(_) if is_id && led_doctor_core::id::Id::new(name).is_none() => (
                    format!("\"{name}\" is no id"),
                    "use 1 to 32 small letters, digits and hyphens".into(),
                ),
                Some(inner) => {
                    self.look(part, inner, whole_part, &way, faults);
                    continue;
                }
                None if whole_part.is_some_and(|part| part.is_object()) => (
                    format!("\"{name}\" does not belong in this file"),
                    format!("move it to {}", self.elsewhere),
                ),
                None => {
                    let names: Vec<&str> = properties
                        .into_iter()
                        .flat_map(|map| map.keys().map(String::as_str))
                        .collect();
                    (
                        format!("nothing here is called \"{name}\""),
                        match nearest(name, &names) {
                            Some(near) => format!("did you mean {near}?"),
                            None => format!("the names here are: {}", names.join(", ")),
                        },
                    )
                }
            };
            faults.push(Fault {
                place: part.key.clone(),
                what,
                remedy,
            });
        }
    }

    fn items(
        &self,
        node: &Node,
        items: &[Node],
        schema: &Json,
        whole: Option<&Json>,
        way: &str,
        faults: &mut Vec<Fault>,
    ) {
        let Some(prefix) = schema.get("prefixItems").and_then(Json::as_array) else {
            let whole_items = whole.and_then(|whole| whole.get("items"));
            for (item, inner) in items.iter().zip(schema.get("items").into_iter().cycle()) {
                self.look(item, inner, whole_items, way, faults);
            }
            return;
        };
        if prefix.len() != items.len() {
            faults.push(Fault {
                place: node.place.clone(),
                what: format!("there are {} values here", items.len()),
                remedy: format!("write {} values", prefix.len()),
            });
            return;
        }
        for (item, inner) in items.iter().zip(prefix) {
            self.look(item, inner, None, way, faults);
        }
    }
}

/// The dotted path of a part.
fn joined(way: &str, name: &str) -> String {
    if way.is_empty() {
        name.to_owned()
    } else {
        format!("{way}.{name}")
    }
}

/// What is wrong with the kind of a value, and how to fix it.
fn wrong_kind(node: &Node, schema: &Json) -> Option<(String, String)> {
    if let Some(choices) = choices(schema) {
        let is_one = node.text().is_some_and(|text| choices.contains(&text));
        return (!is_one).then(|| {
            (
                format!("{} is none of the words allowed here", shown(node)),
                format!("write one of {}", choices.join(", ")),
            )
        });
    }
    let kinds = kinds(schema);
    let fits = kinds.is_empty()
        || match &node.value {
            Value::Text(_) => kinds.contains(&"string"),
            Value::Plain(Json::Number(number)) => {
                kinds.contains(&"number")
                    || (kinds.contains(&"integer") && number.as_u64().is_some())
            }
            Value::Plain(Json::Bool(_)) => kinds.contains(&"boolean"),
            Value::Plain(_) => false,
            Value::List(_) => kinds.contains(&"array"),
            Value::Table(_) => kinds.contains(&"object"),
        };
    (!fits).then(|| {
        (
            format!("{} is of the wrong kind", shown(node)),
            format!("write {}", said(&kinds)),
        )
    })
}

/// Every name that a table must have and has not.
fn required_names(node: &Node, schema: &Json, way: &str, faults: &mut Vec<Fault>) {
    let required = schema.get("required").and_then(Json::as_array);
    for name in required.into_iter().flatten().filter_map(Json::as_str) {
        if node.get(name).is_some() {
            continue;
        }
        let field = schema.pointer(&format!("/properties/{name}"));
        let about = field
            .and_then(|field| field.get("description"))
            .and_then(Json::as_str)
            .unwrap_or("");
        let about = about.split_whitespace().collect::<Vec<_>>().join(" ");
        faults.push(Fault {
            place: node.key.clone(),
            what: format!("{} is missing", joined(way, name)),
            remedy: format!("add it: {}", about.trim_end_matches(" Text.")),
        });
    }
}

/// Follows references, and looks past "or nothing".
fn resolve<'a>(schema: &'a Json, root: &'a Json) -> &'a Json {
    let mut schema = schema;
    // Bounded: a schema of ours is at most a few references deep.
    for _ in 0..8 {
        if let Some(reference) = schema.get("$ref").and_then(Json::as_str) {
            schema = root
                .pointer(reference.trim_start_matches('#'))
                .unwrap_or(&Json::Null);
        } else if let Some(any) = schema.get("anyOf").and_then(Json::as_array) {
            schema = any
                .iter()
                .find(|one| **one != json!({ "type": "null" }))
                .unwrap_or(&Json::Null);
        } else {
            break;
        }
    }
    schema
}

fn choices(schema: &Json) -> Option<Vec<&str>> {
    if let Some(one_of) = schema.get("oneOf").and_then(Json::as_array) {
        return one_of
            .iter()
            .map(|one| one.get("const").and_then(Json::as_str))
            .collect();
    }
    schema
        .get("enum")
        .and_then(Json::as_array)
        .map(|list| list.iter().filter_map(Json::as_str).collect())
}

fn kinds(schema: &Json) -> Vec<&str> {
    match schema.get("type") {
        Some(Json::String(kind)) => vec![kind],
        Some(Json::Array(list)) => list
            .iter()
            .filter_map(Json::as_str)
            .filter(|kind| *kind != "null")
            .collect(),
        _ => Vec::new(),
    }
}

fn said(kinds: &[&str]) -> String {
    let said = kinds.iter().map(|kind| match *kind {
        "string" => "text in quotes",
        "number" => "a number",
        "integer" => "a whole number",
        "boolean" => "true or false",
        "array" => "a list in [brackets]",
        _ => "a table",
    });
    said.collect::<Vec<_>>().join(" or ")
}

fn shown(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => format!("\"{}\"", text.chars().take(40).collect::<String>()),
        Value::Plain(plain) => plain.to_string(),
        Value::List(_) => "a list".into(),
        Value::Table(_) => "a table".into(),
    }
}

/// The name that differs by the fewest letters, if that is few.
pub fn nearest<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    let scored = names
        .iter()
        .map(|other| (strsim::levenshtein(name, other), *other));
    scored
        .min()
        .filter(|(distance, other)| *distance <= 1 + other.len() / 4)
        .map(|(_, other)| other)
}
