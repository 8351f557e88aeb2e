//! Counting right, wrong and abstained, confusions, and calibration.

use led_doctor_core::rhythm::{Decision, Hypothesis, Judgement};
use led_doctor_core::session::drive::Course;
use std::collections::BTreeMap;

/// What one row of a table counts.
#[derive(Debug, Default, Clone)]
pub struct Tally {
    pub n: usize,
    pub right: usize,
    pub wrong: usize,
    /// Wrong at the first decision, whether or not later taps corrected it.
    pub rash: usize,
    pub top: usize,
    pub asked: usize,
    /// Those at which even a perfect eye saw another signal, and how many of them were taken for a wrong signal.
    pub hidden: usize,
    pub hidden_wrong: usize,
    /// Times to decide, in ms.
    pub times: Vec<f64>,
    /// What it was called, how often.
    pub called: BTreeMap<String, usize>,
}

/// Confidence against truth.
#[derive(Debug, Default, Clone)]
pub struct Reliability {
    /// Per tenth of confidence: how many, the sum of confidences, how many were right.
    pub bins: [(usize, f64, usize); 20],
}

/// The name a decision has in tables.
pub fn called(decision: &Decision) -> &str {
    match decision {
        Decision::Undecided => "undecided",
        Decision::NoneOfThese => "none",
        Decision::Signal(id) => id.as_str(),
        Decision::Unlisted(_) => "unlisted",
    }
}

/// The leader, unknown beat, noise and unlisted codes taken as one, and its probability.
pub fn leader(judgement: &Judgement) -> (String, f64) {
    let mut none = 0.0;
    let mut best = ("none".to_owned(), 0.0);
    for ranked in &judgement.ranking {
        match &ranked.what {
            Hypothesis::Signal(id) if ranked.probability > best.1 => {
                best = (id.to_string(), ranked.probability)
            }
            Hypothesis::Signal(_) => {}
            _ => none += ranked.probability,
        }
    }
    if none > best.1 {
        ("none".to_owned(), none)
    } else {
        best
    }
}

impl Tally {
    /// Counts one course against the truth; time counts from `zero` (ms).
    pub fn count(&mut self, course: &Course, truth: Option<&str>, zero: f64) {
        self.judged(&course.verdict, &course.judgement, truth);
        if let Some((decision, at)) = &course.first {
            self.times.push(at - zero);
            let name = called(decision);
            self.rash +=
                usize::from(*decision != Decision::NoneOfThese && name != truth.unwrap_or("none"));
        }
    }

    /// Counts one judgement against the truth.
    pub fn judged(&mut self, decision: &Decision, judgement: &Judgement, truth: Option<&str>) {
        self.n += 1;
        let name = called(decision);
        *self.called.entry(name.to_owned()).or_default() += 1;
        match decision {
            Decision::Undecided => {}
            _ if name == truth.unwrap_or("none") => self.right += 1,
            // A signal that is called none of these is an abstention: it leads to no wrong fix.
            Decision::NoneOfThese | Decision::Unlisted(_) => {}
            Decision::Signal(_) => self.wrong += 1,
        }
        if leader(judgement).0 == truth.unwrap_or("none") {
            self.top += 1;
        }
    }

    /// The time by which this share of the decided ones was decided, in ms.
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let mut times = self.times.clone();
        times.sort_by(f64::total_cmp);
        times
            .get(((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1)))
            .copied()
    }

    /// Adds another row.
    pub fn add(&mut self, other: &Tally) {
        self.n += other.n;
        self.right += other.right;
        self.wrong += other.wrong;
        self.rash += other.rash;
        self.top += other.top;
        self.asked += other.asked;
        self.hidden += other.hidden;
        self.hidden_wrong += other.hidden_wrong;
        self.times.extend(&other.times);
        for (name, n) in &other.called {
            *self.called.entry(name.clone()).or_default() += n;
        }
    }
}

impl Reliability {
    /// Counts one judgement.
    pub fn count(&mut self, judgement: &Judgement, truth: Option<&str>) {
        let (name, p) = leader(judgement);
        self.said(p, name == truth.unwrap_or("none"));
    }

    /// Counts something that was reported with this probability.
    pub fn said(&mut self, p: f64, is_right: bool) {
        let bin = ((p * 20.0) as usize).min(19);
        if let Some((n, sum, right)) = self.bins.get_mut(bin) {
            *n += 1;
            *sum += p;
            *right += usize::from(is_right);
        }
    }

    /// Adds another.
    pub fn add(&mut self, other: &Reliability) {
        for (a, b) in self.bins.iter_mut().zip(&other.bins) {
            *a = (a.0 + b.0, a.1 + b.1, a.2 + b.2);
        }
    }

    /// Expected calibration error.
    pub fn error(&self) -> f64 {
        let all: usize = self.bins.iter().map(|b| b.0).sum();
        let off = |&(_, sum, right): &(usize, f64, usize)| (sum - right as f64).abs();
        self.bins.iter().map(off).sum::<f64>() / all.max(1) as f64
    }
}
