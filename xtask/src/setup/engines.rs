//! A Firefox and a WebKit for the tests, beside the Chromium of `browser.rs`: what works in one browser engine may not in another.

use super::{apt, first_of, named, version};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// Engines that tests can drive beside Chromium.
pub struct Engines {
    /// Speaks the drivers' protocol itself.
    firefox: PathBuf,
    /// The driver of WebKitGTK, which finds its own browser.
    webkit: PathBuf,
}

/// Those named by FIREFOX_PATH and WEBKIT_DRIVER, those on PATH, or Debian's.
pub fn ensure() -> Result<Engines> {
    if let Some(found) = find() {
        return Ok(found);
    }
    apt::install(
        "installing Firefox and WebKit for the tests",
        "about 1 minute, 140 MB",
        &["firefox-esr", "webkit2gtk-driver", "xvfb"],
    )
    .context("no Firefox, no WebKitWebDriver or no Xvfb was found; FIREFOX_PATH and WEBKIT_DRIVER may name the first two")?;
    find().context(
        "Firefox and WebKit were installed but are not on PATH; name them: FIREFOX_PATH=… WEBKIT_DRIVER=…",
    )
}

fn find() -> Option<Engines> {
    // WebKitGTK has no headless mode: the tests give it its own screen.
    first_of(&["Xvfb"])?;
    Some(Engines {
        firefox: named("FIREFOX_PATH").or_else(|| first_of(&["firefox-esr", "firefox"]))?,
        webkit: named("WEBKIT_DRIVER").or_else(|| first_of(&["WebKitWebDriver"]))?,
    })
}

impl Engines {
    /// Passes a test the browsers to use.
    pub fn apply(&self, command: &mut Command) {
        command
            .env("FIREFOX_PATH", &self.firefox)
            .env("WEBKIT_DRIVER", &self.webkit);
    }

    /// Their names, and the version of the one that reports it.
    pub fn names(&self) -> String {
        let firefox = version(&self.firefox, "Firefox");
        format!("{firefox} and WebKit")
    }
}
