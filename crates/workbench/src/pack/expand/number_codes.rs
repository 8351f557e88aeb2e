//! Number codes: a signal for each number of a rule's table, and what the rule can show beside it.

use crate::pack::tree::{Fault, Node, Value};
use led_doctor_core::codec::MOST_PARTS;
use led_doctor_core::pack::{digits, notation};
use led_doctor_core::rhythm::{Group, Layer, Show};

/// How far each digit of a code that is not in the table goes: people do not count further.
const MOST_DIGIT: u8 = 9;

/// How far a code of one number goes that is not in the table.
const MOST_NUMBER: u8 = 12;

/// The placeholder of the whole number in a rule that shows it as that many flashes.
const NUMBER: &str = "{number}";

/// A signal for every code.
pub fn codes(model: &mut Node, faults: &mut Vec<Fault>) {
    let Some(table) = model.get("code").cloned() else {
        return;
    };
    let Some(rule) = model.get("digits").cloned() else {
        faults.push(Fault {
            place: table.key,
            what: "these codes have no rule".into(),
            remedy: "say how they are shown, in the model's digits".into(),
        });
        return;
    };
    if !is_whole(&rule, faults) || !is_readable(&rule, faults) {
        return;
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
        let Some((first, second)) = digits_of(id) else {
            faults.push(Fault {
                place: code.key.clone(),
                what: format!("{id} is no number code"),
                remedy: "write it as 2-3, or as 31 for tens and units; no part above 30".into(),
            });
            continue;
        };
        let text = |words: String, like: &Node| Node {
            value: Value::Text(words),
            ..like.clone()
        };
        let mut signal = code.clone();
        signal.set("show", text(shown(&template("show"), first, second), code));
        signal.set("looks", text(words(&rule, "looks", first, second), code));
        let own = code.get("name").and_then(Node::text).unwrap_or("");
        signal.set(
            "name",
            text(
                words(&rule, "name", first, second).replace("{name}", own),
                code,
            ),
        );
        signal.set("code", text(id.clone(), code));
        if let Some(counted) = counted(&rule, first, second) {
            // The code's own entries take precedence over those of its number.
            match signal.get_mut("expect") {
                Some(own) => own.lay_under(counted),
                None => signal.set("expect", counted),
            }
        }
        if let (None, Some(evidence)) = (code.get("evidence"), rule.get("evidence")) {
            signal.set("evidence", evidence.clone());
        }
        signals.set(&format!("code-{id}"), signal);
    }
    model.set("signal", signals);
    unlisted(model, &table, &rule);
}

/// Whether the rule has the questions that it needs. A missing part is reported, and the others are checked all the same.
fn is_whole(rule: &Node, faults: &mut Vec<Fault>) -> bool {
    for part in ["show", "name", "looks", "evidence"] {
        if rule.get(part).is_none() {
            faults.push(Fault {
                place: rule.key.clone(),
                what: format!("the rule for number codes has no {part}"),
                remedy: "write it here, or in the model that this one is based on".into(),
            });
        }
    }
    let wanted = if is_one_number(rule) { 1 } else { 2 };
    if let Some(ask) = rule.get("ask")
        && let Value::List(questions) = &ask.value
        && questions.len() != wanted
    {
        faults.push(Fault {
            place: ask.place.clone(),
            what: format!(
                "this rule has {} questions for what people count",
                questions.len()
            ),
            remedy: match wanted {
                1 => "name one question: the rule shows one {number}".into(),
                _ => "name two questions: one for {first}, one for {second}".into(),
            },
        });
        return false;
    }
    true
}

/// Whether the rhythm can be read once its numbers are filled in: reported once, and not for each code. Which lights there are is asked of every code.
fn is_readable(rule: &Node, faults: &mut Vec<Fault>) -> bool {
    let Some(show) = rule.get("show") else {
        return false;
    };
    let Err(problem) = notation::parse(&shown(show.text().unwrap_or(""), 2, 3), &|_| true) else {
        return true;
    };
    faults.push(Fault {
        place: show.place.clone(),
        what: format!(
            "digits.show, with 2 and 3 for its numbers: {}",
            problem.what
        ),
        remedy: problem.remedy.into(),
    });
    false
}

/// The codes that the rule can show and the table does not have: each digit as far as the table or people go.
fn unlisted(model: &mut Node, table: &Node, rule: &Node) {
    let listed: Vec<(u8, u8)> = table
        .parts()
        .iter()
        .filter_map(|(id, _)| digits_of(id))
        .collect();
    let tens = table.parts().iter().all(|(id, _)| !id.contains('-'));
    let text = |words: String| Node {
        value: Value::Text(words),
        ..rule.clone()
    };
    let (Some(show), Some(_)) = (rule.get("show").and_then(Node::text), rule.get("looks")) else {
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
    for (first, second) in possible(&listed, is_one_number(rule)) {
        if listed.contains(&(first, second)) {
            continue;
        }
        let show = shown(show, first, second);
        let Some(layers) = read(&show) else { continue };
        // A signal with counts from to is several codes.
        if signals.iter().any(|signal| covers(signal, &layers)) {
            continue;
        }
        let mut code = Node {
            value: Value::Table(Vec::new()),
            ..table.clone()
        };
        code.set("show", text(show));
        code.set("looks", text(words(rule, "looks", first, second)));
        if let Some(expect) = counted(rule, first, second) {
            code.set("expect", expect);
        }
        let id = match tens && second < 10 {
            true if first == 0 => second.to_string(),
            true => format!("{first}{second}"),
            false => format!("{first}-{second}"),
        };
        // None of the pack's causes: its meaning is unknown.
        code.set("cause", text("unlisted".to_owned()));
        code.set("name", text(id.clone()));
        all.push((id, code));
    }
    all.truncate(MOST_PARTS);
    let all = Node {
        value: Value::Table(all),
        ..table.clone()
    };
    model.set("unlisted", all);
}

/// Whether a rule shows its codes as that many flashes, and not by two digits.
fn is_one_number(rule: &Node) -> bool {
    let show = rule.get("show").and_then(Node::text);
    show.is_some_and(|show| show.contains(NUMBER))
}

/// The digits of all codes that a rule can show. What is one flash over and over is a light that blinks, and no number.
fn possible(listed: &[(u8, u8)], is_one_number: bool) -> Vec<(u8, u8)> {
    if is_one_number {
        let most = listed.iter().map(number).fold(MOST_NUMBER, u8::max);
        return (2..=most).map(|n| (n / 10, n % 10)).collect();
    }
    let most = |digit: fn(&(u8, u8)) -> u8| listed.iter().map(digit).fold(MOST_DIGIT, u8::max);
    let firsts = 0..=most(|code| code.0);
    let seconds = most(|code| code.1);
    firsts
        .flat_map(|first| (0..=seconds).map(move |second| (first, second)))
        .filter(|(first, second)| first + second > 1)
        .collect()
}

/// Tens and units as one number.
fn number((tens, units): &(u8, u8)) -> u8 {
    10 * tens + units
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
    let digits = match is_one_number(rule) {
        true => vec![number(&(first, second))],
        false => vec![first, second],
    };
    for (question, digit) in ask.iter().zip(digits) {
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

/// The two digits of a code that shows any flash.
fn digits_of(id: &str) -> Option<(u8, u8)> {
    digits::of(id).filter(|(first, second)| first + second > 0)
}

/// A text with the digits put in.
fn filled(template: &str, first: u8, second: u8) -> String {
    template
        .replace(NUMBER, &number(&(first, second)).to_string())
        .replace("{first}", &first.to_string())
        .replace("{second}", &second.to_string())
}

/// A text of the rule (`looks`, `name`), that for codes of both digits or of one, with the digits put in.
fn words(rule: &Node, field: &str, first: u8, second: u8) -> String {
    let one = match (first, second) {
        (_, 0) => rule.get(&format!("{field}_first")),
        (0, _) => rule.get(&format!("{field}_second")),
        _ => None,
    };
    let template = one.or_else(|| rule.get(field)).and_then(Node::text);
    filled(template.unwrap_or(""), first, second)
}

/// The rhythm of a code. A digit that is 0 shows no flash, and what would part it from the other is gone with it.
fn shown(template: &str, first: u8, second: u8) -> String {
    let filled = filled(template, first, second);
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
