//! The device a session is about: one model of one pack.

use super::{Progress, Triage};
use crate::id::Id;
use crate::pack::digits::{self, Digit};
use crate::pack::{Cause, Fix, Ordered, Pack, Picture, Plan, Question, SignalEntry, Step};
use crate::rhythm::{
    self, Chart, Flashes, Hypothesis, Judgement, Layer, Observer, Show, Watch, Within,
};
use std::cell::RefCell;
use std::rc::Rc;

/// The chart for a camera that was made last, and what it saw.
type Filmed = Option<(Within, Rc<Chart>)>;

/// One model of one pack. Cheap to clone.
#[derive(Clone)]
pub struct Device {
    pack: Rc<Pack>,
    model: Id,
    chart: Rc<Chart>,
    /// For a camera, at the paces that it saw last.
    filmed: Rc<RefCell<Filmed>>,
    pads: Rc<[Id]>,
}

/// The ids of answers that are a colour and nothing else.
const COLOURS: [&str; 6] = ["red", "amber", "yellow", "green", "blue", "white"];

fn chart((observer, within): (Observer, Within), pack: &Pack, model: &Id) -> Chart {
    let questions = pack.file().question.iter();
    let questions = questions.map(|(id, question)| rhythm::Question {
        id: id.clone(),
        answers: question.answer.ids().cloned().collect(),
    });
    let signals = pack.signals_for_classifier(model.as_str());
    Chart::for_observer(observer, within, signals, questions.collect())
}

impl PartialEq for Device {
    fn eq(&self, other: &Device) -> bool {
        Rc::ptr_eq(&self.pack, &other.pack) && self.model == other.model
    }
}

impl Device {
    /// `None` when the pack has no such model.
    #[must_use]
    pub fn new(pack: Rc<Pack>, model: &str) -> Option<Device> {
        let model = pack.file().model.ids().find(|id| **id == *model)?.clone();
        let chart = chart((Observer::Finger, Within::default()), &pack, &model);
        let mut pads = Vec::new();
        let mut takes_turns = 0;
        for entry in pack.signals(model.as_str()) {
            for layer in &entry.layers {
                if let Show::Flashes(flashes) = &layer.show
                    && add_lights(&mut pads, layer, flashes)
                {
                    takes_turns += 1;
                }
            }
        }
        // A single one is identified by the question of colour; two pads would only be in the way of all the other signals.
        if takes_turns < 2 {
            pads.clear();
        }
        Some(Device {
            pack,
            model,
            chart: Rc::new(chart),
            filmed: Rc::default(),
            pads: pads.into(),
        })
    }

    /// The pack.
    #[must_use]
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The pack's id.
    #[must_use]
    pub fn pack_id(&self) -> &Id {
        &self.pack.file().id
    }

    /// The model's id.
    #[must_use]
    pub fn model_id(&self) -> &Id {
        &self.model
    }

    /// What the classifier looks for in a watch.
    #[must_use]
    pub fn chart(&self, watch: &Watch) -> Rc<Chart> {
        if watch.observer == Observer::Finger {
            return Rc::clone(&self.chart);
        }
        let mut filmed = self.filmed.borrow_mut();
        if let Some((known, chart)) = &*filmed
            && *known == watch.within
        {
            return Rc::clone(chart);
        }
        let chart = Rc::new(chart(
            (watch.observer, watch.within),
            &self.pack,
            &self.model,
        ));
        *filmed = Some((watch.within, Rc::clone(&chart)));
        chart
    }

    /// How many transitions a chart for taps has: what one update costs grows with it.
    #[must_use]
    pub fn edges(&self) -> usize {
        self.chart.edges()
    }

    /// The lights that a tap has to tell apart, in the order in which signals name them: those of the signals that take turns
    /// between lights. Empty where no two signals do; then one pad serves every light.
    #[must_use]
    pub fn pads(&self) -> &[Id] {
        &self.pads
    }

    /// What people call a light.
    #[must_use]
    pub fn light_name<'a>(&'a self, light: &'a Id) -> &'a str {
        let known = self.pack.file().light.get(light.as_str());
        known.map_or(light.as_str(), |light| &light.name)
    }

    /// The model's name, as its owner calls it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name_of(&self.model)
    }

    fn name_of<'a>(&'a self, model: &'a Id) -> &'a str {
        self.pack
            .model(model.as_str())
            .map_or(model.as_str(), |model| &model.name)
    }

    /// The name of the model whose signals this one borrows, when its own are not confirmed.
    #[must_use]
    pub fn like(&self) -> Option<&str> {
        let like = self.pack.model(self.model.as_str())?.like.as_ref()?;
        Some(self.name_of(like))
    }

    /// Where the light is, for someone who looks for it.
    #[must_use]
    pub fn light_is(&self) -> Option<&str> {
        self.pack.model(self.model.as_str())?.light_is.as_deref()
    }

    /// The drawing of that name; `light` is where its light is. Nothing where the pack has none.
    #[must_use]
    pub fn picture(&self, name: &str) -> Option<&Picture> {
        self.pack.picture(self.model.as_str(), name)
    }

    /// Whether it beeps in the rhythm of its light.
    #[must_use]
    pub fn beeps(&self) -> bool {
        let model = self.pack.model(self.model.as_str());
        model.is_some_and(|model| model.beeps)
    }

    /// The model's signals, in written order.
    #[must_use]
    pub fn signals(&self) -> &[SignalEntry] {
        self.pack.signals(self.model.as_str())
    }

    /// One of them.
    #[must_use]
    pub fn signal(&self, id: &Id) -> Option<&SignalEntry> {
        self.pack.signal(self.model.as_str(), id.as_str())
    }

    /// The words for a code that the list does not have: what it looks like.
    #[must_use]
    pub fn unlisted_looks(&self, code: &Id) -> Option<&str> {
        let unlisted = self.pack.unlisted(self.model.as_str())?;
        Some(&unlisted.get(code.as_str())?.looks)
    }

    /// What codes that are not in the list mean in general, where the maker says so.
    #[must_use]
    pub fn unlisted_is(&self) -> Option<&str> {
        self.pack.model(self.model.as_str())?.unlisted_is.as_deref()
    }

    /// The digits of the number code that is being shown, and how likely any number code is. Empty on a device without codes.
    #[must_use]
    pub fn digits(&self, judgement: &Judgement) -> (Vec<Digit>, f64) {
        let each = judgement.ranking.iter().filter_map(|ranked| {
            let code = match &ranked.what {
                Hypothesis::Signal(id) => self.signal(id)?.about.code.as_ref()?,
                Hypothesis::Unlisted(code) => code,
                Hypothesis::UnknownRegular | Hypothesis::Noise => return None,
            };
            Some((code.as_str(), ranked.probability))
        });
        let all = each.clone().map(|(_, probability)| probability).sum();
        (digits::read(each), all)
    }

    /// Its short name.
    #[must_use]
    pub fn signal_name<'a>(&'a self, id: &'a Id) -> &'a str {
        self.signal(id)
            .map_or(id.as_str(), |signal| &signal.about.name)
    }

    /// Whether it has codes that may follow one another.
    #[must_use]
    pub fn codes_follow(&self) -> bool {
        self.signals().iter().any(SignalEntry::is_among)
    }

    /// What is the matter when that signal is seen.
    #[must_use]
    pub fn cause(&self, signal: &Id) -> Option<&Cause> {
        Some(self.pack.cause(self.model.as_str(), signal.as_str())?.1)
    }

    /// Whether two signals mean the same.
    #[must_use]
    pub fn mean_the_same(&self, one: &Id, other: &Id) -> bool {
        let cause = |signal| Some(&self.signal(signal)?.about.cause);
        one == other || cause(one).is_some_and(|one| cause(other) == Some(one))
    }

    /// A question.
    #[must_use]
    pub fn question(&self, id: &Id) -> Option<&Question> {
        self.pack.file().question.get(id.as_str())
    }

    /// The questions of this device's signals that a colour answers, with their answers: those all of whose answers are colours.
    ///
    /// White answers none: what is too bright to tell is white to a camera, too.
    #[must_use]
    pub fn answers_of_colour(&self, colour: &Id) -> Vec<(Id, Id)> {
        // Amber is what a camera calls yellow.
        let is = |answer: &Id| {
            answer == colour || answer.as_str() == "yellow" && colour.as_str() == "amber"
        };
        let signals = self.signals();
        let is_expected = |question: &str| {
            let mut signals = signals.iter();
            signals.any(|signal| signal.about.expect.get(question).is_some())
        };
        let questions = self.pack.file().question.iter();
        questions
            .filter(|(id, question)| {
                let mut answers = question.answer.ids();
                is_expected(id.as_str()) && answers.all(|id| COLOURS.contains(&id.as_str()))
            })
            .filter_map(|(id, question)| {
                let answer = question.answer.ids().find(|answer| is(answer));
                let answer = answer.filter(|answer| answer.as_str() != "white")?;
                Some((id.clone(), answer.clone()))
            })
            .collect()
    }

    /// The plan for what that signal means.
    #[must_use]
    pub fn plan(&self, signal: &Id) -> Option<&Plan> {
        let cause = self.pack.cause(self.model.as_str(), signal.as_str())?.0;
        Some(self.pack.plan(cause.as_str(), self.model.as_str())?.1)
    }

    /// The question that orders that plan.
    #[must_use]
    pub fn triage(&self, signal: &Id) -> Option<(&Id, &Question)> {
        let id = self.plan(signal)?.ask.as_ref()?;
        Some((id, self.question(id)?))
    }

    /// The fixes of a progress in their order, and why the first comes first. Only fixes that apply to this model.
    #[must_use]
    pub fn ordered(&self, progress: &Progress) -> Ordered<'_> {
        let Some(plan) = self.plan(&progress.signal) else {
            return Ordered {
                fixes: Vec::new(),
                because: None,
            };
        };
        let answer = match &progress.triage {
            Triage::Answer(answer) => Some(answer.as_str()),
            Triage::Open | Triage::Unsure => None,
        };
        self.pack.order(plan, self.model.as_str(), answer)
    }

    /// A fix of the pack. That it applies to this model is what [`Device::ordered`] sees to.
    #[must_use]
    pub fn fix(&self, id: &Id) -> Option<&Fix> {
        self.pack.fix(id.as_str())
    }

    /// The steps of a fix that apply to this model, in order.
    #[must_use]
    pub fn steps(&self, fix: &Id) -> Vec<(&Id, &Step)> {
        self.pack.fix_steps(fix.as_str(), self.model.as_str())
    }

    /// One of them.
    #[must_use]
    pub fn step(&self, fix: &Id, step: &Id) -> Option<&Step> {
        self.steps(fix)
            .into_iter()
            .find(|(id, _)| *id == step)
            .map(|(_, step)| step)
    }
}

/// Adds the lights between which a layer takes turns, and says whether it does.
fn add_lights(pads: &mut Vec<Id>, layer: &Layer, flashes: &Flashes) -> bool {
    let mut turns: Vec<&Id> = Vec::new();
    for group in flashes.intro.iter().chain(&flashes.cycle) {
        if let Some(light) = group.light.as_ref().or(layer.light.as_ref())
            && !turns.contains(&light)
        {
            turns.push(light);
        }
    }
    let many = turns.len() > 1;
    for light in turns.into_iter().filter(|_| many) {
        if !pads.contains(light) {
            pads.push(light.clone());
        }
    }
    many
}
