//! The root: which stage is shown, what is remembered, and the frame around both.

use super::ask::Ask;
use super::choose::Choose;
use super::device::{Chosen, Devices, Words};
use super::hooks::use_now;
use super::plan::{self, Plan};
use super::resolved::Resolved;
use super::scene::Scene;
use super::support::Support;
use super::tap::Tap;
use super::verdict::Verdict;
use crate::pack::{Index, Severity};
use crate::session::{Action, Device, Entry, Outcome, Session, Stage};
use crate::text::Texts;
use crate::time::Wall;
use crate::web::load::Loader;
use crate::web::{clock, page, storage};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// What the page gives the interface.
#[derive(Properties)]
pub struct Options {
    /// The words.
    pub texts: Rc<Texts>,
    /// Their language.
    pub lang: AttrValue,
    /// The packs there are.
    pub index: Rc<Index>,
    /// Fetches a pack.
    pub load: Loader,
    /// The pack to offer, where the page names one.
    pub pack: Option<String>,
    /// The model to begin with, where the page names one.
    pub model: Option<String>,
    /// Whether to remember on this device.
    pub remember: bool,
}

impl PartialEq for Options {
    fn eq(&self, other: &Options) -> bool {
        Rc::ptr_eq(&self.texts, &other.texts)
            && Rc::ptr_eq(&self.index, &other.index)
            && (&self.pack, &self.model, self.remember)
                == (&other.pack, &other.model, other.remember)
    }
}

/// What is on screen.
#[derive(Clone, PartialEq, Default)]
struct Screen {
    /// The device and its session; none while a device is being chosen.
    at: Option<(Device, Rc<Session>)>,
    /// A pack could not be loaded.
    failed: bool,
}

enum Change {
    Opened(Device, Session),
    Acted(Action, Wall),
    Failed,
    Left,
}

impl Reducible for Screen {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        match change {
            Change::Opened(device, session) => Rc::new(Screen {
                at: Some((device, Rc::new(session))),
                failed: false,
            }),
            Change::Acted(action, now) => match &self.at {
                Some((device, session)) => {
                    let next = session.apply(device, now, action);
                    if next == **session {
                        return self;
                    }
                    Rc::new(Screen {
                        at: Some((device.clone(), Rc::new(next))),
                        failed: false,
                    })
                }
                None => self,
            },
            Change::Failed => Rc::new(Screen {
                at: self.at.clone(),
                failed: true,
            }),
            Change::Left => Rc::new(Screen::default()),
        }
    }
}

/// The whole interface.
#[component]
pub fn App(props: &Options) -> Html {
    let screen = use_reducer(Screen::default);
    let dispatch = screen.dispatcher();
    let send = use_callback(dispatch.clone(), |action: Action, dispatch| {
        dispatch.dispatch(Change::Acted(action, clock::wall()))
    });
    let kept = use_state(|| true);
    let listed = use_state(|| 0u32);
    let earlier = use_memo(
        (*listed, props.remember, screen.at.is_none()),
        |(_, remember, choosing)| {
            if *remember && *choosing {
                storage::all()
            } else {
                Vec::new()
            }
        },
    );
    let open = {
        let (load, dispatch) = (props.load.clone(), dispatch.clone());
        Callback::from(move |(chosen, session): (Chosen, Option<Session>)| {
            let (load, dispatch) = (load.clone(), dispatch.clone());
            spawn_local(async move {
                let pack = load.pack(chosen.pack.as_str()).await;
                let device = pack.and_then(|pack| Device::new(pack, chosen.model.as_str()));
                dispatch.dispatch(match device {
                    Some(device) => {
                        let session = session.and_then(|session| session.revived(&device));
                        let session = session.unwrap_or_else(|| {
                            Session::new(chosen.pack, chosen.model, clock::wall())
                        });
                        Change::Opened(device, session)
                    }
                    None => Change::Failed,
                });
            });
        })
    };
    use_begin(props, &open);
    use_memory(props, &screen, kept.setter());
    let root = use_node_ref();
    use_focus(&screen, &root);

    let texts = &props.texts;
    let words = Words(Rc::clone(texts));
    let leave = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            storage::close();
            dispatch.dispatch(Change::Left);
        })
    };
    let scene = screen.at.as_ref().map(|(device, session)| Scene {
        texts: Rc::clone(texts),
        lang: props.lang.clone(),
        device: device.clone(),
        session: Rc::clone(session),
        send: send.clone(),
    });
    let title = scene.as_ref().map_or("device.title", title);
    let stage = match &scene {
        Some(scene) => stage(scene.clone()),
        None => {
            let chosen = open.reform(|chosen: Chosen| (chosen, None));
            let resumed = open.reform(|session: Session| {
                (
                    Chosen {
                        pack: session.pack.clone(),
                        model: session.model.clone(),
                    },
                    Some(session),
                )
            });
            let discarded = {
                let listed = listed.clone();
                Callback::from(move |began: Wall| {
                    storage::discard(began);
                    listed.set(listed.wrapping_add(1));
                })
            };
            html! {
                <Devices texts={words.clone()} index={Rc::clone(&props.index)} only={props.pack.clone().map(AttrValue::from)}
                    lang={props.lang.clone()} earlier={earlier} {chosen} {resumed} {discarded} />
            }
        }
    };
    let back = match &scene {
        Some(scene) if !scene.session.trail.is_empty() => {
            Some(scene.on::<MouseEvent>(Action::WentBack))
        }
        Some(_) => Some(leave.clone()),
        None => None,
    };
    let forget = {
        let (dispatch, listed) = (dispatch.clone(), listed.clone());
        Callback::from(move |_: MouseEvent| {
            storage::forget();
            dispatch.dispatch(Change::Left);
            listed.set(listed.wrapping_add(1));
        })
    };
    html! {
        <div class="ld" lang={props.lang.clone()} ref={root}>
            <header class="top">
                if let Some(back) = back {
                    <button type="button" class="back" data-testid="back" onclick={back}>
                        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M15 5l-7 7 7 7" /></svg>{ texts.get("app.back") }
                    </button>
                } else {
                    <span class="brand">{ texts.get("app.name") }</span>
                }
                if let Some(scene) = &scene {
                    <span class="where" data-testid="where">{ scene.device.name().to_owned() }</span>
                }
            </header>
            <div class="stage" data-stage={scene.as_ref().map_or("device", stage_name)}>
                <h1 tabindex="-1">{ texts.get(title) }</h1>
                <Status scene={scene.clone()} />
                if screen.failed {
                    <p class="warn" role="alert">{ texts.get("app.pack-failed") }</p>
                }
                if !*kept {
                    <p class="note" data-testid="not-kept">{ texts.get("app.storage-denied") }</p>
                }
                { stage }
            </div>
            <footer class="foot">
                if let Some(scene) = &scene {
                    <p class="foot-actions">
                        if scene.session.stage != Stage::Tap {
                            <button type="button" class="link" data-testid="start-over" onclick={scene.on(Action::Restarted)}>{ texts.get("app.start-over") }</button>
                        }
                        <button type="button" class="link" data-testid="other-device" onclick={leave}>{ texts.get("app.other-device") }</button>
                    </p>
                    <p class="small">{ scene.device.pack().file().notice.clone() }</p>
                }
                <p class="small">{ texts.get("app.privacy") }</p>
                if props.remember {
                    <details class="small">
                        <summary>{ texts.get("app.forget") }</summary>
                        <button type="button" class="small-button" data-testid="forget" onclick={forget}>{ texts.get("app.forget-sure") }</button>
                    </details>
                }
            </footer>
        </div>
    }
}

/// Begins where the page says, or where the person was.
#[hook]
fn use_begin(props: &Options, open: &Callback<(Chosen, Option<Session>)>) {
    let open = open.clone();
    let (pack, model, remember) = (props.pack.clone(), props.model.clone(), props.remember);
    let only = props.index.packs.first().map(|shelf| shelf.id.to_string());
    use_effect_with((), move |()| {
        let stored = if remember { storage::open() } else { None };
        let wanted = model.and_then(|model| {
            Some(Chosen {
                pack: crate::id::Id::new(&pack.or(only)?)?,
                model: crate::id::Id::new(&model)?,
            })
        });
        match (wanted, stored) {
            // A link to another device than the one that was open begins that one; the other is in the list of earlier ones.
            (Some(wanted), Some(stored))
                if stored.pack == wanted.pack && stored.model == wanted.model =>
            {
                open.emit((wanted, Some(stored)))
            }
            (Some(wanted), _) => open.emit((wanted, None)),
            (None, Some(stored)) => {
                open.emit((
                    Chosen {
                        pack: stored.pack.clone(),
                        model: stored.model.clone(),
                    },
                    Some(stored),
                ));
            }
            (None, None) => {}
        }
    });
}

/// Remembers every change that matters. Says once when it cannot.
#[hook]
fn use_memory(props: &Options, screen: &Screen, kept: UseStateSetter<bool>) {
    let remember = props.remember;
    let session = screen.at.as_ref().map(|(_, session)| Rc::clone(session));
    let key = session
        .as_ref()
        .map(|session| (session.began.get(), session.revision));
    use_effect_with(key, move |_| {
        if let Some(session) = session.filter(|session| remember && !session.is_fresh()) {
            kept.set(storage::save(&session));
        }
    });
}

/// Moves the focus to the heading of a new stage, but not on the first one and never while tapping.
#[hook]
fn use_focus(screen: &Screen, root: &NodeRef) {
    let root = root.clone();
    let stage = screen.at.as_ref().map(|(_, session)| session.stage.clone());
    let seen = use_mut_ref(|| None::<Option<Stage>>);
    use_effect_with(stage.clone(), move |_| {
        let before = seen.borrow_mut().replace(stage.clone());
        if before.is_some_and(|before| before != stage) {
            if let Some(root) = root.cast::<web_sys::Element>() {
                page::focus_heading(&root);
            }
        }
    });
}

fn stage(scene: Scene) -> Html {
    match scene.session.stage.clone() {
        Stage::Tap => html! { <Tap key="tap" {scene} /> },
        Stage::Choose => html! { <Choose key="choose" {scene} /> },
        Stage::Ask(question) => html! { <Ask key={question.to_string()} {scene} /> },
        Stage::Verdict => html! { <Verdict key="verdict" {scene} /> },
        Stage::Plan => html! { <Plan key="plan" {scene} /> },
        Stage::Resolved => html! { <Resolved key="resolved" {scene} /> },
        Stage::Support => html! { <Support key="support" {scene} /> },
    }
}

fn stage_name(scene: &Scene) -> &'static str {
    match scene.session.stage {
        Stage::Tap => "tap",
        Stage::Choose => "choose",
        Stage::Ask(_) => "ask",
        Stage::Verdict => "verdict",
        Stage::Plan => "plan",
        Stage::Resolved => "resolved",
        Stage::Support => "support",
    }
}

fn title(scene: &Scene) -> &'static str {
    match scene.session.stage {
        Stage::Tap => "tap.title",
        Stage::Choose => "choose.title",
        Stage::Ask(_) => "ask.title",
        Stage::Verdict => "verdict.title",
        Stage::Plan => "plan.title",
        Stage::Support => "support.title",
        Stage::Resolved => {
            let fixed = scene.session.log.last().is_some_and(|last| {
                matches!(
                    last.what,
                    Entry::Judged {
                        outcome: Outcome::Fixed,
                        ..
                    }
                )
            });
            let finding = scene
                .session
                .finding
                .as_ref()
                .and_then(|finding| finding.signal.as_ref());
            match finding
                .and_then(|signal| scene.device.cause(signal))
                .map(|cause| cause.severity)
            {
                _ if fixed => "resolved.fixed-title",
                Some(Severity::Wait) => "resolved.wait-title",
                Some(Severity::Stop) => "verdict.severity.stop",
                _ => "resolved.normal-title",
            }
        }
    }
}

#[derive(Properties, PartialEq)]
struct StatusProps {
    scene: Option<Scene>,
}

/// The one polite voice of the interface. It says milestones, never single taps, and is there from the start.
#[component]
fn Status(props: &StatusProps) -> Html {
    let waits = props.scene.as_ref().is_some_and(|scene| {
        scene.session.stage == Stage::Plan
            && scene
                .session
                .cure
                .as_ref()
                .is_some_and(|cure| !cure.waits.is_empty())
    });
    let now = use_now(waits);
    let words = props
        .scene
        .as_ref()
        .map_or_else(String::new, |scene| match &scene.session.stage {
            Stage::Tap if scene.session.live.is_some() => scene.t("status.watching").to_owned(),
            Stage::Ask(_) => scene.t("status.question").to_owned(),
            Stage::Verdict => match scene
                .session
                .finding
                .as_ref()
                .and_then(|finding| finding.signal.as_ref())
            {
                Some(signal) => scene.texts.fill(
                    "status.found",
                    &[("name", scene.device.signal_name(signal))],
                ),
                None => scene.t("status.none").to_owned(),
            },
            Stage::Plan if plan::wait_over(scene, now) => scene.t("status.wait-over").to_owned(),
            _ => String::new(),
        });
    html! { <p class="status" role="status" data-testid="status">{ words }</p> }
}
