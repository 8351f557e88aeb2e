//! The page: draws the session and sends actions. Everything that needs no browser is in `led_doctor_core`.
#![cfg(target_arch = "wasm32")]

#[cfg(feature = "page")]
mod ui;
pub mod web;
