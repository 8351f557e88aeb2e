//! From taps to a verdict: which of a device's signals is this, and how sure is that.
//!
//! A pure function of three things: the device's signals ([`Chart`]), what the person did and said so far
//! ([`Watch`]), and how long they have been watching ([`Watch::until`]). No clock, no I/O, no panic.
//!
//! What this module does not do: it draws nothing, stores nothing, and knows no maker and no fix.

pub mod chart;
pub mod human;
pub mod listener;
pub mod signal;
pub mod verdict;
pub mod watch;

mod decide;
mod density;
mod emission;
mod evidence;
mod explain;
mod forward;
mod grid;
mod passage;
mod said;
mod settle;
mod shape;
mod stroke;
mod template;

pub use chart::{Chart, Question};
pub use explain::explain;
pub use listener::{Listener, judge};
pub use signal::{Expectation, Flash, Flashes, Group, Layer, Show, Signal, Span};
pub use verdict::{Decision, Explanation, Hypothesis, Judgement, Ranked, Settle, TapRole};
pub use watch::{Look, Tap, Watch};
