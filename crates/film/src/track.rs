//! How far the hand has moved the scene since the film began, to a pixel.
//!
//! Edges of the scene are compared, not its brightness: clipped, so that the light itself does not steer. First at a quarter of the
//! size, then to the pixel.

use super::picture::Picture;

/// What is brighter is a light (of 255).
const BRIGHTEST: i32 = 200;
/// An edge counts no more than this (of 255).
const STEEPEST: i32 = 25;
/// By so many quarter pixels the scene may move from picture to picture.
const COARSE: i32 = 5;
/// And by this many pixels around that.
const FINE: i32 = 4;
/// From this mean difference on, the scene looks different: a new key is taken (measured).
const RENEW: f64 = 6.0;
/// From here on it is not the same scene (assumed).
const LOST: f64 = 11.0;
/// To move is believed if it is so much better than to rest (assumed): a scene without edges moves anywhere.
const WORTH: f64 = 0.97;

/// Edges of a picture.
struct Edges {
    width: i32,
    height: i32,
    all: Vec<u8>,
}

impl Edges {
    fn of(picture: &Picture) -> Edges {
        let (width, height) = (picture.width as i32, picture.height as i32);
        let sharp: Vec<i32> = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| picture.luma(x, y).min(BRIGHTEST))
            .collect();
        let of = |x: i32, y: i32| {
            let (x, y) = (x.clamp(0, width - 1), y.clamp(0, height - 1));
            sharp.get((y * width + x) as usize).copied().unwrap_or(0)
        };
        // What is only noise has edges of its own in every picture.
        let luma: Vec<i32> = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| {
                let round = (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dx, dy)));
                round.map(|(dx, dy)| of(x + dx, y + dy)).sum::<i32>() / 9
            })
            .collect();
        let at = |x: i32, y: i32| {
            let (x, y) = (x.clamp(0, width - 1), y.clamp(0, height - 1));
            luma.get((y * width + x) as usize).copied().unwrap_or(0)
        };
        let all = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| {
                let steep =
                    (at(x + 1, y) - at(x - 1, y)).abs() + (at(x, y + 1) - at(x, y - 1)).abs();
                steep.min(STEEPEST) as u8
            })
            .collect();
        Edges { width, height, all }
    }

    fn quarter(&self) -> Edges {
        let (width, height) = ((self.width / 4).max(1), (self.height / 4).max(1));
        let all = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| {
                let cells = (0..4).flat_map(|dy| (0..4).map(move |dx| (dx, dy)));
                let sum: i32 = cells.map(|(dx, dy)| self.at(4 * x + dx, 4 * y + dy)).sum();
                (sum / 16) as u8
            })
            .collect();
        Edges { width, height, all }
    }

    fn at(&self, x: i32, y: i32) -> i32 {
        let inside = (0..self.width).contains(&x) && (0..self.height).contains(&y);
        let at = (y * self.width + x).max(0) as usize;
        i32::from(self.all.get(at).copied().filter(|_| inside).unwrap_or(0))
    }

    /// The mean difference to the key, moved by `(dx, dy)`, within a window.
    fn difference(&self, key: &Edges, (dx, dy): (i32, i32), window: &Window) -> f64 {
        let (mut sum, mut count) = (0_i64, 0_i64);
        for y in (window.top..window.bottom).step_by(window.step) {
            for x in (window.left..window.right).step_by(window.step) {
                let (mx, my) = (x + dx, y + dy);
                if (0..self.width).contains(&mx) && (0..self.height).contains(&my) {
                    sum += i64::from((key.at(x, y) - self.at(mx, my)).abs());
                    count += 1;
                }
            }
        }
        // What has mostly left the picture cannot be compared.
        if count < 64 {
            f64::INFINITY
        } else {
            sum as f64 / count as f64
        }
    }

    /// The best move near `from`, and its difference.
    fn best(
        &self,
        key: &Edges,
        from: (i32, i32),
        reach: i32,
        window: &Window,
    ) -> ((i32, i32), f64) {
        let rest = self.difference(key, from, window);
        let mut best = (from, rest * WORTH);
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                let to = (from.0 + dx, from.1 + dy);
                let difference = self.difference(key, to, window);
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
    key: Option<(Edges, Edges)>,
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
            key_at: (0, 0),
            last: (0, 0),
            usual: RENEW / 2.0,
            at,
        }
    }

    /// By how much the scene has moved since the first picture, in pixels; `None` where it is lost.
    pub fn follow(&mut self, picture: &Picture) -> Option<(i32, i32)> {
        let edges = Edges::of(picture);
        let small = edges.quarter();
        let Some((key, small_key)) = &self.key else {
            self.key = Some((edges, small));
            return Some((0, 0));
        };
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
            let (coarse, _) = small.best(small_key, from, COARSE, &window.quarter());
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
            self.key = Some((edges, small));
            self.key_at = moved;
            self.last = (0, 0);
        }
        Some(moved)
    }
}
