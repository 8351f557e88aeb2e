//! Still stuck: whom to call, what to have at hand, and the report.

use super::scene::SceneProps;
use super::verdict::Sources;
use crate::session::report;
use crate::web::{clock, page};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The file's name when the report is saved.
const FILE: &str = "led-doctor-report.txt";

/// Help from people.
#[component]
pub fn Support(props: &SceneProps) -> Html {
    let scene = &props.scene;
    let said = use_state(|| None::<&'static str>);
    let support = &scene.device.pack().file().support;
    let lang = scene.lang.clone();
    let text = report(&scene.session, &scene.device, &scene.texts, &|at| {
        clock::written(at, &lang)
    });
    let copy = {
        let (text, said) = (text.clone(), said.setter());
        Callback::from(move |_: MouseEvent| {
            let (text, said) = (text.clone(), said.clone());
            spawn_local(async move {
                let done = page::copy(&text).await;
                said.set(Some(if done {
                    "support.copied"
                } else {
                    "support.copy-failed"
                }));
            });
        })
    };
    let share = {
        let (text, title) = (text.clone(), scene.t("report.title").to_owned());
        Callback::from(move |_: MouseEvent| {
            let (text, title) = (text.clone(), title.clone());
            spawn_local(async move {
                // Closing the share sheet is no failure worth a word.
                let _ = page::share(&title, &text).await;
            });
        })
    };
    let save = {
        let (text, said) = (text.clone(), said.setter());
        Callback::from(move |_: MouseEvent| {
            if page::save(FILE, &text).is_none() {
                said.set(Some("support.copy-failed"));
            }
        })
    };
    html! {
        <>
            <p class="lead">{ scene.t("support.lead") }</p>
            <div class="card">
                <p>{ support.note.clone() }</p>
                <dl class="contact">
                    if let Some(phone) = &support.phone {
                        <dt>{ scene.t("support.phone") }</dt>
                        <dd><a href={["tel:", phone].concat()} data-testid="phone">{ phone.clone() }</a></dd>
                    }
                    if let Some(site) = &support.site {
                        <dt>{ scene.t("support.site") }</dt>
                        <dd><a href={site.clone()} rel="noopener noreferrer" target="_blank">{ site.trim_start_matches("https://").to_owned() }</a></dd>
                    }
                </dl>
                if !support.ready.is_empty() {
                    <h2>{ scene.t("support.ready") }</h2>
                    <ul class="advice">{ for support.ready.iter().map(|line| html! { <li key={line.clone()}>{ line.clone() }</li> }) }</ul>
                }
                <Sources scene={scene.clone()} evidence={support.evidence.clone()} />
            </div>
            <h2 id="ld-report">{ scene.t("support.report") }</h2>
            <pre class="card report" data-testid="report" tabindex="0" role="region" aria-labelledby="ld-report">{ text.clone() }</pre>
            <div class="actions">
                <button type="button" class="primary" data-testid="copy" onclick={copy}>{ scene.t("support.copy") }</button>
                if page::can_share() {
                    <button type="button" class="secondary" onclick={share}>{ scene.t("support.share") }</button>
                }
                <button type="button" class="secondary" onclick={Callback::from(|_: MouseEvent| page::print())}>{ scene.t("support.print") }</button>
                <button type="button" class="secondary" onclick={save}>{ scene.t("support.save") }</button>
            </div>
            <p class="small" role="status">{ said.map(|key| scene.t(key).to_owned()) }</p>
        </>
    }
}
