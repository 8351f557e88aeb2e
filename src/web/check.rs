//! What the page asks of the checker, a separate program: whether a pack that somebody brings can be used.

use super::node::{node, value};
use led_doctor_core::codec;
use led_doctor_core::id::Id;
use led_doctor_core::node::Node;
use led_doctor_core::pack::{LARGEST, Pack, PackFile, Problem, compiled};
use wasm_bindgen::prelude::*;

/// Checks a pack that is written as JSON, in the form in which `cargo xtask pack json` writes it.
///
/// Gives `{ problems, pack }`: everything that is wrong, a line each; and, where nothing is, the pack as the page reads it. Its
/// id then begins with `own-`, so that it can never replace a pack of this project.
#[wasm_bindgen]
#[must_use]
pub fn check(json: &str) -> JsValue {
    let (problems, pack) = match checked(json) {
        Ok(pack) => (Vec::new(), pack),
        Err(problems) => (problems, Node::Nothing),
    };
    let problems = problems.into_iter().map(Node::Text).collect();
    value(&Node::Table(vec![
        ("problems".to_owned(), Node::List(problems)),
        ("pack".to_owned(), pack),
    ]))
}

fn checked(json: &str) -> Result<Node, Vec<String>> {
    if json.len() > LARGEST {
        return Err(vec![format!(
            "The pack is larger than {} KB. Leave out what the device does not need.",
            LARGEST / 1024
        )]);
    }
    let json = js_sys::JSON::parse(json).map_err(|error| {
        let words = js_sys::Error::from(error).message();
        vec![format!("This is no JSON: {words}")]
    })?;
    let mut file: PackFile = codec::decode(node(&json)).map_err(lines_of)?;
    // Rhythms are what the build reads out of the notation: authors do not write them.
    for fix in file.fix.parts_mut() {
        for step in fix.step.parts_mut() {
            step.layers.clear();
        }
    }
    if let Some(id) = Id::new(&format!("own-{:.28}", file.id.as_str())) {
        file.id = id;
    }
    let pack = Pack::new(file).map_err(lines_of)?;
    Ok(compiled::pack(&pack))
}

fn lines_of(problems: Vec<Problem>) -> Vec<String> {
    let line = |problem: &Problem| {
        let found = match &problem.found {
            Some(found) => format!(" (“{found}”)"),
            None => String::new(),
        };
        format!(
            "{}{found}: {}; {}.",
            problem.path, problem.what, problem.remedy
        )
    };
    problems.iter().map(line).collect()
}
