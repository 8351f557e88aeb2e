#![cfg(not(target_arch = "wasm32"))]
//! The whole app as a state machine: what leads where, and what holds whatever people do in whatever order.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/plain.rs"]
mod plain;

use led_doctor::id::Id;
use led_doctor::pack::{Pack, PackFile};
use led_doctor::rhythm::Look;
use led_doctor::session::{
    Action, Device, Entry, Outcome, Session, Stage, Triage, WaitState, report,
};
use led_doctor::text::Texts;
use led_doctor::time::{Millis, Wall};
use plain::node;
use proptest::prelude::*;
use std::rc::Rc;

const MODELS: [&str; 2] = ["cam", "cam-2"];
const SIGNALS: [&str; 6] = [
    "motion",
    "offline",
    "failed",
    "recording",
    "gas",
    "no-such-signal",
];
const FIXES: [&str; 3] = ["router", "move", "no-such-fix"];
const STEPS: [&str; 5] = ["unplug", "wait", "erase", "go", "no-such-step"];
const QUESTIONS: [&str; 3] = ["colour", "elsewhere", "no-such-question"];
const ANSWERS: [&str; 5] = ["red", "blue", "yes", "no", "no-such-answer"];

fn device(model: &str) -> Device {
    let file: PackFile = serde_json::from_str(include_str!("fixtures/camera.json")).unwrap();
    Device::new(Rc::new(Pack::new(file).unwrap()), model).unwrap()
}

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn ms(at: i32) -> Millis {
    Millis::whole(at)
}

/// A session and the moments at which things happen to it.
struct Walk {
    device: Device,
    session: Session,
    now: f64,
}

impl Walk {
    fn new(model: &str) -> Walk {
        let now = 1.8e12;
        let device = device(model);
        let session = Session::new(id("acme"), id(model), Wall::new(now));
        Walk {
            device,
            session,
            now,
        }
    }

    fn act(&mut self, action: Action) -> &mut Walk {
        self.now += 100.0;
        self.session = self
            .session
            .clone()
            .apply(&self.device, Wall::new(self.now), action);
        self
    }

    fn tap(&mut self, at: i32) -> &mut Walk {
        self.act(Action::Tapped {
            at: ms(at),
            light: None,
        })
        .act(Action::Released { at: ms(at + 80) })
    }

    fn found(&self) -> Option<&str> {
        self.session
            .finding
            .as_ref()
            .and_then(|finding| finding.signal.as_ref())
            .map(Id::as_str)
    }

    fn order(&self) -> Vec<String> {
        let cure = self.session.cure.as_ref().unwrap();
        self.device
            .ordered(cure)
            .fixes
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    fn on_plan(model: &str) -> Walk {
        let mut walk = Walk::new(model);
        walk.act(Action::ChoiceOpened)
            .act(Action::Chosen(id("offline")))
            .act(Action::Agreed);
        assert_eq!(walk.session.stage, Stage::Plan);
        walk
    }
}

#[test]
fn tapping_every_three_seconds_stops_by_itself() {
    let mut walk = Walk::new("cam");
    for nth in 0..4 {
        let at = 5000 + nth * 3000;
        walk.tap(at);
        for part in 1..30 {
            walk.act(Action::Watched {
                at: ms(at + 80 + part * 100),
            });
        }
    }
    assert_eq!(walk.session.stage, Stage::Verdict);
    assert_eq!(walk.found(), Some("offline"));
}

#[test]
fn what_is_lit_all_the_time_needs_its_colour() {
    let mut walk = Walk::new("cam");
    walk.act(Action::Looked(Look::Steady));
    assert_eq!(walk.session.stage, Stage::Ask(id("colour")));
    walk.act(Action::Answered {
        question: id("colour"),
        answer: Some(id("blue")),
    });
    assert_eq!(walk.found(), Some("recording"));
    walk.act(Action::Agreed);
    assert_eq!(walk.session.stage, Stage::Resolved);
}

#[test]
fn not_sure_is_an_answer_and_is_not_asked_twice() {
    let mut walk = Walk::new("cam");
    walk.act(Action::Looked(Look::Steady))
        .act(Action::Answered {
            question: id("colour"),
            answer: None,
        });
    assert_eq!(walk.session.stage, Stage::Verdict);
    assert_eq!(walk.found(), None);
    assert_eq!(walk.session.finding.as_ref().unwrap().nearest.len(), 2);
}

#[test]
fn looking_away_ends_the_watching_and_keeps_the_taps() {
    let mut walk = Walk::new("cam");
    walk.tap(0)
        .act(Action::LookedAway)
        .act(Action::Watched { at: ms(60_000) });
    assert_eq!(walk.session.stage, Stage::Tap);
    assert_eq!(walk.session.watch.taps.len(), 1);
    walk.tap(70_000);
    assert_eq!(walk.session.watch.taps.len(), 1, "the next tap begins anew");
}

#[test]
fn danger_never_leads_to_a_plan() {
    let mut walk = Walk::new("cam");
    walk.act(Action::Chosen(id("gas"))).act(Action::Agreed);
    assert_eq!(walk.session.stage, Stage::Resolved);
    assert!(walk.session.cure.is_none());
}

#[test]
fn the_answer_orders_the_plan_and_can_be_changed() {
    let mut walk = Walk::on_plan("cam");
    walk.act(Action::Triaged(Some(id("yes"))));
    assert_eq!(walk.order(), ["move", "router"]);
    walk.act(Action::TriageReopened)
        .act(Action::Triaged(Some(id("no"))));
    assert_eq!(walk.order(), ["router", "move"]);
    assert_eq!(walk.session.cure.as_ref().unwrap().open, Some(id("router")));
}

#[test]
fn a_fix_that_did_not_help_opens_the_next_and_the_last_leads_to_people() {
    let mut walk = Walk::on_plan("cam");
    walk.act(Action::Triaged(None));
    walk.act(Action::FixJudged {
        fix: id("router"),
        outcome: Outcome::Same,
    });
    assert_eq!(walk.session.cure.as_ref().unwrap().open, Some(id("move")));
    walk.act(Action::FixJudged {
        fix: id("move"),
        outcome: Outcome::Skipped,
    });
    assert_eq!(walk.session.stage, Stage::Support);
}

#[test]
fn the_same_signal_seen_again_goes_on_with_the_same_cure() {
    let mut walk = Walk::on_plan("cam");
    walk.act(Action::Triaged(Some(id("no"))))
        .act(Action::FixJudged {
            fix: id("router"),
            outcome: Outcome::Different,
        });
    assert_eq!(walk.session.stage, Stage::Tap);
    walk.act(Action::ChoiceOpened)
        .act(Action::Chosen(id("offline")))
        .act(Action::Agreed);
    let cure = walk.session.cure.as_ref().unwrap();
    assert_eq!(cure.outcome(&id("router")), Some(Outcome::Different));
    assert_eq!(cure.triage, Triage::Answer(id("no")));
}

#[test]
fn a_wait_is_counted_by_the_wall_clock_in_both_directions() {
    let mut walk = Walk::on_plan("cam");
    walk.act(Action::Triaged(None)).act(Action::WaitStarted {
        fix: id("router"),
        step: id("wait"),
    });
    let wait = walk.session.cure.as_ref().unwrap().waits[0].clone();
    let state = |after: f64| wait.state((30, 60), Wall::new(walk.now + after * 1000.0));
    assert_eq!(state(0.0), WaitState::Least(30));
    assert_eq!(state(29.5), WaitState::Least(1));
    assert_eq!(state(30.0), WaitState::Most(30));
    assert_eq!(state(86_400.0), WaitState::Over);
    assert_eq!(
        state(-86_400.0),
        WaitState::Least(30),
        "a clock that was set back does not make it longer"
    );
    // … and it goes on from there as soon as anything happens.
    walk.now -= 86_400_000.0;
    walk.act(Action::LookedAway);
    assert!(walk.session.cure.as_ref().unwrap().waits[0].started.get() <= walk.now);
}

#[test]
fn a_record_that_the_pack_no_longer_fits_is_mended() {
    let walk = Walk::on_plan("cam");
    let mut record = serde_json::to_value(&walk.session).unwrap();
    record["finding"]["signal"] = "gone".into();
    record["cure"]["signal"] = "gone".into();
    let revived = serde_json::from_value::<Session>(record)
        .unwrap()
        .revived(&walk.device)
        .unwrap();
    assert_eq!(revived.stage, Stage::Tap);
    assert!(revived.cure.is_none() && revived.finding.is_none());
}

#[test]
fn a_record_of_another_format_or_device_is_refused() {
    let walk = Walk::new("cam");
    let mut other = walk.session.clone();
    other.format += 1;
    assert!(other.revived(&walk.device).is_none());
    assert!(walk.session.revived(&device("cam-2")).is_none());
}

#[test]
fn the_report_says_what_was_seen_and_tried() {
    let mut walk = Walk::on_plan("cam");
    walk.act(Action::Triaged(Some(id("no"))))
        .act(Action::StepToggled {
            fix: id("router"),
            step: id("erase"),
        });
    walk.act(Action::FixJudged {
        fix: id("router"),
        outcome: Outcome::Same,
    });
    let texts: toml::Table = toml::from_str(include_str!("../text/en.toml")).unwrap();
    let texts = Texts::new(flat("", &texts), |n| {
        if n == 1 { "one".into() } else { "other".into() }
    });
    let said = report(&walk.session, &walk.device, &texts, &|at| {
        ((at.get() - 1.8e12) / 100.0).to_string()
    });
    assert_eq!(
        said,
        "LED Doctor: what was seen and what was tried\n\
         Device: Acme, Cam\n\
         Begun: 0\n\
         - 2: Light seen: Offline (A flash every 3 seconds.) Chosen from descriptions.\n\
         - 4: Does it work elsewhere? No.\n\
         - 4: Begun: Restart the router\n\
         - 5: Agreed: Erase it.\n\
         - 6: Restart the router: did not help.\n\
         - 6: Begun: Move it\n\
         Light codes: acme, 2026-11."
    );
}

fn flat(prefix: &str, table: &toml::Table) -> Vec<(String, String)> {
    let entry = |(key, value): (&String, &toml::Value)| match value {
        toml::Value::Table(inner) => flat(&format!("{prefix}{key}."), inner),
        value => vec![(format!("{prefix}{key}"), value.as_str().unwrap().to_owned())],
    };
    table.iter().flat_map(entry).collect()
}

/// Anything a person, a clock or a slip can do.
fn action() -> impl Strategy<Value = Action> {
    let at = || (0..40_000_i32).prop_map(ms);
    let one = |ids: &'static [&'static str]| prop::sample::select(ids).prop_map(id);
    let place = || (one(&FIXES), one(&STEPS));
    let light = || prop::option::of(one(&["red", "blue", "none-such"]));
    prop_oneof![
        6 => (at(), light()).prop_map(|(at, light)| Action::Tapped { at, light }),
        6 => at().prop_map(|at| Action::Released { at }),
        6 => at().prop_map(|at| Action::Watched { at }),
        1 => Just(Action::LookedAway),
        2 => at().prop_map(|at| Action::Stopped { at }),
        2 => prop::sample::select(&[Look::Steady, Look::Dark, Look::TooFast][..]).prop_map(Action::Looked),
        1 => Just(Action::TapUndone),
        1 => (0..6_usize).prop_map(Action::TapRemoved),
        1 => Just(Action::Restarted),
        4 => (one(&QUESTIONS), prop::option::of(one(&ANSWERS)))
            .prop_map(|(question, answer)| Action::Answered { question, answer }),
        2 => Just(Action::ChoiceOpened),
        4 => one(&SIGNALS).prop_map(Action::Chosen),
        6 => Just(Action::Agreed),
        4 => prop::option::of(one(&ANSWERS)).prop_map(Action::Triaged),
        1 => Just(Action::TriageReopened),
        3 => one(&FIXES).prop_map(Action::FixOpened),
        4 => place().prop_map(|(fix, step)| Action::StepToggled { fix, step }),
        3 => place().prop_map(|(fix, step)| Action::WaitStarted { fix, step }),
        1 => place().prop_map(|(fix, step)| Action::WaitSkipped { fix, step }),
        4 => (one(&FIXES), prop::sample::select(&[Outcome::Fixed, Outcome::Same, Outcome::Different, Outcome::Skipped][..]))
            .prop_map(|(fix, outcome)| Action::FixJudged { fix, outcome }),
        1 => Just(Action::SupportOpened),
        3 => Just(Action::WentBack),
    ]
}

/// What holds at every moment.
fn holds(walk: &Walk) {
    let Walk {
        device,
        session,
        now,
    } = walk;
    match &session.stage {
        Stage::Verdict | Stage::Resolved => assert!(session.finding.is_some(), "nothing to show"),
        Stage::Plan => assert!(session.cure.is_some(), "nothing to cure"),
        Stage::Ask(question) => assert!(device.question(question).is_some(), "nothing to ask"),
        Stage::Tap | Stage::Choose | Stage::Support => {}
    }
    if let Some(cure) = &session.cure {
        assert!(device.plan(&cure.signal).is_some());
        assert!(
            cure.open
                .as_ref()
                .is_none_or(|fix| device.fix(fix).is_some())
        );
        for wait in &cure.waits {
            let span = device.step(&wait.fix, &wait.step).unwrap().wait.unwrap();
            match wait.state(span, Wall::new(*now)) {
                WaitState::Least(left) => assert!((1..=span.0).contains(&left)),
                WaitState::Most(left) => assert!((1..=span.1).contains(&left)),
                WaitState::Over => {}
            }
        }
        let danger = |entry: &Entry| matches!(entry, Entry::Began(_) | Entry::Judged { .. });
        assert!(
            device.cause(&cure.signal).unwrap().severity != led_doctor::pack::Severity::Stop
                || !session.log.iter().any(|l| danger(&l.what))
        );
    }
    if session.live.is_some() {
        assert_eq!(session.stage, Stage::Tap, "nobody watches but on the pad");
    }
}

/// What is remembered is read back as it was, by serde and by the page's own reader.
fn round_trips(session: &Session) {
    let record = serde_json::to_value(session).unwrap();
    let remembered = Session {
        live: None,
        judgement: None,
        listener: led_doctor::rhythm::Listener::default(),
        ..session.clone()
    };
    assert_eq!(
        serde_json::from_value::<Session>(record.clone()).unwrap(),
        remembered
    );
    assert_eq!(
        led_doctor::form::read::<Session>(node(&record)).unwrap(),
        remembered
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    // 1000 walks of 100 to 130 steps: at least 100,000 steps.
    #[test]
    fn whatever_people_do_there_is_a_way_on_and_a_way_back(
        model in prop::sample::select(&MODELS[..]),
        steps in prop::collection::vec((action(), -2_000.0..60_000.0_f64), 100..130),
    ) {
        let mut walk = Walk::new(model);
        for (action, passed) in steps {
            // The wall clock may jump, back as well.
            walk.now += passed;
            walk.act(action);
            holds(&walk);
        }
        round_trips(&walk.session);
        let revived = walk.session.clone().revived(&walk.device).unwrap();
        prop_assert_eq!(&revived.stage, &walk.session.stage, "coming back is coming back to the same place");
        prop_assert_eq!(&revived.cure, &walk.session.cure, "no progress is lost");

        // Back leads to the pad in the end, and from there every diagnosis is near.
        let mut back = Walk { session: walk.session.clone(), ..Walk::new(model) };
        back.now = walk.now;
        for _ in 0..=led_doctor::session::MAX_TRAIL {
            back.act(Action::WentBack);
            holds(&back);
        }
        prop_assert_eq!(&back.session.stage, &Stage::Tap);
        back.act(Action::ChoiceOpened).act(Action::Chosen(id("motion"))).act(Action::Agreed);
        prop_assert_eq!(&back.session.stage, &Stage::Resolved);
    }
}
