//! Simulated people's attempts, as the session takes them.

use led_doctor_core::id::Id;
use led_doctor_core::rhythm::{Look, Observer, Tap};
use led_doctor_core::session::drive::Attempt;
use led_doctor_core::time::Millis;
use led_doctor_people::scene;
use led_doctor_people::tapper::Pressed;

/// A number of ms as a time; what is no number is 0.
pub fn ms(ms: f64) -> Millis {
    Millis::new(ms).unwrap_or_default()
}

/// A tap on a pad that serves every light.
pub fn tap(pressed: &Pressed) -> Tap {
    Tap {
        at: ms(pressed.at),
        held: pressed.held.map(ms),
        light: None,
    }
}

/// Their statement about the light.
pub fn look(look: scene::Look) -> Look {
    match look {
        scene::Look::Steady => Look::Steady,
        scene::Look::Dark => Look::Dark,
        scene::Look::TooFast => Look::TooFast,
    }
}

/// The whole attempt.
pub fn attempt(simulated: &scene::Attempt) -> Attempt {
    let pair = |(question, answer): &(&str, &str)| Some((Id::new(question)?, Id::new(answer)?));
    Attempt {
        colour: None,
        observer: Observer::Finger,
        taps: simulated.taps.iter().map(tap).collect(),
        until: ms(simulated.until),
        stopped: simulated.stopped,
        look: simulated.look.map(look),
        answers: simulated.before.iter().filter_map(pair).collect(),
    }
}

/// Answers from a list; "not sure" of what is not in it.
pub fn answers(known: &[(&'static str, &'static str)]) -> impl FnMut(&Id) -> Option<Id> {
    let known = known.to_vec();
    move |question| {
        let mut known = known.iter();
        known
            .find(|(asked, _)| question == asked)
            .and_then(|(_, answer)| Id::new(answer))
    }
}
