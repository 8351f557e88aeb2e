//! The glossary of a language: the word that is used everywhere for one of the English.

use super::super::tree::Fault;
use super::text_files::beside;
use std::path::Path;

/// Of an English word, what its translation has in it in whatever form, in small letters.
pub type Stems = Vec<(String, String)>;

/// The words of that language that the glossary in that folder has checked; none where there is no glossary.
///
/// # Errors
/// What is wrong with the glossary.
pub fn glossary(folder: &Path, lang: &str) -> Result<Stems, Vec<Fault>> {
    let Some(tree) = beside(folder, lang)? else {
        return Ok(Stems::new());
    };
    let (mut stems, mut faults) = (Stems::new(), Vec::new());
    for (part, words) in tree.parts() {
        if part != "stems" && part != "terms" {
            faults.push(Fault {
                place: words.key.clone(),
                what: format!("nothing here is called \"{part}\""),
                remedy:
                    "a glossary has [stems], which are checked, and [terms], which are for people"
                        .into(),
            });
        }
        for (word, stem) in words.parts().iter().filter(|_| part == "stems") {
            let Some(text) = stem.text() else { continue };
            if text.to_lowercase() != *text {
                faults.push(Fault {
                    place: stem.place.clone(),
                    what: format!("the stem of \"{word}\" has capitals"),
                    remedy: "write it in small letters: it is looked for in words of any case"
                        .into(),
                });
            }
            stems.push((word.to_lowercase(), text.to_owned()));
        }
    }
    if faults.is_empty() {
        Ok(stems)
    } else {
        Err(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glossary_is_read_as_strictly_as_the_words() {
        let folder = tempfile::tempdir().unwrap();
        for (text, fault) in [
            ("[stems]\n\"router\" = \"router\"", None),
            (
                "[stem]\n\"router\" = \"router\"",
                Some("nothing here is called \"stem\""),
            ),
            ("[stems]\n\"report\" = \"Rapor\"", Some("has capitals")),
            ("[stems]\n“router” = “router”", Some("")),
        ] {
            std::fs::write(folder.path().join("pl.toml"), text).unwrap();
            let found = glossary(folder.path(), "pl").map_err(|found| found[0].what.clone());
            match fault {
                None => assert_eq!(found.unwrap().len(), 1),
                Some(fault) => assert!(found.unwrap_err().contains(fault), "{text}"),
            }
        }
        assert!(glossary(folder.path(), "cs").unwrap().is_empty());
    }
}
