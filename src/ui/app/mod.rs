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
use crate::text::Texts;
use crate::time::{Millis, Wall};
use crate::web::load::Brought;
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
    /// How many devices were asked for so far: what comes for an earlier one comes too late.
    asked: u32,
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
    /// What was drawn last: the stage, and whether the card stood in its place.
    drawn: Option<(Option<Stage>, bool)>,
    /// Where the focus was before the last action.
    focus: Option<page::Focus>,
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
            failed: ctx.props().refused,
            opening: begin(ctx),
            asked: 0,
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
            focus: None,
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
                self.focus = self.root.cast().as_ref().and_then(page::Focus::inside);
                self.does(ctx, action)
            }
            Msg::Open(chosen, began) => {
                self.opening = true;
                self.asked = self.asked.wrapping_add(1);
                open(ctx, chosen, began, self.asked);
                true
            }
            Msg::Opened(asked, _) if asked != self.asked => false,
            Msg::Opened(_, opened) => {
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
                if ctx.props().remember {
                    storage::close();
                }
                self.leave(ctx.props())
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
                let failed = ctx.props().texts.get("own.failed").to_owned();
                spawn_local(async move {
                    let brought = load.bring(source).await;
                    let brought = brought.unwrap_or_else(|| Brought {
                        problems: vec![failed],
                        shelf: None,
                    });
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
                self.does(ctx, Action::Tapped { at, light })
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
                self.does(ctx, Action::Tapped { at, light });
                self.act(
                    ctx,
                    Action::Released {
                        at: at + Millis::whole(CLICK),
                    },
                )
            }
            Msg::Ticked => self.act(
                ctx,
                Action::Watched {
                    at: clock::steady(),
                },
            ),
            Msg::Turned => {
                if page::hidden() {
                    self.act(ctx, Action::LookedAway)
                } else {
                    // A hidden page loses its hold on the screen.
                    self.awake = None;
                    self.waking = false;
                    // A tab that slept may not have heard what others did.
                    self.catch_up(ctx.props());
                    true
                }
            }
            Msg::Stored => self.catch_up(ctx.props()),
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
                self.leave(ctx.props())
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
                    .text(&view.as_ref().map_or_else(|| self.coming(texts), status)),
            )
            .maybe(self.failed.then(|| {
                classed("p", "warn")
                    .set("role", "alert")
                    .test("pack-failed")
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
            .attr("dir", texts.get("app.direction"))
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
        let drawn = Some((stage, self.card));
        let focus = self.focus.take();
        let root = self.root.cast::<web_sys::Element>();
        if self.drawn == drawn {
            if let (Some(focus), Some(root)) = (focus, root) {
                focus.keep(&root);
            }
            return;
        }
        // A new stage is read from its heading. Not the first one, which the person did not ask to be moved to.
        if self.drawn.is_some()
            && let Some(root) = root
        {
            page::focus_heading(&root);
        }
        self.drawn = drawn;
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

    /// Back to the choice of devices. What is still on its way is not wanted any more.
    fn leave(&mut self, options: &Options) -> bool {
        self.at = None;
        self.card = false;
        self.opening = false;
        self.asked = self.asked.wrapping_add(1);
        self.list(options);
        true
    }

    /// What is said while a device is on its way.
    fn coming(&self, texts: &Texts) -> String {
        let words = self.opening.then(|| texts.get("device.opening"));
        words.unwrap_or_default().to_owned()
    }

    /// Does what the person does, unless the session has gone on elsewhere: then that is shown first.
    fn does(&mut self, ctx: &Context<App>, action: Action) -> bool {
        self.catch_up(ctx.props()) || self.act(ctx, action)
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
        // The browser tells other pages alone.
        listen(target(), "led-doctor:stored", Msg::Stored),
        listen(target(), "online", Msg::Kept),
        listen(target(), "offline", Msg::Kept),
        listen(target(), "led-doctor:offline-ready", Msg::Kept),
        listen(target(), "led-doctor:update-ready", Msg::Kept),
        listen(target(), "led-doctor:announce-answered", Msg::Kept),
    ]
    .into_iter()
    .flatten()
    .collect()
}
