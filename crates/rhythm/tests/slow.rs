//! A light that flashes once a minute: nobody taps it three times.

mod support;

use led_doctor_rhythm::{Chart, Decision, Span, Tap, Watch, judge};
use support::*;

#[test]
fn two_flashes_of_a_slow_light_are_enough() {
    let light = |id, from, to| signal(id, 1.0, &[("", blinking(Span::Stated(from, to)))], &[]);
    let chart = Chart::new(
        vec![
            light("minute", 54_000.0, 66_000.0),
            light("quick", 2800.0, 3200.0),
        ],
        Vec::new(),
    );
    for apart in [55_000.0, 60_000.0, 65_000.0] {
        let tap = |at| Tap {
            at: ms(at),
            ..Tap::default()
        };
        let watch = Watch {
            taps: vec![tap(500.0), tap(500.0 + apart)],
            until: ms(1500.0 + apart),
            ..Watch::default()
        };
        assert_eq!(
            judge(&chart, &watch).decision,
            Decision::Signal(id("minute")),
            "{apart}"
        );
    }
}
