//! `cargo xtask test`: every check there is, in the order in which they fail fastest.
//!
//! A failed part does not hide the next one: all run, and the last line counts.

use crate::dist::{self, Options};
use crate::setup::{self, TestTools};
use crate::{beside as beside_others, paths, reproduce, run};
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use serde_json::json;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// How the site that is tested is built: where it has addresses, the build also writes what names them.
const BUILD: Options = Options {
    site: Some("https://help.example/led-doctor/"),
    repository: Some("https://code.example/led-doctor"),
    pseudo: true,
};

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Part {
    /// Format, lints, and everything that needs no browser
    Host,
    /// Components in a browser
    Wasm,
    /// The finished site in a browser
    E2e,
    /// Random presses in each browser, a minute in all; not part of the whole run. SECONDS=600 takes longer, SEED=… repeats
    Monkey,
    /// The same sources, built once more in another folder, become the same bytes; not part of the whole run
    Reproduce,
}

/// Runs a part, or all of them.
pub fn test(part: Option<Part>, pattern: Option<&str>) -> Result<()> {
    match part {
        Some(Part::Monkey) => return monkey(),
        Some(Part::Reproduce) => return reproduce::reproduce(),
        _ => {}
    }
    let mut tally = Tally::new();
    // Anyone who narrows to a pattern is in the middle of something; the rest of the checks is for the whole run.
    let wanted = |this: Part| part.is_none_or(|part| part == this);
    // The host's part needs nothing but cargo, and runs where no browser can be had.
    let tools = if part == Some(Part::Host) {
        None
    } else {
        Some(setup::for_tests()?)
    };
    tally.took("set-up");
    if wanted(Part::Host) {
        host(&mut tally, pattern)?;
        tally.took("host");
    }
    if let Some(tools) = &tools {
        if wanted(Part::Wasm) {
            wasm(&mut tally, tools, pattern)?;
            tally.took("wasm");
        }
        if wanted(Part::E2e) {
            e2e(&mut tally, tools, pattern)?;
        }
    }
    tally.close()
}

fn monkey() -> Result<()> {
    let tools = setup::for_tests()?;
    dist::dist(&tools.build, &Options::default())?;
    let mut node = Command::new("node");
    tools.browser.apply(&mut node);
    tools.engines.apply(&mut node);
    node.current_dir(paths::root()?).args([
        "--test",
        "--test-reporter=spec",
        "tests/e2e/monkey.mjs",
    ]);
    run::run(&mut node)
}

/// `cargo xtask bench --page`: from navigation to the first tap that counts and what one more costs, on a slow phone; and how soon
/// a hostile pack is refused.
pub fn page() -> Result<()> {
    let tools = setup::for_tests()?;
    dist::dist(&tools.build, &BUILD)?;
    let mut node = Command::new("node");
    tools.browser.apply(&mut node);
    node.current_dir(paths::root()?)
        .args(["--test", "--test-reporter=spec"])
        .args([
            "--test-concurrency=1",
            "tests/e2e/first-tap.bench.mjs",
            "tests/e2e/tap-cost.bench.mjs",
            "tests/e2e/hostile.bench.mjs",
            "tests/e2e/film-cost.bench.mjs",
        ]);
    run::run(&mut node)
}

/// `cargo xtask bench --beside HARNESS`: the page beside other programs, as ratios.
pub fn beside(harness: &Path, runs: u32) -> Result<()> {
    let tools = setup::for_tests()?;
    let built = dist::dist(&tools.build, &BUILD)?;
    beside_others::beside(harness, &built.dir, runs, tools.browser.chrome.as_os_str())
}

fn host(tally: &mut Tally, pattern: Option<&str>) -> Result<()> {
    let root = paths::root()?;
    if pattern.is_none() {
        tally.check(cargo(&root).args(["fmt", "--all", "--check"]));
        tally.check(cargo(&root).args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]));
    }
    tally.count(
        cargo(&root)
            .args(["test", "--workspace", "--no-fail-fast"])
            .args(pattern),
    )
}

fn wasm(tally: &mut Tally, tools: &TestTools, pattern: Option<&str>) -> Result<()> {
    let root = paths::root()?;
    const TARGET: [&str; 2] = ["--target", "wasm32-unknown-unknown"];
    if pattern.is_none() && tools.build.wasm.has_clippy() {
        let mut clippy = cargo(&root);
        tools.build.wasm.apply(&mut clippy, &[])?;
        tally.check(
            clippy
                .args(["clippy", "--package", "led-doctor", "--all-features"])
                .args(["--lib", "--bins", "--test", "web"])
                .args(TARGET)
                .args(["--", "-D", "warnings"]),
        );
    }
    let settings = root.join("target").join("webdriver.json");
    fs::write(&settings, webdriver_settings(&tools.browser.chrome)?)
        .with_context(|| format!("cannot write {}", settings.display()))?;
    let mut test = cargo(&root);
    tools.build.wasm.apply(&mut test, &[])?;
    tools.browser.apply(&mut test);
    test.args([
        "test",
        "--package",
        "led-doctor",
        "--features",
        "page",
        "--test",
        "web",
    ])
    .args(TARGET)
    .env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        tools
            .build
            .bindgen
            .with_file_name("wasm-bindgen-test-runner"),
    )
    .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings);
    if let Some(pattern) = pattern {
        test.arg("--").arg(pattern);
    }
    tally.count(&mut test)
}

fn e2e(tally: &mut Tally, tools: &TestTools, pattern: Option<&str>) -> Result<()> {
    match dist::dist(&tools.build, &BUILD) {
        // Too heavy a site still works and is worth testing.
        Ok(site) => {
            if let Err(error) = site.within_budget() {
                tally.failed(&format!("dist: {error}"));
            }
            tally.took("dist");
        }
        Err(error) => {
            tally.failed(&format!("dist: {error:#}"));
            return Ok(());
        }
    }
    let root = paths::root()?;
    let mut files = Vec::new();
    for entry in fs::read_dir(root.join("tests/e2e"))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    println!(
        "tests of dist/ in {}, {}",
        tools.browser.version(),
        tools.engines.names()
    );
    // Firefox and WebKit take no moment along with a tap, and a film is played in its own time: both want a machine that is quick when
    // they need it. The others wait for lights, so more files than cores run side by side.
    let is_quiet = |path: &std::path::PathBuf| {
        ["engines.test.mjs", "film.test.mjs"]
            .iter()
            .any(|name| path.ends_with(name))
    };
    let (quiet, busy): (Vec<_>, Vec<_>) = files.into_iter().partition(is_quiet);
    for (lanes, files) in [("1", quiet), ("3", busy)] {
        let mut node = Command::new("node");
        tools.browser.apply(&mut node);
        tools.engines.apply(&mut node);
        node.current_dir(&root)
            .args(["--test", "--test-concurrency", lanes])
            .args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
            .args(["--test-reporter=./tests/e2e/support/seconds.mjs"])
            .arg("--test-reporter-destination=stdout");
        if let Some(pattern) = pattern {
            node.arg(format!("--test-name-pattern={pattern}"));
        }
        tally.count(node.args(files))?;
    }
    tally.took("e2e");
    Ok(())
}

fn cargo(root: &Path) -> Command {
    let mut cargo = run::outside_cargo("cargo");
    cargo.current_dir(root);
    cargo
}

/// Which browser the driver starts, and how.
fn webdriver_settings(chrome: &Path) -> Result<String> {
    let chrome = chrome
        .to_str()
        .context("the path of the browser is not UTF-8; name another by CHROME_PATH")?;
    let mut flags = vec![
        "--headless",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];
    // Containers give root no user namespaces, without which the sandbox does not start.
    if setup::is_root() {
        flags.push("--no-sandbox");
    }
    let settings = json!({ "goog:chromeOptions": { "binary": chrome, "args": flags } });
    Ok(settings.to_string())
}

struct Tally {
    /// When the part that runs began.
    since: Instant,
    /// How long each part took.
    parts: Vec<(&'static str, Duration)>,
    passed: u64,
    failed: u64,
    /// Commands that failed, for the end.
    broken: Vec<String>,
}

impl Tally {
    fn new() -> Self {
        Self {
            since: Instant::now(),
            parts: Vec::new(),
            passed: 0,
            failed: 0,
            broken: Vec::new(),
        }
    }

    /// Ends a part; the next one begins now.
    fn took(&mut self, part: &'static str) {
        let now = Instant::now();
        self.parts.push((part, now - self.since));
        self.since = now;
    }

    /// A command that passes or fails as a whole.
    fn check(&mut self, command: &mut Command) {
        println!("$ {}", run::show(command));
        match run::run(command) {
            Ok(()) => self.passed += 1,
            Err(error) => self.failed(&error.to_string()),
        }
    }

    /// A command that prints how many of its tests passed.
    fn count(&mut self, command: &mut Command) -> Result<()> {
        println!("$ {}", run::show(command));
        let before = self.failed;
        let status = run::run_watched(command, |line| {
            let (passed, failed) = counts(line);
            self.passed += passed;
            self.failed += failed;
        })?;
        if !status.success() {
            self.broken
                .push(format!("`{}` failed ({status})", run::show(command)));
            // It broke before or beside its tests: a compiler's error, a browser that did not start.
            if self.failed == before {
                self.failed += 1;
            }
        }
        Ok(())
    }

    fn failed(&mut self, why: &str) {
        eprintln!("{why}");
        self.failed += 1;
        self.broken.push(why.to_owned());
    }

    fn close(self) -> Result<()> {
        let parts: Vec<String> = self
            .parts
            .iter()
            .map(|(part, took)| format!("{part} {} s", took.as_secs()))
            .collect();
        let whole: Duration = self.parts.iter().map(|(_, took)| *took).sum();
        println!(
            "seconds by part: {}; {} s in all",
            parts.join(", "),
            whole.as_secs()
        );
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed > 0 || !self.broken.is_empty() {
            bail!("these failed:\n- {}", self.broken.join("\n- "));
        }
        Ok(())
    }
}

/// The tests passed and failed in a line of a test run.
fn counts(line: &str) -> (u64, u64) {
    // Colours are for people.
    let plain: String =
        line.split('\u{1b}')
            .enumerate()
            .fold(String::new(), |text, (index, part)| {
                let part = if index == 0 {
                    part
                } else {
                    part.split_once('m').map_or("", |(_, rest)| rest)
                };
                text + part
            });
    let plain = plain.trim();
    let number = |text: &str| text.trim().parse().unwrap_or(0);
    if let Some(result) = plain.strip_prefix("test result: ") {
        let of = |what: &str| {
            result
                .split(['.', ';'])
                .find_map(|part| part.trim().strip_suffix(what))
                .map_or(0, number)
        };
        return (of("passed"), of("failed"));
    }
    if let Some(text) = plain.strip_prefix("ℹ pass ") {
        return (number(text), 0);
    }
    if let Some(text) = plain.strip_prefix("ℹ fail ") {
        return (0, number(text));
    }
    (0, 0)
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn lines_of_all_three_runners_are_counted() {
        let cases = [
            (
                "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out",
                (12, 0),
            ),
            ("test result: FAILED. 3 passed; 2 failed; 0 ignored", (3, 2)),
            ("\u{1b}[34mℹ pass 7\u{1b}[39m", (7, 0)),
            ("ℹ fail 1", (0, 1)),
            ("test a ... ok", (0, 0)),
        ];
        for (line, expected) in cases {
            assert_eq!(counts(line), expected, "{line}");
        }
    }
}
