//! What people tap and what they must then be told: the tests that a pack brings along.
//!
//! `scenarios.toml` holds a table per scenario. Its taps are written as people would note them, in seconds: `0 3.1 6` are
//! three quick taps, `0-1.2` is one that was held, `red:0 blue:0.5` are taps on lights or colours.

use super::shape::Shape;
use super::tree::{self, Finding, Place, Source};
use led_doctor::id::Id;
use led_doctor::pack::{Keyed, Pack};
use led_doctor::rhythm::{Chart, Decision, Look, Question, Settle, Tap, Watch, judge};
use led_doctor::time::Millis;
use schemars::JsonSchema;
use serde::Deserialize;
use std::rc::Rc;

/// One scenario.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Which model the person has.
    pub model: Id,
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
    pub look: Option<Look2>,
    /// What they answer when they are asked; what is not here they are not sure of.
    #[serde(default)]
    pub answer: Keyed<Id>,
    /// The questions that they must have been asked, in order; any when left out.
    #[serde(default)]
    pub asked: Option<Vec<Id>>,
    /// What they must be told: the id of a signal, `none` of these, or `open` when it cannot be known yet.
    pub expect: Id,
}

/// The engine's own word for it has no schema.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Look2 {
    /// Lit all the time.
    Steady,
    /// No light at all.
    Dark,
    /// Too fast to follow.
    TooFast,
}

/// The time between two looks at the clock, in ms.
const TICK: f64 = 250.0;

/// Reads and runs a pack's scenarios.
pub fn run(source: Rc<Source>, pack: &Pack) -> Result<usize, Vec<Finding>> {
    let tree = tree::parse(source)?;
    let schema = schema();
    let findings = Shape::new(&schema, &schema, "").check(&tree);
    if !findings.is_empty() {
        return Err(findings);
    }
    let mut findings = Vec::new();
    for (name, node) in tree.parts() {
        let scenario: Scenario = match serde_json::from_value(node.to_json()) {
            Ok(scenario) => scenario,
            Err(error) => {
                findings.push(Finding {
                    place: node.place.clone(),
                    what: format!("this scenario cannot be read: {error}"),
                    mend: "compare it with the pack guide".into(),
                });
                continue;
            }
        };
        if let Err((part, what, mend)) = play(&scenario, pack) {
            let place: &Place = node.get(part).map_or(&node.key, |node| &node.place);
            findings.push(Finding {
                place: place.clone(),
                what: format!("{name}: {what}"),
                mend,
            });
        }
    }
    if findings.is_empty() {
        Ok(tree.parts().len())
    } else {
        Err(findings)
    }
}

/// What a file of scenarios holds.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Keyed<Scenario>).to_value()
}

type Wrong = (&'static str, String, String);

/// Plays a scenario as the page would, and compares what the person is told.
fn play(scenario: &Scenario, pack: &Pack) -> Result<(), Wrong> {
    let model = scenario.model.as_str();
    if pack.model(model).is_none() {
        return Err((
            "model",
            format!("there is no model {model}"),
            "name a model of the pack".into(),
        ));
    }
    let told = scenario.expect.as_str();
    if !["none", "open"].contains(&told) && pack.signal(model, told).is_none() {
        return Err((
            "expect",
            format!("{model} has no signal {told}"),
            "name one of its signals, none or open".into(),
        ));
    }
    for (question, answer) in scenario.answer.iter() {
        let known = pack
            .file()
            .question
            .get(question.as_str())
            .and_then(|q| q.answer.get(answer.as_str()));
        if known.is_none() {
            return Err((
                "answer",
                format!("{question} has no answer {answer}"),
                "use a question and answer of the pack".into(),
            ));
        }
    }
    let taps = taps(&scenario.taps).ok_or_else(|| {
        (
            "taps",
            "these taps cannot be read".to_owned(),
            "write seconds, as in \"0 3.1 6\", \"0-1.2\" or \"red:0\"".to_owned(),
        )
    })?;

    let chart = chart(pack, model);
    let (verdict, asked, ranking) = listen(scenario, &chart, &taps);
    if verdict != told {
        return Err((
            "expect",
            format!("they are told {verdict}, not {told} ({ranking})"),
            "tap it yourself, then mend the signal or the scenario".into(),
        ));
    }
    if let Some(expected) = &scenario.asked
        && *expected != asked
    {
        let list = |ids: &[Id]| ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", ");
        return Err((
            "asked",
            format!("they are asked [{}]", list(&asked)),
            "mend what signals expect, or the scenario".into(),
        ));
    }
    Ok(())
}

/// A model's chart, made as the page makes it.
pub fn chart(pack: &Pack, model: &str) -> Chart {
    let question = |(id, question): (&Id, &led_doctor::pack::Question)| Question {
        id: id.clone(),
        answers: question.answer.ids().cloned().collect(),
    };
    Chart::new(
        pack.signals_for_engine(model),
        pack.file().question.iter().map(question).collect(),
    )
}

fn listen(scenario: &Scenario, chart: &Chart, taps: &[Tap]) -> (String, Vec<Id>, String) {
    let ms = |ms: f64| Millis::new(ms).unwrap_or_default();
    let done = |tap: &Tap| tap.at.get() + tap.held.map_or(0.0, Millis::get);
    let last = taps.last().map_or(0.0, done);
    let until = scenario.until.map_or(last, |s| s * 1_000.0).max(last);
    // The page looks at the clock, and at every tap.
    let mut moments: Vec<f64> = taps.iter().map(done).collect();
    moments.extend(
        (1..)
            .map(|n| f64::from(n) * TICK)
            .take_while(|t| *t < until),
    );
    moments.push(until);
    moments.sort_by(f64::total_cmp);

    let mut watch = Watch::default();
    let mut asked = Vec::new();
    let moments_left = moments.len();
    for (at, moment) in moments.into_iter().enumerate() {
        watch.taps = taps
            .iter()
            .filter(|tap| done(tap) <= moment)
            .cloned()
            .collect();
        watch.until = ms(moment);
        let end = at + 1 == moments_left;
        if end {
            watch.stopped = scenario.stopped;
            watch.look = scenario.look.map(|look| match look {
                Look2::Steady => Look::Steady,
                Look2::Dark => Look::Dark,
                Look2::TooFast => Look::TooFast,
            });
        }
        // A finger that is down is about to say more.
        if taps
            .iter()
            .any(|tap| tap.at.get() < moment && moment < done(tap))
        {
            continue;
        }
        if watch.taps.is_empty() && !end {
            continue;
        }
        loop {
            let judgement = judge(chart, &watch);
            let ranking = judgement
                .ranking
                .iter()
                .take(3)
                .map(|r| format!("{:?} {:.2}", r.what, r.probability))
                .collect::<Vec<_>>()
                .join(", ");
            match (judgement.decision, judgement.settle) {
                (Decision::Signal(id), _) => return (id.to_string(), asked, ranking),
                (Decision::NoneOfThese, _) => return ("none".into(), asked, ranking),
                (Decision::Undecided, Some(Settle::Ask { question, .. }))
                    if !asked.contains(&question) =>
                {
                    match scenario.answer.get(question.as_str()) {
                        Some(answer) => {
                            watch.answers.insert(question.clone(), answer.clone());
                        }
                        None => {
                            watch.unsure.push(question.clone());
                        }
                    }
                    asked.push(question);
                }
                (Decision::Undecided, _) if end => return ("open".into(), asked, ranking),
                (Decision::Undecided, _) => break,
            }
        }
    }
    ("open".into(), asked, String::new())
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
