//! Every light of every pack, tapped and filmed: what is reported, and how well what is said of its certainty fits.

use super::score::Reliability;
use crate::at_light::{course, filmed};
use crate::pack::compile::folders;
use crate::{packs, workspace};
use anyhow::Result;
use led_doctor_core::id::Id;
use led_doctor_core::pack::SignalEntry;
use led_doctor_core::rhythm::{Decision, Hypothesis, Observer};
use led_doctor_core::session::Device;
use led_doctor_core::session::drive::Course;
use led_doctor_people::dice::Dice;
use led_doctor_people::person::Stress;
use std::rc::Rc;

/// Whole rounds that are filmed. People tap until their patience ends.
const ROUNDS: usize = 2;

/// Prints the table of an observer, with this many people or films at each light.
pub fn bench(observer: Observer, each: u64, seed: u64) -> Result<()> {
    match observer {
        Observer::Finger => println!("\nTapped until patience ends, questions answered"),
        Observer::Eye => {
            println!("\nFilmed, {ROUNDS} whole rounds begun anywhere, questions answered");
        }
    }
    let mut all = Reliability::default();
    for folder in folders(&workspace::root()?.join("packs"))? {
        let id = folder.file_name().unwrap_or_default().to_string_lossy();
        let pack = Rc::new(packs::read(&id)?);
        let models: Vec<String> = pack.file().model.ids().map(|id| id.to_string()).collect();
        let mut of_pack = Reliability::default();
        for model in models {
            let device = packs::device(&pack, &model)?;
            of_pack.add(&model_row(&device, observer, (each, seed)));
        }
        println!("  {id:<31} calibration of the pack {:.3}", of_pack.error());
        all.add(&of_pack);
    }
    println!("  all packs: calibration {:.3}", all.error());
    Ok(())
}

fn one(device: &Device, entry: &SignalEntry, observer: Observer, dice: &mut Dice) -> Course {
    match observer {
        Observer::Finger => course(device, entry, usize::MAX, &Stress::default(), dice),
        Observer::Eye => filmed(device, entry, ROUNDS, dice),
    }
}

/// What is likeliest in the end, signals that mean the same taken as one: whether it is right, and how probable it is.
fn likeliest(device: &Device, course: &Course, truth: &Id) -> Option<(bool, f64)> {
    let ranking = &course.judgement.ranking;
    let first = ranking.first()?;
    let Hypothesis::Signal(id) = &first.what else {
        return Some((false, first.probability));
    };
    let alike = ranking.iter().filter(|ranked| match &ranked.what {
        Hypothesis::Signal(other) => device.mean_the_same(other, id),
        _ => false,
    });
    let probability = alike.map(|ranked| ranked.probability).sum::<f64>();
    Some((device.mean_the_same(id, truth), probability.min(1.0)))
}

fn model_row(device: &Device, observer: Observer, (each, seed): (u64, u64)) -> Reliability {
    let (mut n, mut right, mut wrong) = (0.0, 0.0, 0.0);
    let mut reliability = Reliability::default();
    let mut worst: Vec<(f64, String)> = Vec::new();
    for (at, entry) in device.signals().iter().enumerate() {
        let (mut own_wrong, mut own_right) = (0.0, 0.0);
        for index in 0..each {
            let dice = &mut Dice::new(seed + at as u64, index);
            let course = one(device, entry, observer, dice);
            match &course.verdict {
                Decision::Signal(id) if device.mean_the_same(id, &entry.id) => own_right += 1.0,
                Decision::Signal(_) | Decision::Unlisted(_) => own_wrong += 1.0,
                Decision::NoneOfThese | Decision::Undecided => {}
            }
            if let Some((is_right, probability)) = likeliest(device, &course, &entry.id) {
                reliability.said(probability, is_right);
            }
        }
        n += each as f64;
        right += own_right;
        wrong += own_wrong;
        worst.push((own_right / each as f64, entry.id.to_string()));
    }
    worst.sort_by(|a, b| a.0.total_cmp(&b.0));
    let least: Vec<String> = worst
        .iter()
        .take(3)
        .filter(|(right, _)| *right < 0.99)
        .map(|(right, id)| format!("{id} {:.0} %", 100.0 * right))
        .collect();
    println!(
        "  {:<14} {:<16} right {:5.1} %  wrong {:5.2} %  calibration {:.3}  least: {}",
        device.pack_id().as_str(),
        device.model_id().as_str(),
        100.0 * right / n,
        100.0 * wrong / n,
        reliability.error(),
        least.join(", ")
    );
    reliability
}
