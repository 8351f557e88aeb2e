//! The list of the packs there are: enough to choose a device by, before any pack is loaded.

use super::Picture;
use crate::id::Id;
use crate::keyed::Keyed;

/// The pack for a device that no other describes: it is offered separately, and has no page.
pub const OTHER: &str = "other";

/// The packs there are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Index {
    /// One shelf per pack.
    pub packs: Vec<Shelf>,
    /// The drawings of their devices.
    pub picture: Keyed<Picture>,
}

/// The entry of a pack in the list, in one language.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shelf {
    /// The pack.
    pub id: Id,
    /// The maker or family.
    pub name: String,
    /// The file that holds the pack in this language.
    pub file: String,
    /// Its devices.
    pub models: Vec<ShelfModel>,
}

/// The entry of a device in the list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ShelfModel {
    /// The model.
    pub id: Id,
    /// What its owner calls it.
    pub name: String,
    /// How to know it.
    pub hint: String,
    /// Which line drawing represents it.
    pub drawing: Option<Id>,
    /// Its lights are not confirmed.
    pub unconfirmed: bool,
}
