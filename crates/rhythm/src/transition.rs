//! From one tap to the next under one rhythm: what may have led here, over which flashes, and how likely.

use super::density::bell;
use super::emission::Emission;
use super::observer::ObserverModel;
use super::parameters::{BACK, CARRYOVER_MOST, FAINT, REACH, SLOW, STRAY_SHORTEST};
use super::press::Press;
use super::template::{Edge, Graph, Template};
use crate::time::within;

/// How a time scale of an edge looks after the n-th tap: first taps are reactions.
#[derive(Clone, Copy)]
pub struct EarlyInterval {
    sharp: f64,
    short: f64,
    correction: (f64, f64),
    /// Share of this interval's error that counts as carryover: what the first reaction spoils is not made up.
    carries: f64,
}

impl EarlyInterval {
    /// For the interval that begins with the press of this index.
    #[must_use]
    pub fn new(observer: &ObserverModel, index: usize) -> EarlyInterval {
        EarlyInterval {
            sharp: observer.early_spread.get(index).map_or(1.0, |s| 1.0 / s),
            short: observer.early_bias.get(index).copied().unwrap_or(1.0),
            correction: observer.correction,
            carries: if index == 0 { 0.0 } else { 1.0 },
        }
    }

    /// How many scales `x` ms is from what `edge` expects after an interval that was off by `carryover` ms, and one over
    /// that scale.
    #[inline]
    #[must_use]
    pub fn z(self, x: f64, edge: &Edge, carryover: f64) -> (f64, f64) {
        let slow = edge.gap > SLOW;
        let gap = if slow {
            edge.gap * self.short - self.correction.0 * carryover
        } else {
            edge.gap - self.correction.1 * carryover
        };
        let sharp = edge.sharp * self.sharp;
        ((x - gap) * sharp, sharp)
    }
}

/// Weight of skipping taps as strays over `x` ms.
#[must_use]
pub fn stray(observer: &ObserverModel, x: f64) -> f64 {
    observer.stray / x.max(STRAY_SHORTEST)
}

/// What came of a transition.
pub struct Arrived {
    /// The factor by which all weights were scaled.
    pub by: f64,
    /// By how much the newest interval of a plain beat was off, in ms.
    pub off: f64,
}

/// A look back from the new tap.
#[derive(Clone, Copy)]
pub struct Back {
    /// To the tap so far back, in ms.
    pub x: f64,
    /// Weight of all taps in between being strays; 0 when there is no tap so far back.
    pub strays: f64,
    /// What is special about the interval that begins there.
    pub early: EarlyInterval,
}

/// What an edge carries from an earlier tap to the new one.
pub struct Flow {
    /// Its density per ms.
    pub weight: f64,
    /// By how much the interval was off, in ms: the next one makes up for some of it.
    pub off: f64,
}

impl Back {
    /// The looks back from `press`, which follows `presses`.
    #[must_use]
    pub fn all(observer: &ObserverModel, presses: &[Press], press: &Press) -> [Back; BACK] {
        let n = presses.len();
        let mut all = [Back {
            x: 0.0,
            strays: 0.0,
            early: EarlyInterval::new(observer, usize::MAX),
        }; BACK];
        for (b, slot) in all.iter_mut().enumerate() {
            if let Some(earlier) = n.checked_sub(b + 1).and_then(|i| presses.get(i)) {
                let x = press.at - earlier.at;
                *slot = Back {
                    x,
                    strays: stray(observer, x).powi(b as i32),
                    early: EarlyInterval::new(observer, n - b - 1),
                };
            }
        }
        all
    }

    /// What `edge` carries over this interval, of which `strays` is the weight of the taps in between, after one that was off by
    /// `carryover` ms. `None` where that is nothing.
    ///
    /// Verdict and explanation both rest on this: one sums it up over all paths, the other follows the best.
    #[inline]
    #[must_use]
    pub fn flow(&self, edge: &Edge, strays: f64, carryover: f64) -> Option<Flow> {
        let (z, sharp) = self.early.z(self.x, edge, carryover);
        (-REACH..=REACH).contains(&z).then(|| Flow {
            weight: strays * edge.weight * sharp * bell(z),
            off: self.early.carries * within(z, -CARRYOVER_MOST, CARRYOVER_MOST) / sharp,
        })
    }
}

/// One template's transition from tap to tap.
pub struct Transition<'a> {
    /// The chart's rhythms.
    pub graph: &'a Graph,
    /// The one of them.
    pub template: &'a Template,
    /// To the tap before, and so on.
    pub back: &'a [Back; BACK],
    /// By how much the intervals before those taps were off, in ms.
    pub carryover: [f64; BACK],
    /// Of the tap before the new one.
    pub emission: &'a Emission,
    /// Weight of all taps before the new one being strays.
    pub begins: f64,
}

impl Transition<'_> {
    /// Weights after the new tap: `new` holds those of three taps back and takes the result, `one` and `two` those
    /// of one and two taps back; `sums` is room to work in.
    pub fn advance(
        &self,
        new: &mut [f64],
        one: &mut [f64],
        two: &mut [f64],
        sums: &mut Vec<f64>,
    ) -> Arrived {
        self.emit(one);
        sums.clear();
        sums.resize(one.len(), 0.0);
        let off = self.arrive([one, two, new], sums);
        if self.begins > 0.0 {
            let width = self.template.width();
            for (sums, state) in sums.chunks_mut(width).zip(self.graph.states(self.template)) {
                for (style, sum) in sums.iter_mut().enumerate() {
                    let usual = if width > 1 {
                        self.graph.observer.usual(style)
                    } else {
                        1.0
                    };
                    *sum += self.begins * state.first * usual;
                }
            }
        }
        // So unlikely that the numbers end: stay there, and keep the shape of the weights.
        let sum = within(sums.iter().sum(), 1e-280, 1e280);
        let up = 1.0 / sum;
        // Bounded, so that the weights of earlier taps cannot overflow: they are carried at most twice.
        let carried = up.min(1e60);
        new.iter_mut().zip(sums).for_each(|(w, s)| *w = *s * up);
        one.iter_mut().for_each(|w| *w *= carried);
        two.iter_mut().for_each(|w| *w *= carried);
        Arrived {
            by: sum,
            off: off * up,
        }
    }

    /// Completes the weights after the tap before by that tap's length and light, which are known by now.
    fn emit(&self, weights: &mut [f64]) {
        let width = self.template.width();
        if !(self.emission.names_light() || (width > 1 && self.emission.has_length())) {
            return;
        }
        for (weights, state) in weights
            .chunks_mut(width)
            .zip(self.graph.states(self.template))
        {
            if weights.iter().all(|w| *w == 0.0) {
                continue;
            }
            for (style, weight) in weights.iter_mut().enumerate() {
                *weight *= self.emission.fit(state, style, width);
            }
        }
    }

    /// Adds to `sums` what arrives from one, two and three taps back; gives by how much the intervals were off (ms),
    /// each times what arrived.
    fn arrive(&self, weights: [&[f64]; BACK], sums: &mut [f64]) -> f64 {
        let width = self.template.width();
        let beat = self.template.beat.is_some();
        let mut off = 0.0;
        for (index, state) in self.graph.states(self.template).iter().enumerate() {
            let each = weights.into_iter().zip(self.back).zip(self.carryover);
            let mut untidy = 1.0;
            for ((weights, back), carryover) in each {
                let strays = back.strays * untidy;
                untidy *= self.template.strays;
                let from = weights
                    .get(index * width..(index + 1) * width)
                    .unwrap_or(&[]);
                let all: f64 = from.iter().sum();
                if all * strays < FAINT {
                    continue;
                }
                for edge in self.graph.leaving(state) {
                    let Some(flow) = back.flow(edge, strays, carryover) else {
                        continue;
                    };
                    let to = usize::from(edge.to) * width;
                    let to = sums.get_mut(to..to + width).unwrap_or(&mut []);
                    to.iter_mut()
                        .zip(from)
                        .for_each(|(to, from)| *to += from * flow.weight);
                    if beat {
                        off += all * flow.weight * flow.off;
                    }
                }
            }
        }
        off
    }
}
