//! What a film showed, as a separate attempt: the same session and the same classifier, another observer.

use super::App;
use led_doctor_core::id::Id;
use led_doctor_core::rhythm::{Observer, Tap, Within};
use led_doctor_core::session::{Action, MAX_TAPS, Stage};
use led_doctor_core::time::Millis;

impl App {
    /// Takes what a film showed: `at+held at+held …;until;short;long;colour`, in whole ms: `at` alone where the end of a flash was not seen,
    /// `short` and `long` the measured paces ([`Within`]), 0 where there is none; and a dot at the end where another reading follows. Whether anything
    /// is to be drawn.
    pub(super) fn filmed(&mut self, shown: &str) -> bool {
        let partial = shown.strip_suffix('.');
        let (shown, is_last) = (partial.unwrap_or(shown), partial.is_none());
        let mut parts = shown.split(';');
        let flashes = parts.next().unwrap_or("");
        let taps: Vec<Tap> = flashes.split(' ').filter_map(tap).take(MAX_TAPS).collect();
        let mut next = || parts.next().and_then(ms);
        let until = next();
        let mut pace = || next().filter(|pace| *pace > Millis::ZERO);
        let within = Within {
            short: pace(),
            long: pace(),
        };
        // A reading under way may be of too few pictures to tell.
        let colour = parts.next().and_then(Id::new).filter(|_| is_last);
        let is_tapping = self
            .open
            .as_ref()
            .is_some_and(|(_, session)| session.stage == Stage::Tap);
        let (Some(until), true) = (until, is_tapping) else {
            return false;
        };
        self.act(Action::Observed {
            observer: Observer::Eye,
            within,
            colour,
        });
        for tap in taps {
            let (at, held) = (tap.at, tap.held);
            self.act(Action::Tapped { at, light: None });
            self.act(Action::Released {
                at: held.map_or(at, |held| at + held),
                has_length: held.is_some(),
            });
        }
        self.act(Action::Watched { at: until });
        // No statement is possible where it was decided already.
        if is_last {
            self.act(Action::LeftAlone);
        }
        // The light is not watched between one reading and the next, or after the last one: the page's clock carries no information about it.
        self.act(Action::LookedAway);
        if let Some((device, session)) = &mut self.open {
            session.refresh(device);
        }
        true
    }
}

/// Whole ms: reading fractions would cost 15 KB.
fn ms(text: &str) -> Option<Millis> {
    Millis::new(f64::from(text.parse::<u32>().ok()?))
}

fn tap(text: &str) -> Option<Tap> {
    let (at, held) = match text.split_once('+') {
        Some((at, held)) => (at, Some(ms(held)?)),
        None => (text, None),
    };
    Some(Tap {
        at: ms(at)?,
        held,
        light: None,
    })
}
