//! Packs from strangers: refused with clear words and at a bounded cost, whatever is in them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may fail loudly"
)]

use led_doctor_core::codec::decode;
use led_doctor_core::node::Node;
use led_doctor_core::pack::{LARGEST, Pack, PackFile, Problem};
use led_doctor_core::session::Device;
use serde_json::{Value, json};
use std::rc::Rc;

/// A pack that is right.
fn honest() -> Value {
    json!({
        "format": 1, "id": "acme", "edition": "2026-11", "lang": "en", "name": "Acme", "notice": "Not by Acme.",
        "support": { "note": "Call." },
        "light": { "red": { "colour": "red", "name": "red" } },
        "model": { "cam": { "name": "Cam", "hint": "Round.", "drawing": "camera", "signal": {
            "on": { "show": "red: steady", "cause": "fine", "name": "On", "looks": "Red.", "evidence": [] } } } },
        "cause": { "fine": { "severity": "normal", "title": "Fine", "meaning": "It works." } }
    })
}

/// Why a pack is refused, in one text; empty when it is not.
fn refusal(pack: &Value) -> String {
    let pack = serde_json::from_value::<Node>(pack.clone()).unwrap();
    let refusals = match decode::<PackFile>(pack).and_then(Pack::new) {
        Ok(_) => String::new(),
        Err(problems) => listed(&problems),
    };
    assert!(
        refusals.len() < 64 * 1024,
        "a refusal of {} bytes",
        refusals.len()
    );
    refusals
}

fn listed(problems: &[Problem]) -> String {
    assert!(problems.len() <= 100, "{} problems", problems.len());
    problems
        .iter()
        .map(|p| format!("{}: {}; {}\n", p.path, p.what, p.remedy))
        .collect()
}

fn with(pointer: &str, value: Value) -> Value {
    let mut pack = honest();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    pack.pointer_mut(parent).unwrap()[key] = value;
    pack
}

#[test]
fn an_honest_pack_is_taken() {
    assert_eq!(refusal(&honest()), "");
}

#[test]
fn a_million_parts_are_not_even_read() {
    let signal = &honest()["model"]["cam"]["signal"]["on"];
    let part = |n| if n < 300 { signal.clone() } else { Value::Null };
    let signals = (0..1_000_000).map(|n| (format!("s{n}"), part(n))).collect();
    let refusals = refusal(&with("/model/cam/signal", Value::Object(signals)));
    assert!(refusals.contains("too many parts"), "{refusals}");
    let ids = json!(vec!["on"; 1_000_000]);
    assert_ne!(refusal(&with("/support/ready", ids)), "");
}

#[test]
fn many_models_of_many_signals_are_refused() {
    let model = {
        let mut model = honest()["model"]["cam"].clone();
        let signal = model["signal"]["on"].clone();
        model["signal"] = (0..250)
            .map(|n| (format!("s{n}"), signal.clone()))
            .collect::<serde_json::Map<_, _>>()
            .into();
        model
    };
    let models: serde_json::Map<String, Value> =
        (0..100).map(|n| (format!("m{n}"), model.clone())).collect();
    assert!(refusal(&with("/model", Value::Object(models))).contains("too many signals"));
}

#[test]
fn the_largest_pack_that_is_read_is_taken_and_its_chart_is_bounded() {
    let mut pack = honest();
    let mut signal = pack["model"]["cam"]["signal"]["on"].clone();
    // Near the longest rhythm there is.
    signal["show"] = json!("short x3, ".repeat(39) + "short");
    let count = (LARGEST - 4096) / (signal.to_string().len() + 8);
    let signals: serde_json::Map<String, Value> = (0..count.min(256))
        .map(|n| (format!("s{n}"), signal.clone()))
        .collect();
    pack["model"]["cam"]["signal"] = Value::Object(signals);
    assert!(pack.to_string().len() < LARGEST);
    assert_eq!(refusal(&pack), "");
    let file = decode(serde_json::from_value(pack).unwrap()).unwrap();
    let device = Device::new(Rc::new(Pack::new(file).unwrap()), "cam").unwrap();
    let edges = device.edges();
    assert!(edges < 200_000, "a chart of {edges} edges");
}

#[test]
fn ten_megabytes_are_over_the_limit() {
    let long = "x".repeat(10_000_000);
    assert!(refusal(&with("/name", json!(long))).contains("too long"));
    assert!(
        refusal(&with(
            "/model/cam/signal/on/show",
            json!("short, ".repeat(1_000_000))
        ))
        .contains("too long")
    );
}

#[test]
fn deep_nesting_is_refused() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    assert!(serde_json::from_str::<Node>(&deep).is_err());
    let deep = "{\"model\":".repeat(100_000) + "1" + &"}".repeat(100_000);
    assert!(serde_json::from_str::<Node>(&deep).is_err());
}

#[test]
fn numbers_out_of_range_are_refused() {
    for weight in [json!(-1), json!(0), json!(1e300), json!("1")] {
        assert_ne!(
            refusal(&with("/model/cam/signal/on/weight", weight.clone())),
            "",
            "{weight}"
        );
    }
    for show in [
        "red: short every 99999999s",
        "red: short x99",
        "red: short every 0.0001s",
        "red: blink at 0Hz",
    ] {
        assert_ne!(
            refusal(&with("/model/cam/signal/on/show", json!(show))),
            "",
            "{show}"
        );
    }
    assert_ne!(refusal(&with("/format", json!(4_294_967_296_u64))), "");
}

#[test]
fn scripts_are_only_words_and_links_only_https() {
    let script = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    // As words they are harmless: the page writes text, never markup.
    assert_eq!(refusal(&with("/name", json!(script))), "");
    for link in [
        "javascript:alert(1)",
        "data:text/html,x",
        "http://example.org",
        "//example.org",
        "https:/example.org",
        "https://user@example.org/",
        "https://example.org\\@evil.example/",
        "https://exa\u{200b}mple.org",
        "https://ex ample.org",
        "https://еxample.org/",
        "https://",
        "https://localhost",
        "HTTPS://example.org/",
    ] {
        assert_ne!(refusal(&with("/support/site", json!(link))), "", "{link}");
    }
    assert_ne!(
        refusal(&with("/support/phone", json!("1;javascript:alert(1)"))),
        ""
    );
}

#[test]
fn ids_that_look_alike_are_refused() {
    for id in [
        "аcme",
        "Acme",
        "ac me",
        "acme\u{200b}",
        "",
        "acme.",
        "../acme",
        "__proto__",
        &"a".repeat(33),
    ] {
        assert_ne!(refusal(&with("/id", json!(id))), "", "{id:?}");
    }
    let twice = honest().to_string().replacen(
        "\"fine\":{",
        "\"fine\":{\"severity\":\"act\",\"title\":\"x\",\"meaning\":\"y\"},\"fine\":{",
        1,
    );
    let file = decode::<PackFile>(serde_json::from_str(&twice).unwrap());
    assert!(
        Pack::new(file.unwrap())
            .unwrap_err()
            .iter()
            .any(|p| p.what.contains("used twice"))
    );
}

#[test]
fn hidden_characters_are_refused_everywhere() {
    for hidden in [
        '\u{202e}',
        '\u{2066}',
        '\u{200b}',
        '\u{feff}',
        '\u{0}',
        '\u{7f}',
        '\u{ad}',
        '\u{e0041}',
    ] {
        let text = format!("pay{hidden}pal");
        for pointer in [
            "/name",
            "/notice",
            "/support/note",
            "/model/cam/name",
            "/cause/fine/title",
            "/light/red/name",
        ] {
            assert!(
                refusal(&with(pointer, json!(text))).contains("invisible"),
                "{hidden:?} in {pointer}"
            );
        }
    }
}

#[test]
fn unknown_fields_and_wrong_kinds_are_refused() {
    assert!(refusal(&with("/onload", json!("alert(1)"))).contains("nothing of this name is known"));
    assert!(
        refusal(&with("/model/cam/html", json!("<b>"))).contains("nothing of this name is known")
    );
    assert_ne!(refusal(&with("/model", json!([]))), "");
    assert_ne!(refusal(&json!(null)), "");
    assert_ne!(refusal(&json!([])), "");
    assert_ne!(refusal(&with("/model", json!({}))), "");
}
