//! The plan for this cause on this model: one fix open at a time, steps to check off, waits as real countdowns.

use super::el::{El, Heard, classed, el};
use super::icons::picture;
use super::msg::Msg;
use super::question::question;
use super::strip::strip;
use super::view::{View, bar, button, sends};
use crate::web::page;
use led_doctor_core::id::Id;
use led_doctor_core::pack::{Fix, Severity, SignalEntry, Step, StepKind};
use led_doctor_core::session::{Action, Device, Outcome, Progress, Triage, Wait, WaitState};
use led_doctor_core::text::Texts;
use std::cmp::Ordering;
use yew::Callback;

/// The plan.
pub fn plan(view: &View, progress: &Progress) -> El {
    if progress.triage == Triage::Open
        && let Some((_, asked)) = view.device.triage(&progress.signal)
    {
        return question(view, asked, None, &Action::Triaged);
    }
    let ordered = view.device.ordered(progress);
    let all = ordered.fixes.len().to_string();
    let fixes = ordered.fixes.iter().enumerate().filter_map(|(nth, id)| {
        let fix = view.device.fix(id)?;
        let because = if nth == 0 { ordered.because } else { None };
        let place = view.texts.fill(
            "plan.progress",
            &[("n", &(nth + 1).to_string()), ("all", &all)],
        );
        Some(fix_card(view, progress, id, fix, because, &place))
    });
    el("div")
        .maybe(answered(view, progress))
        .with(classed("ol", "plain fixes").list(fixes))
        .with(el("p").with(view.button("link", "support", "plan.support", Action::SupportOpened)))
}

fn answered(view: &View, progress: &Progress) -> Option<El> {
    let (_, asked) = view.device.triage(&progress.signal)?;
    let answer = match &progress.triage {
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
    progress: &Progress,
    id: &Id,
    fix: &Fix,
    because: Option<&str>,
    place: &str,
) -> El {
    let open = progress.open.as_ref() == Some(id);
    let body = ["ld-fix-", id.as_str()].concat();
    let outcome = progress.outcome(id).map(|outcome| {
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
        .with(view.pack_text("span", "fix-name", &fix.title))
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
                .maybe(open.then(|| fix_body(view, progress, id, fix))),
        )
}

/// One step at a time: what is done in a line each, then the next one whole, then the light. All of them on demand.
fn fix_body(view: &View, progress: &Progress, id: &Id, fix: &Fix) -> El {
    let steps = progress.steps(view.device, id);
    let all = view.device.steps(id).len();
    let current = progress.current(view.device, id);
    let place = current.and_then(|current| steps.iter().position(|(step, _)| *step == current));
    let begun = steps.iter().any(|(step, _)| progress.is_done(id, step));
    let need = (!fix.need.is_empty() && !begun).then(|| {
        classed("p", "small")
            .text(view.t("plan.need"))
            .text(" ")
            .text(&fix.need.join(", "))
    });
    let held = (steps.len() < all).then(|| view.para("small", "plan.after-loss"));
    let many = all > 2;
    let is_all = view.screen.all_steps;
    let rows = steps.into_iter().enumerate().map(|(nth, (step_id, step))| {
        let at = place.unwrap_or(all);
        let class = match nth.cmp(&at) {
            Ordering::Less => " is-past",
            Ordering::Equal => " is-current",
            Ordering::Greater => " is-later",
        };
        step_row(view, progress, id, (step_id, step), class)
    });
    let progress_bar = place.filter(|_| many).map(|place| {
        let words = view.texts.fill(
            "plan.step",
            &[("n", &(place + 1).to_string()), ("all", &all.to_string())],
        );
        classed("div", "steps-head")
            .key("head")
            .with(classed("span", "small").test("step-place").text(&words))
            .with(bar(place as f64 / all as f64))
            .with(
                button(
                    "link",
                    "all-steps",
                    view.t(if is_all {
                        "plan.one-step"
                    } else {
                        "plan.all-steps"
                    }),
                )
                .click(sends(view.send, Msg::AllSteps)),
            )
    });
    let look = look_again(view, id);
    // Before the steps are done the light is not expected to change; for people who see it change all the same.
    let look = match place {
        None => look.key("look"),
        Some(_) => classed("details", "look-early")
            .key("early")
            .with(el("summary").test("look-now").text(view.t("plan.look.now")))
            .with(look),
    };
    classed("div", "fix-body")
        .maybe((!begun).then(|| view.of_pack(el("p").text(&fix.why))))
        .maybe(need)
        .maybe(progress_bar)
        .with(
            classed(
                "ol",
                if is_all {
                    "plain steps is-all"
                } else {
                    "plain steps"
                },
            )
            .list(rows),
        )
        .maybe(held)
        .with(look)
        .with(view.sources(&fix.evidence))
}

/// What checks a step off, or agrees to its loss. `words`: the id of the element that holds the step's text.
fn check(
    view: &View,
    step: &Step,
    done: bool,
    words: &str,
    toggle: Callback<web_sys::Event>,
) -> El {
    // A loss for good is agreed to by a separate button, which is not pressed in passing.
    if step.kind == StepKind::Loss && !done {
        let agree = button("primary", "agree-loss", view.t("plan.loss-agree")).click(toggle);
        let kept = view.para("small", "plan.loss-kept");
        el("div").with(kept).with(agree)
    } else {
        let check = el("input")
            .set("type", "checkbox")
            .attr("aria-describedby", words)
            .checked(done)
            .on(Heard::Change, toggle);
        // A wait checks itself off; this is for people who have waited already.
        let (class, key) = match step.wait {
            Some(_) if !done => ("step-check is-wait", "plan.waited"),
            _ if step.kind == StepKind::Safety => ("step-check", "plan.understood"),
            _ => ("step-check", "plan.done"),
        };
        classed("label", class)
            .test("step-done")
            .with(check)
            .with(el("span").text(view.t(key)))
    }
}

fn step_row(
    view: &View,
    progress: &Progress,
    fix: &Id,
    (id, step): (&Id, &Step),
    place: &'static str,
) -> El {
    let done = progress.is_done(fix, id);
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
    let words = ["ld-step-", fix.as_str(), "-", id.as_str()].concat();
    let text = classed("div", "step-words")
        .attr("id", &words)
        .maybe(head.map(|head| classed("strong", "step-kind").text(view.t(head))))
        .with(view.of_pack(classed("span", "step-text").text(&step.text)));
    let check = check(view, step, done, &words, toggle);
    let leaves = step.kind == StepKind::LeaveWifi;
    let show = (!step.layers.is_empty()).then(|| {
        let name = [fix.as_str(), "-", id.as_str()].concat();
        classed("div", "step-light")
            .with(view.para("small", "plan.light"))
            .with(strip(view, &name, &step.layers))
    });
    let drawn = step
        .picture
        .as_ref()
        .and_then(|name| view.device.picture(name.as_str()));
    let more = classed("div", "step-more")
        .maybe(step.original.as_ref().map(|text| view.english(text)))
        .maybe(
            step.detail
                .as_ref()
                .map(|detail| view.pack_text("p", "small", detail)),
        )
        .maybe(leaves.then(|| view.para("small", "plan.leave-wifi-note")))
        .maybe(drawn.map(picture))
        .maybe(show)
        .maybe(step.wait.map(|span| wait(view, progress, fix, id, span)))
        .maybe((!step.evidence.is_empty()).then(|| view.sources(&step.evidence)));
    let class = match (done, warns) {
        (false, false) => "step",
        (true, false) => "step is-done",
        (false, true) => "step is-warn",
        (true, true) => "step is-done is-warn",
    };
    classed("li", "step")
        .attr("class", &[class, place].concat())
        .key(id.as_str())
        .test("step")
        .attr("data-step", id.as_str())
        .with(text)
        .with(more)
        .with(check)
}

fn wait(view: &View, progress: &Progress, fix: &Id, step: &Id, (least, most): (u32, u32)) -> El {
    let start = Action::WaitStarted {
        fix: fix.clone(),
        step: step.clone(),
    };
    let Some(started) = progress.wait(fix, step) else {
        let words = if least == most {
            view.texts
                .fill("plan.wait.start", &[("time", &long(view, least))])
        } else {
            view.texts.fill(
                "plan.wait.start-range",
                &[("from", &long(view, least)), ("to", &long(view, most))],
            )
        };
        // What comes in its place is another thing, and not this very button with other words.
        let start = button("primary", "wait-start", &words).click(view.acts(start));
        return el("p").key("start").with(start);
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
    let ways = if class == "countdown" {
        [
            Some(view.button("link", "wait-skip", "plan.wait.skip", skip)),
            announce(view, started),
        ]
    } else {
        [
            Some(view.button("link", "wait-again", "plan.wait.again", start)),
            None,
        ]
    };
    let p = classed("p", class).key("on").with(
        el("span")
            .sets(&[("role", "timer"), ("tabindex", "-1")])
            .test("countdown")
            .number("data-left", i32::try_from(left).unwrap_or(i32::MAX))
            .text(&words),
    );
    ways.into_iter().fold(p, El::maybe)
}

/// A notification outside the page when a wait is over: only on request, and the browser asks for permission at that press.
fn announce(view: &View, wait: &Wait) -> Option<El> {
    let said = |key| Some(classed("span", "small").text(view.t(key)));
    let (can, granted) = (
        page::says("announce", "can"),
        page::says("announce", "granted"),
    );
    // A person who was asked and did not answer may be asked again.
    if wait.announced && !can {
        return said(if granted {
            "plan.wait.announced"
        } else {
            "plan.wait.not-announced"
        });
    }
    let ask = Action::WaitAnnounced {
        fix: wait.fix.clone(),
        step: wait.step.clone(),
    };
    (can || granted).then(|| view.button("link", "wait-announce", "plan.wait.announce", ask))
}

/// That a wait is over, and what comes after it.
pub fn time_up(texts: &Texts, device: &Device, wait: &Wait) -> String {
    let next =
        Progress::after(device, wait).map_or(texts.get("plan.look.title"), |(_, step)| &step.text);
    texts.fill("status.wait-over", &[("next", next)])
}

/// A length of time in words.
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
    let again = Action::LookedAgain(fix.clone());
    classed("fieldset", "question look")
        .with(view.heading("legend", "plan.look.title"))
        .with(view.para("small", "plan.look.rights"))
        .list(well(view).map(|entry| {
            let name = [fix.as_str(), "-", entry.id.as_str()].concat();
            classed("div", "step-light")
                .with(view.pack_text("p", "small", &entry.about.looks))
                .with(strip(view, &name, &entry.layers))
        }))
        .with(view.button("primary", "look-again", "plan.look.tap", again))
        .with(say(view, fix))
}

/// The signals that say that all is well.
pub fn well<'v>(view: &'v View) -> impl Iterator<Item = &'v SignalEntry> {
    let signals = view.device.signals().iter();
    signals.filter(|entry| {
        let cause = view.device.cause(&entry.id);
        cause.is_some_and(|cause| cause.severity == Severity::Normal)
    })
}

/// What the light does when all is well.
pub fn right(view: &View) -> El {
    let looks: Vec<&str> = well(view).map(|entry| entry.about.looks.as_str()).collect();
    classed("p", "small").text(
        &view
            .texts
            .fill("plan.look.right", &[("looks", &looks.join(" / "))]),
    )
}

/// Stating what the light does, for people who prefer not to tap again.
pub fn say(view: &View, fix: &Id) -> El {
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
    el("div").with(view.para("small", "plan.look.say")).with(
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
