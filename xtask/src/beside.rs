//! The page beside other programs, in one run of one harness: what is compared is ratios, because times differ from machine to machine.

use crate::{paths, run};
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What is compared: the harness's name for it, and ours.
const FIGURES: [(&str, &str); 7] = [
    ("firstTap", "first accepted tap"),
    ("tapPaintP50", "tap to paint, median"),
    ("tapPaintP95", "tap to paint, 95 of 100"),
    ("task", "main thread of a load"),
    ("tbt", "blocked time of a load"),
    ("bytes", "bytes of a load"),
    ("inp", "slowest interaction"),
];

/// Our own name among the targets.
const OWN: &str = "led-doctor";

/// Measures the built site beside the targets of a harness: a folder with `measure.mjs` and a `targets.json`, a list of
/// `{ "label": …, "dir": … }`. Its own entry for this product, if it has one, is replaced by `site`.
///
/// # Errors
/// When the folder is no such harness, or the measurement fails.
pub fn beside(harness: &Path, site: &Path, runs: u32, browser: &OsStr) -> Result<()> {
    let listed = harness.join("targets.json");
    let text = fs::read_to_string(&listed)
        .with_context(|| format!("no harness: cannot read {}", listed.display()))?;
    let others: Vec<Value> = serde_json::from_str(&text)
        .with_context(|| format!("{} is no list of targets", listed.display()))?;
    let own = json!({ "label": OWN, "dir": paths::root()?.join(site), "path": "/?pack=blink&model=outdoor" });
    let is_own = |one: &Value| one.get("label").and_then(Value::as_str) == Some(OWN);
    let others = others.into_iter().filter(|one| !is_own(one));
    let targets: Vec<Value> = [own].into_iter().chain(others).collect();
    let scratch = tempfile::tempdir()?;
    let (config, out) = (
        scratch.path().join("targets.json"),
        scratch.path().join("out.json"),
    );
    fs::write(&config, serde_json::to_string(&targets)?)?;
    let mut node = Command::new("node");
    node.current_dir(harness)
        .args(["measure.mjs", "--taps", "5", "--runs", &runs.to_string()])
        .arg("--config")
        .arg(&config)
        .arg("--json")
        .arg(&out)
        .arg("--chromium")
        .arg(browser);
    run::run(&mut node)?;
    let report: Value = serde_json::from_str(&fs::read_to_string(&out)?)?;
    let Some(all) = report.get("targets").and_then(Value::as_object) else {
        bail!("the harness reports no targets");
    };
    for line in ratios(all) {
        println!("{line}");
    }
    Ok(())
}

/// Each figure of ours over that of each other target, by network profile.
fn ratios(all: &Map<String, Value>) -> Vec<String> {
    let mut lines = Vec::new();
    let median = |target: &Value| target.get("median").and_then(Value::as_object).cloned();
    let profiles = all.get(OWN).and_then(median);
    for (profile, own) in profiles.into_iter().flatten() {
        for (label, other) in all.iter().filter(|(label, _)| *label != OWN) {
            lines.push(format!("\n{profile}: {OWN} over {label}"));
            let theirs = median(other).and_then(|all| all.get(&profile).cloned());
            for (field, name) in FIGURES {
                let of = |figures: &Value| figures.get(field).and_then(Value::as_f64);
                if let (Some(ours), Some(theirs)) = (of(&own), theirs.as_ref().and_then(of)) {
                    let ratio = match theirs {
                        0.0 => "–".to_owned(),
                        theirs => format!("{:.2}", ours / theirs),
                    };
                    lines.push(format!("  {name:<26} {ours:>9.1} {theirs:>9.1} {ratio:>7}"));
                }
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_figure_stands_over_that_of_the_other() {
        let all = json!({
            "led-doctor": { "median": { "slow": { "firstTap": 800.0, "tbt": 120.0, "task": null } } },
            "peer": { "median": { "slow": { "firstTap": 1600.0, "tbt": 0.0, "task": 5.0 } } },
        });
        let lines = ratios(all.as_object().unwrap()).join("\n");
        assert!(lines.contains("slow: led-doctor over peer"), "{lines}");
        assert!(lines.contains("0.50") && lines.contains('–'), "{lines}");
        assert!(
            !lines.contains("main thread"),
            "what was not measured is left out: {lines}"
        );
    }
}
