//! LED Doctor: tap along with a blinking light, learn which code it is, and be led to the fix.
//!
//! The modules below are the pure core: they know no clock, no DOM and no storage, and time comes in as data.
//! The browser side (`ui`, `web`) is compiled for wasm32 only.

pub mod form;
pub mod id;
pub mod keyed;
pub mod node;
pub mod pack;
pub mod rhythm;
pub mod score;
pub mod session;
pub mod sorted;
pub mod text;
pub mod time;

#[cfg(all(target_arch = "wasm32", feature = "page"))]
mod ui;
#[cfg(target_arch = "wasm32")]
pub mod web;
