//! The pack format. In TOML and JSON every field has the name it has here.
//!
//! A field whose description ends in "Text." holds words: it stands in the language file and nowhere else.

use super::Keyed;
use crate::id::Id;
use crate::rhythm::Layer;

/// How an [`Id`] is described in the JSON Schema.
#[cfg(feature = "schema")]
pub struct IdSchema;

#[cfg(feature = "schema")]
impl schemars::JsonSchema for IdSchema {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[a-z0-9-]{1,32}$" })
    }
}

/// A whole pack, structure and words of one language together.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct PackFile {
    /// Version of this format: 1.
    pub format: u32,
    /// The pack's id, the same as its folder's name.
    #[cfg_attr(feature = "schema", schemars(with = "IdSchema"))]
    pub id: Id,
    /// When its content last changed, `YYYY-MM`.
    pub edition: String,
    /// Language of its words, as a BCP 47 tag. Text.
    pub lang: String,
    /// Whether a machine translated these words and nobody has checked them yet: then the page says so. Text.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub draft: bool,
    /// Who checked this translation, and when: "name, YYYY-MM". Text.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub reviewed: Option<String>,
    /// The maker or family, as people say it. Text.
    pub name: String,
    /// That the project is independent of the maker. Text.
    pub notice: String,
    /// Whom to turn to when nothing helps.
    pub support: Support,
    /// Where facts come from.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub source: Keyed<Source>,
    /// The drawings that models and steps name. The build reads them from the files in `pictures`.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub picture: Keyed<Picture>,
    /// The lights or colours that signals and answers speak of.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub light: Keyed<Light>,
    /// What can be asked.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub question: Keyed<Question>,
    /// The devices.
    pub model: Keyed<Model>,
    /// What can be the matter.
    pub cause: Keyed<Cause>,
    /// What can be done about it.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub fix: Keyed<Fix>,
    /// Which fixes, in which order, for which cause on which model.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub plan: Keyed<Plan>,
}

/// Whom to turn to when nothing helps.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Support {
    /// Telephone number, as one dials it.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub phone: Option<String>,
    /// `https` address of the support site.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub site: Option<String>,
    /// One or two sentences on reaching them. Text.
    pub note: String,
    /// What to have at hand, one line each. Text.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub ready: Vec<String>,
    /// Where these facts come from.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub evidence: Vec<Evidence>,
}

/// Where facts come from.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Source {
    /// What it is called. Text.
    pub name: String,
    /// `https` address, where one is known.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub address: Option<String>,
    /// When it was last looked at, `YYYY-MM`.
    pub checked: String,
}

/// One fact's ground.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Evidence {
    /// How good it is.
    pub grade: Grade,
    /// Id of the source.
    #[cfg_attr(feature = "schema", schemars(with = "IdSchema"))]
    pub source: Id,
}

/// How good the ground of a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Grade {
    /// The maker says so.
    A,
    /// Several third parties agree, or one quotes the maker.
    B,
    /// One third party says so.
    C,
    /// One article only.
    S,
    /// Nobody: common sense, said so.
    #[default]
    G,
}

/// A light or colour.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Light {
    /// The colour it is drawn in.
    pub colour: Colour,
    /// Where on a ring of lights it is; left out for a light that is no part of a ring.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub at: Option<Part>,
    /// What people call it ("red", "the left light"). Text.
    pub name: String,
}

/// The colours that the page can draw, each with a shape of its own beside the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename_all = "kebab-case"))]
pub enum Colour {
    /// Red.
    Red,
    /// Amber, orange, yellow.
    Amber,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// White.
    #[default]
    White,
}

/// A part of a ring of lights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename_all = "kebab-case"))]
pub enum Part {
    /// All of it.
    #[default]
    Ring,
    /// The upper part.
    Top,
    /// The right part.
    Right,
    /// The lower part.
    Bottom,
    /// The left part.
    Left,
    /// A part that goes round.
    Spinning,
}

/// A question with fixed answers. "Not sure" is always offered beside them and never listed.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Question {
    /// The question itself. Text.
    pub ask: String,
    /// Why it is asked or how to find out. Text.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub help: Option<String>,
    /// The answers, in the order in which they are offered.
    pub answer: Keyed<Answer>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Answer {
    /// Its words. Text.
    pub text: String,
}

/// A device, or a family of devices with the same lights and the same fixes.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Model {
    /// What its owner calls it. Text.
    pub name: String,
    /// How to know it: names on the box, how it is powered. Text.
    pub hint: String,
    /// Which line drawing stands for it, by the name of its file. It also says what kind of device it is. Left out: `device`.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[cfg_attr(feature = "schema", schemars(with = "Option<IdSchema>"))]
    pub drawing: Option<Id>,
    /// Pictures of this model: `light` shows where its light is; any other takes the place of the picture of that name in its steps.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[cfg_attr(feature = "schema", schemars(with = "Keyed<IdSchema>"))]
    pub picture: Keyed<Id>,
    /// It beeps in the same rhythm: then people may tap along with the beeps.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub beeps: bool,
    /// Where the light is, for someone who looks for it. Text.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub light_is: Option<String>,
    /// Its lights are not confirmed: they are those of this other model. It then has no signals of its own.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[cfg_attr(feature = "schema", schemars(with = "Option<IdSchema>"))]
    pub like: Option<Id>,
    /// Its signals.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub signal: Keyed<ModelSignal>,
    /// The number codes that its rule can show and its table does not have, by their digits. The build writes them from the rule. Their
    /// cause is none of the pack's, and their name is the number.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub unlisted: Keyed<ModelSignal>,
    /// What numbers that are not in the table mean in general, where the maker says so. Text.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub unlisted_is: Option<String>,
}

/// A line drawing, as the `d` of up to three SVG paths.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picture {
    /// Its lines.
    pub lines: Option<String>,
    /// The light in it, filled.
    pub light: Option<String>,
    /// What it points out.
    pub accent: Option<String>,
}

/// One signal of a model.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct ModelSignal {
    /// What the lights do, in the rhythm notation.
    pub show: String,
    /// The same, read by the build. Nobody writes it.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub layers: Vec<Layer>,
    /// How usual it is beside the model's other signals; 1 is typical.
    #[cfg_attr(feature = "schema", schemars(default = "one"))]
    pub weight: f64,
    /// What is the matter then.
    #[cfg_attr(feature = "schema", schemars(with = "IdSchema"))]
    pub cause: Id,
    /// What a person who sees it answers to questions.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub expect: Keyed<Expect>,
    /// The number code that it is, as the maker writes it: `2-3`, `31`.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[cfg_attr(feature = "schema", schemars(with = "Option<IdSchema>"))]
    pub code: Option<Id>,
    /// A short name for it ("Lost connection"). Text.
    pub name: String,
    /// What it looks like, in words. Text.
    pub looks: String,
    /// Where the fact comes from.
    pub evidence: Vec<Evidence>,
}

#[cfg(feature = "schema")]
fn one() -> f64 {
    1.0
}

/// The answer a person gives when they see a signal.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Expect {
    /// Which answer.
    #[cfg_attr(feature = "schema", schemars(with = "IdSchema"))]
    pub answer: Id,
    /// How surely, 0.5..=1.
    #[cfg_attr(feature = "schema", schemars(default = "one"))]
    pub sure: f64,
}

/// What can be the matter.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Cause {
    /// How bad it is.
    pub severity: Severity,
    /// Of a `stop`: which danger it is. Each has a fixed warning of its own; where it is left out, the warning names several.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub danger: Option<Danger>,
    /// One line. Text.
    pub title: String,
    /// What it means, two or three short sentences. Text.
    pub meaning: String,
    /// For `normal` and `wait`: what one may do all the same ("to make it stop…"). Text.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub advice: Vec<String>,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename_all = "kebab-case"))]
pub enum Severity {
    /// Nothing is wrong.
    Normal,
    /// It passes by itself.
    Wait,
    /// Something is to be done.
    Act,
    /// Danger: stop, leave it alone, call someone. Never has a plan.
    // What cannot be read is taken for it: it can then never become a plan.
    #[default]
    Stop,
}

/// Which danger a `stop` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename_all = "kebab-case"))]
pub enum Danger {
    /// Gas that burns: leave, touch no switch, call from outside.
    #[default]
    Gas,
    /// Carbon monoxide: leave, call from outside.
    CarbonMonoxide,
    /// Mains voltage: leave it, call an electrician.
    Mains,
    /// Fire: leave, call the fire brigade.
    Fire,
}

/// Something that can be done.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Fix {
    /// The models it applies to, and those that are like them; all when empty.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<IdSchema>"))]
    pub models: Vec<Id>,
    /// The models it does not apply to all the same.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<IdSchema>"))]
    pub except: Vec<Id>,
    /// What it is. Text.
    pub title: String,
    /// Why it may help and about how long it takes. Text.
    pub why: String,
    /// What is needed before starting ("a paper clip"). Text.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub need: Vec<String>,
    /// The steps, in order.
    pub step: Keyed<Step>,
    /// Where it comes from.
    pub evidence: Vec<Evidence>,
}

/// One step of a fix.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Step {
    /// The models it applies to, and those that are like them; all when empty.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<IdSchema>"))]
    pub models: Vec<Id>,
    /// The models it does not apply to all the same.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<IdSchema>"))]
    pub except: Vec<Id>,
    /// What sort of step it is.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub kind: StepKind,
    /// A wait in seconds, from the least to the most that is advised: the countdown runs to the first and may run on to the second.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub wait: Option<(u32, u32)>,
    /// What the lights should do at this moment, in the rhythm notation.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub show: Option<String>,
    /// The same, read. Nobody writes it.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub layers: Vec<Layer>,
    /// A drawing that says it better, by the name of its file.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[cfg_attr(feature = "schema", schemars(with = "Option<IdSchema>"))]
    pub picture: Option<Id>,
    /// What to do. Text.
    pub text: String,
    /// The English of a warning, where `text` is a machine's translation that nobody has checked. The build writes it.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub original: Option<String>,
    /// More on it: what to look for, what may differ. Text.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub detail: Option<String>,
    /// Where it comes from, where that differs from the fix's own.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub evidence: Vec<Evidence>,
}

/// What sort of step it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename_all = "kebab-case"))]
pub enum StepKind {
    /// Something to do.
    #[default]
    Do,
    /// Mains, a ladder: read before going on.
    Safety,
    /// Something will be lost: to be confirmed.
    Loss,
    /// The phone is about to leave the home Wi-Fi.
    LeaveWifi,
    /// The phone comes back to the home Wi-Fi.
    ReturnWifi,
    /// Something that may help if the step before did not work.
    IfStuck,
}

/// Which fixes, in which order.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Plan {
    /// The cause it is for.
    #[cfg_attr(feature = "schema", schemars(with = "IdSchema"))]
    pub cause: Id,
    /// The models it is for; all when empty. A plan that names the model goes before one that does not.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<IdSchema>"))]
    pub models: Vec<Id>,
    /// The question that orders it, where there is one.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[cfg_attr(feature = "schema", schemars(with = "Option<IdSchema>"))]
    pub ask: Option<Id>,
    /// The fixes in order when nothing was asked or the person is not sure.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<IdSchema>"))]
    pub order: Vec<Id>,
    /// The fixes in order by answer.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub when: Keyed<Order>,
    /// Why the first fix comes first when nothing was answered. Text.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub because: Option<String>,
}

/// The order for one answer.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct Order {
    /// The fixes in order.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<IdSchema>"))]
    pub order: Vec<Id>,
    /// Why the first comes first. Text.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub because: Option<String>,
}
