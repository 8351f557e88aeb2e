//! What must stay absent, checked on the source itself: the core knows no clock and no web, nothing is leaked, and no
//! markup comes from text.
#![cfg(not(target_arch = "wasm32"))]
// A test may fail loudly, in its helpers too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};

/// Names of what only the browser's side may use.
const WEB: [&str; 7] = [
    "yew",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "serde_wasm_bindgen",
    "gloo",
];
const CLOCKS: [&str; 5] = [
    "std::time",
    "Instant::now",
    "SystemTime",
    "Date::now",
    "performance()",
];

struct Source {
    path: PathBuf,
    /// Lines of code with their numbers; comments do not count.
    lines: Vec<(usize, String)>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folders: &[&str]) -> Vec<Source> {
    let is_in = |file: &str| {
        folders
            .iter()
            .any(|folder| Path::new(file).starts_with(folder))
    };
    let read = |file: String| {
        let path = root().join(file);
        let text = fs::read_to_string(&path).unwrap();
        let lines = (1..)
            .zip(text.lines())
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(number, line)| (number, line.to_owned()))
            .collect();
        Source { path, lines }
    };
    let rust = files()
        .into_iter()
        .filter(|file| file.ends_with(".rs") && is_in(file));
    let found: Vec<Source> = rust.map(read).collect();
    assert!(!found.is_empty());
    found
}

/// All that knows no browser.
const CORE: [&str; 2] = ["crates/rhythm/src", "crates/core/src"];
/// The page.
const PAGE: [&str; 1] = ["src"];

/// Whether `line` contains `word` as a separate word.
fn names(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].chars().next_back().is_some_and(part)
            && !line[at + word.len()..].chars().next().is_some_and(part)
    })
}

/// Every place of a forbidden word, as `file:line: text`.
fn found(files: &[Source], bad: impl Fn(&str) -> bool) -> Vec<String> {
    files
        .iter()
        .flat_map(|file| file.lines.iter().map(move |line| (file, line)))
        .filter(|(_, (_, line))| bad(line))
        .map(|(file, (number, line))| {
            let path = file.path.strip_prefix(root()).unwrap();
            format!("{}:{number}: {}", path.display(), line.trim())
        })
        .collect()
}

#[test]
fn the_core_names_nothing_of_the_web() {
    let hits = found(&sources(&CORE), |line| {
        WEB.iter()
            .any(|word| names(line, word) || line.contains(&format!("{word}_")))
    });
    assert!(
        hits.is_empty(),
        "only src/ may know the browser:\n{}",
        hits.join("\n")
    );
}

#[test]
fn the_core_asks_no_clock() {
    let hits = found(&sources(&CORE), |line| {
        CLOCKS.iter().any(|word| line.contains(word))
    });
    assert!(
        hits.is_empty(),
        "time comes into the core as data:\n{}",
        hits.join("\n")
    );
}

#[test]
fn views_know_nothing_of_the_app_that_shows_them() {
    let views: Vec<Source> = sources(&["src/ui"])
        .into_iter()
        .filter(|file| !file.path.starts_with(root().join("src/ui/app")))
        .filter(|file| !file.path.ends_with("mod.rs"))
        .collect();
    let hits = found(&views, |line| {
        line.contains("super::app") || line.contains("ui::app") || names(line, "App")
    });
    assert!(
        hits.is_empty(),
        "a view is given a `View` and sends a `Msg`:\n{}",
        hits.join("\n")
    );
}

#[test]
fn the_browser_side_is_compiled_for_the_browser_only() {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    assert!(text.contains("#![cfg(target_arch = \"wasm32\")]"));
}

#[test]
fn every_listener_and_timer_has_an_owner() {
    let hits = found(&sources(&PAGE), |line| {
        line.contains(".forget()") || line.contains("mem::forget")
    });
    assert!(
        hits.is_empty(),
        "what is forgotten is never removed; keep it in a value that drops it:\n{}",
        hits.join("\n")
    );
}

#[test]
fn no_markup_comes_from_text_and_no_style_from_code() {
    let words = [
        "from_html_unchecked",
        "inner_html",
        "insert_adjacent_html",
        " style=",
    ];
    let hits = found(&sources(&PAGE), |line| {
        words.iter().any(|word| line.contains(word))
    });
    assert!(
        hits.is_empty(),
        "the content security policy refuses these, and for good reasons:\n{}",
        hits.join("\n")
    );
}

/// The lines of one table of Cargo.toml.
fn table(manifest: &str, header: &str) -> Vec<String> {
    manifest
        .lines()
        .skip_while(|line| line.trim() != header)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.trim_start().starts_with('#'))
        .map(str::to_owned)
        .collect()
}

/// The names of the dependencies in a table of a manifest.
fn dependencies(manifest: &str, header: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(manifest)).unwrap();
    table(&text, header)
        .iter()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.to_owned())
        .collect()
}

#[test]
fn the_host_build_cannot_even_name_the_web() {
    assert_eq!(
        dependencies("Cargo.toml", "[dependencies]"),
        ["led-doctor-core"]
    );
    assert_eq!(
        dependencies("crates/core/Cargo.toml", "[dependencies]"),
        ["led-doctor-rhythm", "serde", "schemars"]
    );
}

#[test]
fn the_classifier_depends_on_nothing_and_what_measures_it_not_on_the_classifier() {
    assert!(dependencies("crates/rhythm/Cargo.toml", "[dependencies]").is_empty());
    assert_eq!(
        dependencies("crates/people/Cargo.toml", "[dependencies]"),
        ["rand_chacha"]
    );
}

/// Every key of the interface's words that the code asks for is there, and every key is used.
#[test]
fn the_words_that_are_asked_for_are_the_words_there_are() {
    let text = fs::read_to_string(root().join("text/en.toml")).unwrap();
    let words: toml::Table = toml::from_str(&text).unwrap();
    let mut keys = Vec::new();
    keys_of("", &words, &mut keys);
    let code = code_that_asks();
    // Odd parts are inside quotes: no key is near a quote within a quote.
    let asked = code.split('"').filter(|part| {
        let mut parts = part.split('.');
        let area = parts.next().unwrap_or("");
        words.contains_key(area) && parts.next().is_some() && !part.contains([' ', '\n', '/'])
    });
    // Kinds of devices are asked for by the name of their drawing.
    let kinds = kinds();
    let (families, mut asked): (Vec<&str>, Vec<&str>) = asked.partition(|part| part.ends_with('.'));
    let of_kinds: Vec<String> = families
        .iter()
        .flat_map(|family| kinds.iter().map(move |kind| format!("{family}{kind}")))
        .collect();
    asked.extend(of_kinds.iter().map(String::as_str));
    let plural = |key: &str| keys.iter().any(|own| *own == format!("{key}.other"));
    for key in &asked {
        assert!(
            keys.iter().any(|own| own == key) || plural(key),
            "{key} is asked for and not in text/en.toml"
        );
    }
    // The language's own name, at the top of the file, belongs to the choice of languages.
    for key in keys.iter().filter(|key| *key != "name") {
        let family = key.rsplit_once('.').map_or("", |(family, _)| family);
        assert!(
            asked.contains(&key.as_str()) || asked.contains(&family),
            "{key} is in text/en.toml and nobody asks for it"
        );
    }
}

/// All code that asks for words of the interface, its keys whole and in double quotes.
fn code_that_asks() -> String {
    let mut code: String = sources(&[
        "src/ui",
        "crates/core/src/session",
        "crates/core/src/text.rs",
        "crates/workbench/src/model_pages.rs",
    ])
    .iter()
    .flat_map(|source| source.lines.iter().map(|(_, line)| format!("{line}\n")))
    .collect();
    // The first screen is drawn before any Rust is there.
    for name in ["screen.js", "element.js"] {
        let script = fs::read_to_string(root().join("static/element").join(name)).unwrap();
        for key in script.split("WORDS['").skip(1) {
            code += &format!("\"{}\"\n", key.split('\'').next().unwrap());
        }
    }
    // The windows and the choice of a language ask for theirs by the end of the key.
    for (file, begin, area) in [
        ("static/handover.js", "t('", "hand-over"),
        ("static/film.js", "t('", "film"),
        ("static/film.js", "shared('", "share"),
        ("tools/element.mjs", "['language.", "language"),
        ("tools/element.mjs", "['manifest.", "manifest"),
        ("tools/element.mjs", "['page.", "page"),
    ] {
        let script = fs::read_to_string(root().join(file)).unwrap();
        let parts: Vec<&str> = script.split(begin).collect();
        for pair in parts.windows(2) {
            let (before, key) = (pair[0], pair[1].split(['\'', '"']).next().unwrap());
            // Not the end of another name.
            let joins =
                begin.starts_with(char::is_alphanumeric) && before.ends_with(char::is_alphanumeric);
            if !joins && !key.contains('.') {
                code += &format!("\"{area}.{key}\"\n");
            }
        }
    }
    // Of a film that cannot be read the reason's name is the key.
    let reader = fs::read_to_string(root().join("crates/film/src/reader.rs")).unwrap();
    for arm in reader.split("Refusal::").skip(1) {
        let (_, key) = arm.split_once("=> \"").unwrap_or_default();
        let key = key.split('"').next().unwrap();
        if arm.find("=>").is_some_and(|at| at < 20) {
            code += &format!("\"film.{key}\"\n");
        }
    }
    code
}

/// The kinds of devices: the drawings of them that all packs share.
fn kinds() -> Vec<String> {
    let pictures = fs::read_dir(root().join("packs/pictures")).unwrap();
    pictures
        .map(|entry| entry.unwrap().path())
        .filter(|path| fs::read_to_string(path).unwrap().contains("0 0 64 64"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect()
}

fn keys_of(prefix: &str, table: &toml::Table, keys: &mut Vec<String>) {
    for (key, value) in table {
        let key = if prefix.is_empty() {
            key.clone()
        } else {
            format!("{prefix}.{key}")
        };
        match value {
            toml::Value::Table(inner) => keys_of(&key, inner, keys),
            _ => keys.push(key),
        }
    }
}

/// What the README says there is.
#[test]
fn the_readme_names_every_maker_and_counts_the_languages() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for folder in fs::read_dir(root().join("packs")).unwrap() {
        let words = folder.unwrap().path().join("text/en.toml");
        let Ok(words) = fs::read_to_string(&words) else {
            continue;
        };
        let words: toml::Table = words.parse().unwrap();
        let name = words["name"].as_str().unwrap();
        // The pack for whatever has none.
        let known = name.split([' ', ',']).next().unwrap();
        assert!(
            readme.contains(known) || name == "Another device",
            "the README does not name {name}"
        );
    }
    let languages = fs::read_dir(root().join("text")).unwrap();
    let languages = languages.filter(|entry| entry.as_ref().unwrap().path().extension().is_some());
    let number = ["eight", "nine", "ten", "eleven", "twelve"][languages.count() - 8];
    let said = readme.replace('\n', " ");
    assert!(said.contains(&format!("in {number} languages")), "{number}");
}

/// Every file of the repository that is looked up by its name, as paths from the root.
fn files() -> Vec<String> {
    fn below(folder: &Path, into: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let is_made = ["target", "node_modules", ".git"].contains(&name.as_str());
            if is_made || path == root().join("dist") {
                continue;
            }
            into.push(
                path.strip_prefix(root())
                    .unwrap()
                    .to_string_lossy()
                    .into_owned(),
            );
            if path.is_dir() {
                below(&path, into);
            }
        }
    }
    let mut files = Vec::new();
    below(root(), &mut files);
    files
}

/// What a document shows in code's letters, blocks of code apart.
fn quoted(document: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(document)).unwrap();
    let prose = text.split("```").step_by(2);
    prose
        .flat_map(|part| part.split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect()
}

#[test]
fn what_the_documents_of_the_house_point_at_is_there() {
    let files = files();
    let code: String = files
        .iter()
        .filter(|file| file.ends_with(".rs") || file.ends_with(".js") || file.ends_with(".mjs"))
        .map(|file| fs::read_to_string(root().join(file)).unwrap())
        .collect();
    let is_name = |part: &str| {
        part.contains('_')
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let mut missing = Vec::new();
    let mut looked_up = 0;
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        for part in quoted(document) {
            // Made by the build, outside the repository, or a pattern of paths.
            let is_elsewhere = ["target", "dist", "sw.js", "~", "measure.mjs"]
                .iter()
                .any(|begin| part.starts_with(begin));
            if is_elsewhere || part.contains([' ', '*', '<', '…', '{', '=']) {
                continue;
            }
            let path = part.trim_end_matches('/');
            let is_file = [".rs", ".js", ".mjs", ".md", ".toml", ".json"]
                .iter()
                .any(|kind| part.ends_with(kind));
            let is_there = if is_file || part.contains('/') {
                let ending = format!("/{path}");
                files
                    .iter()
                    .any(|file| file == path || !path.contains('/') && file.ends_with(&ending))
            } else if part.contains("::") {
                part.split("::")
                    .all(|name| names(&code, name.trim_end_matches("()")))
            } else if is_name(&part) {
                names(&code, &part)
            } else {
                continue;
            };
            looked_up += 1;
            if !is_there {
                missing.push(format!("{document}: `{part}`"));
            }
        }
    }
    assert!(looked_up > 100, "{looked_up}");
    assert_eq!(missing, Vec::<String>::new());
}
