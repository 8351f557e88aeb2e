//! Scenes: a light of a device (or none of its signals), and a person who watches it.

use crate::dice::Dice;
use crate::light::{self, Blink, Light};
use crate::person::{Person, Stress};
use crate::tapper::{Pressed, tap};

/// What is shown to whom.
pub struct Scene {
    /// How it is called in tables.
    pub name: &'static str,
    /// The device's model in the Blink pack.
    pub model: &'static str,
    /// The signal's id; `None` when it is no signal of the device.
    pub truth: Option<&'static str>,
    /// What the light does.
    pub light: fn(&mut Dice) -> Light,
    /// What the person would answer.
    pub answers: &'static [(&'static str, &'static str)],
    /// Answered before anything is tapped.
    pub before: &'static [(&'static str, &'static str)],
}

/// A statement about a light without tapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// It is lit all the time.
    Steady,
    /// There is no light.
    Dark,
    /// It flashes too fast to follow.
    TooFast,
}

/// One person at one light.
#[derive(Debug, Clone, Default)]
pub struct Attempt {
    /// The taps, in order.
    pub taps: Vec<Pressed>,
    /// Until when they watched, in ms.
    pub until: f64,
    /// At the end they stated that it has stopped.
    pub stopped: bool,
    /// At the end they stated how the light looks.
    pub look: Option<Look>,
    /// What they answered before the first tap.
    pub before: Vec<(&'static str, &'static str)>,
    /// What they would answer to a question.
    pub answers: Vec<(&'static str, &'static str)>,
    /// Onset of the last flash of the last burst, in ms.
    pub last_flash: f64,
    /// The signal of the outdoor camera that the light was to a perfect eye that began where the person did, if it was one.
    pub to_the_eye: Option<&'static str>,
}

/// Darkness after a lone flash, in ms, after which no signal would have continued: people do not wait longer.
const DARK: f64 = 8500.0;
/// What a perfect eye without a clock takes for three seconds (people tell apart lengths that differ by a tenth or more).
const THREE_SECONDS: std::ops::Range<f64> = 2700.0..3300.0;
/// What is lit for longer is a long flash to every person, in ms.
const SHORT: f64 = 500.0;

/// What the flashes are to a perfect eye from the one on that was tapped first.
fn to_the_eye(blinks: &[Blink], first_tap: f64) -> Option<&'static str> {
    let from = blinks.iter().rposition(|blink| blink.at <= first_tap)?;
    let seen = blinks.get(from..)?;
    let gap = |nth: usize| match seen.get(nth..nth + 2) {
        Some([a, b]) => b.at - a.at,
        _ => f64::INFINITY,
    };
    if seen.first()?.lit > SHORT {
        None
    } else if gap(0) > DARK {
        Some("motion")
    } else if THREE_SECONDS.contains(&gap(0)) && THREE_SECONDS.contains(&gap(1)) {
        Some("offline")
    } else {
        None
    }
}

/// How long people watch a light that continues, in ms.
const PATIENCE: f64 = 26_000.0;

/// Every signal of the Blink pack on its model.
pub const BLINK: &[Scene] = &[
    scene(
        "motion",
        "outdoor",
        Some("motion"),
        light::once,
        &[("blue-light-before", "no"), ("just-powered", "no")],
    ),
    scene(
        "offline",
        "outdoor",
        Some("offline"),
        |d| light::every(d, 3000.0, PATIENCE),
        &[("blue-light-before", "no"), ("just-powered", "no")],
    ),
    scene(
        "starting",
        "outdoor",
        Some("starting"),
        starting,
        &[("blue-light-before", "no"), ("just-powered", "yes")],
    ),
    scene(
        "battery-low",
        "outdoor",
        Some("battery-low"),
        battery,
        &[("blue-light-before", "yes"), ("just-powered", "no")],
    ),
    Scene {
        before: &[("blue-light-before", "yes")],
        ..scene(
            "battery-low, blue before",
            "outdoor",
            Some("battery-low"),
            battery,
            &[("just-powered", "no")],
        )
    },
    scene(
        "recording",
        "outdoor",
        Some("recording"),
        |_| Light::Lit,
        &[("colour", "blue")],
    ),
    scene(
        "idle",
        "outdoor",
        Some("idle"),
        |_| Light::Dark,
        &[("works-in-app", "yes")],
    ),
    scene(
        "mini offline",
        "mini",
        Some("offline"),
        |_| Light::Lit,
        &[("colours", "red")],
    ),
    scene(
        "mini offline-flash",
        "mini",
        Some("offline-flash"),
        |d| light::every(d, 3000.0, PATIENCE),
        &[("colours", "red")],
    ),
    scene(
        "mini reset-accepted",
        "mini",
        Some("reset-accepted"),
        blink,
        &[("colours", "red-blue")],
    ),
    scene(
        "mini pairing",
        "mini",
        Some("pairing"),
        blink,
        &[("colours", "green-blue")],
    ),
    scene(
        "mini recording",
        "mini",
        Some("recording"),
        |_| Light::Lit,
        &[("colours", "blue")],
    ),
    scene(
        "doorbell pairing",
        "doorbell",
        Some("pairing"),
        blink,
        &[("colour", "red")],
    ),
    scene(
        "doorbell setup-failed",
        "doorbell",
        Some("setup-failed"),
        |_| Light::Lit,
        &[("colour", "red")],
    ),
    scene(
        "doorbell button",
        "doorbell",
        Some("button-pressed"),
        blink,
        &[("colour", "blue")],
    ),
    scene(
        "doorbell idle",
        "doorbell",
        Some("idle"),
        |_| Light::Dark,
        &[("works-in-app", "yes")],
    ),
    scene(
        "sync starting",
        "sync-module",
        Some("starting"),
        |_| Light::Lit,
        &[("which-blinks", "neither"), ("which-lit", "blue")],
    ),
    scene(
        "sync pairing",
        "sync-module",
        Some("pairing"),
        blink,
        &[("which-blinks", "blue"), ("which-lit", "both")],
    ),
    scene(
        "sync offline",
        "sync-module",
        Some("offline"),
        blink,
        &[("which-blinks", "green"), ("which-lit", "both")],
    ),
    scene(
        "sync wrong-password",
        "sync-module",
        Some("wrong-password"),
        |_| Light::Lit,
        &[("which-blinks", "neither"), ("which-lit", "red")],
    ),
    scene(
        "sync online",
        "sync-module",
        Some("online"),
        |_| Light::Lit,
        &[("which-blinks", "neither"), ("which-lit", "both")],
    ),
];

/// Rhythms that are no signal of the outdoor camera.
pub const NO_CODE: &[Scene] = &[
    scene(
        "2 Hz",
        "outdoor",
        None,
        |d| light::every(d, 500.0, 9000.0),
        &[],
    ),
    scene(
        "every 1.5 s",
        "outdoor",
        None,
        |d| light::every(d, 1500.0, 20_000.0),
        &[],
    ),
    scene(
        "every 5 s",
        "outdoor",
        None,
        |d| light::every(d, 5000.0, 45_000.0),
        &[],
    ),
    scene("random", "outdoor", None, random, &[]),
    scene("two devices", "outdoor", None, two, &[]),
    scene(
        "3 flashes, again",
        "outdoor",
        None,
        |d| light::bursts(d, 3, 400.0, 2500.0, 22_000.0),
        &[],
    ),
];

/// Flashes without rhythm at lights stated only to blink: no signal to an observer who knows that a device keeps
/// time, and the signal itself to one who takes "blink" literally.
pub const UNTIMED: &[Scene] = &[
    scene(
        "random, mini",
        "mini",
        None,
        random,
        &[("colours", "green-blue")],
    ),
    scene(
        "random, doorbell",
        "doorbell",
        None,
        random,
        &[("colour", "blue")],
    ),
    scene(
        "random, sync",
        "sync-module",
        None,
        random,
        &[("which-blinks", "green"), ("which-lit", "both")],
    ),
];

const fn scene(
    name: &'static str,
    model: &'static str,
    truth: Option<&'static str>,
    light: fn(&mut Dice) -> Light,
    answers: &'static [(&'static str, &'static str)],
) -> Scene {
    Scene {
        name,
        model,
        truth,
        light,
        answers,
        before: &[],
    }
}

fn starting(dice: &mut Dice) -> Light {
    let count = dice.whole(3, 5);
    light::long_then_short(dice, count, 3000.0, PATIENCE + 6000.0)
}

fn battery(dice: &mut Dice) -> Light {
    let (count, every) = (dice.whole(5, 6), dice.between(280.0, 650.0));
    light::burst(dice, count, every)
}

fn blink(dice: &mut Dice) -> Light {
    let period = dice.between(500.0, 2000.0);
    light::every(dice, period, 16_000.0)
}

/// Flashes without any rhythm: gaps of every length, at a mean that differs from scene to scene.
fn random(dice: &mut Dice) -> Light {
    let mean = dice.between(700.0, 2500.0);
    let mut at = dice.between(300.0, 2000.0);
    let mut all = Vec::new();
    while at < 24_000.0 {
        all.push(Blink {
            at,
            lit: 100.0,
            burst: false,
        });
        at += 250.0 + dice.wait(mean);
    }
    Light::Flashes(all)
}

fn two(dice: &mut Dice) -> Light {
    let (a, b) = (dice.between(1200.0, 2600.0), dice.between(2700.0, 4500.0));
    let (a, b) = (
        light::every(dice, a, 24_000.0),
        light::every(dice, b, 24_000.0),
    );
    light::both(a, b)
}

/// The attempt of this index at a scene.
pub fn attempt(scene: &Scene, stress: &Stress, seed: u64, index: u64) -> Attempt {
    let name = scene
        .name
        .bytes()
        .fold(seed, |n, b| n.wrapping_mul(31).wrapping_add(u64::from(b)));
    let dice = &mut Dice::new(name, index);
    let person = Person::draw(dice, stress);
    let light = (scene.light)(dice);
    let mut attempt = Attempt {
        before: scene.before.to_vec(),
        ..Attempt::default()
    };
    match &light {
        Light::Flashes(blinks) => {
            let tapped = tap(&person, blinks, dice);
            attempt.last_flash = blinks.last().map_or(0.0, |b| b.at);
            attempt.to_the_eye = tapped
                .taps
                .first()
                .and_then(|tap| to_the_eye(blinks, tap.at));
            let over = blinks.len() < 8;
            let mut until = attempt.last_flash + if over { 14_000.0 } else { 1000.0 };
            if over
                && tapped.left.is_none()
                && dice.chance(person.says_so)
                && !tapped.taps.is_empty()
            {
                until = attempt.last_flash + dice.between(1500.0, 6000.0);
                attempt.stopped = true;
            }
            if let Some(left) = tapped.left {
                // Mostly the phone notices; sometimes it is just put down.
                until = if dice.chance(0.8) {
                    left + dice.between(0.0, 3000.0)
                } else {
                    until
                };
            }
            attempt.until = until.max(tapped.taps.last().map_or(0.0, |t| t.at));
            attempt.taps = tapped.taps;
        }
        Light::Lit => lit(&person, &mut attempt, dice),
        Light::Dark => dark(&mut attempt, dice),
    }
    attempt.answers = scene.answers.to_vec();
    attempt.answers.retain(|_| !dice.chance(person.unsure));
    attempt
}

fn lit(person: &Person, attempt: &mut Attempt, dice: &mut Dice) {
    if dice.chance(0.8) || !person.holds {
        attempt.look = Some(Look::Steady);
        attempt.until = dice.between(1500.0, 6000.0);
    } else {
        let (at, held) = (dice.between(500.0, 3000.0), dice.between(1500.0, 6000.0));
        attempt.taps = vec![Pressed {
            at,
            held: Some(held),
        }];
        attempt.until = at + held + dice.between(1000.0, 4000.0);
    }
}

/// A person who sees no light states it: "it has stopped" is offered to those who have tapped.
fn dark(attempt: &mut Attempt, dice: &mut Dice) {
    attempt.until = dice.between(4000.0, 15_000.0);
    attempt.look = Some(Look::Dark);
}
