//! Debian's packages, for what is in neither cargo nor npm.

use crate::run;
use anyhow::{Context, Result, bail};
use std::process::Command;

/// Installs packages, or says which command would.
pub fn install(what: &str, how_long: &str, packages: &[&str]) -> Result<()> {
    let by_hand = format!(
        "apt-get update && apt-get install --no-install-recommends {}",
        packages.join(" ")
    );
    if which::which("apt-get").is_err() {
        bail!(
            "{what}: this machine has no apt-get. Install what Debian calls `{}` in its own way",
            packages.join(" ")
        );
    }
    let mut sudo: &[&str] = &[];
    if !is_root() {
        if run::look(Command::new("sudo").args(["-n", "true"])).is_none() {
            bail!("{what}: needs an administrator. Run as root: {by_hand}");
        }
        sudo = &["sudo", "-n"];
    }
    // Always refreshed: with old lists apt asks for versions that the mirror no longer has.
    let mut update = apt_get(sudo);
    update.args(["update", "-qq"]);
    let mut install = apt_get(sudo);
    install
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(packages);
    run::step(what, how_long, &mut [update, install]).with_context(|| {
        format!("{what}: apt could not do it. Run as root and read its answer: {by_hand}")
    })
}

/// Whether this is the administrator, for whom some things are allowed and others are refused.
pub fn is_root() -> bool {
    run::look(Command::new("id").arg("-u")).as_deref() == Some("0")
}

fn apt_get(sudo: &[&str]) -> Command {
    let mut words =
        sudo.iter()
            .copied()
            .chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    let mut command = Command::new(words.next().unwrap_or("env"));
    command.args(words);
    command
}
