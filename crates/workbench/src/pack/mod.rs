//! Packs on the author's side: reading their folders, reporting their faults, compiling them for the page.

pub mod begin;
pub mod compile;
pub mod confusion;
mod danger;
pub mod expand;
pub mod lint;
pub mod load;
mod pictures;
pub mod pseudo;
mod reach;
pub mod scenario;
pub mod shape;
pub mod translation;
mod tree;

use crate::output::print;
use crate::workspace;
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

/// What can be done with packs.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Say everything that is wrong with a pack, or with all of them
    Check {
        /// The pack's folder; all packs when left out
        path: Option<PathBuf>,
    },
    /// Begin a new pack: a small one that is right, with comments that say what to change
    New {
        /// The pack's id: small letters, digits and hyphens
        name: String,
    },
    /// Print a pack as one JSON file, for the page's "Try a pack of your own" and for the element's `packData`
    Json {
        /// The pack's folder
        path: PathBuf,
        /// The language of its words
        #[arg(long, default_value = "en")]
        lang: String,
    },
    /// Let simulated people tap every signal, and say which ones they cannot be told apart
    Confusion {
        /// The pack's folder; all packs when left out
        path: Option<PathBuf>,
        /// People for each signal
        #[arg(long, default_value_t = 100)]
        people: u64,
    },
    /// Print the warnings of a language that are not translated back yet, or have changed since
    Back {
        /// The language
        lang: String,
    },
    /// Write all words and packs into a folder, with two languages more that nobody speaks: one long and accented, one mirrored
    Pseudo {
        /// The folder
        to: PathBuf,
    },
    /// Write the JSON Schemas by which editors complete and check packs
    Schema,
}

/// Does it.
pub fn obey(command: Command) -> Result<()> {
    match command {
        Command::Check { path } => check(path.as_deref()),
        Command::New { name } => {
            let folder = begin::begin(&workspace::root()?.join("packs"), &name)?;
            println!(
                "{} is begun. Next: cargo xtask pack check {0}",
                folder.display()
            );
            Ok(())
        }
        Command::Confusion { path, people } => confuse(path.as_deref(), people),
        Command::Back { lang } => back(&lang),
        Command::Json { path, lang } => json(&path, &lang),
        Command::Pseudo { to } => pseudo::write(&workspace::root()?, &to),
        Command::Schema => schemas(),
    }
}

fn check(path: Option<&Path>) -> Result<()> {
    let mut faults = Vec::new();
    let mut right = Vec::new();
    for path in chosen(path)? {
        match load::folder(&path)? {
            Ok(folder) => {
                // What takes long comes last, and only where the rest is right.
                match load::scenarios(&path, &folder)? {
                    Ok(scenarios) => {
                        faults.extend(danger::faults(&folder, danger::PEOPLE));
                        right.push((folder, scenarios));
                    }
                    Err(found) => faults.extend(found),
                }
            }
            Err(found) => faults.extend(found),
        }
    }
    let words = workspace::root()?.join("text");
    let interface = if path.is_none() && words.is_dir() {
        let (languages, found) = compile::languages_and_faults(&words)?;
        faults.extend(found);
        languages
    } else {
        Vec::new()
    };
    for (folder, scenarios) in right {
        for warning in reach::warnings(&folder) {
            eprintln!("warning: {warning}");
        }
        let english = folder.languages.first().map(|loaded| &loaded.tree);
        for loaded in folder.languages.iter().skip(1) {
            still_english(english, &loaded.tree);
        }
        let languages: Vec<&str> = folder.languages.iter().map(|l| l.lang.as_str()).collect();
        let file = folder.languages.first().map(|l| l.pack.file());
        let (models, fixes) = file.map_or((0, 0), |file| (file.model.len(), file.fix.len()));
        println!(
            "{}: right ({models} models, {fixes} fixes, {scenarios} scenarios, words in {})",
            folder.id,
            languages.join(", ")
        );
    }
    compile::refuse(&faults)?;
    let english = interface.iter().find(|one| one.tag == translation::FIRST);
    for other in interface.iter().filter(|one| one.tag != translation::FIRST) {
        still_english(english.map(|english| &english.tree), &other.tree);
    }
    if !interface.is_empty() {
        let tags: Vec<&str> = interface.iter().map(|one| one.tag.as_str()).collect();
        println!("interface: right (words in {})", tags.join(", "));
    }
    Ok(())
}

/// Warns of texts that are not translated yet: they are shown as they are.
fn still_english(english: Option<&tree::Node>, other: &tree::Node) {
    let Some(english) = english else { return };
    if let (same, all, Some(first)) = translation::untranslated(english, other) {
        let (line, _) = first.place.line_and_column();
        let path = first.place.source.path.display();
        eprintln!(
            "warning: {path}:{line}: {same} of {all} texts are still in English; this is the first"
        );
    }
}

/// Structure and words of one language together, rhythms in their notation.
fn json(path: &Path, lang: &str) -> Result<()> {
    let path = &found(path)?;
    let folder = match load::folder(path)? {
        Ok(folder) => folder,
        Err(faults) => return compile::refuse(&faults),
    };
    let Some(loaded) = folder.languages.iter().find(|one| one.lang == lang) else {
        bail!("{} has no text/{lang}.toml", path.display());
    };
    print(&(serde_json::to_string_pretty(&loaded.tree.to_json())? + "\n"))?;
    Ok(())
}

/// The warnings of a language that lack what they say in English.
fn back(lang: &str) -> Result<()> {
    use translation::back;
    let root = workspace::root()?;
    let mut warnings = Vec::new();
    let (interface, _) = compile::languages_and_faults(&root.join("text"))?;
    if let Some(own) = interface.iter().find(|one| one.tag == lang) {
        warnings.extend(back::of_interface(&own.tree));
    }
    for path in compile::folders(&root.join("packs"))? {
        warnings.extend(load::warnings(&path, lang)?);
    }
    let file = match back::read(&root.join("text/back"), lang) {
        Ok(file) => file,
        Err(found) => return compile::refuse(&found),
    };
    let missing = match &file {
        Some(file) => back::missing(file, &warnings),
        None => warnings.iter().collect(),
    };
    print(&back::to_fill_in(&missing))?;
    Ok(())
}

/// Prints the reports, and writes each as a page too.
fn confuse(path: Option<&Path>, people: u64) -> Result<()> {
    let out = workspace::root()?.join("target/confusion");
    std::fs::create_dir_all(&out)?;
    for path in chosen(path)? {
        let folder = match load::folder(&path)? {
            Ok(folder) => folder,
            Err(faults) => return compile::refuse(&faults),
        };
        let tables = confusion::tables(&folder, people);
        let page = out.join(format!("{}.html", folder.id));
        std::fs::write(&page, confusion::page(&folder.id, &tables))?;
        let tables: String = tables.iter().map(|table| table.text() + "\n").collect();
        if !print(&format!("{tables}drawn in {}\n\n", page.display()))? {
            break;
        }
    }
    Ok(())
}

/// The schemas, by file name.
fn schema_files() -> Result<Vec<(&'static str, String)>> {
    let pretty =
        |schema: &serde_json::Value| anyhow::Ok(serde_json::to_string_pretty(schema)? + "\n");
    Ok(vec![
        ("pack.json", pretty(&shape::structure())?),
        ("words.json", pretty(&shape::words())?),
        ("scenarios.json", pretty(&scenario::schema())?),
    ])
}

fn schemas() -> Result<()> {
    let folder = workspace::root()?.join("packs/schema");
    std::fs::create_dir_all(&folder)?;
    for (name, text) in schema_files()? {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}

/// The folder of a pack: a path, a file in it, or the name of one of the workspace.
fn found(path: &Path) -> Result<PathBuf> {
    let packs = workspace::root()?.join("packs");
    let inside = path.parent().map(Path::to_path_buf);
    let tried = [Some(path.to_path_buf()), inside, Some(packs.join(path))];
    let mut tried = tried.into_iter().flatten();
    if let Some(folder) = tried.find(|folder| folder.join("pack.toml").is_file()) {
        return Ok(folder);
    }
    let names: Vec<String> = compile::folders(&packs)?
        .iter()
        .filter_map(|folder| Some(folder.file_name()?.to_string_lossy().into_owned()))
        .collect();
    let wanted = path.to_string_lossy();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match shape::nearest(&wanted, &names) {
        Some(near) => bail!("there is no pack at {wanted}; did you mean packs/{near}?"),
        None => bail!(
            "there is no pack at {wanted}; packs here: {}. A new one: pack new NAME",
            names.join(", ")
        ),
    }
}

fn chosen(path: Option<&Path>) -> Result<Vec<PathBuf>> {
    match path {
        Some(path) => Ok(vec![found(path)?]),
        None => compile::folders(&workspace::root()?.join("packs")),
    }
}

#[cfg(test)]
mod expand_tests;
#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod tests;
