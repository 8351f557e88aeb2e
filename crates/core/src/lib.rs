//! All of LED Doctor that needs no browser: device packs, the plan for what was found, and the session as a state machine.
//!
//! No clock, no DOM, no storage: time comes in as data, events come out as data.

pub mod codec;
pub mod json;
pub mod keyed;
pub mod node;
pub mod pack;
pub mod problem;
pub mod score;
pub mod session;
pub mod slip;
pub mod text;
pub mod time;

pub use led_doctor_rhythm as rhythm;
pub use led_doctor_rhythm::{id, sorted};
