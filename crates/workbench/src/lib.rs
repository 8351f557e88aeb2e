//! The workbench of pack authors and engineers: the commands `pack`, `replay` and `bench`.
//!
//! Everything that is measured here runs through [`led_doctor_core::session::drive`], the way that people run in the page.

mod at_light;
pub mod bench;
pub mod content;
pub mod film;
mod output;
pub mod pack;
mod packs;
pub mod replay;
mod simulated;
mod workspace;
