//! Build and test tools from npm, exactly those of package-lock.json.

use crate::{paths, run};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const OLDEST_NODE: u32 = 20;

/// The folder of the installed programs.
pub fn ensure() -> Result<PathBuf> {
    let root = paths::root()?;
    let modules = root.join("node_modules");
    let lock = fs::read_to_string(root.join("package-lock.json"))
        .context("package-lock.json is missing; take it from git again")?;
    // A copy of the lock that was installed, which is more reliable than file times after a checkout.
    let installed = modules.join(".led-doctor-installed");
    check_node()?;
    if fs::read_to_string(&installed).is_ok_and(|text| text == lock) {
        return Ok(modules.join(".bin"));
    }
    let mut ci = Command::new("npm");
    ci.current_dir(&root).args(["ci", "--ignore-scripts"]);
    run::step(
        "installing the tools of package-lock.json",
        "about 50 seconds, 480 MB",
        &mut [ci],
    )
    .context("npm could not do it. Read its answer: npm ci")?;
    fs::write(&installed, lock).with_context(|| format!("cannot write {}", installed.display()))?;
    Ok(modules.join(".bin"))
}

fn check_node() -> Result<()> {
    let wanted = format!(
        "install Node.js {OLDEST_NODE} or newer with npm (https://nodejs.org, or Debian's `nodejs npm`)"
    );
    let Some(version) = run::look(Command::new("node").arg("--version")) else {
        bail!("no `node` on PATH; {wanted}");
    };
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|text| text.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        bail!("`node --version` is {version}; {wanted}");
    }
    Ok(())
}
