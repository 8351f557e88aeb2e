//! Which blink code is it? From tap times to a verdict, with a probability for every hypothesis.
//!
//! A pure function of three things: the signals a device may show ([`Chart`]), what the person did and stated so far
//! ([`Watch`]), and how long they have been watching ([`Watch::until`]). No clock, no I/O, no dependency, no panic.
//!
//! ```
//! use led_doctor_rhythm::{Chart, Decision, Flash, Flashes, Group, Id, Layer, Millis, Show, Signal, Span, Tap, Watch, judge};
//!
//! let every_three_seconds = Flashes {
//!     cycle: vec![Group { flash: Flash::Short, rest: Span::Stated(3000.0, 3000.0), ..Group::default() }],
//!     ..Flashes::default()
//! };
//! let offline = Signal {
//!     id: Id::new("offline").unwrap(),
//!     layers: vec![Layer { light: None, show: Show::Flashes(every_three_seconds) }],
//!     ..Signal::default()
//! };
//! let chart = Chart::new(vec![offline], Vec::new());
//!
//! let at = |ms: i32| Millis::whole(ms);
//! let taps = [400, 3350, 6410, 9380].map(|ms| Tap { at: at(ms), ..Tap::default() });
//! let watch = Watch { taps: taps.to_vec(), until: at(9500), ..Watch::default() };
//! assert_eq!(judge(&chart, &watch).decision, Decision::Signal(Id::new("offline").unwrap()));
//! ```
//!
//! What this crate does not do: it draws nothing, stores nothing, reads no file, and knows no maker and no fix.

pub mod chart;
pub mod id;
pub mod listener;
pub mod observer;
pub mod paces;
pub mod parameters;
pub mod pattern;
pub mod signal;
pub mod sorted;
pub mod time;
pub mod verdict;
pub mod watch;

mod decide;
mod density;
mod emission;
mod explain;
mod forward;
mod grid;
mod posterior;
mod press;
mod settle;
mod statements;
mod template;
mod transition;
mod variant;

pub use chart::{Chart, Question};
pub use explain::explain;
pub use id::Id;
pub use listener::{Listener, judge};
pub use observer::Observer;
pub use paces::Within;
pub use pattern::{Flashed, Pattern, pattern};
pub use signal::{Expectation, Flash, Flashes, Group, Layer, Meaning, Show, Signal, Span};
pub use time::Millis;
pub use verdict::{Decision, Explanation, Hypothesis, Judgement, Ranked, Settle, TapRole};
pub use watch::{Look, Tap, Watch};
