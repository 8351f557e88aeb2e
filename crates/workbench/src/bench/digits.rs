//! Number codes, listed and not, watched for whole rounds: is a code that the list does not have reported as its neighbour?

use super::perfect::{Code, Seen, counts, knows};
use super::score::Reliability;
use crate::at_light::{course, tapped};
use crate::packs;
use anyhow::Result;
use led_doctor_core::id::Id;
use led_doctor_core::pack::{ModelSignal, SignalEntry};
use led_doctor_core::rhythm::{Decision, Hypothesis};
use led_doctor_core::session::Device;
use led_doctor_core::session::drive::Course;
use led_doctor_people::dice::Dice;
use led_doctor_people::person::Stress;
use std::ops::Range;
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
    /// Of the observer that knows which flash each tap was meant for, and of the one that counts.
    others: [Bound; 2],
}

impl Tally {
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
        let names = [
            "… who knows what each tap was for",
            "… who counts the taps of each group",
        ];
        for (bound, name) in self.others.iter().zip(names) {
            if bound.n > 0 {
                let share = |count: usize| 100.0 * count as f64 / bound.n as f64;
                println!(
                    "    {name:<34} likeliest {:5.1} %  right {:5.1} %  wrong {:5.2} %",
                    share(bound.likeliest),
                    share(bound.right),
                    share(bound.wrong)
                );
            }
        }
    }
}

/// What became of the same people with an observer that the classifier is compared with.
#[derive(Default, Clone)]
struct Bound {
    n: usize,
    likeliest: usize,
    right: usize,
    wrong: usize,
}

impl Bound {
    fn saw(&mut self, seen: Seen) {
        self.n += 1;
        self.likeliest += usize::from(seen.is_likeliest());
        self.right += usize::from(seen.is_right());
        self.wrong += usize::from(seen.is_wrong());
    }
}

/// How usual an unlisted code is beside a listed one: the classifier's own guess, for the perfect observer.
const UNLISTED: f64 = 0.03;

/// Prints the tables; `people` for each listed code, and as many in all for the unlisted codes of a device as for ten.
pub fn bench(people: u64, seed: u64) -> Result<()> {
    println!("\nNumber codes, whole rounds watched");
    for (pack, model) in DEVICES {
        let device = packs::device(&Rc::new(packs::read(pack)?), model)?;
        println!(" {pack}, {} transitions", device.edges());
        let is_code = |entry: &&SignalEntry| entry.about.code.is_some();
        let mut shown: Vec<SignalEntry> =
            device.signals().iter().filter(is_code).cloned().collect();
        let listed = 0..shown.len();
        shown.extend(unlisted(&device));
        let unlisted = listed.end..shown.len();
        let prior = |at: usize| if listed.contains(&at) { 1.0 } else { UNLISTED };
        let codes = shown
            .iter()
            .enumerate()
            .map(|(at, entry)| Code::new(entry, prior(at)));
        let mut table = Table {
            codes: codes.collect(),
            device,
            shown,
            reliability: Reliability::default(),
        };
        let few = (10 * people / unlisted.len().max(1) as u64).max(1);
        for rounds in [1, 2, 3] {
            for asked in [false, true] {
                let counts = if asked { "counts told" } else { "no counts" };
                let name = |kind: &str| format!("{kind}, {rounds} rounds, {counts}");
                let all = table.run(listed.clone(), (people, seed), rounds, asked);
                all.print(&name("listed"));
                let all = table.run(unlisted.clone(), (few, seed), rounds, asked);
                all.print(&name("unlisted"));
            }
        }
        println!(
            "  calibration: expected error {:.4}",
            table.reliability.error()
        );
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

/// A device with all codes that it can show, listed and not.
struct Table {
    device: Device,
    shown: Vec<SignalEntry>,
    /// The same as the perfect observer knows them.
    codes: Vec<Option<Code>>,
    reliability: Reliability,
}

impl Table {
    /// This many people at each of the codes of these indices.
    fn run(
        &mut self,
        which: Range<usize>,
        (people, seed): (u64, u64),
        rounds: usize,
        asked: bool,
    ) -> Tally {
        let mut tally = Tally::default();
        for at in which {
            let Some(entry) = self.shown.get(at) else {
                continue;
            };
            for index in 0..people {
                let (stress, mut dice) = person(entry, (seed, index), asked);
                let tapped = tapped(entry, rounds, &stress, &mut dice.clone());
                let course = course(&self.device, entry, rounds, &stress, &mut dice);
                count(&mut tally, &course, &entry.id, &mut self.reliability);
                // Who is told the counts has nothing left to guess.
                if !asked {
                    for (bound, sees) in tally.others.iter_mut().zip([knows, counts]) {
                        if let Some(seen) = sees(&self.codes, at, &tapped) {
                            bound.saw(seen);
                        }
                    }
                }
            }
        }
        tally
    }
}

/// Somebody at a code: how they are, and the dice that all they do is drawn with.
fn person(entry: &SignalEntry, (seed, index): (u64, u64), asked: bool) -> (Stress, Dice) {
    let bytes = entry.id.as_str().bytes();
    let seed = bytes.fold(seed, |n, b| n.wrapping_mul(31).wrapping_add(u64::from(b)));
    // They wait for the pause, and tap from there on: a whole round is seen whole.
    let stress = Stress {
        late: Some(0),
        unsure: if asked { 0.0 } else { 1.0 },
        ..Stress::default()
    };
    (stress, Dice::new(seed, index))
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
