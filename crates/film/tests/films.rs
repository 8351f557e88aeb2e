//! Films made here, with a light whose truth is known.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use led_doctor_film::{Colour, Film, Picture, Reading, Refusal};
use proptest::prelude::*;

const WIDTH: usize = 320;
const HEIGHT: usize = 180;

/// How a film is made.
#[derive(Clone)]
struct Scene {
    /// When the light comes on and for how long, in ms.
    flashes: Vec<(f64, f64)>,
    rate: f64,
    lasts: f64,
    /// Its place and its brightness at most, of 255.
    at: (i32, i32),
    light: [f64; 3],
    /// How large it is, in pixels.
    radius: f64,
    /// How far the hand moves, in pixels.
    shake: f64,
    /// The camera's own brightness over time.
    exposure: fn(f64) -> f64,
    /// A steady light beside it.
    has_neighbour: bool,
    /// Pictures that are lost.
    drops: fn(usize) -> bool,
    noise: f64,
}

impl Default for Scene {
    fn default() -> Scene {
        Scene {
            flashes: every(1000.0, 200.0, 6000.0),
            rate: 30.0,
            lasts: 6000.0,
            at: (170, 95),
            light: [230.0, 40.0, 30.0],
            radius: 3.0,
            shake: 0.0,
            exposure: |_| 1.0,
            has_neighbour: false,
            drops: |_| false,
            noise: 3.0,
        }
    }
}

fn every(period: f64, lit: f64, until: f64) -> Vec<(f64, f64)> {
    let count = (until / period) as usize;
    (0..count)
        .map(|n| (430.0 + n as f64 * period, lit))
        .collect()
}

/// A number from 0 to 1 that depends on nothing but these.
fn hash(x: i32, y: i32, z: i32) -> f64 {
    let mut h = (x as u32).wrapping_mul(0x9E37_79B1)
        ^ (y as u32).wrapping_mul(0x85EB_CA77)
        ^ (z as u32).wrapping_mul(0xC2B2_AE3D);
    h ^= h >> 15;
    h = h.wrapping_mul(0x2C1B_3C6D);
    h ^= h >> 12;
    h = h.wrapping_mul(0x297A_2D39);
    h ^= h >> 15;
    f64::from(h) / f64::from(u32::MAX)
}

/// A room: patches and edges.
fn room(x: i32, y: i32) -> f64 {
    let patch = 40.0 + 90.0 * hash(x.div_euclid(23), y.div_euclid(17), 1);
    let grain = 10.0 * hash(x.div_euclid(3), y.div_euclid(3), 2);
    patch + grain
}

impl Scene {
    fn is_on(&self, ms: f64) -> bool {
        self.flashes
            .iter()
            .any(|(at, lit)| (*at..at + lit).contains(&ms))
    }

    fn hand(&self, ms: f64) -> (i32, i32) {
        let s = ms / 1000.0;
        let x = (s * 1.7).sin() + 0.5 * (s * 4.1 + 1.0).sin();
        let y = (s * 1.3 + 2.0).sin() + 0.5 * (s * 3.3).sin();
        (
            (self.shake * x / 1.5).round() as i32,
            (self.shake * y / 1.5).round() as i32,
        )
    }

    fn picture(&self, nth: usize, ms: f64) -> Picture {
        // The light is seen for as long as the shutter is open: a third of the picture's time.
        let open = 1000.0 / self.rate / 3.0;
        let shares = (0..4)
            .filter(|part| self.is_on(ms + open * f64::from(*part) / 4.0))
            .count();
        let on = shares as f64 / 4.0;
        let (dx, dy) = self.hand(ms);
        let exposure = (self.exposure)(ms);
        let mut channels =
            [const { Vec::new() }; 3].map(|_: Vec<u8>| Vec::with_capacity(WIDTH * HEIGHT));
        for y in 0..HEIGHT as i32 {
            for x in 0..WIDTH as i32 {
                let (sx, sy) = (x - dx, y - dy);
                let base = room(sx, sy);
                let glow = |(lx, ly): (i32, i32)| {
                    let d = f64::from((sx - lx).pow(2) + (sy - ly).pow(2)).sqrt();
                    (1.0 - (d - self.radius).max(0.0) / 5.0).max(0.0)
                };
                let own = glow(self.at) * on;
                let other = if self.has_neighbour {
                    glow((self.at.0 + 22, self.at.1))
                } else {
                    0.0
                };
                for (c, channel) in channels.iter_mut().enumerate() {
                    let noise = self.noise * (hash(x, y, (nth * 3 + c) as i32 + 10) - 0.5) * 2.0;
                    let lit = base + own * self.light[c] + other * [20.0, 200.0, 30.0][c];
                    channel.push((lit * exposure + noise).clamp(0.0, 255.0) as u8);
                }
            }
        }
        Picture {
            width: WIDTH,
            height: HEIGHT,
            channels,
        }
    }

    fn film(&self, at: Option<(f64, f64)>) -> Result<Reading, Refusal> {
        let mut film = Film::new(WIDTH, at);
        for nth in 0..(self.lasts * self.rate / 1000.0) as usize {
            let ms = nth as f64 * 1000.0 / self.rate;
            if !(self.drops)(nth) {
                film.push(&self.picture(nth, ms), ms);
            }
        }
        film.read()
    }

    fn pointed(&self) -> Result<Reading, Refusal> {
        self.film(Some((
            f64::from(self.at.0) + 4.0,
            f64::from(self.at.1) - 3.0,
        )))
    }

    /// Every flash is read, and none else; edges within this many ms, less what all have in common: the shutter's own delay.
    fn is_read(&self, reading: &Reading, within: f64) {
        let truth: Vec<(f64, bool)> = self
            .flashes
            .iter()
            .flat_map(|(at, lit)| [(*at, true), (at + lit, false)])
            .filter(|(at, _)| *at < self.lasts - 100.0)
            .collect();
        let seen: Vec<(f64, bool)> = reading
            .edges
            .iter()
            .map(|edge| (edge.at, edge.on))
            .collect();
        assert_eq!(seen.len(), truth.len(), "{seen:?} for {truth:?}");
        let mut off: Vec<f64> = truth.iter().zip(&seen).map(|(a, b)| b.0 - a.0).collect();
        assert!(truth.iter().zip(&seen).all(|(a, b)| a.1 == b.1));
        let mean = off.iter().sum::<f64>() / off.len() as f64;
        off.iter_mut().for_each(|off| *off = (*off - mean).abs());
        off.sort_by(f64::total_cmp);
        let p95 = off[(off.len() - 1) * 95 / 100];
        assert!(p95 <= within, "{p95} ms off: {off:?}");
        assert!(mean.abs() < 1000.0 / self.rate, "{mean} ms late");
    }
}

#[test]
fn a_light_is_read_where_somebody_points_and_where_nobody_does() {
    let scene = Scene::default();
    let pointed = scene.pointed().unwrap();
    scene.is_read(&pointed, 16.0);
    assert_eq!(pointed.colour, Colour::Red);
    assert!((pointed.rate - 30.0).abs() < 0.1 && pointed.unknown.is_empty());
    let found = scene.film(None).unwrap();
    scene.is_read(&found, 16.0);
    let (x, y) = found.at;
    assert!(
        (x - 170.0).abs() < 9.0 && (y - 95.0).abs() < 9.0,
        "{x}, {y}"
    );
}

#[test]
fn every_usual_rate_is_enough() {
    for rate in [15.0, 20.0, 24.0, 60.0] {
        let scene = Scene {
            rate,
            ..Scene::default()
        };
        scene.is_read(&scene.pointed().unwrap(), 500.0 / rate);
    }
}

#[test]
fn a_hand_that_shakes_a_camera_that_adapts_and_a_light_beside_it_change_nothing() {
    for (shake, has_neighbour) in [(4.0, false), (12.0, false), (6.0, true)] {
        let scene = Scene {
            shake,
            has_neighbour,
            exposure: |ms| 0.75 + 0.25 * (ms / 2500.0).sin(),
            ..Scene::default()
        };
        scene.is_read(&scene.pointed().unwrap(), 17.0);
    }
}

#[test]
fn a_saturated_and_a_dim_light_are_read() {
    for light in [[255.0, 255.0, 255.0], [45.0, 10.0, 8.0]] {
        let scene = Scene {
            light,
            shake: 3.0,
            ..Scene::default()
        };
        scene.is_read(&scene.pointed().unwrap(), 17.0);
    }
}

#[test]
fn lost_pictures_are_unknown_only_where_many_are_missing() {
    let scene = Scene {
        drops: |nth| nth % 11 == 5,
        ..Scene::default()
    };
    let reading = scene.pointed().unwrap();
    scene.is_read(&reading, 25.0);
    let scene = Scene {
        flashes: vec![
            (500.0, 200.0),
            (1500.0, 200.0),
            (4500.0, 200.0),
            (5500.0, 200.0),
        ],
        drops: |nth| (80..100).contains(&nth),
        ..Scene::default()
    };
    let reading = scene.pointed().unwrap();
    let (from, to) = reading.unknown[0];
    assert!(from < 2700.0 && to > 3290.0, "{from} to {to}");
}

#[test]
fn one_flash_and_then_dark_is_two_edges() {
    let scene = Scene {
        flashes: vec![(1500.0, 120.0)],
        lasts: 6000.0,
        ..Scene::default()
    };
    let reading = scene.pointed().unwrap();
    assert_eq!(reading.edges.len(), 2, "{:?}", reading.edges);
    assert!((reading.edges[0].at - 1500.0).abs() < 30.0);
}

#[test]
fn what_does_not_blink_is_refused() {
    let still = |scene: Scene| Scene {
        flashes: Vec::new(),
        ..scene
    };
    // Nothing at all; a steady light; a hand that moves; a camera that hunts.
    let scenes = [
        still(Scene::default()),
        still(Scene {
            has_neighbour: true,
            ..Scene::default()
        }),
        still(Scene {
            shake: 12.0,
            has_neighbour: true,
            ..Scene::default()
        }),
        still(Scene {
            has_neighbour: true,
            exposure: |ms| {
                if (ms / 900.0) as i32 % 2 == 0 {
                    0.8
                } else {
                    1.0
                }
            },
            ..Scene::default()
        }),
    ];
    for (nth, scene) in scenes.iter().enumerate() {
        for at in [None, Some((192.0, 95.0)), Some((60.0, 50.0))] {
            let read = scene.film(at);
            assert!(
                read.is_err(),
                "scene {nth} at {at:?}: {:?}",
                read.map(|read| read.edges.len())
            );
        }
    }
}

#[test]
fn each_reason_is_its_own() {
    let short = Scene {
        lasts: 150.0,
        ..Scene::default()
    };
    assert_eq!(short.pointed(), Err(Refusal::TooShort));
    // Six flashes a second, of 80 ms, at fifteen pictures.
    let fast = Scene {
        flashes: every(166.0, 83.0, 6000.0),
        rate: 15.0,
        ..Scene::default()
    };
    assert!(matches!(
        fast.pointed(),
        Err(Refusal::TooFast | Refusal::NoLight)
    ));
    let dark = Scene {
        exposure: |_| 0.0,
        noise: 2.0,
        ..Scene::default()
    };
    assert_eq!(dark.pointed(), Err(Refusal::TooDark));
}

#[test]
fn hostile_films_end() {
    let mut film = Film::new(0, Some((f64::NAN, 1e300)));
    let nothing = Picture {
        width: 0,
        height: 0,
        channels: [const { Vec::new() }; 3],
    };
    for ms in [0.0, f64::NAN, -5.0, 1e300, f64::INFINITY, 2.0] {
        film.push(&nothing, ms);
    }
    assert!(film.read().is_err());
    assert!(Picture::from_rgba(usize::MAX, 2, &[]).is_none());
    assert!(Picture::from_rgba(2, 2, &[0; 15]).is_none());
    // A time base that jumps back, and pictures of another size, are left out.
    let scene = Scene::default();
    let mut film = Film::new(WIDTH, Some((170.0, 95.0)));
    for nth in 0..300 {
        let ms = f64::from(nth) * 1000.0 / 30.0;
        film.push(&scene.picture(nth as usize, ms), ms);
        film.push(&nothing, ms + 1.0);
        film.push(&scene.picture(0, 0.0), ms - 500.0);
    }
    scene.is_read(&film.read().unwrap(), 17.0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn brighter_moved_and_doubled_pictures_change_no_reading(
        bright in 0.7..1.25_f64, (dx, dy) in (-9..9_i32, -9..9_i32), double in any::<bool>(),
    ) {
        let scene = Scene { lasts: 5000.0, ..Scene::default() };
        let moved = Scene { at: (scene.at.0 + dx, scene.at.1 + dy), ..scene.clone() };
        let mut film = Film::new(WIDTH, Some((f64::from(moved.at.0), f64::from(moved.at.1))));
        for nth in 0..150 {
            let ms = nth as f64 * 1000.0 / 30.0;
            let mut picture = moved.picture(nth, ms);
            for value in picture.channels.iter_mut().flatten() {
                *value = (f64::from(*value) * bright).min(255.0) as u8;
            }
            film.push(&picture, ms);
            if double && nth % 7 == 3 {
                film.push(&picture, ms + 15.0);
            }
        }
        moved.is_read(&film.read().unwrap(), 20.0);
    }
}
