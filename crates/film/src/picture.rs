//! A picture of the film, made small.

/// Pictures are worked on at about this width, in pixels.
const WORKING: usize = 320;

/// A small picture: one byte a channel, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// Red, green and blue, each `width × height`.
    pub channels: [Vec<u8>; 3],
}

impl Picture {
    /// By how much a film of this width is made smaller.
    #[must_use]
    pub fn factor(width: usize) -> usize {
        width.div_ceil(WORKING).max(1)
    }

    /// Makes a picture smaller. `pixel` gives red, green and blue at a place of the original.
    #[must_use]
    pub fn shrunk(width: usize, height: usize, pixel: impl Fn(usize, usize) -> [u8; 3]) -> Picture {
        let factor = Picture::factor(width);
        let (w, h) = ((width / factor).max(1), (height / factor).max(1));
        let mut channels = [const { Vec::new() }; 3].map(|_: Vec<u8>| Vec::with_capacity(w * h));
        for y in 0..h {
            for x in 0..w {
                let mut sums = [0_u32; 3];
                let mut count = 0;
                for fy in y * factor..((y + 1) * factor).min(height) {
                    for fx in x * factor..((x + 1) * factor).min(width) {
                        for (sum, value) in sums.iter_mut().zip(pixel(fx, fy)) {
                            *sum += u32::from(value);
                        }
                        count += 1;
                    }
                }
                for (channel, sum) in channels.iter_mut().zip(sums) {
                    channel.push((sum / count.max(1)) as u8);
                }
            }
        }
        Picture {
            width: w,
            height: h,
            channels,
        }
    }

    /// From bytes, four a pixel: red, green, blue, and one that is not looked at. `None` where there are too few.
    #[must_use]
    pub fn from_rgba(width: usize, height: usize, bytes: &[u8]) -> Option<Picture> {
        // The camera's pictures are small as they come, and there are thirty a second.
        if Picture::factor(width) == 1 {
            return Picture::as_it_is(width, height, bytes);
        }
        let needed = width.checked_mul(height)?.checked_mul(4)?;
        if height == 0 || bytes.len() < needed {
            return None;
        }
        let pixel = |x: usize, y: usize| {
            let at = 4 * (y * width + x);
            let of = |nth| bytes.get(at + nth).copied().unwrap_or(0);
            [of(0), of(1), of(2)]
        };
        Some(Picture::shrunk(width, height, pixel))
    }

    /// The same, not made smaller.
    #[must_use]
    pub fn as_it_is(width: usize, height: usize, bytes: &[u8]) -> Option<Picture> {
        let dots = width.checked_mul(height)?;
        if dots == 0 || bytes.len() < dots.checked_mul(4)? {
            return None;
        }
        // A pass for each channel, each of a length that is known: faster than one that pushes three bytes a pixel.
        let channel = |nth: usize| -> Vec<u8> {
            let dots = bytes.chunks_exact(4).take(dots);
            dots.map(|dot| dot.get(nth).copied().unwrap_or(0)).collect()
        };
        Some(Picture {
            width,
            height,
            channels: [channel(0), channel(1), channel(2)],
        })
    }
}

/// How bright a colour looks, of 255.
#[must_use]
pub fn luma(r: u8, g: u8, b: u8) -> i32 {
    (77 * i32::from(r) + 150 * i32::from(g) + 29 * i32::from(b)) >> 8
}
