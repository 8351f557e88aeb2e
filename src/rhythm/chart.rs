//! A device's signals, made ready for listening: every rhythm concrete, the whole bounded in size.

use super::human::TOO_FAST;
use super::shape::{Concrete, DETAILS, Detail, concrete};
use super::signal::{Flashes, Show, Signal, Span};
use super::template::{ANY, Beat, Graph, NO_LIGHT};
use crate::id::Id;
use crate::time::within;

/// A question that may be asked of the person.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The name by which [`super::Watch::answers`] refers to it.
    pub id: Id,
    /// The answers that may be given, "not sure" left aside.
    pub answers: Vec<Id>,
}

/// The signals a device may show and the questions that may be asked, prepared once for any number of attempts.
///
/// Its size is bounded whatever is passed in: a chart of very many or very long codes is averaged over fewer points.
#[derive(Debug, Clone)]
pub struct Chart {
    pub(super) signals: Vec<Signal>,
    pub(super) questions: Vec<Question>,
    /// What each signal asks of the decision, in the order of `signals`.
    pub(super) traits: Vec<Traits>,
    pub(super) graph: Graph,
    /// All lights and colours that the signals name.
    pub(super) lights: Vec<Id>,
    /// Log prior of each signal, then of the unknown beat, then of noise.
    pub(super) priors: Vec<f64>,
    /// The longest run of flashes of any signal.
    pub(super) longest: usize,
}

/// What of a signal matters for when to decide.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Traits {
    pub steady: bool,
    pub dark: bool,
    /// Comes once and is over.
    pub once: bool,
    /// A plain beat, one flash like the other.
    pub beat: bool,
    /// Fastest time from flash to flash, in ms; 0 when no two flashes follow each other.
    pub fastest: f64,
    /// How many flashes a round has, or all of them when it comes once.
    pub flashes: usize,
    /// The time until it has shown all it has, in ms.
    pub round: f64,
    pub inverse: bool,
}

/// Most edges of a chart: what keeps one update on a chart of a hundred codes within 2 ms.
const MOST_EDGES: usize = 40_000;
/// Periods of the unknown beat, in ms, and the log step between them.
const UNKNOWN: (f64, f64, f64) = (160.0, 7000.0, 0.08);

impl Chart {
    /// Prepares a chart. Total: any signals are taken, and what is out of range is forced into it.
    #[must_use]
    pub fn new(signals: Vec<Signal>, questions: Vec<Question>) -> Chart {
        let mut chart = Chart {
            lights: lights(&signals),
            signals,
            questions,
            traits: Vec::new(),
            graph: Graph::default(),
            priors: Vec::new(),
            longest: 0,
        };
        for detail in DETAILS {
            chart.fill(detail);
            if chart.graph.edges.len() <= MOST_EDGES {
                break;
            }
        }
        chart.add_unknown();
        chart.priors = chart.priors();
        chart
    }

    /// The signals, in the order they were passed.
    #[must_use]
    pub fn signals(&self) -> &[Signal] {
        &self.signals
    }

    /// The questions, in the order they were passed.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    pub(super) fn light(&self, id: Option<&Id>) -> u8 {
        let Some(id) = id else { return NO_LIGHT };
        self.lights
            .iter()
            .position(|l| l == id)
            .map_or(NO_LIGHT, |at| at as u8)
    }

    pub(super) fn unknown(&self) -> usize {
        self.signals.len()
    }

    fn fill(&mut self, detail: Detail) {
        let mut graph = Graph::default();
        let mut traits = Vec::new();
        let mut longest = 1;
        for (of, signal) in self.signals.iter().enumerate() {
            let mut seen = Traits::default();
            let layers = signal.layers.iter().filter_map(|l| match &l.show {
                Show::Flashes(f) if !(f.intro.is_empty() && f.cycle.is_empty()) => Some((l, f)),
                _ => None,
            });
            let layers: Vec<_> = layers.take(4).collect();
            if layers.is_empty() {
                seen.steady = signal.layers.iter().any(|l| l.show == Show::Steady);
                seen.dark = !seen.steady;
            }
            for (layer, flashes) in &layers {
                let light = |group: &super::signal::Group| {
                    self.light(group.light.as_ref().or(layer.light.as_ref()))
                };
                let all = concrete(flashes, detail, &light);
                seen.read(flashes, &all);
                longest = longest.max(run(flashes));
                for one in all {
                    if graph.edges.len() > 4 * MOST_EDGES {
                        break;
                    }
                    let share = (one.share / layers.len() as f64).ln();
                    let beat = plain(&one);
                    graph.add(of, share, &one.beats, one.intro, detail.farthest);
                    if let Some(template) = graph.templates.last_mut() {
                        template.beat = beat;
                    }
                }
            }
            traits.push(seen);
        }
        (self.graph, self.traits, self.longest) = (graph, traits, longest);
    }

    /// Any regular beat, less the ones that the chart's own plain beats claim.
    fn add_unknown(&mut self) {
        let mut claimed: Vec<f64> = Vec::new();
        for of in 0..self.signals.len() {
            let own = || self.graph.templates.iter().filter(move |t| t.of == of);
            let top = own().map(|t| t.share).fold(f64::NEG_INFINITY, f64::max);
            claimed.extend(own().filter(|t| t.share > top - 1.4).filter_map(|t| t.beat));
        }
        let (from, to, step) = UNKNOWN;
        let points = ((to / from).ln() / step) as usize + 1;
        let share = -(points as f64).ln();
        for i in 0..points {
            let period = from * (step * i as f64).exp();
            if claimed.iter().any(|c| (c / period).ln().abs() < 0.06) {
                continue;
            }
            let beat = Beat {
                class: ANY,
                light: NO_LIGHT,
                gap: period,
                loose: 0.0,
                burst_end: None,
            };
            self.graph.add(self.signals.len(), share, &[beat], 0, 3);
            if let Some(template) = self.graph.templates.last_mut() {
                template.beat = Some(period);
            }
        }
    }

    fn priors(&self) -> Vec<f64> {
        use super::human::{PRIOR_NOISE, PRIOR_UNKNOWN};
        let weight = |s: &Signal| {
            if s.weight.is_finite() {
                within(s.weight, 0.001, 100.0)
            } else {
                1.0
            }
        };
        let sum: f64 = self.signals.iter().map(weight).sum();
        let own = 1.0 - PRIOR_NOISE - PRIOR_UNKNOWN;
        let signals = self.signals.iter().map(|s| (own * weight(s) / sum).ln());
        signals
            .chain([PRIOR_UNKNOWN.ln(), PRIOR_NOISE.ln()])
            .collect()
    }
}

impl Traits {
    fn read(&mut self, flashes: &Flashes, all: &[Concrete]) {
        self.inverse |= flashes.inverse;
        self.once = flashes.cycle.is_empty();
        self.beat = all.iter().all(|c| plain(c).is_some());
        for one in all {
            let beats = one.beats.iter();
            let gaps =
                beats.take(one.beats.len() - usize::from(self.once && !one.beats.is_empty()));
            let (mut round, mut fastest) = (0.0, f64::INFINITY);
            for beat in gaps {
                round += beat.gap;
                fastest = beat.gap.min(fastest);
            }
            self.flashes = self.flashes.max(one.beats.len());
            self.round = self.round.max(round);
            if fastest.is_finite() && (self.fastest == 0.0 || fastest < self.fastest) {
                self.fastest = fastest;
            }
        }
    }

    pub fn too_fast(&self) -> bool {
        self.fastest > 0.0 && self.fastest < TOO_FAST
    }
}

/// The period of a rhythm whose flashes all follow each other after the same time.
fn plain(one: &Concrete) -> Option<f64> {
    let gap = one.beats.first()?.gap;
    (one.intro == 0 && one.beats.iter().all(|b| (b.gap - gap).abs() < 0.05 * gap)).then_some(gap)
}

/// The longest run of flashes within a burst.
fn run(flashes: &Flashes) -> usize {
    let groups = flashes.intro.iter().chain(&flashes.cycle);
    let quick = |span: Span| !matches!(span, Span::Stated(_, b) if b > 1200.0);
    groups
        .filter(|g| quick(g.every))
        .map(|g| usize::from(g.count.1))
        .max()
        .unwrap_or(1)
}

fn lights(signals: &[Signal]) -> Vec<Id> {
    let mut all: Vec<Id> = Vec::new();
    for layer in signals.iter().flat_map(|s| &s.layers) {
        let groups: Vec<_> = match &layer.show {
            Show::Flashes(f) => f
                .intro
                .iter()
                .chain(&f.cycle)
                .filter_map(|g| g.light.clone())
                .collect(),
            _ => Vec::new(),
        };
        for light in groups.into_iter().chain(layer.light.clone()) {
            if !all.contains(&light) && all.len() < usize::from(NO_LIGHT) {
                all.push(light);
            }
        }
    }
    all
}
