//! Every number of the model, in one place, each with where it comes from.
//!
//! **measured**: on recordings of people tapping (Bååth & Madison 2012, slow metronomes; Hassall's drum trainer, OpenNeuro ds004152;
//! Silva & Laje 2024; Zhou's visual flash dyads; DoggoNogo reaction times). **read**: in a paper. **assumed**: no recording exists
//! (bursts, touch screens, lights above 2.5 Hz, what people say). **tuned**: on simulated people and recordings, see `led-doctor bench`.
//! **bounds**: keeps the work finite and changes no figure of the bench.
//!
//! All times in ms, and all weights chances, unless a line says otherwise.

use super::variant::Detail;

// ---- How people tap: what depends on who watches is in `observer` ----

/// A gap from which on the first interval is short (measured: nothing at 600 ms, 6 % at 1200 ms).
pub const SLOW: f64 = 1100.0;

/// Makes a wrong statement about the light, or answers a question wrongly by mistake (assumed).
pub const SLIP: f64 = 0.015;
/// Names the wrong colour of the tapped light (assumed; 1 man in 12 mixes red and green).
pub const WRONG_LIGHT: f64 = 0.06;

/// Flash to flash of a short flash with no stated timing: median and log spread (assumed from the timings
/// that makers do state: 250–1000 ms).
pub const SHORT_EVERY: (f64, f64) = (480.0, 0.45);
/// The same for long flashes.
pub const LONG_EVERY: (f64, f64) = (1400.0, 0.3);
/// Flash to flash of "blinking" with no stated timing.
pub const BLINK_EVERY: (f64, f64) = (900.0, 0.5);
/// Log spread of a pace that a camera has measured (assumed: a device's own, and what the rounding leaves).
pub const MEASURED: f64 = 0.04;
/// It is rounded to steps of this size, as a log.
pub const MEASURED_STEP: f64 = 0.03;
/// This many spreads from the usual it is no pace within a group (assumed).
pub const MEASURED_FARTHEST: f64 = 3.0;
/// Of the times from flash to flash, at least this share is within groups (assumed).
pub const WITHIN_SHARE: f64 = 0.25;
/// At this many times the length of the shortest flashes, the longest are another class (assumed).
pub const LONG_OVER_SHORT: f64 = 1.8;
/// The pause between groups with no stated timing.
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

/// The styles cover this range of lengths: log of the longest over the shortest that is no stray (assumed: 30 ms to 30 s).
pub const HOLD_RANGE: f64 = 6.9;
/// Chance that a flash is of the same class as the one before (assumed: signals come in runs).
pub const STICKY: f64 = 0.93;

/// Spread of the intervals within a burst, as a share of them: stated, and unstated (assumed).
pub const WITHIN_LOOSE: (f64, f64) = (0.05, 0.12);
/// The same of a stated range whose grid of paces is coarse: as a share of what its points are apart (bounds: half-way between two, one is that far off).
pub const GRID_LOOSE: f64 = 0.5;
/// Half a stated range of paces, as a log, from which it takes a finer grid (bounds).
pub const WIDE: f64 = 0.2;
/// Spread of a beat after bursts, as a share of its stated half-range (assumed).
pub const TAIL_LOOSE: f64 = 0.3;
/// The most of it, where a grid spans the range (tuned: the points of a wide range are up to 0.2 apart, and a pace between two of them is off at every tap).
pub const TAIL_LOOSE_MOST: f64 = 0.12;
/// Spread of a stated pause: as a share of its half-range, and beside that (assumed).
pub const PAUSE_LOOSE: (f64, f64) = (0.6, 0.06);
/// Spread of an unstated pause, as a share of it: after single flashes, and between groups (assumed).
pub const PAUSE_UNSTATED_LOOSE: (f64, f64) = (0.25, 0.35);

/// From this interval on an introduction is joined as a slow one (assumed: 0.8 of [`SLOW`]).
pub const JOINS_SLOW: f64 = 0.8 * SLOW;
/// When a reflex adds a tap, and its spread (assumed).
pub const REFLEX_AFTER: (f64, f64) = (320.0, 160.0);
/// A device shows again what comes once: how likely while somebody watches, when, and its spread (assumed).
pub const AGAIN: f64 = 0.06;
/// See [`AGAIN`].
pub const AGAIN_AFTER: (f64, f64) = (14_000.0, 8_000.0);

/// How many taps back the flash before this tap's may lie: all between are strays (bounds).
pub const BACK: usize = 3;
/// Strays are spread over at least this long (assumed).
pub const STRAY_SHORTEST: f64 = 200.0;
/// No more scales of an interval's error than this are made up for in the next (assumed).
pub const CARRYOVER_MOST: f64 = 2.0;

/// Within a quick burst people give up this much less often (assumed: people do not leave in the middle of one).
pub const GIVE_UP_QUICK: f64 = 0.2;
/// Share of people who state "it has stopped" after the last flash of what comes once (assumed).
pub const END_STOP: f64 = 0.6;
/// Before the first tap: how long people wait for a flash, in rounds and beside that (assumed).
pub const PATIENCE_ROUNDS: (f64, f64) = (1.5, 1000.0);
/// The same for what comes once (assumed).
pub const ONCE_PATIENCE: f64 = 30_000.0;
/// The same for what has no rhythm (assumed).
pub const NOISE_PATIENCE: f64 = 4000.0;
/// However long nothing is tapped, it is never less likely than this (assumed).
pub const QUIETEST: f64 = 0.02;

// ---- Lights that do not flash ----

/// When people state that there is no light, and that it is lit: mean time (assumed: a light that is lit is stated sooner).
pub const DARK_SEEN: f64 = 60_000.0;
/// See [`DARK_SEEN`].
pub const STEADY_SEEN: f64 = 5000.0;
/// However long no statement is made about such a light, it is never less likely than this (assumed).
pub const STILL_BEGINS: f64 = 0.05;
/// "It has stopped" of a dark light, and of one that is lit or has not flashed (assumed).
pub const STILL_STOPPED: (f64, f64) = (0.9, 0.01);
/// "It has stopped" after taps at such a light, and at one without rhythm (assumed).
pub const STILL_STOP: f64 = 0.06;
/// See [`STILL_STOP`].
pub const NOISE_STOP: f64 = 0.018;
/// A person taps once at such a light, and a second time (assumed).
pub const STILL_PRESSED: (f64, f64) = (0.012, 0.1);
/// A long press that means "lit" against any other press: the first, and further ones (assumed).
pub const STEADY_PRESSED: (f64, f64) = (2.5, 0.2);
/// From this share of the shortest press that may mean it, over this range, a press means "lit" (assumed).
pub const LIT_FROM: f64 = 0.75;
/// See [`LIT_FROM`].
pub const LIT_RANGE: f64 = 1500.0;
/// Log of the range of such presses (assumed: 1.2 s to half a minute).
pub const LIT_SPREAD: f64 = 3.2;

// ---- Statements about a light ----

/// Chance of each statement about a light, by what it is (assumed).
pub struct Looked {
    /// "Lit" of one that is lit, "dark" of one that is dark.
    pub right: f64,
    /// Any of it of a light that does something else.
    pub wrong: f64,
    /// "Lit" of one with short dark dips.
    pub steady_with_dips: f64,
    /// "Dark" of one that flashes once in a while.
    pub dark_between: f64,
    /// "Too fast" of one that is.
    pub too_fast: f64,
    /// "Too fast" of one whose flashes are closer than `quick` ms.
    pub too_fast_quick: f64,
    /// See `too_fast_quick`.
    pub quick: f64,
    /// "Too fast" of a slow one.
    pub too_fast_slow: f64,
    /// "Too fast" of one that the chart does not have, and where the chart has one that is too fast.
    pub too_fast_unknown: (f64, f64),
}

/// See [`Looked`].
pub const LOOKED: Looked = Looked {
    right: 0.9,
    wrong: 0.003,
    steady_with_dips: 0.1,
    dark_between: 0.004,
    too_fast: 0.5,
    too_fast_quick: 0.05,
    quick: 700.0,
    too_fast_slow: 0.005,
    too_fast_unknown: (0.1, 0.005),
};

// ---- Rhythms that the chart does not have ----

/// Weights of signals are taken from this range (bounds).
pub const WEIGHTS: (f64, f64) = (0.001, 100.0);
/// Weight of each rhythm that the device can show and its list does not have; a listed one has 1 (tuned).
pub const UNLISTED_WEIGHT: f64 = 0.03;
/// Periods of the unknown beat, shortest and longest, and the log step between them (tuned).
pub const UNKNOWN_BEATS: (f64, f64, f64) = (160.0, 7000.0, 0.1);
/// Share of unknown rhythms that are plain beats (assumed); the rest are groups.
pub const UNKNOWN_IS_BEAT: f64 = 0.7;
/// A chart with a slow light knows unknown beats up to this many times slower, and no slower than this (bounds).
pub const UNKNOWN_SLOWER: f64 = 2.5;
/// See [`UNKNOWN_SLOWER`].
pub const UNKNOWN_SLOWEST: f64 = 110_000.0;
/// Periods of a light that blinks alone, or of two that take turns, where each light has a pad; and the log step between them (assumed).
pub const UNKNOWN_BLINKS: (f64, f64, f64) = (200.0, 3500.0, 0.1);
/// Their share beside [`UNKNOWN_IS_BEAT`] and the groups (assumed: as usual as any other beat).
pub const UNKNOWN_LIGHTS: f64 = 0.7;
/// Log distance to a beat of the chart within which an unknown one is no other, quick and slow (tuned: people tap
/// a beat of the chart up to that much quicker or slower than stated).
pub const CLAIMED: (f64, f64) = (0.06, 0.12);
/// A beat of the chart claims what is within this log weight of its best (tuned).
pub const CLAIMS: f64 = 2.5;
/// Groups of this many flashes that repeat (assumed).
pub const UNKNOWN_COUNTS: [usize; 9] = [2, 3, 4, 5, 6, 7, 8, 9, 10];
/// From flash to flash within them (assumed).
pub const UNKNOWN_PACES: [f64; 4] = [230.0, 360.0, 560.0, 880.0];
/// From their last flash to the first of the next (assumed).
pub const UNKNOWN_PAUSES: [f64; 3] = [1100.0, 1900.0, 3300.0];
/// With a pause like its intervals a group would be a beat: at least this many times as long (assumed).
pub const UNKNOWN_CLEAR: f64 = 1.8;
/// Share of each such group among the unknown rhythms (assumed: all alike).
pub const UNKNOWN_GROUP: f64 = 0.3 / 108.0;
/// One whose times are within this factor of a signal's own is that signal (half a step between the paces above).
pub const UNKNOWN_NEAR: f64 = 1.3;
/// Spread of their intervals, and of their pauses, as shares (assumed).
pub const UNKNOWN_LOOSE: (f64, f64) = (0.12, 0.2);
/// Flashes further apart than this are no burst (assumed).
pub const BURST_SLOWEST: f64 = 1200.0;

// ---- When to decide: see the module `decide` for the loss ----

/// A verdict is given from here on.
pub const SURE: f64 = 0.95;
/// The same for a light that the person states to be lit or dark, and for a lone flash: silence cannot tell "nothing more came" from "the person gave up", so further waiting gains less there.
pub const SURE_ONCE: f64 = 0.9;
/// The same for a plain beat that another signal ends in: who came late for what went before it cannot see that any more. Then a
/// question settles it, at little cost.
pub const SURE_BEAT: f64 = 0.97;
/// Something harmless is reported only when it fits this many times as well as every danger (assumed; "lit" of a light that is lit has 300).
pub const SAFE: f64 = 200.0;
/// A danger's round is over when this many more flashes have come than it has (assumed: one may be a stray).
pub const ROUND_OVER: usize = 2;
/// This many times the usual interval may be a pause, and no missed flash (assumed).
pub const PAUSED: f64 = 2.2;
/// Flashes that are further apart than this many of a danger's intervals are not the beginning of its round (assumed). Of
/// taps; a camera has its own: `group_pace`.
pub const DANGER_PACE: f64 = 2.0;
/// A beat this many times as slow as a signal's quickest interval, up to this many times as slow as its mean one, may be its flashes (assumed). Of
/// taps, as well.
pub const CODE_PACE: (f64, f64) = (0.6, 1.2);
/// From this probability on, after this many whole rounds, there is nothing left to learn (assumed).
pub const SETTLED: f64 = 0.99;
/// See [`SETTLED`].
pub const ROUNDS_SETTLED: usize = 2;
/// After this many complete rounds an unlisted rhythm is reported although it is not certain which one it is (assumed).
pub const ROUNDS_READ: usize = 3;
/// Of what is none of the list, a rhythm that the device can show must be this many times as likely as no rhythm of it at all (assumed).
pub const UNLISTED_LEADS: f64 = 1.0;
/// Most doubt that "none of these" may leave of what continues for ever (tuned). Two intervals that happen to be alike are no rhythm
/// yet, and who taps on at a light without one meets two such intervals sooner or later.
pub const CHANCE: f64 = 0.02;
/// The same once an answer favours the signal (tuned).
pub const CONFIRMED: f64 = 0.15;
/// To wait for nothing costs this much of what a wrong fix costs (assumed).
pub const COST_OF_WAITING: f64 = 0.2;
/// "None of these" leads to no wrong fix: it costs what "undecided" costs, and ends the waiting (assumed).
pub const SURE_NONE: f64 = 0.93;
/// Taps before "none of these" (tuned).
pub const NONE_PRESSES: usize = 7;
/// The same when hardly any doubt is left (tuned).
pub const NONE_PRESSES_CLEAR: usize = 5;
/// So much is left then: from this probability on.
pub const CLEAR: f64 = 0.98;
/// A quick run may still turn out to be a burst: this many taps more than the longest of the chart (tuned).
pub const NONE_PRESSES_QUICK: usize = 3;
/// Taps closer than this are a quick run (assumed).
pub const QUICK: f64 = 1000.0;
/// Taps that a plain beat needs: two intervals (tuned).
pub const BEAT_PRESSES: usize = 3;
/// People do not wait for a third flash of a beat that is slower than this, in ms (assumed): a question settles the rest.
pub const SLOW_BEAT: f64 = 20_000.0;
/// Taps that such a beat needs (assumed).
pub const SLOW_BEAT_PRESSES: usize = 2;
/// The longest wait for the end of a burst (assumed).
pub const LONGEST_WAIT: f64 = 6000.0;
/// A pause is at least this many times the interval within the group (assumed).
pub const BURST_PAUSE: f64 = 1.6;
/// After this many intervals the next flash of a burst does not come any more (assumed).
pub const BEAT_OVER: f64 = 1.4;
/// The introduction is over when an interval reaches this share of the beat that it goes over into (assumed).
pub const TAIL_SEEN: f64 = 0.8;
/// A press that means "lit" is longer than the shortest that may mean it by a fifth (assumed).
pub const STEADY_PRESS: f64 = 1.2;
/// Nothing was tapped for so long: the light is dark (assumed).
pub const DARK_WAITED: f64 = 12_000.0;
/// Whether a decision is possible at all is asked with this slack (bounds).
pub const HOPEFUL: f64 = 0.8;

// ---- What would settle it ----

/// What a question costs, in ms of watching: reading it and thinking back (assumed).
pub const ASKING: f64 = 5000.0;
/// A question must be expected to remove this much doubt, in nats (assumed).
pub const WORTH: f64 = 0.03;
/// A question separates two signals from this log ratio of an answer's chances on (assumed).
pub const SEPARATES: f64 = 1.0;
/// Below this probability the second signal is not worth telling apart (assumed).
pub const RIVAL: f64 = 0.02;
/// How much more dark is looked ahead to (bounds).
pub const AHEAD: [f64; 10] = [
    500.0, 1000.0, 1500.0, 2000.0, 3000.0, 4000.0, 5500.0, 7000.0, 9000.0, 12_000.0,
];

// ---- Bounds of the work ----

/// At most this many taps are looked at, the latest ones.
pub const MOST_PRESSES: usize = 240;
/// Times are forced into ± this many ms (31 years).
pub const FARTHEST: f64 = 1e12;
/// Most edges of a chart: what keeps one update on a chart of a hundred signals within 2 ms.
pub const MOST_EDGES: usize = 40_000;
/// The same for the rhythms that the list does not have: most of them are given up at the second tap.
pub const MOST_UNLISTED_EDGES: usize = 120_000;
/// A tap further than this many scales from where a flash is expected is not for that flash.
pub const REACH: f64 = 10.0;
/// Weights below this share of the sum are not propagated: they could not matter any more.
pub const FAINT: f64 = 4e-6;
/// A rhythm this far (log) behind the best is given up. One tap rarely separates two rhythms by more than 6.
pub const PRUNE_BEHIND: f64 = 9.0;
/// Where numbers are shown, a rhythm of groups is kept this far: its first group may be as even as a beat that is stated more sharply,
/// until its pause comes (tuned). So is a danger, however usual something harmless is that looks like it so far.
pub const PRUNE_RARELY_BEHIND: f64 = 16.0;
/// The same behind the best of the same signal: what it would add to that could be left out.
pub const PRUNE_WITHIN_SIGNAL: f64 = 7.0;
/// Rhythms this far (log) behind the best are not evaluated with their own silence: it could not matter.
pub const SILENCE_BEHIND: f64 = 11.0;
/// The same behind the best of the same signal: they share its silence.
pub const SILENCE_WITHIN_SIGNAL: f64 = 4.5;
/// Both for a rhythm that the list does not have: there are many of them (tuned).
pub const SILENCE_UNLISTED: (f64, f64) = (7.0, 1.5);
/// Beyond this (log) not even the best of a signal gets one.
pub const SILENCE_FARTHEST: f64 = 20.0;
/// A silence is examined at its beginning, then every this many ms (assumed: a tenth of a second is not noticed).
pub const STRIDE: f64 = 100.0;
/// Or at every such part of its length, where that is more (assumed).
pub const STRIDE_GROWTH: f64 = 1.0 / 64.0;
/// Sums of times are equal to within this many ms.
pub const ROUNDING: f64 = 0.001;

/// Points for an unknown time of a rhythm that the list does not have, in the finest detail (bounds).
pub const UNLISTED_POINTS: usize = 7;

/// The same for rhythms that the list does not have: there are many of them, and what counts is their sum.
pub const UNLISTED_DETAILS: [Detail; 4] = [
    Detail {
        points: UNLISTED_POINTS,
        counts: 1,
        flashes: 64,
        farthest: 3,
    },
    Detail {
        points: 5,
        counts: 1,
        flashes: 48,
        farthest: 2,
    },
    Detail {
        points: 3,
        counts: 1,
        flashes: 48,
        farthest: 2,
    },
    Detail {
        points: 1,
        counts: 1,
        flashes: 16,
        farthest: 2,
    },
];

/// From the finest to the coarsest.
pub const DETAILS: [Detail; 4] = [
    Detail {
        points: 21,
        counts: 12,
        flashes: 64,
        farthest: 3,
    },
    Detail {
        points: 9,
        counts: 6,
        flashes: 48,
        farthest: 3,
    },
    Detail {
        points: 5,
        counts: 3,
        flashes: 32,
        farthest: 2,
    },
    Detail {
        points: 1,
        counts: 1,
        flashes: 16,
        farthest: 2,
    },
];
