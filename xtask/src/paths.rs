//! Where things are: the repository and the per-user cache of tools.

use anyhow::{Context, Result};
use std::env;
use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> Result<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .context("xtask lies in no repository; build it again with `cargo build -p xtask`")
}

/// Cargo's output for the wasm build and its tests. Apart from the host's: the two may be built by
/// different compilers, and each would throw the other's work away.
pub fn wasm_target_dir() -> Result<PathBuf> {
    Ok(root()?.join("target").join("wasm"))
}

/// Tools that are built once and serve every clone of this user.
pub fn cache() -> Result<PathBuf> {
    env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|dir| dir.is_absolute())
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .map(|dir| dir.join("led-doctor"))
        .context("no home directory is known; set XDG_CACHE_HOME to a folder for built tools")
}
