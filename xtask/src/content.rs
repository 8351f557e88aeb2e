//! Content: packs and interface words, from TOML that people write to the JSON that the page reads.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Writes every JSON file that the page fetches into `out`, which holds nothing else afterwards.
pub fn compile(out: &Path) -> Result<()> {
    fs::create_dir_all(out).with_context(|| format!("cannot create {}", out.display()))?;
    let files = [
        (
            "packs.json",
            r#"{"packs":[{"id":"blink","en":"pack.blink.en.json"}]}"#,
        ),
        ("pack.blink.en.json", "{}"),
        ("ui.en.json", "{}"),
    ];
    for (name, text) in files {
        write_if_changed(&out.join(name), text)?;
    }
    for entry in fs::read_dir(out)? {
        let entry = entry?;
        if !files.iter().any(|(name, _)| entry.file_name() == *name) {
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
