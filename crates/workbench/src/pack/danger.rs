//! That a danger is not reported as harmless: simulated people at every `stop` signal.
//!
//! The classifier holds a harmless verdict back while a danger fits about as well. What it cannot know is whether the two can be told
//! apart at all: that is asked here, of the pack.

use super::load::{Folder, Loaded};
use super::tree::{Fault, Node};
use crate::at_light::course;
use led_doctor_core::id::Id;
use led_doctor_core::pack::{Severity, SignalEntry};
use led_doctor_core::rhythm::{Decision, Hypothesis};
use led_doctor_core::session::Device;
use led_doctor_people::dice::Dice;
use led_doctor_people::person::Stress;
use std::collections::BTreeMap;

/// People at each signal, where a pack is checked.
pub const PEOPLE: u64 = 1000;

/// After this many of them it is clear, where none got a harmless verdict and it was never as likely as [`UNLIKELY`].
const CLEAR: u64 = 100;

/// See [`CLEAR`].
const UNLIKELY: f64 = 0.01;

/// A danger may be reported as harmless to this many of them: one in a thousand.
const MOST: u64 = 1;

/// Which people are drawn.
const SEED: u64 = 110;

/// Every danger of a pack that is reported as harmless to too many people.
pub fn faults(folder: &Folder, people: u64) -> Vec<Fault> {
    let Some(loaded) = folder.languages.first() else {
        return Vec::new();
    };
    let devices = folder.devices();
    let count = |device: &Device| {
        device
            .signals()
            .iter()
            .filter(|entry| is_danger(device, entry))
            .count()
    };
    let dangers: usize = devices.iter().map(count).sum();
    // Number codes take a second or two each.
    if dangers > 1 {
        eprintln!(
            "{}: {people} simulated people at each of {dangers} signals that mean danger …",
            folder.id
        );
    }
    let each = devices.iter();
    each.flat_map(|device| at_dangers(loaded, device, people))
        .collect()
}

fn severity(device: &Device, signal: &Id) -> Option<Severity> {
    device.cause(signal).map(|cause| cause.severity)
}

fn is_danger(device: &Device, entry: &SignalEntry) -> bool {
    severity(device, &entry.id) == Some(Severity::Stop)
}

fn at_dangers(loaded: &Loaded, device: &Device, people: u64) -> Vec<Fault> {
    let dangers = device
        .signals()
        .iter()
        .filter(|entry| is_danger(device, entry));
    let fault = |entry: &SignalEntry| {
        let all = harmless(device, entry, people);
        let count: u64 = all.values().sum();
        let (told, _) = all.into_iter().max_by_key(|told| told.1)?;
        let share = count as f64 / people as f64;
        (count > MOST).then(|| Fault {
            place: place(loaded, device, &entry.id).key.clone(),
            what: format!(
                "{} means danger, and {:.1} % of simulated people are told something harmless, most of them {told}",
                entry.id,
                100.0 * share
            ),
            remedy: format!(
                "add a question that tells the two apart (expect, on both), state the times of {told} more exactly, or merge \
                 them under the cause that means danger"
            ),
        })
    };
    dangers.filter_map(fault).collect()
}

/// Which harmless verdicts people at this one get, and how often.
fn harmless(device: &Device, entry: &SignalEntry, people: u64) -> BTreeMap<Id, u64> {
    let mut all = BTreeMap::new();
    let mut likeliest: f64 = 0.0;
    for index in 0..people {
        if index == CLEAR && all.is_empty() && likeliest < UNLIKELY {
            break;
        }
        let dice = &mut Dice::new(SEED, index);
        let course = course(device, entry, usize::MAX, &Stress::default(), dice);
        let ranking = course.judgement.ranking.iter();
        let is_harmless = |id: &Id| {
            matches!(
                severity(device, id),
                Some(Severity::Normal | Severity::Wait)
            )
        };
        let harmless = ranking.filter_map(|ranked| match &ranked.what {
            Hypothesis::Signal(id) if is_harmless(id) => Some(ranked.probability),
            _ => None,
        });
        likeliest = likeliest.max(harmless.sum());
        // What was shown first counts as well: people act on it.
        let first = course.first.map(|(decision, _)| decision);
        let shown = [Some(course.verdict), first].into_iter().flatten();
        let told = shown.filter_map(|decision| match decision {
            Decision::Signal(id) => Some(id),
            _ => None,
        });
        let mut harmless = told.filter(is_harmless);
        if let Some(id) = harmless.next() {
            *all.entry(id).or_default() += 1;
        }
    }
    all
}

/// Where the signal is written: itself, or the model's codes.
fn place<'a>(loaded: &'a Loaded, device: &Device, signal: &Id) -> &'a Node {
    let model = loaded
        .tree
        .get("model")
        .and_then(|models| models.get(device.model_id().as_str()));
    let own = model.and_then(|model| model.get("signal")?.get(signal.as_str()));
    own.or(model).unwrap_or(&loaded.tree)
}
