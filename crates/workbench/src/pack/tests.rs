//! Shipped packs are right, and for wrong ones the fault, its place and its remedy are reported.

use super::*;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use led_doctor_core::codec::decode;
use led_doctor_core::node::Node as Plain;

fn packs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs")
}

fn plain(json: serde_json::Value) -> Plain {
    serde_json::from_value(json).unwrap()
}

fn in_lines(faults: &[tree::Fault]) -> String {
    faults
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_shipped_pack_is_right() {
    for path in compile::folders(&packs()).unwrap() {
        if let Err(faults) = load::folder(&path).unwrap() {
            panic!("{}", in_lines(&faults));
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
        Err(faults) => in_lines(&faults),
    }
}

fn line_of(file: &str, text: &str) -> usize {
    let all = std::fs::read_to_string(packs().join("blink").join(file)).unwrap();
    all.lines().position(|line| line.contains(text)).unwrap() + 1
}

fn refused(file: &str, from: &str, to: &str, expected: &[&str]) {
    let report = blink(file, from, to);
    for part in expected {
        assert!(report.contains(part), "expected {part:?} in:\n{report}");
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
fn what_is_no_toml_is_said_in_words_for_people_who_write_packs() {
    for (text, wanted, count) in [
        ("name = “Acme”\n", "these quotes are curly", 1),
        (
            "[a]\nb = 1\nc = 2\n[a]\nb = 1\nc = 2\n",
            "this name stands twice",
            1,
        ),
        ("weight = 0,3\n", "there is a comma in this number", 1),
    ] {
        let source = Rc::new(tree::Source {
            path: "pack.toml".into(),
            text: text.into(),
        });
        let faults = tree::parse(source).unwrap_err();
        let said: Vec<&str> = faults.iter().map(|f| f.what.as_str()).collect();
        assert!(said[0].contains(wanted), "{text}: {said:?}");
        assert!(said.len() <= count + 1, "{text}: {said:?}");
    }
}

#[test]
fn a_pack_is_found_by_its_name_and_a_near_one_is_named() {
    use super::found;
    use std::path::Path;
    for way in ["blink", "packs/blink", "packs/blink/pack.toml"] {
        let root = packs().join("..");
        let path = if way.contains('/') {
            root.join(way)
        } else {
            way.into()
        };
        assert!(found(&path).unwrap().ends_with("blink"), "{way}");
    }
    let report = found(Path::new("blinc")).unwrap_err().to_string();
    assert!(report.contains("did you mean packs/blink?"), "{report}");
    let report = found(Path::new("acme-heater-9000"))
        .unwrap_err()
        .to_string();
    assert!(report.contains("packs here: blink"), "{report}");
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
    let german = english.replacen(
        "lang = \"en\"",
        "lang = \"de\"\nreviewed = \"A. Person, 2026-11\"",
        1,
    );
    let check = |german: String| {
        let words = vec![
            source("text/de.toml", german),
            source("text/en.toml", english.clone()),
        ];
        load::check("blink", source("pack.toml", read("pack.toml")), words)
    };
    let folder = check(german.clone())
        .map_err(|f| in_lines(&f))
        .ok()
        .unwrap();
    assert_eq!(
        folder
            .languages
            .iter()
            .map(|l| l.lang.as_str())
            .collect::<Vec<_>>(),
        ["de", "en"]
    );
    let short = german.replacen(
        "help = \"Red can look orange or pink. Pick the nearest.\"\n",
        "",
        1,
    );
    let report = check(short)
        .map(|_| ())
        .map_err(|f| in_lines(&f))
        .unwrap_err();
    assert!(
        report.contains("text/de.toml:")
            && report.contains("question.colour.help is missing")
            && report.contains("translate it"),
        "{report}"
    );
}

#[test]
fn compiled_packs_are_what_the_page_reads() {
    use led_doctor_core::pack::{Index, LARGEST, Pack, PackFile};
    for path in compile::folders(&packs()).unwrap() {
        let folder = load::folder(&path).unwrap().map_err(|f| in_lines(&f));
        for loaded in folder.ok().unwrap().languages {
            // Also by way of JSON, as `pack json` prints it and the page's checker takes it.
            let json = plain(loaded.tree.to_json());
            assert_eq!(json, loaded.tree.to_plain());
            Pack::new(decode::<PackFile>(json).unwrap()).unwrap();
        }
    }
    let folders = compile::folders(&packs()).unwrap();
    let folders: Vec<load::Folder> = folders
        .iter()
        .map(|path| load::folder(path).unwrap().ok().unwrap())
        .collect();
    for made in compile::packs(&packs()).unwrap().files {
        let mut json: serde_json::Value = serde_json::from_str(&made.text).unwrap();
        if made.name.starts_with("packs.") {
            // The hash of its file is for the element's script, which keeps it to itself.
            for shelf in json["packs"].as_array_mut().unwrap() {
                let pin = shelf.as_object_mut().unwrap().remove("pin");
                assert!(pin.is_some_and(|pin| pin.as_str().unwrap().starts_with("pin-of:")));
            }
            let index: Index = decode(plain(json)).unwrap();
            assert_eq!(index.packs.len(), folders.len());
            continue;
        }
        assert!(made.text.len() < LARGEST);
        assert!(!made.text.contains("\"show\""), "{}", made.name);
        // The rhythms that the build has read are those that the page gets.
        let page = Pack::built(decode(plain(json)).unwrap());
        let (_, id, lang) = {
            let mut parts = made.name.split('.');
            (parts.next(), parts.next().unwrap(), parts.next().unwrap())
        };
        let folder = folders.iter().find(|folder| folder.id == id).unwrap();
        let is = |loaded: &&load::Loaded| loaded.lang.eq_ignore_ascii_case(lang);
        let loaded = folder.languages.iter().find(is).unwrap();
        for model in page.file().model.ids().map(|id| id.as_str()) {
            let (here, there) = (page.signals(model), loaded.pack.signals(model));
            assert_eq!(here.len(), there.len(), "{id} {model}");
            for (here, there) in here.iter().zip(there) {
                assert_eq!((&here.id, &here.layers), (&there.id, &there.layers));
            }
        }
        for (fix, about) in page.file().fix.iter() {
            for (step, here) in about.step.iter() {
                let there = loaded
                    .pack
                    .fix(fix.as_str())
                    .unwrap()
                    .step
                    .get(step.as_str());
                assert_eq!(here.layers, there.unwrap().layers, "{id} {fix} {step}");
            }
        }
    }
}

#[test]
#[ignore = "prints sizes"]
fn sizes() {
    for made in compile::packs(&packs()).unwrap().files {
        std::fs::write(std::env::temp_dir().join(&made.name), &made.text).unwrap();
        println!("{} {}", made.name, made.text.len());
    }
}

#[test]
fn every_scenario_comes_out_as_written_and_no_danger_is_told_as_harmless() {
    for path in compile::folders(&packs()).unwrap() {
        let folder = load::folder(&path)
            .unwrap()
            .map_err(|f| in_lines(&f))
            .ok()
            .unwrap();
        // A tenth of the people whom `pack check` takes: some packs would take minutes.
        let found = danger::faults(&folder, danger::PEOPLE / 10);
        assert!(found.is_empty(), "{}", in_lines(&found));
        if let Err(faults) = load::scenarios(&path, &folder).unwrap() {
            panic!("{}", in_lines(&faults));
        }
    }
}

#[test]
fn the_schemas_in_the_repository_are_current() {
    for (name, text) in schema_files().unwrap() {
        let kept = std::fs::read_to_string(packs().join("schema").join(name)).unwrap_or_default();
        assert!(
            kept == text,
            "packs/schema/{name} is out of date: run `cargo xtask pack schema`"
        );
    }
}

/// A folder for one test, gone when the test is over.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let path = std::env::temp_dir().join(format!("led-doctor-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Scratch(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_new_pack_is_right_as_it_is() {
    let scratch = Scratch::new("new");
    let path = begin::begin(&scratch.0, "acme-2").unwrap();
    let folder = load::folder(&path)
        .unwrap()
        .map_err(|f| in_lines(&f))
        .ok()
        .unwrap();
    assert_eq!(
        load::scenarios(&path, &folder)
            .unwrap()
            .map_err(|f| in_lines(&f)),
        Ok(2)
    );
    assert!(
        begin::begin(&scratch.0, "acme-2").is_err(),
        "nothing is overwritten"
    );
    assert!(begin::begin(&scratch.0, "../acme").is_err());
}

/// The interface's words in one language beside English.
fn spoken(
    scratch: &Scratch,
    lang: &str,
    change: impl Fn(&str) -> String,
) -> Result<Vec<String>, String> {
    let english = std::fs::read_to_string(packs().join("../text/en.toml")).unwrap();
    std::fs::write(scratch.0.join("en.toml"), &english).unwrap();
    std::fs::write(
        scratch.0.join(lang).with_extension("toml"),
        format!("draft = true\n{}", change(&english))
            .replace("name = \"English\"", &format!("name = \"{lang}\"")),
    )
    .unwrap();
    let made = compile::words(&scratch.0).map_err(|error| error.to_string())?;
    let ui = |made: &compile::Made| made.name.starts_with("ui.");
    Ok(made
        .files
        .into_iter()
        .filter(ui)
        .map(|made| made.name)
        .collect())
}

#[test]
fn a_language_has_the_plurals_that_it_has() {
    let scratch = Scratch::new("plurals");
    // Every `one` of the English becomes what the language has instead: Japanese has one form for all numbers, Polish three and `other`.
    let instead = |english: &str, forms: &str| {
        let lines = english
            .lines()
            .map(|line| match line.starts_with("one = ") {
                true => forms,
                false => line,
            });
        lines.collect::<Vec<_>>().join("\n")
    };
    let made = spoken(&scratch, "ja", |english| instead(english, ""));
    assert_eq!(made.unwrap(), ["ui.en.json", "ui.ja.json"]);
    let polish = "one = \"1 sekunda\"\nfew = \"{n} sekundy\"\nmany = \"{n} sekund\"";
    let made = spoken(&scratch, "pl", |english| instead(english, polish));
    assert_eq!(made.unwrap(), ["ui.en.json", "ui.ja.json", "ui.pl.json"]);
    let report = spoken(&scratch, "cs", str::to_owned).unwrap_err();
    assert!(report.contains("the form for `few` is missing"), "{report}");
    std::fs::remove_file(scratch.0.join("cs.toml")).unwrap();
    // The browser's spelling of a tag is not the file's: both are compared in small letters.
    let made = spoken(&scratch, "pt-BR", str::to_owned).unwrap();
    assert!(made.contains(&"ui.pt-br.json".to_owned()), "{made:?}");

    let report = spoken(&scratch, "cs", |english| {
        english.replace("other = \"{n} seconds\"", "")
    })
    .unwrap_err();
    let missing = "time.seconds: the form for `other` is missing";
    assert!(report.contains(missing), "{report}");
    let report = spoken(&scratch, "cs", |english| {
        english.replace("tap-one = ", "tap-two = ")
    })
    .unwrap_err();
    // Once, in the file that lacks it; and the misspelt one is named there, not the others for lacking it.
    assert_eq!(
        report.matches("settle.tap-one is missing").count(),
        1,
        "{report}"
    );
    assert!(
        report.contains("the English has no settle.tap-two"),
        "{report}"
    );
    assert!(!report.contains("en.toml:"), "{report}");
}

/// A pack made of the template, with changes to its structure and words.
pub(super) fn acme(
    structure: &[(&str, &str)],
    words: &[(&str, &str)],
) -> Result<load::Folder, String> {
    let change = |name: &str, text: &str, changes: &[(&str, &str)]| {
        let mut text = text.replace("\"NAME\"", "\"acme\"");
        for (from, to) in changes {
            assert!(text.contains(from), "{from} is not in {name}");
            text = text.replacen(from, to, 1);
        }
        Rc::new(tree::Source {
            path: name.into(),
            text,
        })
    };
    let structure = change("pack.toml", include_str!("template/pack.toml"), structure);
    let words = change("text/en.toml", include_str!("template/en.toml"), words);
    load::check("acme", structure, vec![words]).map_err(|f| in_lines(&f))
}

pub(super) const CODES: (&str, &str) = (
    "[model.box.signal.ready]",
    "[model.box.digits]\nshow = \"red long x{first}, pause 1s, green short x{second}, repeat after 3s\"\n\
     evidence = [{ grade = \"A\", source = \"manual\" }]\n\
     [model.box.code]\n2-3 = { cause = \"no-network\" }\n2 = { cause = \"no-network\", weight = 2 }\n30 = { cause = \"no-network\" }\n\
     [model.mirror]\ndrawing = \"device\"\nbase = \"box\"\nswap = { red = \"green\", green = \"red\" }\nwithout = [\"30\", \"starting\", \"no-network\"]\n\n\
     [model.box.signal.ready]",
);
pub(super) const CODE_WORDS: (&str, &str) = (
    "[model.box.signal.ready]",
    "[model.box.digits]\nname = \"{first},{second}: {name}\"\nlooks = \"{Red} {first}, then {green} {second}.\"\n\
     looks_first = \"{Red} {first}.\"\nlooks_second = \"{Green} {second}.\"\n\
     [model.box.code]\n2-3.name = \"Cable\"\n2.name = \"Fuse\"\n30.name = \"Fan\"\n\
     [model.mirror]\nname = \"Mirror\"\nhint = \"The other way round.\"\n\n[model.box.signal.ready]",
);

/// A furnace as a beginner writes it: idle blinks for ever at the pace of the codes, and two codes mean danger.
fn furnace(idle: &str) -> load::Folder {
    let idle = format!(
        "[model.box.signal.idle]\nshow = \"{idle}\"\nweight = 5\ncause = \"fine\"\n\
         evidence = [{{ grade = \"A\", source = \"manual\" }}]\n\
         [model.box.signal.polarity]\nshow = \"red: short x10 apart 0.8..1.2s, repeat after 3s\"\nweight = 0.5\ncause = \"gas\"\n\
         evidence = [{{ grade = \"A\", source = \"manual\" }}]\n\
         [model.box.signal.flame]\nshow = \"red: short x5 apart 0.8..1.2s, repeat after 3s\"\nweight = 0.5\ncause = \"gas\"\n\
         evidence = [{{ grade = \"A\", source = \"manual\" }}]\n\n[model.box.signal.ready]"
    );
    acme(
        &[
            ("[model.box.signal.ready]", &idle),
            ("fine.severity", "gas.severity = \"stop\"\nfine.severity"),
        ],
        &[
            (
                "[model.box.signal.ready]",
                "[model.box.signal.idle]\nname = \"Idle\"\nlooks = \"Blinks.\"\n\
                 [model.box.signal.polarity]\nname = \"Polarity\"\nlooks = \"Ten flashes.\"\n\
                 [model.box.signal.flame]\nname = \"Flame\"\nlooks = \"Five flashes.\"\n\n[model.box.signal.ready]",
            ),
            (
                "[cause.fine]",
                "[cause.gas]\ntitle = \"Danger\"\nmeaning = \"Gas.\"\n[cause.fine]",
            ),
        ],
    )
    .unwrap()
}

#[test]
fn a_danger_is_not_told_as_harmless() {
    let found = danger::faults(&furnace("red: short every 0.8..1.2s"), danger::PEOPLE);
    assert!(found.is_empty(), "{}", in_lines(&found));
}

#[test]
fn number_codes_and_variants_are_written_out() {
    let folder = acme(&[CODES], &[CODE_WORDS]).unwrap();
    let pack = &folder.languages[0].pack;
    let seen = |model: &str, id: &str| {
        let signal = pack
            .signal(model, id)
            .unwrap_or_else(|| panic!("{model} has no {id}"));
        (
            signal.about.show.clone(),
            signal.about.name.clone(),
            signal.about.looks.clone(),
            signal.about.weight,
        )
    };
    let expected = |a: &str, b: &str, c: &str, w| (a.to_owned(), b.to_owned(), c.to_owned(), w);
    assert_eq!(
        seen("box", "code-2-3"),
        expected(
            "red long x2, pause 1s, green short x3, repeat after 3s",
            "2,3: Cable",
            "Red 2, then green 3.",
            1.0
        )
    );
    assert_eq!(
        seen("box", "code-2"),
        expected(
            "green short x2, repeat after 3s",
            "0,2: Fuse",
            "Green 2.",
            2.0
        )
    );
    assert_eq!(
        seen("box", "code-30"),
        expected("red long x3, repeat after 3s", "3,0: Fan", "Red 3.", 1.0)
    );
    assert_eq!(
        seen("mirror", "code-2-3"),
        expected(
            "green long x2, pause 1s, red short x3, repeat after 3s",
            "2,3: Cable",
            "Green 2, then red 3.",
            1.0
        )
    );
    assert_eq!(seen("mirror", "ready").0, "red: steady");
    assert!(
        pack.signal("mirror", "code-30").is_none() && pack.signal("mirror", "starting").is_none()
    );
    assert_eq!(
        pack.signal("box", "code-2-3")
            .unwrap()
            .about
            .code
            .as_ref()
            .unwrap()
            .as_str(),
        "2-3"
    );
}

#[test]
fn a_scenario_names_lights_that_there_are_and_all_that_it_needs() {
    let folder = acme(&[], &[]).unwrap();
    let pack = Rc::new(folder.languages[0].pack.clone());
    let run = |text: &str| {
        let source = tree::Source {
            path: "scenarios.toml".into(),
            text: text.into(),
        };
        scenario::run(Rc::new(source), &pack).map_err(|found| in_lines(&found))
    };
    let report =
        run("[a]\nmodel = \"box\"\ntaps = \"gren:0 gren:1\"\nexpect = \"open\"").unwrap_err();
    assert!(report.contains("there is no light gren"), "{report}");
    assert!(
        report.contains("the lights of this pack are green, red"),
        "{report}"
    );
}

#[test]
fn what_people_counted_can_be_asked() {
    let ask = (
        "[model.box.digits]\n",
        "[model.box.digits]\nask = [\"longs\", \"shorts\"]\n",
    );
    let questions = (
        "[question]\n",
        "[question]\nlongs.count = [0, 3]\nshorts.count = [0, 5]\n",
    );
    let words = (
        "[question.just-on]",
        "[question.longs]\nask = \"How many long ones?\"\n[question.shorts]\nask = \"How many short ones?\"\n[question.just-on]",
    );
    let folder = acme(&[questions, CODES, ask], &[CODE_WORDS, words]).unwrap();
    let pack = &folder.languages[0].pack;
    let answers: Vec<&str> = pack
        .file()
        .question
        .get("longs")
        .unwrap()
        .answer
        .ids()
        .map(|id| id.as_str())
        .collect();
    assert_eq!(answers, ["0", "1", "2", "3"]);
    let expect = &pack.signal("box", "code-2-3").unwrap().about.expect;
    assert_eq!(expect.get("longs").unwrap().answer.as_str(), "2");
    assert_eq!(expect.get("shorts").unwrap().answer.as_str(), "3");
    let report = acme(
        &[
            (
                questions.0,
                "[question]\nlongs.count = [3, 3]\nshorts.count = [0, 5]\n",
            ),
            CODES,
            ask,
        ],
        &[CODE_WORDS, words],
    );
    assert!(
        report
            .map(|_| ())
            .unwrap_err()
            .contains("no range to count in")
    );
}

#[test]
fn what_loses_something_comes_after_what_does_not_unless_a_reason_is_given() {
    let wipe = (
        "[fix.support]\n",
        "[fix.wipe]\nevidence = [{ grade = \"A\", source = \"manual\" }]\n[fix.wipe.step]\nloss = { kind = \"loss\" }\n\n[fix.support]\n",
    );
    let words = (
        "[fix.support]\n",
        "[fix.wipe]\ntitle = \"Erase it\"\nwhy = \"A fresh start.\"\n[fix.wipe.step]\nloss.text = \"All is lost.\"\n\n[fix.support]\n",
    );
    let silent = ("because = \"A restart is quick and often helps.\"", "");
    let order = |order: &'static str| ("order = [\"restart\", \"support\"]", order);
    let hasty = order("order = [\"wipe\", \"restart\", \"support\"]");
    let gentle = order("order = [\"restart\", \"wipe\", \"support\"]");
    let report = acme(&[wipe, hasty], &[words, silent])
        .map(|_| ())
        .unwrap_err();
    assert!(
        report.contains("wipe loses something and comes before restart"),
        "{report}"
    );
    // The reason is what the person is shown.
    assert!(acme(&[wipe, hasty], &[words]).is_ok());
    assert!(acme(&[wipe, gentle], &[words, silent]).is_ok());
}

#[test]
fn what_people_could_not_live_with_is_refused() {
    let refused = |structure: &[(&str, &str)], words: &[(&str, &str)], expected: &str| {
        let report = acme(structure, words).map(|_| ()).unwrap_err();
        assert!(
            report.contains(expected),
            "expected {expected:?} in:\n{report}"
        );
    };
    refused(
        &[(
            "order = [\"restart\", \"support\"]",
            "order = [\"restart\"]",
        )],
        &[],
        "fix.support: nothing leads here",
    );
    refused(
        &[(
            "order = [\"restart\", \"support\"]",
            "order = [\"restart\", \"support\", \"restart\"]",
        )],
        &[],
        "restart comes twice",
    );
    // Five minutes, meant; a rule that cannot be read, once and where it is written.
    refused(
        &[(
            "unplug = { wait = [10, 30] }",
            "unplug = { wait = [5, 10] }",
        )],
        &[("Pull the plug, and wait.", "Pull the plug for 5 minutes.")],
        "the words speak of minutes, and the countdown is of 10 seconds",
    );
    let (at, codes) = CODES;
    let codes = codes.replace("pause 1s", "pause 1000");
    let report = acme(&[(at, &codes)], &[CODE_WORDS])
        .map(|_| ())
        .unwrap_err();
    assert!(report.contains("digits.show, with 2 and 3"), "{report}");
    assert_eq!(report.matches("the unit is missing").count(), 1, "{report}");
    refused(
        &[("plug = { wait", "plug = { kind = \"leave-wifi\", wait")],
        &[],
        "on box, the phone leaves the home network and no step brings it back",
    );
    refused(
        &[("severity = \"wait\"", "severity = \"act\"")],
        &[],
        "something is to be done on box, and no plan says what",
    );
    refused(
        &[
            ("fine.severity = \"normal\"", "fine.severity = \"stop\""),
            ("cause = \"no-network\"\norder", "cause = \"fine\"\norder"),
        ],
        &[],
        "can have no plan",
    );
    refused(
        &[("answer = \"no\", sure", "answer = \"yes\", sure")],
        &[],
        "just-on tells no two of its signals apart",
    );
    refused(
        &[
            ("green: blink every 1s", "green: steady"),
            (
                "expect = { just-on = { answer = \"yes\", sure = 0.9 } }",
                "",
            ),
        ],
        &[],
        "looks the same",
    );
    refused(
        &[("short x2 every 4s", "short x2 apart 0.1s every 4s")],
        &[],
        "nobody can count",
    );
    refused(
        &[("short x2 every 4s", "short x2 apart 2s every 4s")],
        &[],
        "no longer than the gaps",
    );
    refused(
        &[(
            "sure = 0.8 } }\nevidence = [{ grade = \"A\", source = \"manual\" }]",
            "sure = 0.8 } }\nevidence = []",
        )],
        &[],
        "nothing says where this comes from",
    );
    refused(
        &[CODES, ("2-3 = {", "2-99 = {")],
        &[CODE_WORDS, ("2-3.name", "2-99.name")],
        "2-99 is no number code",
    );
    refused(
        &[CODES, ("base = \"box\"", "base = \"bix\"")],
        &[CODE_WORDS],
        "there is no such model",
    );
    refused(
        &[CODES, ("\"30\", \"starting\"", "\"31\", \"starting\"")],
        &[CODE_WORDS],
        "no such signal or code",
    );
}

#[test]
fn a_language_and_a_device_are_files_and_no_code() {
    let scratch = Scratch::new("added");
    let path = begin::begin(&scratch.0, "acme").unwrap();
    // A device: a few lines in both files. Its words come before the tables that follow, as TOML wants it.
    let add = |file: &str, more: &str| {
        let text = std::fs::read_to_string(path.join(file)).unwrap();
        std::fs::write(path.join(file), text + more).unwrap();
    };
    add(
        "pack.toml",
        "\n[model.tower]\ndrawing = \"desktop\"\nbase = \"box\"\n",
    );
    add(
        "text/en.toml",
        "\n[model.tower]\nname = \"The tower\"\nhint = \"It is tall.\"\n",
    );
    // A language: a copy of the words, translated.
    let english = std::fs::read_to_string(path.join("text/en.toml")).unwrap();
    let german = english
        .replace("lang = \"en\"", "lang = \"de\"\ndraft = true")
        .replace("Your maker", "Ihr Hersteller")
        .replace("The tower", "Der Turm");
    std::fs::write(path.join("text/de.toml"), german).unwrap();

    let made = compile::packs(&scratch.0).unwrap().files;
    let file = |name: &str| {
        &made
            .iter()
            .find(|made| made.name == name)
            .unwrap_or_else(|| panic!("no {name}"))
            .text
    };
    let pack = plain(serde_json::from_str(file("pack.acme.de.json")).unwrap());
    let pack = led_doctor_core::pack::Pack::built(decode(pack).unwrap());
    assert_eq!(pack.model("tower").unwrap().name, "Der Turm");
    assert_eq!(pack.signals("tower").len(), 3);
    let index = index(file("packs.de.json"));
    assert_eq!(
        (index.packs[0].name.as_str(), index.packs[0].file.as_str()),
        ("Ihr Hersteller", "pack.acme.de.json")
    );
    let index = self::index(file("packs.json"));
    assert_eq!(index.packs[0].models[1].name, "The tower");
}

/// The list of packs, as the page gets it.
fn index(text: &str) -> led_doctor_core::pack::Index {
    let mut json: serde_json::Value = serde_json::from_str(text).unwrap();
    for shelf in json["packs"].as_array_mut().unwrap() {
        shelf.as_object_mut().unwrap().remove("pin");
    }
    decode(plain(json)).unwrap()
}
