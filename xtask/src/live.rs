//! A whole watch fed to the engine as if it were happening: tap by tap, time passing in between.

use led_doctor::id::Id;
use led_doctor::rhythm::{Chart, Decision, Judgement, Listener, Watch};
use led_doctor::time::Millis;

/// What came of a watch.
pub struct Course {
    /// The first thing that was decided, and when (ms): where the page would have stopped asking.
    pub first: Option<(Decision, f64)>,
    /// The last thing that was decided. What was decided stands until the taps decide otherwise.
    pub verdict: Decision,
    /// Since when (ms), if anything was.
    pub decided_at: Option<f64>,
    /// Everything the engine makes of the whole.
    pub judgement: Judgement,
}

/// How exactly the moment of a decision in silence is found, in ms.
const EXACT: f64 = 40.0;

/// So many taps are looked at one by one; nobody taps more, and what comes after them is looked at as a whole.
const FOLLOWED: usize = 400;

struct Feed<'a> {
    chart: &'a Chart,
    listener: Listener,
    watch: Watch,
    first: Option<(Decision, f64)>,
    standing: Option<(Decision, f64)>,
    /// The time of the latest look, in ms, and what was decided then.
    latest: (f64, Decision),
}

impl Feed<'_> {
    fn decide(&mut self, until: f64) -> Decision {
        self.watch.until = Millis::new(until).unwrap_or_default();
        self.listener.decide(self.chart, &self.watch)
    }

    fn look(&mut self, at: f64, silence: bool) {
        let decision = self.decide(at);
        let mut since = at;
        if silence && decision != Decision::Undecided && self.latest.1 != decision {
            let (mut not_yet, mut by_then) = (self.latest.0, at);
            while by_then - not_yet > EXACT {
                let half = (not_yet + by_then) / 2.0;
                if self.decide(half) == decision {
                    by_then = half;
                } else {
                    not_yet = half;
                }
            }
            since = by_then;
        }
        if decision != Decision::Undecided {
            if self.first.is_none() {
                self.first = Some((decision.clone(), since));
            }
            if self.standing.as_ref().is_none_or(|(d, _)| *d != decision) {
                self.standing = Some((decision.clone(), since));
            }
        }
        self.latest = (at, decision);
    }
}

/// Feeds the watch. What was answered was answered at the beginning.
pub fn course(chart: &Chart, whole: &Watch) -> Course {
    let mut order: Vec<_> = whole.taps.iter().collect();
    order.sort_by(|a, b| a.at.get().total_cmp(&b.at.get()));
    let watch = Watch {
        taps: Vec::with_capacity(order.len()),
        stopped: false,
        until: Millis::ZERO,
        ..whole.clone()
    };
    let mut feed = Feed {
        chart,
        listener: Listener::default(),
        watch: Watch {
            taps: Vec::new(),
            ..watch
        },
        first: None,
        standing: None,
        latest: (0.0, Decision::Undecided),
    };
    for (index, tap) in order.into_iter().enumerate() {
        if index >= FOLLOWED {
            feed.watch.taps.push(tap.clone());
            continue;
        }
        let at = tap.at.get();
        // What was decided stands until taps decide otherwise: then silence need not be looked at.
        if !feed.watch.taps.is_empty() && feed.standing.is_none() {
            feed.look(at - 0.5, true);
        }
        feed.watch.taps.push(led_doctor::rhythm::Tap {
            held: None,
            ..tap.clone()
        });
        feed.look(at, false);
        if let Some(last) = feed.watch.taps.last_mut() {
            *last = tap.clone();
        }
    }
    let until = whole.until.get().max(feed.latest.0);
    feed.look(until, true);
    if whole.stopped {
        feed.watch.stopped = true;
        feed.look(until, false);
    }
    feed.watch.until = Millis::new(until).unwrap_or_default();
    let judgement = feed.listener.judge(chart, &feed.watch);
    let (verdict, decided_at) = feed
        .standing
        .map_or((Decision::Undecided, None), |(d, at)| (d, Some(at)));
    Course {
        first: feed.first,
        verdict,
        decided_at,
        judgement,
    }
}

/// The same, and then the person answers what the engine asks, as long as it asks and they know.
pub fn asked(chart: &Chart, whole: &Watch, answers: &[(Id, Id)]) -> (Course, usize) {
    use led_doctor::rhythm::Settle;
    let mut watch = whole.clone();
    let mut questions = 0;
    let mut course = course(chart, &watch);
    for _ in 0..3 {
        let Some(Settle::Ask { question, .. }) = course.judgement.settle.clone() else {
            break;
        };
        if course.first.is_some() {
            break;
        }
        questions += 1;
        match answers.iter().find(|(q, _)| *q == question) {
            Some((_, answer)) => {
                watch.answers.insert(question, answer.clone());
            }
            None => {
                watch.unsure.push(question);
            }
        }
        let judgement = led_doctor::rhythm::judge(chart, &watch);
        if judgement.decision != Decision::Undecided {
            let at = watch.until.get();
            course.first = Some((judgement.decision.clone(), at));
            (course.verdict, course.decided_at) = (judgement.decision.clone(), Some(at));
        }
        course.judgement = judgement;
    }
    (course, questions)
}
