//! The scales: what each file weighs, and whether a first visit stays within the budget.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Of a first visit, over the wire with brotli. The limit is what was reached so far and may only go down, until it meets
/// the aim.
const LIMIT: u64 = 127_000;
const AIM: u64 = 100_000;

struct Weight {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// Loaded before the first tap.
    FirstVisit,
    /// Fetched by the browser or the worker afterwards.
    Afterwards,
}

/// Prints the table and says by how many bytes a first visit is above the limit.
pub fn report(site: &Path) -> Result<u64> {
    let mut weights = Vec::new();
    collect(site, "", &mut weights)?;
    weights.sort_by(|a, b| b.brotli.cmp(&a.brotli).then(a.name.cmp(&b.name)));
    println!("{:<44} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip", "brotli");
    let first = table("first visit", &weights, Part::FirstVisit);
    table(
        "afterwards: installing, other packs",
        &weights,
        Part::Afterwards,
    );
    println!("first visit: {first} bytes of at most {LIMIT} (aim: {AIM})");
    Ok(first.saturating_sub(LIMIT))
}

fn table(title: &str, weights: &[Weight], part: Part) -> u64 {
    let mut sum = Weight {
        name: title.to_owned(),
        raw: 0,
        gzip: 0,
        brotli: 0,
    };
    for weight in weights
        .iter()
        .filter(|weight| part_of(&weight.name) == part)
    {
        line("  ", weight);
        sum.raw += weight.raw;
        sum.gzip += weight.gzip;
        sum.brotli += weight.brotli;
    }
    line("", &sum);
    sum.brotli
}

fn line(indent: &str, weight: &Weight) {
    println!(
        "{:<44} {:>9} {:>9} {:>9}",
        format!("{indent}{}", weight.name),
        weight.raw,
        weight.gzip,
        weight.brotli
    );
}

/// A first visit is the page, its code and style, the interface's words and one pack.
fn part_of(name: &str) -> Part {
    let first = match name.rsplit_once('.').map(|(_, kind)| kind) {
        Some("html" | "css" | "wasm") => true,
        Some("js") => name != "sw.js",
        Some("json") => {
            name.starts_with("content/ui.en.") || name.starts_with("content/pack.blink.en.")
        }
        _ => false,
    };
    if first {
        Part::FirstVisit
    } else {
        Part::Afterwards
    }
}

fn collect(dir: &Path, folder: &str, into: &mut Vec<Weight>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{folder}{name}/"), into)?;
        } else if !name.ends_with(".br") && !name.ends_with(".gz") && name != "_headers" {
            let raw = entry.metadata()?.len();
            // What does not get smaller is sent as it is.
            let copy = |kind: &str| {
                fs::metadata(dir.join(format!("{name}.{kind}"))).map_or(raw, |data| data.len())
            };
            into.push(Weight {
                gzip: copy("gz"),
                brotli: copy("br"),
                raw,
                name: format!("{folder}{name}"),
            });
        }
    }
    Ok(())
}
