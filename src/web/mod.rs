//! The edge to the browser: what the page's script calls, and the capabilities the interface asks for.
//!
//! Everything here may be missing or refused in some browser; every function says what it does then.

pub mod clock;
pub mod listener;
pub mod load;
pub mod mount;
pub mod node;
pub mod page;
pub mod storage;
pub mod tell;

pub use listener::Listener;
