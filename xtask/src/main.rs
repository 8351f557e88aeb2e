//! The project's commands, `cargo xtask …`: whatever cargo alone cannot do, and nothing more.
//!
//! Each command first looks whether what it needs is there and sets up only what is missing.

mod beside;
mod contract;
mod dist;
mod paths;
mod reproduce;
mod run;
mod serve;
mod setup;
mod test;

use anyhow::Result;
use clap::{Parser, Subcommand};
use dist::Options;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Set up, build, serve and test LED Doctor"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install whatever is missing for building and testing; does nothing when all is there
    Setup,
    /// Build the finished site into dist/
    Dist {
        /// Where it will be served, such as https://help.example/led-doctor/: for the pages of models and their oEmbed
        #[arg(long)]
        url: Option<String>,
        /// Where its source is and faults are reported, such as https://code.example/led-doctor: for the npm package, and for readers who
        /// find a wrong word
        #[arg(long)]
        repository: Option<String>,
        /// Build the page also in two languages that nobody speaks, into target/pseudo/site: one long and accented, one mirrored
        #[arg(long)]
        pseudo: bool,
    },
    /// Build the finished site and serve it on this machine
    Serve {
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Check and test everything, or one part of it
    Test {
        part: Option<test::Part>,
        /// Only tests whose name contains this
        pattern: Option<String>,
    },
    /// Measure how quick the page is on a slow phone, and how soon a hostile pack is refused; without --page, see `led-doctor bench`
    Bench {
        #[arg(long)]
        page: bool,
        /// Beside other programs: the folder of a harness, with measure.mjs and targets.json
        #[arg(long)]
        beside: Option<PathBuf>,
        /// Runs of each program there
        #[arg(long, default_value_t = 7)]
        runs: u32,
        #[command(flatten)]
        classifier: led_doctor_workbench::bench::Options,
    },
    /// Replay recorded attempts: see `led-doctor replay`
    Replay(led_doctor_workbench::replay::Options),
    /// Read the light in a film: see `led-doctor film`
    Film(led_doctor_workbench::film::Options),
    /// Write what help pages may rely on into the documents, from static/element/contract.json
    Contract,
    /// Serve while developing: rebuilds and reloads on every change, without a service worker
    Dev {
        #[arg(long, default_value_t = 8081)]
        port: u16,
    },
    /// Write and check device packs: see `led-doctor pack`
    Pack {
        #[command(subcommand)]
        command: led_doctor_workbench::pack::Command,
    },
}

fn main() -> ExitCode {
    match obey(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The chain of what was attempted, each on its line; never a backtrace, which does not help a reader here.
            eprintln!("error: {error}");
            for cause in error.chain().skip(1) {
                eprintln!("  {cause}");
            }
            ExitCode::FAILURE
        }
    }
}

fn obey(command: Command) -> Result<()> {
    match command {
        Command::Setup => setup::all(),
        Command::Replay(options) => led_doctor_workbench::replay::replay(&options),
        Command::Film(options) => led_doctor_workbench::film::film(&options),
        Command::Bench { page: true, .. } => test::page(),
        Command::Bench {
            beside: Some(harness),
            runs,
            ..
        } => test::beside(&harness, runs),
        Command::Bench { classifier, .. } => led_doctor_workbench::bench::bench(&classifier),
        Command::Dist {
            url,
            repository,
            pseudo,
        } => {
            let options = Options {
                site: url.as_deref(),
                repository: repository.as_deref(),
                pseudo,
            };
            dist::dist(&setup::for_dist()?, &options)?.within_budget()
        }
        Command::Serve { port } => {
            let options = Options {
                site: Some(&format!("http://127.0.0.1:{port}/")),
                ..Options::default()
            };
            serve::serve(&dist::dist(&setup::for_dist()?, &options)?, port)
        }
        Command::Test { part, pattern } => test::test(part, pattern.as_deref()),
        Command::Dev { port } => dist::dev(&setup::for_dist()?, port),
        Command::Contract => contract::write(),
        Command::Pack { command } => led_doctor_workbench::pack::obey(command),
    }
}
