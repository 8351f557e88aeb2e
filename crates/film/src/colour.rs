//! The colour of a light.

/// The colour of the light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Red.
    Red,
    /// Orange-yellow.
    Amber,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// None of them: white, or too bright to tell.
    White,
}

impl Colour {
    /// Its name in what is written: of the command, and for the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Colour::Red => "red",
            Colour::Amber => "amber",
            Colour::Green => "green",
            Colour::Blue => "blue",
            Colour::White => "white",
        }
    }

    /// The colour of what is brighter when on than when off: red, green and blue of both, of 255.
    #[must_use]
    pub fn of([on, off]: [[f64; 3]; 2]) -> Colour {
        let [r, g, b] = [0, 1, 2].map(|c: usize| {
            let of = |rgb: [f64; 3]| rgb.get(c).copied().unwrap_or(0.0);
            (of(on) - of(off)).max(0.0)
        });
        let most = r.max(g).max(b).max(1e-9);
        let least = r.min(g).min(b);
        if least > 0.72 * most {
            Colour::White
        } else if r >= most && g > 0.45 * r && b < 0.6 * r {
            Colour::Amber
        } else if r >= most {
            Colour::Red
        } else if g >= most {
            Colour::Green
        } else {
            Colour::Blue
        }
    }
}
