//! What help pages may rely on, from one source (`static/element/contract.json`): tables for people, a custom-elements manifest and
//! TypeScript types for tools.

use crate::dist::names::hex;
use crate::paths;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The files of which a part is written from the contract.
const TOLD_IN: [&str; 2] = ["README.md", "docs/embed.md"];

/// What surrounds that part.
const BEGIN: &str = "<!-- From static/element/contract.json, by `cargo xtask contract`. -->\n";
const END: &str = "<!-- End of the contract. -->";

/// Reads the contract.
pub fn read(root: &Path) -> Result<Value> {
    let path = root.join("static/element/contract.json");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))
}

/// `cargo xtask contract`: rewrites the tables.
pub fn write() -> Result<()> {
    let root = paths::root()?;
    let contract = read(&root)?;
    for file in TOLD_IN {
        let path = root.join(file);
        let text = fs::read_to_string(&path)?;
        fs::write(&path, with_tables(&text, &contract, file)?)?;
    }
    println!("the contract is {}", fingerprint(&contract));
    Ok(())
}

/// The text with the tables as they should be.
fn with_tables(text: &str, contract: &Value, file: &str) -> Result<String> {
    let parts = text
        .split_once(BEGIN)
        .and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let Some((before, after)) = parts else {
        bail!("{file} has no place for the contract: {BEGIN}{END}");
    };
    Ok([before, BEGIN, &tables(contract), END, after].concat())
}

/// Everything a page can see, without the words that explain it: what changes when the contract changes.
pub fn fingerprint(contract: &Value) -> String {
    let mut seen = String::new();
    for part in [
        "version",
        "tag",
        "attributes",
        "properties",
        "methods",
        "state",
        "verdict",
        "reasons",
        "events",
        "slots",
        "parts",
        "css",
    ] {
        seen += part;
        for row in rows(contract, part) {
            seen += &format!("\n{}", cell(row, 0));
            // Types and fields are promises; explanations and colours are not.
            if matches!(
                part,
                "attributes" | "properties" | "methods" | "state" | "verdict"
            ) {
                seen += &format!(" {}", cell(row, 1));
            }
            if part == "events" {
                seen += &row.get(2).map(Value::to_string).unwrap_or_default();
            }
        }
        seen += &format!(
            "\n{}\n",
            contract
                .get(part)
                .filter(|part| !part.is_array())
                .unwrap_or(&Value::Null)
        );
    }
    let mut hash = hex(seen.as_bytes());
    hash.truncate(8);
    hash
}

fn rows<'c>(contract: &'c Value, part: &str) -> impl Iterator<Item = &'c Value> {
    contract
        .get(part)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn cell(row: &Value, at: usize) -> &str {
    row.get(at).and_then(Value::as_str).unwrap_or_default()
}

/// The contract as tables.
fn tables(contract: &Value) -> String {
    let mut text = String::new();
    let code = |words: &str| format!("`{}`", words.replace('|', "\\|"));
    let mut table = |title: &str, part: &str, row: &dyn Fn(&Value) -> (String, String)| {
        text += &format!("\n| {title} | |\n|---|---|\n");
        for each in rows(contract, part) {
            let (name, about) = row(each);
            text += &format!("| {name} | {about} |\n");
        }
    };
    let typed = |row: &Value| {
        let name = format!("{}: {}", cell(row, 0), cell(row, 1));
        (code(&name), cell(row, 2).to_owned())
    };
    table("attribute", "attributes", &typed);
    table("property", "properties", &typed);
    table("method", "methods", &typed);
    table("event", "events", &|row| {
        let fields: Vec<String> = row
            .get(2)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|field| code(cell(field, 0)))
            .collect();
        (
            code(&format!("led-doctor:{}", cell(row, 0))),
            format!("{} Detail: `version`, {}.", cell(row, 1), fields.join(", ")),
        )
    });
    table("reason of an error", "reasons", &|row| {
        (code(cell(row, 0)), cell(row, 1).to_owned())
    });
    table("slot", "slots", &|row| {
        let name = match cell(row, 0) {
            "" => "(without a name)".to_owned(),
            name => code(name),
        };
        (name, cell(row, 1).to_owned())
    });
    table("part", "parts", &|row| {
        (code(cell(row, 0)), cell(row, 1).to_owned())
    });
    table("custom property", "css", &|row| {
        (
            code(cell(row, 0)),
            format!("{} {}", cell(row, 2), code(cell(row, 1))),
        )
    });
    text.push('\n');
    text
}

/// The custom-elements manifest, as editors and documentation tools read it.
pub fn manifest(contract: &Value) -> Value {
    let list = |part: &str, make: &dyn Fn(&Value) -> Value| -> Vec<Value> {
        rows(contract, part).map(make).collect()
    };
    let named = |row: &Value| json!({ "name": cell(row, 0), "description": cell(row, 1) });
    let mut members = list(
        "properties",
        &|row| json!({ "kind": "field", "name": cell(row, 0), "type": { "text": cell(row, 1) }, "description": cell(row, 2), "readonly": cell(row, 0) == "state" }),
    );
    members.extend(list("methods", &|row| {
        json!({ "kind": "method", "name": cell(row, 0).trim_end_matches("()"), "return": { "type": { "text": cell(row, 1) } }, "description": cell(row, 2) })
    }));
    json!({
        "schemaVersion": "2.1.0",
        "modules": [{
            "kind": "javascript-module",
            "path": "led-doctor.js",
            "declarations": [{
                "kind": "class",
                "customElement": true,
                "name": "LedDoctorElement",
                "tagName": contract.get("tag"),
                "superclass": { "name": "HTMLElement" },
                "attributes": list("attributes", &|row| json!({ "name": cell(row, 0), "type": { "text": cell(row, 1) }, "description": cell(row, 2) })),
                "members": members,
                "events": list("events", &|row| json!({ "name": format!("led-doctor:{}", cell(row, 0)), "type": { "text": format!("CustomEvent<{}>", detail(row)) }, "description": cell(row, 1) })),
                "slots": list("slots", &named),
                "cssParts": list("parts", &named),
                "cssProperties": list("css", &|row| json!({ "name": cell(row, 0), "default": cell(row, 1), "description": cell(row, 2) })),
            }],
            "exports": [
                { "kind": "js", "name": "LedDoctorElement", "declaration": { "name": "LedDoctorElement", "module": "led-doctor.js" } },
                { "kind": "custom-element-definition", "name": contract.get("tag"), "declaration": { "name": "LedDoctorElement", "module": "led-doctor.js" } },
            ],
        }],
    })
}

fn fields<'r>(rows: impl Iterator<Item = &'r Value>) -> String {
    rows.map(|field| format!("readonly {}: {}", cell(field, 0), cell(field, 1)))
        .collect::<Vec<_>>()
        .join("; ")
}

fn detail(event: &Value) -> String {
    let own = event.get(2).and_then(Value::as_array).into_iter().flatten();
    format!("{{ readonly version: 1; {} }}", fields(own))
}

/// A row as a member of a class or an interface.
fn member(row: &Value, before: &str, after: &str) -> String {
    let [name, of, what] = [0, 1, 2].map(|column| cell(row, column));
    format!("  /** {what} */\n  {before}{name}{after}: {of};\n")
}

/// TypeScript types.
pub fn types(contract: &Value) -> String {
    let reasons: Vec<String> = rows(contract, "reasons")
        .map(|row| format!("'{}'", cell(row, 0)))
        .collect();
    let mut text = String::from(
        "// What a page may rely on. Made from the contract; the tables of the README say the same.\n\n",
    );
    text += &format!("export type LedDoctorReason = {};\n\n", reasons.join(" | "));
    text += &format!(
        "export interface LedDoctorVerdict {{ {} }}\n\n",
        fields(rows(contract, "verdict"))
    );
    text += &format!(
        "export interface LedDoctorState {{ readonly version: 1; {} }}\n\n",
        fields(rows(contract, "state"))
    );
    text += "export interface LedDoctorEventMap {\n";
    for event in rows(contract, "events") {
        text += &format!(
            "  /** {} */\n  'led-doctor:{}': CustomEvent<{}>;\n",
            cell(event, 1),
            cell(event, 0),
            detail(event)
        );
    }
    text += "}\n\nexport class LedDoctorElement extends HTMLElement {\n";
    for row in rows(contract, "properties") {
        let state = cell(row, 0) == "state";
        text += &member(row, if state { "readonly " } else { "" }, "");
    }
    for row in rows(contract, "methods") {
        text += &member(row, "", "");
    }
    for verb in ["add", "remove"] {
        text += &format!(
            "  {verb}EventListener<K extends keyof LedDoctorEventMap>(type: K, listener: (this: LedDoctorElement, event: LedDoctorEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;\n  {verb}EventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;\n"
        );
    }
    text += "}\n\n/** The attributes, for the types of frameworks. */\nexport interface LedDoctorAttributes {\n";
    for row in rows(contract, "attributes") {
        text += &member(row, "", "?").replace("contact-url?", "'contact-url'?");
    }
    text += "}\n\ndeclare global {\n  interface HTMLElementTagNameMap { 'led-doctor': LedDoctorElement }\n  interface HTMLElementEventMap extends LedDoctorEventMap {}\n}\n";
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    fn contract() -> Value {
        read(&paths::root().unwrap()).unwrap()
    }

    fn text(path: &str) -> String {
        fs::read_to_string(paths::root().unwrap().join(path)).unwrap()
    }

    #[test]
    fn the_tables_say_what_the_contract_says() {
        for file in TOLD_IN {
            let text = text(file);
            assert_eq!(
                with_tables(&text, &contract(), file).unwrap(),
                text,
                "{file} is not what the contract says; write it anew: cargo xtask contract"
            );
        }
    }

    #[test]
    fn no_change_of_the_contract_goes_unsaid() {
        let mark = format!("(contract {})", fingerprint(&contract()));
        assert!(
            text("CHANGELOG.md").contains(&mark),
            "what help pages rely on has changed: say how in CHANGELOG.md, and end that entry with {mark}"
        );
    }

    #[test]
    fn a_promise_moves_the_fingerprint_and_an_explanation_does_not() {
        let (before, mut after) = (contract(), contract());
        let field = |contract: &mut Value, way: &str, to: &str| {
            *contract.pointer_mut(way).unwrap() = to.into()
        };
        field(&mut after, "/attributes/0/2", "Said in other words.");
        field(&mut after, "/css/0/1", "#000");
        assert_eq!(fingerprint(&before), fingerprint(&after));
        for (way, to) in [
            ("/attributes/0/1", "number"),
            ("/events/1/2/0/1", "number"),
            ("/parts/0/0", "all"),
            ("/reasons/0/0", "none"),
        ] {
            let mut changed = contract();
            field(&mut changed, way, to);
            assert_ne!(fingerprint(&before), fingerprint(&changed), "{way}");
        }
    }

    #[test]
    fn what_is_promised_is_there() {
        let contract = contract();
        let style = text("static/element/first.css") + &text("static/led-doctor.css");
        let element = text("static/element/element.js");
        let drawn: String = ["app/mod", "app/frame", "tap", "verdict", "view", "support"]
            .iter()
            .map(|file| text(&format!("src/ui/{file}.rs")))
            .collect::<String>()
            + &text("static/element/screen.js");
        for row in rows(&contract, "css") {
            assert!(style.contains(&format!("var({}", cell(row, 0))), "{row}");
        }
        let public = style
            .split("var(--led-doctor-")
            .skip(1)
            .map(|rest| rest.split([',', ')']).next().unwrap());
        for name in public {
            let name = format!("--led-doctor-{name}");
            assert!(
                rows(&contract, "css").any(|row| cell(row, 0) == name),
                "{name} is not in the contract"
            );
        }
        for row in rows(&contract, "parts") {
            let part = cell(row, 0);
            let written = [
                format!("\"part\", \"{part}\""),
                format!("part: '{part}'"),
                format!("\"{part}\""),
            ];
            assert!(
                written.iter().any(|written| drawn.contains(written)),
                "{row}"
            );
        }
        for row in rows(&contract, "methods").chain(rows(&contract, "properties")) {
            let name = cell(row, 0).trim_end_matches("()");
            assert!(element.contains(&format!("{name}()")), "{row}");
        }
        for row in rows(&contract, "reasons") {
            let reason = format!("'{}'", cell(row, 0));
            assert!(
                (element.clone() + &text("static/app.js")).contains(&reason),
                "{row}"
            );
        }
    }
}
