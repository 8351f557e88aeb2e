//! What the person did and stated during one attempt: all the evidence of the classifier.

use crate::id::Id;
use crate::observer::Observer;
use crate::paces::Within;
use crate::time::Millis;

/// One attempt at watching a light. Times count from the moment the person began to watch.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Watch {
    /// Who watches. A watch belongs to a chart for the same observer.
    pub observer: Observer,
    /// What a camera saw of unstated times; nothing where a person watched. A watch belongs to a chart for the same.
    pub within: Within,
    /// The taps, in the order they were made. Any times are accepted; the classifier sorts and bounds them.
    pub taps: Vec<Tap>,
    /// The person is known to have been watching up to here. Silence after it counts for nothing.
    pub until: Millis,
    /// "It has stopped": nothing came after the last tap and nothing will.
    pub stopped: bool,
    /// What they stated about the light without tapping.
    pub look: Option<Look>,
    /// Answers to questions: question and answer, one of each question. "Not sure" is no answer and is not recorded here.
    pub answers: Vec<(Id, Id)>,
    /// Questions that were answered with "not sure": they carry no information and are not asked again.
    pub unsure: Vec<Id>,
}

impl Watch {
    /// The answer to a question, if one was given.
    #[must_use]
    pub fn answer(&self, question: &str) -> Option<&Id> {
        let mut each = self.answers.iter();
        each.find(|(asked, _)| asked == question)
            .map(|(_, answer)| answer)
    }

    /// Whether a question was answered, be it with "not sure".
    #[must_use]
    pub fn was_asked(&self, question: &Id) -> bool {
        self.answer(question.as_str()).is_some() || self.unsure.contains(question)
    }

    /// The longest time from one tap to the next, in ms. `None` before the second tap.
    #[must_use]
    pub fn longest_gap(&self) -> Option<f64> {
        let gaps = self.taps.windows(2).filter_map(|pair| match pair {
            [a, b] => Some((b.at - a.at).get()),
            _ => None,
        });
        gaps.reduce(f64::max)
    }

    /// Records the answer to a question, `None` for "not sure", in place of an earlier one.
    pub fn record_answer(&mut self, question: Id, answer: Option<Id>) {
        self.answers.retain(|(asked, _)| *asked != question);
        self.unsure.retain(|asked| *asked != question);
        match answer {
            Some(answer) => self.answers.push((question, answer)),
            None => self.unsure.push(question),
        }
    }
}

/// One tap.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tap {
    /// When the finger or key went down.
    pub at: Millis,
    /// How long it stayed down. `None` while it is down and for taps that have no length (a lone click).
    pub held: Option<Millis>,
    /// Which light or colour it was for, where known.
    pub light: Option<Id>,
}

/// A person's statement about a light that cannot or need not be tapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// "It's lit all the time."
    #[default]
    Steady,
    /// "There is no light at all."
    Dark,
    /// "It flashes too fast to follow."
    TooFast,
}
