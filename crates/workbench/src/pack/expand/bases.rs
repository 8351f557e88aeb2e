//! Models that differ a little: what one takes over from another.

use crate::pack::tree::{Fault, Node, Value};

/// Copies what a model takes over from another.
pub fn bases(tree: &mut Node, faults: &mut Vec<Fault>) {
    let Some(models) = tree.get("model").cloned() else {
        return;
    };
    let Some(into) = tree.table_mut("model") else {
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
            faults.push(Fault {
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
        for table in ["digits", "code", "signal", "light_is", "picture"] {
            let Some(mut theirs) = other.get(table).cloned() else {
                continue;
            };
            if table == "code" || table == "signal" {
                without.retain(|id| theirs.remove(id.text().unwrap_or("")).is_none());
            }
            swapped(&mut theirs, &swap);
            match model.get_mut(table) {
                // The model's own entries take precedence over inherited ones.
                Some(own) => own.lay_under(theirs),
                None => model.set(table, theirs),
            }
        }
        for id in without {
            faults.push(Fault {
                place: id.place,
                what: "the other model has no such signal or code".into(),
                remedy: "check the spelling, or leave it out of this list".into(),
            });
        }
        unasked(model, faults);
    }
}

/// Takes the answers to questions away that this model does not ask.
fn unasked(model: &mut Node, faults: &mut Vec<Fault>) {
    let Some(Node {
        value: Value::List(questions),
        ..
    }) = model.get("unasked").cloned()
    else {
        return;
    };
    for question in questions {
        let id = question.text().unwrap_or("");
        let mut asked = false;
        for table in ["signal", "code"] {
            for (_, part) in model.table_mut(table).into_iter().flatten() {
                let expect = part.get_mut("expect");
                asked |= expect.and_then(|expect| expect.remove(id)).is_some();
            }
        }
        if !asked {
            faults.push(Fault {
                place: question.place,
                what: "nothing that this model takes over asks this".into(),
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
                    (
                        "looks" | "looks_first" | "looks_second" | "name" | "name_first",
                        Value::Text(text),
                    ) => *text = words(text, swap, "{"),
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

/// The word with a capital letter.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
