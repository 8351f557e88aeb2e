//! Any text as a pack: it is refused with problems, or every model of it can be listened to.

#![no_main]

use led_doctor_core::codec;
use led_doctor_core::node::Node;
use led_doctor_core::pack::{Pack, PackFile};
use led_doctor_core::session::Device;
use led_doctor_rhythm::{Millis, Tap, Watch, judge};
use libfuzzer_sys::fuzz_target;
use std::rc::Rc;

fuzz_target!(|data: &[u8]| {
    let Ok(json) = serde_json::from_slice::<Node>(data) else { return };
    let Ok(file) = codec::decode::<PackFile>(json) else { return };
    let Ok(pack) = Pack::new(file) else { return };
    let pack = Rc::new(pack);
    let models: Vec<String> = pack.file().model.ids().map(|id| id.as_str().to_owned()).collect();
    for model in models {
        let Some(device) = Device::new(pack.clone(), &model) else { continue };
        let ms = |n: f64| Millis::new(n).unwrap_or_default();
        let tap = |n: u32| Tap { at: ms(f64::from(n) * 3000.0), held: None, light: None };
        let watch = Watch { taps: (0..3).map(tap).collect(), until: ms(6000.0), ..Watch::default() };
        let sum: f64 = judge(device.chart(), &watch).ranking.iter().map(|r| r.probability).sum();
        assert!((sum - 1.0).abs() < 1e-6);
    }
});
