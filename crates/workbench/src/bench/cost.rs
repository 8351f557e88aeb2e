//! What one update costs.

use super::recordings::chart as chart_of;
use anyhow::Result;
use led_doctor_core::pack::Pack;
use led_doctor_core::rhythm::{Chart, Listener, Tap, Watch, judge};
use led_doctor_core::session::Device;
use led_doctor_core::time::Millis;
use std::hint::black_box;
use std::rc::Rc;
use std::time::Instant;

/// Prints the cost of one update after 40 taps.
pub fn bench(pack: &Pack) -> Result<()> {
    println!("\nCost of one update (one more tap after 40; everything heard anew)");
    for model in pack.file().model.ids() {
        if let Some(device) = Device::new(Rc::new(pack.clone()), model.as_str()) {
            print(model.as_str(), &device.chart(&Watch::default()));
        }
    }
    let codes: Vec<(String, String)> = (0..100)
        .map(|i| {
            (
                format!("c{i}"),
                format!(
                    "long x{}, short x{} repeat after 2s",
                    1 + i / 10,
                    1 + i % 10
                ),
            )
        })
        .collect();
    let codes: Vec<(&str, &str)> = codes
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    print("100 codes of long and short", &chart_of(&codes));
    Ok(())
}

fn print(name: &str, chart: &Chart) {
    let gaps = [3000.0, 2900.0, 520.0, 480.0, 1020.0, 3100.0, 2950.0];
    let mut at = 500.0;
    let mut whole = Watch::default();
    for gap in gaps.iter().cycle().take(41) {
        whole.taps.push(Tap {
            at: Millis::new(at).unwrap_or_default(),
            held: Millis::new(90.0),
            light: None,
        });
        whole.until = Millis::new(at).unwrap_or_default();
        at += gap;
    }
    let before = Watch {
        taps: whole.taps.iter().take(40).cloned().collect(),
        ..whole.clone()
    };
    let mut heard = Listener::default();
    heard.judge(chart, &before);
    let rounds = 200;
    let mut spent = 0.0;
    for _ in 0..rounds {
        let mut listener = heard.clone();
        let start = Instant::now();
        black_box(listener.judge(chart, &whole));
        spent += start.elapsed().as_secs_f64();
    }
    let start = Instant::now();
    for _ in 0..20 {
        black_box(judge(chart, &whole));
    }
    println!(
        "  {name:30} {:8.1} µs   {:8.1} µs",
        spent / f64::from(rounds) * 1e6,
        start.elapsed().as_secs_f64() / 20.0 * 1e6
    );
}
