//! What help pages take: the element's script under a name that moves with the versions, beside the one that never changes.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// The element's script, as a help page names it.
pub const ALIAS: &str = "led-doctor.js";

/// Adds it to a site whose files bear their final names.
pub fn add(_root: &Path, site: &Path) -> Result<()> {
    let hashed = script(site)?;
    fs::copy(site.join(&hashed), site.join(ALIAS))
        .with_context(|| format!("cannot copy {hashed}"))?;
    Ok(())
}

/// The hashed name of the element's script.
pub fn script(site: &Path) -> Result<String> {
    fs::read_dir(site)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .find(|name| {
            name.strip_prefix("led-doctor.")
                .and_then(|rest| rest.strip_suffix(".js"))
                .is_some_and(|hash| !hash.contains('.'))
        })
        .context("the site has no script for help pages")
}
