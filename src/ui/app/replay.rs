//! A light that is replayed: woken at each of its changes, and stopped automatically.

use super::App;
use crate::ui::msg::Msg;
use crate::web::clock;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use yew::html::Scope;

/// How long a replay runs before it stops automatically, in ms: what moves for longer must be stoppable (WCAG 2.2.2).
const PLAY: f64 = 5000.0;

/// A replay under way.
pub struct Playing {
    key: Rc<str>,
    changes: Rc<[f64]>,
    /// When it began, and how far it has come, in ms.
    since: f64,
    at: f64,
    /// Wakes it at its next change; dropped with it.
    _timer: Timeout,
}

impl Playing {
    /// Begins one, whose light changes at these moments.
    pub fn new(link: &Scope<App>, key: Rc<str>, changes: Rc<[f64]>) -> Playing {
        Playing::from(link, key, changes, clock::steady().get(), 0.0)
    }

    /// How far it has come, in ms.
    pub fn at(&self) -> f64 {
        self.at
    }

    /// Which it is.
    pub fn key(&self) -> Rc<str> {
        self.key.clone()
    }

    /// Whether it is that one.
    pub fn is_of(&self, key: &str) -> bool {
        *self.key == *key
    }

    /// At its next change; `None` at its end.
    pub fn next(self, link: &Scope<App>) -> Option<Playing> {
        let next = next_change(&self.changes, self.at);
        (next < PLAY).then(|| Playing::from(link, self.key, self.changes, self.since, next))
    }

    fn from(link: &Scope<App>, key: Rc<str>, changes: Rc<[f64]>, since: f64, at: f64) -> Playing {
        let wait = since + next_change(&changes, at) - clock::steady().get();
        let link = link.clone();
        let timer = Timeout::new(wait.max(1.0) as u32, move || {
            link.send_message(Msg::PlayedOn)
        });
        Playing {
            key,
            changes,
            since,
            at,
            _timer: timer,
        }
    }
}

/// The first change of the light after that moment; the end of the replay when there is none.
fn next_change(changes: &[f64], at: f64) -> f64 {
    let later = changes.iter().copied().filter(|change| *change > at);
    later.fold(PLAY, f64::min)
}
