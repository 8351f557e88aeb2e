//! The plan for this cause on this model: one fix open at a time, steps to check off, waits as real countdowns.

use super::hooks::use_now;
use super::icons::picture;
use super::question::Choice;
use super::scene::{Scene, SceneProps};
use super::strip::Strip;
use super::verdict::Sources;
use crate::id::Id;
use crate::pack::{Fix, Step, StepKind};
use crate::session::{Action, Cure, Outcome, Triage, WaitState};
use crate::time::Wall;
use crate::web::page;
use yew::prelude::*;

/// The plan.
#[component]
pub fn Plan(props: &SceneProps) -> Html {
    let scene = &props.scene;
    let running = scene
        .session
        .cure
        .as_ref()
        .is_some_and(|cure| !cure.waits.is_empty());
    let now = use_now(running);
    let Some(cure) = &scene.session.cure else {
        return Html::default();
    };
    let over = running_waits(scene, cure, now) == 0;
    // The screen stays awake while a wait runs, so that its end is seen.
    use_effect_with(over, |over| {
        let awake = std::rc::Rc::new(std::cell::RefCell::new((true, None)));
        if !over {
            let awake = std::rc::Rc::clone(&awake);
            wasm_bindgen_futures::spawn_local(async move {
                let lock = page::keep_awake().await;
                let mut awake = awake.borrow_mut();
                if awake.0 {
                    awake.1 = lock;
                }
            });
        }
        let was_running = !*over;
        move || {
            *awake.borrow_mut() = (false, None);
            if was_running {
                page::buzz();
            }
        }
    });
    if cure.triage == Triage::Open
        && let Some((_, question)) = scene.device.triage(&cure.signal)
    {
        return html! { <Choice scene={scene.clone()} question={question.clone()} answered={scene.send.reform(Action::Triaged)} /> };
    }
    let ordered = scene.device.ordered(cure);
    let all = ordered.fixes.len() as u32;
    let fixes = ordered.fixes.iter().enumerate().filter_map(|(nth, id)| {
        let fix = scene.device.fix(id)?;
        let because = if nth == 0 { ordered.because } else { None };
        let place = scene.texts.fill(
            "plan.progress",
            &[("n", &(nth + 1).to_string()), ("all", &all.to_string())],
        );
        Some(fix_card(scene, cure, id, fix, because, place, now))
    });
    html! {
        <>
            { answered(scene, cure) }
            <ol class="plain fixes">{ for fixes }</ol>
            <p><button type="button" class="link" data-testid="support" onclick={scene.on(Action::SupportOpened)}>{ scene.t("plan.support") }</button></p>
        </>
    }
}

/// How many waits are still in their least time.
fn running_waits(scene: &Scene, cure: &Cure, now: Wall) -> usize {
    let running = |wait: &&crate::session::Wait| {
        let span = scene
            .device
            .step(&wait.fix, &wait.step)
            .and_then(|step| step.wait);
        span.is_some_and(|span| matches!(wait.state(span, now), WaitState::Least(_)))
    };
    cure.waits.iter().filter(running).count()
}

/// The status line of the plan: a wait that ended is said once.
pub fn wait_over(scene: &Scene, now: Wall) -> bool {
    scene
        .session
        .cure
        .as_ref()
        .is_some_and(|cure| !cure.waits.is_empty() && running_waits(scene, cure, now) == 0)
}

fn answered(scene: &Scene, cure: &Cure) -> Html {
    let Some((_, question)) = scene.device.triage(&cure.signal) else {
        return Html::default();
    };
    let answer = match &cure.triage {
        Triage::Answer(answer) => question
            .answer
            .get(answer.as_str())
            .map(|answer| answer.text.as_str()),
        _ => None,
    };
    let answer = answer.unwrap_or_else(|| scene.t("ask.unsure"));
    html! {
        <p class="answered">
            <span>{ question.ask.clone() }{ " " }<strong>{ answer.to_owned() }</strong></span>{ " " }
            <button type="button" class="link" data-testid="triage-change" onclick={scene.on(Action::TriageReopened)}>{ scene.t("plan.change") }</button>
        </p>
    }
}

fn fix_card(
    scene: &Scene,
    cure: &Cure,
    id: &Id,
    fix: &Fix,
    because: Option<&str>,
    place: String,
    now: Wall,
) -> Html {
    let open = cure.open.as_ref() == Some(id);
    let outcome = cure.outcome(id);
    let body = ["ld-fix-", id.as_str()].concat();
    html! {
        <li key={id.to_string()} class={classes!("card", "fix", open.then_some("is-open"))} data-testid="fix" data-fix={id.to_string()}>
            <h2 class="fix-head">
                <button type="button" class="fix-title" aria-expanded={open.to_string()} aria-controls={body.clone()}
                    onclick={scene.on(Action::FixOpened(id.clone()))}>
                    <span class="fix-place">{ place }</span>
                    <span class="fix-name">{ fix.title.clone() }</span>
                    if let Some(outcome) = outcome {
                        <span class={classes!("badge", badge(outcome))}>{ scene.t(outcome_key(outcome)) }</span>
                    }
                </button>
            </h2>
            if let Some(because) = because {
                <p class="small because">{ because.to_owned() }</p>
            }
            if open {
                <div id={body} class="fix-body">
                    <p>{ fix.why.clone() }</p>
                    if !fix.need.is_empty() {
                        <p class="small">{ scene.t("plan.need") }{ ": " }{ fix.need.join(", ") }</p>
                    }
                    <ol class="plain steps">
                        { for scene.device.steps(id).into_iter().map(|(step_id, step)| step_row(scene, cure, id, step_id, step, now)) }
                    </ol>
                    { look_again(scene, id) }
                    <Sources scene={scene.clone()} evidence={fix.evidence.clone()} />
                </div>
            }
        </li>
    }
}

fn outcome_key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Fixed => "outcome.fixed",
        Outcome::Same => "outcome.same",
        Outcome::Different => "outcome.different",
        Outcome::Skipped => "outcome.skipped",
    }
}

fn badge(outcome: Outcome) -> &'static str {
    if outcome == Outcome::Fixed {
        "is-normal"
    } else {
        "is-plain"
    }
}

fn step_row(scene: &Scene, cure: &Cure, fix: &Id, id: &Id, step: &Step, now: Wall) -> Html {
    let done = cure.is_done(fix, id);
    let toggle = scene.send.reform({
        let (fix, step) = (fix.clone(), id.clone());
        move |_: Event| Action::StepToggled {
            fix: fix.clone(),
            step: step.clone(),
        }
    });
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
    html! {
        <li key={id.to_string()} class={classes!("step", done.then_some("is-done"), warns.then_some("is-warn"))} data-testid="step" data-step={id.to_string()}>
            <label class="step-label">
                <input type="checkbox" checked={done} onchange={toggle} />
                <span class="step-words">
                    if let Some(head) = head {
                        <strong class="step-kind">{ scene.t(head) }</strong>
                    }
                    <span class="step-text">{ step.text.clone() }</span>
                </span>
            </label>
            <div class="step-more">
                if let Some(detail) = &step.detail {
                    <p class="small">{ detail.clone() }</p>
                }
                if step.kind == StepKind::LeaveWifi {
                    <p class="small">{ scene.t("plan.leave-wifi-note") }</p>
                }
                if let Some(kind) = step.picture {
                    { picture(kind) }
                }
                if let Some(show) = &step.show {
                    <div class="step-light">
                        <p class="small">{ scene.t("plan.light") }</p>
                        <Strip scene={scene.clone()} layers={scene.device.pack().layers(show)} />
                    </div>
                }
                if let Some(span) = step.wait {
                    { wait(scene, cure, fix, id, span, now) }
                }
            </div>
        </li>
    }
}

fn wait(scene: &Scene, cure: &Cure, fix: &Id, step: &Id, span: (u32, u32), now: Wall) -> Html {
    let act = |make: fn(Id, Id) -> Action| scene.on::<MouseEvent>(make(fix.clone(), step.clone()));
    let Some(started) = cure.wait(fix, step) else {
        let start = if span.0 == span.1 {
            scene
                .texts
                .fill("plan.wait.start", &[("time", &long(scene, span.0))])
        } else {
            scene.texts.fill(
                "plan.wait.start-range",
                &[("from", &long(scene, span.0)), ("to", &long(scene, span.1))],
            )
        };
        return html! {
            <p><button type="button" class="secondary" data-testid="wait-start"
                onclick={act(|fix, step| Action::WaitStarted { fix, step })}>{ start }</button></p>
        };
    };
    let state = started.state(span, now);
    let words = match state {
        WaitState::Least(left) => scene
            .texts
            .fill("plan.wait.left", &[("time", &clock(left))]),
        WaitState::Most(left) => scene
            .texts
            .fill("plan.wait.most", &[("time", &clock(left))]),
        WaitState::Over => scene.t("plan.wait.over").to_owned(),
    };
    let left = match state {
        WaitState::Least(left) | WaitState::Most(left) => left,
        WaitState::Over => 0,
    };
    html! {
        <p class={classes!("countdown", (!matches!(state, WaitState::Least(_))).then_some("is-over"))}>
            <span role="timer" data-testid="countdown" data-left={left.to_string()}>{ words }</span>
            if matches!(state, WaitState::Least(_)) {
                <button type="button" class="link" data-testid="wait-skip"
                    onclick={act(|fix, step| Action::WaitSkipped { fix, step })}>{ scene.t("plan.wait.skip") }</button>
            }
        </p>
    }
}

/// A length of time as people say it.
fn long(scene: &Scene, seconds: u32) -> String {
    if seconds >= 60 && seconds.is_multiple_of(60) {
        scene.texts.count("time.minutes", seconds / 60)
    } else {
        scene.texts.count("time.seconds", seconds)
    }
}

/// Minutes and seconds, as clocks show them.
fn clock(seconds: u32) -> String {
    let rest = (seconds % 60).to_string();
    let zero = if rest.len() < 2 { "0" } else { "" };
    [(seconds / 60).to_string().as_str(), ":", zero, &rest].concat()
}

fn look_again(scene: &Scene, fix: &Id) -> Html {
    let judged = |outcome: Outcome| {
        scene.on::<MouseEvent>(Action::FixJudged {
            fix: fix.clone(),
            outcome,
        })
    };
    html! {
        <fieldset class="question look">
            <legend>{ scene.t("plan.look.title") }</legend>
            <div class="answers">
                <button type="button" class="answer" data-testid="outcome-fixed" onclick={judged(Outcome::Fixed)}>{ scene.t("plan.look.fixed") }</button>
                <button type="button" class="answer" data-testid="outcome-same" onclick={judged(Outcome::Same)}>{ scene.t("plan.look.same") }</button>
                <button type="button" class="answer" data-testid="outcome-different" onclick={judged(Outcome::Different)}>{ scene.t("plan.look.different") }</button>
                <button type="button" class="answer is-unsure" data-testid="outcome-skipped" onclick={judged(Outcome::Skipped)}>{ scene.t("plan.skip") }</button>
            </div>
        </fieldset>
    }
}
