//! The workbench of pack authors and engineers: the commands `pack`, `replay`, `film` and `bench`.
//!
//! Everything that is measured here runs through [`led_doctor_core::session::drive`], the way that people run in the page.

mod at_light;
pub mod bench;
pub mod content;
pub mod film;
pub mod lamps;
pub mod model_pages;
mod output;
pub mod pack;
mod packs;
pub mod replay;
mod simulated;
pub mod workspace;
