//! The light is right again, or nothing was wrong.

use super::scene::SceneProps;
use crate::pack::Severity;
use crate::session::{Action, Entry, Outcome};
use yew::prelude::*;

/// The good end, or the short one.
#[component]
pub fn Resolved(props: &SceneProps) -> Html {
    let scene = &props.scene;
    let fixed = scene.session.log.last().is_some_and(|last| {
        matches!(
            last.what,
            Entry::Judged {
                outcome: Outcome::Fixed,
                ..
            }
        )
    });
    let cause = scene
        .session
        .finding
        .as_ref()
        .and_then(|finding| scene.device.cause(finding.signal.as_ref()?));
    html! {
        <div class="card resolved" data-testid="resolved">
            if fixed {
                <p class="lead">{ scene.t("resolved.fixed") }</p>
                <p>{ scene.t("resolved.elsewhere") }</p>
            } else if let Some(cause) = cause {
                <p class="lead">{ cause.meaning.clone() }</p>
                if cause.severity == Severity::Stop {
                    <p class="warn">{ scene.t("stop.text") }</p>
                }
                if !cause.advice.is_empty() {
                    <h2>{ scene.t("resolved.advice") }</h2>
                    <ul class="advice">
                        { for cause.advice.iter().map(|line| html! { <li key={line.clone()}>{ line.clone() }</li> }) }
                    </ul>
                }
            }
            <div class="actions">
                <button type="button" class="secondary" onclick={scene.on(Action::Restarted)}>{ scene.t("verdict.again") }</button>
                <button type="button" class="link" data-testid="support" onclick={scene.on(Action::SupportOpened)}>{ scene.t("support.title") }</button>
            </div>
        </div>
    }
}
