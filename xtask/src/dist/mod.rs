//! `cargo xtask dist`: the finished site in `dist/`.
//!
//! Content, then trunk, then a small program and small scripts, then final names, then the service worker, then the compressed copies, then the scales.

mod check;
mod csp;
mod embed;
pub mod names;
mod papers;
mod pseudo;
mod weight;

use crate::setup::BuildTools;
use crate::{paths, run};
use anyhow::{Context, Result, bail};
use led_doctor_workbench::content;
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A finished site.
pub struct Site {
    pub dir: PathBuf,
    /// By how many bytes it is too heavy.
    pub excess: weight::Excess,
}

impl Site {
    /// Fails when it is too heavy to be published.
    pub fn within_budget(&self) -> Result<()> {
        let weight::Excess {
            first_visit,
            facade,
        } = self.excess;
        if first_visit > 0 || facade > 0 {
            bail!(
                "a first visit weighs {first_visit} bytes too many and the element's script {facade}; the tables of sizes begin with \
                 the heaviest files"
            );
        }
        Ok(())
    }
}

/// What differs from build to build. Addresses begin with `https://`, or `http://` for trying it out.
#[derive(Default)]
pub struct Options<'a> {
    /// Where the site will be served: the pages of models name it.
    pub site: Option<&'a str>,
    /// Where its source is, and faults are reported below `issues`.
    pub repository: Option<&'a str>,
    /// Whether the page is also built in pseudo-languages, for looking at it: into `target/pseudo/site`.
    pub pseudo: bool,
}

impl Options<'_> {
    /// Fails for what cannot be an address: it is written into pages.
    fn check(&self) -> Result<()> {
        for (option, address) in [("url", self.site), ("repository", self.repository)] {
            let Some(address) = address else { continue };
            let is_web = address.starts_with("https://") || address.starts_with("http://");
            if !is_web
                || address.contains(|sign: char| sign.is_whitespace() || "\"<>&".contains(sign))
            {
                bail!(
                    "--{option}: `{address}` is no address of the web; write it as in https://help.example/led-doctor"
                );
            }
        }
        Ok(())
    }

    /// The repository's page, whichever way its address was written.
    pub fn source(&self) -> Option<&str> {
        Some(
            self.repository?
                .trim_end_matches('/')
                .trim_end_matches(".git"),
        )
    }

    /// Where faults are reported.
    pub fn bugs(&self) -> Option<String> {
        Some(format!("{}/issues", self.source()?))
    }
}

/// Builds the site. Fails when it refers to what is not there; weighing it is left to the caller.
pub fn dist(tools: &BuildTools, options: &Options) -> Result<Site> {
    options.check()?;
    let root = paths::root()?;
    let target = root.join("target");
    let content = target.join("content");
    content::compile(&root, &content, &target.join("element"))?;
    wrong_words(&content, options)?;
    run::run(trunk(tools, &root)?.args(["build", "--release"]))?;

    let node = |script: &str, site: &Path| node(&root, script, &[site]);
    let built = target.join("site");
    for (name, symbols) in [
        ("led-doctor", "symbols.txt"),
        ("led-doctor-check", "symbols-check.txt"),
        ("led-doctor-film", "symbols-film.txt"),
    ] {
        led_doctor_shrink::shrink(&built, name, &tools.npm, &target.join(symbols))?;
    }
    if options.pseudo {
        pseudo::site(&root, &built)?;
    }
    node("minify.mjs", &built)?;
    // Made beside and moved at the end: a server of `dist` never serves half of it.
    let next = target.join("dist-next");
    remove_dir(&next)?;
    names::give(&built, &next)?;
    let linked = papers::add(&root, &next, &tools.npm)?;
    embed::add(&root, &next, &target.join("npm"), &linked, options)?;
    csp::fill(&next)?;
    node("service-worker.mjs", &next)?;
    check::all(&next)?;
    node("compress.mjs", &next)?;

    let dist = root.join("dist");
    remove_dir(&dist)?;
    fs::rename(&next, &dist)
        .with_context(|| format!("cannot put the new site at {}", dist.display()))?;
    let excess = weight::report(&dist)?;
    Ok(Site { dir: dist, excess })
}

/// Runs one of the scripts in `tools/`.
fn node(root: &Path, script: &str, arguments: &[&Path]) -> Result<()> {
    let mut node = Command::new("node");
    node.current_dir(root)
        .arg(Path::new("tools").join(script))
        .args(arguments);
    run::run(&mut node)
}

/// Adds to the words of unchecked translations the address for reporting a wrong one, where it is known.
fn wrong_words(content: &Path, options: &Options) -> Result<()> {
    let Some(bugs) = options.bugs() else {
        return Ok(());
    };
    for entry in fs::read_dir(content)? {
        let path = entry?.path();
        let is_words = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("ui."));
        if !is_words {
            continue;
        }
        let mut words: Map<String, Value> = serde_json::from_str(&fs::read_to_string(&path)?)?;
        if words.contains_key("draft.state") {
            words.insert("draft.report".into(), bugs.as_str().into());
            fs::write(&path, Value::Object(words).to_string())?;
        }
    }
    Ok(())
}

/// `cargo xtask dev`: rebuilds and reloads on every change; no service worker, no final names.
pub fn dev(tools: &BuildTools, port: u16) -> Result<()> {
    let root = paths::root()?;
    content::compile(
        &root,
        &root.join("target/content"),
        &root.join("target/element"),
    )?;
    run::run(
        trunk(tools, &root)?
            .args(["serve", "--address", "127.0.0.1", "--port"])
            .arg(port.to_string()),
    )
}

fn trunk(tools: &BuildTools, root: &Path) -> Result<Command> {
    let mut trunk = run::outside_cargo(&tools.trunk);
    trunk
        .current_dir(root)
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Its backtraces bury the compiler's words.
        .env("RUST_BACKTRACE", "0");
    // Some environments set NO_COLOR=1, which trunk refuses: it wants `true`.
    if std::env::var_os("NO_COLOR").is_some() {
        trunk.env("NO_COLOR", "true");
    }
    let bindgen = tools
        .bindgen
        .parent()
        .context("wasm-bindgen lies in no folder")?;
    tools.wasm.apply(&mut trunk, &[bindgen, &tools.npm])?;
    Ok(trunk)
}

fn remove_dir(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("cannot empty {}", dir.display()))?;
    }
    Ok(())
}
