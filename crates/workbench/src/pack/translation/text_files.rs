//! The files of a folder of translations, one for each language.

use super::super::tree::{self, Fault, Node, Place, Source};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use unic_langid::LanguageIdentifier;

/// What is wrong with the name of a file that lies among the words: it is not read, or names no language.
fn misnamed(path: &Path) -> Option<Fault> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let (what, remedy) = match name.strip_suffix(".toml") {
        None => (
            format!("{name} is not read"),
            "the file of a language ends in .toml; move anything else away".to_owned(),
        ),
        Some(tag) if !is_tag(tag) => (
            format!("\"{tag}\" names no language"),
            "name the file as browsers name the language: pl.toml, or pt-BR.toml".to_owned(),
        ),
        Some(_) => return None,
    };
    Some(at_file(path, what, remedy))
}

/// The files of languages in a folder, by name, and what is wrong with the names of the others.
pub fn files(folder: &Path) -> std::io::Result<(Vec<PathBuf>, Vec<Fault>)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && !is_passed_over(path))
        .collect();
    files.sort();
    let misnamed = files.iter().filter_map(|path| misnamed(path)).collect();
    files.retain(|path| path.extension().is_some_and(|kind| kind == "toml"));
    Ok((files, misnamed))
}

/// The file of a language in a folder beside the words, where there is one.
///
/// # Errors
/// What is wrong with it as a text or as TOML.
pub fn beside(folder: &Path, lang: &str) -> Result<Option<Node>, Vec<Fault>> {
    let path = folder.join(format!("{lang}.toml"));
    match std::fs::read_to_string(&path) {
        Ok(text) => tree::parse(Rc::new(Source { path, text })).map(Some),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let remedy = "write it as UTF-8, in a file that can be read";
            Err(vec![at_file(
                &path,
                format!("it cannot be read: {error}"),
                remedy.into(),
            )])
        }
    }
}

/// What is wrong with a file as a whole.
pub fn at_file(path: &Path, what: String, remedy: String) -> Fault {
    let source = Source {
        path: path.to_owned(),
        text: String::new(),
    };
    Fault {
        place: Place {
            source: Rc::new(source),
            at: 0,
        },
        what,
        remedy,
    }
}

/// What editors and systems leave beside files.
pub fn is_passed_over(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.ends_with('~')
}

/// Whether this is a language as browsers name it: two or three small letters, and a region if need be.
fn is_tag(tag: &str) -> bool {
    let is_known = tag
        .parse::<LanguageIdentifier>()
        .is_ok_and(|known| known == tag);
    is_known && tag.split('-').next().is_some_and(|lang| lang.len() <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_as_its_language() {
        for (name, right) in [
            ("pl.toml", true),
            ("pt-BR.toml", true),
            ("fil.toml", true),
            ("polski.toml", false),
            ("PL.toml", false),
            ("pl_PL.toml", false),
            ("pl.tml", false),
            (".pl.toml.swp", true),
            ("pl.toml~", true),
        ] {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join(name), "").unwrap();
            let (_, misnamed) = files(folder.path()).unwrap();
            assert_eq!(misnamed.is_empty(), right, "{name}");
        }
    }
}
