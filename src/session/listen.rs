//! Between the person at the light and the engine.

use super::{Device, Entry, Finding, How, Session, Stage};
use crate::id::Id;
use crate::rhythm::{Decision, Hypothesis, Judgement, Settle, Watch};
use crate::time::{Wall, within};

/// Below this probability a signal is not worth naming as "near".
const NEAR: f64 = 0.001;

impl Session {
    /// Asks the engine again and goes where its answer leads. `complete`: the person has said all they can say at the light,
    /// so that an engine which is still undecided has to ask or to admit it.
    pub(super) fn listen(&mut self, device: &Device, now: Wall, complete: bool) {
        let judgement = self.listener.judge(device.chart(), &self.watch);
        let verdict = match &judgement.decision {
            Decision::Signal(id) => Some(Some(id.clone())),
            Decision::NoneOfThese => Some(None),
            Decision::Undecided => None,
        };
        let question = match &judgement.settle {
            Some(Settle::Ask { question, .. }) if device.question(question).is_some() => {
                Some(question.clone())
            }
            _ => None,
        };
        let held = self.live.is_some_and(|live| live.down);
        self.judgement = Some(judgement);
        match (verdict, question) {
            // A finger that is down is about to say more: how long it stays.
            _ if held => {}
            (Some(signal), _) => self.conclude(signal, now),
            // While someone taps, the question waits beside the pad: a screen that changes under a finger gets answers by accident.
            (None, Some(question)) if complete => {
                self.live = None;
                self.go(Stage::Ask(question));
            }
            (None, None) if complete => self.conclude(None, now),
            (None, _) => {}
        }
    }

    /// The engine's view of the attempt as it stands, without going anywhere.
    pub(super) fn look(&mut self, device: &Device) {
        self.judgement = Some(self.listener.judge(device.chart(), &self.watch));
    }

    /// Ends the attempt with what the engine has.
    fn conclude(&mut self, signal: Option<Id>, now: Wall) {
        let how = if self.watch.look.is_some() || self.watch.taps.is_empty() {
            How::Told
        } else {
            How::Tapped
        };
        let finding = self.judgement.as_ref().map_or_else(
            || Finding {
                signal: signal.clone(),
                how,
                sure: None,
                period: None,
                nearest: Vec::new(),
            },
            |judgement| Finding {
                sure: sure(judgement, signal.as_ref()),
                period: judgement.period,
                nearest: if signal.is_some() {
                    Vec::new()
                } else {
                    nearest(judgement)
                },
                signal: signal.clone(),
                how,
            },
        );
        self.find(finding, now);
    }

    /// Keeps a finding and shows it.
    pub(super) fn find(&mut self, finding: Finding, now: Wall) {
        self.live = None;
        let taps = match finding.how {
            How::Tapped => since_first(&self.watch),
            How::Told | How::Chosen => Vec::new(),
        };
        let found = finding.clone();
        self.note(
            now,
            Entry::Found {
                finding: found,
                taps,
            },
        );
        self.finding = Some(finding);
        if self.stage != Stage::Verdict {
            // The question that led here is answered: "Back" leads to the light.
            if let Stage::Ask(_) = self.stage {
                self.stage = self.trail.pop().unwrap_or(Stage::Tap);
            }
            self.go(Stage::Verdict);
        }
    }
}

/// The engine's probability of what it decided, in whole per cent and never a flat 100. `None` when it did not decide.
fn sure(judgement: &Judgement, signal: Option<&Id>) -> Option<u8> {
    let decided = match (&judgement.decision, signal) {
        (Decision::Signal(id), Some(signal)) => id == signal,
        (Decision::NoneOfThese, None) => true,
        _ => false,
    };
    let probability: f64 = judgement
        .ranking
        .iter()
        .filter(|ranked| match (&ranked.what, signal) {
            (Hypothesis::Signal(id), Some(signal)) => id == signal,
            (Hypothesis::UnknownRegular | Hypothesis::Noise, None) => true,
            _ => false,
        })
        .map(|ranked| ranked.probability)
        .sum();
    decided.then(|| within((probability * 100.0).floor(), 0.0, 99.0) as u8)
}

/// The two likeliest signals.
fn nearest(judgement: &Judgement) -> Vec<Id> {
    judgement
        .ranking
        .iter()
        .filter_map(|ranked| match &ranked.what {
            Hypothesis::Signal(id) => Some((id, ranked.probability)),
            _ => None,
        })
        .enumerate()
        .filter(|(place, (_, probability))| *place < 2 || *probability > NEAR)
        .take(2)
        .map(|(_, (id, _))| id.clone())
        .collect()
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
