//! Shipped packs are right, and wrong ones are told what is wrong, where, and how to mend it.

use super::*;
use std::path::{Path, PathBuf};
use std::rc::Rc;

fn packs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs")
}

fn told(findings: &[tree::Finding]) -> String {
    findings
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_shipped_pack_is_right() {
    for path in compile::folders(&packs()).unwrap() {
        if let Err(findings) = load::folder(&path).unwrap() {
            panic!("{}", told(&findings));
        }
    }
}

/// The Blink pack with one replacement in one of its files.
fn blink(file: &str, from: &str, to: &str) -> String {
    let read = |name: &str| {
        let mut text = std::fs::read_to_string(packs().join("blink").join(name)).unwrap();
        if name == file {
            assert!(text.contains(from), "{from} is not in {name}");
            text = text.replacen(from, to, 1);
        }
        Rc::new(tree::Source {
            path: name.into(),
            text,
        })
    };
    match load::check("blink", read("pack.toml"), vec![read("text/en.toml")]) {
        Ok(_) => String::new(),
        Err(findings) => told(&findings),
    }
}

fn line_of(file: &str, text: &str) -> usize {
    let all = std::fs::read_to_string(packs().join("blink").join(file)).unwrap();
    all.lines().position(|line| line.contains(text)).unwrap() + 1
}

fn refused(file: &str, from: &str, to: &str, expected: &[&str]) {
    let told = blink(file, from, to);
    for part in expected {
        assert!(told.contains(part), "expected {part:?} in:\n{told}");
    }
}

#[test]
fn wrong_packs_are_told_file_line_and_remedy() {
    assert_eq!(blink("pack.toml", "", ""), "");
    let line = line_of("pack.toml", "red: short every 3s");
    refused(
        "pack.toml",
        "red: short every 3s",
        "red: shrt every 3s",
        &[
            &format!("pack.toml:{line}:14:"),
            "neither a word of the notation",
            "check the spelling",
        ],
    );
    refused(
        "pack.toml",
        "severity = \"wait\"",
        "severity = \"weit\"",
        &[
            "pack.toml:",
            "\"weit\" is none of the words",
            "normal, wait, act, stop",
        ],
    );
    refused(
        "pack.toml",
        "cause = \"motion\"",
        "cuase = \"motion\"",
        &[
            "nothing here is called \"cuase\"",
            "did you mean cause?",
            "model.outdoor.signal.motion.cause is missing",
        ],
    );
    refused(
        "pack.toml",
        "cause = \"motion\"",
        "cause = \"moton\"",
        &[
            "model.outdoor.signal.motion.cause",
            "\"moton\"",
            "nothing in the pack has this id",
        ],
    );
    refused(
        "pack.toml",
        "weight = 2",
        "weight = \"2\"",
        &["\"2\" is of the wrong kind", "a number"],
    );
    refused(
        "pack.toml",
        "drawing = \"mini\"\n",
        "drawing = \"mini\"\nname = \"Mini\"\n",
        &[
            "does not belong in this file",
            "move it to the language file",
        ],
    );
    refused(
        "pack.toml",
        "wait = [30, 30]",
        "wait = [30]",
        &["1 values", "2 values"],
    );
    refused(
        "pack.toml",
        "id = \"blink\"",
        "id = \"blonk\"",
        &["not the name of its folder"],
    );
    refused("pack.toml", "[support]", "[support", &["this is no TOML"]);
    refused(
        "text/en.toml",
        "looks = \"One quick red flash, then nothing.\"",
        "",
        &[
            "text/en.toml:",
            "model.outdoor.signal.motion.looks is missing",
            "add it",
        ],
    );
    refused(
        "text/en.toml",
        "[model.outdoor.signal.motion]",
        "[model.outdoor.signal.montion]",
        &[
            "pack.toml has no model.outdoor.signal.montion",
            "did you mean motion?",
        ],
    );
    refused(
        "text/en.toml",
        "lang = \"en\"",
        "lang = \"de\"",
        &["not the name of its file"],
    );
    refused(
        "text/en.toml",
        "light_is = \"On the front, beside the lens.\"",
        "like = \"outdoor\"",
        &["does not belong in this file", "pack.toml"],
    );
}

#[test]
fn a_second_language_needs_the_same_words() {
    let read = |name: &str| std::fs::read_to_string(packs().join("blink").join(name)).unwrap();
    let source = |name: &str, text: String| {
        Rc::new(tree::Source {
            path: name.into(),
            text,
        })
    };
    let english = read("text/en.toml");
    let german = english.replacen("lang = \"en\"", "lang = \"de\"", 1);
    let check = |german: String| {
        let words = vec![
            source("text/de.toml", german),
            source("text/en.toml", english.clone()),
        ];
        load::check("blink", source("pack.toml", read("pack.toml")), words)
    };
    let folder = check(german.clone()).map_err(|f| told(&f)).ok().unwrap();
    assert_eq!(
        folder
            .languages
            .iter()
            .map(|l| l.lang.as_str())
            .collect::<Vec<_>>(),
        ["de", "en"]
    );
    let short = german.replacen("help = \"In the last few minutes.\"\n", "", 1);
    let told = check(short).map(|_| ()).map_err(|f| told(&f)).unwrap_err();
    assert!(
        told.contains("text/de.toml:")
            && told.contains("question.just-powered.help is missing")
            && told.contains("translate it"),
        "{told}"
    );
}

#[test]
fn compiled_packs_are_what_the_page_reads() {
    for made in compile::packs(&packs()).unwrap() {
        if made.name != "packs.json" {
            let file: led_doctor::pack::PackFile = serde_json::from_str(&made.text).unwrap();
            led_doctor::pack::Pack::new(file).unwrap();
        }
    }
}

#[test]
#[ignore = "prints sizes"]
fn sizes() {
    for made in compile::packs(&packs()).unwrap() {
        std::fs::write(std::env::temp_dir().join(&made.name), &made.text).unwrap();
        println!("{} {}", made.name, made.text.len());
    }
}

#[test]
fn every_scenario_comes_out_as_written() {
    for path in compile::folders(&packs()).unwrap() {
        let folder = load::folder(&path)
            .unwrap()
            .map_err(|f| told(&f))
            .ok()
            .unwrap();
        if let Err(findings) = load::scenarios(&path, &folder).unwrap() {
            panic!("{}", told(&findings));
        }
    }
}
