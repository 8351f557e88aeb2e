//! A question with its answers and "not sure": used by the diagnosis and by the plan.

use super::scene::Scene;
use crate::id::Id;
use crate::pack::Question;
use yew::prelude::*;

/// The properties of [`Choice`].
#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    /// The words.
    pub scene: Scene,
    /// The question.
    pub question: Question,
    /// Why it is asked, where the pack does not say.
    #[prop_or_default]
    pub why: Option<AttrValue>,
    /// Gets the answer; `None` is "not sure".
    pub answered: Callback<Option<Id>>,
}

/// Big buttons, one answer each.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    let answer = |answer: Option<Id>| props.answered.reform(move |_: MouseEvent| answer.clone());
    let answers = props.question.answer.iter().map(|(id, words)| {
        html! {
            <button type="button" key={id.to_string()} class="answer" data-testid="answer" data-answer={id.to_string()}
                onclick={answer(Some(id.clone()))}>{ words.text.clone() }</button>
        }
    });
    let why = props
        .question
        .help
        .clone()
        .map(AttrValue::from)
        .or_else(|| props.why.clone());
    html! {
        <fieldset class="question" data-testid="question">
            <legend>{ props.question.ask.clone() }</legend>
            if let Some(why) = why {
                <p class="small">{ why }</p>
            }
            <div class="answers">
                { for answers }
                <button type="button" key="unsure" class="answer is-unsure" data-testid="answer" data-answer="unsure"
                    onclick={answer(None)}>{ props.scene.t("ask.unsure") }</button>
            </div>
        </fieldset>
    }
}
