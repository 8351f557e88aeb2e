//! The page in pseudo-languages, as a separate site: for the tests that look at it, and for people who do.

use super::{csp, names, node, remove_dir};
use anyhow::Result;
use led_doctor_workbench::content;
use led_doctor_workbench::pack::pseudo;
use led_doctor_workbench::workspace::copy;
use std::fs;
use std::path::Path;

/// Builds it into `target/pseudo/site` from a site that trunk has built and nothing has made small yet.
pub fn site(root: &Path, built: &Path) -> Result<()> {
    let own = root.join("target/pseudo");
    remove_dir(&own)?;
    let (text, raw) = (own.join("text"), own.join("raw"));
    pseudo::write(root, &text)?;
    let (content, element) = (own.join("content"), own.join("element"));
    content::compile(&text, &content, &element)?;
    node(root, "element.mjs", &[&own])?;
    copy(built, &raw)?;
    copy(&content, &raw.join("content"))?;
    for entry in fs::read_dir(&element)? {
        let entry = entry?;
        let place = raw.join(entry.file_name());
        // What trunk took of it: the rest is for the page itself.
        if place.is_file() {
            fs::copy(entry.path(), place)?;
        }
    }
    node(root, "minify.mjs", &[&raw, &element])?;
    let site = own.join("site");
    names::give(&raw, &site)?;
    csp::fill(&site)?;
    node(root, "service-worker.mjs", &[&site])
}
