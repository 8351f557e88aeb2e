//! Every plan of every model, walked to its end by the session that the page runs: every diagnosis is reached without timing, every
//! fix and step that applies is offered, and nothing else. The reports of the Blink pack are in `reports/`, to be read by people;
//! `UPDATE_REPORTS=1` rewrites them.
#![allow(clippy::unwrap_used, clippy::panic)]

use led_doctor_core::id::Id;
use led_doctor_core::pack::StepKind;
use led_doctor_core::session::{Action, Device, Outcome, Session, Stage, report};
use led_doctor_core::text::Texts;
use led_doctor_core::time::Wall;
use led_doctor_workbench::pack::{compile, load};
use std::path::{Path, PathBuf};
use std::rc::Rc;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn texts() -> Texts {
    let text = std::fs::read_to_string(root().join("text/en.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    Texts::new(flat("", &table), |n| {
        if n == 1.0 {
            "one".into()
        } else {
            "other".into()
        }
    })
}

fn flat(prefix: &str, table: &toml::Table) -> Vec<(String, String)> {
    let entry = |(key, value): (&String, &toml::Value)| match value {
        toml::Value::Table(inner) => flat(&format!("{prefix}{key}."), inner),
        value => vec![(format!("{prefix}{key}"), value.as_str().unwrap().to_owned())],
    };
    table.iter().flat_map(entry).collect()
}

/// A person who does every step and is helped by none.
struct Walk<'d> {
    device: &'d Device,
    session: Session,
}

impl<'d> Walk<'d> {
    fn act(&mut self, action: Action) {
        let _ = self.session.apply(self.device, Wall::new(1.8e12), action);
    }

    /// Chooses the signal and agrees to it.
    fn to(device: &'d Device, signal: &Id) -> Walk<'d> {
        let (pack, model) = (device.pack_id().clone(), device.model_id().clone());
        let session = Session::new(pack, model, Wall::new(1.8e12), 1);
        let mut walk = Walk { device, session };
        walk.act(Action::ChoiceOpened);
        walk.act(Action::Chosen(signal.clone()));
        assert_eq!(walk.session.stage, Stage::Verdict, "{signal}");
        walk.act(Action::Agreed);
        walk
    }

    /// Does all of a fix; the steps that were offered.
    fn do_fix(&mut self, fix: &Id) -> Vec<Id> {
        let mut seen: Vec<Id> = Vec::new();
        loop {
            let progress = self.session.progress.as_ref().unwrap();
            let steps = progress.steps(self.device, fix);
            let Some((step, about)) = steps.into_iter().find(|(id, _)| !seen.contains(id)) else {
                return seen;
            };
            let (fix, step, waits) = (fix.clone(), step.clone(), about.wait.is_some());
            seen.push(step.clone());
            self.act(Action::StepToggled {
                fix: fix.clone(),
                step: step.clone(),
            });
            if waits {
                let (again, too) = (fix.clone(), step.clone());
                self.act(Action::WaitStarted { fix, step });
                self.act(Action::WaitSkipped {
                    fix: again,
                    step: too,
                });
            }
        }
    }
}

#[test]
fn every_diagnosis_leads_somewhere_and_every_plan_to_its_end() {
    let texts = texts();
    let mut walked = 0;
    for path in compile::folders(&root().join("packs")).unwrap() {
        let folder = load::folder(&path).unwrap().ok().unwrap();
        let loaded = folder.languages.iter().find(|one| one.lang == "en");
        let pack = Rc::new(loaded.unwrap().pack.clone());
        for model in pack.file().model.ids().map(Id::as_str) {
            let device = Device::new(Rc::clone(&pack), model).unwrap();
            let mut reports = Vec::new();
            for entry in device.signals() {
                let mut walk = Walk::to(&device, &entry.id);
                let Some(plan) = device.plan(&entry.id) else {
                    assert_eq!(walk.session.stage, Stage::Resolved, "{model} {}", entry.id);
                    continue;
                };
                assert_eq!(walk.session.stage, Stage::Plan, "{model} {}", entry.id);
                if plan.ask.is_some() {
                    walk.act(Action::Triaged(None));
                }
                let mut done: Vec<Id> = Vec::new();
                while let Some(fix) = walk
                    .session
                    .progress
                    .as_ref()
                    .and_then(|progress| progress.open.clone())
                    && walk.session.stage == Stage::Plan
                {
                    assert!(!done.contains(&fix), "{fix} is offered twice");
                    let steps = walk.do_fix(&fix);
                    let all: Vec<Id> = device
                        .steps(&fix)
                        .into_iter()
                        .map(|s| s.0.clone())
                        .collect();
                    assert_eq!(steps, all, "{fix} on the {model}");
                    let loses = |id: &&Id| device.step(&fix, id).unwrap().kind == StepKind::Loss;
                    for loss in all.iter().filter(loses) {
                        assert!(walk.session.progress.as_ref().unwrap().is_done(&fix, loss));
                    }
                    walk.act(Action::FixJudged {
                        fix: fix.clone(),
                        outcome: Outcome::Same,
                    });
                    done.push(fix);
                }
                // All that the plan names and this model has, and then help from people.
                let progress = walk.session.progress.as_ref().unwrap();
                let planned: Vec<Id> = device
                    .ordered(progress)
                    .fixes
                    .into_iter()
                    .cloned()
                    .collect();
                assert_eq!(done, planned, "{model} {}", entry.id);
                assert_eq!(walk.session.stage, Stage::Support);
                walked += done.len();
                reports.push(report(&walk.session, &device, &texts, &|_| "(when)".into()));
            }
            if folder.id == "blink" {
                compare(model, &format!("{}\n", reports.join("\n\n")));
            }
        }
    }
    assert!(walked > 200, "{walked} fixes were walked");
}

fn compare(model: &str, text: &str) {
    let file = root()
        .join("crates/workbench/tests/reports")
        .join(format!("{model}.txt"));
    if std::env::var_os("UPDATE_REPORTS").is_some() {
        std::fs::write(&file, text).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(text, expected, "{}", file.display());
}
