//! Films made here, with a light whose truth is known.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use led_doctor_film::{Colour, Film, Picture, Reading, Refusal};
use led_doctor_people::film::{Channels, Film as Scene, SIZE, every, hunting};
use led_doctor_people::handheld::{FINE, Hand, Handheld, Part};
use proptest::prelude::*;

const WIDTH: usize = SIZE.0;

fn picture(channels: Channels) -> Picture {
    Picture {
        width: SIZE.0,
        height: SIZE.1,
        channels,
    }
}

/// What is read of a film.
trait Read {
    fn film(&self, at: Option<(f64, f64)>) -> Result<Reading, Refusal>;
    fn pointed(&self) -> Result<Reading, Refusal>;
    fn is_read(&self, reading: &Reading, within: f64);
}

impl Read for Scene {
    fn film(&self, at: Option<(f64, f64)>) -> Result<Reading, Refusal> {
        let mut film = Film::new(WIDTH, at);
        for (ms, channels) in self.pictures() {
            film.push(&picture(channels), ms);
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
fn how_near_a_light_is_can_be_told_before_it_is_read() {
    let nearness = |scene: Scene| {
        let mut film = Film::new(WIDTH, None);
        for (ms, channels) in scene.pictures() {
            film.push(&picture(channels), ms);
        }
        film.nearness()
    };
    let still = nearness(Scene {
        flashes: Vec::new(),
        ..Scene::default()
    });
    assert!(still < 0.7, "{still}");
    assert!(nearness(Scene::default()) >= 1.0);
    assert!(Film::new(WIDTH, None).nearness() <= 0.0);
}

#[test]
fn a_second_light_is_named_where_nobody_points() {
    let one = Scene::default();
    assert_eq!(one.film(None).unwrap().others, []);
    let two = Scene {
        second: Some(((60, 50), every(700.0, 300.0, 6000.0))),
        ..one
    };
    let found = two.film(None).unwrap();
    let mut places = vec![found.at];
    places.extend(&found.others);
    assert_eq!(places.len(), 2, "{places:?}");
    for (x, y) in [(170.0, 95.0), (60.0, 50.0)] {
        let is_near = |place: &(f64, f64)| (place.0 - x).abs() < 9.0 && (place.1 - y).abs() < 9.0;
        assert!(places.iter().any(is_near), "{x}, {y}: {places:?}");
    }
    assert_eq!(two.pointed().unwrap().others, []);
}

#[test]
fn a_large_light_is_one_light() {
    let large = Scene {
        radius: 22.0,
        light: [255.0; 3],
        ..Scene::default()
    };
    assert_eq!(large.film(None).unwrap().others, []);
}

/// Somebody who stretches an arm, and a light as small as it is from two metres away.
fn stretched(radius: f64) -> Handheld {
    Handheld {
        flashes: every(1400.0, 200.0, 7000.0),
        rate: 30.0,
        lasts: 8000.0,
        at: (150.0, 80.0),
        light: [230.0, 40.0, 30.0],
        radius,
        room: 1.0,
        noise: 3.0,
        hand: Hand::STRETCHED,
        steady: None,
        has_screen: false,
        adapts: 0.1,
        seed: 5,
    }
}

/// Pointed at, a few pixels beside it.
fn held(film: &Handheld) -> Result<Reading, Refusal> {
    let fine = FINE as f64;
    let at = ((film.at.0 + 4.0) * fine, (film.at.1 - 3.0) * fine);
    let mut reader = Film::new(SIZE.0 * FINE, Some(at));
    let mut made = film.make();
    let of = |part: Part, channels: Channels| Picture {
        width: part.width,
        height: part.height,
        channels,
    };
    while let Some(ms) = made.advance() {
        let whole = Part::whole();
        reader.push(&of(whole, made.look(whole)), ms);
        if let Some(window) = reader.window() {
            let close = Part::square(window.left, window.top, window.size);
            reader.look(&of(close, made.look(close)));
        }
    }
    reader.read()
}

/// Every flash of it was read until then, and none else.
fn is_read_until(film: &Handheld, reading: &Reading, ms: f64) {
    let edges = reading.edges.iter().filter(|edge| edge.on);
    let on: Vec<f64> = edges.map(|edge| edge.at).filter(|at| *at < ms).collect();
    let truth = film.flashes.iter().map(|(at, _)| *at);
    let truth: Vec<f64> = truth.filter(|at| *at < ms).collect();
    assert_eq!(on.len(), truth.len(), "{on:?}");
    let mut both = on.iter().zip(&truth);
    assert!(both.all(|(seen, at)| (seen - at).abs() < 50.0), "{on:?}");
}

#[test]
fn a_light_smaller_than_a_pixel_is_read_from_a_hand_that_is_not_still() {
    for radius in [1.0, 0.25] {
        let film = stretched(radius);
        let reading = held(&film).unwrap();
        is_read_until(&film, &reading, film.lasts);
        assert_eq!(reading.colour, Colour::Red);
    }
}

#[test]
fn at_night_a_light_is_read_alone_and_beside_one_that_is_always_lit() {
    let night = Handheld {
        room: 0.05,
        noise: 6.0,
        ..stretched(0.5)
    };
    for steady in [None, Some((14.0, 3.0))] {
        let film = Handheld {
            steady,
            ..night.clone()
        };
        is_read_until(&film, &held(&film).unwrap(), film.lasts);
    }
    // So near that it lights most of what is looked at.
    let near = Handheld {
        radius: 20.0,
        hand: Hand::default(),
        ..night.clone()
    };
    is_read_until(&near, &held(&near).unwrap(), near.lasts);
    let dark = Handheld {
        flashes: Vec::new(),
        ..night
    };
    assert_eq!(held(&dark), Err(Refusal::TooDark));
    let lit = Handheld {
        steady: Some((1.0, 1.0)),
        ..dark
    };
    assert!(held(&lit).is_err());
}

#[test]
fn a_light_that_has_left_the_picture_is_unknown_and_not_dark() {
    let film = Handheld {
        hand: Hand {
            wander: 240.0,
            ..Hand::default()
        },
        ..stretched(1.0)
    };
    let reading = held(&film).unwrap();
    is_read_until(&film, &reading, 5000.0);
    let (from, to) = *reading.unknown.last().unwrap();
    assert!(from < 6000.0 && to > 7900.0, "{from} to {to}");
}

#[test]
fn a_small_light_that_is_always_lit_is_refused() {
    let still = Handheld {
        flashes: Vec::new(),
        steady: Some((1.0, 1.0)),
        ..stretched(0.5)
    };
    assert_eq!(held(&still), Err(Refusal::NoLight));
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
    // Nothing at all; a steady light; a hand that moves; a screen; a camera that hunts.
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
            shake: 2.0,
            has_screen: true,
            ..Scene::default()
        }),
        still(Scene {
            has_neighbour: true,
            exposure: hunting,
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
    let scene = Scene {
        lasts: 10_000.0,
        ..Scene::default()
    };
    let (_, first) = scene.pictures().next().unwrap();
    let first = picture(first);
    let mut film = Film::new(WIDTH, Some((170.0, 95.0)));
    for (ms, channels) in scene.pictures() {
        film.push(&picture(channels), ms);
        film.push(&nothing, ms + 1.0);
        film.push(&first, ms - 500.0);
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
        let moved = Scene { doubles: if double { |nth| nth % 7 == 3 } else { |_| false }, ..moved };
        let mut film = Film::new(WIDTH, Some((f64::from(moved.at.0), f64::from(moved.at.1))));
        for (ms, mut channels) in moved.pictures() {
            for value in channels.iter_mut().flatten() {
                *value = (f64::from(*value) * bright).min(255.0) as u8;
            }
            film.push(&picture(channels), ms);
        }
        moved.is_read(&film.read().unwrap(), 20.0);
    }
}
