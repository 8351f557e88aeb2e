//! Content: packs and interface words, from TOML that people write to the JSON that the page reads.

use crate::pack::compile;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Compiles the packs and words below `root`: writes every JSON file that the page fetches into `out`, which holds nothing else
/// afterwards, and into `element` what the build of the first screen has to know of the packs.
pub fn compile(root: &Path, out: &Path, element: &Path) -> Result<()> {
    for folder in [out, element] {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    let packs = compile::packs(&root.join("packs"))?;
    let pads = serde_json::Value::Object(packs.pads).to_string();
    write_if_changed(&element.join("pads.json"), &pads)?;
    let mut files = packs.files;
    files.extend(compile::words(&root.join("text"))?.files);
    for file in &files {
        write_if_changed(&out.join(&file.name), &file.text)?;
    }
    for entry in fs::read_dir(out)? {
        let entry = entry?;
        if !files.iter().any(|file| entry.file_name() == *file.name) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Leaves an equal file untouched, so that a watching trunk does not build for nothing.
fn write_if_changed(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
