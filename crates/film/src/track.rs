//! How far the hand has moved the scene since the film began, to a pixel.
//!
//! Edges of the scene are compared, not its brightness: clipped, so that the light itself does not steer. First at a quarter of the
//! size, then to the pixel.

use super::picture::{Picture, luma};

/// What is brighter is a light (of 255).
const BRIGHTEST: i32 = 200;
/// An edge counts no more than this (of 255).
const STEEPEST: u16 = 25;
/// Where edges are no more than this on average (of 255) there is nothing but noise, and a few lights (assumed).
const FLAT: u32 = 4;
/// Noise is up to this many times its mean (assumed).
const NOISE: u32 = 3;
/// The scene may move by this many quarter pixels from picture to picture.
const COARSE: i32 = 5;
/// And by this many pixels around that.
const FINE: i32 = 4;
/// From this mean difference on, the scene looks different: a new key is taken (measured).
const RENEW: f64 = 6.0;
/// From here on it is not the same scene (assumed).
const LOST: f64 = 11.0;
/// To move is believed if it is so much better than to rest (assumed): a scene without edges moves anywhere.
const WORTH: f64 = 0.97;
/// And by so much per dot (assumed): what is left of noise is different everywhere.
const GAIN: f64 = 0.015;

/// Edges of a picture.
struct Edges {
    width: usize,
    height: usize,
    all: Vec<u8>,
}

/// A row with its ends repeated, so that each value has one before and one after it.
fn with_ends(row: &[i16], into: &mut Vec<i16>) {
    into.clear();
    into.extend(row.first());
    into.extend_from_slice(row);
    into.extend(row.last());
}

/// For each row the result of `of` for the row above it, itself and the one below; the edge continues beyond it.
fn by_rows<T>(
    all: &[i16],
    width: usize,
    mut of: impl FnMut(&[i16], &[i16], &[i16], &mut Vec<T>),
) -> Vec<T> {
    let mut made = Vec::with_capacity(all.len());
    let rows: Vec<&[i16]> = all.chunks_exact(width.max(1)).collect();
    for (y, row) in rows.iter().enumerate() {
        let above = rows.get(y.saturating_sub(1)).unwrap_or(row);
        let below = rows.get(y + 1).unwrap_or(row);
        of(above, row, below, &mut made);
    }
    made
}

impl Edges {
    fn of(picture: &Picture) -> Edges {
        let width = picture.width;
        let [red, green, blue] = &picture.channels;
        let mut padded = Vec::with_capacity(width + 2);
        let mut sums = Vec::with_capacity(red.len());
        let sharp: Vec<i16> = red
            .iter()
            .zip(green)
            .zip(blue)
            .map(|((r, g), b)| luma(*r, *g, *b).min(BRIGHTEST) as i16)
            .collect();
        // Noise alone has different edges in every picture: each dot is the mean of three by three.
        for row in sharp.chunks_exact(width.max(1)) {
            with_ends(row, &mut padded);
            sums.extend(padded.windows(3).map(|near| near.iter().sum::<i16>()));
        }
        let soft = by_rows(&sums, width, |above, row, below, made| {
            let near = above.iter().zip(row).zip(below);
            made.extend(near.map(|((a, b), c)| (a + b + c) / 9));
        });
        let all = by_rows(&soft, width, |above, row, below, made| {
            with_ends(row, &mut padded);
            let across = padded.windows(3).map(|near| match near {
                [before, _, after] => after.abs_diff(*before),
                _ => 0,
            });
            let down = above.iter().zip(below).map(|(a, b)| b.abs_diff(*a));
            made.extend(across.zip(down).map(|(a, b)| (a + b).min(STEEPEST) as u8));
        });
        Edges {
            width,
            height: picture.height,
            all,
        }
    }

    /// How strong noise is where there is hardly an edge: what to take off, so that a few lights count. 0 where there are edges.
    fn noise(&self) -> u8 {
        let sum: u32 = self.all.iter().map(|edge| u32::from(*edge)).sum();
        let count = self.all.len().max(1) as u32;
        match sum < FLAT * count {
            true => (NOISE * sum / count) as u8 + 1,
            false => 0,
        }
    }

    /// The same without noise.
    fn without(mut self, noise: u8) -> Edges {
        if noise > 0 {
            for edge in &mut self.all {
                *edge = edge.saturating_sub(noise);
            }
        }
        self
    }

    fn quarter(&self) -> Edges {
        let (width, height) = ((self.width / 4).max(1), (self.height / 4).max(1));
        let mut all = Vec::with_capacity(width * height);
        for rows in self.all.chunks(4 * self.width.max(1)).take(height) {
            let mut sums = vec![0_u16; width];
            for row in rows.chunks(self.width.max(1)) {
                for (sum, cells) in sums.iter_mut().zip(row.chunks(4)) {
                    *sum += cells.iter().map(|cell| u16::from(*cell)).sum::<u16>();
                }
            }
            all.extend(sums.into_iter().map(|sum| (sum / 16) as u8));
        }
        Edges { width, height, all }
    }

    /// The part of a row from `x` on, `count` dots long.
    fn row(&self, x: i32, y: i32, count: usize) -> &[u8] {
        let begin = (y * self.width as i32 + x) as usize;
        self.all.get(begin..begin + count).unwrap_or(&[])
    }

    /// The mean difference to the key, moved by `(dx, dy)`, within a window; infinite where it is no less than `limit`, or where what is
    /// compared has mostly left the picture.
    fn difference(&self, key: &Edges, (dx, dy): (i32, i32), window: &Window, limit: f64) -> f64 {
        // What of the window lies in both pictures, in steps from its corner.
        let span = |from: i32, to: i32, by: i32, size: usize| {
            let steps = |length: i32| (length.max(0) as usize).div_ceil(window.step);
            let from = from + (steps(-by - from) * window.step) as i32;
            (from, steps(to.min(size as i32 - by) - from))
        };
        let (left, columns) = span(window.left, window.right, dx, self.width);
        let (top, rows) = span(window.top, window.bottom, dy, self.height);
        let count = columns * rows;
        if count < 64 {
            return f64::INFINITY;
        }
        let wide = (columns - 1) * window.step + 1;
        let (mut sum, most) = (0_u32, limit * count as f64);
        for row in 0..rows {
            let y = top + (row * window.step) as i32;
            let there = key.row(left, y, wide).iter().step_by(window.step);
            let here = self
                .row(left + dx, y + dy, wide)
                .iter()
                .step_by(window.step);
            sum += there
                .zip(here)
                .map(|(a, b)| u32::from(a.abs_diff(*b)))
                .sum::<u32>();
            if f64::from(sum) >= most {
                return f64::INFINITY;
            }
        }
        f64::from(sum) / count as f64
    }

    /// The best move near `from`, and its difference.
    fn best(
        &self,
        key: &Edges,
        from: (i32, i32),
        reach: i32,
        window: &Window,
    ) -> ((i32, i32), f64) {
        let rest = self.difference(key, from, window, f64::INFINITY);
        let mut best = (from, (rest * WORTH).min(rest - GAIN));
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                let to = (from.0 + dx, from.1 + dy);
                let difference = self.difference(key, to, window, best.1);
                if difference < best.1 {
                    best = (to, difference);
                }
            }
        }
        let moved = best.0 != from;
        (best.0, if moved { best.1 } else { rest })
    }
}

/// The part of the key that is compared.
struct Window {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
    step: usize,
}

impl Window {
    fn quarter(&self) -> Window {
        Window {
            left: self.left / 4,
            top: self.top / 4,
            right: (self.right / 4).max(1),
            bottom: (self.bottom / 4).max(1),
            step: 1,
        }
    }
}

/// Follows the scene from picture to picture.
pub struct Track {
    key: Option<Edges>,
    /// What was taken off the key.
    noise: u8,
    /// Where the key was, relative to the first picture.
    key_at: (i32, i32),
    /// Relative to the key.
    last: (i32, i32),
    /// How different pictures of the same scene usually are.
    usual: f64,
    /// Where the light is in the first picture, if somebody pointed.
    at: Option<(i32, i32)>,
}

impl Track {
    /// Follows what is round `at`, or the whole picture.
    #[must_use]
    pub fn new(at: Option<(i32, i32)>) -> Track {
        Track {
            key: None,
            noise: 0,
            key_at: (0, 0),
            last: (0, 0),
            usual: RENEW / 2.0,
            at,
        }
    }

    /// By how much the scene has moved since the first picture, in pixels; `None` where it is lost.
    pub fn follow(&mut self, picture: &Picture) -> Option<(i32, i32)> {
        let edges = Edges::of(picture);
        let Some(key) = &self.key else {
            self.noise = edges.noise();
            self.key = Some(edges.without(self.noise));
            return Some((0, 0));
        };
        // As much as from the key: they are compared.
        let edges = edges.without(self.noise);
        let (width, height) = (picture.width as i32, picture.height as i32);
        let window = match self.at {
            Some((x, y)) => {
                let (x, y) = (x + self.key_at.0, y + self.key_at.1);
                Window {
                    left: (x - 80).clamp(0, width - 1),
                    top: (y - 80).clamp(0, height - 1),
                    right: (x + 80).clamp(1, width),
                    bottom: (y + 80).clamp(1, height),
                    step: 2,
                }
            }
            None => Window {
                left: 0,
                top: 0,
                right: width,
                bottom: height,
                step: 3,
            },
        };
        // A hand moves little from picture to picture. Only where that does not fit it is looked for further away: a small picture alone
        // is too easily mistaken.
        let (mut to, mut difference) = edges.best(key, self.last, FINE, &window);
        if difference > RENEW.min(1.4 * self.usual) {
            let from = (self.last.0 / 4, self.last.1 / 4);
            let (small, small_key) = (edges.quarter(), key.quarter());
            let (coarse, _) = small.best(&small_key, from, COARSE, &window.quarter());
            let far = edges.best(key, (4 * coarse.0, 4 * coarse.1), FINE, &window);
            if far.1 < WORTH * difference {
                (to, difference) = far;
            }
        }
        if difference > LOST.max(3.0 * self.usual) {
            return None;
        }
        self.last = to;
        let moved = (self.key_at.0 + to.0, self.key_at.1 + to.1);
        let is_old = difference > RENEW.max(1.6 * self.usual);
        self.usual += 0.05 * (difference.min(2.0 * self.usual) - self.usual);
        if is_old || to.0.abs().max(to.1.abs()) > 40 {
            self.key = Some(edges);
            self.key_at = moved;
            self.last = (0, 0);
        }
        Some(moved)
    }
}
