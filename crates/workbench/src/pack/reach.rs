//! That every signal can come to a verdict: careful simulated people who know every answer.

use super::load::Folder;
use crate::at_light::course;
use led_doctor_core::pack::SignalEntry;
use led_doctor_core::rhythm::Decision;
use led_doctor_core::session::Device;
use led_doctor_people::dice::Dice;
use led_doctor_people::person::Stress;

/// People at each signal. One right verdict is enough.
const PEOPLE: u64 = 6;

/// Which people are drawn.
const SEED: u64 = 60;

/// Every signal that even careful people never get as a verdict, in words.
pub fn warnings(folder: &Folder) -> Vec<String> {
    let mut all = Vec::new();
    for device in folder.devices() {
        for entry in device
            .signals()
            .iter()
            .filter(|entry| !is_told(&device, entry))
        {
            all.push(format!(
                "{}: model.{}.signal.{}: no simulated person is told this signal. Add a question that tells it from the others (expect), raise the \
                 sure of its answers, or state its times",
                folder.id,
                device.model_id(),
                entry.id
            ));
        }
    }
    all
}

fn is_told(device: &Device, entry: &SignalEntry) -> bool {
    let careful = Stress {
        jitter: 0.5,
        misses: Some(0.0),
        extras: Some(0.0),
        leaves: Some(0.0),
        late: Some(0),
        ..Stress::default()
    };
    (0..PEOPLE).any(|index| {
        let dice = &mut Dice::new(SEED, index);
        course(device, entry, usize::MAX, &careful, dice).verdict
            == Decision::Signal(entry.id.clone())
    })
}
