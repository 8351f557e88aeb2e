//! What must be true of the finished site before it may be called finished.

use super::{csp, names};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Fails with every problem at once.
pub fn all(site: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(site, &mut files)?;
    let mut problems = Vec::new();
    for file in &files {
        let name = file.strip_prefix(site).unwrap_or(file).display();
        let Some(kind) = file.extension().and_then(|kind| kind.to_str()) else {
            continue;
        };
        if !matches!(kind, "html" | "js" | "css" | "json" | "webmanifest") {
            continue;
        }
        let text =
            fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        for reference in references(&text) {
            let here = file.parent().unwrap_or(site);
            if !site.join(reference).exists() && !here.join(reference).exists() {
                problems.push(format!(
                    "{name} refers to {reference}, which is not in the site"
                ));
            }
        }
        if kind == "js" {
            // Refused by the content security policy, and no part of this project's way of working.
            for word in ["new Function(", "eval("] {
                if text.contains(word) {
                    problems.push(format!("{name} contains `{word}`"));
                }
            }
        }
        if kind == "html" {
            for code in csp::inline(&text) {
                if !text.contains(&names::integrity(code.as_bytes())) {
                    problems.push(format!("{name} contains inline code whose hash its content security policy does not hold"));
                }
            }
            for word in [" style=", "data-trunk"] {
                if text.contains(word) {
                    problems.push(format!("{name} contains `{word}`, which its content security policy refuses or which is left over"));
                }
            }
        }
    }
    if !problems.is_empty() {
        bail!(
            "the site is not fit to be served:\n- {}",
            problems.join("\n- ")
        );
    }
    Ok(())
}

fn collect(dir: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), into)?;
        } else {
            into.push(entry.path());
        }
    }
    Ok(())
}

/// Quoted file names of the kinds that a site is made of.
fn references(text: &str) -> impl Iterator<Item = &str> {
    const KINDS: [&str; 9] = [
        ".js",
        ".mjs",
        ".wasm",
        ".css",
        ".json",
        ".png",
        ".svg",
        ".webmanifest",
        ".html",
    ];
    text.split(['"', '\'', '`', '(', ')'])
        .map(|part| part.strip_prefix("./").unwrap_or(part))
        .filter(|part| {
            KINDS
                .iter()
                .any(|kind| part.len() > kind.len() && part.ends_with(kind))
        })
        .filter(|part| {
            part.bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'/'))
        })
        .filter(|part| !part.starts_with('/') && !part.starts_with('.'))
        // wasm-bindgen's name for the imports inside the wasm; there is no such file.
        .filter(|part| !part.ends_with("_bg.js"))
}

#[cfg(test)]
mod tests {
    use super::references;

    #[test]
    fn references_are_quoted_names_of_files() {
        let text = r#"<a href="./a.js"> url(b.png) import('./c/d.json') "https://x.y/e.js" 'not a.js' "x.svgz""#;
        assert_eq!(
            references(text).collect::<Vec<_>>(),
            ["a.js", "b.png", "c/d.json"]
        );
    }
}
