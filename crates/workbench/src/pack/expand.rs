//! What authors may write in short, written out for the page: number codes by a rule, and models that differ a little.
//!
//! The page knows signals only. So sixty codes cost an author one rule and a table, and cost the page no code at all.

use super::number_codes::codes;
use super::tree::{Finding, Node, Value};
use led_doctor_core::pack::{Evidence, Expect, IdSchema, Keyed};
use schemars::JsonSchema;

/// What a model may have in the author's files beside what the page knows.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "read as a tree; the type is here for its schema")]
pub struct Short {
    /// This model shows what that other model shows, and more or less.
    pub base: Option<IdSchema>,
    /// Lights of the other model that are other lights here: `amber = "red"`.
    pub swap: Option<Keyed<IdSchema>>,
    /// Signals and codes of the other model that this one does not have.
    pub without: Option<Vec<IdSchema>>,
    /// How number codes are shown.
    pub digits: Option<Digits>,
    /// The number codes: `2-3`, or `31` for tens and units.
    pub code: Option<Keyed<Code>>,
}

/// How number codes are shown.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "read as a tree; the type is here for its schema")]
pub struct Digits {
    /// The rhythm, with `{first}` and `{second}` for the two digits: `long x{first}, short x{second}, repeat`. Or with `{number}` for a
    /// code of one number: `flash x{number}, repeat after 3s`.
    pub show: Option<String>,
    /// Questions that ask what people counted: for the first digit and for the second, or for the one number. Their answers are numbers.
    #[serde(default)]
    pub ask: Vec<IdSchema>,
    /// Where the rule and its codes come from, unless a code says otherwise.
    pub evidence: Option<Vec<Evidence>>,
    /// The signal's name, from `{first}`, `{second}` and the code's own `{name}`. Text.
    pub name: Option<String>,
    /// What it looks like, from `{first}` and `{second}`; `{red}` is the name of that light. Text.
    pub looks: Option<String>,
    /// The same when the second digit is 0. Text.
    pub looks_first: Option<String>,
    /// The same when the first digit is 0. Text.
    pub looks_second: Option<String>,
}

/// A number code.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "read as a tree; the type is here for its schema")]
pub struct Code {
    /// What is the matter then.
    pub cause: IdSchema,
    /// How usual it is; 1 is typical.
    pub weight: Option<f64>,
    /// What a person who sees it answers to questions.
    pub expect: Option<Keyed<Expect>>,
    /// Where it comes from, when not where the rule comes from.
    pub evidence: Option<Vec<Evidence>>,
    /// What it means, in a few words. Text.
    pub name: String,
}

const SHORT: [&str; 5] = ["base", "swap", "without", "digits", "code"];

/// Adds what authors may write to the page's schema.
pub fn extend(whole: &mut serde_json::Value) {
    let short = schemars::schema_for!(Short).to_value();
    let graft = |from: &str, into: &str, whole: &mut serde_json::Value| {
        if let (Some(more), Some(map)) = (
            short.pointer(from).and_then(|m| m.as_object()),
            whole.pointer_mut(into).and_then(|m| m.as_object_mut()),
        ) {
            for (name, part) in more {
                map.entry(name.clone()).or_insert_with(|| part.clone());
            }
        }
    };
    graft("/properties", "/$defs/Model/properties", whole);
    graft("/$defs", "/$defs", whole);
    // A question whose answers are numbers is written as `count`.
    if let Some(question) = whole
        .pointer_mut("/$defs/Question")
        .and_then(|m| m.as_object_mut())
    {
        question.insert("required".into(), serde_json::json!(["ask"]));
        if let Some(properties) = question
            .get_mut("properties")
            .and_then(|m| m.as_object_mut())
        {
            properties.insert(
                "count".into(),
                serde_json::json!({
                    "description": "The answers are the numbers from the first to the second.",
                    "type": "array", "prefixItems": [{ "type": "integer" }, { "type": "integer" }],
                    "minItems": 2, "maxItems": 2
                }),
            );
        }
    }
}

/// Writes out everything that was written in short.
pub fn expand(tree: &mut Node) -> Vec<Finding> {
    let mut findings = Vec::new();
    numbers(tree, &mut findings);
    bases(tree, &mut findings);
    let lights: Vec<(String, String)> = tree
        .get("light")
        .map(Node::parts)
        .unwrap_or_default()
        .iter()
        .filter_map(|(id, light)| Some((id.clone(), light.get("name")?.text()?.to_owned())))
        .collect();
    let Some(Node {
        value: Value::Table(models),
        ..
    }) = tree.get_mut("model")
    else {
        return findings;
    };
    for (_, model) in models {
        codes(model, &mut findings);
        colours(model, &lights);
        for name in SHORT {
            model.remove(name);
        }
    }
    findings
}

/// Answers that are numbers.
fn numbers(tree: &mut Node, findings: &mut Vec<Finding>) {
    let Some(Node {
        value: Value::Table(questions),
        ..
    }) = tree.get_mut("question")
    else {
        return;
    };
    for (_, question) in questions {
        let Some(count) = question.remove("count") else {
            continue;
        };
        let range: Option<(u64, u64)> = serde_json::from_value(count.to_json()).ok();
        let Some((least, most)) = range.filter(|(least, most)| least < most && *most <= 30) else {
            findings.push(Finding {
                place: count.place,
                what: "this is no range to count in".into(),
                remedy: "write the fewest and the most, as in [1, 9], up to 30".into(),
            });
            continue;
        };
        let like = |value| Node {
            value,
            ..count.clone()
        };
        let answer = |n: u64| {
            let text = like(Value::Text(n.to_string()));
            (
                n.to_string(),
                like(Value::Table(vec![("text".into(), text)])),
            )
        };
        question.set(
            "answer",
            like(Value::Table((least..=most).map(answer).collect())),
        );
    }
}

/// Copies what a model takes over from another.
fn bases(tree: &mut Node, findings: &mut Vec<Finding>) {
    let Some(models) = tree.get("model").cloned() else {
        return;
    };
    let Some(Node {
        value: Value::Table(into),
        ..
    }) = tree.get_mut("model")
    else {
        return;
    };
    for (_, model) in into {
        let Some(base) = model.get("base").cloned() else {
            continue;
        };
        let other = base
            .text()
            .and_then(|id| models.get(id))
            .filter(|other| other.get("base").is_none());
        let Some(other) = other else {
            findings.push(Finding {
                place: base.place,
                what: "there is no such model, or it is taken over from another itself".into(),
                remedy: "name a model that stands for itself".into(),
            });
            continue;
        };
        let mut without: Vec<Node> = match model.get("without").map(|node| &node.value) {
            Some(Value::List(list)) => list.clone(),
            _ => Vec::new(),
        };
        let swap: Vec<(String, String)> = model
            .get("swap")
            .map(Node::parts)
            .unwrap_or_default()
            .iter()
            .filter_map(|(from, to)| Some((from.clone(), to.text()?.to_owned())))
            .collect();
        for table in ["digits", "code", "signal", "light_is"] {
            let Some(mut theirs) = other.get(table).cloned() else {
                continue;
            };
            if table == "code" || table == "signal" {
                without.retain(|id| theirs.remove(id.text().unwrap_or("")).is_none());
            }
            swapped(&mut theirs, &swap);
            match model.get_mut(table) {
                // What the model says itself goes before what it takes over.
                Some(own) => own.lay_under(theirs),
                None => model.set(table, theirs),
            }
        }
        for id in without {
            findings.push(Finding {
                place: id.place,
                what: "the other model has no such signal or code".into(),
                remedy: "check the spelling, or leave it out of this list".into(),
            });
        }
    }
}

/// Other lights in every rhythm and description.
fn swapped(node: &mut Node, swap: &[(String, String)]) {
    match &mut node.value {
        Value::Table(parts) => {
            for (name, part) in parts {
                match (name.as_str(), &mut part.value) {
                    ("show", Value::Text(text)) => *text = words(text, swap, ""),
                    ("looks" | "looks_first" | "looks_second" | "name", Value::Text(text)) => {
                        *text = words(text, swap, "{")
                    }
                    _ => swapped(part, swap),
                }
            }
        }
        Value::List(list) => list.iter_mut().for_each(|item| swapped(item, swap)),
        Value::Text(_) | Value::Plain(_) => {}
    }
}

/// Replaces whole words, all at once, so that two lights can change places.
fn words(text: &str, swap: &[(String, String)], after: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_alphanumeric() || c == '-' {
            word.push(c);
            continue;
        }
        let lower = word.to_lowercase();
        match swap
            .iter()
            .find(|(from, _)| *from == lower && out.ends_with(after))
        {
            Some((_, to)) if lower == word => out.push_str(to),
            Some((_, to)) => out.push_str(&capital(to)),
            None => out.push_str(&word),
        }
        word.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// The names of lights, where descriptions leave a hole for them.
fn colours(node: &mut Node, lights: &[(String, String)]) {
    if let Value::Table(parts) = &mut node.value {
        for (name, part) in parts {
            match (name.as_str(), &mut part.value) {
                ("looks" | "name" | "light_is", Value::Text(text)) => {
                    for (id, name) in lights {
                        *text = text
                            .replace(&format!("{{{id}}}"), name)
                            .replace(&format!("{{{}}}", capital(id)), &capital(name));
                    }
                }
                _ => colours(part, lights),
            }
        }
    }
}
