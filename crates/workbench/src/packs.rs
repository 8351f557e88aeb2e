//! The packs of the workspace, for the commands that measure and replay.

use crate::{pack, workspace};
use anyhow::{Context, Result, bail};
use led_doctor_core::id::Id;
use led_doctor_core::pack::Pack;
use led_doctor_core::session::Device;
use std::rc::Rc;

/// Reads a pack of the workspace, by its id.
pub fn read(id: &str) -> Result<Pack> {
    // An id names a folder, and no way out of it.
    let id = Id::new(id).with_context(|| format!("{id:?} is no pack's id"))?;
    let folder = workspace::root()?.join("packs").join(id.as_str());
    if !folder.join("pack.toml").is_file() {
        bail!("there is no pack {id}");
    }
    let read = pack::load::folder(&folder)?;
    let folder = read.map_err(|faults| {
        let first = faults.first().map_or(String::new(), ToString::to_string);
        anyhow::anyhow!("the pack {id} is wrong: {first}")
    })?;
    let first = folder.languages.into_iter().next();
    Ok(first
        .with_context(|| format!("the pack {id} has no words"))?
        .pack)
}

/// A model of a pack, as the page opens it.
pub fn device(pack: &Rc<Pack>, model: &str) -> Result<Device> {
    let id = &pack.file().id;
    Device::new(Rc::clone(pack), model)
        .with_context(|| format!("the pack {id} has no model {model}"))
}
