//! Number codes, listed and not, watched for whole rounds: is a code that the list does not have reported as its neighbour?

use super::score::Reliability;
use crate::at_light::course;
use crate::packs;
use anyhow::Result;
use led_doctor_core::id::Id;
use led_doctor_core::pack::{ModelSignal, SignalEntry};
use led_doctor_core::rhythm::{Decision, Hypothesis};
use led_doctor_core::session::Device;
use led_doctor_core::session::drive::Course;
use led_doctor_people::dice::Dice;
use led_doctor_people::person::Stress;
use std::rc::Rc;

/// The packs with number codes, and a model of each.
pub const DEVICES: [(&str, &str); 4] = [
    ("hp", "desktop"),
    ("dell", "laptop"),
    ("honda", "obd1"),
    ("raspberry-pi", "pi-4"),
];

/// What became of the people at codes of one kind.
#[derive(Default, Clone)]
struct Tally {
    n: usize,
    /// The right one was decided: the listed code, or both digits of an unlisted one.
    right: usize,
    /// A wrong listed code was decided.
    wrong: usize,
    /// Not in the list, with another reading.
    misread: usize,
    /// The right one was the likeliest.
    likeliest: usize,
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.n += other.n;
        self.right += other.right;
        self.wrong += other.wrong;
        self.misread += other.misread;
        self.likeliest += other.likeliest;
    }

    fn print(&self, name: &str) {
        let share = |count: usize| 100.0 * count as f64 / self.n.max(1) as f64;
        println!(
            "  {name:<34} likeliest {:5.1} %  right {:5.1} %  told a wrong listed code {:5.2} %  misread {:5.2} %  open or none {:5.1} %  (n = {})",
            share(self.likeliest),
            share(self.right),
            share(self.wrong),
            share(self.misread),
            share(self.n - self.right - self.wrong - self.misread),
            self.n
        );
    }
}

/// Prints the tables; `people` for each listed code, and as many in all for the unlisted codes of a device as for ten.
pub fn bench(people: u64, seed: u64) -> Result<()> {
    println!("\nNumber codes, whole rounds watched");
    for (pack, model) in DEVICES {
        let device = packs::device(&Rc::new(packs::read(pack)?), model)?;
        println!(" {pack}, {} transitions", device.edges());
        let listed: Vec<SignalEntry> = device
            .signals()
            .iter()
            .filter(|entry| entry.about.code.is_some())
            .cloned()
            .collect();
        let unlisted = unlisted(&device);
        let few = (10 * people / unlisted.len().max(1) as u64).max(1);
        let mut reliability = Reliability::default();
        for rounds in [1, 2, 3] {
            for asked in [false, true] {
                let counts = if asked { "counts told" } else { "no counts" };
                let name = |kind: &str| format!("{kind}, {rounds} rounds, {counts}");
                let all = run(
                    &device,
                    &listed,
                    (people, seed),
                    rounds,
                    asked,
                    &mut reliability,
                );
                all.print(&name("listed"));
                let all = run(
                    &device,
                    &unlisted,
                    (few, seed),
                    rounds,
                    asked,
                    &mut reliability,
                );
                all.print(&name("unlisted"));
            }
        }
        println!("  calibration: expected error {:.4}", reliability.error());
    }
    Ok(())
}

/// The codes that the list does not have, as signals to be shown.
fn unlisted(device: &Device) -> Vec<SignalEntry> {
    let all = device.pack().unlisted(device.model_id().as_str());
    let entry = |(id, code): (&Id, &ModelSignal)| SignalEntry {
        id: id.clone(),
        about: code.clone(),
        layers: code.layers.clone(),
    };
    all.into_iter()
        .flat_map(|all| all.iter())
        .map(entry)
        .collect()
}

fn run(
    device: &Device,
    entries: &[SignalEntry],
    (people, seed): (u64, u64),
    rounds: usize,
    asked: bool,
    reliability: &mut Reliability,
) -> Tally {
    let mut tally = Tally::default();
    for entry in entries {
        let mut own = Tally::default();
        for index in 0..people {
            let course = one(device, entry, (seed, index), rounds, asked);
            count(&mut own, &course, &entry.id, reliability);
        }
        tally.add(&own);
    }
    tally
}

fn one(
    device: &Device,
    entry: &SignalEntry,
    (seed, index): (u64, u64),
    rounds: usize,
    asked: bool,
) -> Course {
    let bytes = entry.id.as_str().bytes();
    let seed = bytes.fold(seed, |n, b| n.wrapping_mul(31).wrapping_add(u64::from(b)));
    let dice = &mut Dice::new(seed, index);
    // They wait for the pause, and tap from there on: a whole round is seen whole.
    let stress = Stress {
        late: Some(0),
        unsure: if asked { 0.0 } else { 1.0 },
        ..Stress::default()
    };
    course(device, entry, rounds, &stress, dice)
}

fn count(tally: &mut Tally, course: &Course, truth: &Id, reliability: &mut Reliability) {
    tally.n += 1;
    match &course.verdict {
        Decision::Signal(id) | Decision::Unlisted(id) if id == truth => tally.right += 1,
        Decision::Signal(_) => tally.wrong += 1,
        Decision::Unlisted(_) => tally.misread += 1,
        Decision::NoneOfThese | Decision::Undecided => {}
    }
    if let Some(first) = course.judgement.ranking.first() {
        let is_right = match &first.what {
            Hypothesis::Signal(id) | Hypothesis::Unlisted(id) => id == truth,
            Hypothesis::UnknownRegular | Hypothesis::Noise => false,
        };
        tally.likeliest += usize::from(is_right);
        reliability.said(first.probability, is_right);
    }
}
