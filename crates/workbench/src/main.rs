//! `led-doctor`: write, check and measure device packs; replay recorded attempts; measure the classifier.

use clap::{Parser, Subcommand};
use led_doctor_workbench::{bench, film, pack, replay};
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "led-doctor",
    version,
    about = "Write, check and measure device packs"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write and check device packs
    Pack {
        #[command(subcommand)]
        command: pack::Command,
    },
    /// Replay recorded attempts, one JSON object a line, and print what people would have been told
    Replay(replay::Options),
    /// Read the light in a film, and print the attempt that `replay` takes
    Film(film::Options),
    /// Measure the classifier: right, wrong, calibrated, quick; on simulated people and on recordings of real ones
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Pack { command } => pack::obey(command),
        Command::Replay(options) => replay::replay(&options),
        Command::Film(options) => film::film(&options),
        Command::Bench(options) => bench::bench(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
