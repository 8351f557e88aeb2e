//! What a translation has to keep of the English, whatever its language: holes, numbers, addresses, names, the length of what stands on
//! buttons, and the plural forms that the language has. It must also say whether anyone has checked it.

use super::tree::{self, Finding, Node, Place, Source, Value};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use led_doctor_core::pack::is_deceptive;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use unic_langid::LanguageIdentifier;

/// The language that everything is written in first, and that stands in where a translation is missing.
pub const FIRST: &str = "en";

/// Names that are no words: they stand in every language as they are.
pub(super) const NAMES: [&str; 9] = [
    "LED Doctor",
    "Blink",
    "Sync Module",
    "RouteThis",
    "BLNK",
    "SmartThings",
    "Energizer",
    "DHCP",
    "GHz",
];

/// What stands on buttons, by the beginning of its key: these have little room.
const BUTTONS: [&str; 16] = [
    "app.back",
    "app.start-over",
    "app.other-device",
    "device.resume",
    "device.discard",
    "tap.say.",
    "verdict.yes",
    "verdict.no",
    "verdict.another",
    "verdict.again",
    "verdict.next",
    "plan.done",
    "plan.skip",
    "plan.wait.start",
    "support.copy",
    "support.share",
];

/// On a button a translation has this many times the letters of the English, or a few more than it.
const WIDER: f64 = 1.4;
const FEW: usize = 6;

/// Keys of the two marks of a translation: a machine wrote it, or somebody checked it.
pub const MARKS: [&str; 2] = ["draft", "reviewed"];

/// Of an English word, what its translation has in it in whatever form, in small letters.
pub type Stems = Vec<(String, String)>;

/// The words of that language that the glossary in that folder has checked; none where there is no glossary.
///
/// # Errors
/// What is wrong with the glossary.
pub fn glossary(folder: &Path, lang: &str) -> Result<Stems, Vec<Finding>> {
    let path = folder.join(format!("{lang}.toml"));
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Stems::new()),
        Err(error) => {
            let remedy = "write it as UTF-8, in a file that can be read";
            return Err(vec![at_file(
                &path,
                format!("it cannot be read: {error}"),
                remedy.into(),
            )]);
        }
    };
    let tree = tree::parse(Rc::new(Source { path, text }))?;
    let (mut stems, mut findings) = (Stems::new(), Vec::new());
    for (part, words) in tree.parts() {
        if part != "stems" && part != "terms" {
            findings.push(Finding {
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
                findings.push(Finding {
                    place: stem.place.clone(),
                    what: format!("the stem of \"{word}\" has capitals"),
                    remedy: "write it in small letters: it is looked for in words of any case"
                        .into(),
                });
            }
            stems.push((word.to_lowercase(), text.to_owned()));
        }
    }
    if findings.is_empty() {
        Ok(stems)
    } else {
        Err(findings)
    }
}

/// What is wrong with the name of a file that lies among the words: it is read by nobody, or names no language.
fn misnamed(path: &Path) -> Option<Finding> {
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
pub fn files(folder: &Path) -> std::io::Result<(Vec<PathBuf>, Vec<Finding>)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && !is_passed_over(path))
        .collect();
    files.sort();
    let misnamed = files.iter().filter_map(|path| misnamed(path)).collect();
    files.retain(|path| path.extension().is_some_and(|kind| kind == "toml"));
    Ok((files, misnamed))
}

/// What is wrong with a file as a whole.
pub fn at_file(path: &Path, what: String, remedy: String) -> Finding {
    let source = Source {
        path: path.to_owned(),
        text: String::new(),
    };
    Finding {
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

/// Words that are no names and no holes.
fn words_of(text: &str) -> usize {
    let is = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
    text.split_whitespace().filter(is).count()
}

/// Texts that still stand as in English, of all that have words to translate, and the first of them.
pub fn untranslated<'a>(english: &Node, other: &'a Node) -> (usize, usize, Option<&'a Node>) {
    let pairs: Vec<(&Node, &Node)> = match (&english.value, &other.value) {
        (Value::Table(parts), Value::Table(_)) => parts
            .iter()
            .filter_map(|(name, part)| Some((part, other.get(name)?)))
            .collect(),
        (Value::List(lines), Value::List(own)) => lines.iter().zip(own).collect(),
        // What the languages of a pack share is no word of any: it stands in another file.
        (Value::Text(text), Value::Text(own))
            if words_of(text) > 1 && english.place.source.path != other.place.source.path =>
        {
            let is = text == own;
            return (usize::from(is), 1, is.then_some(other));
        }
        _ => return (0, 0, None),
    };
    pairs
        .into_iter()
        .fold((0, 0, None), |(same, all, first), (part, own)| {
            let (more, of, one) = untranslated(part, own);
            (same + more, all + of, first.or(one))
        })
}

/// Compares a language's words with the English.
pub fn findings(lang: &str, stems: &Stems, english: &Node, other: &Node) -> Vec<Finding> {
    let mut lint = Lint {
        lang,
        stems,
        findings: Vec::new(),
    };
    if lang != FIRST {
        lint.marks(english, other);
        lint.walk(english, other, "");
    }
    lint.findings
}

struct Lint<'a> {
    lang: &'a str,
    stems: &'a Stems,
    findings: Vec<Finding>,
}

impl Lint<'_> {
    fn find(&mut self, node: &Node, what: String, remedy: &str) {
        self.findings.push(Finding {
            place: node.place.clone(),
            what,
            remedy: remedy.into(),
        });
    }

    fn marks(&mut self, english: &Node, other: &Node) {
        let is_draft = matches!(
            other.get("draft").map(|node| &node.value),
            Some(Value::Plain(serde_json::Value::Bool(true)))
        );
        let is_reviewed = other.get("reviewed").and_then(Node::text).is_some();
        if is_draft == is_reviewed {
            self.find(
                other,
                "this translation does not say whether anyone has checked it".into(),
                "write draft = true, or reviewed = \"name, YYYY-MM\" of the one who did",
            );
        }
        if let Some(node) = other.get("reviewed")
            && !node.text().is_some_and(says_when)
        {
            self.find(
                node,
                "it is not said when this was reviewed".into(),
                "write reviewed = \"name, YYYY-MM\"",
            );
        }
        // The interface says what its language is called; a pack may have the same name everywhere.
        if let (Some(name), Some(own), None) =
            (english.get("name"), other.get("name"), other.get("lang"))
            && name.text() == own.text()
        {
            self.find(
                own,
                "this language bears the name of the English".into(),
                "write how the language calls itself",
            );
        }
    }

    fn walk(&mut self, english: &Node, other: &Node, way: &str) {
        match (&english.value, &other.value) {
            (Value::Table(_), Value::Table(_)) if is_plural(english) => {
                self.plural(english, other, way);
            }
            (Value::Table(parts), Value::Table(_)) => {
                for (name, part) in parts {
                    let way = if way.is_empty() {
                        name.clone()
                    } else {
                        format!("{way}.{name}")
                    };
                    if let Some(own) = other.get(name) {
                        self.walk(part, own, &way);
                    }
                }
            }
            (Value::List(lines), Value::List(own)) => {
                if lines.len() != own.len() {
                    let what = format!("{way} has {} lines, in English {}", own.len(), lines.len());
                    self.find(other, what, "translate line by line");
                }
                for (line, own) in lines.iter().zip(own) {
                    self.walk(line, own, way);
                }
            }
            (Value::Text(text), Value::Text(own)) if own.trim().is_empty() && !text.is_empty() => {
                let what = format!("{way}: there is no text");
                self.find(other, what, &format!("translate it: {text:?}"));
            }
            (Value::Text(text), Value::Text(own)) if !is_own(way) => {
                self.same(other, way, "holes", holes(text), holes(own));
                self.same(other, way, "numbers", numbers(text), numbers(own));
                self.same(other, way, "addresses", addresses(text), addresses(own));
                self.plain(other, way, text, own);
            }
            _ => {}
        }
    }

    fn same(&mut self, node: &Node, way: &str, kind: &str, wanted: Vec<&str>, found: Vec<&str>) {
        if wanted != found {
            let list = |list: &[&str]| match list {
                [] => "none".to_owned(),
                list => list.join(" "),
            };
            let what = format!(
                "{way}: its {kind} are {}, in English {}",
                list(&found),
                list(&wanted)
            );
            self.find(node, what, "keep each of them, and add none");
        }
    }

    /// What one language's words need whatever the other's are.
    fn plain(&mut self, node: &Node, way: &str, english: &str, own: &str) {
        if own
            .chars()
            .any(|c| is_deceptive(c) || matches!(c, '\u{a0}' | '\u{202f}'))
        {
            self.find(
                node,
                format!("{way}: there is a character that nobody sees"),
                "write an ordinary space, or nothing; the page adds what right-to-left text needs",
            );
        }
        for name in NAMES {
            if has_name(english, name) && !own.contains(name) {
                let what = format!("{way}: the name {name} is missing");
                self.find(node, what, "names are not translated");
            }
        }
        let (english_small, own_small) = (english.to_lowercase(), own.to_lowercase());
        for (word, stem) in self.stems {
            if has_word(&english_small, word) && !own_small.contains(stem.as_str()) {
                let what = format!("{way}: \"{word}\" is not \"{stem}…\" here, as it is elsewhere");
                self.find(
                    node,
                    what,
                    "use the glossary's word; where its beginning changes, shorten the stem in text/glossary to what all its forms share",
                );
            }
        }
        let (long, short) = (own.chars().count(), english.chars().count());
        let room = ((short as f64 * WIDER).ceil() as usize).max(short + FEW);
        let is = |button: &str| way == button || button.ends_with('.') && way.starts_with(button);
        let is_button = BUTTONS.into_iter().any(is) || is_answer(way);
        if is_button && long > room {
            let what = format!("{way}: {long} letters, and a button has room for {room}");
            self.find(
                node,
                what,
                &format!("say it more shortly (English: {english:?})"),
            );
        }
    }

    fn plural(&mut self, english: &Node, other: &Node, way: &str) {
        let wanted = forms(self.lang);
        for form in &wanted {
            if other.get(form).is_none() {
                let what = format!("{way}: the form for `{form}` is missing");
                let remedy = format!("add {form} = \"…\", for {}", examples(self.lang, form));
                self.find(other, what, &remedy);
            }
        }
        for (form, node) in other.parts() {
            if !may_have(self.lang, form) {
                let what = format!("{way}: this language has no form `{form}`");
                self.find(node, what, &format!("its forms are {}", wanted.join(", ")));
            }
        }
        let all = english.get("other").and_then(Node::text).unwrap_or("");
        for (form, node) in other.parts() {
            let Some(own) = node.text() else { continue };
            // A form for one number alone may say the number in words.
            let may_drop = form != "other" && form != "few" && form != "many";
            let (wanted, found) = (holes(all), holes(own));
            if !(wanted == found || may_drop && found.iter().all(|hole| wanted.contains(hole))) {
                self.same(node, &format!("{way}.{form}"), "holes", wanted, found);
            }
            self.plain(node, way, all, own);
        }
    }
}

/// Words for numbers of things.
fn is_plural(node: &Node) -> bool {
    node.get("other").is_some() && node.parts().iter().all(|(_, part)| part.text().is_some())
}

/// What a language says of itself.
fn is_own(way: &str) -> bool {
    [
        "lang",
        "name",
        "app.direction",
        "time.point",
        "draft",
        "reviewed",
    ]
    .contains(&way)
}

fn is_answer(way: &str) -> bool {
    way.starts_with("question.") && way.contains(".answer.")
}

/// The plural form that a language has for a number of things; where it is not known, `other`.
fn form(rules: Option<&PluralRules>, n: u32) -> &'static str {
    rules
        .and_then(|rules| rules.select(n).ok())
        .map_or("other", named)
}

fn named(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::ZERO => "zero",
        PluralCategory::ONE => "one",
        PluralCategory::TWO => "two",
        PluralCategory::FEW => "few",
        PluralCategory::MANY => "many",
        PluralCategory::OTHER => "other",
    }
}

fn rules(lang: &str) -> Option<PluralRules> {
    let of = |tag: &str| {
        let tag: LanguageIdentifier = tag.parse().ok()?;
        PluralRules::create(tag, PluralRuleType::CARDINAL).ok()
    };
    // What is known of `pt` holds for `pt-BR`.
    of(lang).or_else(|| of(lang.split_once('-')?.0))
}

/// The plural forms that a language has for whole numbers of things, up to a thousand, and `other`, which serves parts of one.
pub(super) fn forms(lang: &str) -> Vec<&'static str> {
    let rules = rules(lang);
    let forms = (0..=1000).map(|n| form(rules.as_ref(), n));
    let forms: BTreeSet<&str> = forms.chain(["other"]).collect();
    forms.into_iter().collect()
}

/// Whether a language has this form for any number: a million, or a part, too.
fn may_have(lang: &str, form: &str) -> bool {
    let rules = rules(lang);
    let rare = |n: f64| rules.as_ref().and_then(|rules| rules.select(n).ok());
    forms(lang).contains(&form)
        || [0.5, 1.5, 2.5, 1e6]
            .into_iter()
            .filter_map(rare)
            .any(|category| named(category) == form)
}

/// Some numbers that take this form.
fn examples(lang: &str, wanted: &str) -> String {
    let rules = rules(lang);
    let some: Vec<String> = (0..=1000)
        .filter(|n| form(rules.as_ref(), *n) == wanted)
        .take(6)
        .map(|n| n.to_string())
        .collect();
    if some.is_empty() {
        "parts, such as 1.5".into()
    } else {
        some.join(", ")
    }
}

/// Whether a text ends in a month, as in `name, 2026-11`.
fn says_when(text: &str) -> bool {
    text.rsplit_once(", ").is_some_and(|(name, month)| {
        let is = month.split_once('-').is_some_and(|(year, month)| {
            let digits =
                |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_digit());
            digits(year, 4) && digits(month, 2)
        });
        is && !name.trim().is_empty()
    })
}

/// Whether the word stands in the text by itself, or with an s.
fn has_word(text: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '-';
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + word.len()..).unwrap_or("");
        let after = after.strip_prefix('s').unwrap_or(after);
        !before.is_some_and(part_of_word) && !after.chars().next().is_some_and(part_of_word)
    })
}

/// Whether the name stands in the text, and not as the beginning of another word.
fn has_name(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let after = text
            .get(at + name.len()..)
            .and_then(|rest| rest.chars().next());
        !after.is_some_and(char::is_alphanumeric)
    })
}

/// `{…}`, sorted.
fn holes(text: &str) -> Vec<&str> {
    let mut holes: Vec<&str> = text
        .split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .collect();
    holes.sort_unstable();
    holes
}

/// Runs of digits, sorted. A decimal mark parts them, whichever it is.
fn numbers(text: &str) -> Vec<&str> {
    let mut numbers: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .collect();
    numbers.sort_unstable();
    numbers
}

/// What leads somewhere, sorted.
fn addresses(text: &str) -> Vec<&str> {
    let mut addresses: Vec<&str> = text
        .split_whitespace()
        .filter(|word| word.contains("://") || word.contains("www."))
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
        .collect();
    addresses.sort_unstable();
    addresses
}

#[cfg(test)]
mod tests {
    use super::super::tree::{self, Source};
    use super::*;
    use std::rc::Rc;

    fn read(text: &str) -> Node {
        tree::parse(Rc::new(Source {
            path: "x.toml".into(),
            text: text.into(),
        }))
        .unwrap()
    }

    fn found(english: &str, other: &str) -> Vec<String> {
        let other = read(&format!("draft = true\n{other}"));
        let findings = super::findings(
            "de",
            &vec![("device".into(), "gerät".into())],
            &read(english),
            &other,
        );
        findings.into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn a_good_translation_has_no_findings() {
        let english = "[a]\nb = \"Wait {n} of 1.5 V, see https://x.example/y.\"\n[a.c]\none = \"1 flash\"\nother = \"{n} flashes\"";
        let german = "[a]\nb = \"Warten Sie {n} von 1,5 V, siehe https://x.example/y.\"\n[a.c]\none = \"1 Blitz\"\nother = \"{n} Blitze\"";
        assert_eq!(found(english, german), Vec::<String>::new());
    }

    #[test]
    fn each_kind_of_fault_is_found() {
        for (english, german, wanted) in [
            (
                "a = \"{n} of {all}\"",
                "a = \"{n} von {alle}\"",
                "holes are alle n, in English all n",
            ),
            (
                "a = \"Wait 30 seconds\"",
                "a = \"Warten Sie 3 Sekunden\"",
                "numbers are 3, in English 30",
            ),
            (
                "a = \"Call 1-781-332-5465\"",
                "a = \"Rufen Sie 1-781-332-5456 an\"",
                "numbers are",
            ),
            (
                "a = \"See https://x.example\"",
                "a = \"Siehe https://y.example\"",
                "addresses are",
            ),
            (
                "a = \"The Sync Module\"",
                "a = \"Das Synchronmodul\"",
                "the name Sync Module is missing",
            ),
            (
                "a = \"Yes\"",
                "a = \"J\u{a0}a\"",
                "a character that nobody sees",
            ),
            (
                "[plan]\ndone = \"Done\"",
                "[plan]\ndone = \"Das habe ich erledigt\"",
                "a button has room for 10",
            ),
            (
                "[a]\none = \"1 s\"\nother = \"{n} s\"",
                "[a]\nother = \"{n} s\"",
                "the form for `one` is missing",
            ),
            (
                "[a]\none = \"1 s\"\nother = \"{n} s\"",
                "[a]\none = \"1 s\"\nother = \"s\"",
                "a.other: its holes",
            ),
            ("a = \"Yes\"", "a = \" \"", "a: there is no text"),
            (
                "[a]\none = \"1 s\"\nother = \"{n} s\"",
                "[a]\none = \"1 s\"\ntwo = \"{n} s\"\nother = \"{n} s\"",
                "this language has no form `two`",
            ),
            (
                "a = [\"x\", \"y\"]",
                "a = [\"x\"]",
                "has 1 lines, in English 2",
            ),
        ] {
            let found = found(english, german);
            assert!(
                found.len() == 1 && found[0].contains(wanted),
                "{german}: {found:?}"
            );
        }
    }

    #[test]
    fn a_translation_says_whether_anyone_has_checked_it() {
        let english = read("a = \"x\"");
        for (marks, right) in [
            ("", false),
            ("draft = true\n", true),
            ("reviewed = \"A. Person, 2026-11\"\n", true),
            ("draft = true\nreviewed = \"A. Person, 2026-11\"\n", false),
            ("draft = false\n", false),
            ("reviewed = \"A. Person\"\n", false),
        ] {
            let other = read(&format!("{marks}a = \"y\""));
            assert_eq!(
                findings("fr", &Stems::new(), &english, &other).is_empty(),
                right,
                "{marks}"
            );
        }
    }

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

    #[test]
    fn what_still_stands_in_english_is_counted() {
        let source = |path: &str, text: &str| {
            tree::parse(Rc::new(Source {
                path: path.into(),
                text: text.into(),
            }))
            .unwrap()
        };
        let english = source(
            "en.toml",
            "a = \"One two three\"\nb = \"One two four\"\nc = \"OK\"",
        );
        let other = source(
            "pl.toml",
            "a = \"Raz dwa trzy\"\nb = \"One two four\"\nc = \"OK\"",
        );
        let (same, all, first) = untranslated(&english, &other);
        assert_eq!((same, all), (1, 2));
        assert_eq!(first.unwrap().place.line_and_column().0, 2);
    }

    #[test]
    fn languages_have_the_forms_that_cldr_gives_them() {
        assert_eq!(forms("ja"), ["other"]);
        assert_eq!(forms("de"), ["one", "other"]);
        assert_eq!(forms("pt-BR"), ["one", "other"]);
        assert_eq!(forms("pl"), ["few", "many", "one", "other"]);
        assert!(may_have("cs", "many") && !may_have("pl", "two"));
        assert_eq!(examples("pl", "few"), "2, 3, 4, 22, 23, 24");
        assert_eq!(examples("pl", "other"), "parts, such as 1.5");
        assert_eq!(forms("ar"), ["few", "many", "one", "other", "two", "zero"]);
    }
}
