//! The brightness of small blocks of the scene, picture by picture.

use super::picture::Picture;

/// Blocks are this many pixels wide and high where somebody pointed.
const NEAR: i32 = 3;
/// And all over the picture.
const ANYWHERE: i32 = 4;
/// So far round the place where somebody pointed, in pixels.
pub const AROUND: i32 = 24;
/// The border of the picture is left out: what comes in there is no light.
const BORDER: i32 = 6;

/// The brightest place of a block is looked for so far beyond it, too, in pixels: the scene is followed to a pixel, no better, and the light is
/// a pixel wide.
const BEYOND: i32 = 2;
/// What is looked at closely is so wide and high, in pixels.
pub const CLOSE: i32 = 2 * (AROUND + BEYOND);

/// Brightest of the three, red, green, blue.
pub const CHANNELS: usize = 4;

/// A place, relative to the first picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// In pixels.
    pub x: i32,
    /// In pixels.
    pub y: i32,
}

/// A grid of blocks that moves with the scene.
#[derive(Debug, Clone)]
pub struct Grid {
    left: i32,
    top: i32,
    size: i32,
    /// Blocks from left to right.
    pub columns: usize,
    /// Blocks from top to bottom.
    pub rows: usize,
}

impl Grid {
    /// Round a place, or all over a picture of this size.
    #[must_use]
    pub fn new(at: Option<(i32, i32)>, width: usize, height: usize) -> Grid {
        match at {
            Some((x, y)) => {
                let count = (2 * AROUND / NEAR) as usize;
                Grid {
                    left: x - AROUND,
                    top: y - AROUND,
                    size: NEAR,
                    columns: count,
                    rows: count,
                }
            }
            None => Grid {
                left: BORDER,
                top: BORDER,
                size: ANYWHERE,
                columns: ((width as i32 - 2 * BORDER).max(ANYWHERE) / ANYWHERE) as usize,
                rows: ((height as i32 - 2 * BORDER).max(ANYWHERE) / ANYWHERE) as usize,
            },
        }
    }

    /// How many blocks there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.columns * self.rows
    }

    /// The middle of a block.
    #[must_use]
    pub fn place(&self, block: usize) -> Place {
        let (column, row) = (block % self.columns.max(1), block / self.columns.max(1));
        Place {
            x: self.left + column as i32 * self.size + self.size / 2,
            y: self.top + row as i32 * self.size + self.size / 2,
        }
    }

    /// The blocks beside it, and itself.
    pub fn round(&self, block: usize) -> impl Iterator<Item = usize> + use<> {
        let (columns, rows) = (self.columns as i32, self.rows as i32);
        let (column, row) = (block as i32 % columns.max(1), block as i32 / columns.max(1));
        (-1..=1)
            .flat_map(move |dy| (-1..=1).map(move |dx| (column + dx, row + dy)))
            .filter(move |(c, r)| (0..columns).contains(c) && (0..rows).contains(r))
            .map(move |(c, r)| (r * columns + c) as usize)
    }

    /// Whether the middle is in a picture of this size, in which the scene has moved.
    #[must_use]
    pub fn is_inside(&self, (width, height): (usize, usize), (dx, dy): (i32, i32)) -> bool {
        let middle = |from: i32, count: usize, by: i32| from + count as i32 * self.size / 2 + by;
        let (x, y) = (
            middle(self.left, self.columns, dx),
            middle(self.top, self.rows, dy),
        );
        (0..width as i32).contains(&x) && (0..height as i32).contains(&y)
    }

    /// Red, green and blue of every block, in a picture in which the scene has moved.
    #[must_use]
    pub fn read(&self, picture: &Picture, (dx, dy): (i32, i32)) -> Vec<[u8; 3]> {
        let (width, height) = (picture.width as i32, picture.height as i32);
        let mut all = Vec::with_capacity(self.count());
        for row in 0..self.rows as i32 {
            for column in 0..self.columns as i32 {
                let (x0, y0) = (
                    self.left + column * self.size + dx,
                    self.top + row * self.size + dy,
                );
                let is_inside =
                    x0 >= 0 && x0 + self.size <= width && y0 >= 0 && y0 + self.size <= height;
                let sums = match is_inside {
                    true => self.inside(picture, (x0 as usize, y0 as usize)),
                    false => self.over_the_edge(picture, (x0, y0)),
                };
                let n = (self.size * self.size) as u32;
                all.push(sums.map(|sum| ((sum + n / 2) / n) as u8));
            }
        }
        all
    }

    /// Red, green and blue of the brightest place in every block, and a little around it. `close` shows [`CLOSE`] pixels round the place where
    /// somebody pointed, however many dots it has. A light far smaller than a block is seen so, wherever in the block it is.
    #[must_use]
    pub fn peaks(&self, close: &Picture) -> Vec<[u8; 3]> {
        let channels = close.channels.each_ref();
        let peaks = channels.map(|channel| highest(channel, (close.width, close.height)));
        let of = |column: i32, row: i32| {
            let mut most = [0; 3];
            for (most, peaks) in most.iter_mut().zip(&peaks) {
                let rows = peaks.chunks_exact(CLOSE as usize);
                for cells in rows
                    .skip((row * self.size) as usize)
                    .take((self.size + 2 * BEYOND) as usize)
                {
                    let near = cells.iter().skip((column * self.size) as usize);
                    let near = near.take((self.size + 2 * BEYOND) as usize);
                    *most = near.fold(*most, |most, value| most.max(*value));
                }
            }
            most
        };
        let rows = 0..self.rows as i32;
        let columns = self.columns as i32;
        rows.flat_map(|row| (0..columns).map(move |column| (column, row)))
            .map(|(column, row)| of(column, row))
            .collect()
    }

    /// The sum of each channel over a block that lies in the picture.
    fn inside(&self, picture: &Picture, (x, y): (usize, usize)) -> [u32; 3] {
        let size = self.size as usize;
        let begin = y * picture.width + x;
        let mut sums = [0_u32; 3];
        for (sum, channel) in sums.iter_mut().zip(&picture.channels) {
            let rows = channel.get(begin..).unwrap_or(&[]).chunks(picture.width);
            for row in rows.take(size) {
                *sum += row
                    .iter()
                    .take(size)
                    .map(|dot| u32::from(*dot))
                    .sum::<u32>();
            }
        }
        sums
    }

    /// The same of one that reaches beyond it, where its border continues.
    fn over_the_edge(&self, picture: &Picture, (x0, y0): (i32, i32)) -> [u32; 3] {
        let (width, height) = (picture.width as i32, picture.height as i32);
        let mut sums = [0_u32; 3];
        for y in y0..y0 + self.size {
            for x in x0..x0 + self.size {
                let at = (y.clamp(0, height - 1) * width + x.clamp(0, width - 1)) as usize;
                for (sum, channel) in sums.iter_mut().zip(&picture.channels) {
                    *sum += u32::from(channel.get(at).copied().unwrap_or(0));
                }
            }
        }
        sums
    }
}

/// For each of [`CLOSE`] × [`CLOSE`] pixels its brightest place, two dots wide and high: one dot alone may be noise.
fn highest(dots: &[u8], (width, height): (usize, usize)) -> Vec<u8> {
    let side = CLOSE as usize;
    let mut all = vec![0_u8; side * side];
    let mut rows = dots.chunks_exact(width.max(1));
    let mut above = rows.next().unwrap_or(&[]);
    for (y, row) in rows.enumerate() {
        let cells = all.chunks_exact_mut(side).nth(y * side / height.max(1));
        let Some(cells) = cells else { break };
        let pairs = above.windows(2).zip(row.windows(2));
        for (x, (a, b)) in pairs.enumerate() {
            let sum: u16 = a.iter().chain(b).map(|dot| u16::from(*dot)).sum();
            if let Some(cell) = cells.get_mut(x * side / width.max(1)) {
                *cell = (*cell).max((sum / 4) as u8);
            }
        }
        above = row;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A close picture, dark but for four dots.
    fn close(dots: usize, (x, y): (usize, usize)) -> Picture {
        let mut red = vec![20; dots * dots];
        for at in [0, 1, dots, dots + 1] {
            if let Some(dot) = red.get_mut(y * dots + x + at) {
                *dot = 220;
            }
        }
        Picture {
            width: dots,
            height: dots,
            channels: [red.clone(), vec![20; dots * dots], red],
        }
    }

    #[test]
    fn four_dots_are_seen_in_their_block_and_a_hand_of_one_pixel_changes_nothing() {
        let grid = Grid::new(Some((160, 90)), 320, 180);
        // The middle of the block in the seventh column of the fifth row.
        let middle = |nth: usize| BEYOND as usize + nth * NEAR as usize + 1;
        for fine in [2, 4, 7] {
            let dots = fine * CLOSE as usize;
            for (dx, dy) in [(0, 0), (fine, 0), (0, fine), (fine, fine)] {
                let at = (middle(7) * fine + dx, middle(5) * fine + dy);
                let peaks = grid.peaks(&close(dots, at));
                assert_eq!(peaks.len(), grid.count());
                assert_eq!(peaks.get(5 * grid.columns + 7), Some(&[220, 20, 220]));
                let bright = peaks.iter().filter(|rgb| rgb.contains(&220)).count();
                assert!((1..=9).contains(&bright), "{bright} blocks");
            }
        }
    }

    #[test]
    fn a_close_picture_of_any_size_is_taken() {
        let grid = Grid::new(Some((160, 90)), 320, 180);
        let nothing = Picture {
            width: 0,
            height: 0,
            channels: [const { Vec::new() }; 3],
        };
        for picture in [nothing, close(2, (0, 0)), close(51, (3, 3))] {
            assert_eq!(grid.peaks(&picture).len(), grid.count());
        }
    }
}
