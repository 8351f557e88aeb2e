//! Final names: a file is named after the SHA-256 of its final bytes, so that a host may keep it for ever and a page
//! can never pair files of two versions.
//!
//! Done last, from the leaves up: a file that names others gets its own name only after it contains theirs. Where a file
//! wants another's whole hash, for the browser to check what it gets, it says `pin-of:` and the name.

use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// The placeholder before a name in place of its hash.
const PIN: &str = "pin-of:";

/// Long enough that no two files of this site will ever meet.
const HEX: usize = 12;

struct Asset {
    /// Relative to the site, with `/`.
    folder: String,
    name: String,
    bytes: Vec<u8>,
    done: bool,
}

impl Asset {
    /// The page, what it installs from and its pictures are found under fixed names.
    fn is_renamed(&self) -> bool {
        matches!(
            extension(&self.name),
            "js" | "mjs" | "wasm" | "css" | "json"
        )
    }

    fn is_text(&self) -> bool {
        matches!(
            extension(&self.name),
            "js" | "mjs" | "css" | "json" | "html" | "webmanifest"
        )
    }

    fn names(&self, name: &str) -> bool {
        self.is_text()
            && std::str::from_utf8(&self.bytes)
                .is_ok_and(|text| mentions(text, name).next().is_some())
    }

    fn final_name(&self) -> String {
        let mut hex = hex(&self.bytes);
        hex.truncate(HEX);
        let stem = self
            .name
            .rsplit_once('.')
            .map_or(self.name.as_str(), |(stem, _)| stem);
        // Old hosts serve .mjs with a type that browsers refuse.
        let extension = if extension(&self.name) == "mjs" {
            "js"
        } else {
            extension(&self.name)
        };
        format!("{stem}.{hex}.{extension}")
    }
}

/// The SHA-256 of some bytes, as it is written.
pub fn hex(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Copies the site from `from` to `to` under final names.
pub fn give(from: &Path, to: &Path) -> Result<()> {
    let mut assets = Vec::new();
    collect(from, "", &mut assets)?;
    for asset in &mut assets {
        strip_source_map(asset);
    }
    check_unique(&assets)?;
    while let Some(next) = next_leaf(&assets)? {
        let Some(asset) = assets.get_mut(next) else {
            break;
        };
        asset.done = true;
        let old = asset.name.clone();
        let new = asset.final_name();
        let pin = integrity(&asset.bytes);
        asset.name.clone_from(&new);
        for other in assets.iter_mut().filter(|other| other.is_text()) {
            rename_in(other, &format!("{PIN}{old}"), &pin)?;
            rename_in(other, &old, &new)?;
        }
    }
    for asset in &assets {
        let folder = to.join(&asset.folder);
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        fs::write(folder.join(&asset.name), &asset.bytes)?;
    }
    Ok(())
}

/// The hash of a file as browsers check it.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes)))
}

fn collect(dir: &Path, folder: &str, into: &mut Vec<Asset>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{folder}{name}/"), into)?;
        } else {
            into.push(Asset {
                folder: folder.to_owned(),
                name,
                bytes: fs::read(entry.path())?,
                done: false,
            });
        }
    }
    // The order of a folder is the file system's; the order of the work must not be.
    into.sort_by(|a, b| (&a.folder, &a.name).cmp(&(&b.folder, &b.name)));
    Ok(())
}

/// References are found by bare file name, so a name may occur once only.
fn check_unique(assets: &[Asset]) -> Result<()> {
    let mut names: Vec<&str> = assets
        .iter()
        .filter(|asset| asset.is_renamed())
        .map(|asset| asset.name.as_str())
        .collect();
    names.sort_unstable();
    let twice = names.windows(2).find_map(|pair| match pair {
        [a, b] if a == b => Some(a),
        _ => None,
    });
    if let Some(name) = twice {
        bail!("two files of the site are called {name}; give one of them another name");
    }
    Ok(())
}

fn next_leaf(assets: &[Asset]) -> Result<Option<usize>> {
    let waiting: Vec<(usize, &Asset)> = assets
        .iter()
        .enumerate()
        .filter(|(_, asset)| asset.is_renamed() && !asset.done)
        .collect();
    if waiting.is_empty() {
        return Ok(None);
    }
    let leaf = waiting.iter().find(|(index, asset)| {
        waiting
            .iter()
            .all(|(other, named)| other == index || !asset.names(&named.name))
    });
    match leaf {
        Some((index, _)) => Ok(Some(*index)),
        None => {
            let ring: Vec<&str> = waiting
                .iter()
                .map(|(_, asset)| asset.name.as_str())
                .collect();
            bail!(
                "these files name each other in a ring, so none can be named first: {}",
                ring.join(", ")
            )
        }
    }
}

fn rename_in(asset: &mut Asset, old: &str, new: &str) -> Result<()> {
    let text = std::str::from_utf8(&asset.bytes)
        .with_context(|| format!("{} is not UTF-8", asset.name))?;
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in mentions(text, old) {
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push_str(new);
        from = at + old.len();
    }
    if from > 0 {
        out.push_str(text.get(from..).unwrap_or_default());
        asset.bytes = out.into_bytes();
    }
    Ok(())
}

/// Where `name` occurs as a whole file name, not as a part of a longer one.
fn mentions<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    let part_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.match_indices(name)
        .map(|(at, _)| at)
        .filter(move |&at| {
            // `./name` and `"name` begin a name; `my-name` and `my.name` do not.
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let after = text
                .get(at + name.len()..)
                .and_then(|text| text.chars().next());
            !before.is_some_and(part_of_name) && !after.is_some_and(part_of_name)
        })
}

/// The maps are not shipped, and developer tools would ask for them.
fn strip_source_map(asset: &mut Asset) {
    if let Ok(text) = std::str::from_utf8(&asset.bytes)
        && asset.is_text()
        && text.contains("//# sourceMappingURL=")
    {
        let kept: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with("//# sourceMappingURL="))
            .collect();
        asset.bytes = kept.join("\n").into_bytes();
    }
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(name: &str, text: &str) -> Asset {
        Asset {
            folder: String::new(),
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
            done: false,
        }
    }

    #[test]
    fn a_name_inside_a_longer_name_is_not_a_mention() {
        let text = "'./a.js' \"b-a.js\" a.json x.a.js (a.js)";
        assert_eq!(mentions(text, "a.js").collect::<Vec<_>>(), [3, 33]);
    }

    #[test]
    fn every_mention_is_renamed() -> Result<()> {
        let mut page = asset(
            "index.html",
            "<script src=\"./a.js\"></script><link href=a.js>",
        );
        rename_in(&mut page, "a.js", "a.123.js")?;
        assert_eq!(
            String::from_utf8_lossy(&page.bytes),
            "<script src=\"./a.123.js\"></script><link href=a.123.js>"
        );
        Ok(())
    }

    #[test]
    fn a_pin_is_the_hash_that_browsers_check() -> Result<()> {
        // Known from the standard's own example.
        assert_eq!(
            integrity(b"alert('Hello, world.');"),
            "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
        let mut script = asset("boot.js", "f('./a.js', 'pin-of:a.js')");
        rename_in(&mut script, "pin-of:a.js", "sha256-x=")?;
        rename_in(&mut script, "a.js", "a.123.js")?;
        assert_eq!(
            String::from_utf8_lossy(&script.bytes),
            "f('./a.123.js', 'sha256-x=')"
        );
        Ok(())
    }

    #[test]
    fn leaves_come_first_and_rings_are_refused() -> Result<()> {
        let assets = [asset("boot.js", "import('./app.js')"), asset("app.js", "1")];
        assert_eq!(next_leaf(&assets)?, Some(1));
        let ring = [asset("a.js", "'b.js'"), asset("b.js", "'a.js'")];
        assert!(next_leaf(&ring).is_err());
        Ok(())
    }

    #[test]
    fn module_scripts_get_an_extension_every_host_knows() {
        assert!(
            asset("lib.prod.mjs", "")
                .final_name()
                .starts_with("lib.prod.e3b0c44298fc.")
        );
        assert!(asset("lib.prod.mjs", "").final_name().ends_with(".js"));
    }
}
