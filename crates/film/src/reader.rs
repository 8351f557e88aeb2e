//! From pictures to edges.

use crate::blocks::{CLOSE, Grid, Place};
use crate::colour::Colour;
use crate::levels::{TwoLevels, changes, two_levels};
use crate::order::sort_by;
use crate::picture::Picture;
use crate::seen::{BLACK, Exposure, Follows, Night, Seen, Series, brightest};
use crate::track::Track;

/// The most pictures that are read: three minutes at 30 a second (bounds).
const MOST: usize = 5400;
/// Fewer carry no information (assumed).
const LEAST: usize = 8;
/// A gap of this many pictures' time is unknown (assumed).
const GAP: f64 = 2.5;
/// Two levels must be likelier than a drift by this (log): where somebody pointed, so that a single faint flash counts, and in the whole picture
/// (measured: picture edges and screens reach 55 to 109 with few edges).
const LIKELIER: (f64, f64) = (3.0, 20.0);
/// And this many spreads apart.
const APART: f64 = 4.0;
/// And brighter when on by this, of 255, before anything is divided (measured: a glow that moves the mean turns surroundings upside
/// down).
const BRIGHTER: f64 = 8.0;
/// The same of the brightest place of a block: reflections come and go there (assumed).
const BRIGHTER_PEAK: f64 = 24.0;
/// A peak is believed before a mean if it is so many times as likely (log; assumed).
const PEAK_WORTH: f64 = 0.4;
/// Where somebody pointed, the light is within this many pixels.
const POINTED: i32 = 16;
/// Edges that are needed: where somebody pointed, and in the whole picture, where much else changes once.
const EDGES: (usize, usize) = (2, 4);
/// A phase shorter than this many pictures is too fast.
const SHORTEST: f64 = 2.2;
/// Where there are but one or two flashes, a phase of fewer pictures may be a picture that is broken (assumed).
const BROKEN: f64 = 1.5;
/// Blocks that are looked at closely, for each channel: round a place, and anywhere.
const CLOSELY: (usize, usize) = (30, 48);
/// Another light is at least this many pixels away, and this share as likely (log; assumed): nearer and fainter ones are its glow.
const ELSEWHERE: i32 = 24;
const ALSO: f64 = 0.3;
/// Edges this near to each other, in ms, are of the same moment (assumed).
const SAME: f64 = 60.0;
/// Other lights that are named at most.
const OTHERS: usize = 2;
/// Below this brightness, of 255, there is nothing to be seen (assumed).
const DARK: u8 = 14;
/// The scene may be lost for this share of the film (assumed).
const LOST: f64 = 0.4;
/// The light came on, or went off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// When, in ms of the film.
    pub at: f64,
    /// On, or off.
    pub on: bool,
    /// How uncertain, in ms: standard deviation.
    pub within: f64,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Pictures that were read.
    pub frames: usize,
    /// As measured, in pictures a second.
    pub rate: f64,
    /// When the light came on and went off, in order.
    pub edges: Vec<Edge>,
    /// Stretches of which nothing is known, in ms.
    pub unknown: Vec<(f64, f64)>,
    /// How much brighter the light is when on, of 255.
    pub contrast: f64,
    /// How much likelier (log) a light of two levels is than a drift.
    pub ratio: f64,
    /// Its colour.
    pub colour: Colour,
    /// Where it is in the first picture, in pixels of the film.
    pub at: (f64, f64),
    /// Where else a light changes about as clearly, where the light was not pointed at: at most two places, the clearer first.
    pub others: Vec<(f64, f64)>,
    /// The film's beginning and end, in ms.
    pub span: (f64, f64),
}

/// Why nothing was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Too few pictures.
    TooShort,
    /// Nothing to be seen.
    TooDark,
    /// No light changes there.
    NoLight,
    /// Something changes, too small or too faint to be sure.
    ComeCloser,
    /// The scene was lost for too long.
    HoldStill,
    /// Phases of fewer than about two pictures.
    TooFast,
}

impl Refusal {
    /// Its name in what is written. The page has words for each under `film.` and this name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Refusal::TooShort => "too-short",
            Refusal::TooDark => "too-dark",
            Refusal::NoLight => "no-light",
            Refusal::ComeCloser => "come-closer",
            Refusal::HoldStill => "hold-still",
            Refusal::TooFast => "too-fast",
        }
    }
}

/// Reads pictures one after the other. Its memory is bounded: after three minutes at 30 pictures a second it takes no more.
pub struct Film {
    at: Option<(f64, f64)>,
    factor: usize,
    grid: Option<Grid>,
    size: (usize, usize),
    track: Track,
    seen: Vec<Seen>,
    /// How far the scene of the last picture has moved.
    moved: Option<(i32, i32)>,
}

/// A square part of a film, in its pixels. It may reach beyond the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// From the left.
    pub left: i32,
    /// From above.
    pub top: i32,
    /// How wide and high it is.
    pub size: usize,
}

/// A place that changes like a light.
struct Found {
    block: usize,
    follows: Follows,
    levels: TwoLevels,
    contrast: f64,
    edges: Vec<Edge>,
    colour: Colour,
}

impl Found {
    /// The best one is believed. When a light comes on between two pictures its brightest place is at once as bright as it gets, and the moment
    /// is less exact: its mean is preferred.
    fn worth(&self) -> f64 {
        match self.follows {
            Follows::Mean => self.levels.ratio,
            Follows::Peak => PEAK_WORTH * self.levels.ratio,
            // By night a hand is hard to follow, and all light of the picture needs no following.
            Follows::Light => 1e6 * self.levels.ratio,
        }
    }
}

impl Film {
    /// A film in which somebody pointed at the light, in pixels of the film; or not. `width` is that of the film.
    #[must_use]
    pub fn new(width: usize, at: Option<(f64, f64)>) -> Film {
        let factor = Picture::factor(width);
        Film {
            at,
            factor,
            grid: None,
            size: (0, 0),
            track: Track::new(small(at, factor)),
            seen: Vec::new(),
            moved: None,
        }
    }

    /// Takes in the next picture, shown at `ms`. `false` once no more is taken. A picture of another size, or that comes before the one
    /// before, is left out.
    pub fn push(&mut self, picture: &Picture, ms: f64) -> bool {
        // A picture that is left out has no window.
        self.moved = None;
        if self.seen.len() >= MOST {
            return false;
        }
        let size = (picture.width, picture.height);
        let pixels = picture.width.saturating_mul(picture.height);
        let is_whole = picture
            .channels
            .iter()
            .all(|channel| channel.len() == pixels);
        if pixels == 0 || !is_whole {
            return true;
        }
        let is_later = self.seen.last().is_none_or(|last| ms > last.at);
        if !ms.is_finite() || !is_later || self.grid.is_some() && size != self.size {
            return true;
        }
        self.size = size;
        let at = small(self.at, self.factor);
        let grid = self
            .grid
            .get_or_insert_with(|| Grid::new(at, picture.width, picture.height));
        let moved = self.track.follow(picture);
        // A light that has left the picture is as unknown as a scene that is lost.
        let moved = moved.filter(|moved| at.is_none() || grid.is_inside(size, *moved));
        let blocks = moved.map(|moved| grid.read(picture, moved));
        self.seen
            .push(Seen::new(ms, blocks, picture, self.at.is_some()));
        self.moved = moved;
        true
    }

    /// Where the light is in the last picture: what to show [`Film::look`]. Nothing where nobody pointed, or the scene is lost.
    #[must_use]
    pub fn window(&self) -> Option<Window> {
        let ((x, y), (dx, dy)) = (small(self.at, self.factor)?, self.moved?);
        let factor = self.factor as i32;
        Some(Window {
            left: (x + dx - CLOSE / 2) * factor,
            top: (y + dy - CLOSE / 2) * factor,
            size: (CLOSE * factor) as usize,
        })
    }

    /// Takes in [`Film::window`] of the last picture, with as many dots as there are.
    pub fn look(&mut self, close: &Picture) {
        if let (Some(grid), Some(seen)) = (&self.grid, self.seen.last_mut())
            && self.moved.is_some()
        {
            seen.peaks = Some(grid.peaks(close));
        }
    }

    /// What was seen so far.
    ///
    /// # Errors
    /// The reason why nothing can be read.
    pub fn read(&self) -> Result<Reading, Refusal> {
        let grid = self.grid.as_ref().ok_or(Refusal::TooShort)?;
        if self.seen.len() < LEAST {
            return Err(Refusal::TooShort);
        }
        let times: Vec<f64> = self.seen.iter().map(|seen| seen.at).collect();
        let frame = frame(&times);
        let lost = self
            .seen
            .iter()
            .filter(|seen| seen.blocks.is_none())
            .count();
        if lost as f64 > LOST * self.seen.len() as f64 {
            return Err(Refusal::HoldStill);
        }
        let (found, is_near_miss) = self.find(grid, &times);
        let others = self.others(grid, &found);
        let Some(best) = found.into_iter().next() else {
            return Err(if self.is_dark() {
                Refusal::TooDark
            } else if is_near_miss {
                Refusal::ComeCloser
            } else {
                Refusal::NoLight
            });
        };
        if is_too_fast(&best.edges, frame) {
            return Err(Refusal::TooFast);
        }
        Ok(Reading {
            frames: self.seen.len(),
            rate: 1000.0 / frame,
            edges: best.edges,
            unknown: self.unknown(frame),
            contrast: best.contrast.min(255.0),
            ratio: best.levels.ratio,
            colour: best.colour,
            at: match (best.follows, self.at) {
                (Follows::Light, Some(at)) => at,
                _ => self.large(grid.place(best.block)),
            },
            others,
            span: (
                times.first().copied().unwrap_or(0.0),
                times.last().copied().unwrap_or(0.0),
            ),
        })
    }

    /// What changes like a light, the best first; and whether something nearly does.
    fn find(&self, grid: &Grid, times: &[f64]) -> (Vec<Found>, bool) {
        let (likelier, needed) = match self.at {
            Some(_) => (LIKELIER.0, EDGES.0),
            None => (LIKELIER.1, EDGES.1),
        };
        let changes = changes(times);
        let mut found: Vec<Found> = Vec::new();
        let mut is_near_miss = false;
        let night = Night::of(&self.seen);
        let exposure = Exposure::of(&self.seen, night);
        for series in self.candidates(grid, night) {
            let values = series.values(grid, &self.seen, &exposure);
            let Some(levels) = two_levels(&values, &changes) else {
                continue;
            };
            if levels.ratio < likelier {
                continue;
            }
            let colours = series.colours(grid, &self.seen, &levels);
            let contrast = series.brighter(colours);
            // At night a light that seems to come may only have moved: then the picture has no more light than before.
            let all = || Series::light(series.channel).colours(grid, &self.seen, &levels);
            if night != Night::No && series.brighter(all()) < BLACK {
                continue;
            }
            let brighter = match series.follows {
                Follows::Mean => BRIGHTER,
                Follows::Peak | Follows::Light => BRIGHTER_PEAK,
            };
            let edges = edges(&levels, &values, times);
            if levels.distance() < APART || contrast < brighter || edges.len() < needed {
                is_near_miss |= contrast > brighter / 2.0 && edges.len() >= needed;
                continue;
            }
            found.push(Found {
                block: series.block,
                follows: series.follows,
                levels,
                contrast,
                edges,
                colour: Colour::of(colours),
            });
        }
        sort_by(&mut found, |a, b| a.worth() > b.worth());
        (found, is_near_miss)
    }

    /// How near the picture is to a light that can be read, from 0 to 1: by the place that changes most like one, whatever else counts against
    /// it. For people who cannot see where the camera points.
    #[must_use]
    pub fn nearness(&self) -> f64 {
        let Some(grid) = self.grid.as_ref().filter(|_| self.seen.len() >= LEAST) else {
            return 0.0;
        };
        let times: Vec<f64> = self.seen.iter().map(|seen| seen.at).collect();
        let night = Night::of(&self.seen);
        let (exposure, changes) = (Exposure::of(&self.seen, night), changes(&times));
        let candidates = self.candidates(grid, night).into_iter();
        let ratios = candidates.filter_map(|series| {
            let values = series.values(grid, &self.seen, &exposure);
            Some(two_levels(&values, &changes)?.ratio)
        });
        (ratios.fold(0.0, f64::max) / LIKELIER.1).clamp(0.0, 1.0)
    }

    /// Where lights change besides the clearest, which comes first in `found`.
    fn others(&self, grid: &Grid, found: &[Found]) -> Vec<(f64, f64)> {
        let mut places: Vec<(Place, &[Edge])> = Vec::new();
        let least = found.first().map_or(0.0, |best| ALSO * best.levels.ratio);
        for Found {
            levels,
            block,
            edges,
            ..
        } in found
        {
            let place = grid.place(*block);
            // What changes at the same moments is the same light, or its reflection.
            let is_other = |(other, theirs): &(Place, &[Edge])| {
                let away = (place.x - other.x).abs().max((place.y - other.y).abs());
                away >= ELSEWHERE && !(follow(edges, theirs) && follow(theirs, edges))
            };
            if levels.ratio >= least && places.len() <= OTHERS && places.iter().all(is_other) {
                places.push((place, edges));
            }
        }
        // Where somebody pointed it is known which one is meant.
        let others = places.into_iter().skip(1).filter(|_| self.at.is_none());
        others.map(|(place, _)| self.large(place)).collect()
    }

    /// The blocks that change most, or where somebody pointed those near it.
    fn candidates(&self, grid: &Grid, night: Night) -> Vec<Series> {
        let near = small(self.at, self.factor);
        let is_near = |block: &usize| {
            let Place { x, y } = grid.place(*block);
            near.is_none_or(|(nx, ny)| (x - nx).pow(2) + (y - ny).pow(2) <= POINTED * POINTED)
        };
        let mut all: Vec<Series> = Vec::new();
        if night != Night::No {
            all.extend(Series::of_picture());
        }
        if night == Night::Black {
            return all;
        }
        let blocks: Vec<usize> = (0..grid.count()).filter(is_near).collect();
        let most = if near.is_some() { CLOSELY.0 } else { CLOSELY.1 };
        all.extend(Series::that_change(&self.seen, &blocks, most));
        all
    }

    /// A place in pixels of the film.
    fn large(&self, Place { x, y }: Place) -> (f64, f64) {
        let factor = self.factor as f64;
        ((f64::from(x) + 0.5) * factor, (f64::from(y) + 0.5) * factor)
    }

    fn is_dark(&self) -> bool {
        let brightest = self.seen.iter().filter_map(|seen| seen.blocks.as_ref());
        brightest.flatten().all(|rgb| self::brightest(rgb) < DARK)
    }

    /// Where the scene was lost, and where pictures are missing.
    fn unknown(&self, frame: f64) -> Vec<(f64, f64)> {
        let mut all: Vec<(f64, f64)> = Vec::new();
        let mut add = |from: f64, to: f64| match all.last_mut() {
            Some(last) if last.1 >= from => last.1 = to,
            _ => all.push((from, to)),
        };
        for pair in self.seen.windows(2) {
            if let [a, b] = pair
                && (b.at - a.at > GAP * frame || a.blocks.is_none() || b.blocks.is_none())
            {
                add(a.at, b.at);
            }
        }
        all
    }
}

/// Whether most of these edges are among the others as well.
fn follow(edges: &[Edge], others: &[Edge]) -> bool {
    let is_there = |edge: &&Edge| {
        let mut others = others.iter();
        others.any(|other| other.on == edge.on && (other.at - edge.at).abs() < SAME)
    };
    5 * edges.iter().filter(is_there).count() >= 4 * edges.len()
}

fn small(at: Option<(f64, f64)>, factor: usize) -> Option<(i32, i32)> {
    let to = |x: f64| (x / factor as f64).clamp(-1e5, 1e5) as i32;
    at.map(|(x, y)| (to(x), to(y)))
}

/// The usual time from picture to picture, in ms.
fn frame(times: &[f64]) -> f64 {
    let mut all: Vec<f64> = times
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some(b - a),
            _ => None,
        })
        .collect();
    sort_by(&mut all, |a, b| a < b);
    all.get(all.len() / 2).copied().unwrap_or(33.0).max(1.0)
}

/// Where the chance of "on" crosses a half: at the moment when the value, on a line from picture to picture, crosses the middle.
fn edges(levels: &TwoLevels, values: &[Option<f64>], times: &[f64]) -> Vec<Edge> {
    let middle = (levels.levels.0 + levels.levels.1) / 2.0;
    let mut all: Vec<Edge> = Vec::new();
    let mut before: Option<(f64, f64, bool)> = None;
    for ((value, time), p) in values.iter().zip(times).zip(&levels.on) {
        let Some(value) = value else { continue };
        let is_on = *p > 0.5;
        if let Some((last, at, was_on)) = before
            && was_on != is_on
        {
            let step = value - last;
            let share = if step.abs() > 1e-6 {
                ((middle - last) / step).clamp(0.0, 1.0)
            } else {
                0.5
            };
            all.push(Edge {
                at: at + share * (time - at),
                on: is_on,
                within: (time - at) / 12_f64.sqrt(),
            });
        }
        before = Some((*value, *time, is_on));
    }
    all
}

fn is_too_fast(edges: &[Edge], frame: f64) -> bool {
    let mut phases: Vec<f64> = edges
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some(b.at - a.at),
            _ => None,
        })
        .collect();
    sort_by(&mut phases, |a, b| a < b);
    // A single short one may be a reflection; of a few, a picture that is broken.
    let (nth, shortest) = match phases.len() {
        ..=3 => (0, BROKEN),
        count => (count / 4, SHORTEST),
    };
    phases
        .get(nth)
        .is_some_and(|short| *short < shortest * frame)
}
