//! How people tap along with a light, in numbers: every parameter of the model, each with where it comes from.
//!
//! Sources: **measured** on recordings of people tapping (Bååth & Madison 2012, slow metronomes; Hassall's drum
//! trainer, OpenNeuro ds004152; Silva & Laje 2024; Zhou's visual flash dyads; DoggoNogo reaction times), **read** in
//! a paper, **assumed** where no recording exists (bursts, touch screens, lights above 2.5 Hz), **tuned** on
//! simulated people and recordings. All times in ms unless a name says otherwise.

/// Two taps closer than this are one: a bouncing finger. Nobody taps faster than ~180 ms (measured, belieflab);
/// 0 of 195,941 measured intervals were below 150 ms.
pub const BOUNCE: f64 = 100.0;

/// Scale of the interval between two taps on neighbouring flashes: `BASE + SHARE × gap`. Visual tapping, per tap
/// 35 ms + 5.5 % (measured on Zhou 650 ms and Bååth 600–3000 ms, ×2 for seeing instead of hearing); an interval has
/// two ends, and slow taps are nearly independent of each other.
pub const SPREAD_BASE: f64 = 30.0;
/// See [`SPREAD_BASE`].
pub const SPREAD_SHARE: f64 = 0.075;
/// Who taps along with a beat makes up for the last interval in the next: share of its error that is made up, for
/// slow and for quick beats (measured: lag-1 correlation of intervals −0.46 at 3 s, −0.24 at 600 ms; −0.17 to −0.38
/// in long trials; about −0.1 without a light to follow).
pub const MADE_UP: (f64, f64) = (0.4, 0.2);
/// People differ in steadiness: three hands that stand for all (measured: log spread of people 0.35, a visual
/// beat's median spread 2–3 times an auditory one's; these are about its quadrature).
pub const HANDS: [Hand; 3] = [hand(0.5, 0.2), hand(0.9, 0.6), hand(1.65, 0.2)];
/// The same at a beat whose timing nobody states. Nobody says either that it keeps time: what is untidy may be the light. So the
/// untidy hand is likelier here, and as untidy in everything as the worst person measured (26 % missed, 10 % stray). The price: one
/// in six who sees such a light flash without any rhythm, and says its colour, is told the code (tuned between the two).
pub const HANDS_UNTIMED: [Hand; 3] = [
    hand(0.5, 0.2),
    hand(0.9, 0.5),
    Hand {
        spread: 1.65,
        share: 0.3,
        misses: 0.2,
        strays: 0.1,
    },
];

/// How steady somebody is.
#[derive(Debug, Clone, Copy)]
pub struct Hand {
    /// Factor on the scale.
    pub spread: f64,
    /// How usual such a hand is.
    pub share: f64,
    /// See [`MISS`].
    pub misses: f64,
    /// See [`STRAY`].
    pub strays: f64,
}

const fn hand(spread: f64, share: f64) -> Hand {
    Hand {
        spread,
        share,
        misses: MISS,
        strays: STRAY,
    }
}

/// The first and the second interval are wider by this much: people react first and anticipate later (measured:
/// robust SD of taps 0/1/2 is 2.5/2/1.5 times the later one).
pub const EARLY_SPREAD: [f64; 2] = [1.5, 1.25];
/// Mean of the first and the second interval relative to the gap, where the gap is slow enough to react to and then
/// to anticipate (measured at 3 s: 9 % and 2 % short after a sound, later still after a light).
pub const EARLY_SHORT: [f64; 2] = [0.93, 0.965];
/// A gap from which on the first interval is short (measured: nothing at 600 ms, 6 % at 1200 ms).
pub const SLOW: f64 = 1100.0;

/// Nobody phase-locks to flashes closer than this (read: Repp 2003, visual 1:1 tapping ends above 400 ms).
pub const TOO_FAST: f64 = 450.0;
/// Own tempo at lights that are too fast: mean of the log ratio and its spread (assumed).
pub const OWN_TEMPO: (f64, f64) = (0.05, 0.10);
/// Log spread of a stated period, for quick beats and for slow ones (from [`SLOW`] on): the device's tolerance and
/// the person's own tempo (measured on self-paced tapping at 0.4–1 s: people's tempo is off by ±9 %, p10–p90, and of one in
/// fifty by a quarter).
pub const TEMPO: (f64, f64) = (0.11, 0.06);
/// The same within a burst, where people tap from memory of the rhythm (assumed from self-paced tapping).
pub const PACE: f64 = 0.10;

/// Of a light that swells and fades nobody can say when it begins: log spread of one such interval beyond what people add at a
/// flash, whose onset is sharp (assumed; no recording of taps to a swelling light exists).
pub const SWELLS: f64 = 0.12;

/// A flash is not tapped (measured 0.6 % lab, 3.1 % visual, worst person 26 %).
pub const MISS: f64 = 0.05;
/// The last flash of a burst is not tapped, or one too many is (assumed: the count is unreliable).
pub const BURST_SLIP: f64 = 0.08;
/// A tap belongs to no flash (measured 0.3 % lab, 2 % visual, worst person 10 %).
pub const STRAY: f64 = 0.03;
/// One tap too many after a single flash, by reflex (assumed).
pub const REFLEX: f64 = 0.08;
/// The person stops tapping after a tap though the light goes on, and is still thought to watch (assumed).
pub const GIVE_UP: f64 = 0.008;
/// Presses "that was all" though the light goes on, against when it has ended (assumed).
pub const FALSE_STOP: f64 = 0.006;
/// Says a wrong thing about the light, or answers a question wrongly by a slip (assumed).
pub const SLIP: f64 = 0.015;
/// Names the wrong colour of the tapped light (assumed; 1 man in 12 mixes red and green).
pub const WRONG_LIGHT: f64 = 0.06;

/// Which flash of a slow introduction, or of what is shown once, the first tap is for (measured on 17-tone runs; the last
/// is for that flash or any later one). Nobody joins within a quick burst (assumed).
pub const JOINS: [f64; 5] = [0.26, 0.56, 0.13, 0.02, 0.03];
/// The same for a quick burst: from its first flash, or from one of the next, each so much less likely.
pub const JOINS_QUICK: f64 = 0.93;
/// Chance that an introduction was over before the person came, where a cycle follows it (assumed).
pub const INTRO_MISSED: f64 = 0.005;

/// Flash to flash of a short flash whose timing nobody states: median and log spread (assumed from the timings
/// that makers do state: 250–1000 ms).
pub const SHORT_EVERY: (f64, f64) = (480.0, 0.45);
/// The same for long flashes.
pub const LONG_EVERY: (f64, f64) = (1400.0, 0.3);
/// Flash to flash of "blinking" that nobody times.
pub const BLINK_EVERY: (f64, f64) = (900.0, 0.5);
/// The pause between groups that nobody times.
pub const PAUSE: (f64, f64) = (1900.0, 0.45);

/// Intervals of taps without rhythm: log-normal of unknown median (these, equally likely) and this log spread
/// (assumed; what comes without any memory of the last time has 1.28, less what is too short to be seen or tapped).
pub const NOISE: [f64; 3] = [450.0, 1000.0, 2200.0];
/// See [`NOISE`].
pub const NOISE_SPREAD: f64 = 0.9;

/// Prior shares: the device's own signals, a regular beat that is none of them, no rhythm (assumed).
pub const PRIOR_UNKNOWN: f64 = 0.18;
/// See [`PRIOR_UNKNOWN`].
pub const PRIOR_NOISE: f64 = 0.1;

/// How a person presses for short and long flashes: medians of both, and how usual the style is. No recording of
/// holds exists; a plain press lasts 80–120 ms, a mirrored flash what the flash lasts less the reaction at its
/// start plus the one at its end. The first style does not mirror at all, the last ones belong to lights (or hands)
/// whose short is another's long: length alone tells little, the ratio within one attempt tells much.
pub const HOLD_STYLES: [(f64, f64, f64); STYLES] = [
    (100.0, 100.0, 0.2),
    (90.0, 480.0, 0.25),
    (130.0, 900.0, 0.25),
    (230.0, 1300.0, 0.15),
    (460.0, 1700.0, 0.15),
];
/// How many styles there are.
pub const STYLES: usize = 5;
/// Log spread of a hold around its style's median.
pub const HOLD_SPREAD: f64 = 0.35;
/// Share of holds that follow no style: a resting finger, a lost release.
pub const HOLD_LOOSE: f64 = 0.02;
/// A press from this length on may mean "it is lit all the time".
pub const STEADY_HOLD: f64 = 1200.0;
