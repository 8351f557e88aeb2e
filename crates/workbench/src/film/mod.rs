//! `led-doctor film FILE.y4m`: reads the light in a film, and writes the attempt that `replay` takes.
//!
//! Two lines of JSON: what was read, or why nothing was; and, where something was, the attempt.

mod y4m;

use anyhow::{Context, Result, bail};
use led_doctor_film::{Film, Reading, Refusal};
use serde_json::{Value, json};
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

/// What is read.
#[derive(clap::Args)]
pub struct Options {
    /// A film as YUV4MPEG2: any other becomes one by `ffmpeg -i FILM -pix_fmt yuv420p FILE.y4m`
    file: PathBuf,
    /// Where the light is, as a person would tap it: X,Y in pixels of the film; the whole picture is searched when left out
    #[arg(long, value_parser = place)]
    at: Option<(f64, f64)>,
    /// The pack that the line for `replay` names
    #[arg(long, default_value = "blink")]
    pack: String,
    /// The model that it names
    #[arg(long, default_value = "outdoor")]
    model: String,
}

fn place(text: &str) -> Result<(f64, f64), String> {
    let wrong = || format!("{text:?} is no place; write two numbers, such as 320,180");
    let (x, y) = text.split_once(',').ok_or_else(wrong)?;
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite());
    Ok((number(x).ok_or_else(wrong)?, number(y).ok_or_else(wrong)?))
}

/// Reads the film and prints what it shows.
///
/// # Errors
/// When the file cannot be read as a film, or the place is outside of it.
pub fn film(options: &Options) -> Result<()> {
    let path = options.file.display();
    let file = File::open(&options.file).with_context(|| format!("cannot read {path}"))?;
    let mut source = y4m::Source::open(BufReader::new(file)).with_context(|| format!("{path}"))?;
    if let Some((x, y)) = options.at
        && !(0.0..source.width as f64).contains(&x) | !(0.0..source.height as f64).contains(&y)
    {
        bail!(
            "{x},{y} is outside of the film, which is {} × {} pixels",
            source.width,
            source.height
        );
    }
    let mut film = Film::new(source.width, options.at);
    let mut frames = 0_u32;
    let ms = source.frame;
    while let Some(frame) = source.next().with_context(|| format!("{path}"))? {
        if !film.push(&frame.picture(), f64::from(frames) * ms) {
            break;
        }
        if let Some(window) = film.window() {
            film.look(&frame.part(window));
        }
        frames += 1;
    }
    match film.read() {
        Ok(reading) => {
            println!("{}", as_json(&reading));
            println!("{}", attempt(&reading, options));
        }
        Err(refusal) => println!("{}", refused(refusal, frames, source.frame)),
    }
    Ok(())
}

fn refused(refusal: Refusal, frames: u32, frame: f64) -> Value {
    let advice = match refusal {
        Refusal::TooShort => "film for ten seconds or more",
        Refusal::TooDark => "nothing can be seen: come closer, or add light",
        Refusal::NoLight => "no light changes here: point at it, or film for longer",
        Refusal::ComeCloser => "something changes, too small or too faint to be sure: come closer",
        Refusal::HoldStill => "the scene was lost: hold still, or lean on something",
        Refusal::TooFast => "the light is too fast for this camera: film in slow motion",
    };
    json!({ "frames": frames, "fps": tenth(1000.0 / frame), "refused": refusal.name(), "advice": advice })
}

fn as_json(reading: &Reading) -> Value {
    let edges: Vec<Value> = reading
        .edges
        .iter()
        .map(|edge| {
            json!([
                tenth(edge.at),
                if edge.on { "on" } else { "off" },
                tenth(edge.within)
            ])
        })
        .collect();
    let unknown: Vec<[f64; 2]> = reading
        .unknown
        .iter()
        .map(|(from, to)| [tenth(*from), tenth(*to)])
        .collect();
    let others: Vec<[f64; 2]> = reading
        .others
        .iter()
        .map(|(x, y)| [tenth(*x), tenth(*y)])
        .collect();
    json!({
        "frames": reading.frames,
        "fps": tenth(reading.rate),
        "edges": edges,
        "unknown": unknown,
        "contrast": tenth(reading.contrast),
        "ratio": tenth(reading.ratio),
        "colour": reading.colour.name(),
        "at": [tenth(reading.at.0), tenth(reading.at.1)],
        "others": others,
    })
}

/// The flashes that were seen, as presses.
fn attempt(reading: &Reading, options: &Options) -> Value {
    let flashes = reading.flashes();
    let taps: Vec<Value> = flashes
        .lit
        .iter()
        .map(|(at, held)| match held {
            Some(held) => json!({ "at": tenth(*at), "held": tenth(*held) }),
            None => json!({ "at": tenth(*at) }),
        })
        .collect();
    json!({
        "id": options.file.file_stem().map(|name| name.to_string_lossy()),
        "pack": options.pack,
        "model": options.model,
        "observer": "eye",
        "colour": reading.colour.name(),
        "taps": taps,
        "until": tenth(flashes.until),
    })
}

fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
