//! The edge to the browser: what the page's script calls, and the capabilities the interface asks for.
//!
//! Everything here may be missing or refused in some browser; every function documents what it does then.

#[cfg(feature = "check")]
pub mod check;
#[cfg(feature = "page")]
pub mod clock;
#[cfg(feature = "film")]
pub mod film;
#[cfg(feature = "page")]
pub mod host;
#[cfg(feature = "page")]
pub mod listener;
#[cfg(feature = "page")]
pub mod load;
#[cfg(feature = "page")]
pub mod mount;
pub mod node;
#[cfg(feature = "page")]
pub mod page;
#[cfg(feature = "page")]
pub mod storage;

#[cfg(feature = "page")]
pub use listener::Listener;
