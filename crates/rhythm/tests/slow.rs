//! A light that flashes once a minute: nobody taps it three times.

use led_doctor_rhythm::{
    Chart, Decision, Flash, Flashes, Group, Id, Layer, Millis, Show, Signal, Span, Tap, Watch,
    judge,
};

fn named(id: &str) -> Id {
    Id::new(id).unwrap_or_else(|| unreachable!("{id} is no id"))
}

fn every(id: &str, from: f64, to: f64) -> Signal {
    let group = Group {
        flash: Flash::Short,
        rest: Span::Stated(from, to),
        ..Group::default()
    };
    let flashes = Flashes {
        cycle: vec![group],
        ..Flashes::default()
    };
    Signal {
        id: named(id),
        layers: vec![Layer {
            light: None,
            show: Show::Flashes(flashes),
        }],
        ..Signal::default()
    }
}

#[test]
fn two_flashes_of_a_slow_light_are_enough() {
    let chart = Chart::new(
        vec![
            every("minute", 54_000.0, 66_000.0),
            every("quick", 2800.0, 3200.0),
        ],
        Vec::new(),
    );
    for apart in [55_000, 60_000, 65_000] {
        let tap = |at| Tap {
            at: Millis::whole(at),
            ..Tap::default()
        };
        let watch = Watch {
            taps: vec![tap(500), tap(500 + apart)],
            until: Millis::whole(1500 + apart),
            ..Watch::default()
        };
        assert_eq!(
            judge(&chart, &watch).decision,
            Decision::Signal(named("minute")),
            "{apart}"
        );
    }
}
