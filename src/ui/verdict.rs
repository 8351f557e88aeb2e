//! This is what we saw.

use super::scene::{Scene, SceneProps};
use super::strip::{Strip, units};
use crate::id::Id;
use crate::pack::{Evidence, Grade, Severity, SignalEntry};
use crate::rhythm::{Explanation, TapRole, explain};
use crate::score::LENGTH;
use crate::session::{Action, Finding, How};
use yew::prelude::*;

/// From this many per cent on "we are sure" is said.
const SURE: u8 = 97;

/// The verdict, and the way on.
#[component]
pub fn Verdict(props: &SceneProps) -> Html {
    let scene = &props.scene;
    let Some(finding) = &scene.session.finding else {
        return Html::default();
    };
    let signal = finding
        .signal
        .as_ref()
        .and_then(|signal| scene.device.signal(signal));
    match signal {
        Some(entry) => found(scene, finding, entry),
        None => none(scene, finding),
    }
}

fn found(scene: &Scene, finding: &Finding, entry: &SignalEntry) -> Html {
    let cause = scene.device.cause(&entry.id);
    let severity = cause.map_or(Severity::Act, |cause| cause.severity);
    let (tone, tone_key) = tone(severity);
    let on = if scene.device.plan(&entry.id).is_some() {
        "verdict.next"
    } else {
        "verdict.fine"
    };
    html! {
        <>
            <div class={classes!("card", "verdict", tone)} data-testid="verdict" data-signal={entry.id.to_string()}>
                <p class="badge">{ scene.t(tone_key) }</p>
                <h2 class="verdict-name">{ entry.about.name.clone() }</h2>
                <p class="verdict-looks">{ entry.about.looks.clone() }</p>
                <Strip scene={scene.clone()} layers={entry.layers.clone()} />
                <Taps scene={scene.clone()} signal={entry.id.clone()} />
                <p class="small">{ how_sure(scene, finding) }</p>
                if let Some(cause) = cause {
                    <h3>{ cause.title.clone() }</h3>
                    <p>{ cause.meaning.clone() }</p>
                }
                if severity == Severity::Stop {
                    <p class="warn">{ scene.t("stop.text") }</p>
                }
                if let Some(like) = scene.device.like() {
                    <p class="note" data-testid="unconfirmed">{ scene.texts.fill("verdict.unconfirmed", &[("device", scene.device.name()), ("like", like)]) }</p>
                }
                <Sources scene={scene.clone()} evidence={entry.about.evidence.clone()} />
            </div>
            <div class="actions is-armed">
                <button type="button" class="primary" data-testid="agree" onclick={scene.on(Action::Agreed)}>
                    { scene.t("verdict.yes") }<span class="button-more">{ scene.t(on) }</span>
                </button>
                { ways_on(scene) }
            </div>
        </>
    }
}

fn none(scene: &Scene, finding: &Finding) -> Html {
    let unsure = finding.sure.is_none();
    let near = finding.nearest.iter().filter_map(|id| scene.device.signal(id)).map(|entry| {
        html! {
            <li key={entry.id.to_string()} class="card choice">
                <h3>{ entry.about.name.clone() }</h3>
                <p>{ entry.about.looks.clone() }</p>
                <Strip scene={scene.clone()} layers={entry.layers.clone()} />
                <button type="button" class="secondary" data-testid="choice" data-signal={entry.id.to_string()}
                    onclick={scene.on(Action::Chosen(entry.id.clone()))}>{ scene.t("verdict.nearest-pick") }</button>
            </li>
        }
    });
    html! {
        <>
            <div class="card verdict" data-testid="verdict" data-signal={if unsure { "undecided" } else { "none" }}>
                <h2 class="verdict-name">{ scene.t(if unsure { "verdict.unsure-title" } else { "verdict.none-title" }) }</h2>
                <p>{ scene.t(if unsure { "verdict.unsure" } else { "verdict.none" }) }</p>
                if let Some(period) = finding.period {
                    <p>{ scene.texts.fill("verdict.period", &[("seconds", &scene.texts.about_seconds(period.get()))]) }</p>
                }
                <Taps scene={scene.clone()} />
            </div>
            <h2>{ scene.t("verdict.nearest") }</h2>
            <ul class="plain cards">{ for near }</ul>
            <div class="actions is-armed">
                { ways_on(scene) }
                <button type="button" class="link" data-testid="support" onclick={scene.on(Action::SupportOpened)}>{ scene.t("support.title") }</button>
            </div>
        </>
    }
}

/// "No, it looks different": tap again, choose, or take a slip back.
fn ways_on(scene: &Scene) -> Html {
    let taps = scene.session.watch.taps.iter().enumerate();
    let editable = scene
        .session
        .finding
        .as_ref()
        .is_some_and(|finding| finding.how == How::Tapped);
    let first = scene
        .session
        .watch
        .taps
        .first()
        .map(|tap| tap.at)
        .unwrap_or_default();
    html! {
        <details class="ways" data-testid="deny">
            <summary class="secondary">{ scene.t("verdict.no") }</summary>
            <div class="actions">
                <button type="button" class="secondary" data-testid="again" onclick={scene.on(Action::Restarted)}>{ scene.t("verdict.again") }</button>
                <button type="button" class="secondary" data-testid="choose" onclick={scene.on(Action::ChoiceOpened)}>{ scene.t("tap.say.choose") }</button>
            </div>
            if editable && !scene.session.watch.taps.is_empty() {
                <h3>{ scene.t("verdict.edit") }</h3>
                <ul class="plain edits">
                    { for taps.map(|(nth, tap)| {
                        let seconds = scene.texts.about_seconds((tap.at - first).get());
                        let words = scene.texts.fill("verdict.remove", &[("n", &(nth + 1).to_string()), ("seconds", &seconds)]);
                        html! { <li key={nth}><button type="button" class="small-button" data-testid="remove-tap" onclick={scene.on(Action::TapRemoved(nth))}>{ words }</button></li> }
                    }) }
                </ul>
            }
        </details>
    }
}

fn how_sure(scene: &Scene, finding: &Finding) -> String {
    let how = match (finding.how, finding.sure) {
        (How::Chosen, _) => scene.t("verdict.chosen"),
        (How::Told, _) => scene.t("verdict.told"),
        (How::Tapped, Some(sure)) if sure >= SURE => scene.t("verdict.sure.high"),
        (How::Tapped, _) => scene.t("verdict.sure.good"),
    };
    match finding.period {
        Some(period) => {
            let seconds = scene.texts.about_seconds(period.get());
            [
                how,
                " ",
                &scene.texts.fill("verdict.period", &[("seconds", &seconds)]),
            ]
            .concat()
        }
        None => how.to_owned(),
    }
}

fn tone(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Normal => ("is-normal", "verdict.severity.normal"),
        Severity::Wait => ("is-wait", "verdict.severity.wait"),
        Severity::Act => ("is-act", "verdict.severity.act"),
        Severity::Stop => ("is-stop", "verdict.severity.stop"),
    }
}

#[derive(Properties, PartialEq)]
struct TapsProps {
    scene: Scene,
    #[prop_or_default]
    signal: Option<Id>,
}

/// The taps drawn under the pattern: which were flashes, which were slips, which flashes were missed.
#[component]
fn Taps(props: &TapsProps) -> Html {
    let scene = &props.scene;
    let watch = &scene.session.watch;
    let tapped = scene
        .session
        .finding
        .as_ref()
        .is_some_and(|finding| finding.how == How::Tapped);
    let explanation = use_memo(
        (props.signal.clone(), scene.session.revision),
        |(signal, _)| {
            signal
                .as_ref()
                .and_then(|signal| explain(scene.device.chart(), watch, signal))
        },
    );
    if !tapped || watch.taps.is_empty() {
        return Html::default();
    }
    let first = watch.taps.first().map_or(0.0, |tap| tap.at.get());
    let last = watch.taps.last().map_or(0.0, |tap| tap.at.get());
    // The whole attempt, in the drawing's own length.
    let scale = (LENGTH - 600.0) / (last - first).max(LENGTH - 600.0);
    let place = |at: f64| units(300.0 + (at - first) * scale);
    let role = |nth: usize| -> TapRole {
        let explanation: Option<&Explanation> = (*explanation).as_ref();
        explanation
            .and_then(|explanation| explanation.taps.get(nth).copied())
            .unwrap_or(TapRole::Flash)
    };
    let marks = watch.taps.iter().enumerate().map(|(nth, tap)| {
        let held = tap.held.map_or(0.0, |held| held.get()).max(60.0) * scale;
        let kind = if role(nth) == TapRole::Stray { "tap-mark is-stray" } else { "tap-mark" };
        html! { <rect key={nth} class={kind} x={place(tap.at.get())} y="2" width={units(held.max(60.0))} height="20" rx="3" /> }
    });
    let missed: Vec<f64> = (*explanation)
        .as_ref()
        .map_or_else(Vec::new, |explanation| {
            explanation.missed.iter().map(|at| at.get()).collect()
        });
    let strays = (0..watch.taps.len())
        .filter(|nth| role(*nth) == TapRole::Stray)
        .count();
    html! {
        <div class="seen">
            <p class="small">{ scene.t("verdict.seen") }</p>
            <svg class="track" viewBox="0 0 800 24" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class="track-back" x="0" y="10" width="800" height="4" rx="2" />
                { for missed.iter().enumerate().map(|(nth, at)| html! { <rect key={format_key(nth)} class="tap-mark is-missed" x={place(*at)} y="2" width="6" height="20" rx="3" /> }) }
                { for marks }
            </svg>
            if strays > 0 || !missed.is_empty() {
                <p class="small legend">
                    if strays > 0 { <span class="key is-stray">{ scene.t("verdict.stray") }</span> }
                    if !missed.is_empty() { <span class="key is-missed">{ scene.t("verdict.missed") }</span> }
                </p>
            }
        </div>
    }
}

fn format_key(nth: usize) -> String {
    ["missed-", &nth.to_string()].concat()
}

/// The properties of [`Sources`].
#[derive(Properties, PartialEq)]
pub struct SourcesProps {
    /// The words.
    pub scene: Scene,
    /// What to show.
    pub evidence: Vec<Evidence>,
}

/// Where a fact comes from, one tap away.
#[component]
pub fn Sources(props: &SourcesProps) -> Html {
    let scene = &props.scene;
    let rows = props.evidence.iter().filter_map(|evidence| {
        let source = scene.device.pack().file().source.get(evidence.source.as_str())?;
        let grade = scene.t(match evidence.grade {
            Grade::A => "grade.A",
            Grade::B => "grade.B",
            Grade::C => "grade.C",
            Grade::S => "grade.S",
            Grade::G => "grade.G",
        });
        let words = [("source", source.name.as_str()), ("grade", grade), ("checked", source.checked.as_str())];
        Some(html! { <li key={evidence.source.to_string()}>{ scene.texts.fill("verdict.grade", &words) }</li> })
    });
    html! {
        <details class="sources small" data-testid="evidence">
            <summary>{ scene.t("verdict.evidence") }</summary>
            <ul>{ for rows }</ul>
        </details>
    }
}
