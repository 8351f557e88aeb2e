//! The root: what is on screen, what is remembered, and the frame around the stages.

mod frame;
mod handing;
mod keeping;
mod message;
mod opening;
mod replay;
mod timing;

pub use message::{Chosen, Msg, Options};

use super::device::{Devices, Own};
use super::el::{classed, el};
use super::view::View;
use crate::session::{Action, Device, Session, Stage};
use crate::time::{Millis, Wall};
use crate::web::page::Awake;
use crate::web::{Listener, clock, page, storage};
use frame::{foot, staged, status, titled};
use gloo_timers::callback::Interval;
use opening::{begin, open};
use replay::Playing;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::html::Scope;
use yew::{Component, Context, Html, NodeRef};

/// A click this long after a press or its release is a press of its own, not the echo of one; in ms.
const ECHO: f64 = 700.0;

/// What a lone click is taken to have lasted, in ms.
const CLICK: i32 = 90;

/// The whole interface.
pub struct App {
    at: Option<(Device, Session)>,
    root: NodeRef,
    earlier: Vec<Session>,
    /// Those of them that were discarded, by their beginning: until the list is made anew that can be undone.
    discarded: Vec<Wall>,
    /// What is looked for among the devices.
    sought: String,
    own: Own,
    failed: bool,
    /// A pack is on its way, and what will be shown is not known yet.
    opening: bool,
    /// The session and its revision that were told last.
    told: Option<(Wall, u32)>,
    /// A device was open before: `start` is for the first one alone.
    begun: bool,
    /// The printed card is shown, or a device for it is being chosen.
    card: bool,
    kept: bool,
    /// That nothing is remembered is being said (`Some(true)`), or was.
    unkept: Option<bool>,
    said: Option<&'static str>,
    playing: Option<Playing>,
    /// When a pointer or key last went down or up.
    pressed: f64,
    lone_clicks: bool,
    /// The stage that was drawn last.
    drawn: Option<Option<Stage>>,
    /// The pace at which time is told, in ms, and what tells it.
    ticking: Option<(u32, Interval)>,
    /// Waits that ran out before this moment were rung for.
    rung: Wall,
    /// In the document's title, until the person does something.
    titled: Option<page::Titled>,
    /// The browser was asked to keep the screen awake.
    waking: bool,
    awake: Option<Rc<Awake>>,
    _listeners: Vec<Listener>,
}

impl Component for App {
    type Message = Msg;
    type Properties = Options;

    fn create(ctx: &Context<App>) -> App {
        let mut app = App {
            at: None,
            root: NodeRef::default(),
            earlier: Vec::new(),
            discarded: Vec::new(),
            sought: String::new(),
            own: Own::default(),
            failed: false,
            opening: begin(ctx),
            told: None,
            begun: false,
            card: false,
            kept: true,
            unkept: None,
            said: None,
            playing: None,
            pressed: f64::NEG_INFINITY,
            lone_clicks: false,
            drawn: None,
            ticking: None,
            rung: clock::wall(),
            titled: None,
            waking: false,
            awake: None,
            _listeners: listeners(ctx.link()),
        };
        app.list(ctx.props());
        app
    }

    fn update(&mut self, ctx: &Context<App>, msg: Msg) -> bool {
        let link = ctx.link();
        let changed = match msg {
            Msg::Act(action) => {
                self.titled = None;
                if matches!(action, Action::WaitAnnounced { .. }) {
                    page::tell("announce", "");
                }
                self.act(ctx, action)
            }
            Msg::Open(chosen, began) => {
                self.opening = true;
                open(ctx, chosen, began);
                false
            }
            Msg::Opened(opened) => {
                let opened = opened.take();
                self.failed = opened.is_none();
                self.opening = false;
                self.lone_clicks = false;
                if let Some(opened) = opened {
                    let first = !self.begun;
                    self.begun = true;
                    self.at = Some(opened);
                    match ctx.props().start.as_deref().filter(|_| first) {
                        Some("tap") => self.act(ctx, Action::Restarted),
                        Some("pick") => self.act(ctx, Action::ChoiceOpened),
                        _ => false,
                    };
                    self.remember(ctx.props());
                }
                true
            }
            Msg::Leave => {
                self.at = None;
                self.card = false;
                if ctx.props().remember {
                    storage::close();
                }
                self.list(ctx.props());
                true
            }
            Msg::Sought(words) => {
                self.sought = words;
                true
            }
            Msg::Typed(address) => {
                self.own.address = address;
                true
            }
            Msg::Bring(file) => {
                let source = file.unwrap_or_else(|| self.own.address.as_str().into());
                let (load, link) = (ctx.props().load.clone(), link.clone());
                spawn_local(async move {
                    let brought = load.bring(source).await.unwrap_or_default();
                    link.send_message(Msg::Brought(Rc::new(brought)));
                });
                false
            }
            Msg::Brought(brought) => {
                self.own.problems.clone_from(&brought.problems);
                // The last good one stays.
                if brought.shelf.is_some() {
                    self.own.shelf.clone_from(&brought.shelf);
                }
                true
            }
            Msg::Pressed(at, light) => {
                self.pressed = at.get();
                self.act(ctx, Action::Tapped { at, light })
            }
            Msg::Lifted(at) => {
                self.pressed = at.get();
                self.act(ctx, Action::Released { at })
            }
            Msg::Clicked(at, light) => {
                if at.get() - self.pressed <= ECHO {
                    return false;
                }
                self.lone_clicks = true;
                self.act(ctx, Action::Tapped { at, light });
                self.act(
                    ctx,
                    Action::Released {
                        at: at + Millis::whole(CLICK),
                    },
                )
            }
            Msg::Ticked => match &self.at {
                Some((_, session)) if session.live.is_some() => self.act(
                    ctx,
                    Action::Watched {
                        at: clock::steady(),
                    },
                ),
                _ => true,
            },
            Msg::Turned => {
                if page::hidden() {
                    self.act(ctx, Action::LookedAway)
                } else {
                    // A hidden page loses its hold on the screen.
                    self.awake = None;
                    self.waking = false;
                    true
                }
            }
            Msg::Stored => self.adopt(ctx.props()),
            // Drawn from what the page says then.
            Msg::Kept => true,
            Msg::Update => {
                page::tell("accept-update", "");
                false
            }
            Msg::Play { key, changes } => {
                let was = self.playing.take().filter(|was| was.is_of(&key));
                self.playing = was.is_none().then(|| Playing::new(link, key, changes));
                true
            }
            Msg::PlayedOn => {
                self.playing = self.playing.take().and_then(|now| now.next(link));
                true
            }
            Msg::Held(awake) => {
                self.awake = Some(awake);
                false
            }
            Msg::Copy => self.copy(ctx),
            Msg::Share => self.share(ctx.props()),
            Msg::Save => self.save(ctx.props()),
            Msg::Card => {
                self.card = !self.card;
                // Another screen, read from its heading.
                self.drawn = self.drawn.take().map(|_| Some(Stage::Support));
                true
            }
            Msg::Print => {
                page::print();
                false
            }
            Msg::Say(key) => {
                self.said = Some(key);
                true
            }
            Msg::Discard(began) => {
                self.discard(began);
                true
            }
            Msg::Forget => {
                storage::forget();
                self.at = None;
                self.card = false;
                self.list(ctx.props());
                true
            }
        };
        self.keep_time(ctx);
        let stands = self
            .at
            .as_ref()
            .map(|(_, session)| (session.began, session.revision));
        if stands != self.told {
            self.told = stands;
            self.tell(ctx.props(), false);
        }
        changed
    }

    fn view(&self, ctx: &Context<App>) -> Html {
        let options = ctx.props();
        let texts = &*options.texts;
        let view = self.at.as_ref().map(|(device, session)| View {
            texts,
            lang: &options.lang,
            device,
            session,
            app: self,
            link: ctx.link(),
            now: clock::wall(),
        });
        let choosing = if self.card {
            "card.choose"
        } else {
            "device.title"
        };
        let (name, title) = view.as_ref().map_or(("device", choosing), titled);
        let stage = classed("div", "stage")
            .set("part", "stage")
            .set("data-stage", name)
            .with(el("h1").set("tabindex", "-1").text(texts.get(title)))
            .with(
                classed("p", "status")
                    .set("role", "status")
                    .test("status")
                    .text(&view.as_ref().map_or_else(String::new, status)),
            )
            .maybe(self.failed.then(|| {
                classed("p", "warn")
                    .set("role", "alert")
                    .text(texts.get("app.pack-failed"))
            }))
            .maybe((self.unkept == Some(true)).then(|| {
                classed("p", "note")
                    .test("not-kept")
                    .text(texts.get("app.storage-denied"))
            }))
            .with(match &view {
                Some(view) => staged(view).key(name),
                None => Devices {
                    options,
                    earlier: &self.earlier,
                    discarded: &self.discarded,
                    sought: &self.sought,
                    own: &self.own,
                    link: ctx.link(),
                }
                .draw()
                .key(name),
            });
        let root = classed("div", "ld")
            .attr("lang", &options.lang)
            .with(self.top(ctx, view.as_ref()))
            .with(stage)
            .with(foot(ctx, view.as_ref()));
        root.at(&self.root).into()
    }

    fn rendered(&mut self, ctx: &Context<App>, _first: bool) {
        if self.opening && self.drawn.is_none() {
            return;
        }
        let stage = self.at.as_ref().map(|(_, session)| session.stage.clone());
        let stage = Some(stage);
        if self.drawn == stage {
            return;
        }
        // A new stage is read from its heading. Not the first one, which the person did not ask to be moved to.
        if self.drawn.is_some()
            && let Some(root) = self.root.cast::<web_sys::Element>()
        {
            page::focus_heading(&root);
        }
        self.drawn = stage;
        self.tell(ctx.props(), true);
    }
}

impl App {
    /// How far the replay of that key has come, in ms; `None` when it is not playing.
    pub fn played(&self, key: &str) -> Option<f64> {
        let playing = self.playing.as_ref();
        playing.filter(|now| now.is_of(key)).map(Playing::at)
    }

    /// Whether taps came as lone clicks, whose timing cannot be trusted.
    pub fn lone_clicks(&self) -> bool {
        self.lone_clicks
    }

    /// What is to be said beside the report, by its key.
    pub fn said(&self) -> Option<&'static str> {
        self.said
    }

    /// The device and its session, while one is open.
    pub fn open(&self) -> Option<&(Device, Session)> {
        self.at.as_ref()
    }

    fn tell(&mut self, options: &Options, drawn: bool) {
        if let Some(teller) = &options.tell {
            teller.tell(self.at.as_mut().map(|(_, session)| session), drawn);
        }
    }

    fn act(&mut self, ctx: &Context<App>, action: Action) -> bool {
        let Some((device, session)) = self.at.take() else {
            return false;
        };
        let (stage, revision) = (session.stage.clone(), session.revision);
        let session = session.apply(&device, clock::wall(), action);
        if session.stage != stage {
            self.said = None;
            self.playing = None;
            self.unkept = self.unkept.map(|_| false);
        }
        let matters = session.revision != revision;
        self.at = Some((device, session));
        if matters {
            self.remember(ctx.props());
        }
        true
    }
}

/// What ends with the interface: listening to the page and to other tabs.
fn listeners(link: &Scope<App>) -> Vec<Listener> {
    let listen = |target: Option<web_sys::EventTarget>, kind: &'static str, msg: Msg| {
        let link = link.clone();
        target.map(|target| Listener::new(&target, kind, move |_| link.send_message(msg.clone())))
    };
    let window = web_sys::window();
    let document = window.as_ref().and_then(|window| window.document());
    let target = || window.clone().map(Into::into);
    [
        listen(document.map(Into::into), "visibilitychange", Msg::Turned),
        listen(target(), "storage", Msg::Stored),
        listen(target(), "online", Msg::Kept),
        listen(target(), "offline", Msg::Kept),
        listen(target(), "led-doctor:offline-ready", Msg::Kept),
        listen(target(), "led-doctor:update-ready", Msg::Kept),
        listen(target(), "led-doctor:announce-refused", Msg::Kept),
    ]
    .into_iter()
    .flatten()
    .collect()
}
