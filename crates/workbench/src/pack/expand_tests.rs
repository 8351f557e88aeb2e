//! What authors may write in short is written out, and drawings are read.

use super::tests::{CODE_WORDS, CODES, acme};
use led_doctor_core::pack::Pack;

fn pack(structure: &[(&str, &str)], words: &[(&str, &str)]) -> Pack {
    let folder = acme(structure, words).unwrap();
    folder.languages[0].pack.clone()
}

#[test]
fn codes_that_mean_the_same_are_one_line() {
    let range = (
        "2-3 = { cause = \"no-network\" }",
        "\"2-3..5\" = { cause = \"no-network\", weight = 0.5 }",
    );
    let words = ("2-3.name = \"Cable\"", "\"2-3..5\".name = \"Cable\"");
    let pack = pack(&[CODES, range], &[CODE_WORDS, words]);
    for (id, name) in [("code-2-3", "2,3: Cable"), ("code-2-5", "2,5: Cable")] {
        let signal = pack.signal("box", id).unwrap();
        assert_eq!(signal.about.name, name);
        assert!((signal.about.weight - 0.5).abs() < 1e-9);
    }
    assert!(pack.signal("box", "code-2-6").is_none());
    // What is in a range is not unlisted.
    assert!(pack.unlisted("box").unwrap().get("2-4").is_none());
}

#[test]
fn a_range_that_is_none_is_said() {
    for wrong in ["2-5..3", "2-3..x", "2-3..99"] {
        let range = ("2-3 = { cause", &*format!("\"{wrong}\" = {{ cause"));
        let Err(said) = acme(&[CODES, range], &[CODE_WORDS]) else {
            unreachable!("{wrong} is taken for a range")
        };
        assert!(
            said.contains(&format!("{wrong} is no range of codes")),
            "{said}"
        );
    }
}

#[test]
fn one_plan_serves_several_causes() {
    let pack = pack(
        &[
            (
                "cause = \"no-network\"\norder",
                "causes = [\"no-network\", \"starting\"]\norder",
            ),
            (
                "starting.severity = \"wait\"",
                "starting.severity = \"act\"",
            ),
        ],
        &[],
    );
    let of = |cause: &str| {
        pack.plan(cause, "box")
            .map(|(id, plan)| (id.to_string(), plan))
    };
    let (first, (second, plan)) = (of("no-network").unwrap(), of("starting").unwrap());
    assert_eq!(plan.order, first.1.order);
    assert_ne!(second, first.0);
}

#[test]
fn a_plan_for_no_cause_or_for_two_lists_of_them_is_said() {
    for (plan, said) in [
        ("order", "is for no cause"),
        ("causes = []\norder", "an empty list of causes"),
        (
            "cause = \"no-network\"\ncauses = [\"no-network\"]\norder",
            "cause and causes",
        ),
    ] {
        let Err(report) = acme(&[("cause = \"no-network\"\norder", plan)], &[]) else {
            unreachable!("{plan}")
        };
        assert!(report.contains(said), "{report}");
    }
}

const QUESTION: (&str, &str) = (
    "[model.box.signal.ready]",
    "[question.lid]\nanswer = { open = {}, shut = {} }\n[model.box.signal.ready]\nexpect.lid = { answer = \"open\" }",
);
const QUESTION_WORDS: (&str, &str) = (
    "[model.box.signal.ready]",
    "[question.lid]\nask = \"The lid?\"\n[question.lid.answer]\nopen.text = \"Open\"\nshut.text = \"Shut\"\n[model.box.signal.ready]",
);

#[test]
fn a_model_drops_a_question_that_it_takes_over() {
    let other = (
        "[question.lid]",
        "[model.tower]\nbase = \"box\"\nunasked = [\"lid\"]\n[question.lid]",
    );
    let more = (
        "sure = 0.9 } }",
        "sure = 0.9 }, lid = { answer = \"shut\" } }",
    );
    let words = (
        "[question.lid]",
        "[model.tower]\nname = \"Tower\"\nhint = \"Tall.\"\n[question.lid]",
    );
    let pack = pack(&[QUESTION, other, more], &[QUESTION_WORDS, words]);
    let asks = |model: &str| !pack.signal(model, "ready").unwrap().about.expect.is_empty();
    assert!(asks("box") && !asks("tower"));
}

#[test]
fn two_schemes_stand_side_by_side_with_the_answer_that_tells_them_apart() {
    let either = (
        "[model.box.signal.ready]",
        "[question.which]\nanswer = { old = {}, new = {} }\n\
         [model.new]\n[model.new.signal.ready]\nshow = \"green: steady\"\ncause = \"fine\"\nevidence = [{ grade = \"A\", source = \"manual\" }]\n\
         [model.new.signal.no-network]\nshow = \"red: short x4, repeat after 3s\"\ncause = \"no-network\"\nevidence = [{ grade = \"A\", source = \"manual\" }]\n\
         [model.unsure]\ntell = \"which\"\neither = { box = \"old\", new = \"new\" }\n\
         [model.box.signal.ready]",
    );
    let words = (
        "[model.box.signal.ready]",
        "[question.which]\nask = \"Which?\"\n[question.which.answer]\nold.text = \"Old\"\nnew.text = \"New\"\n\
         [model.new]\nname = \"New\"\nhint = \"New.\"\n[model.new.signal.ready]\nname = \"Ready\"\nlooks = \"Green.\"\n\
         [model.new.signal.no-network]\nname = \"No network\"\nlooks = \"Four red flashes.\"\n\
         [model.unsure]\nname = \"Not sure\"\nhint = \"Either.\"\n\
         [model.box.signal.ready]",
    );
    let pack = pack(&[either], &[words]);
    let answer = |id: &str| {
        let signal = pack
            .signal("unsure", id)
            .unwrap_or_else(|| panic!("no {id}"));
        let expect = signal.about.expect.get("which");
        expect.map(|expect| expect.answer.to_string())
    };
    // Both show it, and mean the same by it.
    assert_eq!(answer("ready"), None);
    assert_eq!(answer("no-network").as_deref(), Some("old"));
    assert_eq!(answer("no-network-new").as_deref(), Some("new"));
}

mod drawings {
    use super::super::{begin, load};
    use std::path::{Path, PathBuf};

    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\"><title>A box</title>\
                       <path class=\"lines\" d=\"M4 4h56\"/><path class=\"light\" d=\"M8 8h2\"/></svg>";

    /// A new pack whose own drawing has this text.
    fn drawn(svg: &str) -> (tempfile::TempDir, PathBuf) {
        let scratch = tempfile::tempdir().unwrap();
        let path = begin::begin(scratch.path(), "acme").unwrap();
        let toml = std::fs::read_to_string(path.join("pack.toml")).unwrap();
        let toml = toml.replacen("drawing = \"device\"", "drawing = \"toaster\"", 1);
        std::fs::write(path.join("pack.toml"), toml).unwrap();
        std::fs::create_dir(path.join("pictures")).unwrap();
        std::fs::write(path.join("pictures/toaster.svg"), svg).unwrap();
        (scratch, path)
    }

    fn said(path: &Path) -> String {
        match load::folder(path).unwrap() {
            Ok(_) => String::new(),
            Err(faults) => faults.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn a_pack_brings_drawings_of_its_own_and_no_code() {
        let (_scratch, path) = drawn(SVG);
        let Ok(folder) = load::folder(&path).unwrap() else {
            unreachable!("{}", said(&path))
        };
        let pack = &folder.languages[0].pack;
        let model = pack.file().model.iter().next().unwrap();
        let name = model.1.drawing.as_ref().unwrap();
        let drawing = pack.picture(model.0.as_str(), name.as_str()).unwrap();
        assert_eq!(drawing.lines.as_deref(), Some("M4 4h56"));
        assert_eq!(drawing.light.as_deref(), Some("M8 8h2"));
        assert_eq!(drawing.accent, None);
    }

    #[test]
    fn what_is_no_plain_drawing_is_said_with_its_place() {
        let wrong = |from: &str, to: &str| {
            assert!(SVG.contains(from));
            SVG.replacen(from, to, 1)
        };
        for (svg, what) in [
            (
                wrong("<title>A box</title>", "<script>alert(1)</script>"),
                "cannot have this script",
            ),
            (
                wrong("<path class=\"lines\"", "<path onload=\"x()\""),
                "cannot have this path",
            ),
            (
                wrong(
                    "<title>A box</title>",
                    "<image href=\"https://a.example/b\"/>",
                ),
                "cannot have this image",
            ),
            (
                wrong("0 0 64 64", "0 0 100 100"),
                "the canvas of this drawing is not 0 0 64 64",
            ),
            (wrong("M4 4h56", "url(#x)"), "this is no path"),
            (wrong("</svg>", ""), "this is no SVG"),
            (wrong("M4 4h56", &"M4 4h56".repeat(600)), "bytes"),
        ] {
            let (_scratch, path) = drawn(&svg);
            let said = said(&path);
            assert!(said.contains(what), "{what}: {said}");
        }
    }

    #[test]
    fn a_drawing_that_is_not_there_is_said_with_those_that_are() {
        let (_scratch, path) = drawn(SVG);
        std::fs::remove_file(path.join("pictures/toaster.svg")).unwrap();
        let said = said(&path);
        assert!(said.contains("there is no drawing toaster"), "{said}");
    }

    #[test]
    fn a_picture_of_the_light_has_words_beside_it() {
        let scratch = tempfile::tempdir().unwrap();
        let path = begin::begin(scratch.path(), "acme").unwrap();
        let toml = std::fs::read_to_string(path.join("pack.toml")).unwrap();
        let toml = toml.replacen("drawing = ", "picture.light = \"plug\"\ndrawing = ", 1);
        std::fs::write(path.join("pack.toml"), toml).unwrap();
        let english = path.join("text/en.toml");
        let words = std::fs::read_to_string(&english).unwrap();
        let without: String = words
            .lines()
            .filter(|line| !line.starts_with("light_is"))
            .fold(String::new(), |all, line| all + line + "\n");
        std::fs::write(english, without).unwrap();
        assert!(
            said(&path).contains("no words beside it"),
            "{}",
            said(&path)
        );
    }
}

/// The texts that the guide quotes are the texts that are shown.
#[test]
fn the_guide_quotes_the_warnings_of_dangers() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let guide = read("docs/packs.md");
    let text: toml::Table = toml::from_str(&read("text/en.toml")).unwrap();
    let stop = text["stop"].as_table().unwrap();
    for name in ["text", "gas", "carbon-monoxide", "mains", "fire"] {
        let warning = stop[name].as_str().unwrap();
        assert!(guide.contains(warning), "docs/packs.md: {name}");
    }
}

mod back {
    use super::super::translation::back;
    use super::super::tree::{Source, parse};
    use super::pack;
    use std::rc::Rc;

    fn warnings() -> Vec<back::Warning> {
        let pack = pack(
            &[
                (
                    "unplug = { wait = [10, 30] }",
                    "unplug = { wait = [10, 30], kind = \"safety\" }",
                ),
                (
                    "fine.severity",
                    "gas = { severity = \"stop\", danger = \"gas\" }\nfine.severity",
                ),
                ("cause = \"fine\"", "cause = \"gas\""),
                ("fine.severity = \"normal\"\n", ""),
            ],
            &[(
                "[cause.fine]\ntitle = \"Nothing is wrong\"\nmeaning = \"It works.\"",
                "[cause.gas]\ntitle = \"Gas\"\nmeaning = \"It leaks.\"",
            )],
        );
        back::of_pack(pack.file())
    }

    fn file(text: &str) -> super::super::tree::Node {
        parse(Rc::new(Source {
            path: "text/back/xx.toml".into(),
            text: text.into(),
        }))
        .unwrap()
    }

    #[test]
    fn dangers_warnings_and_the_notice_are_asked_for() {
        let warnings = warnings();
        let ways: Vec<&str> = warnings.iter().map(|one| one.place.1.as_str()).collect();
        assert_eq!(
            ways,
            [
                "notice",
                "cause.gas.title",
                "cause.gas.meaning",
                "fix.restart.step.unplug.text"
            ]
        );
    }

    #[test]
    fn what_was_filled_in_is_enough_until_the_warning_changes() {
        let mut warnings = warnings();
        let all: Vec<&back::Warning> = warnings.iter().collect();
        let skeleton = back::to_fill_in(&all);
        assert_eq!(
            back::missing(&file(&skeleton), &warnings).len(),
            4,
            "nothing is filled in yet"
        );
        let filled = file(&skeleton.replace("back = \"\"", "back = \"As it says.\""));
        assert!(back::faults(&filled, "xx", &warnings).is_empty());
        warnings[1].text = "Harmless gas".into();
        let said = back::faults(&filled, "xx", &warnings);
        assert!(said[0].what.contains("cause.gas.title"), "{}", said[0]);
    }
}
