//! One concrete rhythm as a graph: which flash may follow which tap, after how long, and how likely.

use super::observer::{FINGER, ObserverModel, STYLES};
use super::parameters::{AGAIN, AGAIN_AFTER, JOINS_SLOW, REFLEX_AFTER};
use crate::sorted::sort_by;
use std::ops::Range;

/// Short, long, or not stated: an index into the emissions of a tap.
pub type Class = u8;
/// A short flash.
pub const SHORT: Class = 0;
/// A long flash.
pub const LONG: Class = 1;
/// A flash of unsaid length.
pub const ANY: Class = 2;
/// No particular light.
pub const NO_LIGHT: u8 = u8::MAX;
/// No flash follows.
pub const NOTHING: u16 = u16::MAX;

/// Most states of one template: its flashes, one for each miscount of a burst, and its end.
pub const MOST_STATES: usize = 96;

/// A flash of a concrete rhythm.
#[derive(Debug, Clone)]
pub struct Beat {
    /// Its length class.
    pub class: Class,
    /// Which light, as an index into the chart's lights, or [`NO_LIGHT`].
    pub light: u8,
    /// To the onset of the next flash, in ms.
    pub gap: f64,
    /// Variance of `gap` beyond what people add, in ms².
    pub loose: f64,
    /// The last flash of a burst of three or more, whose flashes are this far apart (in ms): it may be miscounted.
    pub burst_end: Option<f64>,
}

/// A flash, seen as what the last tap was for.
#[derive(Debug, Clone)]
pub struct State {
    /// Its length class.
    pub class: Class,
    /// Which light.
    pub light: u8,
    /// Chance that the first tap is for it.
    pub first: f64,
    /// Chance that all the rest of the rhythm is missed, so that no tap follows. 0 in a cycle.
    pub ends: f64,
    /// The flash after it, or [`NOTHING`].
    pub next: u16,
    /// How long after it, in ms.
    pub gap: f64,
    /// The edges that leave it, within the chart's.
    pub edges: Range<usize>,
}

/// From the flash of one tap to the flash of the next.
#[derive(Debug, Clone)]
pub struct Edge {
    /// Index of the state within its template.
    pub from: u16,
    /// The same.
    pub to: u16,
    /// How many flashes between the two got no tap.
    pub missed: u8,
    /// Nominal time between the two, in ms.
    pub gap: f64,
    /// One over the scale of that time, in 1/ms.
    pub sharp: f64,
    /// Chance of this edge, given that the person continues.
    pub weight: f64,
}

/// A concrete rhythm of a signal.
#[derive(Debug, Clone)]
pub struct Template {
    /// Which hypothesis it belongs to.
    pub of: usize,
    /// Log of its share within that hypothesis.
    pub share: f64,
    /// Its states within the chart's.
    pub states: Range<usize>,
    /// Its edges within the chart's.
    pub edges: Range<usize>,
    /// The weights of its states, and of each style of pressing where it needs them, within all weights.
    pub weights: Range<usize>,
    /// The class of all its flashes, if they have one in common.
    pub class: Option<Class>,
    /// From flash to flash, where it is a plain beat.
    pub beat: Option<f64>,
    /// The least time from flash to flash, in ms; 3000 if that is more, and 0 where it comes once.
    pub quickest: f64,
    /// How much likelier a stray is than usual.
    pub strays: f64,
}

/// States and edges of all templates, one after the other.
#[derive(Debug, Clone)]
pub struct Graph {
    /// Who watches.
    pub observer: &'static ObserverModel,
    /// All templates.
    pub templates: Vec<Template>,
    /// All states.
    pub states: Vec<State>,
    /// All edges.
    pub edges: Vec<Edge>,
    /// How many weights all templates need together.
    pub weights: usize,
}

impl Default for Graph {
    fn default() -> Graph {
        Graph::new(&FINGER)
    }
}

/// How much of everything a graph has.
#[derive(Clone, Copy)]
pub struct Size {
    templates: usize,
    states: usize,
    /// How many edges.
    pub edges: usize,
    weights: usize,
}

/// What is summed while walking on from a flash.
#[derive(Clone, Copy)]
struct PathSum {
    gap: f64,
    variance: f64,
    weight: f64,
}

impl Template {
    /// How many weights each state has: one, or one for each style of pressing.
    #[must_use]
    pub fn width(&self) -> usize {
        if self.class.is_some() { 1 } else { STYLES }
    }
}

impl Graph {
    /// No template yet.
    #[must_use]
    pub fn new(observer: &'static ObserverModel) -> Graph {
        Graph {
            observer,
            templates: Vec::new(),
            states: Vec::new(),
            edges: Vec::new(),
            weights: 0,
        }
    }

    /// How much of everything there is.
    #[must_use]
    pub fn size(&self) -> Size {
        Size {
            templates: self.templates.len(),
            states: self.states.len(),
            edges: self.edges.len(),
            weights: self.weights,
        }
    }

    /// Takes back all that was added since it had this size.
    pub fn cut(&mut self, size: Size) {
        self.templates.truncate(size.templates);
        self.states.truncate(size.states);
        self.edges.truncate(size.edges);
        self.weights = size.weights;
    }

    /// Adds a rhythm: `beats` of which the first `intro` are seen once and the rest go round for ever.
    pub fn add(&mut self, of: usize, share: f64, beats: &[Beat], intro: usize, farthest: u8) {
        let count = beats.len().min(MOST_STATES * 2 / 3);
        let beats = beats.get(..count).unwrap_or(beats);
        let once = intro >= count;
        let first_state = self.states.len();
        let first_edge = self.edges.len();
        for (at, beat) in beats.iter().enumerate() {
            self.states.push(State {
                class: beat.class,
                light: beat.light,
                first: self.first(at, count, intro, beat.gap),
                ends: if once {
                    self.observer.miss.powi((count - 1 - at) as i32)
                } else {
                    0.0
                },
                next: follower(at, count, intro).unwrap_or(NOTHING),
                gap: beat.gap,
                edges: 0..0,
            });
        }
        for (at, beat) in beats.iter().enumerate() {
            let slip = beat.burst_end.map(|every| {
                let from = self.states.len() - first_state;
                if let Some(state) = self.states.get(first_state + at).cloned() {
                    self.states.push(State {
                        first: 0.0,
                        gap: (beat.gap - every).max(every * 0.5),
                        ..state
                    });
                }
                self.link(
                    at as u16,
                    from as u16,
                    0,
                    PathSum {
                        gap: every,
                        variance: square(every * self.observer.spread_share),
                        weight: self.observer.burst_slip,
                    },
                );
                (from as u16, every)
            });
            let stay = 1.0 - slip.map_or(0.0, |_| self.observer.burst_slip);
            self.walk(beats, intro, farthest, (at, at as u16), 0.0, stay);
            if let Some((ghost, every)) = slip {
                self.walk(beats, intro, farthest, (at, ghost), every, 1.0);
            }
        }
        if once && count > 0 {
            self.after_the_end(first_state, count);
        }
        self.in_order(first_state, first_edge);
        let class = beats.first().map_or(ANY, |b| b.class);
        let class = beats.iter().all(|b| b.class == class).then_some(class);
        let width = if class.is_some() { 1 } else { STYLES };
        let first_weight = self.weights;
        self.weights += width * (self.states.len() - first_state);
        self.templates.push(Template {
            of,
            share,
            states: first_state..self.states.len(),
            edges: first_edge..self.edges.len(),
            weights: first_weight..self.weights,
            class,
            beat: None,
            quickest: if once {
                0.0
            } else {
                beats.iter().map(|b| b.gap).fold(3000.0, f64::min)
            },
            strays: 1.0,
        });
    }

    /// Puts the edges of the newest template in the order of the states that they leave.
    fn in_order(&mut self, first_state: usize, first_edge: usize) {
        let edges = self.edges.get_mut(first_edge..).unwrap_or(&mut []);
        sort_by(edges, |a, b| a.from < b.from);
        let mut end = first_edge;
        let states = self.states.get_mut(first_state..).unwrap_or(&mut []);
        for (index, state) in states.iter_mut().enumerate() {
            let own = |e: &&Edge| usize::from(e.from) == index;
            let rest = self.edges.get(end..).unwrap_or(&[]);
            let begin = end;
            end += rest.iter().take_while(own).count();
            state.edges = begin..end;
        }
    }

    /// The edges that leave a state.
    #[must_use]
    pub fn leaving(&self, state: &State) -> &[Edge] {
        self.edges.get(state.edges.clone()).unwrap_or(&[])
    }

    /// The states of a template.
    #[must_use]
    pub fn states(&self, template: &Template) -> &[State] {
        self.states.get(template.states.clone()).unwrap_or(&[])
    }

    /// Edges from the state `from`, which is at beat `at` but `late` ms after its onset, to the next few flashes.
    fn walk(
        &mut self,
        beats: &[Beat],
        intro: usize,
        farthest: u8,
        (at, from): (usize, u16),
        late: f64,
        stay: f64,
    ) {
        let mut sum = PathSum {
            gap: -late,
            variance: 0.0,
            weight: stay,
        };
        let mut here = at;
        for missed in 0..farthest.max(1) {
            let (Some(beat), Some(to)) = (beats.get(here), follower(here, beats.len(), intro))
            else {
                return;
            };
            sum.gap += beat.gap;
            sum.variance += square(beat.gap * self.observer.spread_share) + beat.loose;
            let miss = match beats.get(usize::from(to)).and_then(|b| b.burst_end) {
                Some(_) => self.observer.miss + self.observer.burst_slip,
                None => self.observer.miss,
            };
            let taken = PathSum {
                gap: sum.gap.max(beat.gap * 0.5),
                weight: sum.weight * (1.0 - miss),
                ..sum
            };
            self.link(from, to, missed, taken);
            sum.weight *= miss;
            here = usize::from(to);
        }
    }

    /// After a rhythm that is shown once a reflex may add a tap, and much later the device may show it again.
    fn after_the_end(&mut self, first_state: usize, count: usize) {
        let Some(last) = self.states.get(first_state + count - 1).cloned() else {
            return;
        };
        let end = (self.states.len() - first_state) as u16;
        let ghosts = (count as u16)..end;
        for from in ghosts.chain([count as u16 - 1, end]) {
            let reflex = PathSum {
                gap: REFLEX_AFTER.0,
                variance: square(REFLEX_AFTER.1),
                weight: self.observer.reflex,
            };
            let again = PathSum {
                gap: AGAIN_AFTER.0,
                variance: square(AGAIN_AFTER.1),
                weight: AGAIN,
            };
            self.link(from, end, 0, reflex);
            self.link(from, end, 0, again);
        }
        self.states.push(State {
            first: 0.0,
            ends: 1.0,
            next: NOTHING,
            gap: 0.0,
            ..last
        });
    }

    fn link(&mut self, from: u16, to: u16, missed: u8, walk: PathSum) {
        let spread = self.observer.spread_base + walk.variance.sqrt();
        self.edges.push(Edge {
            from,
            to,
            missed,
            gap: walk.gap,
            sharp: 1.0 / spread,
            weight: walk.weight,
        });
    }

    /// Chance that the first tap is for flash `at`: an introduction is mostly seen from its start, a cycle is joined
    /// anywhere, but at the start of its first group more often than not when it has groups.
    fn first(&self, at: usize, count: usize, intro: usize, gap: f64) -> f64 {
        let cycle = (count - intro.min(count)) as f64;
        if intro == 0 {
            return if at == 0 {
                self.observer.joins_round
            } else {
                0.0
            } + (1.0 - self.observer.joins_round) / cycle;
        }
        let joins = |from: usize| -> f64 {
            if gap >= JOINS_SLOW {
                self.observer.joins.iter().skip(from).sum()
            } else {
                (1.0 - self.observer.joins_quick).powi(from as i32)
            }
        };
        // A person who joins later than the introduction lasts joins the cycle, if there is one.
        let missed = if cycle > 0.0 {
            self.observer.intro_missed + (1.0 - self.observer.intro_missed) * joins(intro)
        } else {
            0.0
        };
        if at >= intro {
            missed / cycle
        } else if at + 1 == intro && cycle == 0.0 {
            joins(at)
        } else {
            let came = if cycle > 0.0 {
                self.observer.intro_missed
            } else {
                0.0
            };
            (1.0 - came) * (joins(at) - joins(at + 1))
        }
    }
}

fn square(x: f64) -> f64 {
    x * x
}

fn follower(at: usize, count: usize, intro: usize) -> Option<u16> {
    let next = if at + 1 < count { at + 1 } else { intro };
    (next < count).then_some(next as u16)
}
