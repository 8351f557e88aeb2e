//! A maker's schemes side by side: a model for people who cannot tell which of several they have.

use crate::pack::tree::{Fault, Node, Value};

/// How surely people answer the question that separates two schemes.
const TELLS_SCHEMES: f64 = 0.97;

/// Gives every model with `either` the signals of the models it names, each with the answer that leads to it.
pub fn either(models: &mut [(String, Node)], faults: &mut Vec<Fault>) {
    let all = models.to_vec();
    for (_, model) in models {
        let Some(either) = model.get("either").cloned() else {
            continue;
        };
        let Some(tell) = model.get("tell").cloned() else {
            faults.push(Fault {
                place: either.key.clone(),
                what: "nothing tells these models apart".into(),
                remedy: "name a question: tell = \"…\"".into(),
            });
            continue;
        };
        let question = tell.text().unwrap_or("");
        for table in ["signal", "unlisted"] {
            let mut taken: Vec<(String, Node)> = Vec::new();
            for (name, answer) in either.parts() {
                let other = all.iter().find(|(id, _)| id == name);
                let Some((_, other)) = other else {
                    if table == "signal" {
                        faults.push(Fault {
                            place: answer.key.clone(),
                            what: format!("there is no model {name}"),
                            remedy: "name models that stand for themselves, each with an answer"
                                .into(),
                        });
                    }
                    continue;
                };
                for (id, part) in other.get(table).map(Node::parts).unwrap_or_default() {
                    take(&mut taken, (id, part), name, (question, answer));
                }
            }
            model.set(
                table,
                Node {
                    value: Value::Table(taken),
                    ..either.clone()
                },
            );
        }
    }
}

/// Takes a signal over. A signal that two models share in rhythm and meaning is one, and no answer concerns it.
fn take(
    taken: &mut Vec<(String, Node)>,
    (id, part): (&str, &Node),
    model: &str,
    (question, answer): (&str, &Node),
) {
    let same = |own: &Node| {
        ["show", "cause"].iter().all(|field| {
            own.get(field).and_then(Node::text) == part.get(field).and_then(Node::text)
        })
    };
    if let Some((_, own)) = taken.iter_mut().find(|(own, node)| own == id && same(node)) {
        if let Some(expect) = own.get_mut("expect") {
            expect.remove(question);
        }
        return;
    }
    let plain = |value| Node {
        value,
        ..answer.clone()
    };
    let sure = plain(Value::Plain(serde_json::json!(TELLS_SCHEMES)));
    let expected = plain(Value::Table(vec![
        ("answer".into(), answer.clone()),
        ("sure".into(), sure),
    ]));
    let mut part = part.clone();
    match part.get_mut("expect") {
        Some(expect) => expect.set(question, expected),
        None => part.set(
            "expect",
            plain(Value::Table(vec![(question.to_owned(), expected)])),
        ),
    }
    let id = match taken.iter().any(|(own, _)| own == id) {
        true => format!("{id}-{model}"),
        false => id.to_owned(),
    };
    taken.push((id, part));
}
