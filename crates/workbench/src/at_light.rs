//! Simulated people at a pack's own lights: what they tap, and what they answer.
//!
//! The people are the bench's. The lights are made from the pack's rhythms: what is stated is kept, what is not is drawn from what such
//! lights do.

use crate::simulated::{ms, tap as tap_of};
use led_doctor_core::id::Id;
use led_doctor_core::pack::{Pack, SignalEntry};
use led_doctor_core::rhythm::{Flash, Flashes, Group, Look, Observer, Show, Span, Tap};
use led_doctor_core::session::Device;
use led_doctor_core::session::drive::{Attempt, Course, drive};
use led_doctor_people::camera::Camera;
use led_doctor_people::dice::Dice;
use led_doctor_people::light::Blink;
use led_doctor_people::person::{Person, Stress};
use led_doctor_people::tapper::{Pressed, Tapped, tap};

/// How long people keep at it, in ms.
const PATIENCE: f64 = 45_000.0;
/// By how much people differ from flash to flash on when a light that swells begins, as a share of the time between two.
/// Assumed, as above.
const BLUR: f64 = 0.08;

/// A film of a light that goes round lasts at least so long, in ms (assumed).
const FILMED: f64 = 20_000.0;

/// People say "too fast" of flashes that are closer than this, in ms (assumed).
const PEOPLE_FOLLOW: f64 = 300.0;

/// How often a person who knows the answer gives another one by mistake. Assumed: it was never measured.
const SLIPS: f64 = 0.03;

/// One person at one signal, for this many whole rounds: what they do, what they are asked, and which verdict they get.
pub fn course(
    device: &Device,
    entry: &SignalEntry,
    rounds: usize,
    stress: &Stress,
    dice: &mut Dice,
) -> Course {
    with_slips(device, entry, rounds, stress, (dice, SLIPS))
}

/// The same for a person who answers wrong this often.
pub fn with_slips(
    device: &Device,
    entry: &SignalEntry,
    rounds: usize,
    stress: &Stress,
    (dice, slips): (&mut Dice, f64),
) -> Course {
    let person = Person::draw(dice, stress);
    let attempt = watched(device, entry, rounds, &person, dice);
    let mut answers =
        |question: &Id| answer(device.pack(), entry, question, (&person, slips), dice);
    drive(device, &attempt, Some(&mut answers))
}

/// What the person of [`course`], drawn with the same dice, tapped, and what for. Nothing where the light does not flash, or too fast to be
/// tapped.
pub fn tapped(entry: &SignalEntry, rounds: usize, stress: &Stress, dice: &mut Dice) -> Tapped {
    let person = Person::draw(dice, stress);
    match light(entry, (rounds, 0.0), PEOPLE_FOLLOW, dice) {
        Seen::Flashes(blinks, _) => {
            let plain: Vec<Blink> = blinks.into_iter().map(|(blink, _)| blink).collect();
            tap(&person, &plain, dice)
        }
        Seen::Look(_) => Tapped::default(),
    }
}

/// A camera at one signal for this many whole rounds, begun at any moment of one, held by somebody who answers what is asked.
pub fn filmed(device: &Device, entry: &SignalEntry, rounds: usize, dice: &mut Dice) -> Course {
    let camera = Camera::draw(dice);
    let mut sees = |blinks: &[Blink], (start, end): (f64, f64), dice: &mut Dice| {
        Some(Sighting {
            presses: camera.film(blinks, (start, end), dice),
            until: end,
            colour: None,
        })
    };
    on_film(device, entry, rounds, (dice, SLIPS), &mut sees)
        .unwrap_or_else(|| drive(device, &Attempt::default(), None))
}

/// What an observer other than a finger saw of a light.
pub struct Sighting {
    /// The flashes, as presses.
    pub presses: Vec<Pressed>,
    /// Until when it looked, in ms.
    pub until: f64,
    /// The light's colour, where it could tell.
    pub colour: Option<Id>,
}

/// What such an observer sees of flashes between two moments, in ms; nothing where it cannot tell.
pub type Sees<'a> = dyn FnMut(&[Blink], (f64, f64), &mut Dice) -> Option<Sighting> + 'a;

/// The same for any observer; the person who holds it errs this often in an answer. `None` where it cannot tell.
pub fn on_film(
    device: &Device,
    entry: &SignalEntry,
    rounds: usize,
    (dice, slips): (&mut Dice, f64),
    sees: &mut Sees,
) -> Option<Course> {
    let person = Person::draw(dice, &Stress::default());
    let attempt = match light(entry, (rounds + 2, 1.4 * FILMED), 0.0, dice) {
        Seen::Look(look) => Attempt {
            until: ms(10_000.0),
            look: Some(look),
            ..Attempt::default()
        },
        Seen::Flashes(blinks, over) => {
            let plain: Vec<Blink> = blinks.iter().map(|(blink, _)| *blink).collect();
            let first = plain.first().map_or(0.0, |blink| blink.at);
            let last = plain.last().map_or(0.0, |blink| blink.at);
            // What goes round is met anywhere in it; what comes once is waited for.
            let (start, end) = match over {
                Some(Over { at, rounds: shown }) => {
                    // Joined anywhere, it takes one round more until this many have been complete.
                    let round = (at - first) / shown.max(1) as f64;
                    let start = first + dice.unit() * round;
                    let lasts = ((rounds + 1) as f64 * round).max(FILMED);
                    (start, (start + lasts).min(at))
                }
                None => (first - 500.0, last + 10_000.0),
            };
            let pads = !device.pads().is_empty();
            let seen = sees(&plain, (start, end), dice)?;
            Attempt {
                observer: Observer::Eye,
                colour: seen.colour,
                taps: seen
                    .presses
                    .iter()
                    .map(|pressed| Tap {
                        light: pads.then(|| colour(&blinks, pressed.at)).flatten(),
                        ..tap_of(pressed)
                    })
                    .collect(),
                until: ms(seen.until),
                ..Attempt::default()
            }
        }
    };
    let mut answers =
        |question: &Id| answer(device.pack(), entry, question, (&person, slips), dice);
    Some(drive(device, &attempt, Some(&mut answers)))
}

/// What the person does while the light shows the signal.
///
/// They leave after this many whole rounds, or when their patience ends.
fn watched(
    device: &Device,
    entry: &SignalEntry,
    rounds: usize,
    person: &Person,
    dice: &mut Dice,
) -> Attempt {
    let (blinks, over) = match light(entry, (rounds, 0.0), PEOPLE_FOLLOW, dice) {
        Seen::Flashes(blinks, over) => (blinks, over),
        Seen::Look(look) => {
            return Attempt {
                until: ms(10_000.0),
                look: Some(look),
                ..Attempt::default()
            };
        }
    };
    let plain: Vec<Blink> = blinks.iter().map(|(blink, _)| *blink).collect();
    let tapped = tap(person, &plain, dice);
    // With a pad for each light every tap states which one it was.
    let pads = !device.pads().is_empty();
    let mut taps: Vec<Tap> = tapped
        .taps
        .iter()
        .map(|pressed| Tap {
            light: pads.then(|| colour(&blinks, pressed.at)).flatten(),
            ..tap_of(pressed)
        })
        .collect();
    let last = plain.last().map_or(0.0, |blink| blink.at);
    // A light that continues is watched to the end of patience; one that has stopped, a while longer.
    let goes_on = over.is_some() || last > PATIENCE * 0.6;
    let end = tapped.left.unwrap_or(match over {
        Some(over) => over.at,
        None if goes_on => last + 500.0,
        None => last + 15_000.0,
    });
    taps.retain(|tap| tap.at.get() < end);
    Attempt {
        taps,
        until: ms(end),
        stopped: !goes_on && dice.chance(person.says_so),
        ..Attempt::default()
    }
}

/// What a person answers: mostly what the signal makes likely, now and then something else, or "not sure".
fn answer(
    pack: &Pack,
    entry: &SignalEntry,
    question: &Id,
    (person, slips): (&Person, f64),
    dice: &mut Dice,
) -> Option<Id> {
    let answers: Vec<&Id> = pack
        .file()
        .question
        .get(question.as_str())?
        .answer
        .ids()
        .collect();
    if dice.chance(person.unsure) {
        return None;
    }
    let any = |dice: &mut Dice| {
        answers
            .get(dice.whole(0, answers.len() as u64 - 1) as usize)
            .map(|id| (*id).clone())
    };
    match entry.about.expect.get(question.as_str()) {
        Some(expect) if slips <= 0.0 || dice.chance(expect.sure) && !dice.chance(slips) => {
            Some(expect.answer.clone())
        }
        Some(expect) => {
            let other = any(dice)?;
            // One of the others, where there are others.
            if other == expect.answer {
                answers
                    .iter()
                    .find(|id| ***id != expect.answer)
                    .map(|id| (*id).clone())
            } else {
                Some(other)
            }
        }
        None => any(dice),
    }
}

enum Seen {
    /// The flashes with their lights, and when all of the rounds that were asked for are over, if they are.
    Flashes(Vec<(Blink, Option<Id>)>, Option<Over>),
    Look(Look),
}

/// The end of what a light showed.
#[derive(Clone, Copy)]
struct Over {
    /// When, in ms.
    at: f64,
    /// After how many rounds.
    rounds: usize,
}

/// A light that shows the signal for this many rounds, and at least this many ms, to somebody who can follow flashes that are `follow` ms
/// apart.
fn light(entry: &SignalEntry, (rounds, least): (usize, f64), follow: f64, dice: &mut Dice) -> Seen {
    // People tap the light that flashes; what stays lit beside it they leave alone.
    let flashing = entry.layers.iter().find_map(|layer| match &layer.show {
        Show::Flashes(flashes) => Some((flashes, &layer.light)),
        _ => None,
    });
    let Some((flashes, light)) = flashing else {
        let lit = entry.layers.iter().any(|layer| layer.show == Show::Steady);
        return Seen::Look(if lit { Look::Steady } else { Look::Dark });
    };
    let pace = pace(flashes, dice);
    if pace.fastest < follow {
        return Seen::Look(Look::TooFast);
    }
    let mut blinks = Vec::new();
    // They join at any moment of a light's round.
    let mut at = dice.between(600.0, 3_000.0);
    for group in &flashes.intro {
        run(group, light, &pace, &mut at, &mut blinks, dice);
    }
    let mut round = 0;
    let patience = patience(flashes);
    while !flashes.cycle.is_empty() && at < patience && (round < rounds || at < least) {
        for group in &flashes.cycle {
            run(group, light, &pace, &mut at, &mut blinks, dice);
        }
        round += 1;
    }
    let over = Over { at, rounds: round };
    Seen::Flashes(blinks, (round >= rounds).then_some(over))
}

/// How long people keep at a light, in ms: long enough to see a slow one twice.
fn patience(flashes: &Flashes) -> f64 {
    let longest = flashes.cycle.iter().map(|group| match group.rest {
        Span::Stated(_, most) => most,
        Span::Unstated => 0.0,
    });
    longest.map(|rest| 2.5 * rest).fold(PATIENCE, f64::max)
}

/// What this one device does where the source states nothing: drawn once, because a device is the same every round.
struct Pace {
    short: f64,
    long: f64,
    gap: f64,
    pause: f64,
    share: f64,
    /// From flash to flash, where that is stated, in ms.
    fastest: f64,
}

fn pace(flashes: &Flashes, dice: &mut Dice) -> Pace {
    let fastest = flashes
        .cycle
        .iter()
        .chain(&flashes.intro)
        .filter_map(|group| match (group.every, group.rest) {
            (Span::Stated(_, slow), _) if group.count.1 > 1 => Some(slow),
            (_, Span::Stated(_, slow)) if flashes.cycle.len() == 1 && group.count == (1, 1) => {
                Some(slow)
            }
            _ => None,
        });
    let gap = dice.between(250.0, 600.0);
    // Alone, a flash comes again soon; after a group of flashes there is a pause that one can see.
    let alone = flashes.cycle.iter().all(|group| group.count == (1, 1));
    let pause = if alone {
        gap * dice.between(1.0, 3.0)
    } else {
        gap * dice.between(2.5, 5.0) + 400.0
    };
    Pace {
        short: dice.between(80.0, 300.0),
        long: dice.between(700.0, 1_300.0),
        gap,
        pause,
        share: dice.unit(),
        fastest: fastest.fold(f64::INFINITY, f64::min),
    }
}

impl Pace {
    fn of(&self, span: Span, unstated: f64) -> f64 {
        match span {
            Span::Stated(low, high) => low + (high - low) * self.share,
            Span::Unstated => unstated,
        }
    }
}

fn run(
    group: &Group,
    light: &Option<Id>,
    pace: &Pace,
    at: &mut f64,
    blinks: &mut Vec<(Blink, Option<Id>)>,
    dice: &mut Dice,
) {
    let lit = match group.flash {
        Flash::Long => pace.of(group.lit, pace.long),
        Flash::Short | Flash::Any => pace.of(group.lit, pace.short),
        Flash::Pulse => pace.of(group.lit, 2.0 * pace.short + pace.long),
        Flash::Burst => pace.of(group.lit, 2.0 * pace.short + pace.gap),
    };
    let every = pace.of(group.every, lit + pace.gap).max(lit + 80.0);
    let rest = pace.of(group.rest, lit + pace.pause).max(lit + 150.0);
    // When a light that swells begins is in the eye of who looks.
    let blurs = |step: f64, dice: &mut Dice| match group.flash {
        Flash::Pulse => dice.normal(0.0, BLUR * step),
        _ => 0.0,
    };
    let count = dice.whole(u64::from(group.count.0), u64::from(group.count.1));
    for n in 0..count {
        let step = if n + 1 < count { every } else { rest };
        let blink = Blink {
            at: *at + blurs(step, dice),
            lit,
            burst: count > 2,
        };
        blinks.push((blink, group.light.clone().or_else(|| light.clone())));
        *at += step;
    }
}

/// The colour of the flash that was last lit when a tap came.
fn colour(blinks: &[(Blink, Option<Id>)], at: f64) -> Option<Id> {
    let near = blinks
        .iter()
        .min_by(|a, b| (a.0.at - at).abs().total_cmp(&(b.0.at - at).abs()));
    near.and_then(|(_, light)| light.clone())
}
