//! What authors may write in short, written out for the page: number codes by a rule, and models that differ a little.
//!
//! The page knows signals only. So sixty codes cost an author one rule and a table, and cost the page no code at all.

mod bases;
mod either;
mod number_codes;
pub mod ranges;

use super::tree::{Fault, Node, Value};
use bases::bases;
use led_doctor_core::pack::{Evidence, Expect, IdSchema, Keyed};
use number_codes::codes;
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
    /// Questions that this model does not ask, though what it takes over does.
    pub unasked: Option<Vec<IdSchema>>,
    /// Shows what any of these models shows, for people who cannot tell which they have: by model, the answer to `tell` that leads to it.
    pub either: Option<Keyed<IdSchema>>,
    /// The question that tells the models of `either` apart.
    pub tell: Option<IdSchema>,
    /// How number codes are shown.
    pub digits: Option<Digits>,
    /// The number codes: `2-3`, or `31` for tens and units; `"2-1..5"` for five that mean the same.
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
    /// The same when the second digit is 0. Text.
    pub name_first: Option<String>,
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

const SHORT: [&str; 8] = [
    "base", "swap", "without", "unasked", "either", "tell", "digits", "code",
];

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
    if let Some(codes) = whole.pointer_mut("/$defs/Model/properties/code/anyOf/0") {
        codes["propertyNames"] = serde_json::json!({ "pattern": ranges::PATTERN });
    }
    // One plan for several causes is written with `causes`.
    if let Some(plan) = whole
        .pointer_mut("/$defs/Plan")
        .and_then(|m| m.as_object_mut())
    {
        plan.insert("required".into(), serde_json::json!(["order"]));
        if let Some(properties) = plan.get_mut("properties").and_then(|m| m.as_object_mut()) {
            let id = properties.get("cause").cloned().unwrap_or_default();
            let pattern = id.get("pattern").cloned().unwrap_or_default();
            properties.insert(
                "causes".into(),
                serde_json::json!({
                    "description": "The causes that it is for, where there are several, in place of `cause`.",
                    "type": "array", "items": { "type": "string", "pattern": pattern }
                }),
            );
        }
    }
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
pub fn expand(tree: &mut Node) -> Vec<Fault> {
    let mut faults = Vec::new();
    numbers(tree, &mut faults);
    causes(tree, &mut faults);
    bases(tree, &mut faults);
    let lights: Vec<(String, String)> = tree
        .get("light")
        .map(Node::parts)
        .unwrap_or_default()
        .iter()
        .filter_map(|(id, light)| Some((id.clone(), light.get("name")?.text()?.to_owned())))
        .collect();
    let Some(models) = tree.table_mut("model") else {
        return faults;
    };
    for (_, model) in models.iter_mut() {
        codes(model, &mut faults);
        colours(model, &lights);
    }
    either::either(models, &mut faults);
    for (_, model) in models {
        for name in SHORT {
            model.remove(name);
        }
    }
    faults
}

/// A plan for each of its causes. The first keeps the id.
fn causes(tree: &mut Node, faults: &mut Vec<Fault>) {
    let Some(plans) = tree.table_mut("plan") else {
        return;
    };
    let written = std::mem::take(plans);
    for (id, mut plan) in written {
        let causes = match plan.remove("causes") {
            None if plan.get("cause").is_none() => {
                faults.push(Fault {
                    place: plan.key.clone(),
                    what: format!("plan.{id} is for no cause"),
                    remedy: "write cause = \"…\", or causes = [\"…\", \"…\"]".into(),
                });
                continue;
            }
            None => {
                plans.push((id, plan));
                continue;
            }
            Some(causes) => causes,
        };
        let list = match &causes.value {
            Value::List(list) if plan.get("cause").is_none() && !list.is_empty() => list,
            _ => {
                faults.push(Fault {
                    place: causes.place,
                    what: format!("plan.{id} has an empty list of causes, or cause and causes"),
                    remedy: "write one of the two, with at least one cause".into(),
                });
                continue;
            }
        };
        for (nth, cause) in list.iter().enumerate() {
            let mut one = plan.clone();
            one.set("cause", cause.clone());
            let id = match nth {
                0 => id.clone(),
                nth => format!("{id}-{}", nth + 1),
            };
            plans.push((id, one));
        }
    }
}

/// Answers that are numbers.
fn numbers(tree: &mut Node, faults: &mut Vec<Fault>) {
    let Some(questions) = tree.table_mut("question") else {
        return;
    };
    for (_, question) in questions {
        let Some(count) = question.remove("count") else {
            continue;
        };
        let range: Option<(u64, u64)> = serde_json::from_value(count.to_json()).ok();
        let Some((least, most)) = range.filter(|(least, most)| least < most && *most <= 30) else {
            faults.push(Fault {
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

/// The names of lights, where descriptions leave a hole for them.
fn colours(node: &mut Node, lights: &[(String, String)]) {
    if let Value::Table(parts) = &mut node.value {
        for (name, part) in parts {
            match (name.as_str(), &mut part.value) {
                ("looks" | "name" | "light_is", Value::Text(text)) => {
                    for (id, name) in lights {
                        *text = text.replace(&format!("{{{id}}}"), name).replace(
                            &format!("{{{}}}", bases::capital(id)),
                            &bases::capital(name),
                        );
                    }
                }
                _ => colours(part, lights),
            }
        }
    }
}
