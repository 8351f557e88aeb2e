//! Warnings translated back: every sentence whose mistranslation could hurt somebody has beside it what it says, in English, written by
//! someone who saw the translation alone. `text/back/<language>.toml` holds them; when a warning changes, its entry is out of date.

use super::super::tree::{Fault, Node};
use super::text_files::{at_file, beside};
use led_doctor_core::pack::{PackFile, Severity, StepKind};
use std::path::Path;

/// A sentence that has to be translated back.
pub struct Warning {
    /// Where it is: the pack's id and its path there, or `interface` and its key.
    pub place: (String, String),
    /// What it says.
    pub text: String,
}

/// The warnings of a pack: its notice, its dangers, and the steps that warn or lose something.
#[must_use]
pub fn of_pack(file: &PackFile) -> Vec<Warning> {
    let mut all = vec![("notice".to_owned(), &file.notice)];
    for (id, cause) in file.cause.iter() {
        if cause.severity == Severity::Stop {
            all.push((format!("cause.{id}.title"), &cause.title));
            all.push((format!("cause.{id}.meaning"), &cause.meaning));
            for (nth, advice) in cause.advice.iter().enumerate() {
                all.push((format!("cause.{id}.advice.{}", nth + 1), advice));
            }
        }
    }
    for (id, fix) in file.fix.iter() {
        for (step, words) in fix.step.iter() {
            if matches!(words.kind, StepKind::Safety | StepKind::Loss) {
                let way = format!("fix.{id}.step.{step}");
                all.push((format!("{way}.text"), &words.text));
                if let Some(detail) = &words.detail {
                    all.push((format!("{way}.detail"), detail));
                }
            }
        }
    }
    let pack = file.id.to_string();
    let warning = |(way, text): (String, &String)| Warning {
        place: (pack.clone(), way),
        text: text.clone(),
    };
    all.into_iter().map(warning).collect()
}

/// The interface's own warnings.
#[must_use]
pub fn of_interface(words: &Node) -> Vec<Warning> {
    let stop = words.get("stop").map(Node::parts).unwrap_or_default();
    let warning = |(name, node): &(String, Node)| {
        Some(Warning {
            place: ("interface".into(), format!("stop.{name}")),
            text: node.text()?.to_owned(),
        })
    };
    stop.iter().filter_map(warning).collect()
}

/// The file of a language, where there is one.
///
/// # Errors
/// What is wrong with it as TOML.
pub fn read(folder: &Path, lang: &str) -> Result<Option<Node>, Vec<Fault>> {
    beside(folder, lang)
}

/// What is wrong with the file of a language, and which warnings it lacks; nothing where there is no file.
#[must_use]
pub fn compare(folder: &Path, lang: &str, warnings: &[Warning]) -> Vec<Fault> {
    match read(folder, lang) {
        Ok(None) => Vec::new(),
        Ok(Some(file)) => faults(&file, lang, warnings),
        Err(found) => found,
    }
}

/// The warnings that a file lacks, or has as they were before they changed.
#[must_use]
pub fn missing<'w>(file: &Node, warnings: &'w [Warning]) -> Vec<&'w Warning> {
    let is_there = |warning: &&Warning| {
        let (part, way) = &warning.place;
        let entry = file.get(part).and_then(|part| part.get(way));
        let has = |field: &str| entry.and_then(|entry| entry.get(field)?.text());
        has("text") == Some(&warning.text) && has("back").is_some_and(|back| !back.is_empty())
    };
    let each = warnings.iter();
    each.filter(|warning| !is_there(warning)).collect()
}

/// The message for the first missing one, and how many more there are.
#[must_use]
pub fn faults(file: &Node, lang: &str, warnings: &[Warning]) -> Vec<Fault> {
    let missing = missing(file, warnings);
    let Some(first) = missing.first() else {
        return Vec::new();
    };
    let (part, way) = &first.place;
    let what = format!(
        "{part}: {way} is not translated back, or has changed since ({} in all)",
        missing.len()
    );
    let remedy = format!(
        "pack back {lang} prints what is missing: write what each says in English, compare, and put it here"
    );
    vec![at_file(&file.place.source.path, what, remedy)]
}

/// The missing ones as TOML, to be filled in.
#[must_use]
pub fn to_fill_in(warnings: &[&Warning]) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut out = String::new();
    let mut part = "";
    for warning in warnings {
        let (own, way) = &warning.place;
        if own != part {
            out += &format!("\n[{own}]\n");
            part = own;
        }
        out += &format!(
            "{} = {{ text = {}, back = \"\" }}\n",
            quoted(way),
            quoted(&warning.text)
        );
    }
    out
}
