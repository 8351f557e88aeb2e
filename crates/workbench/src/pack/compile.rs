//! From packs and interface words as people write them to the JSON files that the page reads.

use super::load::{self, Folder, Loaded};
use super::translation::{self, FIRST, MARKS, back, typeset};
use super::tree::{self, Fault, Node, Source, Value};
use anyhow::{Context, Result, bail};
use led_doctor_core::codec::encode;
use led_doctor_core::id::Id;
use led_doctor_core::node::Node as Plain;
use led_doctor_core::pack::{
    Keyed, Model, PackFile, Picture, Shelf, ShelfModel, StepKind, compiled,
};
use led_doctor_core::session::Device;
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
    let entries =
        fs::read_dir(packs).with_context(|| format!("cannot read {}", packs.display()))?;
    let mut folders: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("pack.toml").is_file())
        .collect();
    folders.sort_by_key(|path| (!path.ends_with("blink"), path.clone()));
    Ok(folders)
}

/// Every pack below a folder, read and checked, in the order of [`folders`]. Fails with everything that is wrong.
pub fn read(packs: &Path) -> Result<Vec<Folder>> {
    let mut read = Vec::new();
    let mut faults = Vec::new();
    for path in folders(packs)? {
        match load::folder(&path)? {
            Ok(folder) => read.push(folder),
            Err(found) => faults.extend(found),
        }
    }
    refuse(&faults)?;
    Ok(read)
}

/// The output files of the packs.
pub struct Packs {
    /// Packs and their index in each language.
    pub files: Vec<Made>,
    /// By pack and model, whether it has a pad for each of its lights: the first screen, which knows no pack yet, has one pad.
    pub pads: Map<String, Json>,
}

/// All of it. Fails with everything that is wrong.
pub fn packs(packs: &Path) -> Result<Packs> {
    let mut made = Vec::new();
    let read = read(packs)?;
    let mut languages = vec![FIRST];
    for folder in &read {
        let english = folder.languages.iter().find(|one| one.lang == FIRST);
        for loaded in &folder.languages {
            let mut file = compiled::pack(&loaded.pack);
            if let (true, Some(english)) = (loaded.pack.file().draft, english) {
                add_originals(&mut file, english.pack.file());
            }
            made.push(Made {
                name: file_name(folder, loaded),
                text: typeset(&loaded.lang, plain(file).to_string()),
            });
            if !languages.contains(&loaded.lang.as_str()) {
                languages.push(&loaded.lang);
            }
        }
    }
    let pictures = drawings(&read);
    for lang in languages {
        let index: Vec<Json> = read
            .iter()
            .filter_map(|folder| shelf(folder, lang))
            .collect();
        let name = if lang == FIRST {
            "packs.json".into()
        } else {
            format!("packs.{}.json", lang.to_ascii_lowercase())
        };
        made.push(Made {
            name,
            text: typeset(
                lang,
                json!({ "packs": index, "picture": pictures }).to_string(),
            ),
        });
    }
    let pads = read
        .iter()
        .map(|folder| (folder.id.clone(), pads(folder)))
        .collect();
    Ok(Packs { files: made, pads })
}

/// Each warning in an unchecked translation has the English beside it.
fn add_originals(pack: &mut Plain, english: &PackFile) {
    for (id, fix) in english.fix.iter() {
        for (step, words) in fix.step.iter() {
            let warns = matches!(words.kind, StepKind::Safety | StepKind::Loss);
            let way = ["fix", id.as_str(), "step", step.as_str()];
            if let (true, Some(Plain::Table(fields))) = (warns, part(pack, &way)) {
                fields.push(("original".into(), Plain::Text(words.text.clone())));
            }
        }
    }
}

/// The part of plain data at the end of that way.
fn part<'p>(node: &'p mut Plain, way: &[&str]) -> Option<&'p mut Plain> {
    let [name, rest @ ..] = way else {
        return Some(node);
    };
    let Plain::Table(fields) = node else {
        return None;
    };
    let (_, inner) = fields.iter_mut().find(|(own, _)| own == name)?;
    part(inner, rest)
}

fn pads(folder: &Folder) -> Json {
    let mut known = Map::new();
    if let Some(loaded) = folder.languages.first() {
        let pack = Rc::new(loaded.pack.clone());
        for model in pack.file().model.ids() {
            let device = Device::new(Rc::clone(&pack), model.as_str());
            let several = device.is_some_and(|device| !device.pads().is_empty());
            known.insert(model.to_string(), several.into());
        }
    }
    Json::Object(known)
}

/// Plain data as JSON.
pub fn plain(node: Plain) -> Json {
    match node {
        Plain::Nothing => Json::Null,
        Plain::Flag(flag) => flag.into(),
        // Whole numbers are written without a point: it is shorter.
        Plain::Number(number) if number.fract() == 0.0 => (number as i64).into(),
        Plain::Number(number) => number.into(),
        Plain::Text(text) => text.into(),
        Plain::List(nodes) => nodes.into_iter().map(plain).collect(),
        Plain::Table(fields) => fields
            .into_iter()
            .map(|(name, node)| (name, plain(node)))
            .collect(),
    }
}

fn file_name(folder: &Folder, loaded: &Loaded) -> String {
    format!(
        "pack.{}.{}.json",
        folder.id,
        loaded.lang.to_ascii_lowercase()
    )
}

/// What the device screen needs of a pack before it is fetched, in this language or the next best.
fn shelf(folder: &Folder, lang: &str) -> Option<Json> {
    let of = |lang: &str| {
        let mut languages = folder.languages.iter();
        languages.find(|loaded| loaded.lang.eq_ignore_ascii_case(lang))
    };
    // `pt-br`, then `pt`.
    let tags = std::iter::successors(Some(lang), |tag| Some(tag.rsplit_once('-')?.0));
    let loaded = tags
        .chain([FIRST])
        .find_map(of)
        .or_else(|| folder.languages.first())?;
    let file = loaded.pack.file();
    let model = |(id, model): (&Id, &Model)| ShelfModel {
        id: id.clone(),
        name: model.name.clone(),
        hint: model.hint.clone(),
        drawing: model.drawing.clone(),
        unconfirmed: model.like.is_some(),
    };
    let name = file_name(folder, loaded);
    let mut shelf = Shelf {
        id: file.id.clone(),
        name: file.name.clone(),
        file: name.clone(),
        models: file.model.iter().map(model).collect(),
    };
    let mut shelf = plain(encode(&mut shelf));
    if let Some(fields) = shelf.as_object_mut() {
        // The page checks what it gets; the build puts the hash in.
        fields.insert("pin".into(), format!("pin-of:{name}").into());
    }
    Some(shelf)
}

/// The drawings of all devices.
fn drawings(folders: &[Folder]) -> Json {
    let packs = folders.iter().filter_map(|folder| folder.languages.first());
    let files = packs.map(|loaded| loaded.pack.file());
    let mut drawings: Keyed<Picture> = files
        .flat_map(|file| {
            let named = file
                .model
                .iter()
                .filter_map(|(_, model)| model.drawing.as_ref());
            named.filter_map(|name| Some((name.clone(), file.picture.get(name.as_str())?.clone())))
        })
        .fold(Keyed::default(), |mut all, (name, drawing)| {
            all.insert(name, drawing);
            all
        });
    plain(compiled::lean(encode(&mut drawings)))
}

/// The words of windows that are loaded on demand: a separate file.
const LATER: [&str; 5] = ["hand-over.", "film.", "share.", "manifest.", "page."];

/// The words of the pages of single models begin so: the app does not download them.
const PAGES: &str = "models.";

/// The output files of the interface's words.
pub struct Words {
    /// A file for each language, and one of the words that are fetched later.
    pub files: Vec<Made>,
    /// The languages, as their files are called.
    pub languages: Vec<String>,
}

/// Interface words: nested tables become dotted names.
pub fn words(folder: &Path) -> Result<Words> {
    let (mut made, mut spoken) = (Vec::new(), Vec::new());
    let languages = languages(folder)?;
    let english = languages.iter().find(|one| one.tag == FIRST);
    let english = english.map(|one| one.tree.clone());
    for Language {
        tag,
        tree,
        words: mut flat,
    } in languages
    {
        let lang = tag.to_ascii_lowercase();
        spoken.push(tag);
        if tree.get("draft").is_some() {
            flat.insert("draft.state".into(), "draft".into());
            // Each of the page's own warnings has the English beside it as well.
            let stop = english.as_ref().and_then(|tree| tree.get("stop"));
            for (name, node) in stop.iter().flat_map(|stop| stop.parts()) {
                if let Some(text) = node.text() {
                    flat.insert(format!("draft.stop.{name}"), text.into());
                }
            }
        }
        let (own, flat) = flat
            .into_iter()
            .partition::<Map<String, Json>, _>(|(name, _)| {
                LATER.iter().any(|begin| name.starts_with(begin))
            });
        made.push(Made {
            name: format!("later.{lang}.json"),
            text: typeset(&lang, Json::Object(own).to_string()),
        });
        let of_page = |(name, _): &(String, Json)| !name.starts_with(PAGES);
        let text: Map<String, Json> = flat.into_iter().filter(of_page).collect();
        made.push(Made {
            name: format!("ui.{lang}.json"),
            text: typeset(&lang, Json::Object(text).to_string()),
        });
    }
    Ok(Words {
        files: made,
        languages: spoken,
    })
}

/// The interface's words in one language.
pub struct Language {
    /// The language, as its file is called.
    pub tag: String,
    /// The words by dotted key.
    pub words: Map<String, Json>,
    /// The file as it is written, with its places and marks.
    pub tree: Node,
}

/// The interface's words in every language. Fails with everything that is wrong.
pub fn languages(folder: &Path) -> Result<Vec<Language>> {
    let (languages, faults) = languages_and_faults(folder)?;
    refuse(&faults)?;
    Ok(languages)
}

/// The interface's words as far as they can be read, and everything that is wrong with them.
pub fn languages_and_faults(folder: &Path) -> Result<(Vec<Language>, Vec<Fault>)> {
    let (files, mut faults) = translation::files(folder)
        .with_context(|| format!("no interface words: cannot read {}", folder.display()))?;
    let stems: Vec<PathBuf> = files.iter().map(|file| file.with_extension("")).collect();
    let mut languages: Vec<Language> = Vec::new();
    for path in files {
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let tag = stem.unwrap_or(FIRST).to_owned();
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        match tree::parse(Rc::new(Source { path, text })) {
            Ok(tree) => {
                let mut words = Map::new();
                let mut unmarked = tree.clone();
                for mark in MARKS {
                    unmarked.remove(mark);
                }
                flatten(&unmarked, "", &mut words, &mut faults);
                languages.push(Language { tag, words, tree });
            }
            Err(found) => faults.extend(found),
        }
    }
    let glossaries = folder.join("glossary");
    if let Some(english) = languages.iter().find(|one| one.tag == FIRST) {
        for other in languages.iter().filter(|one| one.tag != FIRST) {
            faults.extend(differing(english, other));
            match translation::glossary(&glossaries, &other.tag) {
                Ok(stems) => faults.extend(translation::faults(
                    &other.tag,
                    &stems,
                    &english.tree,
                    &other.tree,
                )),
                Err(found) => faults.extend(found),
            }
            let warnings = back::of_interface(&other.tree);
            faults.extend(back::compare(&folder.join("back"), &other.tag, &warnings));
        }
    }
    faults.extend(of_no_language(&glossaries, &stems));
    Ok((languages, faults))
}

/// Glossaries that belong to no language are not read.
fn of_no_language(glossaries: &Path, languages: &[PathBuf]) -> Vec<Fault> {
    let entries = fs::read_dir(glossaries).into_iter().flatten();
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let lone = paths.filter(|path| {
        let stem = path.file_stem();
        !translation::is_passed_over(path) && !languages.iter().any(|one| one.file_name() == stem)
    });
    lone.map(|path| {
        let what = "this glossary belongs to no language".to_owned();
        let remedy = "name it as the file of the language in text/".to_owned();
        translation::at_file(&path, what, remedy)
    })
    .collect()
}

/// Words that the English has and the other lacks, and the other way round.
fn differing(english: &Language, other: &Language) -> Vec<Fault> {
    let lacks = english
        .words
        .iter()
        .filter(|(name, _)| !other.words.contains_key(*name) && !is_plural(name, &english.words))
        // Where a language has its own forms they are compared one by one.
        .filter(|(name, _)| {
            let family = name.rsplit_once('.').map_or("", |(family, _)| family);
            !is_form(name, &english.words) || !other.tree.find(family).1
        });
    let lacks = lacks.map(|(name, text)| {
        let name = match is_form(name, &english.words) {
            true => name.trim_end_matches(".other"),
            false => name,
        };
        let (heading, key) = name.rsplit_once('.').unwrap_or(("", name));
        let (near, _) = other.tree.find(heading);
        let below = match heading {
            "" => String::new(),
            heading => format!(" below [{heading}]"),
        };
        Fault {
            place: near.key.clone(),
            what: format!("{name} is missing"),
            remedy: format!("write {key} = \"…\"{below}, for the English {text}"),
        }
    });
    let unknown = other.words.keys().filter(|name| {
        !english.words.contains_key(*name)
            && !is_form(name, &english.words)
            && !name
                .rsplit_once('.')
                .is_some_and(|(key, _)| english.words.contains_key(&format!("{key}.other")))
    });
    let unknown = unknown.map(|name| Fault {
        place: other.tree.find(name).0.key.clone(),
        what: format!("the English has no {name}"),
        remedy: "correct its spelling, look at the [heading] above it, or remove it".into(),
    });
    lacks.chain(unknown).collect()
}

/// Whether these are the words for all other numbers of things.
fn is_form(name: &str, flat: &Map<String, Json>) -> bool {
    name.strip_suffix(".other")
        .is_some_and(|key| flat.contains_key(&format!("{key}.one")))
}

/// Whether these are words for some numbers of things, where other words serve every other number. Languages differ in which
/// of these they have: those of Unicode CLDR.
fn is_plural(name: &str, flat: &Map<String, Json>) -> bool {
    name.rsplit_once('.').is_some_and(|(key, form)| {
        matches!(form, "zero" | "one" | "two" | "few" | "many")
            && flat.contains_key(&format!("{key}.other"))
    })
}

fn flatten(node: &Node, way: &str, flat: &mut Map<String, Json>, faults: &mut Vec<Fault>) {
    for (name, part) in node.parts() {
        let way = if way.is_empty() {
            name.clone()
        } else {
            format!("{way}.{name}")
        };
        match &part.value {
            Value::Table(_) => flatten(part, &way, flat, faults),
            Value::Text(text) => {
                flat.insert(way, Json::String(text.clone()));
            }
            _ => faults.push(Fault {
                place: part.place.clone(),
                what: format!("{way} is no text"),
                remedy: "write words in quotes".into(),
            }),
        }
    }
}

/// Fails when anything was found, with all of it.
pub fn refuse(faults: &[Fault]) -> Result<()> {
    if faults.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
    bail!("{}\n\n{} to correct", lines.join("\n"), count(faults.len()));
}

fn count(n: usize) -> String {
    if n == 1 {
        "1 problem".into()
    } else {
        format!("{n} problems")
    }
}
