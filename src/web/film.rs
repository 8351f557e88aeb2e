//! What the page asks of the reader of films, a separate program: what a light in a row of pictures does.

use js_sys::{Float64Array, Object, Reflect};
use led_doctor_core::rhythm::{Tap, Within};
use led_doctor_core::time::Millis;
use led_doctor_film::{Film, Flashes, Picture, Reading, Window};
use wasm_bindgen::prelude::*;

/// A film that is being read.
#[wasm_bindgen]
pub struct Reader {
    film: Film,
    width: usize,
    height: usize,
}

#[wasm_bindgen]
impl Reader {
    /// A film of pictures of that size, in pixels. `x`, `y`: where somebody pointed at the light; NaN if there was no pointing.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(width: usize, height: usize, x: f64, y: f64) -> Reader {
        let at = (x.is_finite() && y.is_finite()).then_some((x, y));
        Reader {
            film: Film::new(width, at),
            width,
            height,
        }
    }

    /// Takes in the next picture, four bytes a pixel, shown at `ms`. `false` once no more is taken.
    pub fn push(&mut self, rgba: &[u8], ms: f64) -> bool {
        Picture::from_rgba(self.width, self.height, rgba)
            .is_none_or(|picture| self.film.push(&picture, ms))
    }

    /// Where the light is in the last picture, in its pixels: left, top, and how wide and high, to be shown to [`Reader::look`]. Empty where nobody
    /// pointed, or the scene is lost.
    #[must_use]
    pub fn window(&self) -> Vec<i32> {
        let window = self.film.window();
        window.map_or(Vec::new(), |Window { left, top, size }| {
            vec![left, top, size as i32]
        })
    }

    /// Takes in that part of the last picture with all the dots that there are, `side` each way, four bytes a dot.
    pub fn look(&mut self, rgba: &[u8], side: usize) {
        if let Some(close) = Picture::as_it_is(side, side, rgba) {
            self.film.look(&close);
        }
    }

    /// How near the picture is to a light that can be read, from 0 to 1.
    #[must_use]
    pub fn nearness(&self) -> f64 {
        self.film.nearness()
    }

    /// What was read so far: `{ flashes: [at, held, …], until, short, long, lit, colour, contrast, rate, x, y, others: [x, y, …] }`, all times in ms, `held` not a number
    /// where the end of a flash was not seen; or `{ refused }`, the reason.
    #[must_use]
    pub fn read(&self) -> Object {
        match self.film.read() {
            Ok(reading) => object(&reading),
            Err(refusal) => {
                let object = Object::new();
                set(&object, "refused", &refusal.name().into());
                object
            }
        }
    }
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Of an object of our own this cannot fail.
    let _ = Reflect::set(object, &name.into(), value);
}

/// The paces that no pack states, measured: see [`Within::measure`].
fn within(flashes: &Flashes) -> Within {
    let tap = |(at, held): &(f64, Option<f64>)| {
        Some(Tap {
            at: Millis::new(*at)?,
            held: held.and_then(Millis::new),
            light: None,
        })
    };
    let taps: Vec<Tap> = flashes.lit.iter().filter_map(tap).collect();
    Within::measure(&taps)
}

fn object(reading: &Reading) -> Object {
    let flashes = reading.flashes();
    let numbers: Vec<f64> = flashes
        .lit
        .iter()
        .flat_map(|(at, held)| [*at, held.unwrap_or(f64::NAN)])
        .collect();
    let object = Object::new();
    set(&object, "flashes", &Float64Array::from(&numbers[..]));
    for (name, value) in [
        ("until", flashes.until),
        ("contrast", reading.contrast),
        ("rate", reading.rate),
        ("x", reading.at.0),
        ("y", reading.at.1),
    ] {
        set(&object, name, &value.into());
    }
    let Within { short, long } = within(&flashes);
    for (name, pace) in [("short", short), ("long", long)] {
        set(&object, name, &pace.map_or(0.0, Millis::get).into());
    }
    let others: Vec<f64> = reading.others.iter().flat_map(|(x, y)| [*x, *y]).collect();
    set(&object, "others", &Float64Array::from(&others[..]));
    let lit = reading.edges.last().is_some_and(|edge| edge.on);
    set(&object, "lit", &lit.into());
    set(&object, "colour", &reading.colour.name().into());
    object
}
