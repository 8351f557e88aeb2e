//! A device's signals, made ready for listening: every rhythm variants, the whole bounded in size.

use super::observer::{Observer, ObserverModel, Steadiness};
use super::paces::{Paces, Within};
use super::parameters::DETAILS;
use super::parameters::{
    BURST_SLOWEST, CLAIMED, CLAIMS, MOST_EDGES, MOST_UNLISTED_EDGES, PRIOR_NOISE, PRIOR_UNKNOWN,
    UNKNOWN_BEATS, UNKNOWN_BLINKS, UNKNOWN_CLEAR, UNKNOWN_COUNTS, UNKNOWN_GROUP, UNKNOWN_IS_BEAT,
    UNKNOWN_LIGHTS, UNKNOWN_LOOSE, UNKNOWN_NEAR, UNKNOWN_PACES, UNKNOWN_PAUSES, UNKNOWN_SLOWER,
    UNKNOWN_SLOWEST, UNLISTED_DETAILS, UNLISTED_WEIGHT, WEIGHTS,
};
use super::signal::{Flashes, Group, Show, Signal, Span};
use super::template::{ANY, Beat, Graph, LONG, NO_LIGHT};
use super::variant::{Detail, Variant, rest, variants};
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
/// Its size is bounded whatever is passed in: a chart of very many or very long signals is averaged over fewer points.
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
    /// What is known of unstated times within groups.
    pub(super) paces: Paces,
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
    /// Slowest time from flash to flash of the same kind, in ms: within a group. No less than `fastest`.
    pub slowest: f64,
    /// The same of flashes that are not long, and how many of them there are in a row.
    pub brief: (f64, usize),
    /// Share of its concrete rhythms that are too fast to follow.
    pub quick: f64,
    /// How many flashes a round has, or all of them when it comes once.
    pub flashes: usize,
    /// The time until it has shown all it has, in ms.
    pub round: f64,
    /// From flash to flash of the plain beat that it goes over into after what it begins with, in ms; 0 where it does not.
    pub tail: f64,
    pub inverse: bool,
}

impl Chart {
    /// Prepares a chart for people who tap. Total: any signals are taken, and what is out of range is forced into it.
    #[must_use]
    pub fn new(signals: Vec<Signal>, questions: Vec<Question>) -> Chart {
        Chart::for_observer(Observer::Finger, Within::default(), signals, questions)
    }

    /// The same for any observer, of a light that flashes at these paces within groups.
    #[must_use]
    pub fn for_observer(
        observer: Observer,
        within: Within,
        signals: Vec<Signal>,
        questions: Vec<Question>,
    ) -> Chart {
        let mut chart = Chart {
            lights: lights(&signals),
            signals,
            questions,
            traits: Vec::new(),
            graph: Graph::new(observer.model()),
            priors: Vec::new(),
            longest: 0,
            paces: Paces::new(within),
        };
        chart.traits = vec![Traits::default(); chart.signals.len()];
        chart.fill(true, &DETAILS);
        // Rhythms that the list does not have are many, and share what is left: they take no detail from those that it has.
        chart.fill(false, &UNLISTED_DETAILS);
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

    /// From flash to flash of the slowest plain beat, in ms; 0 where there is none.
    #[must_use]
    pub fn slowest_beat(&self) -> f64 {
        let beats = self.traits.iter().filter(|seen| seen.beat);
        beats.map(|seen| seen.round).fold(0.0, f64::max)
    }

    /// How many transitions from flash to flash the chart has: what one update costs grows with it.
    #[must_use]
    pub fn edges(&self) -> usize {
        self.graph.edges.len()
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

    /// Writes out the rhythms of the listed signals or of the others, in the finest detail that is not too much.
    fn fill(&mut self, listed: bool, details: &[Detail]) {
        let before = self.graph.size();
        let most = if listed {
            MOST_EDGES
        } else {
            MOST_UNLISTED_EDGES
        };
        for detail in details {
            self.graph.cut(before);
            self.write(listed, *detail);
            if self.graph.edges.len() - before.edges <= most {
                break;
            }
        }
    }

    fn write(&mut self, listed: bool, detail: Detail) {
        let observer = self.graph.observer;
        let mut graph = std::mem::replace(&mut self.graph, Graph::new(observer));
        let most = graph.edges.len() + 4 * MOST_EDGES;
        let mut traits = std::mem::take(&mut self.traits);
        let mut longest = self.longest.max(1);
        let signals = self.signals.iter().zip(&mut traits).enumerate();
        for (of, (signal, seen)) in signals.filter(|(_, (signal, _))| signal.listed == listed) {
            *seen = Traits::default();
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
                let light =
                    |group: &Group| self.light(group.light.as_ref().or(layer.light.as_ref()));
                let all = variants((observer, &self.paces), flashes, detail, &light);
                seen.read(observer, flashes, &all);
                longest = longest.max(run(flashes));
                let hands = if flashes.cycle.iter().any(is_timed) {
                    &observer.steadiness
                } else {
                    &observer.steadiness_untimed
                };
                for one in all {
                    if graph.edges.len() > most {
                        break;
                    }
                    let share = (one.share / layers.len() as f64).ln();
                    let beat = plain(&one);
                    match beat {
                        Some(_) => {
                            add_beat(&mut graph, of, share, &one.beats, detail.farthest, hands);
                        }
                        None => graph.add(of, share, &one.beats, one.intro, detail.farthest),
                    }
                }
            }
        }
        (self.graph, self.traits, self.longest) = (graph, traits, longest);
    }

    /// Any regular beat, less the ones that the chart's own plain beats claim.
    fn add_unknown(&mut self) {
        let observer = self.graph.observer;
        let mut claimed: Vec<f64> = Vec::new();
        // A beat of a stated range has every period of it.
        let ranges: Vec<(f64, f64)> = self.signals.iter().filter_map(stated_beat).collect();
        for of in 0..self.signals.len() {
            let own = || self.graph.templates.iter().filter(move |t| t.of == of);
            let top = own().map(|t| t.share).fold(f64::NEG_INFINITY, f64::max);
            claimed.extend(
                own()
                    .filter(|t| t.share > top - CLAIMS)
                    .filter_map(|t| t.beat),
            );
        }
        let (from, usual, step) = UNKNOWN_BEATS;
        // Where the chart has a slow light, others as slow are known, too.
        let beats = self.traits.iter().filter(|seen| seen.beat);
        let rounds = beats.map(|seen| seen.round);
        let slowest = rounds.fold(0.0, f64::max);
        let to = within(UNKNOWN_SLOWER * slowest, usual, UNKNOWN_SLOWEST);
        let points = ((to / from).ln() / step) as usize + 1;
        let share = (UNKNOWN_IS_BEAT / points as f64).ln();
        let flash = |gap| Beat {
            class: ANY,
            light: NO_LIGHT,
            gap,
            loose: 0.0,
            burst_end: None,
        };
        for i in 0..points {
            let period = from * (step * i as f64).exp();
            // A person whose own tempo makes a beat slower or quicker than stated can follow it.
            let near = if period < self.graph.observer.too_fast {
                CLAIMED.0
            } else {
                CLAIMED.1
            };
            let is_stated = |(low, high): &(f64, f64)| {
                let by = near.exp();
                (low / by..=high * by).contains(&period)
            };
            if !claimed.iter().any(|c| (c / period).ln().abs() < near)
                && !ranges.iter().any(is_stated)
            {
                add_beat(
                    &mut self.graph,
                    self.signals.len(),
                    share,
                    &[flash(period)],
                    3,
                    &observer.steadiness,
                );
            }
        }
        self.add_unknown_lights();
        // Groups of a few flashes that repeat are a rhythm too, and no mistakes of a person who taps a signal.
        let groups = UNKNOWN_COUNTS
            .into_iter()
            .flat_map(|n| UNKNOWN_PACES.map(|every| (n, every)));
        let share = UNKNOWN_GROUP.ln();
        for (count, every) in groups {
            // With a pause like its gaps a group would be a beat.
            let clear = |pause: &f64| *pause > UNKNOWN_CLEAR * every;
            let own = |pause: &f64| !self.shows_group(count, every, *pause);
            let pauses: Vec<f64> = UNKNOWN_PAUSES
                .into_iter()
                .filter(clear)
                .filter(own)
                .collect();
            for pause in pauses {
                let mut beats: Vec<Beat> = (0..count)
                    .map(|_| Beat {
                        loose: (UNKNOWN_LOOSE.0 * every).powi(2),
                        ..flash(every)
                    })
                    .collect();
                if let Some(last) = beats.last_mut() {
                    last.gap = pause;
                    last.loose = (UNKNOWN_LOOSE.1 * pause).powi(2);
                    last.burst_end = (count > 2).then_some(every);
                }
                self.graph.add(self.signals.len(), share, &beats, 0, 2);
            }
        }
    }

    /// Whether a signal is such a group over and over.
    fn shows_group(&self, count: usize, every: f64, pause: f64) -> bool {
        let near = |span: Span, ms: f64| match span {
            Span::Stated(low, high) => (low / UNKNOWN_NEAR..=high * UNKNOWN_NEAR).contains(&ms),
            Span::Unstated => true,
        };
        let mut layers = self.signals.iter().flat_map(|signal| &signal.layers);
        layers.any(|layer| {
            let Show::Flashes(flashes) = &layer.show else {
                return false;
            };
            let [group] = flashes.cycle.as_slice() else {
                return false;
            };
            let counts = usize::from(group.count.0)..=usize::from(group.count.1);
            flashes.intro.is_empty()
                && counts.contains(&count)
                && near(group.every, every)
                && near(group.rest, pause)
        })
    }

    /// Where several signals take turns between lights, each light has a pad. Then one light that blinks alone, and two that take turns,
    /// are the likely unknown rhythms.
    fn add_unknown_lights(&mut self) {
        let mut lights: Vec<u8> = Vec::new();
        let mut takes_turns: Vec<usize> = Vec::new();
        let mut alone: Vec<(u8, f64)> = Vec::new();
        let mut in_turn: Vec<f64> = Vec::new();
        for template in &self.graph.templates {
            let states = self.graph.states(template);
            let first = states.first().map_or(NO_LIGHT, |state| state.light);
            if states.iter().all(|state| state.light == first) {
                alone.extend(template.beat.map(|beat| (first, beat)));
                continue;
            }
            in_turn.extend(template.beat);
            if !takes_turns.contains(&template.of) {
                takes_turns.push(template.of);
            }
            for state in states {
                if state.light != NO_LIGHT && !lights.contains(&state.light) {
                    lights.push(state.light);
                }
            }
        }
        if takes_turns.len() < 2 {
            return;
        }
        let flash = |light, gap| Beat {
            class: ANY,
            light,
            gap,
            loose: 0.0,
            burst_end: None,
        };
        let (from, to, step) = UNKNOWN_BLINKS;
        let points = ((to / from).ln() / step) as usize + 1;
        let pairs = || {
            lights
                .iter()
                .enumerate()
                .flat_map(|(at, a)| lights.iter().skip(at + 1).map(move |b| (*a, *b)))
        };
        let kinds = lights.len() + pairs().count();
        let share = (UNKNOWN_LIGHTS / (points * kinds) as f64).ln();
        let mut all: Vec<[Beat; 2]> = Vec::new();
        for i in 0..points {
            let period = from * (step * i as f64).exp();
            let claimed = |light: u8| {
                alone.iter().any(|(own, beat)| {
                    (*own == light || *own == NO_LIGHT) && (beat / period).ln().abs() < CLAIMED.1
                })
            };
            for light in lights.iter().filter(|light| !claimed(**light)) {
                all.push([flash(*light, period), flash(*light, period)]);
            }
            if in_turn
                .iter()
                .any(|beat| (beat / period).ln().abs() < CLAIMED.1)
            {
                continue;
            }
            all.extend(pairs().map(|(a, b)| [flash(a, period), flash(b, period)]));
        }
        let observer = self.graph.observer;
        for beats in &all {
            add_beat(
                &mut self.graph,
                self.signals.len(),
                share,
                beats,
                3,
                &observer.steadiness,
            );
        }
    }

    fn priors(&self) -> Vec<f64> {
        let sum: f64 = self.signals.iter().map(weight_of).sum();
        let own = 1.0 - PRIOR_NOISE - PRIOR_UNKNOWN;
        let signals = self.signals.iter().map(|s| (own * weight_of(s) / sum).ln());
        signals
            .chain([PRIOR_UNKNOWN.ln(), PRIOR_NOISE.ln()])
            .collect()
    }
}

/// How usual a signal is, forced into its range.
pub(super) fn weight_of(signal: &Signal) -> f64 {
    if !signal.listed {
        UNLISTED_WEIGHT
    } else if signal.weight.is_finite() {
        within(signal.weight, WEIGHTS.0, WEIGHTS.1)
    } else {
        1.0
    }
}

/// The shortest and the longest period (ms) of a signal that is a plain beat of a stated range.
fn stated_beat(signal: &Signal) -> Option<(f64, f64)> {
    let [layer] = signal.layers.as_slice() else {
        return None;
    };
    let Show::Flashes(Flashes { intro, cycle, .. }) = &layer.show else {
        return None;
    };
    match (intro.as_slice(), cycle.as_slice()) {
        ([], [group]) if group.count.1 <= 1 => match rest(group) {
            Span::Stated(low, high) => Some((low, high)),
            Span::Unstated => None,
        },
        _ => None,
    }
}

/// Whether anything is stated of when these flashes come.
fn is_timed(group: &Group) -> bool {
    !matches!((group.every, group.rest), (Span::Unstated, Span::Unstated))
}

/// Adds a plain beat, for steady hands and for unsteady ones.
fn add_beat(
    graph: &mut Graph,
    of: usize,
    share: f64,
    beats: &[Beat],
    farthest: u8,
    hands: &[Steadiness],
) {
    let observer = graph.observer;
    for hand in hands {
        graph.add(of, share + hand.share.ln(), beats, 0, farthest);
        let Some(template) = graph.templates.last_mut() else {
            continue;
        };
        template.beat = beats.first().map(|b| b.gap);
        template.strays = hand.strays / observer.stray;
        for edge in graph
            .edges
            .get_mut(template.edges.clone())
            .unwrap_or(&mut [])
        {
            edge.sharp /= hand.spread;
            edge.weight *= (hand.misses / observer.miss).powi(i32::from(edge.missed))
                * (1.0 - hand.misses)
                / (1.0 - observer.miss);
        }
    }
}

impl Traits {
    fn read(&mut self, observer: &ObserverModel, flashes: &Flashes, all: &[Variant]) {
        self.inverse |= flashes.inverse;
        self.once = flashes.cycle.is_empty();
        self.beat = all.iter().all(|c| plain(c).is_some());
        for one in all {
            if let (1.., Some([beat])) = (one.intro, one.beats.get(one.intro..)) {
                self.tail = beat.gap;
            }
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
            if fastest < observer.too_fast {
                self.quick += one.share;
            }
            if fastest.is_finite() && (self.fastest == 0.0 || fastest < self.fastest) {
                self.fastest = fastest;
            }
            self.slowest = self.slowest.max(self.fastest);
            let mut row = 0;
            let mut before: Option<&Beat> = None;
            for beat in &one.beats {
                let same = before.filter(|before| before.class == beat.class);
                row = same.map_or(1, |_| row + 1);
                let gap = same.map_or(0.0, |before| before.gap);
                self.slowest = self.slowest.max(gap);
                if beat.class != LONG {
                    self.brief = (self.brief.0.max(gap), self.brief.1.max(row));
                }
                before = Some(beat);
            }
        }
    }

    pub fn too_fast(&self) -> bool {
        self.quick > 0.5
    }
}

/// The period of a rhythm whose flashes all follow each other after the same time.
fn plain(one: &Variant) -> Option<f64> {
    let gap = one.beats.first()?.gap;
    (one.intro == 0 && one.beats.iter().all(|b| (b.gap - gap).abs() < 0.05 * gap)).then_some(gap)
}

/// The longest run of flashes within a burst.
fn run(flashes: &Flashes) -> usize {
    let groups = flashes.intro.iter().chain(&flashes.cycle);
    let quick = |span: Span| !matches!(span, Span::Stated(_, b) if b > BURST_SLOWEST);
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
