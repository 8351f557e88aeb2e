//! The root: what is on screen, what is remembered, and the frame around the stages.

use super::ask::ask;
use super::card::card;
use super::choose::choose;
use super::device::{Devices, Own};
use super::el::{El, classed, el};
use super::plan::{plan, time_up};
use super::resolved::resolved;
use super::support::support;
use super::tap::tap;
use super::verdict::verdict;
use super::view::{View, button, sends, svg};
use crate::id::Id;
use crate::pack::{Index, Severity};
use crate::session::{Action, Device, Session, Stage, Wait, report};
use crate::text::Texts;
use crate::time::{Millis, Wall};
use crate::web::load::{Brought, Loader};
use crate::web::page::Awake;
use crate::web::tell::Teller;
use crate::web::{Listener, clock, page, storage};
use gloo_timers::callback::{Interval, Timeout};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use yew::html::Scope;
use yew::{AttrValue, Component, Context, Html, NodeRef, Properties};

/// How often the engine is told that the person is still watching, in ms.
const WATCH: u32 = 100;

/// How often countdowns are drawn, in ms.
const COUNT: u32 = 500;

/// A click this long after a press or its release is a press of its own, not the echo of one; in ms.
const ECHO: f64 = 700.0;

/// What a lone click is taken to have lasted, in ms.
const CLICK: i32 = 90;

/// How long a replay runs before it stops by itself, in ms: what moves for longer must be stoppable (WCAG 2.2.2).
const PLAY: f64 = 5000.0;

/// The report's file.
const FILE: &str = "led-doctor-report.txt";

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
    /// Where to begin with a device that is open already: `tap`, `pick`, or where it was.
    pub start: Option<String>,
    /// Whether to remember on this device.
    pub remember: bool,
    /// A session to go on with: an element that was taken out of the page and put in again loses nothing.
    pub session: Rc<Cell<Option<Session>>>,
    /// Hears what becomes of the session.
    pub tell: Option<Teller>,
}

impl PartialEq for Options {
    fn eq(&self, other: &Options) -> bool {
        Rc::ptr_eq(&self.texts, &other.texts)
            && Rc::ptr_eq(&self.index, &other.index)
            && (&self.pack, &self.model, self.remember)
                == (&other.pack, &other.model, other.remember)
    }
}

/// A device, chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// The pack.
    pub pack: Id,
    /// The model.
    pub model: Id,
}

/// What happens on screen.
#[derive(Clone)]
pub enum Msg {
    /// Something is done to the session.
    Act(Action),
    /// A device was chosen, perhaps with a remembered session to go on with: the one that began then.
    Open(Chosen, Option<Wall>),
    /// Its pack is there, or is not.
    Opened(Rc<Cell<Option<(Device, Session)>>>),
    /// Back to the choice of devices.
    Leave,
    /// The devices that these words are about are looked for.
    Sought(String),
    /// The address of a pack is being typed.
    Typed(String),
    /// A pack is brought: a file, or what was typed.
    Bring(Option<JsValue>),
    /// It was checked.
    Brought(Rc<Brought>),
    /// A press of the pad, by the page's steady clock, and the light it was for where there is a pad for each.
    Pressed(Millis, Option<Id>),
    /// Its end.
    Lifted(Millis),
    /// A click of the pad: the echo of a press, or all that assistive technology sends.
    Clicked(Millis, Option<Id>),
    /// Time passed.
    Ticked,
    /// The page was hidden, or shown again.
    Turned,
    /// Another tab remembered something.
    Stored,
    /// The network, or what is kept for having none, changed.
    Kept,
    /// The new version is wanted now.
    Update,
    /// A replay is to be started or stopped; its light changes at these moments, in ms.
    Play {
        /// Which.
        key: Rc<str>,
        /// When its light changes.
        changes: Rc<[f64]>,
    },
    /// The light of the replay changes.
    PlayedOn,
    /// The screen will stay awake.
    Held(Rc<Awake>),
    /// The report is to be copied.
    Copy,
    /// It is to be handed to another app.
    Share,
    /// It is to be saved.
    Save,
    /// The printed card is wanted, or no longer.
    Card,
    /// The page is to be printed.
    Print,
    /// Something is to be said beside the report, by its key.
    Say(&'static str),
    /// An earlier session is to be forgotten.
    Discard(Wall),
    /// Everything is to be forgotten.
    Forget,
}

/// A replay under way.
struct Playing {
    key: Rc<str>,
    changes: Rc<[f64]>,
    /// When it began, and how far it has come, in ms.
    since: f64,
    at: f64,
    /// Wakes it at its next change; dropped with it.
    _timer: Timeout,
}

/// The whole interface.
pub struct App {
    at: Option<(Device, Session)>,
    root: NodeRef,
    earlier: Vec<Session>,
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
                let same = self
                    .playing
                    .as_ref()
                    .is_some_and(|playing| playing.key == key);
                self.playing =
                    (!same).then(|| playing(link, key, changes, clock::steady().get(), 0.0));
                true
            }
            Msg::PlayedOn => {
                self.playing = self.playing.take().and_then(|now| {
                    let next = next_change(&now.changes, now.at);
                    (next < PLAY).then(|| playing(link, now.key, now.changes, now.since, next))
                });
                true
            }
            Msg::Held(awake) => {
                self.awake = Some(awake);
                false
            }
            Msg::Copy => {
                let (link, text) = (
                    link.clone(),
                    self.report(&ctx.props().texts, &ctx.props().lang),
                );
                spawn_local(async move {
                    let copied = page::copy(&text).await;
                    link.send_message(Msg::Say(if copied {
                        "support.copied"
                    } else {
                        "support.copy-failed"
                    }));
                });
                false
            }
            Msg::Share => {
                let text = self.report(&ctx.props().texts, &ctx.props().lang);
                let title = ctx.props().texts.get("report.title").to_owned();
                // Closing the share sheet is no failure worth a word.
                spawn_local(async move {
                    let _ = page::share(&title, &text).await;
                });
                false
            }
            Msg::Save => {
                self.said = page::save(FILE, &self.report(&ctx.props().texts, &ctx.props().lang))
                    .is_none()
                    .then_some("support.copy-failed");
                true
            }
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
                storage::discard(began);
                self.list(ctx.props());
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
        self.playing
            .as_ref()
            .filter(|playing| *playing.key == *key)
            .map(|playing| playing.at)
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

    /// The report as it stands.
    pub fn report(&self, texts: &Texts, lang: &str) -> String {
        let when = |at| clock::written(at, lang);
        self.at
            .as_ref()
            .map_or_else(String::new, |(device, session)| {
                report(session, device, texts, &when)
            })
    }

    fn remember(&mut self, options: &Options) {
        if let Some((_, session)) = self
            .at
            .as_mut()
            .filter(|(_, session)| options.remember && !session.is_fresh())
        {
            self.kept &= storage::save(session);
            // Said once, and not on the pad, where what stands under a finger must not move.
            if !self.kept && self.unkept.is_none() && session.stage != Stage::Tap {
                self.unkept = Some(true);
            }
        }
    }

    fn list(&mut self, options: &Options) {
        self.earlier = if options.remember {
            storage::all()
        } else {
            Vec::new()
        };
    }

    /// Another tab may have gone on with the same session: the later one stands.
    fn adopt(&mut self, options: &Options) -> bool {
        let Some((device, session)) = &mut self.at else {
            return false;
        };
        let stored = storage::begun(session.began);
        // Another tab forgot it: then it is forgotten here as well, and not written back.
        if options.remember && stored.is_none() && self.kept && !session.is_fresh() {
            self.at = None;
            self.list(options);
            return true;
        }
        let later = stored.filter(|stored| stored.revision > session.revision);
        match later.and_then(|later| later.revived(device)) {
            Some(later) => {
                *session = later;
                true
            }
            None => false,
        }
    }

    /// Tells time as fast as what is on screen needs it, and not at all where nothing does.
    fn keep_time(&mut self, ctx: &Context<App>) {
        let link = ctx.link();
        let now = clock::wall();
        let (mut watching, mut counting, mut waits) = (false, false, false);
        let rung = std::mem::replace(&mut self.rung, now);
        if let Some((device, session)) = &self.at {
            watching = session.live.is_some();
            if let Some(cure) = &session.cure {
                counting = cure.is_counting(device, now);
                waits = cure.waiting(device, now) > 0;
                for (wait, end) in cure.over(device, now) {
                    if end <= rung {
                        continue;
                    }
                    page::buzz();
                    if self.titled.is_none() {
                        self.titled = page::titled(ctx.props().texts.get("status.time-up"));
                    }
                    if wait.announced {
                        page::tell("time-up", &time_up(&ctx.props().texts, device, wait));
                    }
                }
            }
        }
        let pace = if watching {
            Some(WATCH)
        } else {
            counting.then_some(COUNT)
        };
        if pace != self.ticking.as_ref().map(|(pace, _)| *pace) {
            self.ticking = pace.map(|pace| {
                let link = link.clone();
                (
                    pace,
                    Interval::new(pace, move || link.send_message(Msg::Ticked)),
                )
            });
        }
        if !waits {
            self.awake = None;
            self.waking = false;
        } else if !self.waking && !page::hidden() {
            self.waking = true;
            let link = link.clone();
            spawn_local(async move {
                if let Some(awake) = page::keep_awake().await {
                    link.send_message(Msg::Held(Rc::new(awake)));
                }
            });
        }
    }

    fn top(&self, ctx: &Context<App>, view: Option<&View>) -> El {
        let texts = &ctx.props().texts;
        let Some(view) = view else {
            return classed("header", "top")
                .with(classed("span", "brand").text(texts.get("app.name")));
        };
        let arrow = svg("back-arrow", "0 0 24 24").with(el("path").set("d", "M15 5l-7 7 7 7"));
        let goes = if self.card && !view.session.is_fresh() {
            Msg::Card
        } else if self.card || view.session.trail.is_empty() {
            Msg::Leave
        } else {
            Msg::Act(Action::WentBack)
        };
        let back = classed("button", "back")
            .sets(&[("type", "button"), ("data-testid", "back")])
            .click(sends(ctx.link(), goes))
            .with(arrow)
            .text(texts.get("app.back"));
        let device = classed("span", "where")
            .test("where")
            .text(view.device.name());
        classed("header", "top").with(back).with(device)
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

/// Begins where the page says, or where the person was. Whether a device is being opened.
fn begin(ctx: &Context<App>) -> bool {
    let options = ctx.props();
    let stored = match options.session.take() {
        None if options.remember => storage::open(),
        given => given,
    };
    // A pack that was brought went with the page it was brought to.
    let shelves = &options.index.packs;
    let stored = stored.filter(|stored| shelves.iter().any(|shelf| shelf.id == stored.pack));
    let pack = options.pack.as_deref().and_then(Id::new);
    let pack = pack.or_else(|| options.index.packs.first().map(|shelf| shelf.id.clone()));
    let model = options.model.as_deref().and_then(Id::new);
    let wanted = pack.zip(model).map(|(pack, model)| Chosen { pack, model });
    let was = stored.as_ref().map(|stored| Chosen {
        pack: stored.pack.clone(),
        model: stored.model.clone(),
    });
    let began = stored.as_ref().map(|stored| stored.began);
    options.session.set(stored);
    let opens = match (wanted, was) {
        (Some(wanted), Some(was)) if wanted == was => Msg::Open(was, began),
        // A link to another device begins that one; the other stays in the list of earlier ones.
        (Some(wanted), _) => Msg::Open(wanted, None),
        (None, Some(was)) => Msg::Open(was, began),
        (None, None) => return false,
    };
    ctx.link().send_message(opens);
    true
}

/// Loads the pack of what was chosen.
fn open(ctx: &Context<App>, chosen: Chosen, began: Option<Wall>) {
    let (load, link) = (ctx.props().load.clone(), ctx.link().clone());
    let given = ctx.props().session.clone();
    spawn_local(async move {
        let pack = load.pack(chosen.pack.as_str()).await;
        let opened = pack
            .and_then(|pack| Device::new(pack, chosen.model.as_str()))
            .map(|device| {
                let given = given.take().filter(|given| Some(given.began) == began);
                let session = given.or_else(|| began.and_then(storage::begun));
                let session = session.and_then(|session| session.revived(&device));
                let session = session
                    .unwrap_or_else(|| Session::new(chosen.pack, chosen.model, clock::wall()));
                (device, session)
            });
        link.send_message(Msg::Opened(Rc::new(Cell::new(opened))));
    });
}

/// The first change of the light after that moment; the end of the replay when there is none.
fn next_change(changes: &[f64], at: f64) -> f64 {
    changes
        .iter()
        .copied()
        .filter(|change| *change > at)
        .fold(PLAY, f64::min)
}

fn playing(link: &Scope<App>, key: Rc<str>, changes: Rc<[f64]>, since: f64, at: f64) -> Playing {
    let wait = since + next_change(&changes, at) - clock::steady().get();
    let link = link.clone();
    let timer = Timeout::new(wait.max(1.0) as u32, move || {
        link.send_message(Msg::PlayedOn)
    });
    Playing {
        key,
        changes,
        since,
        at,
        _timer: timer,
    }
}

fn staged(view: &View) -> El {
    let session = view.session;
    if view.app.card {
        let print = button("primary", "print", view.t("support.print"));
        return el("div")
            .with(card(view))
            .with(classed("p", "actions").with(print.click(sends(view.link, Msg::Print))));
    }
    let drawn = match &session.stage {
        Stage::Tap => Some(tap(view)),
        Stage::Choose => Some(choose(view)),
        Stage::Ask(question) => Some(ask(view, question)),
        Stage::Verdict => session
            .finding
            .as_ref()
            .map(|finding| verdict(view, finding)),
        Stage::Plan => session.cure.as_ref().map(|cure| plan(view, cure)),
        Stage::Resolved => Some(resolved(view)),
        Stage::Support => Some(support(view)),
    };
    drawn.unwrap_or_else(|| el("div"))
}

/// The name of the stage for style sheets and tests, and the key of its heading.
fn titled(view: &View) -> (&'static str, &'static str) {
    match &view.session.stage {
        _ if view.app.card => ("card", "card.title"),
        Stage::Tap => ("tap", "tap.title"),
        Stage::Choose => ("choose", "choose.title"),
        Stage::Ask(_) => ("ask", "ask.title"),
        Stage::Verdict => ("verdict", "verdict.title"),
        Stage::Plan => ("plan", "plan.title"),
        Stage::Support => ("support", "support.title"),
        Stage::Resolved => {
            let signal = view
                .session
                .finding
                .as_ref()
                .and_then(|finding| finding.signal.as_ref());
            let cause = signal.and_then(|signal| view.device.cause(signal));
            let title = match cause.map(|cause| cause.severity) {
                _ if view.session.is_fixed() => "resolved.fixed-title",
                Some(Severity::Wait) => "resolved.wait-title",
                Some(Severity::Stop) => "verdict.severity.stop",
                _ => "resolved.normal-title",
            };
            ("resolved", title)
        }
    }
}

/// The one polite voice of the interface. It says milestones, never single taps.
fn status(view: &View) -> String {
    let session = view.session;
    let finding = session
        .finding
        .as_ref()
        .and_then(|finding| finding.signal.as_ref());
    match &session.stage {
        Stage::Tap if session.live.is_some() => view.t("status.watching").to_owned(),
        Stage::Ask(_) => view.t("status.question").to_owned(),
        Stage::Verdict => match finding {
            Some(signal) => view
                .texts
                .fill("status.found", &[("name", view.device.signal_name(signal))]),
            None => view.t("status.none").to_owned(),
        },
        _ => {
            // The latest wait that is over, for as long as its step is not checked off.
            let mut latest = None;
            let cure = session.cure.iter();
            for (wait, end) in cure.flat_map(|cure| cure.over(view.device, view.now)) {
                if latest.is_none_or(|(_, other)| other <= end) {
                    latest = Some((wait, end));
                }
            }
            latest
                .filter(|(wait, _)| session.stage != Stage::Tap && !done(session, wait))
                .map_or_else(String::new, |(wait, _)| {
                    time_up(view.texts, view.device, wait)
                })
        }
    }
}

fn done(session: &Session, wait: &Wait) -> bool {
    let cure = session.cure.as_ref();
    cure.is_some_and(|cure| cure.is_done(&wait.fix, &wait.step))
}

fn foot(ctx: &Context<App>, view: Option<&View>) -> El {
    let texts = &ctx.props().texts;
    let card = || {
        button("link", "card-wanted", texts.get("card.want")).click(sends(ctx.link(), Msg::Card))
    };
    let session = view.map(|view| {
        let over = (view.session.stage != Stage::Tap)
            .then(|| view.button("link", "start-over", "app.start-over", Action::Restarted));
        let other = button("link", "other-device", texts.get("app.other-device"))
            .click(sends(ctx.link(), Msg::Leave));
        el("div")
            .with(
                classed("p", "foot-actions")
                    .maybe(over)
                    .with(other)
                    .maybe((!view.app.card).then(card)),
            )
            .with(classed("p", "small").text(&view.device.pack().file().notice))
    });
    let fridge = view
        .is_none()
        .then(|| classed("p", "foot-actions").with(card()));
    let forget = ctx.props().remember.then(|| {
        let sure = button("small-button", "forget", texts.get("app.forget-sure"))
            .click(sends(ctx.link(), Msg::Forget));
        classed("details", "small")
            .with(el("summary").text(texts.get("app.forget")))
            .with(sure)
    });
    let network = if page::cut_off() {
        Some("offline.gone")
    } else {
        page::says("offline", "ready").then_some("offline.ready")
    };
    let update = page::says("update", "ready").then(|| {
        classed("p", "note")
            .test("update")
            .text(texts.get("offline.update"))
            .text(" ")
            .with(
                button("link", "update-now", texts.get("offline.reload"))
                    .click(sends(ctx.link(), Msg::Update)),
            )
    });
    classed("footer", "foot")
        .set("part", "foot")
        .maybe(update)
        .maybe(session)
        .maybe(fridge)
        .maybe(network.map(|key| classed("p", "small").test("network").text(texts.get(key))))
        .with(classed("p", "small").text(texts.get("app.privacy")))
        .maybe(forget)
}
