//! Pseudo-languages, made of the English by rule, for looking at the page: one with accents and longer words, and one of
//! Arabic letters, written from right to left. What is cut or untranslated, and what does not mirror, is seen at once.

use super::compile;
use super::translation::{FIRST, NAMES, UNITS, addresses, forms};
use crate::workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use toml::{Table, Value};

/// How a pseudo-language is made.
#[derive(Clone, Copy)]
struct Pseudo {
    /// Its tag. The regions are CLDR's for this very purpose.
    tag: &'static str,
    name: &'static str,
    direction: &'static str,
    /// The replacement of each small letter from a to z.
    letters: [&'static str; 26],
}

/// Accents, and about 40 per cent longer: each vowel is doubled.
const ACCENTED: Pseudo = Pseudo {
    tag: "en-XA",
    name: "Éñglîsh (long)",
    direction: "ltr",
    letters: [
        "áå", "ƀ", "ç", "ð", "éè", "ƒ", "ĝ", "ĥ", "îí", "ĵ", "ķ", "ļ", "ɱ", "ñ", "öô", "þ", "ǫ",
        "ŕ", "š", "ţ", "ûù", "ṽ", "ŵ", "ẋ", "ý", "ž",
    ],
};

/// Right to left, in letters that are strong in that direction.
const MIRRORED: Pseudo = Pseudo {
    tag: "ar-XB",
    name: "زفكلس (mirrored)",
    direction: "rtl",
    letters: [
        "ا", "ب", "ج", "د", "ه", "ف", "غ", "ح", "ي", "ج", "ك", "ل", "م", "ن", "و", "پ", "ق", "ر",
        "س", "ت", "ع", "ف", "و", "خ", "ي", "ز",
    ],
};

/// Writes the words and packs below `root` into `to`, with the two languages beside the others.
pub fn write(root: &Path, to: &Path) -> Result<()> {
    let mut folders = vec![root.join("text")];
    for pack in compile::folders(&root.join("packs"))? {
        folders.push(pack.join("text"));
    }
    for part in ["text", "packs"] {
        workspace::copy(&root.join(part), &to.join(part))?;
    }
    for folder in folders {
        let path = folder.join(format!("{FIRST}.toml"));
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let english: Table = text
            .parse()
            .with_context(|| format!("{} is no TOML", path.display()))?;
        for pseudo in [ACCENTED, MIRRORED] {
            let folder = to.join(folder.strip_prefix(root)?);
            let written = toml::to_string(&pseudo.file(&english))?;
            fs::write(folder.join(format!("{}.toml", pseudo.tag)), written)?;
        }
    }
    Ok(())
}

impl Pseudo {
    /// A file of words, or of a pack's words.
    fn file(&self, english: &Table) -> Table {
        let mut table = self.table(english, "");
        table.insert("draft".into(), true.into());
        if !english.contains_key("lang") {
            table.insert("name".into(), self.name.into());
        }
        table
    }

    /// A language's entries about itself are no text.
    fn own(&self, way: &str, english: &Value) -> Option<Value> {
        match way {
            "lang" => Some(self.tag.into()),
            "app.direction" => Some(self.direction.into()),
            "time.point" => Some(english.clone()),
            _ => None,
        }
    }

    fn table(&self, english: &Table, way: &str) -> Table {
        // The forms that this language counts by.
        if let Some(other) = english.get("other").and_then(Value::as_str)
            && english.values().all(Value::is_str)
        {
            let own = Value::from(self.text(other));
            let forms = forms(self.tag).into_iter();
            return forms.map(|form| (form.to_owned(), own.clone())).collect();
        }
        let field = |(key, value): (&String, &Value)| {
            let way = if way.is_empty() {
                key.clone()
            } else {
                format!("{way}.{key}")
            };
            let value = self
                .own(&way, value)
                .unwrap_or_else(|| self.value(value, &way));
            (key.clone(), value)
        };
        english.iter().map(field).collect()
    }

    fn value(&self, english: &Value, way: &str) -> Value {
        match english {
            Value::String(text) => self.text(text).into(),
            Value::Table(table) => self.table(table, way).into(),
            Value::Array(all) => Value::Array(all.iter().map(|one| self.value(one, way)).collect()),
            other => other.clone(),
        }
    }

    /// Words in other letters. Names, holes, numbers and addresses stay: a translation keeps them as well.
    fn text(&self, english: &str) -> String {
        let name = NAMES
            .iter()
            .filter_map(|name| Some((english.find(name)?, *name)))
            .min();
        if let Some((at, name)) = name
            && let Some((before, after)) = english.split_at_checked(at)
        {
            let after = after.strip_prefix(name).unwrap_or_default();
            return [&self.text(before), name, &self.text(after)].concat();
        }
        english
            .split_inclusive(char::is_whitespace)
            .map(|word| {
                let stays = |sign: char| sign.is_ascii_digit() || "{}/@".contains(sign);
                let bare = word.trim_matches(|sign: char| !sign.is_ascii_alphanumeric());
                if word.contains(stays) || UNITS.contains(&bare) || !addresses(word).is_empty() {
                    word.to_owned()
                } else {
                    // A word of one letter stays one.
                    let long = if bare.len() == 1 { 1 } else { usize::MAX };
                    let letters = word.chars().map(|sign| self.sign(sign));
                    letters
                        .map(|letters| letters.chars().take(long).collect::<String>())
                        .collect()
                }
            })
            .collect()
    }

    fn sign(&self, sign: char) -> String {
        let place = u32::from(sign.to_ascii_lowercase()).checked_sub(u32::from('a'));
        let letter = place.and_then(|place| self.letters.get(place as usize));
        match letter {
            Some(letter) if sign.is_ascii_uppercase() => letter.to_uppercase(),
            Some(letter) => (*letter).to_owned(),
            None => sign.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_change_and_what_a_translation_keeps_stays() {
        let english = "Tap {n} times: Blink says 1-781 at https://blink.com";
        assert_eq!(
            ACCENTED.text(english),
            "Ţáåþ {n} ţîíɱéèš: Blink šáåýš 1-781 áåţ https://blink.com"
        );
        assert_eq!(
            MIRRORED.text("Tap Sync Module"),
            "تاپ Sync Module",
            "names stay"
        );
    }

    #[test]
    fn both_pass_the_checks_of_translations() -> Result<()> {
        let root = crate::workspace::root()?;
        let to = tempfile::tempdir()?;
        write(&root, to.path())?;
        let words = compile::words(&to.path().join("text"))?;
        for pseudo in [ACCENTED, MIRRORED] {
            assert!(words.languages.iter().any(|tag| tag == pseudo.tag));
        }
        compile::packs(&to.path().join("packs"))?;
        Ok(())
    }
}
