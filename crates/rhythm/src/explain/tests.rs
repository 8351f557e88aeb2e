//! Which taps are called strays, and which flashes missed.

use super::explain;
use crate::chart::Chart;
use crate::id::Id;
use crate::signal::{Flash, Flashes, Group, Layer, Show, Signal, Span};
use crate::time::Millis;
use crate::verdict::TapRole;
use crate::watch::{Tap, Watch};

fn chart(cycle: Vec<Group>) -> Chart {
    let flashes = Flashes {
        cycle,
        ..Flashes::default()
    };
    let signal = Signal {
        id: Id::new("it").unwrap_or_default(),
        layers: vec![Layer {
            light: None,
            show: Show::Flashes(flashes),
        }],
        ..Signal::default()
    };
    Chart::new(vec![signal], Vec::new())
}

fn group(flash: Flash, count: u8, every: f64, rest: f64) -> Group {
    Group {
        flash,
        count: (count, count),
        every: Span::Stated(every, every),
        rest: Span::Stated(rest, rest),
        ..Group::default()
    }
}

/// The roles of taps at these moments, each with its length: `.` a flash, `-` a long one, `x` a stray; and the missed flashes in ms.
fn roles(chart: &Chart, taps: &[(i32, i32)]) -> (String, Vec<f64>) {
    let tap = |(at, held): &(i32, i32)| Tap {
        at: Millis::whole(*at),
        held: Some(Millis::whole(*held)),
        light: None,
    };
    let watch = Watch {
        taps: taps.iter().map(tap).collect(),
        until: Millis::whole(taps.last().map_or(0, |t| t.0)),
        ..Watch::default()
    };
    let it = Id::new("it").unwrap_or_default();
    let Some(explanation) = explain(chart, &watch, &it) else {
        unreachable!("the chart has it");
    };
    let roles = explanation.taps.iter().map(|role| match role {
        TapRole::Flash => '.',
        TapRole::LongFlash => '-',
        TapRole::Stray => 'x',
    });
    let missed = explanation.missed.iter().map(|at| at.get()).collect();
    (roles.collect(), missed)
}

#[test]
fn a_slip_between_two_flashes_is_a_stray_and_no_flash() {
    let chart = chart(vec![group(Flash::Short, 1, 3000.0, 3000.0)]);
    let taps = [(300, 90), (3250, 90), (4200, 90), (6280, 90), (9310, 90)];
    assert_eq!(roles(&chart, &taps), ("..x..".to_owned(), vec![]));
}

#[test]
fn a_flash_that_nobody_tapped_is_missed_where_it_was() {
    let chart = chart(vec![group(Flash::Short, 1, 3000.0, 3000.0)]);
    let (roles, missed) = roles(&chart, &[(300, 90), (3250, 90), (9300, 90), (12_280, 90)]);
    assert_eq!(roles, "....");
    assert!(
        matches!(missed.as_slice(), [at] if (at - 6275.0).abs() < 1.0),
        "{missed:?}"
    );
}

#[test]
fn a_slip_at_the_end_is_a_stray() {
    let chart = chart(vec![group(Flash::Short, 1, 3000.0, 3000.0)]);
    let taps = [(300, 90), (3250, 90), (6280, 90), (6900, 90)];
    assert_eq!(roles(&chart, &taps).0, "...x");
}

#[test]
fn long_and_short_are_told_apart_by_length() {
    let chart = chart(vec![
        group(Flash::Long, 1, 1500.0, 1500.0),
        group(Flash::Short, 2, 500.0, 2500.0),
    ]);
    let round = |from: i32| [(from, 900), (from + 1500, 90), (from + 2000, 90)];
    let taps: Vec<(i32, i32)> = round(300).into_iter().chain(round(4800)).collect();
    assert_eq!(roles(&chart, &taps).0, "-..-..");
}
