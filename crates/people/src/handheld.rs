//! Films that somebody holds in their hand, of a light that may be smaller than a pixel of the picture that is read: the truth is known.
//!
//! All lengths are in pixels of a picture of [`SIZE`]; the camera itself sees [`FINE`] dots on each. The scene is a drawn room that the hand
//! moves, turns and comes nearer to by parts of a pixel, blurred while the shutter is open.

use crate::dice::Dice;
use crate::film::{Channels, Flashes, SIZE, hash};
use std::f64::consts::TAU;

/// Dots of the camera for each pixel: a film of 1280 × 720.
pub const FINE: usize = 4;
/// The room reaches so far beyond the first picture, in pixels.
const BEYOND: i32 = 170;
/// So often the scene is drawn while the shutter is open.
const PARTS: usize = 3;

/// How a hand holds a camera.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hand {
    /// How far it drifts to and fro within seconds, in pixels.
    pub drift: f64,
    /// How far it trembles, several times a second, in pixels.
    pub tremor: f64,
    /// How far it turns to either side, in degrees.
    pub turn: f64,
    /// By which share it comes nearer and goes away again.
    pub nearer: f64,
    /// How far it has wandered off at the end, in pixels.
    pub wander: f64,
}

impl Hand {
    /// Somebody who holds still, as people do for a film of some seconds.
    pub const STILL: Hand = Hand {
        drift: 5.0,
        tremor: 0.6,
        turn: 0.5,
        nearer: 0.01,
        wander: 0.0,
    };
    /// Somebody who stretches to a ceiling.
    pub const STRETCHED: Hand = Hand {
        drift: 20.0,
        tremor: 1.5,
        turn: 2.0,
        nearer: 0.03,
        wander: 0.0,
    };
}

/// How a film is made.
#[derive(Clone)]
pub struct Handheld {
    /// The light.
    pub flashes: Flashes,
    /// Pictures a second.
    pub rate: f64,
    /// How long the film lasts, in ms.
    pub lasts: f64,
    /// The light's place.
    pub at: (f64, f64),
    /// By how much it makes red, green and blue brighter, of 255.
    pub light: [f64; 3],
    /// How large it is: half its width.
    pub radius: f64,
    /// How bright the room is: 1 by day, .02 at night.
    pub room: f64,
    /// Noise of each dot, of 255: standard deviation.
    pub noise: f64,
    /// Who holds it.
    pub hand: Hand,
    /// A steady light of the same kind, this far beside it.
    pub steady: Option<(f64, f64)>,
    /// A screen on which something plays is in the picture.
    pub has_screen: bool,
    /// By which share the camera darkens the picture when the light is on, within a third of a second.
    pub adapts: f64,
    /// Draws the room and the hand.
    pub seed: u64,
}

/// Where the camera is at a moment.
#[derive(Clone, Copy)]
struct Pose {
    x: f64,
    y: f64,
    cos: f64,
    sin: f64,
}

/// A part of a picture: its corner and its size, in pixels of a picture of [`SIZE`], and how many dots there are on each.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// Dots from left to right.
    pub width: usize,
    /// Dots from top to bottom.
    pub height: usize,
    /// Dots on each pixel.
    pub fine: f64,
}

impl Part {
    /// The whole picture, small.
    #[must_use]
    pub fn whole() -> Part {
        Part {
            left: 0.0,
            top: 0.0,
            width: SIZE.0,
            height: SIZE.1,
            fine: 1.0,
        }
    }

    /// A square of it with every dot of the camera, given in those dots.
    #[must_use]
    pub fn square(left: i32, top: i32, size: usize) -> Part {
        Part {
            left: f64::from(left) / FINE as f64,
            top: f64::from(top) / FINE as f64,
            width: size,
            height: size,
            fine: FINE as f64,
        }
    }
}

/// A film that is being made.
pub struct Made<'a> {
    film: &'a Handheld,
    room: Vec<f32>,
    phases: Vec<f64>,
    noise: Vec<f64>,
    nth: usize,
    gain: f64,
}

const WIDE: usize = (SIZE.0 as i32 + 2 * BEYOND) as usize * FINE;
const HIGH: usize = (SIZE.1 as i32 + 2 * BEYOND) as usize * FINE;

impl Handheld {
    /// Begins to make it.
    #[must_use]
    pub fn make(&self) -> Made<'_> {
        let dice = &mut Dice::new(self.seed, 77);
        let seed = (self.seed % 1000) as i32;
        let (patch, shelf) = (
            dice.between(17.0, 60.0) as i32,
            dice.between(3.0, 9.0) as i32,
        );
        let room = (0..HIGH as i32)
            .flat_map(|y| (0..WIDE as i32).map(move |x| (x, y)))
            .map(|(x, y)| {
                let (x, y) = (x / FINE as i32, y / FINE as i32);
                let large = 40.0 + 90.0 * hash(x / patch, y / (patch - 5), seed);
                let small = 14.0 * hash(x / shelf, y / shelf, seed + 2);
                (large + small) as f32
            })
            .collect();
        Made {
            film: self,
            room,
            phases: (0..20).map(|_| dice.between(0.0, TAU)).collect(),
            noise: (0..1 << 16).map(|_| dice.normal(0.0, self.noise)).collect(),
            nth: 0,
            gain: 1.0,
        }
    }

    fn is_on(&self, ms: f64) -> bool {
        let mut flashes = self.flashes.iter();
        flashes.any(|(at, lit)| (*at..at + lit).contains(&ms))
    }

    /// How many pictures it has.
    #[must_use]
    pub fn count(&self) -> usize {
        (self.lasts * self.rate / 1000.0) as usize
    }
}

impl Made<'_> {
    /// Moves to the next picture: its time in ms.
    pub fn advance(&mut self) -> Option<f64> {
        if self.nth >= self.film.count() {
            return None;
        }
        let ms = self.nth as f64 * 1000.0 / self.film.rate;
        let wanted = if self.film.is_on(ms) {
            1.0 - self.film.adapts
        } else {
            1.0
        };
        let follows = 1.0 - (-1000.0 / self.film.rate / 330.0).exp();
        self.gain += follows * (wanted - self.gain);
        self.nth += 1;
        Some(ms)
    }

    fn pose(&self, ms: f64) -> Pose {
        let s = ms / 1000.0;
        let hand = self.film.hand;
        let wave = |hz: f64, nth: usize| {
            let phase = self.phases.get(nth).copied().unwrap_or(0.0);
            (TAU * hz * s + phase).sin() - phase.sin()
        };
        let slow =
            |nth| 0.5 * (wave(0.13, nth) + 0.6 * wave(0.31, nth + 1) + 0.4 * wave(0.74, nth + 2));
        let quick = |nth| 0.5 * (wave(3.1, nth) + wave(7.3, nth + 1));
        let off = hand.wander * s * 1000.0 / self.film.lasts;
        let turn = (hand.turn * 0.5 * wave(0.21, 10)).to_radians();
        let scale = 1.0 + hand.nearer * 0.5 * wave(0.17, 11);
        Pose {
            x: hand.drift * slow(0) + hand.tremor * quick(6) + off,
            y: 0.7 * hand.drift * slow(3) + hand.tremor * quick(8) - 0.3 * off,
            cos: scale * turn.cos(),
            sin: scale * turn.sin(),
        }
    }

    /// A part of the picture that [`Made::advance`] came to.
    #[must_use]
    pub fn look(&self, part: Part) -> Channels {
        let film = self.film;
        let ms = (self.nth.max(1) - 1) as f64 * 1000.0 / film.rate;
        let open = 1000.0 / film.rate / 3.0;
        let poses: Vec<(Pose, bool)> = (0..PARTS)
            .map(|part| ms + open * (part as f64 + 0.5) / PARTS as f64)
            .map(|ms| (self.pose(ms), film.is_on(ms)))
            .collect();
        let mut channels = [const { Vec::new() }; 3]
            .map(|_: Vec<u8>| Vec::with_capacity(part.width * part.height));
        let mut grain = (hash(self.nth as i32, part.width as i32, 20) * 65536.0) as usize;
        // Several dots of the camera are the mean of a pixel: less noise.
        let quiet = part.fine / FINE as f64;
        let middle = (SIZE.0 as f64 / 2.0, SIZE.1 as f64 / 2.0);
        let shown: Vec<Pose> = poses
            .iter()
            .filter(|(_, on)| *on)
            .map(|(pose, _)| *pose)
            .collect();
        let still = self.pose(ms + open / 2.0);
        for row in 0..part.height {
            for column in 0..part.width {
                let px = part.left + (column as f64 + 0.5) / part.fine - middle.0;
                let py = part.top + (row as f64 + 0.5) / part.fine - middle.1;
                let place = |pose: &Pose| {
                    let x = pose.cos * px + pose.sin * py + middle.0 - pose.x;
                    let y = pose.cos * py - pose.sin * px + middle.1 - pose.y;
                    (x, y)
                };
                let (x, y) = place(&still);
                let base = self.room_at(x, y, part.fine) * film.room + self.screen(x, y, ms);
                let lit = shown
                    .iter()
                    .map(|pose| self.glow(film.at, place(pose), part.fine));
                let own = lit.sum::<f64>() / PARTS as f64;
                let steady = film.steady.map_or(0.0, |(dx, dy)| {
                    self.glow((film.at.0 + dx, film.at.1 + dy), (x, y), part.fine)
                });
                for ((channel, light), other) in
                    channels.iter_mut().zip(film.light).zip([40.0, 220.0, 60.0])
                {
                    let noise = self.noise.get(grain % (1 << 16)).copied().unwrap_or(0.0);
                    grain += 1;
                    let value = (base + own * light + steady * other) * self.gain + noise * quiet;
                    channel.push(value.clamp(0.0, 255.0) as u8);
                }
            }
        }
        channels
    }

    fn screen(&self, x: f64, y: f64, ms: f64) -> f64 {
        let (x, y) = ((x - 20.0) / 20.0, (y - 20.0) / 20.0);
        if !self.film.has_screen || !(0.0..5.0).contains(&x) || !(0.0..3.0).contains(&y) {
            return 0.0;
        }
        160.0 * hash(x as i32, y as i32, 30 + (ms / 700.0) as i32)
    }

    /// The room there: between its dots, and over a whole pixel where the picture is small.
    fn room_at(&self, x: f64, y: f64, fine: f64) -> f64 {
        let (column, row) = (
            ((x + f64::from(BEYOND)) * FINE as f64 - 0.5).clamp(1.0, WIDE as f64 - 3.0),
            ((y + f64::from(BEYOND)) * FINE as f64 - 0.5).clamp(1.0, HIGH as f64 - 3.0),
        );
        let dot = |dx: usize, dy: usize| {
            let at = (row as usize + dy) * WIDE + column as usize + dx;
            self.room.get(at).copied().map_or(0.0, f64::from)
        };
        if fine < 1.5 {
            return (dot(0, 0) + dot(2, 0) + dot(0, 2) + dot(2, 2)) / 4.0;
        }
        let (fx, fy) = (column.fract(), row.fract());
        (1.0 - fy) * ((1.0 - fx) * dot(0, 0) + fx * dot(1, 0))
            + fy * ((1.0 - fx) * dot(0, 1) + fx * dot(1, 1))
    }

    /// How much of a light at a place is seen elsewhere, over a dot of that size: a disk with a soft edge.
    fn glow(&self, (lx, ly): (f64, f64), (x, y): (f64, f64), fine: f64) -> f64 {
        let radius = self.film.radius;
        let reach = radius + 2.0 / fine + 1.0;
        if (x - lx).abs() > reach || (y - ly).abs() > reach {
            return 0.0;
        }
        let parts = if fine > 1.5 { 2 } else { 8 };
        let mut sum = 0.0;
        for row in 0..parts {
            for column in 0..parts {
                let of = |nth: usize| ((nth as f64 + 0.5) / f64::from(parts as u32) - 0.5) / fine;
                let d = (x + of(column) - lx).hypot(y + of(row) - ly);
                // As a lens makes it: sharp to a dot of the camera.
                sum += (1.0 - (d - radius) * FINE as f64).clamp(0.0, 1.0);
            }
        }
        sum / f64::from((parts * parts) as u32)
    }
}
