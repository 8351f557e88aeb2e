//! The project's commands, `cargo xtask …`: whatever cargo alone cannot do, and nothing more.
//!
//! Each command first looks whether what it needs is there and sets up only what is missing.

mod bench;
mod charts;
mod content;
mod contract;
mod dist;
mod live;
mod pack;
mod paths;
mod replay;
mod run;
mod serve;
mod setup;
mod simulate;
mod test;

use anyhow::Result;
use clap::{Parser, Subcommand};
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
    Dist,
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
    /// Replay recorded watches, one JSON object a line, and print what the engine makes of each
    Replay {
        /// A file of JSON Lines, or - for the standard input
        file: std::path::PathBuf,
    },
    /// Measure the engine: right, wrong, calibrated, quick; on simulated people and on recordings of real ones
    Bench {
        /// A folder of recordings: SET/taps.csv
        #[arg(long)]
        taps: Option<std::path::PathBuf>,
        /// In place of the engine the page: how long until the first tap counts on a slow phone, and until a hostile pack is refused
        #[arg(long)]
        page: bool,
        /// Simulated people for each light
        #[arg(long, default_value_t = 2000)]
        people: u64,
        /// Which people are drawn; other than the default, those on whom the parameters were tuned may be named
        #[arg(long, default_value_t = bench::HELD_OUT)]
        seed: u64,
    },
    /// Write what help pages may rely on into the documents, from static/element/contract.json
    Contract,
    /// Serve while developing: rebuilds and reloads on every change, without a service worker
    Dev {
        #[arg(long, default_value_t = 8081)]
        port: u16,
    },
    /// Write and check device packs
    Pack {
        #[command(subcommand)]
        command: pack::Command,
    },
}

fn main() -> ExitCode {
    match obey(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The chain of what was attempted, each on its line; never a backtrace, which tells a reader nothing here.
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
        Command::Replay { file } => replay::replay(&file),
        Command::Bench { page: true, .. } => test::page(),
        Command::Bench {
            taps, people, seed, ..
        } => bench::bench(taps.as_deref(), people, seed),
        Command::Dist => dist::dist(&setup::for_dist()?)?.within_budget(),
        Command::Serve { port } => serve::serve(&dist::dist(&setup::for_dist()?)?, port),
        Command::Test { part, pattern } => test::test(part, pattern.as_deref()),
        Command::Dev { port } => dist::dev(&setup::for_dist()?, port),
        Command::Contract => contract::write(),
        Command::Pack { command } => pack::obey(command),
    }
}
