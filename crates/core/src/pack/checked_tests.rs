//! Packs that are refused, and what a checked pack answers.

use super::*;
use serde_json::{Value, json};

fn sample() -> Value {
    json!({
        "format": 1, "id": "acme", "edition": "2026-11", "lang": "en", "name": "Acme", "notice": "Not by Acme.",
        "support": { "phone": "+1 555 0100", "site": "https://example.org/help", "note": "Call.",
            "evidence": [{ "grade": "A", "source": "maker" }] },
        "source": { "maker": { "name": "Acme help", "checked": "2026-11" } },
        "light": { "red": { "colour": "red", "name": "red" }, "blue": { "colour": "blue", "name": "blue" } },
        "question": { "net": { "ask": "Does it work elsewhere?", "answer": { "yes": { "text": "Yes" }, "no": { "text": "No" } } } },
        "model": {
            "cam": { "name": "Cam", "hint": "Round.", "drawing": "camera", "signal": {
                "offline": { "show": "red: short every 3s", "cause": "offline", "name": "Lost", "looks": "A flash.",
                    "expect": { "net": { "answer": "yes", "sure": 0.9 } },
                    "evidence": [{ "grade": "B", "source": "maker" }] },
                "fire": { "show": "red: blink fast", "cause": "fire", "name": "Fire", "looks": "Fast.", "evidence": [] }
            } },
            "cam2": { "name": "Cam 2", "hint": "Square.", "drawing": "camera", "like": "cam" },
        },
        "cause": {
            "offline": { "severity": "act", "title": "Offline", "meaning": "No network." },
            "fire": { "severity": "stop", "title": "Fire", "meaning": "Leave." }
        },
        "fix": {
            "router": { "title": "Router", "why": "Helps.", "evidence": [], "step": {
                "pull": { "text": "Unplug it.", "wait": [30, 60] }, "cam": { "models": ["cam"], "text": "Look.", "show": "red: dark" },
                "other": { "models": ["cam2"], "text": "Look again." } } },
            "call": { "title": "Call", "why": "They help.", "evidence": [], "models": ["cam"], "step": { "call": { "text": "Call." } } }
        },
        "plan": {
            "any": { "cause": "offline", "order": ["router"] },
            "cam": { "cause": "offline", "models": ["cam"], "ask": "net", "order": ["router", "call"], "because": "Most often.",
                "when": { "no": { "order": ["call", "router"], "because": "It is not the camera." } } }
        }
    })
}

fn read(pack: Value) -> Result<Pack, Vec<Problem>> {
    Pack::new(crate::codec::decode(serde_json::from_value(pack).unwrap()).unwrap())
}

/// One change to the sample, and the problem that it makes.
fn refused(pointer: &str, value: Value, path: &str, what: &str) {
    let mut pack = sample();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    pack.pointer_mut(parent).unwrap()[key] = value;
    let problems = read(pack).unwrap_err();
    assert!(
        problems
            .iter()
            .any(|p| p.path == path && p.what.contains(what)),
        "{pointer}: {problems:#?}"
    );
}

#[test]
fn a_checked_pack_answers() {
    let pack = read(sample()).unwrap();
    assert_eq!(pack.signals("cam").len(), 2);
    assert_eq!(pack.signals("cam2"), pack.signals("cam"));
    assert!(pack.signals("other").is_empty());
    assert_eq!(pack.signals_for_classifier("cam2")[0].expects[0].sure, 0.9);
    assert_eq!(
        pack.cause("cam", "fire").unwrap().1.severity,
        Severity::Stop
    );

    let (id, plan) = pack.plan("offline", "cam").unwrap();
    assert_eq!(*id, "cam");
    assert_eq!(
        pack.plan("offline", "cam2").unwrap().0,
        "cam",
        "the plan of the model it is like goes first"
    );
    assert!(pack.plan("fire", "cam").is_none());
    let unsure = pack.order(plan, "cam", None);
    assert_eq!(unsure.fixes, ["router", "call"]);
    assert_eq!(unsure.because, Some("Most often."));
    assert_eq!(
        pack.order(plan, "cam", Some("no")).fixes,
        ["call", "router"]
    );
    assert_eq!(
        pack.order(plan, "cam", Some("yes")).fixes,
        ["router", "call"]
    );

    // "call" is not for the model that is like it but excepted: "It is not the camera." would be shown above "router".
    let mut pack = sample();
    pack["fix"]["call"]["except"] = json!(["cam2"]);
    let pack = read(pack).unwrap();
    let (_, plan) = pack.plan("offline", "cam2").unwrap();
    let no = pack.order(plan, "cam2", Some("no"));
    assert_eq!(no.fixes, ["router"]);
    assert_eq!(no.because, None);
    let unsure = pack.order(plan, "cam2", None);
    assert_eq!(unsure.because, Some("Most often."));

    let steps = |model| {
        pack.fix_steps("router", model)
            .into_iter()
            .map(|(id, _)| id.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(steps("cam"), ["pull", "cam"]);
    assert_eq!(steps("cam2"), ["pull", "cam", "other"]);
    let lights = |(_, step): &(&Id, &Step)| step.layers.len();
    let lights: Vec<_> = pack.fix_steps("router", "cam").iter().map(lights).collect();
    assert_eq!(lights, [0, 1]);
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    refused("/format", json!(2), "format", "not known");
    refused("/edition", json!("11/2026"), "edition", "no month");
    refused("/name", json!(" "), "name", "empty");
    refused("/notice", json!("a\u{202e}b"), "notice", "invisible");
    refused("/notice", json!("x".repeat(2000)), "notice", "too long");
    refused(
        "/support/phone",
        json!("javascript:alert(1)"),
        "support.phone",
        "telephone",
    );
    refused(
        "/support/site",
        json!("javascript:alert(1)"),
        "support.site",
        "link",
    );
    refused(
        "/support/site",
        json!("https://bank.example@evil.example/"),
        "support.site",
        "link",
    );
    refused(
        "/support/site",
        json!("http://example.org"),
        "support.site",
        "link",
    );
    refused(
        "/light/red",
        json!({"colour": "red", "name": ""}),
        "light.red.name",
        "empty",
    );
    refused(
        "/light/steady",
        json!({"colour": "red", "name": "x"}),
        "light.steady",
        "cannot have this name",
    );
    refused(
        "/question/net/answer",
        json!({"yes": {"text": "Yes"}}),
        "question.net.answer",
        "two answers",
    );
    refused(
        "/model/cam/signal/offline/show",
        json!("pink: blink"),
        "model.cam.signal.offline.show",
        "neither a word",
    );
    refused(
        "/model/cam/signal/offline/weight",
        json!(0),
        "model.cam.signal.offline.weight",
        "weight",
    );
    refused(
        "/model/cam/signal/offline/cause",
        json!("of1ine"),
        "model.cam.signal.offline.cause",
        "nothing in the pack",
    );
    refused(
        "/model/cam/signal/offline/expect/net/answer",
        json!("maybe"),
        "model.cam.signal.offline.expect.net.answer",
        "no such question",
    );
    refused(
        "/model/cam2/like",
        json!("cam2"),
        "model.cam2.like",
        "like another",
    );
    refused(
        "/model/cam2/like",
        json!(null),
        "model.cam2.signal",
        "no signals",
    );
    refused(
        "/fix/router/step/pull/wait",
        json!([60, 30]),
        "fix.router.step.pull.wait",
        "wait",
    );
    refused(
        "/fix/router/step/cam/show",
        json!("blink every"),
        "fix.router.step.cam.show",
        "time is missing",
    );
    refused(
        "/plan/any/order",
        json!([]),
        "plan.any.order",
        "needs a fix",
    );
    refused(
        "/plan/any/order",
        json!(["nothing"]),
        "plan.any.order",
        "nothing in the pack",
    );
    refused(
        "/plan/cam/when/no/order",
        json!(["nothing"]),
        "plan.cam.when.no.order",
        "nothing in the pack",
    );
    refused(
        "/plan/cam/ask",
        json!(null),
        "plan.cam.when.no",
        "no such answer",
    );
}

#[test]
fn danger_never_gets_a_plan() {
    refused(
        "/plan/any/cause",
        json!("fire"),
        "plan.any.cause",
        "severity stop",
    );
}
