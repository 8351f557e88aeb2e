//! Who watches the light: how a finger, or a camera, differs from the light that it follows.
//!
//! Everything in the model that depends on the observer is here, and a chart is built for one. Marks as in [`super::parameters`].
//! All times in ms, and all weights chances, unless a line says otherwise.

/// Who watches the light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Observer {
    /// A person taps along.
    #[default]
    Finger,
    /// A camera films it: presses are flashes as they were lit.
    Eye,
}

impl Observer {
    pub(super) fn model(self) -> &'static ObserverModel {
        match self {
            Observer::Finger => &FINGER,
            Observer::Eye => &EYE,
        }
    }
}

/// How many styles of pressing there are.
pub const STYLES: usize = 5;

/// The numbers of an observer.
#[derive(Debug)]
pub struct ObserverModel {
    /// Two presses closer than this are one.
    pub bounce: f64,
    /// Scale of the interval between presses on neighbouring flashes: `spread_base + spread_share × gap`.
    pub spread_base: f64,
    /// See `spread_base`.
    pub spread_share: f64,
    /// Share of an interval's error that the next makes up for, for slow and for quick beats.
    pub correction: (f64, f64),
    /// How steady observers are, at a beat whose timing is stated.
    pub steadiness: [Steadiness; 3],
    /// The same where it is not stated.
    pub steadiness_untimed: [Steadiness; 3],
    /// The first and the second interval are wider by this much.
    pub early_spread: [f64; 2],
    /// Mean of the first and the second interval relative to the gap, where that is slow.
    pub early_bias: [f64; 2],
    /// People cannot follow flashes closer than this one by one.
    pub too_fast: f64,
    /// Own tempo at lights that are too fast: mean of the log ratio and its spread.
    pub own_tempo: (f64, f64),
    /// Log spread of a stated period, for quick beats and for slow ones: the device's tolerance and the observer's own tempo.
    pub tempo: (f64, f64),
    /// The same within a burst, and within a burst whose flashes can be followed one by one.
    pub pace: (f64, f64),
    /// Error at the end of a burst, as a share of its length.
    pub burst_drift: f64,
    /// Log spread of an interval between lights that swell, beyond that at a flash.
    pub pulse_blur: f64,
    /// A flash gets no press.
    pub miss: f64,
    /// The last flash of a burst gets no press, or one too many comes.
    pub burst_slip: f64,
    /// A press belongs to no flash.
    pub stray: f64,
    /// One press too many after a single flash.
    pub reflex: f64,
    /// Presses end though the light continues, and the observer is still thought to watch.
    pub give_up: f64,
    /// "That was all" though the light continues.
    pub false_stop: f64,
    /// Which flash of a slow introduction, or of what is shown once, the first press is for; the last is for that or any later one.
    pub joins: [f64; 5],
    /// A quick burst is joined at its first flash, or at one of the next, each so much less likely.
    pub joins_quick: f64,
    /// The share of people who join a slow cycle at the start of its first group; the rest join anywhere.
    pub joins_round: f64,
    /// An introduction was over before the observer came, where a cycle follows it.
    pub intro_missed: f64,
    /// Medians of presses for short and long flashes, and how usual the style is.
    pub holds: [(f64, f64, f64); STYLES],
    /// Log spread of a press around its style's median.
    pub hold_spread: f64,
    /// Share of presses that follow no style.
    pub hold_outliers: f64,
    /// A press from this length on may mean "it is lit all the time".
    pub steady_hold: f64,
    /// After a lone flash: this many rounds of the slowest beat of the chart are waited, so that one miss does not make a lone flash.
    pub once_wait_beats: f64,
    /// The least and most of that.
    pub once_wait: (f64, f64),
    /// A beat of this many times a group's quickest interval, up to this many times its slowest, may be that group before its pause; of a
    /// danger also a quicker one. `None`: who watches misses flashes, and then a pause looks like a missed one.
    pub group_pace: Option<(f64, f64)>,
    /// Flashes lit for less than this are not long ones. 0: the length of a press tells too little.
    pub long_lit: f64,
    /// Silence after which a burst is over: without other evidence, and where an answer favours it.
    pub burst_over: (f64, f64),
}

/// How steady somebody is.
#[derive(Debug, Clone, Copy)]
pub struct Steadiness {
    /// Factor on the scale.
    pub spread: f64,
    /// How usual such a hand is.
    pub share: f64,
    /// See [`ObserverModel::miss`].
    pub misses: f64,
    /// See [`ObserverModel::stray`].
    pub strays: f64,
}

impl ObserverModel {
    /// The prior weight of a style of pressing.
    #[must_use]
    pub fn usual(&self, style: usize) -> f64 {
        self.holds.get(style).map_or(0.0, |s| s.2)
    }

    /// Density of the last press being a stray, while what follows is not known yet (assumed: over 1.5 s).
    #[must_use]
    pub fn stray_last(&self) -> f64 {
        self.stray / 1500.0
    }
}

const fn hands(miss: f64, stray: f64, each: [(f64, f64); 3]) -> [Steadiness; 3] {
    let [a, b, c] = each;
    [
        steadiness(miss, stray, a),
        steadiness(miss, stray, b),
        steadiness(miss, stray, c),
    ]
}

const fn steadiness(misses: f64, strays: f64, (spread, share): (f64, f64)) -> Steadiness {
    Steadiness {
        spread,
        share,
        misses,
        strays,
    }
}

/// A flash gets no tap (measured 0.6 % lab, 3.1 % visual, worst person 26 %).
const FINGER_MISS: f64 = 0.05;
/// A tap belongs to no flash (measured 0.3 % lab, 2 % visual, worst person 10 %).
const FINGER_STRAY: f64 = 0.03;

/// People who tap along.
pub const FINGER: ObserverModel = ObserverModel {
    // A bouncing finger. Nobody taps faster than ~180 ms (measured, belieflab); 0 of 195,941 measured intervals were below 150 ms.
    bounce: 150.0,
    // Visual tapping, per tap 35 ms + 5.5 % (measured on Zhou 650 ms and Bååth 600–3000 ms, ×2 for seeing instead of hearing); an
    // interval has two ends, and slow taps are nearly independent of each other.
    spread_base: 30.0,
    spread_share: 0.075,
    // Measured: lag-1 correlation of intervals −0.46 at 3 s, −0.24 at 600 ms; −0.17 to −0.38 in long trials; about −0.1 without a
    // light to follow.
    correction: (0.4, 0.2),
    // Three kinds that represent all (measured: log spread of people 0.35, a visual beat's median spread 2–3 times an auditory one's;
    // these are about its quadrature).
    steadiness: hands(
        FINGER_MISS,
        FINGER_STRAY,
        [(0.5, 0.2), (0.9, 0.6), (1.65, 0.2)],
    ),
    // It is not stated either that it keeps time: the light itself may be irregular. So the untidy hand is likelier here, and as untidy in
    // everything as the worst person measured (26 % missed, 10 % stray). The price: one in six who sees such a light flash without any
    // rhythm, and states its colour, is given the signal (tuned between the two).
    steadiness_untimed: [
        steadiness(FINGER_MISS, FINGER_STRAY, (0.5, 0.2)),
        steadiness(FINGER_MISS, FINGER_STRAY, (0.9, 0.5)),
        steadiness(0.2, 0.1, (1.65, 0.3)),
    ],
    // People react first and anticipate later (measured: robust SD of taps 0/1/2 is 2.5/2/1.5 times the later one).
    early_spread: [1.5, 1.25],
    // Measured at 3 s: 9 % and 2 % short after a sound, later still after a light.
    early_bias: [0.93, 0.965],
    // Read: Repp 2003, visual 1:1 tapping ends above 400 ms.
    too_fast: 450.0,
    // Assumed.
    own_tempo: (0.05, 0.10),
    // Measured on self-paced tapping at 0.4–1 s: people's tempo is off by ±9 %, p10–p90, and of one in fifty by a quarter.
    tempo: (0.11, 0.06),
    // People tap from memory of the rhythm (assumed from self-paced tapping; seven tenths of it where they can follow).
    pace: (0.10, 0.07),
    // Assumed.
    burst_drift: 0.08,
    // It is unclear when a light that swells and fades begins (assumed; no recording of taps to a swelling light exists).
    pulse_blur: 0.12,
    miss: FINGER_MISS,
    // Assumed: the count is unreliable.
    burst_slip: 0.08,
    stray: FINGER_STRAY,
    // Assumed.
    reflex: 0.08,
    // Assumed.
    give_up: 0.008,
    // Assumed.
    false_stop: 0.006,
    // Measured on 17-tone runs.
    joins: [0.26, 0.56, 0.13, 0.02, 0.03],
    // People do not join within a quick burst (assumed).
    joins_quick: 0.93,
    // Assumed.
    joins_round: 0.5,
    // Assumed.
    intro_missed: 0.005,
    // No recording of holds exists; a plain press lasts 80–120 ms, a mirrored flash what the flash lasts less the reaction at its start
    // plus the one at its end. The first style does not mirror at all, the last ones belong to lights (or hands) whose short is
    // another's long: length alone tells little, the ratio within one attempt tells much.
    holds: [
        (100.0, 100.0, 0.2),
        (90.0, 480.0, 0.25),
        (130.0, 900.0, 0.25),
        (230.0, 1300.0, 0.15),
        (460.0, 1700.0, 0.15),
    ],
    hold_spread: 0.35,
    // A resting finger, a lost release.
    hold_outliers: 0.02,
    // Assumed.
    steady_hold: 1200.0,
    // Tuned, as the two below.
    once_wait_beats: 2.6,
    once_wait: (2500.0, 8000.0),
    group_pace: None,
    long_lit: 0.0,
    burst_over: (3200.0, 1200.0),
};

/// A flash gets no edge: lost between two frames (assumed).
const EYE_MISS: f64 = 0.005;
/// An edge belongs to no flash: a reflection, a hand (assumed).
const EYE_STRAY: f64 = 0.01;

/// A camera of 15 to 60 pictures a second. First values, from edges read in real clips (1–5 ms mostly, 14 ms at worst, where a picture
/// is 33 ms) and from films made by the tests.
pub const EYE: ObserverModel = ObserverModel {
    // Shorter than two pictures.
    bounce: 40.0,
    // Measured: a quarter of a picture. The share is the device's, and what the chart's grid of unstated tempos leaves between two points.
    spread_base: 8.0,
    spread_share: 0.03,
    correction: (0.0, 0.0),
    steadiness: hands(EYE_MISS, EYE_STRAY, [(0.7, 0.3), (1.5, 0.5), (4.0, 0.2)]),
    steadiness_untimed: hands(EYE_MISS, EYE_STRAY, [(0.7, 0.3), (1.5, 0.4), (4.0, 0.3)]),
    early_spread: [1.0, 1.0],
    early_bias: [1.0, 1.0],
    // 2.2 pictures at 30 a second are 73 ms lit; a flash and its dark are two such phases.
    too_fast: 146.0,
    own_tempo: (0.0, 0.05),
    // What is left is the maker's tolerance (assumed).
    tempo: (0.05, 0.05),
    pace: (0.05, 0.05),
    burst_drift: 0.01,
    pulse_blur: 0.04,
    miss: EYE_MISS,
    burst_slip: 0.005,
    stray: EYE_STRAY,
    reflex: 0.002,
    // A camera watches on: silence counts fully.
    give_up: 0.0005,
    false_stop: 0.001,
    // Filming starts whenever; few film a device while it starts.
    joins: [0.6, 0.2, 0.1, 0.05, 0.05],
    joins_quick: 0.9,
    joins_round: 0.0,
    intro_missed: 0.02,
    // As the light is lit. The ratio of its own short and long is unknown, and so is how short short is.
    holds: [
        (90.0, 350.0, 0.2),
        (160.0, 600.0, 0.25),
        (250.0, 1000.0, 0.25),
        (400.0, 1400.0, 0.15),
        (700.0, 2200.0, 0.15),
    ],
    hold_spread: 0.25,
    hold_outliers: 0.01,
    // Longer than the longest flash of a signal.
    steady_hold: 6000.0,
    // A missed flash is rare: the dark of little more than one beat is enough.
    once_wait_beats: 1.3,
    once_wait: (1500.0, 4500.0),
    // The maker's tolerance, twice, and more on the slow side (assumed).
    group_pace: Some((0.9, 1.3)),
    // What makers call short lasts no longer (assumed).
    long_lit: 500.0,
    burst_over: (2400.0, 1000.0),
};
