//! A new pack: a small one that is right, with comments that say what to change.

use anyhow::{Context, Result, bail};
use led_doctor_core::id::Id;
use std::fs;
use std::path::{Path, PathBuf};

const FILES: [(&str, &str); 3] = [
    ("pack.toml", include_str!("template/pack.toml")),
    ("text/en.toml", include_str!("template/en.toml")),
    ("scenarios.toml", include_str!("template/scenarios.toml")),
];

/// Writes it, and prints where.
pub fn begin(packs: &Path, name: &str) -> Result<PathBuf> {
    if Id::new(name).is_none() {
        bail!("{name} cannot name a pack; use 1 to 32 small letters, digits and hyphens");
    }
    let folder = packs.join(name);
    if folder.exists() {
        bail!("{} is there already; choose another name", folder.display());
    }
    for (file, text) in FILES {
        let path = folder.join(file);
        let parent = path.parent().unwrap_or(&folder);
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        let text = text.replace("\"NAME\"", &format!("\"{name}\""));
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(folder)
}
