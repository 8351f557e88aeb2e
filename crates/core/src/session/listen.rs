//! Between the person at the light and the classifier.
//!
//! Presses only record; time that passes decides. So the moment of a verdict does not depend on how often the page looks at its clock:
//! [`Session::pass_time`] examines the whole stretch since it last looked, and finds the moment in it.

use super::{Device, Entry, Event, Finding, How, Live, Session, Stage};
use crate::id::Id;
use crate::pack::Severity;
use crate::rhythm::{Decision, Hypothesis, Judgement, Observer, Pattern, Settle, Watch, pattern};
use crate::time::{Millis, Wall, within};

/// Below this probability a signal is not worth naming as "near" (assumed).
const NEAR: f64 = 0.001;

/// After this long without a tap under a verdict, in ms, the person has stopped tapping (assumed).
const TAPS_NO_MORE: f64 = 12_000.0;

/// Taps that nothing follows for so long, in ms, and for this many times the slowest beat of the device, are all there will be (assumed).
const LEFT_ALONE: (f64, f64) = (25_000.0, 2.2);

/// Under "none of these", the first tap after a pause begins a new attempt: a pause of at least this many ms, and this many times the longest
/// beat (assumed).
const AFRESH: (f64, f64) = (4_000.0, 1.6);

/// The person looked away to answer if the taps before and after the answer are at least this many ms apart (longer than most pauses between
/// groups), and more than this many times the longest beat (assumed).
const LOOKED_AWAY: (f64, f64) = (4_500.0, 1.5);

/// A standing verdict that further taps leave less than this is withdrawn (assumed: one in twenty).
const WITHDRAWN: f64 = 0.05;

impl Session {
    /// The person watched until `at` on the page's clock: examines the silence since the last look, and concludes where it decides.
    pub(super) fn pass_time(&mut self, device: &Device, now: Wall, at: Millis) {
        let Some(live) = self.live else { return };
        let since = self.watch.until;
        let until = since.max(at - live.zero);
        self.watch.until = until;
        // A finger that is down will give more evidence: how long it stays.
        if live.is_down || self.watch.taps.is_empty() {
            return;
        }
        let mut standing = self.standing();
        // A decision holds until taps decide otherwise: the silence after them need not be examined.
        if standing != Decision::Undecided && live.idle_since < since {
            let rests = until - live.idle_since;
            self.live = self.live.filter(|_| rests.get() < TAPS_NO_MORE);
            return;
        }
        self.is_judged = false;
        if standing != Decision::Undecided {
            self.watch.until = since;
            self.decide_since(device, now, since, &standing);
            standing = self.standing();
            self.watch.until = until;
        }
        // A verdict that the last tap disproved leaves the silence after it to be examined as any other.
        if standing == Decision::Undecided {
            self.decide_since(device, now, since, &standing);
            self.watch.until = until;
        }
    }

    /// Concludes where the watch since `since` decides otherwise than the current decision.
    fn decide_since(&mut self, device: &Device, now: Wall, since: Millis, standing: &Decision) {
        let (decision, moment) = self.listener.decide(
            &device.chart(&self.watch),
            &self.watch,
            since.get(),
            standing,
        );
        if decision == Decision::Undecided {
            self.withdraw_if_disproved(device, standing);
        } else if decision != *standing || self.reads_another_pattern() {
            self.watch.until = Millis::new(moment).unwrap_or(self.watch.until);
            self.conclude_with(device, now, &decision);
        }
    }

    /// Whether the taps, none of the device's signals, show another clear pattern than the one on screen, or none any more.
    fn reads_another_pattern(&self) -> bool {
        let (Decision::NoneOfThese, Some(finding)) = (self.standing(), &self.finding) else {
            return false;
        };
        let read = pattern(&self.watch.taps);
        let groups = |pattern: &Option<Pattern>| pattern.as_ref().map(|read| read.groups.clone());
        groups(&read) != groups(&finding.pattern)
    }

    /// Whether an attempt was abandoned: then what is known is shown instead of waiting for ever. A camera is always
    /// asked when its film is over.
    #[must_use]
    pub fn is_left_alone(&self, device: &Device) -> bool {
        if self.watch.observer == Observer::Eye {
            return self.stage == Stage::Tap;
        }
        let last = self.watch.taps.last();
        let (Some(live), Some(last), Stage::Tap) = (self.live, last, &self.stage) else {
            return false;
        };
        let (least, beats) = LEFT_ALONE;
        let silent = (self.watch.until - last.at - last.held.unwrap_or_default()).get();
        !live.is_down
            && silent >= least
            && silent >= beats * device.chart(&self.watch).slowest_beat()
    }

    /// Whether a tap at this moment of the attempt begins another one: nothing fitted, and the person paused.
    pub(super) fn begins_afresh(&self, device: &Device, at: Millis) -> bool {
        let is_none = matches!(
            self.standing(),
            Decision::NoneOfThese | Decision::Unlisted(_)
        );
        let Some(last) = self.watch.taps.last().filter(|_| is_none) else {
            return false;
        };
        let pause = (at - last.at - last.held.unwrap_or_default()).get();
        let (least, beats) = AFRESH;
        let longest = self.watch.longest_gap().unwrap_or(0.0);
        pause >= least && pause >= beats * self.longest_beat(device, longest)
    }

    /// Whether the person looked away to answer before a tap at this moment of the attempt: the time in between is no evidence of the light.
    pub(super) fn lost_the_beat(&self, device: &Device, at: Millis) -> bool {
        let answered = self.live.is_some_and(|live| live.has_answered);
        let last = self.watch.taps.last().filter(|_| answered);
        let (Some(last), Some(longest)) = (last, self.watch.longest_gap()) else {
            return false;
        };
        let since = (at - last.at).get();
        let (least, beats) = LOOKED_AWAY;
        since >= least && since > beats * self.longest_beat(device, longest)
    }

    /// The longest time between two flashes that may follow, in ms: the person's own longest, or the slowest beat of the device.
    fn longest_beat(&self, device: &Device, own: f64) -> f64 {
        own.max(device.chart(&self.watch).slowest_beat())
    }

    /// The decision of the verdict that is being shown while the person taps on.
    fn standing(&self) -> Decision {
        match &self.finding {
            Some(finding) if self.stage == Stage::Verdict => finding.decision(),
            _ => Decision::Undecided,
        }
    }

    /// A verdict that the classifier no longer supports is replaced by the pad.
    fn withdraw_if_disproved(&mut self, device: &Device, standing: &Decision) {
        if *standing == Decision::Undecided {
            return;
        }
        let judgement = self
            .listener
            .conclude(&device.chart(&self.watch), &self.watch);
        if judgement.probability_of(standing) < WITHDRAWN {
            let live = self.live;
            self.finding = None;
            self.return_to(&Stage::Tap);
            self.live = live;
        }
    }

    /// The person has stated all they can state at the light: decides, asks, or admits that it is open.
    pub(super) fn complete(&mut self, device: &Device, now: Wall) {
        let judgement = self.listener.judge(&device.chart(&self.watch), &self.watch);
        let question = asked(&judgement, device);
        let decision = judgement.decision.clone();
        self.keep_judgement(judgement);
        match (decision, question) {
            (Decision::Undecided, Some(question)) => {
                self.live = None;
                self.go(Stage::Ask(question));
            }
            (decision, _) => {
                self.conclude(device, now, &decision);
                self.live = None;
            }
        }
    }

    /// An answer was given beside the pad: decides if it is enough now.
    pub(super) fn reconsider(&mut self, device: &Device, now: Wall) {
        let judgement = self.listener.judge(&device.chart(&self.watch), &self.watch);
        let decision = judgement.decision.clone();
        self.keep_judgement(judgement);
        let is_down = self.live.is_some_and(|live| live.is_down);
        if decision != Decision::Undecided && !is_down {
            self.conclude(device, now, &decision);
        }
    }

    /// Brings [`Session::judgement`] up to date, for display. Whether anything that is shown differs from before.
    pub fn refresh(&mut self, device: &Device) -> bool {
        if self.is_judged || !matches!(self.stage, Stage::Tap | Stage::Verdict) {
            return false;
        }
        self.is_judged = true;
        if self.watch.taps.is_empty() && self.watch.look.is_none() {
            return self.judgement.take().is_some();
        }
        let judgement = self.listener.judge(&device.chart(&self.watch), &self.watch);
        let before = std::mem::replace(&mut self.shown, shown(&judgement));
        self.judgement = Some(judgement);
        self.shown != before
    }

    /// The classifier's judgement of the attempt so far, without what would settle it: for callers that only count.
    #[must_use]
    pub fn conclusion(&mut self, device: &Device) -> Judgement {
        self.listener
            .conclude(&device.chart(&self.watch), &self.watch)
    }

    fn keep_judgement(&mut self, judgement: Judgement) {
        self.shown = shown(&judgement);
        self.judgement = Some(judgement);
        self.is_judged = true;
    }

    fn conclude_with(&mut self, device: &Device, now: Wall, decision: &Decision) {
        let judgement = self
            .listener
            .conclude(&device.chart(&self.watch), &self.watch);
        self.keep_judgement(judgement);
        self.conclude(device, now, decision);
    }

    /// Shows what the classifier decided, or that it did not. The person may tap on: see [`Session::pass_time`].
    fn conclude(&mut self, device: &Device, now: Wall, decision: &Decision) {
        let how = if self.watch.look.is_some() || self.watch.taps.is_empty() {
            How::Told
        } else {
            How::Tapped
        };
        let mut finding = Finding {
            how,
            ..Finding::default()
        };
        match decision {
            Decision::Signal(id) => finding.signal = Some(id.clone()),
            Decision::Unlisted(code) => finding.unlisted = Some(code.clone()),
            Decision::NoneOfThese | Decision::Undecided => {}
        }
        if let Some(judgement) = &self.judgement {
            finding.sure = sure(judgement, decision);
            finding.period = judgement.period;
            // Beside a code that was read, another one is no help.
            if finding.signal.is_none() && finding.unlisted.is_none() {
                finding.nearest = nearest(judgement, device);
            }
            if *decision == Decision::NoneOfThese {
                finding.pattern = pattern(&self.watch.taps);
            }
        }
        let live = self.live;
        self.find(finding, now);
        self.live = live.map(|live| Live {
            idle_since: self.watch.until,
            ..live
        });
    }

    /// Keeps a finding and shows it.
    pub(super) fn find(&mut self, finding: Finding, now: Wall) {
        self.live = None;
        let taps = match finding.how {
            How::Tapped => since_first(&self.watch),
            How::Told | How::Chosen => Vec::new(),
        };
        self.note(
            now,
            Entry::Found {
                finding: finding.clone(),
                taps,
            },
        );
        self.events.push(Event::Found {
            finding: finding.clone(),
            at: self.watch.until,
        });
        self.finding = Some(finding);
        // Back never leads to the end of an earlier attempt: it would be drawn with this verdict.
        self.trail.retain(|stage| *stage != Stage::Resolved);
        self.trail.dedup();
        if self.stage != Stage::Verdict {
            // The question that led here is answered: "Back" leads to the light.
            if let Stage::Ask(_) = self.stage {
                self.stage = self.trail.pop().unwrap_or(Stage::Tap);
            }
            self.go(Stage::Verdict);
        }
    }
}

/// The question that the classifier would ask now, where the device has it.
pub(super) fn asked(judgement: &Judgement, device: &Device) -> Option<Id> {
    match &judgement.settle {
        Some(Settle::Ask { question, .. }) => device
            .question(question)
            .is_some()
            .then(|| question.clone()),
        _ => None,
    }
}

/// What of a judgement people see, as coarsely as they see it: a checksum, equal where they see the same.
fn shown(judgement: &Judgement) -> u32 {
    let mut sum = 0;
    let mut add = |number: f64| sum = u32::wrapping_mul(sum ^ (number as i32 as u32), 0x0100_0193);
    match &judgement.settle {
        Some(Settle::KeepTapping { flashes }) => add(f64::from(*flashes)),
        Some(Settle::KeepWatching { dark, .. }) => add(-(dark.get() / 1000.0).ceil()),
        // Which question it is follows from the percentages.
        Some(Settle::Ask { .. }) => add(1e6),
        None => add(2e6),
    }
    for ranked in &judgement.ranking {
        add((ranked.probability * 100.0).round());
        // Two signals may change places at the same percentages.
        if let Hypothesis::Signal(id) | Hypothesis::Unlisted(id) = &ranked.what {
            id.as_str().bytes().for_each(|byte| add(byte.into()));
        }
    }
    sum
}

/// The probability of what was decided, in whole per cent and never a flat 100. `None` where nothing was.
fn sure(judgement: &Judgement, decision: &Decision) -> Option<u8> {
    let probability = judgement.probability_of(decision);
    (*decision != Decision::Undecided)
        .then(|| within((probability * 100.0).floor(), 0.0, 99.0) as u8)
}

/// The two likeliest signals; a danger that is possible at all comes first.
fn nearest(judgement: &Judgement, device: &Device) -> Vec<Id> {
    let mut near: Vec<(&Id, f64)> = Vec::new();
    for ranked in &judgement.ranking {
        if let Hypothesis::Signal(id) = &ranked.what {
            near.push((id, ranked.probability));
        }
    }
    let is_danger = |id: &Id| {
        let cause = device.cause(id);
        cause.is_some_and(|cause| cause.severity == Severity::Stop)
    };
    let danger = near
        .iter()
        .position(|(id, probability)| *probability > NEAR && is_danger(id));
    if let Some(before) = danger.and_then(|at| near.get_mut(..=at)) {
        // The likeliest of the others stays in view, too.
        before.rotate_right(1);
    }
    near.into_iter().take(2).map(|(id, _)| id.clone()).collect()
}

/// The taps as whole ms since the first, for the log.
fn since_first(watch: &Watch) -> Vec<u32> {
    let first = watch.taps.first().map(|tap| tap.at).unwrap_or_default();
    watch
        .taps
        .iter()
        .map(|tap| within((tap.at - first).get(), 0.0, 3.6e6).round() as u32)
        .collect()
}
