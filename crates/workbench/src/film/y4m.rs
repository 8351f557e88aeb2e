//! YUV4MPEG2, the plainest of film files: one line that says what it is, then the pictures.

use anyhow::{Context, Result, bail, ensure};
use led_doctor_film::{Picture, Window};
use std::io::{BufRead, Read};

/// No film is wider or higher, in pixels.
const LARGEST: usize = 8192;
/// No line of it is longer, in bytes.
const LINE: u64 = 1024;

/// A film that is being read.
pub struct Source<R> {
    input: R,
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// From picture to picture, in ms.
    pub frame: f64,
    /// By how much the two planes of colour are smaller; `None` where there are none.
    chroma: Option<(usize, usize)>,
    is_full_range: bool,
    bytes: Vec<u8>,
}

impl<R: BufRead> Source<R> {
    /// Reads the first line.
    pub fn open(mut input: R) -> Result<Source<R>> {
        let line = line(&mut input)?.context("the file is empty")?;
        let mut words = line.split_ascii_whitespace();
        ensure!(
            words.next() == Some("YUV4MPEG2"),
            "this is no YUV4MPEG2 film; make one by: ffmpeg -i FILM -pix_fmt yuv420p FILE.y4m"
        );
        let (mut width, mut height, mut frame) = (0, 0, 0.0);
        let mut chroma = Some((2, 2));
        let mut is_full_range = false;
        for word in words {
            let (kind, value) = word.split_at_checked(1).unwrap_or((word, ""));
            match kind {
                "W" => width = value.parse().unwrap_or(0),
                "H" => height = value.parse().unwrap_or(0),
                "F" => {
                    let (number, of) = value.split_once(':').unwrap_or((value, "1"));
                    let rate =
                        number.parse::<f64>().unwrap_or(0.0) / of.parse::<f64>().unwrap_or(0.0);
                    frame = 1000.0 / rate;
                }
                "C" => {
                    chroma = match value {
                        "420" | "420jpeg" | "420mpeg2" | "420paldv" => Some((2, 2)),
                        "422" => Some((2, 1)),
                        "444" => Some((1, 1)),
                        "mono" => None,
                        _ => bail!(
                            "pictures of the kind {value} are not read; convert them by: ffmpeg -pix_fmt yuv420p"
                        ),
                    };
                }
                "X" => is_full_range |= value == "COLORRANGE=FULL",
                _ => {}
            }
        }
        ensure!(
            (1..=LARGEST).contains(&width) && (1..=LARGEST).contains(&height),
            "the film says that it is {width} × {height} pixels; it may have 1 to {LARGEST} each way"
        );
        ensure!(
            frame.is_finite() && (1.0..=10_000.0).contains(&frame),
            "the film does not say how many pictures a second it has (F30:1)"
        );
        let plane = chroma.map_or(0, |(x, y)| width.div_ceil(x) * height.div_ceil(y));
        Ok(Source {
            input,
            width,
            height,
            frame,
            chroma,
            is_full_range,
            bytes: vec![0; width * height + 2 * plane],
        })
    }

    /// The next picture; `None` after the last. What breaks off in the middle of one ends there.
    pub fn next(&mut self) -> Result<Option<Frame<'_>>> {
        let Some(head) = line(&mut self.input)? else {
            return Ok(None);
        };
        ensure!(
            head.starts_with("FRAME"),
            "a picture should begin here: {head:?}"
        );
        match self.input.read_exact(&mut self.bytes) {
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read.context("the film cannot be read on")?,
        }
        let (width, height) = (self.width, self.height);
        let plane = |(x, y): (usize, usize)| (x, y, width.div_ceil(x), height.div_ceil(y));
        Ok(Some(Frame {
            width,
            height,
            plane: self.chroma.map(plane),
            is_full_range: self.is_full_range,
            bytes: &self.bytes,
        }))
    }
}

/// A picture as it stands in the file.
pub struct Frame<'a> {
    width: usize,
    height: usize,
    /// By how much the planes of colour are smaller, and their size.
    plane: Option<(usize, usize, usize, usize)>,
    is_full_range: bool,
    bytes: &'a [u8],
}

impl Frame<'_> {
    /// The whole picture, small.
    pub fn picture(&self) -> Picture {
        Picture::shrunk(self.width, self.height, |x, y| self.dot(x, y))
    }

    /// A part of it, dot by dot; black beyond the picture.
    pub fn part(&self, Window { left, top, size }: Window) -> Picture {
        let mut channels = [const { Vec::new() }; 3];
        for y in (top..).take(size) {
            for x in (left..).take(size) {
                let at = usize::try_from(x).ok().zip(usize::try_from(y).ok());
                let at = at.filter(|(x, y)| *x < self.width && *y < self.height);
                let dot = at.map_or([0; 3], |(x, y)| self.dot(x, y));
                for (channel, value) in channels.iter_mut().zip(dot) {
                    channel.push(value);
                }
            }
        }
        Picture {
            width: size,
            height: size,
            channels,
        }
    }

    /// Red, green and blue there, by BT.601.
    fn dot(&self, x: usize, y: usize) -> [u8; 3] {
        let byte = |at: usize| f32::from(self.bytes.get(at).copied().unwrap_or(0));
        let luma = byte(y * self.width + x);
        let (u, v) = self.plane.map_or((0.0, 0.0), |(sx, sy, w, h)| {
            let at = self.width * self.height + (y / sy) * w + x / sx;
            (byte(at) - 128.0, byte(at + w * h) - 128.0)
        });
        let (luma, u, v) = if self.is_full_range {
            (luma, u, v)
        } else {
            (
                (luma - 16.0) * 255.0 / 219.0,
                u * 255.0 / 224.0,
                v * 255.0 / 224.0,
            )
        };
        [
            luma + 1.402 * v,
            luma - 0.344 * u - 0.714 * v,
            luma + 1.772 * u,
        ]
        .map(|c| c.clamp(0.0, 255.0) as u8)
    }
}

fn line(input: &mut impl BufRead) -> Result<Option<String>> {
    let mut bytes = Vec::new();
    input
        .take(LINE)
        .read_until(b'\n', &mut bytes)
        .context("the film cannot be read")?;
    if bytes.is_empty() {
        return Ok(None);
    }
    ensure!(bytes.ends_with(b"\n"), "a line of the film has no end");
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end().to_owned()))
}
