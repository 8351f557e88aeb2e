//! What authors may write in short, written out for the page: number codes by a rule, and models that differ a little.
//!
//! The page knows signals only. So sixty codes cost an author one rule and a table, and cost the page no code at all.

use super::tree::{Finding, Node, Value};
use led_doctor_core::codec::MOST_PARTS;
use led_doctor_core::pack::notation;
use led_doctor_core::pack::{Evidence, Expect, IdSchema, Keyed};
use led_doctor_core::rhythm::{Group, Layer, Show};
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
    /// The rhythm, with `{first}` and `{second}` for the two digits: `long x{first}, short x{second}, repeat`.
    pub show: Option<String>,
    /// Questions that ask for the first digit and for the second: how many people counted. Their answers are numbers.
    pub ask: Option<(IdSchema, IdSchema)>,
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

/// How far each digit of a code that is not in the table goes: people do not count further.
const MOST_DIGIT: u8 = 9;

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
                Some(own) => lay_under(own, theirs),
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

fn lay_under(own: &mut Node, theirs: Node) {
    if let Value::Table(parts) = theirs.value {
        for (name, part) in parts {
            match own.get_mut(&name) {
                Some(mine) => lay_under(mine, part),
                None => own.set(&name, part),
            }
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

/// A signal for every code.
fn codes(model: &mut Node, findings: &mut Vec<Finding>) {
    let Some(table) = model.get("code").cloned() else {
        return;
    };
    let Some(rule) = model.get("digits").cloned() else {
        findings.push(Finding {
            place: table.key,
            what: "these codes have no rule".into(),
            remedy: "say how they are shown, in the model's digits".into(),
        });
        return;
    };
    for part in ["show", "name", "looks", "evidence"] {
        if rule.get(part).is_none() {
            findings.push(Finding {
                place: rule.key.clone(),
                what: format!("the rule for number codes has no {part}"),
                remedy: "write it here, or in the model that this one is based on".into(),
            });
        }
    }
    let template = |name: &str| rule.get(name).and_then(Node::text).unwrap_or("").to_owned();
    let mut signals = match model.remove("signal") {
        Some(signals) => signals,
        None => Node {
            value: Value::Table(Vec::new()),
            ..table.clone()
        },
    };
    for (id, code) in table.parts() {
        let Some((first, second)) = digits(id) else {
            findings.push(Finding {
                place: code.key.clone(),
                what: format!("{id} is no number code"),
                remedy: "write it as 2-3, or as 31 for tens and units; no part above 30".into(),
            });
            continue;
        };
        let fill = |text: &str| {
            text.replace("{first}", &first.to_string())
                .replace("{second}", &second.to_string())
        };
        let text = |words: String, like: &Node| Node {
            value: Value::Text(words),
            ..like.clone()
        };
        let mut signal = code.clone();
        signal.set("show", text(shown(&template("show"), first, second), code));
        let looks = match (first, second) {
            (_, 0) if rule.get("looks_first").is_some() => template("looks_first"),
            (0, _) if rule.get("looks_second").is_some() => template("looks_second"),
            _ => template("looks"),
        };
        signal.set("looks", text(fill(&looks), code));
        let own = code.get("name").and_then(Node::text).unwrap_or("");
        signal.set(
            "name",
            text(fill(&template("name")).replace("{name}", own), code),
        );
        signal.set("code", text(id.clone(), code));
        if let Some(mut expect) = counted(&rule, first, second) {
            if let Some(own) = signal.remove("expect") {
                lay_under(&mut expect, own);
            }
            signal.set("expect", expect);
        }
        if let (None, Some(evidence)) = (code.get("evidence"), rule.get("evidence")) {
            signal.set("evidence", evidence.clone());
        }
        signals.set(&format!("code-{id}"), signal);
    }
    model.set("signal", signals);
    unlisted(model, &table, &rule);
}

/// The codes that the rule can show and the table does not have: each digit as far as the table or people go.
fn unlisted(model: &mut Node, table: &Node, rule: &Node) {
    let listed: Vec<(u8, u8)> = table
        .parts()
        .iter()
        .filter_map(|(id, _)| digits(id))
        .collect();
    let tens = table.parts().iter().all(|(id, _)| !id.contains('-'));
    let most = |digit: fn(&(u8, u8)) -> u8| listed.iter().map(digit).fold(MOST_DIGIT, u8::max);
    let text = |words: String| Node {
        value: Value::Text(words),
        ..rule.clone()
    };
    let template = |name: &str| rule.get(name).and_then(Node::text);
    let (Some(show), Some(looks)) = (template("show"), template("looks")) else {
        return;
    };
    let signals: Vec<Vec<Layer>> = model
        .get("signal")
        .map(Node::parts)
        .unwrap_or_default()
        .iter()
        .filter_map(|(_, signal)| read(signal.get("show")?.text()?))
        .collect();
    let mut all = Vec::new();
    for first in 0..=most(|code| code.0) {
        for second in 0..=most(|code| code.1) {
            // What is one flash over and over is a light that blinks, and no number.
            if listed.contains(&(first, second)) || first + second < 2 {
                continue;
            }
            let show = shown(show, first, second);
            let Some(layers) = read(&show) else { continue };
            // A signal with counts from to is several codes.
            if signals.iter().any(|signal| covers(signal, &layers)) {
                continue;
            }
            let looks = match (first, second) {
                (_, 0) => template("looks_first").unwrap_or(looks),
                (0, _) => template("looks_second").unwrap_or(looks),
                _ => looks,
            };
            let looks = looks
                .replace("{first}", &first.to_string())
                .replace("{second}", &second.to_string());
            let mut code = Node {
                value: Value::Table(Vec::new()),
                ..table.clone()
            };
            code.set("show", text(show));

            code.set("looks", text(looks));
            if let Some(expect) = counted(rule, first, second) {
                code.set("expect", expect);
            }
            let id = match tens && second < 10 {
                true if first == 0 => second.to_string(),
                true => format!("{first}{second}"),
                false => format!("{first}-{second}"),
            };
            // None of the pack's causes: nobody knows what it means.
            code.set("cause", text("unlisted".to_owned()));
            code.set("name", text(id.clone()));
            all.push((id, code));
        }
    }
    all.truncate(MOST_PARTS);
    let all = Node {
        value: Value::Table(all),
        ..table.clone()
    };
    model.set("unlisted", all);
}

fn read(show: &str) -> Option<Vec<Layer>> {
    notation::parse(show, &|_| true).ok()
}

/// Whether what a code shows is one of the things that a signal may show.
fn covers(signal: &[Layer], code: &[Layer]) -> bool {
    let group = |a: &Group, b: &Group| {
        a.flash == b.flash && a.light == b.light && a.count.0 <= b.count.0 && b.count.1 <= a.count.1
    };
    let layer = |(a, b): (&Layer, &Layer)| {
        let (Show::Flashes(a), Show::Flashes(b)) = (&a.show, &b.show) else {
            return a.show == b.show;
        };
        a.intro.is_empty()
            && a.cycle.len() == b.cycle.len()
            && a.cycle.iter().zip(&b.cycle).all(|(a, b)| group(a, b))
    };
    signal.len() == code.len() && signal.iter().zip(code).all(layer)
}

/// What people who see this code answer to the questions for its digits.
fn counted(rule: &Node, first: u8, second: u8) -> Option<Node> {
    let Some(Node {
        value: Value::List(ask),
        ..
    }) = rule.get("ask")
    else {
        return None;
    };
    let mut expect = Node {
        value: Value::Table(Vec::new()),
        ..rule.clone()
    };
    for (question, digit) in ask.iter().zip([first, second]) {
        // People miscount by one now and then.
        let plain = |value| Node {
            value,
            ..question.clone()
        };
        let answer = plain(Value::Text(digit.to_string()));
        let sure = plain(Value::Plain(serde_json::json!(0.9)));
        let table = Value::Table(vec![("answer".into(), answer), ("sure".into(), sure)]);
        expect.set(question.text().unwrap_or(""), plain(table));
    }
    Some(expect)
}

/// The two digits of a code: `2-3`, or tens and units.
pub fn digits(id: &str) -> Option<(u8, u8)> {
    let (first, second) = match id.split_once('-') {
        Some(pair) => pair,
        None => id.split_at_checked(id.len().checked_sub(1)?)?,
    };
    let number = |text: &str| {
        if text.is_empty() {
            Some(0)
        } else {
            text.parse().ok().filter(|n| *n <= 30)
        }
    };
    let (first, second) = (number(first)?, number(second)?);
    (first + second > 0).then_some((first, second))
}

/// The rhythm of a code. A digit that is 0 shows no flash, and what would part it from the other is gone with it.
fn shown(template: &str, first: u8, second: u8) -> String {
    let filled = template
        .replace("{first}", &first.to_string())
        .replace("{second}", &second.to_string());
    let mut parts: Vec<&str> = filled.split(',').map(str::trim).collect();
    while let Some(at) = parts
        .iter()
        .position(|part| part.split_whitespace().any(|word| word == "x0"))
    {
        parts.remove(at);
        let pause = |part: Option<&&str>| part.is_some_and(|part| part.starts_with("pause"));
        if pause(parts.get(at)) {
            parts.remove(at);
        } else if at > 0 && pause(parts.get(at - 1)) {
            parts.remove(at - 1);
        }
    }
    parts.join(", ")
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
