//! The whole app as a state machine: what leads where, and what holds whatever people do in whatever order.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use led_doctor_core::codec::{decode, encode};
use led_doctor_core::id::Id;
use led_doctor_core::node::Node;
use led_doctor_core::pack::{Pack, PackFile};
use led_doctor_core::rhythm::{Decision, Look, Observer, Tap, Within};
use led_doctor_core::session::{
    Action, Device, Entry, Event, Outcome, Session, Stage, Triage, WaitState, report,
};
use led_doctor_core::text::Texts;
use led_doctor_core::time::{Millis, Wall};
use proptest::prelude::*;
use std::rc::Rc;

const MODELS: [&str; 2] = ["cam", "cam-2"];
const SIGNALS: [&str; 8] = [
    "motion",
    "offline",
    "failed",
    "recording",
    "gas",
    "battery",
    "starting",
    "no-such-signal",
];
const FIXES: [&str; 4] = ["router", "move", "cells", "no-such-fix"];
const STEPS: [&str; 6] = ["unplug", "wait", "erase", "after", "go", "no-such-step"];
const QUESTIONS: [&str; 3] = ["colour", "elsewhere", "no-such-question"];
const ANSWERS: [&str; 5] = ["red", "blue", "yes", "no", "no-such-answer"];

fn device(model: &str) -> Device {
    device_of(include_str!("fixtures/camera.json"), model)
}

fn device_of(json: &str, model: &str) -> Device {
    let file: PackFile = decode(serde_json::from_str(json).unwrap()).unwrap();
    Device::new(Rc::new(Pack::new(file).unwrap()), model).unwrap()
}

/// A session as it is stored.
fn stored(session: &Session) -> serde_json::Value {
    serde_json::to_value(encode(&mut session.clone())).unwrap()
}

fn read(record: serde_json::Value) -> Option<Session> {
    decode(serde_json::from_value::<Node>(record).ok()?).ok()
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
    /// All events so far.
    events: Vec<Event>,
}

impl Walk {
    fn new(model: &str) -> Walk {
        let now = 1.8e12;
        let device = device(model);
        let session = Session::new(id("acme"), id(model), Wall::new(now), 7);
        Walk {
            device,
            session,
            now,
            events: Vec::new(),
        }
    }

    fn act(&mut self, action: Action) -> &mut Walk {
        self.now += 100.0;
        let revision = self.session.revision;
        let applied = self
            .session
            .apply(&self.device, Wall::new(self.now), action);
        assert_eq!(applied.is_dirty, self.session.revision != revision);
        self.events.extend(applied.events);
        self
    }

    fn tap(&mut self, at: i32) -> &mut Walk {
        self.act(Action::Tapped {
            at: ms(at),
            light: None,
        })
        .act(Action::Released {
            at: ms(at + 80),
            has_length: true,
        })
    }

    fn found(&self) -> Option<&str> {
        self.session
            .finding
            .as_ref()
            .and_then(|finding| finding.signal.as_ref())
            .map(Id::as_str)
    }

    fn order(&self) -> Vec<String> {
        let progress = self.session.progress.as_ref().unwrap();
        self.device
            .ordered(progress)
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
    assert!(walk.session.progress.is_none());
}

#[test]
fn the_answer_orders_the_plan_and_can_be_changed() {
    let mut walk = Walk::on_plan("cam");
    walk.act(Action::Triaged(Some(id("yes"))));
    assert_eq!(walk.order(), ["move", "router"]);
    walk.act(Action::TriageReopened)
        .act(Action::Triaged(Some(id("no"))));
    assert_eq!(walk.order(), ["router", "move"]);
    assert_eq!(
        walk.session.progress.as_ref().unwrap().open,
        Some(id("router"))
    );
}

#[test]
fn a_fix_that_did_not_help_opens_the_next_and_the_last_leads_to_people() {
    let mut walk = Walk::on_plan("cam");
    walk.act(Action::Triaged(None));
    walk.act(Action::FixJudged {
        fix: id("router"),
        outcome: Outcome::Same,
    });
    assert_eq!(
        walk.session.progress.as_ref().unwrap().open,
        Some(id("move"))
    );
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
    let progress = walk.session.progress.as_ref().unwrap();
    assert_eq!(progress.outcome(&id("router")), Some(Outcome::Different));
    assert_eq!(progress.triage, Triage::Answer(id("no")));
}

/// On the plan, with a light that was seen again after the router was restarted.
fn seen_again(signal: &str) -> Walk {
    let mut walk = Walk::on_plan("cam");
    walk.act(Action::Triaged(Some(id("no"))))
        .act(Action::LookedAgain(id("router")));
    assert_eq!(walk.session.stage, Stage::Tap);
    walk.act(Action::ChoiceOpened)
        .act(Action::Chosen(id(signal)));
    walk
}

#[test]
fn a_light_that_is_tapped_again_says_what_the_fix_did() {
    for (signal, outcome, stage) in [
        ("recording", Outcome::Fixed, Stage::Resolved),
        ("offline", Outcome::Same, Stage::Plan),
        // Another light for the same cause is no news.
        ("failed", Outcome::Same, Stage::Plan),
        ("battery", Outcome::Different, Stage::Plan),
        ("gas", Outcome::Different, Stage::Resolved),
    ] {
        let mut walk = seen_again(signal);
        let router = id("router");
        let expected = Some((&router, Some(outcome)));
        assert_eq!(
            walk.session.looked_again(&walk.device),
            expected,
            "{signal}"
        );
        walk.act(Action::Agreed);
        assert_eq!(walk.session.stage, stage, "{signal}");
        let progress = walk.session.progress.as_ref().unwrap();
        assert_eq!(progress.outcome(&router), Some(outcome), "{signal}");
        assert!(walk.session.log.iter().any(|logged| logged.what
            == Entry::Judged {
                fix: id("router"),
                outcome
            }));
    }
}

#[test]
fn a_light_that_is_only_starting_is_given_time_and_the_fix_stays_open() {
    let mut walk = seen_again("starting");
    walk.act(Action::Agreed);
    assert_eq!(walk.session.stage, Stage::Plan);
    let progress = walk.session.progress.as_ref().unwrap();
    assert_eq!(
        (progress.open.clone(), progress.outcome(&id("router"))),
        (Some(id("router")), None)
    );
}

#[test]
fn a_light_that_does_something_else_begins_its_own_cure_and_what_was_tried_stays_tried() {
    let mut walk = seen_again("battery");
    let found = walk.session.log.len();
    walk.act(Action::Agreed);
    let progress = walk.session.progress.as_ref().unwrap();
    assert_eq!(progress.signal, id("battery"));
    assert_eq!(
        progress.open,
        Some(id("cells")),
        "its own first fix is open"
    );
    assert_eq!(progress.outcome(&id("router")), Some(Outcome::Different));
    assert!(walk.session.log.len() > found, "the history goes on");
    // Back to the first light: the question is asked again, and the router is not first a second time.
    walk.act(Action::LookedAgain(id("cells")))
        .act(Action::ChoiceOpened)
        .act(Action::Chosen(id("offline")))
        .act(Action::Agreed)
        .act(Action::Triaged(Some(id("no"))));
    let progress = walk.session.progress.as_ref().unwrap();
    assert_eq!(progress.open, Some(id("move")));
}

#[test]
fn back_from_looking_again_is_back_on_the_plan() {
    let mut walk = seen_again("offline");
    walk.act(Action::WentBack)
        .act(Action::WentBack)
        .act(Action::WentBack);
    assert_eq!(walk.session.stage, Stage::Plan);
    assert!(walk.session.looked_again(&walk.device).is_none());
    // … and the way on from an answer is as short as if one had never left.
    let mut walk = seen_again("offline");
    walk.act(Action::Agreed).act(Action::WentBack);
    assert_eq!(walk.session.stage, Stage::Verdict);
}

#[test]
fn what_comes_after_a_loss_waits_until_the_loss_is_agreed_to() {
    let mut walk = Walk::on_plan("cam");
    walk.act(Action::Triaged(Some(id("no"))));
    let step = |step| Action::StepToggled {
        fix: id("router"),
        step: id(step),
    };
    let shown = |walk: &Walk| {
        let progress = walk.session.progress.as_ref().unwrap();
        progress.steps(&walk.device, &id("router")).len()
    };
    let done = |walk: &Walk, step| {
        let progress = walk.session.progress.as_ref().unwrap();
        progress.is_done(&id("router"), &id(step))
    };
    walk.act(step("unplug"))
        .act(step("after"))
        .act(Action::WaitStarted {
            fix: id("router"),
            step: id("after"),
        });
    assert!(done(&walk, "unplug") && !done(&walk, "after"));
    assert!(walk.session.progress.as_ref().unwrap().waits.is_empty());
    assert_eq!(shown(&walk), 3);
    walk.act(step("erase")).act(step("after"));
    assert!(done(&walk, "after"));
    assert_eq!(shown(&walk), 4);
    let said = |logged: &led_doctor_core::session::Logged| matches!(&logged.what, Entry::Accepted { step, .. } if *step == id("erase"));
    assert!(walk.session.log.iter().any(said));
}

#[test]
fn a_wait_is_counted_by_the_wall_clock_in_both_directions() {
    let mut walk = Walk::on_plan("cam");
    walk.act(Action::Triaged(None)).act(Action::WaitStarted {
        fix: id("router"),
        step: id("wait"),
    });
    let wait = walk.session.progress.as_ref().unwrap().waits[0].clone();
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
    // … and it continues from there as soon as anything happens.
    walk.now -= 86_400_000.0;
    walk.act(Action::LookedAway);
    assert!(
        walk.session.progress.as_ref().unwrap().waits[0]
            .started
            .get()
            <= walk.now
    );
}

#[test]
fn of_several_waits_each_is_over_at_its_own_time_and_one_cut_short_never_is() {
    let mut walk = Walk::on_plan("cam");
    let (fix, wait, after) = (id("router"), id("wait"), id("after"));
    let start = |step: &Id| Action::WaitStarted {
        fix: id("router"),
        step: step.clone(),
    };
    walk.act(Action::Triaged(None))
        .act(start(&wait))
        .act(Action::StepToggled {
            fix: fix.clone(),
            step: id("erase"),
        })
        .act(start(&after));
    let over = |walk: &Walk, seconds: f64| -> Vec<Id> {
        let progress = walk.session.progress.as_ref().unwrap();
        let now = Wall::new(walk.now + seconds * 1000.0);
        progress
            .over(&walk.device, now)
            .into_iter()
            .map(|(wait, _)| wait.step.clone())
            .collect()
    };
    assert!(over(&walk, 9.0).is_empty());
    assert_eq!(over(&walk, 10.0), std::slice::from_ref(&after));
    assert_eq!(over(&walk, 30.0), [wait.clone(), after.clone()]);
    walk.act(Action::WaitSkipped { fix, step: wait });
    assert_eq!(over(&walk, 60.0), [after]);
}

#[test]
fn a_wait_that_is_over_checks_its_step_off_once() {
    let mut walk = Walk::on_plan("cam");
    let (fix, step) = (id("router"), id("wait"));
    let is_done = |walk: &Walk| {
        let progress = walk.session.progress.as_ref().unwrap();
        progress.is_done(&fix, &step)
    };
    walk.act(Action::Triaged(None)).act(Action::WaitStarted {
        fix: fix.clone(),
        step: step.clone(),
    });
    walk.now += 20_000.0;
    walk.act(Action::WaitsEnded);
    assert!(!is_done(&walk), "it lasts half a minute");
    walk.now += 10_000.0;
    walk.act(Action::WaitsEnded);
    assert!(is_done(&walk));
    let checked = Event::StepChecked {
        fix: fix.clone(),
        step: step.clone(),
        done: true,
    };
    assert_eq!(walk.events.last(), Some(&checked));
    // A check that the person removes stays removed.
    walk.act(Action::StepToggled {
        fix: fix.clone(),
        step: step.clone(),
    })
    .act(Action::WaitsEnded);
    assert!(!is_done(&walk));
}

#[test]
fn a_wait_that_is_cut_short_is_done() {
    let mut walk = Walk::on_plan("cam");
    let (fix, step) = (id("router"), id("wait"));
    walk.act(Action::Triaged(None))
        .act(Action::WaitStarted {
            fix: fix.clone(),
            step: step.clone(),
        })
        .act(Action::WaitSkipped {
            fix: fix.clone(),
            step: step.clone(),
        });
    assert!(walk.session.progress.as_ref().unwrap().is_done(&fix, &step));
}

#[test]
fn a_pattern_outside_the_list_is_read_and_read_on_while_it_is_tapped() {
    let mut walk = Walk::new("cam");
    for burst in 0..3 {
        for flash in 0..7 {
            let at = 5000 + burst * 5200 + flash * 450;
            walk.tap(at);
            walk.act(Action::Watched { at: ms(at + 300) });
        }
    }
    walk.act(Action::Watched { at: ms(20_000) });
    let finding = walk.session.finding.as_ref().unwrap();
    assert_eq!(finding.decision(), Decision::NoneOfThese);
    assert!(finding.is_unlisted());
    let counts = finding.pattern.as_ref().unwrap().groups.iter();
    assert_eq!(counts.map(|group| group.count).collect::<Vec<_>>(), [7]);
    // Reported again because more was read, and only then.
    let told = walk.events.iter();
    let told = told
        .filter(|event| matches!(event, Event::Found { .. }))
        .count();
    assert!((1..=3).contains(&told), "{told}");
}

#[test]
fn taps_that_nothing_follows_end_in_what_is_known() {
    let mut walk = Walk::new("cam");
    // No rhythm, and too few taps to decide so.
    walk.tap(0).tap(700).tap(2700).tap(3100);
    walk.act(Action::Watched { at: ms(20_000) })
        .act(Action::LeftAlone);
    assert_eq!(walk.session.stage, Stage::Tap, "not yet");
    walk.act(Action::Watched { at: ms(29_000) });
    assert_eq!(walk.session.stage, Stage::Tap, "time alone does not end it");
    walk.act(Action::LeftAlone);
    assert_ne!(walk.session.stage, Stage::Tap);
}

#[test]
fn a_pause_to_answer_is_no_part_of_the_rhythm() {
    let tapped = |answers: bool| {
        let mut walk = Walk::new("cam");
        walk.tap(0).tap(1000).tap(2000);
        if answers {
            walk.act(Action::Answered {
                question: id("colour"),
                answer: None,
            });
        }
        // They looked at the question for six seconds.
        walk.tap(8000).tap(9000);
        walk.session.watch.taps.len()
    };
    assert_eq!(tapped(true), 2, "a new attempt, with the answer");
    assert_eq!(tapped(false), 5, "a pause of the light");
}

#[test]
fn who_answers_in_rhythm_taps_on() {
    let mut walk = Walk::new("cam");
    walk.tap(0).tap(3000).act(Action::Answered {
        question: id("colour"),
        answer: Some(id("red")),
    });
    walk.tap(6000);
    assert_eq!(walk.session.watch.taps.len(), 3);
}

#[test]
fn taps_after_none_of_these_and_a_pause_are_a_new_attempt() {
    let mut walk = Walk::new("cam");
    for at in [0, 300, 1900, 2150, 4700, 5000, 7900, 8100, 8900] {
        walk.tap(at);
    }
    walk.act(Action::Watched { at: ms(19_000) });
    walk.act(Action::LeftAlone);
    assert_eq!(walk.session.stage, Stage::Verdict);
    assert_eq!(walk.found(), None);
    let began = 30_000;
    for nth in 0..5 {
        walk.tap(began + nth * 3000);
    }
    walk.act(Action::Watched {
        at: ms(began + 16_000),
    });
    assert_eq!(walk.found(), Some("offline"));
}

#[test]
fn back_never_shows_an_earlier_end_with_a_later_verdict() {
    let mut walk = Walk::new("cam");
    walk.act(Action::Chosen(id("recording")))
        .act(Action::Agreed);
    assert_eq!(walk.session.stage, Stage::Resolved);
    walk.act(Action::Restarted)
        .act(Action::Chosen(id("offline")));
    while !walk.session.trail.is_empty() {
        walk.act(Action::WentBack);
        assert_ne!(walk.session.stage, Stage::Resolved);
    }
}

/// A new attempt by a camera that saw this colour.
fn filmed(colour: &str) -> Action {
    Action::Observed {
        observer: Observer::Eye,
        within: Within::default(),
        colour: Some(id(colour)),
    }
}

#[test]
fn the_colour_that_a_camera_saw_answers_the_question_of_colour_and_no_other() {
    let mut walk = Walk::new("cam");
    walk.act(filmed("red"));
    assert_eq!(
        walk.session.watch.answers,
        [(id("colour"), id("red"))],
        "the device asks for red or blue, and whether it works elsewhere"
    );
    assert!(walk.session.log.iter().any(|logged| matches!(
        &logged.what,
        Entry::Answered { question, .. } if question.as_str() == "colour"
    )));
    // Another light was filmed.
    walk.act(filmed("blue"));
    assert_eq!(walk.session.watch.answers, [(id("colour"), id("blue"))]);
}

#[test]
fn what_the_person_answered_outlasts_what_a_camera_sees() {
    let mut walk = Walk::new("cam");
    walk.act(Action::Answered {
        question: id("colour"),
        answer: Some(id("red")),
    });
    walk.act(filmed("blue"));
    assert_eq!(walk.session.watch.answers, [(id("colour"), id("red"))]);
}

#[test]
fn a_colour_that_no_answer_names_is_asked() {
    for colour in ["white", "green", "no-such-colour"] {
        let mut walk = Walk::new("cam");
        walk.act(filmed(colour));
        assert_eq!(walk.session.watch.answers, [], "{colour}");
    }
}

#[test]
fn a_camera_begins_an_attempt_of_its_own() {
    let mut walk = Walk::new("cam");
    walk.tap(0).act(Action::Observed {
        observer: Observer::Eye,
        within: Within::default(),
        colour: None,
    });
    assert!(walk.session.watch.taps.is_empty());
    assert_eq!(walk.session.watch.observer, Observer::Eye);
    for nth in 0..5 {
        walk.tap(1000 + nth * 3000);
    }
    walk.act(Action::Watched { at: ms(14_500) });
    assert_eq!(walk.found(), Some("offline"));
    // What was seen is read back as what it was.
    let restored = read(stored(&walk.session)).unwrap();
    assert_eq!(restored.watch.observer, Observer::Eye);
}

#[test]
fn a_record_that_the_pack_no_longer_fits_is_repaired() {
    let walk = Walk::on_plan("cam");
    let mut record = stored(&walk.session);
    record["finding"]["signal"] = "gone".into();
    record["cure"]["signal"] = "gone".into();
    let restored = read(record).unwrap().restored(&walk.device).unwrap();
    assert_eq!(restored.stage, Stage::Tap);
    assert!(restored.progress.is_none() && restored.finding.is_none());
}

#[test]
fn a_record_of_another_format_or_device_is_refused() {
    let walk = Walk::new("cam");
    let mut other = walk.session.clone();
    other.format += 1;
    assert!(other.restored(&walk.device).is_none());
    assert!(walk.session.restored(&device("cam-2")).is_none());
}

#[test]
fn the_report_says_what_was_seen_and_tried() {
    let mut walk = Walk::on_plan("cam");
    walk.act(Action::Triaged(Some(id("no"))))
        .act(Action::StepToggled {
            fix: id("router"),
            step: id("erase"),
        });
    walk.now += 240_000.0;
    walk.act(Action::FixJudged {
        fix: id("router"),
        outcome: Outcome::Same,
    });
    let said = report(&walk.session, &walk.device, &texts(), &|at| {
        ((at.get() - 1.8e12) / 100.0).to_string()
    });
    assert_eq!(
        said,
        "Acme, Cam: Offline: Cut off\n\
         Tried, did not help: Restart the router.\n\
         LED Doctor, 0\n\
         - 0 min: Light seen: Offline (A flash every 3 seconds.) Chosen from descriptions.\n\
         - 0 min: Does it work elsewhere? No.\n\
         - 0 min: Agreed: Erase it.\n\
         - 4 min: Restart the router: did not help.\n\
         - 4 min: Begun: Move it\n\
         Light codes: acme, 2026-11."
    );
}

#[test]
fn codes_that_follow_one_another_are_read_one_after_the_other() {
    let mut walk = Walk::new("cam");
    let file = include_str!("fixtures/camera.json")
        .replace(r#""cause": "start""#, r#""cause": "cut""#)
        .replace("short x5", "short x5, repeat among others")
        .replace("long x3", "long x3, repeat among others");
    walk.device = device_of(&file, "cam");
    let report = |walk: &Walk| report(&walk.session, &walk.device, &texts(), &|_| String::new());

    walk.act(Action::Chosen(id("battery")))
        .act(Action::AnotherSeen);
    assert_eq!(walk.session.stage, Stage::Tap);
    assert!(walk.session.progress.is_none(), "nothing is to be done yet");

    // What was denied is not kept.
    walk.act(Action::Chosen(id("gas"))).act(Action::Restarted);
    walk.act(Action::Chosen(id("starting")))
        .act(Action::Agreed)
        .act(Action::Triaged(None));
    assert_eq!(walk.session.stage, Stage::Plan);
    assert_eq!(walk.session.codes, [id("battery"), id("starting")]);
    assert!(report(&walk).contains("Codes read, in order: Battery, Starting."));
    walk.act(Action::FixJudged {
        fix: id("router"),
        outcome: Outcome::Same,
    });

    // The first code is another part's: nothing has been tried on that.
    walk.act(Action::Chosen(id("battery"))).act(Action::Agreed);
    let progress = walk.session.progress.as_ref().unwrap();
    assert!(progress.signal == id("battery") && progress.tried.is_empty());
    assert_eq!(walk.session.codes.len(), 2, "no code is listed twice");
    round_trips(&walk.session);
}

#[test]
fn a_signal_that_stands_alone_is_no_code_of_several() {
    let mut walk = Walk::new("cam");
    walk.act(Action::Chosen(id("offline")))
        .act(Action::AnotherSeen);
    assert!(walk.session.codes.is_empty());
}

fn texts() -> Texts {
    let texts: toml::Table = toml::from_str(include_str!("../../../text/en.toml")).unwrap();
    Texts::new(flat("", &texts), |n| {
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

#[test]
fn the_fullest_session_is_read_back() {
    let mut walk = Walk::new("cam");
    for nth in 0..600 {
        walk.act(Action::Chosen(id(["motion", "offline"][nth % 2])));
    }
    let mut session = walk.session;
    assert_eq!(session.log.len(), led_doctor_core::session::MAX_LOG);
    let tap = |nth: usize| Tap {
        at: ms(nth as i32 * 100),
        held: None,
        light: None,
    };
    session.watch.taps = (0..led_doctor_core::session::MAX_TAPS).map(tap).collect();
    let record = stored(&session);
    let characters = record.to_string().len();
    assert!(characters < 100_000, "{characters} characters are stored");
    let back = read(record).unwrap();
    assert_eq!((&back.watch, &back.log), (&session.watch, &session.log));
}

/// Anything a person, a clock or a slip can do.
fn action() -> impl Strategy<Value = Action> {
    let at = || (0..40_000_i32).prop_map(ms);
    let one = |ids: &'static [&'static str]| prop::sample::select(ids).prop_map(id);
    let place = || (one(&FIXES), one(&STEPS));
    let light = || prop::option::of(one(&["red", "blue", "none-such"]));
    prop_oneof![
        6 => (at(), light()).prop_map(|(at, light)| Action::Tapped { at, light }),
        6 => (at(), any::<bool>()).prop_map(|(at, has_length)| Action::Released { at, has_length }),
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
        2 => Just(Action::AnotherSeen),
        4 => prop::option::of(one(&ANSWERS)).prop_map(Action::Triaged),
        1 => Just(Action::TriageReopened),
        3 => one(&FIXES).prop_map(Action::FixOpened),
        4 => place().prop_map(|(fix, step)| Action::StepToggled { fix, step }),
        3 => place().prop_map(|(fix, step)| Action::WaitStarted { fix, step }),
        1 => place().prop_map(|(fix, step)| Action::WaitSkipped { fix, step }),
        1 => place().prop_map(|(fix, step)| Action::WaitAnnounced { fix, step }),
        3 => one(&FIXES).prop_map(Action::LookedAgain),
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
        ..
    } = walk;
    match &session.stage {
        Stage::Verdict | Stage::Resolved => assert!(session.finding.is_some(), "nothing to show"),
        Stage::Plan => assert!(session.progress.is_some(), "nothing to progress"),
        Stage::Ask(question) => assert!(device.question(question).is_some(), "nothing to ask"),
        Stage::Tap | Stage::Choose | Stage::Support => {}
    }
    if let Some(progress) = &session.progress {
        assert!(device.plan(&progress.signal).is_some());
        assert!(
            progress
                .open
                .as_ref()
                .is_none_or(|fix| device.fix(fix).is_some())
        );
        for done in &progress.done {
            let mut steps = device.steps(&done.fix).into_iter();
            let own = steps
                .clone()
                .position(|(step, _)| *step == done.step)
                .unwrap();
            assert!(
                steps.all(
                    |(step, known)| known.kind != led_doctor_core::pack::StepKind::Loss
                        || own
                            <= device
                                .steps(&done.fix)
                                .iter()
                                .position(|(id, _)| *id == step)
                                .unwrap()
                        || session.log.iter().any(|logged| logged.what
                            == Entry::Accepted {
                                fix: done.fix.clone(),
                                step: step.clone()
                            })
                ),
                "nothing after a loss that nobody agreed to"
            );
        }
        assert!(
            progress.looking.is_none() || !matches!(session.stage, Stage::Plan | Stage::Resolved),
            "looking again ends where the answer is"
        );
        for wait in &progress.waits {
            let span = device.step(&wait.fix, &wait.step).unwrap().wait.unwrap();
            match wait.state(span, Wall::new(*now)) {
                WaitState::Least(left) => assert!((1..=span.0).contains(&left)),
                WaitState::Most(left) => assert!((1..=span.1).contains(&left)),
                WaitState::Over => {}
            }
        }
        let danger = |entry: &Entry| matches!(entry, Entry::Began(_) | Entry::Judged { .. });
        assert!(
            device.cause(&progress.signal).unwrap().severity
                != led_doctor_core::pack::Severity::Stop
                || !session.log.iter().any(|l| danger(&l.what))
        );
    }
    assert!(
        session.live.is_none() || matches!(session.stage, Stage::Tap | Stage::Verdict),
        "nobody watches but on the pad and under a fresh verdict"
    );
}

/// What is stored is read back as it was, and stays as it was when it is stored again.
fn round_trips(session: &Session) {
    let record = stored(session);
    let back = read(record.clone()).unwrap();
    assert_eq!(stored(&back), record);
    assert_eq!(
        (&back.watch, &back.finding, &back.progress, &back.log),
        (
            &session.watch,
            &session.finding,
            &session.progress,
            &session.log
        )
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
        let restored = walk.session.clone().restored(&walk.device).unwrap();
        prop_assert_eq!(&restored.stage, &walk.session.stage, "coming back is coming back to the same place");
        prop_assert_eq!(&restored.progress, &walk.session.progress, "no progress is lost");

        // Back leads to the pad in the end, and from there every diagnosis is near.
        let mut back = Walk { session: walk.session.clone(), ..Walk::new(model) };
        back.now = walk.now;
        for _ in 0..=led_doctor_core::session::MAX_TRAIL {
            back.act(Action::WentBack);
            holds(&back);
        }
        prop_assert_eq!(&back.session.stage, &Stage::Tap);
        back.act(Action::ChoiceOpened).act(Action::Chosen(id("motion"))).act(Action::Agreed);
        prop_assert_eq!(&back.session.stage, &Stage::Resolved);
    }

    #[test]
    fn a_record_with_flipped_bits_is_read_or_refused_and_never_trusted(
        steps in prop::collection::vec(action(), 0..40),
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 1..4),
    ) {
        let mut walk = Walk::on_plan("cam");
        for action in steps {
            walk.act(action);
        }
        let mut record = serde_json::to_vec(&stored(&walk.session)).unwrap();
        for (at, bit) in flips {
            let at = at.index(record.len());
            record[at] ^= 1 << bit;
        }
        // What is no JSON any more is refused before it comes here.
        if let Ok(value) = serde_json::from_slice::<serde_json::Value>(&record)
            && let Some(session) = read(value)
            && let Some(session) = session.restored(&walk.device)
        {
            walk.session = session;
            walk.act(Action::WentBack);
            // Where the record led, there is a way on.
            walk.act(Action::ChoiceOpened).act(Action::Chosen(id("motion"))).act(Action::Agreed);
            prop_assert_eq!(&walk.session.stage, &Stage::Resolved);
            let text = report(&walk.session, &walk.device, &texts(), &|_| String::new());
            prop_assert!(!text.is_empty());
        }
    }
}

#[test]
fn a_film_stands_beside_the_taps_before_it_and_a_contradiction_is_said() {
    let eye = || Action::Observed {
        observer: Observer::Eye,
        within: Within::default(),
        colour: None,
    };
    let mut walk = Walk::new("cam");
    for nth in 0..4 {
        walk.tap(5000 + nth * 3000);
        walk.act(Action::Watched {
            at: ms(5000 + nth * 3000 + 2900),
        });
    }
    assert_eq!(walk.found(), Some("offline"));
    assert!(walk.session.compared().is_none());
    // The same in a film, read in two parts: one attempt.
    walk.act(Action::Restarted).act(eye()).tap(0);
    walk.act(eye());
    for nth in 0..5 {
        walk.tap(nth * 3000);
    }
    walk.act(Action::Watched { at: ms(15_000) });
    assert_eq!(walk.found(), Some("offline"));
    let (earlier, differs) = walk.session.compared().unwrap();
    assert_eq!((earlier.watch.taps.len(), differs), (4, false));
    // With another tap, it is another light.
    walk.act(Action::Observed {
        observer: Observer::Finger,
        within: Within::default(),
        colour: None,
    });
    walk.tap(20_000).act(Action::Watched { at: ms(29_500) });
    assert_eq!(walk.found(), Some("motion"));
    let (earlier, differs) = walk.session.compared().unwrap();
    assert_eq!((earlier.watch.taps.len(), differs), (5, true));
    // After that it is past: what is seen next may be another light.
    walk.act(Action::Agreed);
    assert!(walk.session.compared().is_none());
}

#[test]
fn with_a_full_log_a_verdict_by_silence_is_still_told_and_stored() {
    let mut walk = Walk::new("cam");
    for nth in 0..600 {
        walk.act(Action::Chosen(id(["motion", "offline"][nth % 2])));
    }
    walk.act(Action::Restarted).tap(0);
    walk.events.clear();
    let revision = walk.session.revision;
    walk.act(Action::Watched { at: ms(9_500) });
    let found = |event: &Event| matches!(event, Event::Found { finding, .. } if finding.signal == Some(id("motion")));
    assert!(walk.events.iter().any(found), "{:?}", walk.events);
    assert_ne!(walk.session.revision, revision, "worth storing");
}

#[test]
fn what_somebody_is_not_sure_of_is_noted_once() {
    let mut walk = Walk::new("cam");
    for _ in 0..600 {
        walk.act(Action::Answered {
            question: id("colour"),
            answer: None,
        });
    }
    assert_eq!(walk.session.watch.unsure, [id("colour")]);
}

#[test]
fn sessions_that_began_in_the_same_millisecond_are_two() {
    let new = |nonce| Session::new(id("acme"), id("cam"), Wall::new(1.8e12), nonce);
    assert_ne!(new(1).key(), new(2).key());
    let stored = read(stored(&new(7))).unwrap();
    assert_eq!(stored.key(), new(7).key());
}

#[test]
fn who_taps_on_under_a_verdict_may_change_it() {
    // A lone flash, and long dark after it: motion. But it was the first of a beat, of which two were missed.
    let mut walk = Walk::new("cam");
    walk.tap(0).act(Action::Watched { at: ms(8_800) });
    assert_eq!(walk.found(), Some("motion"));
    for nth in 3..7 {
        walk.tap(nth * 3000).act(Action::Watched {
            at: ms(nth * 3000 + 1500),
        });
    }
    assert_eq!(walk.session.stage, Stage::Verdict);
    assert_eq!(walk.found(), Some("offline"));
    // Once agreed to, it is kept.
    walk.act(Action::Agreed).tap(22_000);
    assert_eq!(walk.session.stage, Stage::Plan);
}

/// Taps at a light, as gaps from one to the next and then silence, in ms.
fn attempt() -> impl Strategy<Value = (Vec<i32>, i32)> {
    let gap = prop_oneof![200..700_i32, 2700..3300_i32, 200..9000_i32];
    (prop::collection::vec(gap, 0..9), 0..14_000_i32)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn how_often_the_page_looks_at_its_clock_changes_no_verdict((gaps, silence) in attempt(), step in 40..400_i32) {
        let (mut seldom, mut often) = (Walk::new("cam"), Walk::new("cam"));
        let mut at = 0;
        seldom.tap(at);
        often.tap(at);
        for gap in gaps.iter().chain([&silence]) {
            let next = at + gap.max(&100);
            for tick in (at + 80..next).step_by(step as usize).skip(1) {
                often.act(Action::Watched { at: ms(tick) });
            }
            at = next;
            if gap != &silence {
                seldom.tap(at);
                often.tap(at);
            }
        }
        for walk in [&mut seldom, &mut often] {
            walk.act(Action::Watched { at: ms(at) });
        }
        prop_assert_eq!(&seldom.session.stage, &often.session.stage);
        prop_assert_eq!(seldom.found(), often.found());
        let moments = |walk: &Walk| -> Vec<f64> {
            let found = |event: &Event| match event {
                Event::Found { at, .. } => Some(at.get()),
                _ => None,
            };
            walk.events.iter().filter_map(found).collect()
        };
        prop_assert_eq!(moments(&seldom), moments(&often));
    }
}
