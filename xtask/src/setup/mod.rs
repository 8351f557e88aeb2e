//! Set-up: everything a build or a test needs beyond Rust and Node.
//!
//! Each concern looks first and does only what is missing, so that a second run is free. What is found is
//! handed on as a value: a build cannot be started without the tools that make it.

mod apt;
mod browser;
mod cargo_tools;
mod engines;
mod npm;
mod wasm;

use crate::run;
use anyhow::{Context, Result};
use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

pub use apt::is_root;
pub use browser::Browser;
pub use engines::Engines;
pub use wasm::WasmToolchain;

/// What a build of the page needs.
pub struct BuildTools {
    pub wasm: WasmToolchain,
    pub trunk: PathBuf,
    pub bindgen: PathBuf,
    /// The folder of the programs from npm.
    pub npm: PathBuf,
}

/// What the tests need beyond a build.
pub struct TestTools {
    pub build: BuildTools,
    pub browser: Browser,
    pub engines: Engines,
}

/// Everything, for those who want to be offline afterwards.
pub fn all() -> Result<()> {
    for_tests()?;
    println!("setup: complete");
    Ok(())
}

/// The part that a build of the page needs.
pub fn for_dist() -> Result<BuildTools> {
    let _alone = lock()?;
    build_tools()
}

/// That, and browsers.
pub fn for_tests() -> Result<TestTools> {
    let _alone = lock()?;
    Ok(TestTools {
        browser: browser::ensure()?,
        engines: engines::ensure()?,
        build: build_tools()?,
    })
}

fn build_tools() -> Result<BuildTools> {
    Ok(BuildTools {
        // What is quick first: what fails soon is known soon.
        wasm: wasm::ensure()?,
        npm: npm::ensure()?,
        bindgen: cargo_tools::wasm_bindgen()?,
        trunk: cargo_tools::trunk()?,
    })
}

/// What a variable names, if it is there.
fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.exists())
}

/// The first of these programs that is on PATH.
fn first_of(names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| which::which(name).ok())
}

/// What a browser calls itself, with its version.
fn version(browser: &Path, unknown: &str) -> String {
    run::look(Command::new(browser).arg("--version")).unwrap_or_else(|| unknown.to_owned())
}

/// Two set-ups of one user (two clones, two terminals) must not build the same tools at once.
fn lock() -> Result<File> {
    let dir = crate::paths::cache()?;
    fs::create_dir_all(&dir).with_context(|| {
        format!(
            "cannot create {}; set XDG_CACHE_HOME to a folder that can be written",
            dir.display()
        )
    })?;
    let path = dir.join("setup.lock");
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    if file.try_lock().is_err() {
        println!("setup: another set-up of this user is at work; waiting for it");
        file.lock()
            .with_context(|| format!("cannot lock {}", path.display()))?;
    }
    Ok(file)
}
