//! The interface: draws the session and sends actions. It decides nothing.

mod app;
mod ask;
mod choose;
mod device;
mod hooks;
mod icons;
mod plan;
mod question;
mod resolved;
mod scene;
mod strip;
mod support;
mod tap;
mod timeline;
mod verdict;

pub use app::{App, Options};
