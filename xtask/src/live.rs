//! A whole watch fed to the engine as if it were happening: tap by tap, time passing in between.

use led_doctor::id::Id;
use led_doctor::rhythm::{Chart, Decision, Hypothesis, Judgement, Listener, Settle, Tap, Watch};
use led_doctor::time::Millis;

/// What came of a watch.
pub struct Course {
    /// The first thing that was decided, and when (ms): where the page would have stopped asking.
    pub first: Option<(Decision, f64)>,
    /// The last thing that was decided. What was decided stands until the taps decide otherwise, or speak against it as clearly
    /// as they spoke for it: whoever is shown what the engine itself no longer believes is better off with a question.
    pub verdict: Decision,
    /// Since when (ms), if anything was.
    pub decided_at: Option<f64>,
    /// Everything the engine makes of the whole.
    pub judgement: Judgement,
}

/// So many taps are looked at one by one; nobody taps more, and what comes after them is looked at as a whole.
const FOLLOWED: usize = 400;

/// From the moment a question shows to its answer, in ms: time to read a line and look once more.
const ANSWERING: f64 = 3000.0;

/// What stands is taken back below this probability.
const DISPROVED: f64 = 0.05;

/// So many questions are answered; nobody answers more.
const MOST_ASKED: usize = 3;

struct Feed<'a> {
    chart: &'a Chart,
    /// What the person would answer; `None` for somebody who is asked nothing.
    answers: Option<&'a [(Id, Id)]>,
    asked: usize,
    /// The question on screen, and when its answer comes (ms).
    question: Option<(Id, f64)>,
    listener: Listener,
    watch: Watch,
    first: Option<(Decision, f64)>,
    standing: Option<(Decision, f64)>,
}

impl Feed<'_> {
    /// Listens from `since` to `until` (ms), and has questions answered in between.
    fn look(&mut self, mut since: f64, until: f64) {
        self.ask(since);
        while let Some((question, at)) = self.question.take_if(|(_, at)| *at <= until) {
            self.listen(since, at.max(since));
            since = at.max(since);
            self.watch.until = Millis::new(since).unwrap_or_default();
            if self.standing.is_none() {
                self.answer(question);
                self.ask(since);
            }
        }
        self.listen(since, until);
    }

    /// Shows the question that the engine asks at that moment (ms), if it does.
    fn ask(&mut self, at: f64) {
        let open = self.standing.is_none() && self.question.is_none() && self.asked < MOST_ASKED;
        if self.answers.is_none()
            || !open
            || self.watch.taps.is_empty() && self.watch.look.is_none()
        {
            return;
        }
        self.watch.until = Millis::new(at).unwrap_or_default();
        if let Some(Settle::Ask { question, .. }) =
            self.listener.judge(self.chart, &self.watch).settle
        {
            self.asked += 1;
            self.question = Some((question, at + ANSWERING));
        }
    }

    fn answer(&mut self, question: Id) {
        let mut known = self.answers.unwrap_or_default().iter();
        match known.find(|(asked, _)| *asked == question) {
            Some((_, answer)) => {
                self.watch.answers.insert(question, answer.clone());
            }
            None => self.watch.unsure.push(question),
        }
    }

    /// Listens from `since` to `until` (ms). What was decided stands until taps decide otherwise: then the silence after
    /// them need not be listened to.
    fn listen(&mut self, since: f64, until: f64) {
        let until = if self.standing.is_some() {
            since
        } else {
            until
        };
        self.watch.until = Millis::new(until.max(since)).unwrap_or_default();
        let stands = self
            .standing
            .as_ref()
            .map_or(&Decision::Undecided, |s| &s.0);
        let (decision, at) = self.listener.decide(self.chart, &self.watch, since, stands);
        if decision == Decision::Undecided {
            self.standing.take_if(|(stands, _)| {
                let judgement = self.listener.conclude(self.chart, &self.watch);
                probability(&judgement, stands) < DISPROVED
            });
            return;
        }
        if self.first.is_none() {
            self.first = Some((decision.clone(), at));
        }
        if self.standing.as_ref().is_none_or(|(d, _)| *d != decision) {
            self.standing = Some((decision, at));
        }
    }
}

/// The probability of what a decision says.
fn probability(judgement: &Judgement, decision: &Decision) -> f64 {
    let says = |what: &Hypothesis| match (what, decision) {
        (Hypothesis::Signal(id), Decision::Signal(said)) => id == said,
        (Hypothesis::UnknownRegular | Hypothesis::Noise, Decision::NoneOfThese) => true,
        _ => false,
    };
    let ranking = judgement.ranking.iter().filter(|r| says(&r.what));
    ranking.map(|r| r.probability).sum()
}

/// Feeds the watch. What was answered was answered at the beginning.
pub fn course(chart: &Chart, whole: &Watch) -> Course {
    feed(chart, whole, None, Listener::conclude).0
}

/// The same, with what `judge` makes of the whole in the end.
fn feed(
    chart: &Chart,
    whole: &Watch,
    answers: Option<&[(Id, Id)]>,
    judge: fn(&mut Listener, &Chart, &Watch) -> Judgement,
) -> (Course, usize) {
    let mut order: Vec<&Tap> = whole.taps.iter().collect();
    order.sort_by(|a, b| a.at.get().total_cmp(&b.at.get()));
    let begin = order.first().map_or(0.0, |tap| tap.at.get().min(0.0));
    let mut feed = Feed {
        chart,
        answers,
        asked: 0,
        question: None,
        listener: Listener::default(),
        watch: Watch {
            taps: Vec::with_capacity(order.len()),
            until: Millis::new(begin).unwrap_or_default(),
            stopped: false,
            look: whole.look,
            answers: whole.answers.clone(),
            unsure: whole.unsure.clone(),
        },
        first: None,
        standing: None,
    };
    let until = whole.until.get();
    let first = order.first().map_or(until, |tap| tap.at.get());
    feed.look(begin, first);
    for (index, tap) in order.iter().enumerate() {
        feed.watch.taps.push((*tap).clone());
        if index >= FOLLOWED {
            continue;
        }
        let at = tap.at.get();
        let next = order.get(index + 1).map_or(until, |next| next.at.get());
        // Nothing is decided while a finger is down: it is about to say how long it stays.
        let up = tap.held.map_or(at, |held| at + held.get());
        feed.look(up.min(next).max(at), next);
    }
    let until = until.max(feed.watch.until.get());
    if whole.stopped {
        feed.watch.stopped = true;
        feed.look(until, until);
    }
    // Who stopped watching still answers what is on screen, and what comes after that.
    feed.ask(until);
    while let Some((question, _)) = feed.question.take() {
        feed.answer(question);
        feed.listen(until, until);
        feed.ask(until);
    }
    feed.watch.until = Millis::new(until).unwrap_or_default();
    let judgement = judge(&mut feed.listener, chart, &feed.watch);
    // The silence after the last tap may have overturned what stood before it.
    let last = &judgement.decision;
    if *last != Decision::Undecided && feed.standing.as_ref().is_none_or(|(d, _)| d != last) {
        feed.standing = Some((last.clone(), until));
    }
    let (verdict, decided_at) = feed
        .standing
        .map_or((Decision::Undecided, None), |(d, at)| (d, Some(at)));
    let course = Course {
        first: feed.first,
        verdict,
        decided_at,
        judgement,
    };
    (course, feed.asked)
}

/// The same by somebody who answers what the engine asks while they watch, as the page lets them: as long as it asks, and with
/// what they know.
pub fn asked(chart: &Chart, whole: &Watch, answers: &[(Id, Id)]) -> (Course, usize) {
    feed(chart, whole, Some(answers), Listener::judge)
}
