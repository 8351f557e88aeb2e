//! `cargo xtask serve`: the finished site on this machine, with the headers of a real host.

use crate::{paths, run};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// Serves until it is stopped.
pub fn serve(site: &Path, port: u16) -> Result<()> {
    let mut node = Command::new("node");
    node.current_dir(paths::root()?)
        .arg("tools/serve.mjs")
        .arg(site)
        .arg(port.to_string());
    run::become_it(&mut node)
}
