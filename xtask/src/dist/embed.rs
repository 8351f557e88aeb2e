//! What help pages take: the element's script under names that people can write down, a page to be framed, a help page to look at,
//! and the npm package.

use super::papers::Linked;
use super::{Options, names, remove_dir};
use crate::contract;
use anyhow::{Context, Result};
use led_doctor_workbench::pack::compile;
use led_doctor_workbench::pack::load::Folder;
use led_doctor_workbench::workspace::copy;
use led_doctor_workbench::{lamps, model_pages};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The element's script, as a help page names it: always that of the newest version.
pub const ALIAS: &str = "led-doctor.js";

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What of the site the package holds beside the script: what the script and what it loads name.
const PACKED: [&str; 6] = [
    "app.",
    "check.",
    "led-doctor-check_bg.",
    "led-doctor_bg.",
    "look.",
    "translated.",
];

/// The script that makes elements of placeholders.
const PLACE: &str = "led-doctor-place.js";

/// Adds it all to a site whose files have their final names, and puts the package into `npm`.
pub fn add(root: &Path, site: &Path, npm: &Path, linked: &Linked, options: &Options) -> Result<()> {
    let hashed = script(site)?;
    let bytes = fs::read(site.join(&hashed))?;
    fs::write(site.join(ALIAS), &bytes)?;
    for (name, hashed) in translated(site)? {
        fs::copy(site.join(hashed), site.join(name))?;
    }
    fs::write(site.join(format!("led-doctor-{VERSION}.js")), &bytes)?;
    fs::copy(root.join("static/embed.html"), site.join("embed.html"))?;
    copy(&root.join("static/embed"), &site.join("embed"))?;
    let place = fs::read_to_string(site.join("embed/place.js"))?;
    let code = place
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    fs::write(site.join(PLACE), code.collect::<Vec<_>>().join("\n") + "\n")?;
    fs::remove_file(site.join("embed/place.js"))?;
    let packs = compile::read(&root.join("packs"))?;
    pages(root, site, &packs, options.site)?;
    for (pack, lamp) in lamps::lamps(&packs) {
        fs::write(
            site.join(format!("embed/lamp.{pack}.json")),
            lamp.to_string(),
        )?;
    }
    let pin = names::integrity(&bytes);
    let line = format!(
        "<script type=\"module\" src=\"https://your.host/{hashed}\" integrity=\"{pin}\" crossorigin=\"anonymous\"></script>\n"
    );
    fs::write(site.join("embed/script.txt"), line)?;
    let contract = contract::read(root)?;
    fs::write(
        site.join("embed/custom-elements.json"),
        pretty(&contract::manifest(&contract))?,
    )?;
    fs::write(
        site.join("embed/led-doctor.d.ts"),
        contract::types(&contract),
    )?;
    package(root, site, npm, linked, options)
}

/// A page for each model.
fn pages(root: &Path, site: &Path, packs: &[Folder], address: Option<&str>) -> Result<()> {
    for page in model_pages::pages(root, packs, address)? {
        let path = site.join(&page.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, page.text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// The folder that `npm pack` makes the package of.
fn package(root: &Path, site: &Path, npm: &Path, linked: &Linked, options: &Options) -> Result<()> {
    remove_dir(npm)?;
    fs::create_dir_all(npm)?;
    for entry in fs::read_dir(site)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if PACKED.iter().any(|begin| name.starts_with(begin)) {
            fs::copy(site.join(&name), npm.join(&name))?;
        }
    }
    for (name, _) in translated(site)? {
        fs::copy(site.join(&name), npm.join(&name))?;
    }
    copy(&site.join("content"), &npm.join("content"))?;
    for name in [ALIAS, PLACE] {
        fs::copy(site.join(name), npm.join(name))?;
    }
    for name in ["custom-elements.json", "led-doctor.d.ts"] {
        fs::copy(site.join("embed").join(name), npm.join(name))?;
    }
    for name in ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"] {
        fs::copy(root.join(name), npm.join(name))?;
    }
    linked.add_to_package(npm)?;
    fs::copy(root.join("docs/embed.md"), npm.join("README.md"))?;
    let mut about = json!({
        "name": "led-doctor",
        "version": VERSION,
        "description": "Tap along with a blinking light and be led to the right fix: one element for help pages.",
        "license": "MIT OR Apache-2.0",
        "type": "module",
        "exports": {
            ".": { "types": "./led-doctor.d.ts", "default": "./led-doctor.js" },
            "./place": "./led-doctor-place.js",
            "./led-doctor-*.js": "./led-doctor-*.js",
            "./custom-elements.json": "./custom-elements.json",
            "./package.json": "./package.json"
        },
        "types": "./led-doctor.d.ts",
        "customElements": "custom-elements.json",
        // Importing it gives the element its name.
        "sideEffects": ["./led-doctor.js", "./led-doctor-place.js"],
        // It is ready to run. What bundles it leaves it whole.
        "engines": { "node": ">=18" },
        "keywords": ["blink codes", "led", "diagnostics", "troubleshooting", "help center", "web component", "offline", "wasm"]
    });
    // npm's signing checks `repository`. Only the publisher knows these addresses.
    if let (Some(fields), Some(repository), Some(bugs)) =
        (about.as_object_mut(), options.source(), options.bugs())
    {
        let source = format!("git+{repository}.git");
        fields.insert("repository".into(), json!({ "type": "git", "url": source }));
        fields.insert("bugs".into(), json!({ "url": bugs }));
        fields.insert("homepage".into(), options.site.unwrap_or(repository).into());
    }
    fs::write(npm.join("package.json"), pretty(&about)?)?;
    Ok(())
}

fn pretty(json: &Value) -> Result<String> {
    Ok(serde_json::to_string_pretty(json)? + "\n")
}

/// The element's script in other languages: the name that people write down, and the hashed one.
fn translated(site: &Path) -> Result<Vec<(String, String)>> {
    let names = fs::read_dir(site)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let named = names.filter_map(|hashed| {
        let rest = hashed.strip_prefix("led-doctor-")?.strip_suffix(".js")?;
        let (lang, hash) = rest.split_once('.')?;
        let is_hash = hash.len() == 12 && !hash.contains('.');
        (is_hash && lang != "check").then(|| (format!("led-doctor-{lang}.js"), hashed.clone()))
    });
    Ok(named.collect())
}

/// The hashed name of the element's script.
fn script(site: &Path) -> Result<String> {
    fs::read_dir(site)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .find(|name| {
            name.strip_prefix("led-doctor.")
                .and_then(|rest| rest.strip_suffix(".js"))
                .is_some_and(|hash| !hash.contains('.'))
        })
        .context("the site has no script for help pages")
}
