//! Films of a made light in a made room, picture by picture: the truth about the light is known.

/// Size of every picture, in pixels.
pub const SIZE: (usize, usize) = (320, 180);

/// Red, green and blue of a picture, row by row.
pub type Channels = [Vec<u8>; 3];

/// When a light comes on and for how long, in ms.
pub type Flashes = Vec<(f64, f64)>;

/// How a film is made.
#[derive(Clone)]
pub struct Film {
    /// The light.
    pub flashes: Flashes,
    /// Pictures a second.
    pub rate: f64,
    /// How long the film lasts, in ms.
    pub lasts: f64,
    /// The light's place, in pixels.
    pub at: (i32, i32),
    /// How much brighter it makes red, green and blue, of 255.
    pub light: [f64; 3],
    /// How large it is, in pixels.
    pub radius: f64,
    /// How far the hand moves at most, in pixels.
    pub shake: f64,
    /// The camera's own brightness at a time in ms: 1 as usual.
    pub exposure: fn(f64) -> f64,
    /// A steady light beside it.
    pub has_neighbour: bool,
    /// Another light of the same kind, and its place.
    pub second: Option<((i32, i32), Flashes)>,
    /// A screen beside it, on which something plays.
    pub has_screen: bool,
    /// Pictures that are lost, by their number.
    pub drops: fn(usize) -> bool,
    /// Pictures that come twice, by their number.
    pub doubles: fn(usize) -> bool,
    /// Noise of each dot, of 255: half of its range.
    pub noise: f64,
}

impl Default for Film {
    fn default() -> Film {
        Film {
            flashes: every(1000.0, 200.0, 6000.0),
            rate: 30.0,
            lasts: 6000.0,
            at: (170, 95),
            light: [230.0, 40.0, 30.0],
            radius: 3.0,
            shake: 0.0,
            exposure: |_| 1.0,
            has_neighbour: false,
            second: None,
            has_screen: false,
            drops: |_| false,
            doubles: |_| false,
            noise: 3.0,
        }
    }
}

/// A flash of `lit` ms every `period` ms, until then.
#[must_use]
pub fn every(period: f64, lit: f64, until: f64) -> Flashes {
    let count = (until / period) as usize;
    (0..count)
        .map(|n| (430.0 + n as f64 * period, lit))
        .collect()
}

/// The exposure of a camera that hunts: it jumps by a fifth every .9 s.
#[must_use]
pub fn hunting(ms: f64) -> f64 {
    if (ms / 900.0) as i32 % 2 == 0 {
        0.8
    } else {
        1.0
    }
}

/// A number from 0 to 1 that depends on nothing but these.
#[must_use]
pub fn hash(x: i32, y: i32, z: i32) -> f64 {
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

/// Where a screen is, in pixels, and how long it shows the same, in ms.
const SCREEN: (std::ops::Range<i32>, std::ops::Range<i32>) = (30..110, 40..100);
const SCENE: f64 = 700.0;

/// Noise is drawn once, and begun anywhere in it for each picture: all of it new would be most of the time that a film takes to make.
const NOISE: usize = 1 << 16;

impl Film {
    /// How long of a picture that begins then it is lit, from 0 to 1: it is seen for as long as the shutter is open, a third of the picture's
    /// time.
    fn share(&self, flashes: &[(f64, f64)], ms: f64) -> f64 {
        let open = 1000.0 / self.rate / 3.0;
        let is_on = |ms: f64| {
            flashes
                .iter()
                .any(|(at, lit)| (*at..at + lit).contains(&ms))
        };
        let lit = (0..4).filter(|part| is_on(ms + open * f64::from(*part) / 4.0));
        lit.count() as f64 / 4.0
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

    /// The pictures, each with its time in ms.
    pub fn pictures(&self) -> impl Iterator<Item = (f64, Channels)> + '_ {
        let noise: Vec<f64> = (0..NOISE as i32)
            .map(|nth| self.noise * (hash(nth, 0, 10) - 0.5) * 2.0)
            .collect();
        let margin = self.shake.ceil() as i32 + 1;
        let (width, height) = (SIZE.0 as i32, SIZE.1 as i32);
        let wide = width + 2 * margin;
        let scene: Vec<f64> = (-margin..height + margin)
            .flat_map(|y| (-margin..width + margin).map(move |x| room(x, y)))
            .collect();
        let count = (self.lasts * self.rate / 1000.0) as usize;
        (0..count)
            .filter(|nth| !(self.drops)(*nth))
            .flat_map(move |nth| {
                let ms = nth as f64 * 1000.0 / self.rate;
                let picture = self.picture(nth, ms, (&scene, wide, margin), &noise);
                let again = (self.doubles)(nth).then(|| (ms + 400.0 / self.rate, picture.clone()));
                std::iter::once((ms, picture)).chain(again)
            })
    }

    fn picture(
        &self,
        nth: usize,
        ms: f64,
        (scene, wide, margin): (&[f64], i32, i32),
        noise: &[f64],
    ) -> Channels {
        let on = self.share(&self.flashes, ms);
        let second = self
            .second
            .as_ref()
            .map(|(at, flashes)| (*at, self.share(flashes, ms)));
        let (dx, dy) = self.hand(ms);
        let exposure = (self.exposure)(ms);
        let (width, height) = SIZE;
        let mut channels =
            [const { Vec::new() }; 3].map(|_: Vec<u8>| Vec::with_capacity(width * height));
        let mut grain = (hash(nth as i32, 1, 20) * NOISE as f64) as usize;
        for y in 0..height as i32 {
            for x in 0..width as i32 {
                let (sx, sy) = (x - dx, y - dy);
                let place = (sy + margin) * wide + sx + margin;
                let base = scene.get(place as usize).copied().unwrap_or(80.0);
                let second = second.map_or(0.0, |(at, on)| self.glow(at, (sx, sy)) * on);
                let own = self.glow(self.at, (sx, sy)) * on + second;
                let other = if self.has_neighbour {
                    self.glow((self.at.0 + 22, self.at.1), (sx, sy))
                } else {
                    0.0
                };
                let is_screen = self.has_screen && SCREEN.0.contains(&sx) && SCREEN.1.contains(&sy);
                let shown = if is_screen {
                    let (column, row) = (sx.div_euclid(20), sy.div_euclid(20));
                    160.0 * hash(column, row, 30 + (ms / SCENE) as i32)
                } else {
                    0.0
                };
                for (channel, (light, neighbour)) in channels
                    .iter_mut()
                    .zip(self.light.into_iter().zip([20.0, 200.0, 30.0]))
                {
                    let lit = base + own * light + other * neighbour + shown;
                    let noise = noise.get(grain % NOISE).copied().unwrap_or(0.0);
                    grain += 1;
                    channel.push((lit * exposure + noise).clamp(0.0, 255.0) as u8);
                }
            }
        }
        channels
    }

    /// How much of a light at a place is seen elsewhere.
    fn glow(&self, (lx, ly): (i32, i32), (x, y): (i32, i32)) -> f64 {
        let reach = self.radius as i32 + 6;
        if (x - lx).abs() > reach || (y - ly).abs() > reach {
            return 0.0;
        }
        let d = f64::from((x - lx).pow(2) + (y - ly).pow(2)).sqrt();
        (1.0 - (d - self.radius).max(0.0) / 5.0).max(0.0)
    }
}
