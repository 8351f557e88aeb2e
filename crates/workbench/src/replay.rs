//! `led-doctor replay FILE`: attempts that were recorded elsewhere, run through the session as if they were live.
//!
//! One JSON object a line in, one a line out, in order. What cannot be read becomes an error object with its line
//! number, the rest continues, and the command fails in the end.

use crate::output::print;
use crate::packs;
use crate::simulated::ms;
use anyhow::{Context, Result, anyhow, bail};
use led_doctor_core::id::Id;
use led_doctor_core::pack::{Pack, digits};
use led_doctor_core::rhythm::{
    Decision, Hypothesis, Judgement, Look, Millis, Observer, Pattern, Tap,
};
use led_doctor_core::session::Device;
use led_doctor_core::session::drive::{Attempt, Course, drive};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is replayed.
#[derive(clap::Args)]
pub struct Options {
    /// A file of JSON Lines, or - for the standard input
    file: PathBuf,
}

/// A recorded watch. Times in ms since watching began.
#[derive(Deserialize)]
struct Recorded {
    #[serde(default)]
    id: Value,
    pack: String,
    model: String,
    /// Who watched.
    #[serde(default)]
    observer: Observed,
    taps: Vec<Tapped>,
    /// How long the person watched; until the last tap when left out.
    until: Option<f64>,
    /// "That was all."
    #[serde(default)]
    stopped: bool,
    /// The statement about the light.
    look: Option<Looked>,
    /// The colour that a camera saw.
    colour: Option<String>,
    /// Answers to questions, given at the beginning.
    #[serde(default)]
    answers: BTreeMap<String, String>,
}

/// A person's statement about a light without tapping.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Looked {
    Steady,
    Dark,
    TooFast,
}

/// Who watched: a person who tapped, or a camera whose edges are the taps.
#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "kebab-case")]
enum Observed {
    #[default]
    Finger,
    Eye,
}

#[derive(Deserialize)]
struct Tapped {
    at: f64,
    held: Option<f64>,
    light: Option<String>,
}

/// What was read, or why it could not be.
type Outcome<T> = std::result::Result<T, String>;

/// The packs and the devices that the lines name, each read once in each thread.
#[derive(Default)]
struct Devices {
    packs: BTreeMap<String, Outcome<Rc<Pack>>>,
    devices: BTreeMap<(String, String), Outcome<Device>>,
}

/// The number of lines that are replayed at a time.
const CHUNK: usize = 200;

/// Replays a file, or the standard input for `-`.
///
/// # Errors
/// When the file cannot be read, and when a line could not be replayed.
pub fn replay(Options { file }: &Options) -> Result<()> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin()
            .read_to_end(&mut bytes)
            .context("cannot read the standard input")?;
    } else {
        bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    }
    let lines: Vec<(usize, &[u8])> = bytes
        .split(|b| *b == b'\n')
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim_ascii()))
        .filter(|(_, line)| !line.is_empty())
        .collect();
    let chunks: Vec<_> = lines.chunks(CHUNK).collect();
    let next = AtomicUsize::new(0);
    // Each thread takes the next chunk when it is done with one: a thread that is held up holds up nothing else.
    let work = || {
        let mut done = Vec::new();
        let mut devices = Devices::default();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(chunk) = chunks.get(index) else {
                return done;
            };
            done.push((index, replay_part(chunk, &mut devices)));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut parts: Vec<(usize, (String, usize))> = Vec::new();
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for thread in running {
            parts.extend(thread.join().map_err(|_| anyhow!("a thread broke off"))?);
        }
        anyhow::Ok(())
    })?;
    parts.sort_by_key(|part| part.0);
    let mut bad = 0;
    for (_, (text, failed)) in &parts {
        bad += failed;
        if !print(text)? {
            return Ok(());
        }
    }
    if bad > 0 {
        bail!("{bad} of {} lines could not be replayed", lines.len());
    }
    Ok(())
}

impl Devices {
    /// A model, or why there is none.
    fn of(&mut self, pack: &str, model: &str) -> &Outcome<Device> {
        let key = (pack.to_owned(), model.to_owned());
        let packs = &mut self.packs;
        self.devices.entry(key).or_insert_with_key(|(pack, model)| {
            let read = packs.entry(pack.clone()).or_insert_with_key(|id| {
                packs::read(id).map(Rc::new).map_err(|e| format!("{e:#}"))
            });
            let pack = read.as_ref().map_err(Clone::clone)?;
            packs::device(pack, model).map_err(|e| format!("{e:#}"))
        })
    }
}

/// The output of some lines, and how many could not be replayed.
fn replay_part(lines: &[(usize, &[u8])], devices: &mut Devices) -> (String, usize) {
    let mut out = String::new();
    let mut bad = 0;
    for (number, line) in lines {
        let result_line = replay_line(line, devices).unwrap_or_else(|(id, error)| {
            bad += 1;
            let mut object = json!({ "line": number, "error": error });
            if let (Some(id), Some(object)) = (id, object.as_object_mut()) {
                object.insert("id".into(), id);
            }
            object
        });
        out.push_str(&result_line.to_string());
        out.push('\n');
    }
    (out, bad)
}

/// What one line yields, or why it cannot be replayed, with its id if that can be read.
fn replay_line(
    line: &[u8],
    devices: &mut Devices,
) -> std::result::Result<Value, (Option<Value>, String)> {
    let recorded: Recorded = serde_json::from_slice(line).map_err(|error| {
        let id = serde_json::from_slice::<Value>(line)
            .ok()
            .and_then(|v| v.get("id").cloned());
        (id, error.to_string())
    })?;
    let id = recorded.id.clone();
    let device = devices.of(&recorded.pack, &recorded.model);
    let device = device
        .as_ref()
        .map_err(|error| (Some(id.clone()), error.clone()))?;
    Ok(result_of(
        id,
        device,
        &drive(device, &attempt(&recorded), None),
    ))
}

fn attempt(recorded: &Recorded) -> Attempt {
    let tap = |t: &Tapped| Tap {
        at: ms(t.at),
        held: t.held.map(ms),
        light: t.light.as_deref().and_then(Id::new),
    };
    let last = recorded.taps.iter().map(|t| t.at).fold(0.0, f64::max);
    let answer =
        |(question, answer): (&String, &String)| Some((Id::new(question)?, Id::new(answer)?));
    Attempt {
        observer: match recorded.observer {
            Observed::Finger => Observer::Finger,
            Observed::Eye => Observer::Eye,
        },
        colour: recorded.colour.as_deref().and_then(Id::new),
        taps: recorded.taps.iter().map(tap).collect(),
        until: ms(recorded.until.unwrap_or(last).max(last)),
        stopped: recorded.stopped,
        look: recorded.look.map(|look| match look {
            Looked::Steady => Look::Steady,
            Looked::Dark => Look::Dark,
            Looked::TooFast => Look::TooFast,
        }),
        answers: recorded.answers.iter().filter_map(answer).collect(),
    }
}

fn result_of(id: Value, device: &Device, course: &Course) -> Value {
    let verdict = match course.outcome() {
        "open" => "undecided",
        outcome => outcome,
    };
    let ranking: Vec<Value> = course
        .judgement
        .ranking
        .iter()
        .map(|r| json!([name(&r.what), round(r.probability, 1e4)]))
        .collect();
    let mut line = json!({
        "id": id,
        "verdict": verdict,
        "confidence": round(confidence(&course.verdict, &course.judgement), 1e4),
        "decided_at": course.decided_at.map(|at| round(at, 1.0)),
        "period": course.judgement.period.map(|p| round(p.get(), 1.0)),
        "ranking": ranking,
    });
    let read = match (&course.verdict, &course.pattern) {
        (Decision::Unlisted(code), _) => Some(digits_read(code, device, &course.judgement)),
        (_, Some(pattern)) => Some(pattern_read(pattern)),
        _ => None,
    };
    if let (Some(read), Some(line)) = (read, line.as_object_mut()) {
        line.insert("read".into(), read);
    }
    line
}

/// The digits of a code that is not in the list, and how certain each is.
fn digits_read(code: &Id, device: &Device, judgement: &Judgement) -> Value {
    let Some((first, second)) = digits::of(code.as_str()) else {
        return Value::Null;
    };
    let (each, _) = device.digits(judgement);
    let sure = |place: usize, value: u8| {
        let digit = each.get(place).filter(|digit| digit.value == value);
        digit.map_or(Value::Null, |digit| round(digit.sure, 1e4))
    };
    json!({ "first": first, "second": second, "sure": [sure(0, first), sure(1, second)] })
}

/// A clear rhythm that is none of the device's: the flashes of each group of a round, and the times (ms).
fn pattern_read(pattern: &Pattern) -> Value {
    let ms = |time: Option<Millis>| time.map(|time| round(time.get(), 1.0));
    let counts: Vec<u8> = pattern.groups.iter().map(|group| group.count).collect();
    let lights: Option<Vec<&str>> = pattern
        .groups
        .iter()
        .map(|group| group.light.as_ref().map(Id::as_str))
        .collect();
    json!({ "counts": counts, "lights": lights, "every": ms(pattern.every), "pause": ms(pattern.pause) })
}

fn name(what: &Hypothesis) -> &str {
    match what {
        Hypothesis::Signal(id) | Hypothesis::Unlisted(id) => id.as_str(),
        Hypothesis::UnknownRegular => "unknown-regular",
        Hypothesis::Noise => "noise",
    }
}

/// The probability of the verdict; of the leader while there is none.
fn confidence(verdict: &Decision, judgement: &Judgement) -> f64 {
    match verdict {
        Decision::Undecided => judgement.ranking.first().map_or(0.0, |r| r.probability),
        verdict => judgement.probability_of(verdict),
    }
}

/// Rounded to this many parts; whole numbers are written as such.
fn round(number: f64, parts: f64) -> Value {
    let rounded = (number * parts).round() / parts;
    if parts == 1.0 && rounded.abs() < 9e15 {
        json!(rounded as i64)
    } else {
        json!(rounded)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// A burst of three that is filmed from its middle on, and tapped.
    fn verdict(observer: &str) -> Value {
        let taps = [0, 640, 1280, 4000, 4640, 5280, 8000, 8640];
        let taps: Vec<Value> = taps
            .iter()
            .map(|at| json!({ "at": at, "held": 200 }))
            .collect();
        let line = json!({
            "id": 1, "pack": "raspberry-pi", "model": "pi-4", "observer": observer, "taps": taps, "until": 9000,
        });
        replay_line(line.to_string().as_bytes(), &mut Devices::default()).unwrap()
    }

    #[test]
    fn a_line_says_who_watched() {
        let (eye, finger) = (verdict("eye"), verdict("finger"));
        assert_eq!(eye["verdict"], "code-0-3");
        assert_ne!(eye["confidence"], finger["confidence"]);
    }

    #[test]
    fn an_unknown_observer_is_an_error_of_its_line() {
        let line = br#"{"id":7,"pack":"blink","model":"outdoor","observer":"ear","taps":[]}"#;
        let (id, error) = replay_line(line, &mut Devices::default()).unwrap_err();
        assert_eq!(id, Some(json!(7)));
        assert!(error.contains("`finger` or `eye`"), "{error}");
    }
}
