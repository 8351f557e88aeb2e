//! What people tap and which verdict must follow: the tests that a pack brings along.
//!
//! `scenarios.toml` holds a table per scenario. Its taps are written as people would note them, in seconds: `0 3.1 6` are
//! three quick taps, `0-1.2` is one that was held, `red:0 blue:0.5` are taps on lights or colours.

use super::shape::Shape;
use super::tree::{self, Fault, Place, Source};
use led_doctor_core::id::Id;
use led_doctor_core::pack::{IdSchema, Keyed, Pack};
use led_doctor_core::rhythm::{Hypothesis, Look, Observer, Tap};
use led_doctor_core::session::Device;
use led_doctor_core::session::drive::{Attempt, Course, drive, is_signal};
use led_doctor_core::time::Millis;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::rc::Rc;

/// One scenario.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Which model the person has.
    #[schemars(with = "IdSchema")]
    pub model: String,
    /// When they tap, in seconds: `0 3.1 6`, held `0-1.2`, on a light `red:0`.
    #[serde(default)]
    pub taps: String,
    /// How long they watch, in seconds; until the last tap when left out.
    #[serde(default)]
    pub until: Option<f64>,
    /// At the end they say that it has stopped.
    #[serde(default)]
    pub stopped: bool,
    /// At the end they say that it is lit all the time (`steady`), dark (`dark`) or too fast to follow (`too-fast`).
    #[serde(default)]
    pub look: Option<Looked>,
    /// What they answer when they are asked; what is not here they are not sure of.
    #[serde(default)]
    #[schemars(with = "Keyed<IdSchema>")]
    pub answer: BTreeMap<String, String>,
    /// The questions that they must have been asked, in order; any when left out.
    #[serde(default)]
    #[schemars(with = "Option<Vec<IdSchema>>")]
    pub asked: Option<Vec<String>>,
    /// What they must be told: the id of a signal, `none` of these, `unlisted` for a number code that is not in the table, or
    /// `open` when it cannot be known yet.
    #[schemars(with = "IdSchema")]
    pub expect: String,
}

/// What somebody says of a light without tapping.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Looked {
    /// Lit all the time.
    Steady,
    /// No light at all.
    Dark,
    /// Too fast to follow.
    TooFast,
}

/// Reads and runs a pack's scenarios.
pub fn run(source: Rc<Source>, pack: &Rc<Pack>) -> Result<usize, Vec<Fault>> {
    let tree = tree::parse(source)?;
    let schema = schema();
    let mut faults = Shape::new(&schema, &schema, "").check(&tree);
    // A scenario of the wrong shape is not played; the others are.
    let misshapen: Vec<usize> = faults.iter().map(|fault| fault.place.at).collect();
    let parts = tree.parts();
    for (nth, (name, node)) in parts.iter().enumerate() {
        let end = parts
            .get(nth + 1)
            .map_or(usize::MAX, |(_, next)| next.key.at);
        if misshapen.iter().any(|at| (node.key.at..end).contains(at)) {
            continue;
        }
        let scenario: Scenario = match serde_json::from_value(node.to_json()) {
            Ok(scenario) => scenario,
            Err(error) => {
                faults.push(Fault {
                    place: node.place.clone(),
                    what: format!("this scenario cannot be read: {error}"),
                    remedy: "compare it with the pack guide".into(),
                });
                continue;
            }
        };
        if let Err((part, what, remedy)) = play(&scenario, pack) {
            let place: &Place = node.get(part).map_or(&node.key, |node| &node.place);
            faults.push(Fault {
                place: place.clone(),
                what: format!("{name}: {what}"),
                remedy,
            });
        }
    }
    if faults.is_empty() {
        Ok(tree.parts().len())
    } else {
        Err(faults)
    }
}

/// What a file of scenarios holds.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Keyed<Scenario>).to_value()
}

/// A hypothesis as pack authors name it.
fn called(what: &Hypothesis) -> String {
    match what {
        Hypothesis::Signal(id) => id.to_string(),
        Hypothesis::Unlisted(code) => format!("unlisted {code}"),
        Hypothesis::UnknownRegular => "another beat".into(),
        Hypothesis::Noise => "no rhythm".into(),
    }
}

type Wrong = (&'static str, String, String);

/// Plays a scenario as the page would, and compares the verdict.
fn play(scenario: &Scenario, pack: &Rc<Pack>) -> Result<(), Wrong> {
    let device = device(scenario, pack)?;
    let taps = taps_at(scenario, pack)?;
    let is_unnamed = !device.pads().is_empty() && taps.iter().any(|tap| tap.light.is_none());
    let mut answers = |question: &Id| Id::new(scenario.answer.get(question.as_str())?);
    let course = drive(&device, &attempt(scenario, taps), Some(&mut answers));
    compare(scenario, &course, is_unnamed)
}

/// The device that a scenario is about. Fails where the scenario names what the pack does not have.
fn device(scenario: &Scenario, pack: &Rc<Pack>) -> Result<Device, Wrong> {
    let model = scenario.model.as_str();
    let device = Device::new(Rc::clone(pack), model).ok_or_else(|| {
        (
            "model",
            format!("there is no model {model}"),
            "name a model of the pack".to_owned(),
        )
    })?;
    let wanted = scenario.expect.as_str();
    if is_signal(wanted) && pack.signal(model, wanted).is_none() {
        let signals = pack.signals(model);
        let signals: Vec<&str> = signals.iter().map(|entry| entry.id.as_str()).collect();
        return Err((
            "expect",
            format!("{model} has no signal {wanted}"),
            format!(
                "name one of its signals ({}), none, unlisted or open",
                signals.join(", ")
            ),
        ));
    }
    let is_unknown = |(question, answer): &(&String, &String)| {
        let question = pack.file().question.get(question.as_str());
        question.is_none_or(|question| question.answer.get(answer.as_str()).is_none())
    };
    match scenario.answer.iter().find(is_unknown) {
        Some((question, answer)) => Err((
            "answer",
            format!("{question} has no answer {answer}"),
            "use a question and answer of the pack".into(),
        )),
        None => Ok(device),
    }
}

/// The taps of a scenario. Fails where they cannot be read, or are of a light that the pack does not have.
fn taps_at(scenario: &Scenario, pack: &Pack) -> Result<Vec<Tap>, Wrong> {
    let taps = taps(&scenario.taps).ok_or_else(|| {
        (
            "taps",
            "these taps cannot be read".to_owned(),
            "write seconds, as in \"0 3.1 6\", \"0-1.2\" or \"red:0\"".to_owned(),
        )
    })?;
    let lights: Vec<&str> = pack.file().light.ids().map(Id::as_str).collect();
    let mut named = taps.iter().filter_map(|tap| tap.light.as_ref());
    match named.find(|light| !lights.contains(&light.as_str())) {
        Some(light) => Err((
            "taps",
            format!("there is no light {light}"),
            format!("the lights of this pack are {}", lights.join(", ")),
        )),
        None => Ok(taps),
    }
}

/// Compares what happened with what the scenario expects. `is_unnamed`: taps name no light though the device has several pads.
fn compare(scenario: &Scenario, course: &Course, is_unnamed: bool) -> Result<(), Wrong> {
    let wanted = scenario.expect.as_str();
    let verdict = course.outcome();
    let asked: Vec<&str> = course.asked.iter().map(Id::as_str).collect();
    if verdict != wanted {
        let ranking = course.judgement.ranking.iter().take(3);
        let ranking: Vec<String> = ranking
            .map(|r| format!("{} {:.0} %", called(&r.what), r.probability * 100.0))
            .collect();
        let remedy = match verdict {
            _ if is_unnamed => {
                "on this model the page has a pad for each light: write the light before each tap, as in \"red:0 red:0.5\""
            }
            // Nothing is decided that is not quite sure, and a doubt is settled by an answer or by more of the light.
            "open" if asked.is_empty() => {
                "a verdict needs 95 %: let them watch for longer (until), tap another round, or expect open"
            }
            "open" => {
                "a verdict needs 95 %: answer what they are asked (answer = …; three questions at most), let them watch for longer (until), tap another round, or expect open"
            }
            _ => {
                "look at what pack confusion says of the two, then correct the signal or the scenario"
            }
        };
        return Err((
            "expect",
            format!(
                "they are told {verdict}, not {wanted} ({}); they were asked [{}]",
                ranking.join(", "),
                asked.join(", ")
            ),
            remedy.into(),
        ));
    }
    match &scenario.asked {
        Some(expected) if asked != *expected => Err((
            "asked",
            format!("they are asked [{}]", asked.join(", ")),
            "remedy what signals expect, or the scenario".into(),
        )),
        _ => Ok(()),
    }
}

fn attempt(scenario: &Scenario, taps: Vec<Tap>) -> Attempt {
    let done = |tap: &Tap| tap.at.get() + tap.held.map_or(0.0, Millis::get);
    let last = taps.last().map_or(0.0, done);
    let until = scenario.until.map_or(last, |s| s * 1_000.0).max(last);
    Attempt {
        observer: Observer::Finger,
        colour: None,
        taps,
        until: Millis::new(until).unwrap_or_default(),
        stopped: scenario.stopped,
        look: scenario.look.map(|look| match look {
            Looked::Steady => Look::Steady,
            Looked::Dark => Look::Dark,
            Looked::TooFast => Look::TooFast,
        }),
        answers: Vec::new(),
    }
}

fn taps(text: &str) -> Option<Vec<Tap>> {
    let seconds = |text: &str| {
        text.parse::<f64>()
            .ok()
            .and_then(|s| Millis::new((s * 1_000.0).round()))
    };
    let tap = |word: &str| {
        let (light, times) = match word.split_once(':') {
            Some((light, times)) => (Some(Id::new(light)?), times),
            None => (None, word),
        };
        let (down, up) = match times.split_once('-') {
            Some((down, up)) => (seconds(down)?, Some(seconds(up)?)),
            None => (seconds(times)?, None),
        };
        // A quick tap on a screen lasts about this long.
        let held = up.map_or(Millis::whole(90), |up| up - down);
        Some(Tap {
            at: down,
            held: Some(held),
            light,
        })
    };
    text.split_whitespace().map(tap).collect()
}
