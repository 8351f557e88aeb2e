//! Where the packs are, and a copy of a folder.

use anyhow::{Context, Result};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder that holds `packs/`: the nearest one above where the command was called, else the repository that built it.
pub fn root() -> Result<PathBuf> {
    let here = env::current_dir().context("the current folder cannot be read")?;
    let is_root = |folder: &&Path| folder.join("packs").is_dir();
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    here.ancestors()
        .find(is_root)
        .or(built.filter(is_root))
        .map(Path::to_path_buf)
        .context("no folder `packs` here or above; call this in a folder that has one")
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), &to)?;
        }
    }
    Ok(())
}
