//! Build tools that are crates: trunk and the wasm-bindgen command.
//!
//! They go to this project's own corner of the user's cache and never to `~/.cargo/bin`, where another
//! project may need another version.

use crate::{paths, run};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// 0.22 wants a newer compiler than the oldest this project supports.
const TRUNK: &str = "0.21.14";

/// The trunk to build with.
pub fn trunk() -> Result<PathBuf> {
    // Its features fetch tools and check for updates; this set-up does that instead.
    ensure(
        "trunk",
        "trunk",
        TRUNK,
        &["--locked", "--no-default-features"],
    )
}

/// The wasm-bindgen that fits the crate: the two refuse to work together unless their versions are equal.
pub fn wasm_bindgen() -> Result<PathBuf> {
    let version = locked_version("wasm-bindgen")?;
    // Not `--locked`: the lock of 0.2.130 names a dependency that was withdrawn.
    ensure("wasm-bindgen-cli", "wasm-bindgen", &version, &[])
}

fn ensure(krate: &str, program: &str, version: &str, flags: &[&str]) -> Result<PathBuf> {
    if let Ok(path) = which::which(program)
        && has_version(&path, version)
    {
        return Ok(path);
    }
    let place = paths::cache()?
        .join("tools")
        .join(format!("{krate}-{version}"));
    let path = place.join("bin").join(program);
    if has_version(&path, version) {
        return Ok(path);
    }
    fs::create_dir_all(&place).with_context(|| format!("cannot create {}", place.display()))?;
    let mut install = run::outside_cargo("cargo");
    install
        // Away from the repository, whose cargo configuration is not meant for tools.
        .current_dir(&place)
        .args(["install", krate, "--version", version])
        .args(flags)
        .arg("--root")
        .arg(&place)
        // Their release profiles optimise for years of use; here the minutes of building them count. What they do for the page takes
        // less than a second either way.
        .envs([
            ("CARGO_PROFILE_RELEASE_LTO", "off"),
            ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256"),
            ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
            ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
        ])
        // One folder for both: what they have in common is compiled once.
        .env("CARGO_TARGET_DIR", paths::cache()?.join("build"));
    let by_hand = format!(
        "cargo install {krate} --version {version} {}",
        flags.join(" ")
    );
    run::step(&format!("building {krate} {version}"), "one to two minutes on two cores", &mut [install])
        .with_context(|| format!("{krate} {version} could not be built. Any {program} {version} on PATH will do: {by_hand}"))?;
    Ok(path)
}

fn has_version(program: &Path, version: &str) -> bool {
    run::look(Command::new(program).arg("--version"))
        .is_some_and(|line| line.split_whitespace().any(|word| word == version))
}

/// The version of a crate in Cargo.lock.
fn locked_version(name: &str) -> Result<String> {
    let path = paths::root()?.join("Cargo.lock");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let lock: toml::Table = text
        .parse()
        .context("Cargo.lock is no TOML; take it from git again")?;
    lock.get("package")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .find(|package| package.get("name").and_then(toml::Value::as_str) == Some(name))
        .and_then(|package| package.get("version")?.as_str().map(str::to_owned))
        .with_context(|| format!("Cargo.lock names no {name}; run `cargo update -p {name}`"))
}
