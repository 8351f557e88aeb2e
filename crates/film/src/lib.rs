//! Reads a blinking light from a film: pictures with their times in, edges with their uncertainty out, or the reason for none.
//!
//! No learned model, no browser, no file. The steps, each a module:
//!
//! 1. [`picture`]: every picture is made small, about 320 pixels wide, with its red, green and blue.
//! 2. [`track`]: how far the hand has moved the scene, to a pixel; a scene that is lost is unknown, and never dark.
//! 3. [`blocks`]: the brightness of small blocks round the place where somebody pointed, or all over the picture; and their brightest places, from
//!    a second look with every dot of the film.
//! 4. `seen`: what of it is followed over time. At night it is all light of the picture.
//! 5. [`levels`]: whether that has two levels, and which it has when: a hidden Markov model against a slow drift.
//! 6. [`reader`]: the best of it, its edges between pictures, its colour.
//! 7. [`flashes`]: the flashes in the longest stretch of which everything is known.
//!
//! What it cannot see is reported as a [`Refusal`]. Numbers that are *measured* come from hand-held clips of indicator lights; *assumed* ones
//! are marked.

pub mod blocks;
mod colour;
pub mod flashes;
pub mod levels;
mod order;
pub mod picture;
pub mod reader;
mod seen;
pub mod track;

pub use colour::Colour;
pub use flashes::Flashes;
pub use picture::Picture;
pub use reader::{Edge, Film, Reading, Refusal, Window};
