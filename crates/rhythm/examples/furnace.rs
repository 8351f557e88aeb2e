//! A control board with three codes, and a person who taps along with one of them.
//!
//! `cargo run -p led-doctor-rhythm --example furnace` prints the classifier's result after each tap.

use led_doctor_rhythm::{
    Chart, Decision, Flash, Flashes, Group, Hypothesis, Id, Layer, Listener, Millis, Settle, Show,
    Signal, Span, Tap, Watch,
};

fn main() {
    let codes = [
        ("two-flashes", 2),
        ("three-flashes", 3),
        ("four-flashes", 4),
    ];
    let chart = Chart::new(
        codes.map(|(id, count)| bursts(id, count)).into(),
        Vec::new(),
    );

    // Three flashes and a pause, twice, as a hand taps them: times in ms.
    let taps = [310, 812, 1290, 3330, 3805, 4320, 6310];
    let mut watch = Watch::default();
    // Keeps what it knows of the taps so far: one more tap costs one step.
    let mut listener = Listener::default();
    for at in taps {
        watch.taps.push(Tap {
            at: Millis::whole(at),
            ..Tap::default()
        });
        watch.until = Millis::whole(at);
        let judgement = listener.judge(&chart, &watch);
        let likeliest = judgement.ranking.first();
        let (what, sure) = likeliest.map_or(("nothing", 0.0), |ranked| {
            (name(&ranked.what), 100.0 * ranked.probability)
        });
        let next = match (&judgement.decision, &judgement.settle) {
            (Decision::Signal(id), _) => format!("decided: {}", id.as_str()),
            (Decision::Unlisted(id), _) => format!("decided: {}, not in the list", id.as_str()),
            (Decision::NoneOfThese, _) => "decided: none of these".to_owned(),
            (Decision::Undecided, Some(Settle::KeepTapping { flashes })) => {
                format!("tap {flashes} more")
            }
            (Decision::Undecided, _) => "keep watching".to_owned(),
        };
        println!("{at:>5} ms  {what:<14} {sure:>5.1} %  {next}");
    }
}

/// `count` flashes, half a second apart; two seconds of dark; and again.
fn bursts(id: &str, count: u8) -> Signal {
    let group = Group {
        flash: Flash::Any,
        count: (count, count),
        every: Span::Stated(500.0, 500.0),
        rest: Span::Stated(2000.0, 2000.0),
        ..Group::default()
    };
    let flashes = Flashes {
        cycle: vec![group],
        ..Flashes::default()
    };
    Signal {
        id: Id::new(id).unwrap_or_default(),
        layers: vec![Layer {
            light: None,
            show: Show::Flashes(flashes),
        }],
        ..Signal::default()
    }
}

fn name(what: &Hypothesis) -> &str {
    match what {
        Hypothesis::Signal(id) | Hypothesis::Unlisted(id) => id.as_str(),
        Hypothesis::UnknownRegular => "another rhythm",
        Hypothesis::Noise => "no rhythm",
    }
}
