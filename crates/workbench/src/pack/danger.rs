//! That a danger is not told as harmless: simulated people at every `stop` signal.
//!
//! The classifier holds a harmless verdict back while a danger fits about as well. What it cannot know is whether the two can be told
//! apart at all: that is asked here, of the pack.

use super::load::{Folder, Loaded};
use super::tree::{Finding, Node};
use crate::at_light::course;
use led_doctor_core::id::Id;
use led_doctor_core::pack::{Severity, SignalEntry};
use led_doctor_core::rhythm::Decision;
use led_doctor_core::session::Device;
use led_doctor_people::dice::Dice;
use led_doctor_people::person::Stress;
use std::collections::BTreeMap;

/// People at each signal.
const PEOPLE: u64 = 1000;

/// A danger may be told as harmless to this many of them: one in a thousand.
const MOST: u64 = 1;

/// Which people are drawn.
const SEED: u64 = 110;

/// Every danger of a pack that too many people are told is harmless.
pub fn findings(folder: &Folder) -> Vec<Finding> {
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
            "{}: {PEOPLE} simulated people at each of {dangers} signals that mean danger …",
            folder.id
        );
    }
    let each = devices.iter();
    each.flat_map(|device| at_dangers(loaded, device)).collect()
}

fn severity(device: &Device, signal: &Id) -> Option<Severity> {
    device.cause(signal).map(|cause| cause.severity)
}

fn is_danger(device: &Device, entry: &SignalEntry) -> bool {
    severity(device, &entry.id) == Some(Severity::Stop)
}

fn at_dangers(loaded: &Loaded, device: &Device) -> Vec<Finding> {
    let dangers = device
        .signals()
        .iter()
        .filter(|entry| is_danger(device, entry));
    let finding = |entry: &SignalEntry| {
        let all = harmless(device, entry);
        let count: u64 = all.values().sum();
        let (told, _) = all.into_iter().max_by_key(|told| told.1)?;
        let share = count as f64 / PEOPLE as f64;
        (count > MOST).then(|| Finding {
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
    dangers.filter_map(finding).collect()
}

/// Which harmless signals people at this one are told, and how often.
fn harmless(device: &Device, entry: &SignalEntry) -> BTreeMap<Id, u64> {
    let mut all = BTreeMap::new();
    for index in 0..PEOPLE {
        let dice = &mut Dice::new(SEED, index);
        let course = course(device, entry, usize::MAX, &Stress::default(), dice);
        // What was shown first counts as well: people act on it.
        let first = course.first.map(|(decision, _)| decision);
        let shown = [Some(course.verdict), first].into_iter().flatten();
        let told = shown.filter_map(|decision| match decision {
            Decision::Signal(id) => Some(id),
            _ => None,
        });
        let mut harmless = told.filter(|id| {
            matches!(
                severity(device, id),
                Some(Severity::Normal | Severity::Wait)
            )
        });
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
