//! The interface: draws the session and sends actions. It decides nothing.
//!
//! One Yew component, [`App`], holds the state; every stage is a function from that state to elements. Components and hooks for
//! each part would more than double the wasm, and so would a macro expanded at every element: [`el::El`] builds them by calls.

mod app;
mod ask;
mod card;
mod choose;
mod code;
mod device;
mod duet;
mod el;
mod icons;
mod msg;
mod plan;
mod question;
mod resolved;
mod strip;
mod support;
mod tap;
mod timeline;
mod verdict;
mod view;

pub use app::{App, Options};
pub use msg::Msg;
