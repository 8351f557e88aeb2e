//! `cargo xtask test reproduce`: the same sources, built again in another folder, become the same bytes.

use crate::dist::names::hex;
use crate::dist::{self, Options};
use crate::{paths, run, setup};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds here and in a copy, and compares. Fails with the names of the files that differ.
pub fn reproduce() -> Result<()> {
    let root = paths::root()?;
    let tools = setup::for_dist()?;
    let here = files(&dist::dist(&tools, &Options::default())?.dir)?;
    let copy = tempfile::tempdir().context("there is no folder for a second build")?;
    copy_sources(&root, copy.path())?;
    // A site over its weight fails there as it does here, and is compared all the same.
    let built = run::run(
        run::outside_cargo("cargo")
            .current_dir(copy.path())
            .args(["xtask", "dist"]),
    );
    let made = copy.path().join("dist");
    if !made.is_dir() {
        built?;
    }
    let there = files(&made)?;
    let differ: Vec<String> = here
        .iter()
        .filter(|(name, hash)| there.get(*name) != Some(hash))
        .map(|(name, _)| name.display().to_string())
        .chain(
            there
                .keys()
                .filter(|name| !here.contains_key(*name))
                .map(|name| format!("{} (only there)", name.display())),
        )
        .collect();
    if !differ.is_empty() {
        bail!("two builds differ in:\n- {}", differ.join("\n- "));
    }
    let all: String = here
        .iter()
        .map(|(name, hash)| format!("{hash}  {}\n", name.display()))
        .collect();
    let compiler = tools.wasm.compiler();
    println!(
        "{} files, the same in two folders\n{compiler}\nSHA-256 of their list: {}",
        here.len(),
        hex(all.as_bytes())
    );
    Ok(())
}

/// What git knows, and what is new and not ignored, in its current state.
fn copy_sources(root: &Path, to: &Path) -> Result<()> {
    let listed = run::look(Command::new("git").current_dir(root).args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "-z",
    ]))
    .context("git does not list the sources; is this a clone?")?;
    for name in listed.split('\0').filter(|name| !name.is_empty()) {
        let from = root.join(name);
        // Deleted, and not yet committed.
        if !from.is_file() {
            continue;
        }
        let to = to.join(name);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&from, &to).with_context(|| format!("cannot copy {}", from.display()))?;
    }
    Ok(())
}

/// The hash of each file below a folder, by its name in it.
fn files(folder: &Path) -> Result<BTreeMap<PathBuf, String>> {
    let mut all = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder)?.to_owned();
            all.insert(name, hex(&fs::read(entry.path())?));
        }
    }
    Ok(all)
}
