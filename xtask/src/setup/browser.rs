//! A Chromium and its driver, for the tests.

use super::{apt, first_of, named, version};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A browser that tests can drive.
pub struct Browser {
    pub chrome: PathBuf,
    pub driver: PathBuf,
}

/// Those named by CHROME_PATH and CHROMEDRIVER, those on PATH, or Debian's.
pub fn ensure() -> Result<Browser> {
    if let Some(found) = find() {
        return Ok(found);
    }
    apt::install(
        "installing Chromium and its driver for the tests",
        "about 1 minute, 120 MB",
        &["chromium", "chromium-driver"],
    )
    .context("no Chromium with its driver was found; CHROME_PATH and CHROMEDRIVER may name them")?;
    find()
        .context("Chromium was installed but is not on PATH; name it: CHROME_PATH=… CHROMEDRIVER=…")
}

fn find() -> Option<Browser> {
    let chrome = named("CHROME_PATH")
        .or_else(|| {
            first_of(&[
                "chromium",
                "chromium-browser",
                "google-chrome-stable",
                "google-chrome",
                "chrome",
            ])
        })
        .or_else(|| existing("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"))?;
    let driver = named("CHROMEDRIVER").or_else(|| first_of(&["chromedriver"]))?;
    Some(Browser { chrome, driver })
}

fn existing(path: &str) -> Option<PathBuf> {
    Path::new(path).exists().then(|| PathBuf::from(path))
}

impl Browser {
    /// Passes a test the browser to use.
    pub fn apply(&self, command: &mut Command) {
        command
            .env("CHROME_PATH", &self.chrome)
            .env("CHROMEDRIVER", &self.driver);
    }

    /// Its name and version, as it reports them.
    pub fn version(&self) -> String {
        version(&self.chrome, "unknown browser")
    }
}
