//! The shipped packs' charts, for the tools that measure and replay.

use crate::{pack, paths};
use anyhow::{Context, Result, bail};
use led_doctor::id::Id;
use led_doctor::pack::Pack;
use led_doctor::rhythm::Chart;

/// Reads a pack of the packs' folder, by its id.
pub fn pack(id: &str) -> Result<Pack> {
    // An id names a folder, and no way out of it.
    let id = Id::new(id).with_context(|| format!("{id:?} is no pack's id"))?;
    let folder = paths::root()?.join("packs").join(id.as_str());
    if !folder.join("pack.toml").is_file() {
        bail!("there is no pack {id}");
    }
    let read = pack::load::folder(&folder)?;
    let folder = read.map_err(|findings| {
        let first = findings.first().map_or(String::new(), ToString::to_string);
        anyhow::anyhow!("the pack {id} is wrong: {first}")
    })?;
    let first = folder.languages.into_iter().next();
    Ok(first
        .with_context(|| format!("the pack {id} has no words"))?
        .pack)
}

/// What the engine listens for on a model. `None` when the pack has no such model.
pub fn chart(pack: &Pack, model: &str) -> Option<Chart> {
    pack.model(model)?;
    Some(pack::scenario::chart(pack, model))
}
