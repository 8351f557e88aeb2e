//! The plan for this cause on this model: one fix open at a time, steps to check off, waits as real countdowns.

use super::el::{El, Heard, classed, el};
use super::icons::picture;
use super::question::question;
use super::strip::strip;
use super::view::View;
use crate::id::Id;
use crate::pack::{Fix, Step, StepKind};
use crate::session::{Action, Cure, Outcome, Triage, WaitState};

/// The plan.
pub fn plan(view: &View, cure: &Cure) -> El {
    if cure.triage == Triage::Open
        && let Some((_, asked)) = view.device.triage(&cure.signal)
    {
        return question(view, asked, None, &Action::Triaged);
    }
    let ordered = view.device.ordered(cure);
    let all = ordered.fixes.len().to_string();
    let fixes = ordered.fixes.iter().enumerate().filter_map(|(nth, id)| {
        let fix = view.device.fix(id)?;
        let because = if nth == 0 { ordered.because } else { None };
        let place = view.texts.fill(
            "plan.progress",
            &[("n", &(nth + 1).to_string()), ("all", &all)],
        );
        Some(fix_card(view, cure, id, fix, because, &place))
    });
    el("div")
        .maybe(answered(view, cure))
        .with(classed("ol", "plain fixes").list(fixes.collect()))
        .with(el("p").with(view.button("link", "support", "plan.support", Action::SupportOpened)))
}

fn answered(view: &View, cure: &Cure) -> Option<El> {
    let (_, asked) = view.device.triage(&cure.signal)?;
    let answer = match &cure.triage {
        Triage::Answer(answer) => asked
            .answer
            .get(answer.as_str())
            .map(|answer| answer.text.as_str()),
        _ => None,
    };
    Some(
        classed("p", "answered")
            .text(&asked.ask)
            .text(" ")
            .with(el("strong").text(answer.unwrap_or_else(|| view.t("ask.unsure"))))
            .text(" ")
            .with(view.button(
                "link",
                "triage-change",
                "plan.change",
                Action::TriageReopened,
            )),
    )
}

fn fix_card(
    view: &View,
    cure: &Cure,
    id: &Id,
    fix: &Fix,
    because: Option<&str>,
    place: &str,
) -> El {
    let open = cure.open.as_ref() == Some(id);
    let body = ["ld-fix-", id.as_str()].concat();
    let outcome = cure.outcome(id).map(|outcome| {
        let (class, key) = match outcome {
            Outcome::Fixed => ("badge is-normal", "outcome.fixed"),
            Outcome::Same => ("badge", "outcome.same"),
            Outcome::Different => ("badge", "outcome.different"),
            Outcome::Skipped => ("badge", "outcome.skipped"),
        };
        classed("span", class).text(view.t(key))
    });
    let title = classed("button", "fix-title")
        .set("type", "button")
        .set("aria-expanded", if open { "true" } else { "false" })
        .attr("aria-controls", &body)
        .test("fix-title")
        .click(view.acts(Action::FixOpened(id.clone())))
        .with(classed("span", "fix-place").text(place))
        .with(classed("span", "fix-name").text(&fix.title))
        .maybe(outcome);
    classed("li", if open { "card fix is-open" } else { "card fix" })
        .key(id.as_str())
        .test("fix")
        .attr("data-fix", id.as_str())
        .with(classed("h2", "fix-head").with(title))
        .maybe(because.map(|because| classed("p", "small because").text(because)))
        // Always there, so that what the title controls exists.
        .with(
            el("div")
                .attr("id", &body)
                .maybe(open.then(|| fix_body(view, cure, id, fix))),
        )
}

fn fix_body(view: &View, cure: &Cure, id: &Id, fix: &Fix) -> El {
    let need = (!fix.need.is_empty()).then(|| {
        classed("p", "small")
            .text(view.t("plan.need"))
            .text(" ")
            .text(&fix.need.join(", "))
    });
    let steps = view
        .device
        .steps(id)
        .into_iter()
        .map(|(step_id, step)| step_row(view, cure, id, step_id, step));
    classed("div", "fix-body")
        .with(el("p").text(&fix.why))
        .maybe(need)
        .with(classed("ol", "plain steps").list(steps.collect()))
        .with(look_again(view, id))
        .with(view.sources(&fix.evidence))
}

fn step_row(view: &View, cure: &Cure, fix: &Id, id: &Id, step: &Step) -> El {
    let done = cure.is_done(fix, id);
    let head = match step.kind {
        StepKind::Do => None,
        StepKind::Safety => Some("plan.safety"),
        StepKind::Loss => Some("plan.loss"),
        StepKind::LeaveWifi => Some("plan.leave-wifi"),
        StepKind::ReturnWifi => Some("plan.return-wifi"),
        StepKind::IfStuck => Some("plan.if-stuck"),
    };
    let warns = matches!(
        step.kind,
        StepKind::Safety | StepKind::Loss | StepKind::LeaveWifi
    );
    let toggle = view.acts(Action::StepToggled {
        fix: fix.clone(),
        step: id.clone(),
    });
    let label = classed("label", "step-label")
        .with(
            el("input")
                .set("type", "checkbox")
                .checked(done)
                .on(Heard::Change, toggle),
        )
        .with(
            classed("span", "step-words")
                .maybe(head.map(|head| classed("strong", "step-kind").text(view.t(head))))
                .with(classed("span", "step-text").text(&step.text)),
        );
    let leaves = step.kind == StepKind::LeaveWifi;
    let show = (!step.layers.is_empty()).then(|| {
        let name = [fix.as_str(), "-", id.as_str()].concat();
        classed("div", "step-light")
            .with(view.para("small", "plan.light"))
            .with(strip(view, &name, &step.layers))
    });
    let more = classed("div", "step-more")
        .maybe(
            step.detail
                .as_ref()
                .map(|detail| classed("p", "small").text(detail)),
        )
        .maybe(leaves.then(|| view.para("small", "plan.leave-wifi-note")))
        .maybe(step.picture.map(picture))
        .maybe(show)
        .maybe(step.wait.map(|span| wait(view, cure, fix, id, span)));
    let class = match (done, warns) {
        (false, false) => "step",
        (true, false) => "step is-done",
        (false, true) => "step is-warn",
        (true, true) => "step is-done is-warn",
    };
    classed("li", class)
        .key(id.as_str())
        .test("step")
        .attr("data-step", id.as_str())
        .with(label)
        .with(more)
}

fn wait(view: &View, cure: &Cure, fix: &Id, step: &Id, (least, most): (u32, u32)) -> El {
    let Some(started) = cure.wait(fix, step) else {
        let words = if least == most {
            view.texts
                .fill("plan.wait.start", &[("time", &long(view, least))])
        } else {
            view.texts.fill(
                "plan.wait.start-range",
                &[("from", &long(view, least)), ("to", &long(view, most))],
            )
        };
        let start = Action::WaitStarted {
            fix: fix.clone(),
            step: step.clone(),
        };
        return el("p")
            .with(super::view::button("secondary", "wait-start", &words).click(view.acts(start)));
    };
    let (class, left, words) = match started.state((least, most), view.now) {
        WaitState::Least(left) => (
            "countdown",
            left,
            view.texts.fill("plan.wait.left", &[("time", &clock(left))]),
        ),
        WaitState::Most(left) => (
            "countdown is-over",
            left,
            view.texts.fill("plan.wait.most", &[("time", &clock(left))]),
        ),
        WaitState::Over => ("countdown is-over", 0, view.t("plan.wait.over").to_owned()),
    };
    let skip = Action::WaitSkipped {
        fix: fix.clone(),
        step: step.clone(),
    };
    let skip =
        (class == "countdown").then(|| view.button("link", "wait-skip", "plan.wait.skip", skip));
    classed("p", class)
        .with(
            el("span")
                .set("role", "timer")
                .test("countdown")
                .number("data-left", i32::try_from(left).unwrap_or(i32::MAX))
                .text(&words),
        )
        .maybe(skip)
}

/// A length of time as people say it.
fn long(view: &View, seconds: u32) -> String {
    if seconds >= 60 && seconds.is_multiple_of(60) {
        view.texts.count("time.minutes", seconds / 60)
    } else {
        view.texts.count("time.seconds", seconds)
    }
}

/// Minutes and seconds, as clocks show them.
fn clock(seconds: u32) -> String {
    let rest = (seconds % 60).to_string();
    let zero = if rest.len() < 2 { "0" } else { "" };
    [(seconds / 60).to_string().as_str(), ":", zero, &rest].concat()
}

fn look_again(view: &View, fix: &Id) -> El {
    let answer = |class, test, key, outcome| {
        view.button(
            class,
            test,
            key,
            Action::FixJudged {
                fix: fix.clone(),
                outcome,
            },
        )
    };
    classed("fieldset", "question look")
        .with(view.heading("legend", "plan.look.title"))
        .with(
            classed("div", "answers")
                .with(answer(
                    "answer",
                    "outcome-fixed",
                    "plan.look.fixed",
                    Outcome::Fixed,
                ))
                .with(answer(
                    "answer",
                    "outcome-same",
                    "plan.look.same",
                    Outcome::Same,
                ))
                .with(answer(
                    "answer",
                    "outcome-different",
                    "plan.look.different",
                    Outcome::Different,
                ))
                .with(answer(
                    "answer is-unsure",
                    "outcome-skipped",
                    "plan.skip",
                    Outcome::Skipped,
                )),
        )
}
