//! From packs and interface words as people write them to the JSON files that the page reads.

use super::load::{self, Folder};
use super::tree::{self, Finding, Node, Source, Value};
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value as Json, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A file for the page.
pub struct Made {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// Every folder of packs, in the order in which the page offers them: by name, but the first pack first.
pub fn folders(packs: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(packs).with_context(|| format!("cannot read {}", packs.display()))?;
    let mut folders: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.join("pack.toml").is_file()).collect();
    folders.sort_by_key(|path| (!path.ends_with("blink"), path.clone()));
    Ok(folders)
}

/// Packs and their index. Fails with everything that is wrong.
pub fn packs(packs: &Path) -> Result<Vec<Made>> {
    let mut made = Vec::new();
    let mut index = Vec::new();
    let mut findings = Vec::new();
    for path in folders(packs)? {
        match load::folder(&path)? {
            Ok(folder) => {
                index.push(entry(&folder));
                for loaded in &folder.languages {
                    let name = format!("pack.{}.{}.json", folder.id, loaded.lang);
                    made.push(Made { name, text: loaded.tree.to_json().to_string() });
                }
            }
            Err(found) => findings.extend(found),
        }
    }
    refuse(&findings)?;
    made.push(Made { name: "packs.json".into(), text: json!({ "packs": index }).to_string() });
    Ok(made)
}

/// What the device screen needs before a pack is fetched.
fn entry(folder: &Folder) -> Json {
    let mut words = Map::new();
    let mut files = Map::new();
    let mut models = Vec::new();
    for (at, loaded) in folder.languages.iter().enumerate() {
        let file = loaded.pack.file();
        let mut names = Map::new();
        for (id, model) in file.model.iter() {
            names.insert(id.to_string(), json!({ "name": model.name, "hint": model.hint }));
            if at == 0 {
                models.push(json!({ "id": id, "drawing": model.drawing, "like": model.like }));
            }
        }
        words.insert(loaded.lang.clone(), json!({ "name": file.name, "model": names }));
        files.insert(loaded.lang.clone(), json!(format!("pack.{}.{}.json", folder.id, loaded.lang)));
    }
    json!({ "id": folder.id, "files": files, "models": models, "words": words })
}

/// Interface words: nested tables become dotted names.
pub fn words(folder: &Path) -> Result<Vec<Made>> {
    let mut made = Vec::new();
    let mut findings = Vec::new();
    let entries = fs::read_dir(folder)
        .with_context(|| format!("no interface words: cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "toml"));
    files.sort();
    let mut languages: Vec<(PathBuf, Node, Map<String, Json>)> = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        match tree::parse(Rc::new(Source { path: file.clone(), text })) {
            Ok(tree) => {
                let mut flat = Map::new();
                flatten(&tree, "", &mut flat, &mut findings);
                languages.push((file, tree, flat));
            }
            Err(found) => findings.extend(found),
        }
    }
    for (_, tree, flat) in &languages {
        for (_, _, other) in &languages {
            for name in other.keys().filter(|name| !flat.contains_key(*name)) {
                findings.push(Finding {
                    place: tree.place.clone(),
                    what: format!("{name} is missing"),
                    mend: "another language has it: translate it".into(),
                });
            }
        }
    }
    refuse(&findings)?;
    for (file, _, flat) in languages {
        let lang = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or("en");
        made.push(Made { name: format!("ui.{lang}.json"), text: Json::Object(flat).to_string() });
    }
    Ok(made)
}

fn flatten(node: &Node, way: &str, flat: &mut Map<String, Json>, findings: &mut Vec<Finding>) {
    for (name, part) in node.parts() {
        let way = if way.is_empty() { name.clone() } else { format!("{way}.{name}") };
        match &part.value {
            Value::Table(_) => flatten(part, &way, flat, findings),
            Value::Text(text) => {
                flat.insert(way, Json::String(text.clone()));
            }
            _ => findings.push(Finding {
                place: part.place.clone(),
                what: format!("{way} is no text"),
                mend: "write words in quotes".into(),
            }),
        }
    }
}

/// Fails when anything was found, with all of it.
pub fn refuse(findings: &[Finding]) -> Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    let told: Vec<String> = findings.iter().map(Finding::to_string).collect();
    bail!("{}\n\n{} to mend", told.join("\n"), count(findings.len()));
}

fn count(n: usize) -> String {
    if n == 1 { "1 problem".into() } else { format!("{n} problems") }
}
