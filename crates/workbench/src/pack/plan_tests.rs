//! What people are advised to do, on every model, for every cause and every answer of the shipped packs.

use super::{compile, load};
use led_doctor_core::pack::{Pack, Plan, Step, StepKind};
use std::path::Path;

/// Every plan that can be reached: with the pack's name and the model.
fn each_plan(mut look: impl FnMut(&str, &Pack, &str, &Plan)) {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut seen = 0;
    for path in compile::folders(&packs).unwrap() {
        let folder = load::folder(&path).unwrap().ok().unwrap();
        // The checks of sentences know English.
        let loaded = folder.languages.iter().find(|one| one.lang == "en");
        let pack = &loaded.unwrap().pack;
        for model in pack.file().model.ids().map(|id| id.as_str()) {
            for entry in pack.signals(model) {
                if let Some((id, plan)) = pack.plan(entry.about.cause.as_str(), model) {
                    look(&format!("{} {model} {id}", folder.id), pack, model, plan);
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 100);
}

/// Every answer to a plan's question, and none.
fn answers(plan: &Plan) -> impl Iterator<Item = Option<&str>> {
    let answers = plan.when.ids().map(|id| Some(id.as_str()));
    answers.chain([None])
}

fn each_fix(mut look: impl FnMut(&str, &Pack, &str, &[&Step])) {
    each_plan(|place, pack, model, plan| {
        let orders = answers(plan).map(|answer| pack.order(plan, model, answer));
        for fix in orders.flat_map(|order| order.fixes) {
            let steps = pack.fix_steps(fix.as_str(), model);
            let steps: Vec<&Step> = steps.into_iter().map(|(_, step)| step).collect();
            look(&format!("{place} {fix}"), pack, model, &steps);
        }
    });
}

fn words(step: &Step) -> String {
    format!("{} {}", step.text, step.detail.as_deref().unwrap_or(""))
}

#[test]
fn a_reason_stands_over_the_fix_that_it_was_written_for() {
    each_plan(|place, pack, model, plan| {
        let written = |answer: Option<&str>| {
            let when = answer.and_then(|answer| plan.when.get(answer));
            when.map_or(&plan.order, |when| &when.order)
        };
        for answer in answers(plan) {
            let told = pack.order(plan, model, answer);
            if told.because.is_some() {
                assert_eq!(
                    told.fixes.first().copied(),
                    written(answer).first(),
                    "{place} {answer:?}"
                );
            }
        }
    });
}

#[test]
fn what_is_switched_off_or_unplugged_is_brought_back() {
    let circuit = (&["circuit off"][..], &["on again"][..]);
    let plug = (
        &[
            "Unplug",
            "Pull the power",
            "Pull the plug",
            "Pull the camera",
            "Pull the cord",
        ][..],
        &["Plug ", "plug it in", "plug the", "onnect them again"][..],
    );
    let batteries = (
        &["batteries out"][..],
        &["batteries back", "put them in again", "new ones in"][..],
    );
    each_fix(|place, _, _, steps| {
        for (off, on) in [circuit, plug, batteries] {
            for (at, step) in steps.iter().enumerate() {
                let words = words(step);
                let Some(from) = off.iter().filter_map(|off| words.find(off)).min() else {
                    continue;
                };
                let later: String = steps
                    .iter()
                    .skip(at + 1)
                    // A person who is not stuck does not get there.
                    .filter(|step| step.kind != StepKind::IfStuck)
                    .map(|step| self::words(step))
                    .collect();
                let rest = words[from + 6..].to_owned() + &later;
                assert!(on.iter().any(|on| rest.contains(on)), "{place}: {words}");
            }
        }
    });
}

#[test]
fn a_rhythm_that_a_step_speaks_of_is_one_of_the_models_own() {
    each_fix(|place, pack, model, steps| {
        for step in steps {
            let words = words(step);
            for (at, _) in words.match_indices("every ") {
                let pace: Vec<&str> = words[at..]
                    .split(|letter: char| !letter.is_alphanumeric())
                    .take(3)
                    .collect();
                let pace = pace.join(" ");
                let own = pack.signals(model);
                assert!(
                    !pace.ends_with("seconds")
                        || own.iter().any(|own| own.about.looks.contains(&pace)),
                    "{place}: {words}"
                );
            }
        }
    });
}
