//! `cargo xtask serve`: the finished site on this machine, with the headers of a real host.

use crate::dist::Site;
use crate::{paths, run};
use anyhow::Result;
use std::process::Command;

/// Serves until it is stopped.
pub fn serve(site: &Site, port: u16) -> Result<()> {
    // It works all the same, and it may be served in order to make it lighter.
    if let Err(error) = site.within_budget() {
        println!("not fit to be published: {error}");
    }
    let mut node = Command::new("node");
    node.current_dir(paths::root()?)
        .arg("tools/serve.mjs")
        .arg(&site.dir)
        .arg(port.to_string());
    run::become_it(&mut node)
}
