//! Simulated people at simulated lights, for measuring the engine on the host.
//!
//! Independent of the engine: it shares no parameter and no code with it, and its lights are physical (onsets and
//! lengths), not the pack's notation. What real recordings show is taken from them; bursts, fast lights, holds and
//! answers are assumptions, and their ranges are swept rather than trusted.

pub mod dice;
pub mod light;
pub mod person;
pub mod scene;
pub mod tapper;
