//! Device packs: what a maker's lights mean and what to do about each meaning.
//!
//! A pack is data. People write it as TOML, its structure in one file and its words in one file per language; both are
//! tables keyed by the same ids and are merged into one ([`PackFile`]). The page loads the merged form as JSON. Built-in
//! packs and packs from strangers go the same way and are checked by the same code.
//!
//! What this module does not do: it reads no file and fetches nothing; it knows no maker.

pub mod checked;
pub mod compiled;
pub mod digits;
pub mod file;
mod finder;
pub mod index;
pub mod notation;
mod record;

pub use crate::keyed::Keyed;
pub use crate::problem::Problem;
pub use checked::{LARGEST, Ordered, Pack, SignalEntry, is_deceptive};
pub use file::*;
pub use index::{Index, OTHER, Shelf, ShelfModel};
