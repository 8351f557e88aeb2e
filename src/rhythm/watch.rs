//! What the person did and said during one attempt: the engine's whole evidence.

use crate::id::Id;
use crate::keyed::Keyed;
use crate::time::Millis;
use serde::{Deserialize, Serialize};

/// One attempt at watching a light. Times count from the moment the person began to watch.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Watch {
    /// The taps, in the order they were made. Any times are survived; the engine sorts and bounds them.
    pub taps: Vec<Tap>,
    /// The person is known to have been watching up to here. Silence after it counts for nothing.
    pub until: Millis,
    /// "It has stopped": nothing came after the last tap and nothing will.
    pub stopped: bool,
    /// What they said of the light without tapping.
    pub look: Option<Look>,
    /// Answers to questions, by question. "Not sure" is no answer and is not recorded here.
    pub answers: Keyed<Id>,
    /// Questions that were answered with "not sure": they tell nothing and are not to be asked again.
    pub unsure: Vec<Id>,
}

/// One tap.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tap {
    /// When the finger or key went down.
    pub at: Millis,
    /// How long it stayed down. `None` while it is down and for taps that have no length (a lone click).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Millis>,
    /// Which light or colour it was for, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub light: Option<Id>,
}

/// What a person says of a light that cannot or need not be tapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    /// "It's lit all the time."
    #[default]
    Steady,
    /// "There is no light at all."
    Dark,
    /// "It flashes too fast to follow."
    TooFast,
}
