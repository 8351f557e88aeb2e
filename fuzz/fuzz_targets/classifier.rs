//! Any rhythm that the notation can say and any watch at all: the classifier must answer with valid probabilities.
//!
//! The input is text lines of rhythms, a zero byte, and then numbers: times, holds, flags.

#![no_main]

use led_doctor_core::pack::notation;
use led_doctor_rhythm::{
    Chart, Id, Listener, Look, Millis, Signal, Tap, Watch, explain, judge,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let split = data.iter().position(|b| *b == 0).unwrap_or(data.len());
    let (text, rest) = data.split_at(split);
    let text = String::from_utf8_lossy(text);
    let signals: Vec<Signal> = text
        .lines()
        .take(8)
        .enumerate()
        .filter_map(|(i, line)| {
            let layers = notation::parse(line, &|light| matches!(light, "red" | "blue")).ok()?;
            Some(Signal { id: Id::new(&format!("s{i}"))?, layers, listed: i % 3 != 1, ..Signal::default() })
        })
        .collect();
    let chart = Chart::new(signals, Vec::new());
    let numbers: Vec<f64> = rest.get(1..).unwrap_or(&[]).chunks_exact(8).filter_map(|c| Some(f64::from_le_bytes(c.try_into().ok()?))).collect();
    let flags = rest.last().copied().unwrap_or(0);
    let ms = |n: f64| Millis::new(n).unwrap_or_default();
    let tap = |pair: &[f64]| Tap {
        at: ms(pair.first().copied().unwrap_or(0.0)),
        held: pair.get(1).and_then(|n| Millis::new(*n)),
        light: Id::new(if flags & 4 == 0 { "red" } else { "green" }),
    };
    let watch = Watch {
        taps: numbers.chunks(2).take(64).map(tap).collect(),
        until: ms(numbers.iter().copied().fold(0.0, f64::max)),
        stopped: flags & 1 == 1,
        look: (flags & 2 == 2).then_some(Look::Steady),
        ..Watch::default()
    };
    let whole = judge(&chart, &watch);
    let sum: f64 = whole.ranking.iter().map(|r| r.probability).sum();
    assert!((sum - 1.0).abs() < 1e-6);
    let mut listener = Listener::default();
    let half = Watch { taps: watch.taps.iter().take(watch.taps.len() / 2).cloned().collect(), ..watch.clone() };
    listener.judge(&chart, &half);
    assert_eq!(listener.judge(&chart, &watch), whole);
    for signal in chart.signals() {
        assert!(explain(&chart, &watch, &signal.id).is_some());
    }
});
