//! A camera that films a light: what edges are read from its pictures.

use crate::dice::Dice;
use crate::light::Blink;
use crate::tapper::Pressed;

/// A camera and the hand that holds it. Assumed, from the films that could be had: no set of recordings with known truth exists.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// From picture to picture, in ms.
    pub frame: f64,
    /// Chance that a picture is lost.
    pub drops: f64,
    /// Error of an edge beside what the pictures cost, in ms.
    pub noise: f64,
    /// The light is lost from sight about once in this many ms, for up to a second.
    pub lost_every: f64,
    /// A reflection is taken for a flash about once in this many ms.
    pub false_every: f64,
}

impl Camera {
    /// One of those that people have.
    pub fn draw(dice: &mut Dice) -> Camera {
        let rates = [15.0, 20.0, 24.0, 30.0, 60.0];
        let rate = rates
            .get(dice.weighted(&[0.05, 0.1, 0.15, 0.55, 0.15]))
            .copied()
            .unwrap_or(30.0);
        Camera {
            frame: 1000.0 / rate,
            drops: dice.between(0.0, 0.03),
            noise: dice.between(1.0, 6.0),
            lost_every: dice.between(30_000.0, 200_000.0),
            false_every: dice.between(60_000.0, 600_000.0),
        }
    }

    /// What is read of the light between `start` and `end` ms: a press for each flash that was seen to begin.
    pub fn film(
        &self,
        blinks: &[Blink],
        (start, end): (f64, f64),
        dice: &mut Dice,
    ) -> Vec<Pressed> {
        let mut lost: Vec<(f64, f64)> = Vec::new();
        let mut at = start + dice.wait(self.lost_every);
        while at < end {
            let back = at + dice.between(200.0, 1000.0);
            lost.push((at, back));
            at = back + dice.wait(self.lost_every);
        }
        let is_lost = |at: f64| lost.iter().any(|(from, to)| (*from..*to).contains(&at));
        let edge = |at: f64, dice: &mut Dice| {
            // Of two pictures around an edge one may be missing: then it is only known to within both.
            let frame = if dice.chance(self.drops) { 2.0 } else { 1.0 } * self.frame;
            at + dice.between(-0.25, 0.25) * frame + dice.normal(0.0, self.noise)
        };
        let mut all: Vec<Pressed> = Vec::new();
        for blink in blinks {
            let seen = blink.at > start && blink.at + blink.lit < end;
            // A flash shorter than a picture's time may fall between two of them.
            let caught = dice.chance((blink.lit / self.frame).min(1.0));
            if !seen || is_lost(blink.at) || !caught || dice.chance(0.002) {
                continue;
            }
            let on = edge(blink.at, dice);
            let off = edge(blink.at + blink.lit.max(self.frame * 0.7), dice).max(on + 5.0);
            all.push(Pressed {
                at: on,
                held: (!is_lost(blink.at + blink.lit)).then_some(off - on),
            });
        }
        let mut at = start + dice.wait(self.false_every);
        while at < end {
            all.push(Pressed {
                at,
                held: Some(dice.between(40.0, 200.0)),
            });
            at += dice.wait(self.false_every);
        }
        all.sort_by(|a, b| a.at.total_cmp(&b.at));
        all
    }
}
