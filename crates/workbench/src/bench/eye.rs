//! Every light of every pack, filmed: what a camera's reading is reported as.

use super::score::Reliability;
use crate::at_light::filmed;
use crate::pack::compile::folders;
use crate::{packs, workspace};
use anyhow::Result;
use led_doctor_core::id::Id;
use led_doctor_core::rhythm::{Decision, Hypothesis};
use led_doctor_core::session::Device;
use led_doctor_people::dice::Dice;
use std::rc::Rc;

/// Whole rounds that are filmed.
const ROUNDS: usize = 2;

/// Prints the table, with this many films of each light.
pub fn bench(films: u64, seed: u64) -> Result<()> {
    println!("\nFilmed, {ROUNDS} whole rounds begun anywhere, questions answered");
    for folder in folders(&workspace::root()?.join("packs"))? {
        let id = folder.file_name().unwrap_or_default().to_string_lossy();
        let pack = Rc::new(packs::read(&id)?);
        let models: Vec<String> = pack.file().model.ids().map(|id| id.to_string()).collect();
        for model in models {
            model_row(&packs::device(&pack, &model)?, films, seed);
        }
    }
    Ok(())
}

fn model_row(device: &Device, films: u64, seed: u64) {
    let (mut n, mut right, mut wrong) = (0.0, 0.0, 0.0);
    let mut reliability = Reliability::default();
    let mut worst: Vec<(f64, String)> = Vec::new();
    for (at, entry) in device.signals().iter().enumerate() {
        let (mut own_wrong, mut own_right) = (0.0, 0.0);
        for index in 0..films {
            let dice = &mut Dice::new(seed + at as u64, index);
            let course = filmed(device, entry, ROUNDS, dice);
            let is_right = |id: &Id| device.mean_the_same(id, &entry.id);
            match &course.verdict {
                Decision::Signal(id) if is_right(id) => own_right += 1.0,
                Decision::Signal(_) | Decision::Unlisted(_) => own_wrong += 1.0,
                Decision::NoneOfThese | Decision::Undecided => {}
            }
            if let Some(first) = course.judgement.ranking.first() {
                let is_right = matches!(&first.what, Hypothesis::Signal(id) if *id == entry.id);
                reliability.said(first.probability, is_right);
            }
        }
        n += films as f64;
        right += own_right;
        wrong += own_wrong;
        worst.push((own_right / films as f64, entry.id.to_string()));
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
}
