//! A question with its answers and "not sure": used by the diagnosis and by the plan.

use super::el::{El, classed, el};
use super::view::{View, button};
use led_doctor_core::id::Id;
use led_doctor_core::pack::Question;
use led_doctor_core::session::Action;

/// Big buttons, one answer each. `why` explains why it is asked where the pack does not.
pub fn question(
    view: &View,
    question: &Question,
    why: Option<String>,
    answered: &dyn Fn(Option<Id>) -> Action,
) -> El {
    // Numbers fit side by side, also on a phone.
    let short = question
        .answer
        .iter()
        .all(|(_, words)| words.text.len() <= 2);
    let mut answers: Vec<El> = question
        .answer
        .iter()
        .map(|(id, words)| {
            view.of_pack(button("answer", "answer", &words.text))
                .attr("data-answer", id.as_str())
                .click(view.acts(answered(Some(id.clone()))))
        })
        .collect();
    answers.push(
        view.button("answer is-unsure", "answer", "ask.unsure", answered(None))
            .set("data-answer", "unsure"),
    );
    classed("fieldset", "question")
        .test("question")
        .with(view.of_pack(el("legend").text(&question.ask)))
        .maybe(match &question.help {
            Some(help) => Some(view.pack_text("p", "small", help)),
            None => why.map(|why| classed("p", "small").text(&why)),
        })
        .with(classed("div", if short { "answers is-short" } else { "answers" }).list(answers))
}
