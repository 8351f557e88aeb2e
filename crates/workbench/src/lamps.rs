//! What the lamp of the demo page plays: each signal of each model as moments at which its lights come on and go out.

use crate::pack::compile;
use crate::pack::load::Folder;
use led_doctor_core::codec::encode;
use led_doctor_core::pack::Colour;
use led_doctor_core::score::Score;
use led_doctor_core::session::Device;
use serde_json::{Map, Value as Json, json};

/// As much of a signal is played, in ms; then it is silent for a while, and begins again.
const PLAYED: f64 = 45_000.0;

/// For each pack its id and, by model, a list of signals: `name`, `looks`, `lanes` of a `colour` and `lit` (from, to, from, to, …; whole ms).
/// Signals that are faster than may be shown are left out, and those that do not change.
pub fn lamps(packs: &[Folder]) -> Vec<(String, Json)> {
    let of = |folder: &Folder| {
        let models: Map<String, Json> = folder
            .devices()
            .iter()
            .map(|device| (device.model_id().to_string(), codes(device)))
            .collect();
        (folder.id.clone(), Json::Object(models))
    };
    packs.iter().map(of).collect()
}

fn codes(device: &Device) -> Json {
    let mut codes = Vec::new();
    for entry in device.signals() {
        let score = Score::over(&entry.layers, PLAYED);
        let changes = score.lanes.iter().any(|lane| lane.flashes);
        if score.too_fast || !changes {
            continue;
        }
        let lanes: Vec<Json> = score
            .lanes
            .iter()
            .map(|lane| {
                let light = lane.light.as_ref();
                let known = light.and_then(|id| device.pack().file().light.get(id.as_str()));
                let lit: Vec<i64> = lane
                    .lit
                    .iter()
                    .flat_map(|(from, to)| [from.round() as i64, to.round() as i64])
                    .collect();
                let mut colour = known.map_or(Colour::Red, |light| light.colour);
                json!({ "colour": compile::plain(encode(&mut colour)), "lit": lit })
            })
            .collect();
        codes.push(json!({ "id": entry.id.as_str(), "name": entry.about.name, "looks": entry.about.looks, "repeats": score.repeats, "lanes": lanes }));
    }
    codes.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn a_lamp_plays_what_can_be_tapped_and_nothing_above_three_flashes_in_a_second() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let lamps = lamps(&compile::read(&root.join("packs")).unwrap());
        let (_, blink) = lamps.iter().find(|(id, _)| id == "blink").unwrap();
        let outdoor = blink["outdoor"].as_array().unwrap();
        assert!(outdoor.iter().any(|code| code["id"] == "offline"));
        assert!(
            outdoor.iter().all(|code| code["id"] != "idle"),
            "what stays dark is no lamp"
        );
        for (pack, models) in &lamps {
            for (model, codes) in models.as_object().unwrap() {
                for code in codes.as_array().unwrap() {
                    for lane in code["lanes"].as_array().unwrap() {
                        let lit: Vec<i64> = lane["lit"]
                            .as_array()
                            .unwrap()
                            .iter()
                            .map(|n| n.as_i64().unwrap())
                            .collect();
                        let onsets: Vec<i64> = lit.iter().copied().step_by(2).collect();
                        for four in onsets.windows(4) {
                            assert!(four[3] - four[0] >= 1000, "{pack} {model} {}", code["id"]);
                        }
                    }
                }
            }
        }
    }
}
