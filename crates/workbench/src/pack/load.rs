//! A pack's folder, read and checked: one pack per language, or everything that is wrong with it.

use super::expand::{self, ranges};
use super::lint;
use super::pictures::{self, Pictures};
use super::scenario;
use super::shape::{self, Shape};
use super::translation::{self, back};
use super::tree::{self, Fault, Node, Place, Source, Value};
use anyhow::{Context, Result, bail};
use led_doctor_core::codec::decode;
use led_doctor_core::pack::{Pack, PackFile, Problem};
use led_doctor_core::session::Device;
use std::fs;
use std::path::Path;
use std::rc::Rc;

/// The most missing words of a language that are listed.
const MOST_MISSING: usize = 20;

/// A pack in one language.
pub struct Loaded {
    /// The language, as its file is called.
    pub lang: String,
    /// Structure and words, with their places.
    pub tree: Node,
    /// The checked pack.
    pub pack: Pack,
}

/// All that a folder holds.
pub struct Folder {
    /// The pack's id: the folder's name.
    pub id: String,
    /// The pack in each language, by file name.
    pub languages: Vec<Loaded>,
}

impl Folder {
    /// The models that have their own signals.
    pub fn devices(&self) -> Vec<Device> {
        let Some(loaded) = self.languages.first() else {
            return Vec::new();
        };
        let pack = Rc::new(loaded.pack.clone());
        let own = pack.file().model.iter();
        own.filter(|(_, model)| model.like.is_none())
            .filter_map(|(id, _)| Device::new(Rc::clone(&pack), id.as_str()))
            .collect()
    }
}

/// Reads a pack's folder. `Err` inside: everything that is wrong, by place.
pub fn folder(path: &Path) -> Result<std::result::Result<Folder, Vec<Fault>>> {
    let id = path
        .canonicalize()
        .ok()
        .and_then(|p| Some(p.file_name()?.to_str()?.to_owned()))
        .unwrap_or_default();
    let structure_source = read(&path.join("pack.toml"))?;
    let (mut languages, misnamed) = translation::files(&path.join("text")).with_context(|| {
        format!(
            "no words: make {}, with a file for each language",
            path.join("text").display()
        )
    })?;
    // English first: it is what everything is measured with.
    languages.sort_by_key(|file| (!file.ends_with("en.toml"), file.clone()));
    if languages.is_empty() {
        bail!("no words: write {}", path.join("text/en.toml").display());
    }
    let sources = languages
        .iter()
        .map(|file| read(file))
        .collect::<Result<Vec<_>>>()?;
    // Beside the interface's words, where the pack is one of a workspace.
    let texts = path.join("../../text");
    let pictures = pictures::read(path)?;
    let beside = Beside {
        texts: Some(&texts),
        pictures: Some(&pictures),
    };
    let checked = check_with(&id, structure_source, sources, &beside);
    if misnamed.is_empty() {
        return Ok(checked);
    }
    let others = checked.err().unwrap_or_default();
    Ok(Err(misnamed.into_iter().chain(others).collect()))
}

/// The warnings of a pack in a language; none where it does not speak it, or where anything else is wrong with it.
pub fn warnings(path: &Path, lang: &str) -> Result<Vec<back::Warning>> {
    let words = path.join("text").join(format!("{lang}.toml"));
    if !words.is_file() {
        return Ok(Vec::new());
    }
    let sources = vec![read(&words)?];
    let id = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("");
    let pictures = pictures::read(path)?;
    let structure = read(&path.join("pack.toml"))?;
    let beside = Beside {
        pictures: Some(&pictures),
        ..Beside::default()
    };
    let folder = check_with(id, structure, sources, &beside);
    let languages = folder.map(|folder| folder.languages).unwrap_or_default();
    let each = languages.iter().map(|one| back::of_pack(one.pack.file()));
    Ok(each.flatten().collect())
}

/// Runs the scenarios that lie beside a pack, if there are any.
pub fn scenarios(path: &Path, folder: &Folder) -> Result<std::result::Result<usize, Vec<Fault>>> {
    let path = path.join("scenarios.toml");
    match folder.languages.first() {
        Some(loaded) if path.is_file() => {
            let pack = Rc::new(loaded.pack.clone());
            Ok(scenario::run(read(&path)?, &pack))
        }
        _ => Ok(Ok(0)),
    }
}

fn read(path: &Path) -> Result<Rc<Source>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let here = std::env::current_dir().ok();
    let named = here
        .and_then(|here| path.strip_prefix(here).ok())
        .unwrap_or(path)
        .to_owned();
    Ok(Rc::new(Source { path: named, text }))
}

/// The same on texts that were read already, without a glossary and drawings.
pub fn check(
    id: &str,
    structure: Rc<Source>,
    words: Vec<Rc<Source>>,
) -> std::result::Result<Folder, Vec<Fault>> {
    check_with(id, structure, words, &Beside::default())
}

/// What lies beside a pack's own files.
#[derive(Default)]
struct Beside<'a> {
    /// The interface's words, with the glossaries and what was translated back: where the pack is one of a workspace.
    texts: Option<&'a Path>,
    /// The drawings it can name.
    pictures: Option<&'a Pictures>,
}

fn check_with(
    id: &str,
    structure: Rc<Source>,
    words: Vec<Rc<Source>>,
    beside: &Beside<'_>,
) -> std::result::Result<Folder, Vec<Fault>> {
    let (structure, words) = parse(structure, words)?;
    check_shape(id, &structure, &words)?;
    check_translations(&words, beside.texts)?;
    // Structure first: what a translation lacks would bury what is wrong with it.
    let english = words.iter().find(|node| is_in(node, translation::FIRST));
    if let Some(english) = english {
        put_together(&structure, vec![english.clone()], beside.pictures)?;
    }
    let languages = put_together(&structure, words, beside.pictures)?;
    if let Some(texts) = beside.texts {
        translated_back(&languages, &texts.join("back"))?;
    }
    Ok(Folder {
        id: id.to_owned(),
        languages,
    })
}

/// Structure, words and drawings as the checked pack of each language.
fn put_together(
    structure: &Node,
    words: Vec<Node>,
    pictures: Option<&Pictures>,
) -> std::result::Result<Vec<Loaded>, Vec<Fault>> {
    let mut languages = merge(structure, words)?;
    if let Some(pictures) = pictures {
        let each = languages.iter_mut();
        let faults = each.flat_map(|(_, tree)| pictures.put_into(tree));
        all_or((), faults.collect())?;
    }
    build(languages)
}

fn all_or<T>(done: T, faults: Vec<Fault>) -> std::result::Result<T, Vec<Fault>> {
    if faults.is_empty() {
        Ok(done)
    } else {
        Err(faults)
    }
}

/// The trees of both kinds of files.
fn parse(
    structure: Rc<Source>,
    words: Vec<Rc<Source>>,
) -> std::result::Result<(Node, Vec<Node>), Vec<Fault>> {
    let mut faults = Vec::new();
    let mut keep = |source| {
        let parsed = tree::parse(source);
        parsed.map_err(|found| faults.extend(found)).ok()
    };
    let mut structure = keep(structure);
    let mut words: Vec<Node> = words.into_iter().filter_map(keep).collect();
    for tree in structure.iter_mut().chain(&mut words) {
        ranges::write_out(tree, &mut faults);
    }
    match structure {
        Some(structure) if faults.is_empty() => Ok((structure, words)),
        _ => Err(faults),
    }
}

/// Whether each file has the shape that it should have. With a wrong shape the rest would only repeat it.
fn check_shape(id: &str, structure: &Node, words: &[Node]) -> std::result::Result<(), Vec<Fault>> {
    let whole = shape::whole();
    let mut faults = Shape::new(&shape::structure(), &whole, "the language file").check(structure);
    let words_schema = shape::words();
    for language in words {
        faults.extend(Shape::new(&words_schema, &whole, "pack.toml").check(language));
        homeless(structure, language, "", &mut faults);
    }
    if let Some(node) = structure.get("id")
        && node.text().is_some_and(|own| own != id)
    {
        faults.push(Fault {
            place: node.place.clone(),
            what: "the pack's id is not the name of its folder".into(),
            remedy: format!("write id = \"{id}\""),
        });
    }
    all_or((), faults)
}

/// Whether every warning of a translation is translated back to English.
fn translated_back(languages: &[Loaded], folder: &Path) -> std::result::Result<(), Vec<Fault>> {
    let translations = languages
        .iter()
        .filter(|one| one.lang != translation::FIRST);
    let faults = translations
        .flat_map(|one| back::compare(folder, &one.lang, &back::of_pack(one.pack.file())))
        .collect();
    all_or((), faults)
}

/// The language of a file of words, by its name.
fn lang_of(words: &Node) -> &str {
    let stem = words.place.source.path.file_stem();
    stem.and_then(|stem| stem.to_str()).unwrap_or("")
}

fn is_in(words: &Node, lang: &str) -> bool {
    lang_of(words) == lang
}

/// Whether every translation keeps what it must of the English.
fn check_translations(words: &[Node], texts: Option<&Path>) -> std::result::Result<(), Vec<Fault>> {
    let english = words.iter().find(|node| is_in(node, translation::FIRST));
    let faults = english.map_or(Vec::new(), |english| {
        let of = |node: &Node| {
            let lang = lang_of(node);
            // Faults of a glossary are reported where the interface's words are read.
            let glossary = texts.map(|texts| texts.join("glossary"));
            let stems = glossary.and_then(|folder| translation::glossary(&folder, lang).ok());
            translation::faults(lang, &stems.unwrap_or_default(), english, node)
        };
        words.iter().flat_map(of).collect()
    });
    all_or((), faults)
}

/// Structure and words of each language as one tree, by the language's file name.
fn merge(
    structure: &Node,
    words: Vec<Node>,
) -> std::result::Result<Vec<(String, Node)>, Vec<Fault>> {
    let whole = shape::whole();
    let optional = optional_words(&words);
    let mut faults = Vec::new();
    let mut languages = Vec::new();
    for language in words {
        let place = language.place.clone();
        let lang = lang_of(&language).to_owned();
        let mut merged = structure.clone();
        merged.merge(language, &mut faults);
        missing_words(&merged, &whole, &place, &optional, &mut faults);
        if let Some(node) = merged.get("lang")
            && node.text().is_some_and(|own| own != lang)
        {
            faults.push(Fault {
                place: node.place.clone(),
                what: "the language is not the name of its file".into(),
                remedy: format!(
                    "name the file as the language it is in, or write lang = \"{lang}\""
                ),
            });
        }
        languages.push((lang, merged));
    }
    all_or(languages, faults)
}

/// The checked pack of each language.
fn build(languages: Vec<(String, Node)>) -> std::result::Result<Vec<Loaded>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut loaded = Vec::new();
    for (lang, mut tree) in languages {
        faults.extend(expand::expand(&mut tree));
        match decode::<PackFile>(tree.to_plain()).and_then(Pack::new) {
            Ok(pack) => {
                faults.extend(lint::lint(&pack, &tree));
                loaded.push(Loaded { lang, tree, pack });
            }
            Err(problems) => faults.extend(problems.iter().map(|problem| located(problem, &tree))),
        }
    }
    // Each language repeats what is wrong with the structure.
    let mut seen = Vec::new();
    faults.retain(|fault| {
        let key = (
            fault.place.source.path.clone(),
            fault.place.at,
            fault.what.clone(),
        );
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
    all_or(loaded, faults)
}

/// A problem of the core's, at its place in the files.
fn located(problem: &Problem, tree: &Node) -> Fault {
    let (node, whole_way) = tree.find(&problem.path);
    let mut place = if whole_way {
        node.place.clone()
    } else {
        node.key.clone()
    };
    if let (Some(at), true) = (problem.at, node.text().is_some()) {
        // After the opening quote.
        place.at += 1 + at;
    }
    let found = problem
        .found
        .as_ref()
        .map(|found| format!(" (\"{found}\")"))
        .unwrap_or_default();
    Fault {
        place,
        what: format!("{}: {}{found}", problem.path, problem.what),
        remedy: problem.remedy.into(),
    }
}

/// Words for parts that the structure does not have.
fn homeless(structure: &Node, words: &Node, way: &str, faults: &mut Vec<Fault>) {
    for (name, part) in words.parts() {
        let Value::Table(inner) = &part.value else {
            continue;
        };
        let way = if way.is_empty() {
            name.clone()
        } else {
            format!("{way}.{name}")
        };
        match structure.get(name) {
            Some(home) => homeless(home, part, &way, faults),
            // A table of tables only (`step`, `when`) is named deeper down.
            None if inner.is_empty() => {}
            None => {
                let names: Vec<&str> = structure
                    .parts()
                    .iter()
                    .map(|(name, _)| name.as_str())
                    .collect();
                faults.push(Fault {
                    place: part.key.clone(),
                    what: format!("pack.toml has no {way}"),
                    remedy: match shape::nearest(name, &names) {
                        Some(near) => format!("did you mean {near}?"),
                        None => "add it there, or remove these words".into(),
                    },
                });
            }
        }
    }
}

/// Where some language has words that are optional: then the others need them too.
fn optional_words(languages: &[Node]) -> Vec<String> {
    let mut paths = Vec::new();
    fn collect(node: &Node, way: &str, paths: &mut Vec<String>) {
        for (name, part) in node.parts() {
            let way = if way.is_empty() {
                name.clone()
            } else {
                format!("{way}.{name}")
            };
            match part.value {
                Value::Table(_) => collect(part, &way, paths),
                _ if paths.contains(&way) || translation::MARKS.contains(&way.as_str()) => {}
                _ => paths.push(way),
            }
        }
    }
    for language in languages {
        collect(language, "", &mut paths);
    }
    paths
}

fn missing_words(
    merged: &Node,
    whole: &serde_json::Value,
    language: &Place,
    optional: &[String],
    faults: &mut Vec<Fault>,
) {
    let mut missing = Shape::new(whole, whole, "").check(merged);
    // The structure was found complete: what is missing now are words, and their home is the language file.
    for fault in &mut missing {
        if fault.place.source.path != language.source.path {
            fault.place = language.clone();
        }
    }
    for path in optional {
        let told = |fault: &Fault| fault.what.starts_with(path.as_str());
        if !merged.find(path).1 && !missing.iter().any(told) {
            missing.push(Fault {
                place: language.clone(),
                what: format!("{path} is missing"),
                remedy: "another language has it: translate it".into(),
            });
        }
    }
    if let Some(more) = missing
        .len()
        .checked_sub(MOST_MISSING)
        .filter(|more| *more > 0)
    {
        missing.truncate(MOST_MISSING);
        missing.push(Fault {
            place: language.clone(),
            what: format!("{more} more texts are missing"),
            remedy:
                "write those above first, or remove the file: the pack is then shown in English"
                    .into(),
        });
    }
    faults.append(&mut missing);
}
