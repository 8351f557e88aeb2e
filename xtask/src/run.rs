//! Starting other programs, with failures that say what to do.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A command that knows nothing of the cargo and the toolchain that started this program.
///
/// `cargo xtask` exports its own compiler to its children; a cargo that inherits those uses that
/// compiler in place of the one it was started for.
pub fn outside_cargo(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let of_outer_cargo = text.starts_with("CARGO_PKG_")
            || text.starts_with("CARGO_MANIFEST_")
            || matches!(
                text.as_ref(),
                "CARGO"
                    | "RUSTC"
                    | "RUSTDOC"
                    | "RUSTC_WRAPPER"
                    | "CARGO_TARGET_DIR"
                    | "RUSTFLAGS"
                    | "CARGO_ENCODED_RUSTFLAGS"
                    | "LD_LIBRARY_PATH"
            );
        if of_outer_cargo {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a command in the foreground; its output is the user's.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    let status = command
        .status()
        .with_context(|| format!("`{shown}` could not be started"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status}); its own words are above");
    }
    Ok(())
}

/// What a command prints, or `None` when it cannot be started or fails: for looking, never for doing.
pub fn look(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// How often a step reports its progress, in seconds.
const PROGRESS: u64 = 20;

/// One step of the set-up: prints what it does and how long that takes, runs quietly, keeps a log,
/// and on failure shows the end of that log.
pub fn step(what: &str, how_long: &str, commands: &mut [Command]) -> Result<()> {
    println!("setup: {what} ({how_long})");
    let begun = Instant::now();
    for command in commands {
        logged(command)?;
    }
    println!("setup: … done in {} s", begun.elapsed().as_secs());
    Ok(())
}

fn logged(command: &mut Command) -> Result<()> {
    let shown = show(command);
    let dir = crate::paths::cache()?.join("logs");
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    let name = command
        .get_program()
        .to_string_lossy()
        .rsplit('/')
        .next()
        .unwrap_or("step")
        .to_owned();
    let path = dir.join(format!("{name}-{}.log", std::process::id()));
    let mut log =
        File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    writeln!(log, "$ {shown}")?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .with_context(|| format!("`{shown}` could not be started"))?;
    let begun = Instant::now();
    let mut said = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(100));
        let seconds = begun.elapsed().as_secs();
        if seconds >= said + PROGRESS {
            said = seconds;
            let text = fs::read_to_string(&path).unwrap_or_default();
            let last = text.lines().last().unwrap_or_default().trim();
            println!("setup: … {seconds} s: {last}");
        }
    };
    if !status.success() {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let tail = lines
            .get(lines.len().saturating_sub(25)..)
            .unwrap_or_default()
            .join("\n");
        bail!(
            "`{shown}` failed ({status}). The end of {}:\n{tail}",
            path.display()
        );
    }
    Ok(())
}

/// The command as one would type it.
pub fn show(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|part| part.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs a command in place of this program where the system can do that, so that anyone who stops this stops it.
#[cfg(unix)]
pub fn become_it(command: &mut Command) -> Result<()> {
    let error = std::os::unix::process::CommandExt::exec(command);
    Err(error).with_context(|| format!("`{}` could not be started", show(command)))
}

#[cfg(not(unix))]
pub fn become_it(command: &mut Command) -> Result<()> {
    run(command)
}

/// Runs a command whose output is both the user's and read line by line.
pub fn run_watched(command: &mut Command, mut see: impl FnMut(&str)) -> Result<ExitStatus> {
    let shown = show(command);
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{shown}` could not be started"))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            see(&line);
        }
    }
    child
        .wait()
        .with_context(|| format!("`{shown}` did not end"))
}
