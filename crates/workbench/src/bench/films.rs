//! Whole films of the lights of some packs, picture by picture, through the reader of films and the classifier: what is reported, and why not.
//! The person who films answers every question correctly: only the film is measured.

use crate::at_light::{Sees, Sighting, on_film};
use crate::packs;
use anyhow::Result;
use led_doctor_core::id::Id;
use led_doctor_core::pack::{Colour, SignalEntry};
use led_doctor_core::rhythm::Decision;
use led_doctor_core::score::Score;
use led_doctor_core::session::Device;
use led_doctor_film::{Film, Picture, Reading, Refusal};
use led_doctor_people::dice::Dice;
use led_doctor_people::film::{self, Channels, SIZE, hash, hunting};
use led_doctor_people::light::Blink;
use led_doctor_people::tapper::Pressed;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The packs whose lights one camera can read: a single light at a time.
const PACKS: [&str; 3] = ["blink", "honda", "lennox"];
/// Whole rounds that are filmed.
const ROUNDS: usize = 2;

/// What makes a film hard to read.
struct Trouble {
    name: &'static str,
    make: fn(film::Film) -> film::Film,
}

/// One each, and none: the conditions under which people film. Assumed; the ranges are those of the two clips and of what others report.
const TROUBLES: [Trouble; 10] = [
    Trouble {
        name: "plain",
        make: |film| film,
    },
    Trouble {
        name: "15 pictures a second",
        make: |film| film::Film { rate: 15.0, ..film },
    },
    Trouble {
        name: "20 pictures a second",
        make: |film| film::Film { rate: 20.0, ..film },
    },
    Trouble {
        name: "24 pictures a second",
        make: |film| film::Film { rate: 24.0, ..film },
    },
    Trouble {
        name: "pictures lost and doubled",
        make: |film| film::Film {
            drops: |nth| hash(nth as i32, 3, 40) < 0.04,
            doubles: |nth| hash(nth as i32, 4, 40) < 0.04,
            ..film
        },
    },
    Trouble {
        name: "exposure swings",
        make: |film| film::Film {
            exposure: |ms| 0.75 + 0.25 * (ms / 2500.0).sin(),
            ..film
        },
    },
    Trouble {
        name: "hand shakes by 12 px",
        make: |film| film::Film {
            shake: 12.0,
            has_neighbour: true,
            ..film
        },
    },
    Trouble {
        name: "saturated",
        make: |film| film::Film {
            light: [255.0; 3],
            radius: 8.0,
            ..film
        },
    },
    Trouble {
        name: "mains flicker",
        // A hundred times a second, seen thirty times.
        make: |film| film::Film {
            exposure: |ms| 1.0 + 0.1 * (ms * 0.2 * std::f64::consts::PI).sin(),
            ..film
        },
    },
    Trouble {
        name: "dim",
        make: |film| film::Film {
            light: film.light.map(|channel| channel * 0.2),
            shake: 3.0,
            ..film
        },
    },
];

/// Films in which no light blinks.
const NOTHING: [Trouble; 4] = [
    Trouble {
        name: "steady light",
        make: |film| film::Film {
            has_neighbour: true,
            shake: 2.0,
            ..film
        },
    },
    Trouble {
        name: "hand moves",
        make: |film| film::Film {
            has_neighbour: true,
            shake: 12.0,
            ..film
        },
    },
    Trouble {
        name: "exposure hunts",
        make: |film| film::Film {
            has_neighbour: true,
            exposure: hunting,
            ..film
        },
    },
    Trouble {
        name: "a lit screen",
        make: |film| film::Film {
            has_screen: true,
            shake: 2.0,
            ..film
        },
    },
];

#[derive(Default)]
struct Tally {
    films: u32,
    right: u32,
    wrong: u32,
    refused: BTreeMap<&'static str, u32>,
    /// What was reported in place of what.
    mistaken: Vec<String>,
    /// Edges' errors in ms, less what all of a film have in common.
    errors: Vec<f64>,
}

impl Tally {
    fn mistake(&mut self, device: &Device, signal: &Id, told: &str) {
        self.wrong += 1;
        self.mistaken
            .push(format!("{} {signal} as {told}", device.model_id().as_str()));
    }
}

/// Prints the tables, with this many films of each light under each trouble.
pub fn bench(films: u64, seed: u64) -> Result<()> {
    println!(
        "\nFilmed picture by picture, {ROUNDS} whole rounds begun anywhere, pointed at, questions answered"
    );
    // Each half runs on its own core. What is read of a pack belongs to one thread.
    let half = TROUBLES.len() / 2;
    let of = |from: usize, troubles: &'static [Trouble]| -> Result<Vec<Tally>> {
        let devices = devices()?;
        let tallies = troubles.iter().enumerate().map(|(nth, trouble)| {
            let mut tally = Tally::default();
            for (at, device) in devices.iter().enumerate() {
                let seed = seed + 100_000 * (from + nth) as u64 + 1000 * at as u64;
                lights(device, trouble, (films, seed), &mut tally);
            }
            tally
        });
        Ok(tallies.collect())
    };
    let (first, second) = TROUBLES.split_at(half);
    let tallies = std::thread::scope(|scope| -> Result<Vec<Tally>> {
        let other = scope.spawn(|| of(half, second));
        let mut tallies = of(0, first)?;
        let other = other.join();
        tallies.extend(other.map_err(|_| anyhow::anyhow!("the second half broke off"))??);
        Ok(tallies)
    })?;
    let mut all = Tally::default();
    for (trouble, mut tally) in TROUBLES.iter().zip(tallies) {
        row(trouble.name, &tally);
        all.films += tally.films;
        all.right += tally.right;
        all.wrong += tally.wrong;
        all.errors.append(&mut tally.errors);
        for (why, count) in tally.refused {
            *all.refused.entry(why).or_default() += count;
        }
    }
    row("all", &all);
    println!("\nFilms without a blinking light");
    for trouble in &NOTHING {
        nothing(trouble, films.max(1) * 8, seed);
    }
    Ok(())
}

/// The devices of [`PACKS`] whose lights one pad serves.
fn devices() -> Result<Vec<Device>> {
    let mut devices = Vec::new();
    for id in PACKS {
        let pack = Rc::new(packs::read(id)?);
        let models: Vec<String> = pack.file().model.ids().map(ToString::to_string).collect();
        for model in models {
            let device = packs::device(&pack, &model)?;
            if device.pads().is_empty() {
                devices.push(device);
            }
        }
    }
    Ok(devices)
}

fn row(name: &str, tally: &Tally) {
    let mut errors = tally.errors.clone();
    errors.sort_by(f64::total_cmp);
    let p95 = errors.get(errors.len() * 95 / 100).copied().unwrap_or(0.0);
    let share = |count: u32| 100.0 * f64::from(count) / f64::from(tally.films.max(1));
    let refused: Vec<String> = tally
        .refused
        .iter()
        .map(|(why, count)| format!("{why} {count}"))
        .collect();
    println!(
        "  {name:<28} {:4} films  right {:5.1} %  wrong {:4.2} %  edges p95 {p95:4.1} ms  refused: {}",
        tally.films,
        share(tally.right),
        share(tally.wrong),
        refused.join(", ")
    );
    for mistaken in &tally.mistaken {
        println!("    {mistaken}");
    }
}

fn lights(device: &Device, trouble: &Trouble, (films, seed): (u64, u64), tally: &mut Tally) {
    for (at, entry) in device.signals().iter().enumerate() {
        for index in 0..films {
            let dice = &mut Dice::new(seed + at as u64, index);
            let mut refusal = None;
            let colour = colour(device, entry);
            let mut filmed = false;
            let errors = &mut tally.errors;
            let mut sees = |blinks: &[Blink], span: (f64, f64), _: &mut Dice| {
                filmed = true;
                match read(blinks, span, colour, trouble) {
                    Ok(reading) => {
                        errors.extend(off(&reading, blinks, span.0));
                        // Of lights that take turns the film shows one: its colour says nothing.
                        let read = Id::new(reading.colour.name()).filter(|_| colour.is_some());
                        Some(sighting(&reading, read))
                    }
                    Err(why) => {
                        refusal = Some(why);
                        None
                    }
                }
            };
            let sees: &mut Sees = &mut sees;
            let course = on_film(device, entry, ROUNDS, (dice, 0.0), sees);
            // A light that is not filmed is described by a statement.
            if !filmed {
                continue;
            }
            tally.films += 1;
            if let Some(why) = refusal {
                *tally.refused.entry(why.name()).or_default() += 1;
            }
            let is_right = |id: &Id| device.mean_the_same(id, &entry.id);
            match course.map(|course| course.verdict) {
                Some(Decision::Signal(id)) if is_right(&id) => tally.right += 1,
                Some(Decision::Signal(id)) => tally.mistake(device, &entry.id, id.as_str()),
                Some(Decision::Unlisted(_)) => tally.mistake(device, &entry.id, "unlisted"),
                Some(Decision::NoneOfThese | Decision::Undecided) => {
                    *tally.refused.entry("undecided").or_default() += 1;
                }
                None => {}
            }
        }
    }
}

/// The film of these flashes between two moments, and what is read of it where somebody points.
fn read(
    blinks: &[Blink],
    (start, end): (f64, f64),
    colour: Option<Colour>,
    trouble: &Trouble,
) -> Result<Reading, Refusal> {
    let film = (trouble.make)(film::Film {
        flashes: blinks
            .iter()
            .map(|blink| (blink.at - start, blink.lit))
            .collect(),
        lasts: end - start,
        light: rgb(colour.unwrap_or(Colour::Red)),
        ..film::Film::default()
    });
    see(&film, true)
}

fn see(film: &film::Film, is_pointed: bool) -> Result<Reading, Refusal> {
    let (x, y) = film.at;
    let mut reader = Film::new(
        SIZE.0,
        is_pointed.then_some((f64::from(x) + 4.0, f64::from(y) - 3.0)),
    );
    for (ms, channels) in film.pictures() {
        reader.push(&picture(channels), ms);
    }
    reader.read()
}

fn picture(channels: Channels) -> Picture {
    Picture {
        width: SIZE.0,
        height: SIZE.1,
        channels,
    }
}

fn sighting(reading: &Reading, colour: Option<Id>) -> Sighting {
    let flashes = reading.flashes();
    let lit = flashes.lit.iter();
    let presses = lit.map(|(at, held)| Pressed {
        at: *at,
        held: *held,
    });
    Sighting {
        presses: presses.collect(),
        until: flashes.until,
        colour,
    }
}

/// The colour in which a signal flashes, where it is one.
fn colour(device: &Device, entry: &SignalEntry) -> Option<Colour> {
    let score = Score::of(&entry.layers);
    let mut lanes = score.lanes.iter().filter(|lane| lane.flashes);
    let lane = lanes.next().filter(|_| lanes.next().is_none())?;
    let light = lane.light.as_ref()?;
    let light = device.pack().file().light.get(light.as_str())?;
    Some(light.colour)
}

/// By how much a light of that colour makes red, green and blue brighter, of 255 (assumed: LEDs as phones see them).
fn rgb(colour: Colour) -> [f64; 3] {
    match colour {
        Colour::Red => [230.0, 40.0, 30.0],
        Colour::Amber => [230.0, 140.0, 25.0],
        Colour::Green => [40.0, 220.0, 60.0],
        Colour::Blue => [40.0, 80.0, 230.0],
        Colour::White => [220.0, 220.0, 220.0],
    }
}

/// By how much edges are off the truth, less what they have in common: the shutter's own delay.
fn off(reading: &Reading, blinks: &[Blink], start: f64) -> Vec<f64> {
    let truth = |on: bool| {
        let at = move |blink: &Blink| blink.at - start + if on { 0.0 } else { blink.lit };
        blinks.iter().map(at)
    };
    let errors: Vec<f64> = reading
        .edges
        .iter()
        .filter_map(|edge| {
            let near = truth(edge.on).map(|at| edge.at - at);
            near.min_by(|a, b| a.abs().total_cmp(&b.abs()))
        })
        .filter(|error| error.abs() < 100.0)
        .collect();
    let mean = errors.iter().sum::<f64>() / errors.len().max(1) as f64;
    errors
        .into_iter()
        .map(|error| (error - mean).abs())
        .collect()
}

/// Films of this in which nothing blinks: how many name a light at all.
fn nothing(trouble: &Trouble, films: u64, seed: u64) {
    let mut seen = 0;
    for index in 0..films {
        let dice = &mut Dice::new(seed, 10_000 + index);
        let film = (trouble.make)(film::Film {
            flashes: Vec::new(),
            lasts: 10_000.0,
            at: (dice.whole(60, 260) as i32, dice.whole(40, 140) as i32),
            noise: dice.between(2.0, 6.0),
            ..film::Film::default()
        });
        // Half of them point at something, half search the whole picture.
        seen += u32::from(see(&film, index % 2 == 0).is_ok());
    }
    println!(
        "  {:<28} {films:4} films  a light was named in {seen}",
        trouble.name
    );
}
