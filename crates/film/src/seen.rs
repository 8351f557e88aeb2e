//! What is kept of the pictures, and what of it is followed over time.

use crate::blocks::{CHANNELS, Grid};
use crate::levels::TwoLevels;
use crate::order::sort_by;
use crate::picture::Picture;

/// Added to a scene's brightness before dividing by it, so that darkness is not divided by: by day, and at night.
const SOFT: (f64, f64) = (6.0, 24.0);

/// A scene half of which is darker, of 255, is not followed but by its lights (assumed).
const NIGHT: u8 = 24;
/// Noise of a night's picture is no brighter than that beyond its median (assumed).
const NOISE: u8 = 18;
/// So little light is none (assumed).
pub const BLACK: f64 = 24.0;

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
    /// How much light there is in all of the picture, where somebody pointed: see [`light`].
    pub light: Option<[f64; 3]>,
}

impl Seen {
    /// A picture of these blocks. `is_pointed`: somebody pointed at the light.
    pub fn new(at: f64, blocks: Option<Vec<[u8; 3]>>, picture: &Picture, is_pointed: bool) -> Seen {
        let median = median(blocks.as_deref().unwrap_or(&[]));
        let is_known = is_pointed && blocks.is_some();
        Seen {
            at,
            median,
            light: is_known.then(|| light(picture, median.min(NIGHT))),
            blocks,
            peaks: None,
        }
    }

    /// The blocks in which such a light is looked for.
    fn of(&self, follows: Follows) -> Option<&Vec<[u8; 3]>> {
        match follows {
            Follows::Mean => self.blocks.as_ref(),
            Follows::Peak => self.peaks.as_ref(),
            Follows::Light => None,
        }
    }

    /// Red, green and blue of some blocks, or of the whole picture.
    fn rgb(&self, follows: Follows, blocks: &[usize]) -> Option<[f64; 3]> {
        if follows == Follows::Light {
            return self.light;
        }
        let all = self.of(follows)?;
        let each = blocks.iter().filter_map(|at| all.get(*at));
        Some([0, 1, 2].map(|colour: usize| {
            let each = each.clone().filter_map(|rgb| rgb.get(colour));
            match follows {
                Follows::Mean => {
                    each.copied().map(f64::from).sum::<f64>() / blocks.len().max(1) as f64
                }
                Follows::Peak | Follows::Light => each.max().copied().map_or(0.0, f64::from),
            }
        }))
    }
}

/// What of a block is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    /// Its mean, and that of the blocks beside it.
    Mean,
    /// Its brightest place: of a light that is far smaller.
    Peak,
    /// All light in the picture: at night, when the scene is dark but for lights, and the hand is hard to follow.
    Light,
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

    /// Those of the whole picture, one for each channel.
    pub fn of_picture() -> impl Iterator<Item = Series> {
        (0..CHANNELS).map(Series::light)
    }

    /// One of them.
    pub fn light(channel: usize) -> Series {
        Series {
            block: 0,
            follows: Follows::Light,
            channel,
        }
    }

    /// Its brightness in each picture, with the exposure taken out; `None` where nothing is known.
    pub fn values(
        self,
        grid: &Grid,
        seen: &[Seen],
        Exposure { each, mean }: &Exposure,
    ) -> Vec<Option<f64>> {
        let blocks: Vec<usize> = match self.follows {
            Follows::Mean => grid.round(self.block).collect(),
            Follows::Peak | Follows::Light => vec![self.block],
        };
        seen.iter()
            .zip(each)
            .map(|(seen, exposure)| match self.follows {
                // Of the brightest in each block, not the mean over the blocks of each colour.
                Follows::Mean => {
                    let all = seen.of(self.follows)?;
                    let each = blocks.iter().filter_map(|at| all.get(*at));
                    let sum: f64 = each.map(|rgb| f64::from(value(rgb, self.channel))).sum();
                    Some(sum / blocks.len().max(1) as f64 * mean / exposure)
                }
                Follows::Peak => Some(self.of(seen.rgb(self.follows, &blocks)?) * mean / exposure),
                // At night there is nothing to measure the exposure by.
                Follows::Light => Some(self.of(seen.rgb(self.follows, &blocks)?)),
            })
            .collect()
    }

    /// Mean red, green and blue when on, and when off, nothing divided.
    ///
    /// Of a brightest place: of the brightest in the blocks beside it as well. A small light that is always lit comes and goes at the edge of a
    /// block, as the scene is followed to a pixel; beside the block it is still there.
    pub fn colours(self, grid: &Grid, seen: &[Seen], levels: &TwoLevels) -> [[f64; 3]; 2] {
        let mut sums = [[0.0; 3]; 2];
        let mut weights = [1e-9; 2];
        let round: Vec<usize> = grid.round(self.block).collect();
        for (seen, p) in seen.iter().zip(&levels.on) {
            let Some(rgb) = seen.rgb(self.follows, &round) else {
                continue;
            };
            for ((sums, weight), p) in sums.iter_mut().zip(&mut weights).zip([*p, 1.0 - p]) {
                *weight += p;
                for (sum, value) in sums.iter_mut().zip(rgb) {
                    *sum += p * value;
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
        self.of(on) - self.of(off)
    }

    /// Its channel.
    fn of(self, rgb: [f64; 3]) -> f64 {
        match self.channel {
            0 => rgb.into_iter().fold(0.0, f64::max),
            nth => rgb.get(nth - 1).copied().unwrap_or(0.0),
        }
    }
}

/// What a night's scene shows besides lights: nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Night {
    /// It is day.
    No,
    /// Some lights are always lit: they show how the hand moves.
    Lit,
    /// Most of the time it is black.
    Black,
}

impl Night {
    /// Of these pictures. Where nobody pointed it is day.
    pub fn of(seen: &[Seen]) -> Night {
        let dark = seen.iter().filter(|seen| seen.median < NIGHT);
        let light = dark.filter_map(|seen| seen.light);
        let is_black = |rgb: &[f64; 3]| rgb.iter().all(|light| *light < BLACK);
        let black = light.clone().filter(is_black).count();
        if 2 * light.count() <= seen.len() {
            Night::No
        } else if 5 * black <= seen.len() {
            Night::Lit
        } else {
            Night::Black
        }
    }
}

/// How bright the scene is in each picture, and on average: the camera's own exposure, and the hand's shadow.
pub struct Exposure {
    each: Vec<f64>,
    mean: f64,
}

impl Exposure {
    /// Of these pictures.
    pub fn of(seen: &[Seen], night: Night) -> Exposure {
        let soft = match night {
            Night::No => SOFT.0,
            Night::Lit | Night::Black => SOFT.1,
        };
        let each: Vec<f64> = seen
            .iter()
            .map(|seen| f64::from(seen.median) + soft)
            .collect();
        let mean = each.iter().sum::<f64>() / each.len().max(1) as f64;
        Exposure { each, mean }
    }
}

/// How much brighter all dots of a picture are than most of a dark one and its noise, in each channel, halved: some dots of a light weigh as much as
/// those of a block. The hand changes nothing about it.
fn light(picture: &Picture, median: u8) -> [f64; 3] {
    let noise = median.saturating_add(NOISE);
    picture.channels.each_ref().map(|channel| {
        let lit = channel
            .iter()
            .map(|dot| u32::from(dot.saturating_sub(noise)));
        f64::from(lit.sum::<u32>()) / 2.0
    })
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
