//! What a translation has to keep of the English, whatever its language: holes, numbers, addresses, names, the length of what is on
//! buttons, and the plural forms that the language has. It must also say whether anyone has checked it.

pub mod back;
mod glossary;
mod plural_forms;
mod text_files;
mod typeset;

use super::tree::{Fault, Node, Value};
pub use glossary::{Stems, glossary};
use led_doctor_core::pack::is_deceptive;
pub use plural_forms::forms;
use plural_forms::{examples, may_have};
pub use text_files::{at_file, files, is_passed_over};
pub use typeset::typeset;

/// The language that everything is written in first, and that is used where a translation is missing.
pub const FIRST: &str = "en";

/// Names that are no words: they are the same in every language.
pub(super) const NAMES: [&str; 24] = [
    "LED Doctor",
    "Blink",
    "Sync Module",
    "RouteThis",
    "BLNK",
    "SmartThings",
    "Energizer",
    "DHCP",
    "GHz",
    "Dell",
    "Alienware",
    "Service Tag",
    "Caps Lock",
    "Raspberry Pi",
    "Honda",
    "Lennox",
    "LiftMaster",
    "Learn",
    "Kidde",
    "First Alert",
    "Goodman",
    "Amana",
    "Daikin",
    "Tesla",
];

/// Signs of units, which are the same in every language; the number before them is compared by itself.
pub(super) const UNITS: [&str; 8] = ["V", "A", "W", "mA", "GHz", "MHz", "Mbit/s", "Mbps"];

/// Texts of buttons, by the beginning of their keys: these have little room.
const BUTTONS: [&str; 34] = [
    "again.next",
    "app.back",
    "app.start-over",
    "app.other-device",
    "choose.play",
    "choose.stop",
    "device.resume",
    "device.discard",
    "film.camera",
    "film.close",
    "film.file",
    "film.find",
    "film.stop",
    "hand-over.close",
    "hand-over.copy",
    "hand-over.leave",
    "hand-over.open",
    "own.open",
    "plan.done",
    "plan.loss-agree",
    "plan.look.",
    "plan.skip",
    "plan.wait.start",
    "support.copy",
    "support.hand-over",
    "support.print",
    "support.save",
    "support.share",
    "tap.say.",
    "verdict.again",
    "verdict.another",
    "verdict.next",
    "verdict.no",
    "verdict.yes",
];

/// On a button a translation has this many times the letters of the English, or a few more than it.
const WIDER: f64 = 1.4;
const FEW: usize = 6;

/// Keys of the two marks of a translation: a machine wrote it, or somebody checked it.
pub const MARKS: [&str; 2] = ["draft", "reviewed"];

/// Words that are no names and no holes.
fn words_of(text: &str) -> usize {
    let is = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
    text.split_whitespace().filter(is).count()
}

/// Texts that are still as in English, of all that have words to translate, and the first of them.
pub fn untranslated<'a>(english: &Node, other: &'a Node) -> (usize, usize, Option<&'a Node>) {
    let pairs: Vec<(&Node, &Node)> = match (&english.value, &other.value) {
        (Value::Table(parts), Value::Table(_)) => parts
            .iter()
            .filter_map(|(name, part)| Some((part, other.get(name)?)))
            .collect(),
        (Value::List(lines), Value::List(own)) => lines.iter().zip(own).collect(),
        // What the languages of a pack share is no word of any: it is in another file.
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
pub fn faults(lang: &str, stems: &Stems, english: &Node, other: &Node) -> Vec<Fault> {
    let mut lint = Lint {
        lang,
        stems,
        faults: Vec::new(),
    };
    if lang != FIRST {
        lint.marks(english, other);
        lint.walk(english, other, "");
    }
    lint.faults
}

struct Lint<'a> {
    lang: &'a str,
    stems: &'a Stems,
    faults: Vec<Fault>,
}

impl Lint<'_> {
    fn find(&mut self, node: &Node, what: String, remedy: &str) {
        self.faults.push(Fault {
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
                let wanted = self.kept(numbers(text), &numbers(own));
                self.same(other, way, "numbers", wanted, numbers(own));
                self.same(other, way, "addresses", addresses(text), addresses(own));
                self.same(other, way, "units", units(text), units(own));
                self.plain(other, way, text, own);
            }
            _ => {}
        }
    }

    /// The numbers that a translation keeps: a language with a form for two of a thing says one and two without a number.
    fn kept<'t>(&self, numbers: Vec<&'t str>, own: &[&str]) -> Vec<&'t str> {
        if !forms(self.lang).contains(&"two") {
            return numbers;
        }
        let (small, mut all): (Vec<&str>, Vec<&str>) =
            numbers.into_iter().partition(|n| matches!(*n, "1" | "2"));
        let times = |of: &[&str], n: &str| of.iter().filter(|own| **own == n).count();
        for n in ["1", "2"] {
            let times = times(&small, n).min(times(own, n));
            all.extend(small.iter().filter(|own| **own == n).take(times));
        }
        all.sort_unstable();
        all
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

/// A language's entries about itself.
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

/// Whether the text contains the word, alone or with an s.
fn has_word(text: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '-';
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + word.len()..).unwrap_or("");
        let after = after.strip_prefix('s').unwrap_or(after);
        !before.is_some_and(part_of_word) && !after.chars().next().is_some_and(part_of_word)
    })
}

/// Whether the text contains the name, and not as the beginning of another word.
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

/// What leads somewhere, sorted: pages, hosts and telephone numbers. A number in the text alone is none.
pub(super) fn addresses(text: &str) -> Vec<&str> {
    let is_host = |word: &str| {
        let end = word.split('/').next().unwrap_or(word).rsplit('.').next();
        let is_end =
            end.is_some_and(|end| end.len() >= 2 && end.bytes().all(|b| b.is_ascii_lowercase()));
        word.contains('.') && is_end
    };
    let is_number = |word: &str| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        digits >= 7 && word.contains('-')
    };
    let mut addresses: Vec<&str> = text
        .split(|c: char| !c.is_ascii() || c.is_ascii_whitespace())
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
        .filter(|word| word.contains("://") || is_host(word) || is_number(word))
        .collect();
    addresses.sort_unstable();
    addresses
}

/// The signs of units behind numbers, sorted.
fn units(text: &str) -> Vec<&str> {
    let after = text.match_indices(|c: char| c.is_ascii_digit());
    let mut units: Vec<&str> = after
        .filter_map(|(at, _)| {
            let rest = text.get(at + 1..)?.trim_start_matches([' ', '\u{202f}']);
            UNITS.into_iter().find(|unit| {
                let end = rest.strip_prefix(unit);
                end.is_some_and(|end| !end.starts_with(|c: char| c.is_ascii_alphanumeric()))
            })
        })
        .collect();
    units.sort_unstable();
    units
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
        let faults = super::faults(
            "de",
            &vec![("device".into(), "gerät".into())],
            &read(english),
            &other,
        );
        faults.into_iter().map(|fault| fault.what).collect()
    }

    #[test]
    fn a_good_translation_has_no_faults() {
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
            ("a = \"Code 5465\"", "a = \"Code 5456\"", "numbers are"),
            (
                "a = \"1-781-332-5465\"",
                "a = \"1-332-781-5465\"",
                "addresses are 1-332-781-5465, in English 1-781-332-5465",
            ),
            (
                "a = \"See help.x.example.\"",
                "a = \"Siehe help.y.example.\"",
                "addresses are help.y.example",
            ),
            (
                "a = \"Read 1.5 V\"",
                "a = \"Lesen: 1,5 A\"",
                "units are A, in English V",
            ),
            (
                "a = \"The device blinks\"",
                "a = \"Die Kamera blinkt\"",
                "\"device\" is not \"gerät…\"",
            ),
            ("name = \"English\"", "name = \"English\"", "bears the name"),
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
                "a = \"Yes\"",
                "a = \"\u{200f}Ja\"",
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
                faults("fr", &Stems::new(), &english, &other).is_empty(),
                right,
                "{marks}"
            );
        }
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
}
