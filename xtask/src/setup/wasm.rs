//! A Rust that can build for wasm32: the current toolchain's own target, rustup's, or Debian's compiler with a
//! standard library built on this machine.
//!
//! The last exists for machines that reach package mirrors but not Rust's release server. It leaves rustup and
//! `/usr` as they are: the built library lies in the user's cache and is named to the compiler by `--sysroot`.

use super::apt;
use crate::{paths, run};
use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";
const BY_HAND: &str = "rustup target add wasm32-unknown-unknown";

/// How to call a cargo that builds for wasm32.
pub enum WasmToolchain {
    /// The toolchain that runs this program.
    Current,
    /// Debian's compiler in `/usr`, with a library of our own.
    Debian {
        /// Holds `cargo` and `rustc` and nothing else, to come first on PATH.
        bin: PathBuf,
        sysroot: PathBuf,
    },
}

impl WasmToolchain {
    /// Makes a command, and every cargo it starts, build with this toolchain. `tools` come first on PATH.
    pub fn apply(&self, command: &mut Command, tools: &[&Path]) -> Result<()> {
        let mut path: Vec<PathBuf> = tools.iter().map(|dir| dir.to_path_buf()).collect();
        if let WasmToolchain::Debian { bin, sysroot } = self {
            path.push(bin.clone());
            let mut flags = OsString::from("--sysroot=");
            flags.push(sysroot);
            command
                .env("CARGO", bin.join("cargo"))
                .env("RUSTC", bin.join("rustc"))
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags)
                .env_remove("RUSTUP_TOOLCHAIN");
        }
        path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        let path = env::join_paths(path)
            .context("a folder on PATH has a `:` in its name; remove it from PATH")?;
        command
            .env("PATH", path)
            .env("CARGO_TARGET_DIR", paths::wasm_target_dir()?);
        Ok(())
    }

    /// What its compiler calls itself.
    pub fn compiler(&self) -> String {
        let rustc = match self {
            WasmToolchain::Current => PathBuf::from("rustc"),
            WasmToolchain::Debian { bin, .. } => bin.join("rustc"),
        };
        run::look(Command::new(rustc).arg("--version")).unwrap_or_default()
    }

    /// Whether it can lint. Debian has its clippy in a separate package, which is not required.
    pub fn has_clippy(&self) -> bool {
        match self {
            WasmToolchain::Current => which::which("cargo-clippy").is_ok(),
            WasmToolchain::Debian { bin, .. } => bin.join("cargo-clippy").exists(),
        }
    }
}

/// The first way that works.
pub fn ensure() -> Result<WasmToolchain> {
    if has_std(&mut Command::new("rustc")) {
        return Ok(WasmToolchain::Current);
    }
    if let Some(ready) = debian_if_ready()? {
        return Ok(ready);
    }
    if which::which("rustup").is_ok() {
        let mut add = Command::new("rustup");
        add.args(["target", "add", TARGET]);
        match run::step(
            "adding the wasm32 target to the Rust toolchain",
            "seconds, 20 MB",
            &mut [add],
        ) {
            Ok(()) if has_std(&mut Command::new("rustc")) => return Ok(WasmToolchain::Current),
            Ok(()) => {}
            Err(_) => println!(
                "setup: … Rust's release server was not reached; taking Debian's compiler instead"
            ),
        }
    }
    debian().with_context(|| {
        format!(
            "no Rust here can build for wasm32. Where Rust's release server is reached: {BY_HAND}"
        )
    })
}

fn has_std(rustc: &mut Command) -> bool {
    run::look(rustc.args(["--print", "target-libdir", "--target", TARGET])).is_some_and(|dir| {
        ["libstd-", "libcore-", "libtest-"]
            .iter()
            .all(|lib| holds(Path::new(&dir), lib))
    })
}

fn holds(dir: &Path, prefix: &str) -> bool {
    fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with(prefix) && name.ends_with(".rlib")
        })
}

const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_SOURCE: &str = "/usr/lib/rustlib/src/rust/library/std/Cargo.toml";

/// Where the library for Debian's present compiler lies: a library serves only the very compiler that built it.
fn sysroot() -> Result<Option<PathBuf>> {
    let Some(about) = run::look(run::outside_cargo(DEBIAN_RUSTC).arg("-vV")) else {
        return Ok(None);
    };
    let fact = |key: &str| {
        about
            .lines()
            .find_map(|line| line.strip_prefix(key))
            .unwrap_or("unknown")
            .trim()
            .to_owned()
    };
    let commit: String = fact("commit-hash:").chars().take(9).collect();
    Ok(Some(
        paths::cache()?
            .join("wasm-std")
            .join(format!("{}-{commit}", fact("release:"))),
    ))
}

fn debian_if_ready() -> Result<Option<WasmToolchain>> {
    let Some(sysroot) = sysroot()? else {
        return Ok(None);
    };
    let bin = sysroot.join("bin");
    let lib = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    let ready =
        Path::new(DEBIAN_CARGO).exists() && bin.join("rustc").exists() && holds(&lib, "libtest-");
    Ok(ready.then_some(WasmToolchain::Debian { bin, sysroot }))
}

fn debian() -> Result<WasmToolchain> {
    if !Path::new(DEBIAN_CARGO).exists()
        || !Path::new(DEBIAN_RUSTC).exists()
        || !Path::new(DEBIAN_SOURCE).exists()
    {
        apt::install(
            "installing Debian's Rust compiler and its library source",
            "about 1 minute, 150 MB",
            &["rustc-web", "cargo-web", "rust-web-src"],
        )?;
    }
    let sysroot =
        sysroot()?.context("Debian's compiler does not start; try `/usr/bin/rustc -vV`")?;
    build_std(&sysroot)?;
    debian_if_ready()?.context("the built library is not where it was put; remove ~/.cache/led-doctor/wasm-std and try again")
}

/// Builds the standard library once and lays it out as the compiler expects a sysroot.
fn build_std(sysroot: &Path) -> Result<()> {
    let work = sysroot.with_extension("building");
    fs::create_dir_all(work.join("src"))
        .with_context(|| format!("cannot create {}", work.display()))?;
    fs::write(work.join("src/lib.rs"), "")?;
    // An own workspace: the release profile of no other manifest may reach it.
    fs::write(
        work.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n",
    )?;
    let mut build = run::outside_cargo(DEBIAN_CARGO);
    build
        .current_dir(&work)
        .args([
            "build",
            "--release",
            "-Z",
            "build-std=std,panic_abort,test",
            "--target",
            TARGET,
        ])
        .env("RUSTC", DEBIAN_RUSTC)
        // `-Z build-std` on a stable compiler: what is built is the compiler's own library.
        .env("RUSTC_BOOTSTRAP", "1")
        // The page is linked with LTO, which needs bitcode in the library too.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", work.join("target"))
        .env_remove("RUSTUP_TOOLCHAIN");
    run::step(
        "building Rust's standard library for wasm32",
        "about 80 seconds on two cores",
        &mut [build],
    )?;

    let laid = sysroot.with_extension("laying-out");
    let lib = laid.join("lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&lib)?;
    let deps = work.join("target").join(TARGET).join("release/deps");
    for entry in fs::read_dir(&deps).with_context(|| format!("cannot read {}", deps.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".rlib") && !text.starts_with("libempty-") {
            fs::copy(entry.path(), lib.join(&name))?;
        }
    }
    link_linker(&laid)?;
    let bin = laid.join("bin");
    fs::create_dir_all(&bin)?;
    // Whatever else of Rust lies in /usr/bin (clippy, rustdoc) fits this compiler and no other.
    for name in ["cargo", "rustc", "rustdoc", "cargo-clippy", "clippy-driver"] {
        link(&Path::new("/usr/bin").join(name), &bin.join(name))?;
    }
    // The rename is what makes it count as ready, so an interrupted set-up is simply done again.
    if sysroot.exists() {
        fs::remove_dir_all(sysroot)?;
    }
    fs::rename(&laid, sysroot)?;
    fs::remove_dir_all(&work)?;
    Ok(())
}

/// Debian's package has no working wasm linker; every rustup toolchain brings one.
fn link_linker(laid: &Path) -> Result<()> {
    let Some(home) = run::look(Command::new("rustc").args(["--print", "sysroot"])) else {
        bail!("no `rustc` on PATH; install Rust from https://rustup.rs");
    };
    let Some(host) = run::look(Command::new("rustc").arg("-vV")).and_then(|about| {
        about
            .lines()
            .find_map(|line| line.strip_prefix("host: ").map(str::to_owned))
    }) else {
        bail!("`rustc -vV` names no host; install Rust from https://rustup.rs");
    };
    let inside = Path::new("lib/rustlib").join(&host).join("bin");
    let linker = Path::new(&home).join(&inside).join("rust-lld");
    if !linker.exists() {
        bail!(
            "{} is missing; a toolchain from https://rustup.rs has it",
            linker.display()
        );
    }
    fs::create_dir_all(laid.join(&inside))?;
    link(&linker, &laid.join(&inside).join("rust-lld"))
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) -> Result<()> {
    if to.is_symlink() {
        fs::remove_file(to)?;
    }
    std::os::unix::fs::symlink(from, to)
        .with_context(|| format!("cannot link {} to {}", to.display(), from.display()))
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> Result<()> {
    bail!("Debian's compiler is only for Debian. Instead: {BY_HAND}")
}
