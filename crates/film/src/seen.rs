//! What is kept of the pictures, and what of it is followed over time.

use crate::blocks::{CHANNELS, Grid};
use crate::levels::TwoLevels;
use crate::order::sort_by;

/// Added to a window's brightness before dividing by it, so that darkness is not divided by.
const SOFT: f64 = 24.0;

/// What is kept of a picture.
pub struct Seen {
    /// When it was shown, in ms.
    pub at: f64,
    /// Red, green and blue of each block; `None` where the scene was lost.
    pub blocks: Option<Vec<[u8; 3]>>,
    /// The brightest place of each block, where somebody looked closely.
    pub peaks: Option<Vec<[u8; 3]>>,
    /// Half of its blocks are brighter.
    pub median: u8,
}

impl Seen {
    /// A picture of these blocks.
    pub fn new(at: f64, blocks: Option<Vec<[u8; 3]>>) -> Seen {
        Seen {
            at,
            median: median(blocks.as_deref().unwrap_or(&[])),
            blocks,
            peaks: None,
        }
    }

    /// Where a light of some pixels is looked for, or a smaller one.
    fn of(&self, follows: Follows) -> Option<&Vec<[u8; 3]>> {
        match follows {
            Follows::Mean => self.blocks.as_ref(),
            Follows::Peak => self.peaks.as_ref(),
        }
    }
}

/// What of a block is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    /// Its mean, and that of the blocks beside it.
    Mean,
    /// Its brightest place: of a light that is far smaller.
    Peak,
}

/// A place of the scene whose brightness is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Series {
    /// Of the grid.
    pub block: usize,
    /// What of it.
    pub follows: Follows,
    /// One of [`CHANNELS`].
    pub channel: usize,
}

impl Series {
    /// Those among these blocks that change most: this many of each kind and channel.
    pub fn that_change(seen: &[Seen], blocks: &[usize], most: usize) -> Vec<Series> {
        let mut all = Vec::new();
        for follows in [Follows::Mean, Follows::Peak] {
            if !seen.iter().any(|seen| seen.of(follows).is_some()) {
                continue;
            }
            for channel in 0..CHANNELS {
                let series = blocks.iter().map(|block| Series {
                    block: *block,
                    follows,
                    channel,
                });
                let mut changes: Vec<(f64, Series)> =
                    series.map(|series| (series.change(seen), series)).collect();
                sort_by(&mut changes, |a, b| a.0 > b.0);
                all.extend(changes.into_iter().take(most).map(|(_, series)| series));
            }
        }
        all
    }

    /// By how much it changes, however rarely: from its middle to its brightest or darkest few per cent.
    fn change(self, seen: &[Seen]) -> f64 {
        let mut counts = [0_u32; 256];
        let mut total = 0;
        for seen in seen {
            if let Some(rgb) = seen.of(self.follows).and_then(|all| all.get(self.block)) {
                if let Some(count) = counts.get_mut(usize::from(value(rgb, self.channel))) {
                    *count += 1;
                }
                total += 1;
            }
        }
        let quantile = |share: f64| {
            let wanted = (f64::from(total) * share).max(1.0);
            let mut sum = 0.0;
            for (value, count) in counts.iter().enumerate() {
                sum += f64::from(*count);
                if sum >= wanted {
                    return value as f64;
                }
            }
            255.0
        };
        let middle = quantile(0.5);
        // A single flash is a few pictures of many.
        let bright = (quantile(0.985) - middle).max(0.8 * (quantile(0.997) - middle));
        bright.max(middle - quantile(0.015))
    }

    /// The blocks that it is the mean of.
    fn blocks(self, grid: &Grid) -> Vec<usize> {
        match self.follows {
            Follows::Mean => grid.round(self.block).collect(),
            Follows::Peak => vec![self.block],
        }
    }

    /// Its brightness in each picture, with the exposure taken out; `None` where nothing is known.
    pub fn values(
        self,
        grid: &Grid,
        seen: &[Seen],
        Exposure { each, mean }: &Exposure,
    ) -> Vec<Option<f64>> {
        let blocks = self.blocks(grid);
        seen.iter()
            .zip(each)
            .map(|(seen, exposure)| {
                let all = seen.of(self.follows)?;
                let sum: f64 = blocks
                    .iter()
                    .filter_map(|at| all.get(*at))
                    .map(|rgb| f64::from(value(rgb, self.channel)))
                    .sum();
                Some(sum / blocks.len().max(1) as f64 * mean / exposure)
            })
            .collect()
    }

    /// Mean red, green and blue when on, and when off, nothing divided.
    pub fn colours(self, grid: &Grid, seen: &[Seen], levels: &TwoLevels) -> [[f64; 3]; 2] {
        let mut sums = [[0.0; 3]; 2];
        let mut weights = [1e-9; 2];
        let blocks = self.blocks(grid);
        for (seen, p) in seen.iter().zip(&levels.on) {
            let Some(all) = seen.of(self.follows) else {
                continue;
            };
            for rgb in blocks.iter().filter_map(|at| all.get(*at)) {
                let each = sums.iter_mut().zip(&mut weights).zip([*p, 1.0 - p]);
                for ((sums, weight), p) in each {
                    *weight += p;
                    for (sum, value) in sums.iter_mut().zip(rgb) {
                        *sum += p * f64::from(*value);
                    }
                }
            }
        }
        let mut each = sums.into_iter().zip(weights);
        [(); 2].map(|()| {
            each.next()
                .map_or([0.0; 3], |(sums, weight)| sums.map(|sum| sum / weight))
        })
    }

    /// How much brighter it is when on, in its channel.
    pub fn brighter(self, [on, off]: [[f64; 3]; 2]) -> f64 {
        let of = |rgb: [f64; 3]| match self.channel {
            0 => rgb.into_iter().fold(0.0, f64::max),
            nth => rgb.get(nth - 1).copied().unwrap_or(0.0),
        };
        of(on) - of(off)
    }
}

/// How bright the scene is in each picture, and on average: the camera's own exposure, and the hand's shadow.
pub struct Exposure {
    each: Vec<f64>,
    mean: f64,
}

impl Exposure {
    /// Of these pictures.
    pub fn of(seen: &[Seen]) -> Exposure {
        let each: Vec<f64> = seen
            .iter()
            .map(|seen| f64::from(seen.median) + SOFT)
            .collect();
        let mean = each.iter().sum::<f64>() / each.len().max(1) as f64;
        Exposure { each, mean }
    }
}

/// The middle of the blocks' brightnesses, by counting: it is asked for each picture as it comes. 0 of none.
fn median(blocks: &[[u8; 3]]) -> u8 {
    let mut counts = [0_usize; 256];
    for rgb in blocks {
        if let Some(count) = counts.get_mut(usize::from(brightest(rgb))) {
            *count += 1;
        }
    }
    let mut below = 0;
    for (value, count) in (0..=u8::MAX).zip(counts) {
        below += count;
        if below > blocks.len() / 2 {
            return value;
        }
    }
    0
}

/// The brightest of red, green and blue.
pub fn brightest(rgb: &[u8; 3]) -> u8 {
    rgb.iter().copied().max().unwrap_or(0)
}

fn value(rgb: &[u8; 3], channel: usize) -> u8 {
    match channel {
        0 => brightest(rgb),
        nth => rgb.get(nth - 1).copied().unwrap_or(0),
    }
}
