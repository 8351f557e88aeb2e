//! `cargo xtask bench`: how accurate, how sure, how well calibrated and how quick the classifier is, on simulated people and, with
//! `--taps`, on recordings of real ones.

mod bound;
mod content;
mod cost;
mod digits;
mod films;
mod held;
mod lights;
mod perfect;
mod recordings;
mod score;
mod svg;

use crate::{packs, simulated, workspace};
use anyhow::{Context, Result};
use led_doctor_core::pack::Pack;
use led_doctor_core::rhythm::{Decision, Observer};
use led_doctor_core::session::Device;
use led_doctor_core::session::drive::drive;
use led_doctor_people::person::Stress;
use led_doctor_people::scene::{Attempt, BLINK, NO_CODE, Scene, UNTIMED, attempt};
use score::{Reliability, Tally};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

/// The people on whom the classifier's parameters were tuned. Its figures are those on others: see [`HELD_OUT`].
pub const TUNED_ON: u64 = 20_261_122;
/// The people on whom the figures are taken, and nothing was tuned.
pub const HELD_OUT: u64 = 7_919;

/// What is measured, and on whom.
#[derive(clap::Args)]
pub struct Options {
    /// A folder of recordings: SET/taps.csv
    #[arg(long)]
    taps: Option<PathBuf>,
    /// Simulated people for each light
    #[arg(long, default_value_t = 2000)]
    people: u64,
    /// Only the number codes
    #[arg(long)]
    codes: bool,
    /// Only every light of every pack, tapped
    #[arg(long)]
    tapped: bool,
    /// Only what a camera sees of every light of every pack
    #[arg(long)]
    filmed: bool,
    /// Only films, made and read picture by picture: this many of each light under each trouble
    #[arg(long)]
    films: Option<u64>,
    /// Only films held in a hand: this many of each kind
    #[arg(long, value_name = "FILMS")]
    held: Option<u64>,
    /// Which people are drawn; other than the default, those on whom the parameters were tuned may be named
    #[arg(long, default_value_t = HELD_OUT)]
    seed: u64,
}

/// Prints all tables.
///
/// # Errors
/// When the Blink pack or the recordings cannot be read.
pub fn bench(options: &Options) -> Result<()> {
    let (taps, people, seed) = (options.taps.as_deref(), options.people, options.seed);
    if options.codes {
        return digits::bench(people / 40, seed);
    }
    if options.tapped {
        return lights::bench(Observer::Finger, people / 40, seed);
    }
    if options.filmed {
        return lights::bench(Observer::Eye, people / 40, seed);
    }
    if let Some(films) = options.held {
        held::bench(films, seed);
        return Ok(());
    }
    if let Some(films) = options.films {
        return films::bench(films, seed);
    }
    let pack = packs::read("blink")?;
    if people == 0 {
        return taps.map_or(Ok(()), recordings::bench);
    }
    let out = out()?;
    let mut reliability = Reliability::default();
    let mut confusion = BTreeMap::new();

    let drawn = match seed {
        TUNED_ON => "those on whom the classifier was tuned",
        _ => "held out: nothing was tuned on them",
    };
    println!("Simulated people ({people} each, {drawn}), as they are");
    let mut codes = Tally::default();
    for scene in BLINK {
        let (tally, reliable) = run(&pack, scene, &Stress::default(), (people, seed))?;
        row(scene, &tally);
        codes.add(&tally);
        reliability.add(&reliable);
        confusion.insert(scene.name, tally.called.clone());
    }
    total(&codes);
    println!("\nRhythms that are no code");
    let mut none = Tally::default();
    for scene in NO_CODE {
        let (tally, reliable) = run(&pack, scene, &Stress::default(), (people, seed))?;
        row(scene, &tally);
        none.add(&tally);
        reliability.add(&reliable);
        confusion.insert(scene.name, tally.called.clone());
    }
    total(&none);
    println!(
        "\nThe same at lights of which only \"blinks\" is stated, whose colour was told (in no other figure)"
    );
    for scene in UNTIMED {
        row(
            scene,
            &run(&pack, scene, &Stress::default(), (people, seed))?.0,
        );
    }
    calibrated(&reliability);
    svg::confusion(&out.join("confusion.svg"), &confusion)?;
    svg::reliability(&out.join("reliability.svg"), &reliability)?;
    println!("plots: {}", out.display());

    digits::bench(people / 100, seed)?;
    lights::bench(Observer::Finger, people / 100, seed)?;
    lights::bench(Observer::Eye, people / 100, seed)?;

    stressed(&pack, (people / 4, seed))?;
    if let Some(folder) = taps {
        recordings::bench(folder)?;
    }
    cost::bench(&pack)?;
    content::bench()
}

/// What was reported with each certainty, and how often it was right.
fn calibrated(reliability: &Reliability) {
    println!("\nCalibration: expected error {:.4}", reliability.error());
    for (n, sum, right) in reliability.bins.iter().filter(|b| b.0 > 0) {
        println!(
            "  said {:.3}  was {:.3}  ({n})",
            sum / *n as f64,
            *right as f64 / *n as f64
        );
    }
}

/// The same people under each stress.
fn stressed(pack: &Pack, drawn: (u64, u64)) -> Result<()> {
    println!("\nStress");
    for (name, stress) in stresses() {
        let (mut codes, mut none) = (Tally::default(), Tally::default());
        for scene in BLINK {
            codes.add(&run(pack, scene, &stress, drawn)?.0);
        }
        for scene in NO_CODE {
            none.add(&run(pack, scene, &stress, drawn)?.0);
        }
        println!(
            "  {name:26} codes: right {} wrong {}   no code: right {} wrong {}",
            percent(codes.right, codes.n),
            percent(codes.wrong, codes.n),
            percent(none.right, none.n),
            percent(none.wrong, none.n)
        );
    }
    Ok(())
}

fn out() -> Result<PathBuf> {
    let out = workspace::root()?.join("target/bench");
    std::fs::create_dir_all(&out).with_context(|| format!("cannot create {}", out.display()))?;
    Ok(out.canonicalize()?)
}

/// The ranges that people are swept over.
fn stresses() -> Vec<(&'static str, Stress)> {
    let usual = Stress::default();
    let hard = Stress {
        jitter: 2.0,
        misses: Some(0.15),
        extras: Some(0.10),
        tempo: Some(0.10),
        ..usual
    };
    vec![
        ("all of the next four", hard),
        (
            "misses 15 %",
            Stress {
                misses: Some(0.15),
                ..usual
            },
        ),
        (
            "extras 10 %",
            Stress {
                extras: Some(0.10),
                ..usual
            },
        ),
        (
            "jitter x 2",
            Stress {
                jitter: 2.0,
                ..usual
            },
        ),
        (
            "tempo +-10 %",
            Stress {
                tempo: Some(0.10),
                ..usual
            },
        ),
        (
            "jitter x 0.5",
            Stress {
                jitter: 0.5,
                ..usual
            },
        ),
        (
            "always reacting",
            Stress {
                waits: Some(1.0),
                ..usual
            },
        ),
        (
            "starting 4 late",
            Stress {
                late: Some(4),
                ..usual
            },
        ),
        (
            "leaving 2 % per tap",
            Stress {
                leaves: Some(0.02),
                ..usual
            },
        ),
        (
            "not sure 20 %",
            Stress {
                unsure: 0.2,
                ..usual
            },
        ),
        (
            "100 ms clock",
            Stress {
                clock: Some(100.0),
                ..usual
            },
        ),
    ]
}

/// Runs a scene with this many people, on two threads.
fn run(
    pack: &Pack,
    scene: &Scene,
    stress: &Stress,
    (people, seed): (u64, u64),
) -> Result<(Tally, Reliability)> {
    packs::device(&Rc::new(pack.clone()), scene.model)?;
    let parts = std::thread::scope(|scope| {
        let part = |from: u64| {
            scope.spawn(move || {
                let mut tally = Tally::default();
                let mut reliable = Reliability::default();
                // Each thread opens the device for itself: its parts are shared by counting, not across threads.
                let Some(device) = Device::new(Rc::new(pack.clone()), scene.model) else {
                    return (tally, reliable);
                };
                for index in (from..people).step_by(2) {
                    let attempt = attempt(scene, stress, seed, index);
                    one(&device, scene, &attempt, &mut tally, &mut reliable);
                }
                (tally, reliable)
            })
        };
        let both = [part(0), part(1)];
        both.map(|thread| thread.join().unwrap_or_default())
    });
    let (mut tally, mut reliable) = (Tally::default(), Reliability::default());
    for (t, r) in &parts {
        tally.add(t);
        reliable.add(r);
    }
    Ok((tally, reliable))
}

fn one(
    device: &Device,
    scene: &Scene,
    attempt: &Attempt,
    tally: &mut Tally,
    reliable: &mut Reliability,
) {
    let mut answers = simulated::answers(&attempt.answers);
    let course = drive(device, &simulated::attempt(attempt), Some(&mut answers));
    tally.asked += usize::from(!course.asked.is_empty());
    // A signal that comes once is over at its last flash: there the wait for dark counts. Else from the flash of the
    // first tap on: how long somebody looked before they began does not concern the classifier.
    let first = attempt.taps.first().map_or(0.0, |t| t.at - 300.0);
    let zero = if chart_once(scene) {
        attempt.last_flash
    } else {
        first
    };
    tally.count(&course, scene.truth, zero);
    if scene.model == "outdoor"
        && attempt
            .to_the_eye
            .is_some_and(|code| Some(code) != scene.truth)
    {
        tally.hidden += 1;
        let right = score::called(&course.verdict) == scene.truth.unwrap_or("none");
        tally.hidden_wrong += usize::from(matches!(course.verdict, Decision::Signal(_)) && !right);
    }
    // Calibration at the end of the watch, answers included: what the page would show last.
    reliable.count(&course.judgement, scene.truth);
}

fn chart_once(scene: &Scene) -> bool {
    matches!(scene.truth, Some("motion" | "battery-low"))
}

fn percent(part: usize, all: usize) -> String {
    format!("{:5.1}%", 100.0 * part as f64 / all.max(1) as f64)
}

fn row(scene: &Scene, tally: &Tally) {
    let seconds = |share| {
        tally
            .quantile(share)
            .map_or("    -".to_owned(), |t| format!("{:5.1}", t / 1000.0))
    };
    let mut others: Vec<_> = tally
        .called
        .iter()
        .filter(|(name, _)| *name != scene.truth.unwrap_or("none"))
        .collect();
    others.sort_by(|a, b| b.1.cmp(a.1));
    let others: Vec<String> = others
        .iter()
        .take(4)
        .map(|(name, n)| format!("{name} {}", percent(**n, tally.n).trim()))
        .collect();
    println!(
        "  {:26} right {} wrong {:5.2}% (first {:5.2}%) top {} asked {} decided after {} s ({}..{})  {}",
        scene.name,
        percent(tally.right, tally.n),
        100.0 * tally.wrong as f64 / tally.n.max(1) as f64,
        100.0 * tally.rash as f64 / tally.n.max(1) as f64,
        percent(tally.top, tally.n),
        percent(tally.asked, tally.n),
        seconds(0.5),
        seconds(0.1).trim(),
        seconds(0.9).trim(),
        others.join(", ")
    );
    hidden(tally);
}

/// The part of a row that no observer could have decided: printed only where there is any.
fn hidden(tally: &Tally) {
    if tally.hidden > 0 {
        println!(
            "    to a perfect eye another code {}; wrong of those {}, of the rest {:5.2}%",
            percent(tally.hidden, tally.n).trim(),
            percent(tally.hidden_wrong, tally.hidden).trim(),
            100.0 * (tally.wrong - tally.hidden_wrong) as f64
                / (tally.n - tally.hidden).max(1) as f64
        );
    }
}

fn total(tally: &Tally) {
    println!(
        "  {:26} right {} wrong {:5.2}% (first {:5.2}%)",
        "all",
        percent(tally.right, tally.n),
        100.0 * tally.wrong as f64 / tally.n.max(1) as f64,
        100.0 * tally.rash as f64 / tally.n.max(1) as f64
    );
    hidden(tally);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Floors well below what is reached, on few people: they catch a model that has come apart, not a shade of it.
    #[test]
    fn simulated_people_are_understood_and_seldom_misled() -> Result<()> {
        let pack = packs::read("blink")?;
        let people = (25, TUNED_ON ^ 1);
        let tally = |scenes: &[Scene], stress: &Stress| -> Result<Tally> {
            let mut all = Tally::default();
            for scene in scenes {
                all.add(&run(&pack, scene, stress, people)?.0);
            }
            Ok(all)
        };
        let codes = tally(BLINK, &Stress::default())?;
        assert!(
            codes.right as f64 > 0.95 * codes.n as f64,
            "{}",
            codes.right
        );
        assert!(
            codes.wrong as f64 <= 0.012 * codes.n as f64,
            "{}",
            codes.wrong
        );
        let none = tally(NO_CODE, &Stress::default())?;
        assert!(none.wrong as f64 <= 0.025 * none.n as f64, "{}", none.wrong);
        let (_, hard) = stresses().swap_remove(0);
        let hard = tally(BLINK, &hard)?;
        assert!(hard.right as f64 > 0.87 * hard.n as f64, "{}", hard.right);
        assert!(hard.wrong as f64 <= 0.02 * hard.n as f64, "{}", hard.wrong);
        Ok(())
    }
}
