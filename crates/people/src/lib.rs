//! Simulated people at simulated lights, for measuring a classifier of blinking lights.
//!
//! Independent of that classifier: this crate does not depend on it, shares no parameter with it, and its lights are physical (onsets
//! and lengths), not a pack's notation. What real recordings show is taken from them; bursts, fast lights, holds and
//! answers are assumptions, and their ranges are swept rather than trusted.

pub mod camera;
pub mod dice;
pub mod film;
pub mod handheld;
pub mod light;
pub mod person;
pub mod scene;
pub mod tapper;
