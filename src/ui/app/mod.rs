//! The root: what is on screen, what is remembered, and the frame around the stages.

mod filmed;
mod frame;
mod opening;
mod options;
mod replay;
mod sharing;
mod storing;
mod timing;

pub use options::Options;

use super::device::{Devices, Own};
use super::el::classed;
use super::msg::{Chosen, Msg, Opened};
use super::verdict::title;
use super::view::{Screen, View};
use crate::web::load::Brought;
use crate::web::{Listener, clock, page, storage};
use frame::{foot, heading, staged, status, titled, top};
use gloo_timers::callback::Timeout;
use led_doctor_core::id::Id;
use led_doctor_core::rhythm::{Observer, Settle, Within};
use led_doctor_core::session::{Action, Device, Event, How, Key, Session, Stage};
use led_doctor_core::text::Texts;
use led_doctor_core::time::Millis;
use opening::{Opening, begin, open};
use replay::Playing;
use std::rc::Rc;
use storing::{StorageNotice, Stored};
use timing::{Timing, WakeLock};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use yew::html::Scope;
use yew::{Callback, Component, Context, Html, NodeRef};

/// A click this long after a press or its release is a separate press, not the echo of one; in ms. The same in
/// `static/element/taps.js`.
const ECHO: f64 = 700.0;

/// After this long without a tap a person has stopped to look, and may be asked something, in ms: after several taps, and after one
/// (assumed: longer than the commonest slow beat, 3 s).
const PAUSED: (f64, f64) = (1500.0, 4500.0);
/// And after this many times the longest time between two of their taps, but no more than so long, in ms: who taps a slow beat has not
/// stopped between two of its flashes (assumed).
const BEATS: (f64, f64) = (1.5, 6000.0);

/// The whole interface.
pub struct App {
    /// The device and its session, while one is open.
    open: Option<(Device, Session)>,
    opening: Opening,
    /// Counts the requests for devices: what comes for an earlier one comes too late.
    request: u32,
    /// A device was open before: `start` is for the first one alone.
    has_begun: bool,
    screen: Screen,
    search: String,
    own: Own,
    stored: Stored,
    timing: Timing,
    playing: Option<Playing>,
    /// When a pointer or key last went down or up, in ms.
    last_press: f64,
    root: NodeRef,
    send: Callback<Msg>,
    /// What was drawn last: the stage, and whether the card stood in its place.
    drawn: Option<(Option<Stage>, bool)>,
    /// Where the focus was before the last action.
    focus: Option<page::Focus>,
    /// What tapping found is announced by vibration and sound, once it is drawn.
    found: bool,
    /// Runs [`App::flush`] soon.
    flushing: Option<Timeout>,
    _listeners: Vec<Listener>,
}

impl Component for App {
    type Message = Msg;
    type Properties = Options;

    fn create(ctx: &Context<App>) -> App {
        let stored = Stored::new();
        let own = stored.own;
        let opening = if begin(ctx) {
            Opening::Loading
        } else if ctx.props().refused {
            Opening::Failed
        } else {
            Opening::Idle
        };
        let mut app = App {
            open: None,
            opening,
            request: 0,
            has_begun: false,
            screen: Screen::default(),
            search: String::new(),
            own: Own::default(),
            stored,
            timing: Timing::new(),
            playing: None,
            last_press: f64::NEG_INFINITY,
            root: NodeRef::default(),
            send: ctx.link().callback(|msg| msg),
            drawn: None,
            focus: None,
            found: false,
            flushing: None,
            _listeners: listeners(ctx.link(), own),
        };
        app.list(ctx.props());
        app
    }

    /// Each arm returns whether a render is needed.
    fn update(&mut self, ctx: &Context<App>, msg: Msg) -> bool {
        let mut changed = self.handle(ctx, msg);
        let now = clock::wall();
        let ended = self.open.as_ref().is_some_and(|(device, session)| {
            let progress = session.progress.as_ref();
            progress.is_some_and(|progress| progress.has_ended_wait(device, now))
        });
        changed |= ended && self.act(Action::WaitsEnded);
        if std::mem::take(&mut self.found) {
            self.say_found(&ctx.props().texts);
        }
        self.keep_time(ctx);
        if self.stored.waits(self.open.as_ref()) && self.flushing.is_none() {
            let link = ctx.link().clone();
            // After the screen has answered.
            self.flushing = Some(Timeout::new(0, move || link.send_message(Msg::Flush)));
        }
        changed
    }

    fn view(&self, ctx: &Context<App>) -> Html {
        // The page's first screen is still there, and what comes in its place is not known yet.
        if self.waits_for_first() {
            return Html::default();
        }
        let options = ctx.props();
        let texts = &*options.texts;
        let view = self.open.as_ref().map(|(device, session)| View {
            texts,
            lang: &options.lang,
            device,
            session,
            screen: &self.screen,
            send: &self.send,
            ticket: options.ticket.as_deref(),
            now: clock::wall(),
        });
        let choosing = if self.screen.card {
            "card.choose"
        } else {
            "device.title"
        };
        let (name, title) = view.as_ref().map_or(("device", choosing), titled);
        let (content, side) = view.as_ref().map(staged).unzip();
        let side = side.flatten();
        // The pad stays the same one when a verdict comes.
        let (class, key) = match &side {
            Some(_) => ("stage tapping", "pad"),
            None => ("stage", name),
        };
        let fold = classed("div", "fold")
            .with(heading(texts, view.as_ref(), title))
            .with(
                classed("p", "status")
                    .set("role", "status")
                    .test("status")
                    .text(&view.as_ref().map_or_else(|| self.coming(texts), status)),
            )
            .maybe((self.opening == Opening::Failed).then(|| {
                classed("p", "warn")
                    .set("role", "alert")
                    .test("pack-failed")
                    .text(texts.get("app.pack-failed"))
            }))
            .maybe((self.stored.notice == StorageNotice::Showing).then(|| {
                classed("p", "note")
                    .test("not-kept")
                    .text(texts.get("app.storage-denied"))
            }))
            .with(match content {
                Some(content) => content.key(key),
                None => Devices {
                    texts,
                    lang: &options.lang,
                    index: &options.index,
                    takes_own: options.load.bring.is_some(),
                    earlier: &self.stored.earlier,
                    discarded: &self.stored.discarded,
                    sought: &self.search,
                    own: &self.own,
                    send: &self.send,
                }
                .draw()
                .key(name),
            });
        let stage = classed("div", class)
            .set("part", "stage")
            .set("data-stage", name)
            .with(fold)
            .maybe(side);
        let root = classed("div", "ld")
            .attr("lang", &options.lang)
            .attr("dir", texts.get("app.direction"))
            .with(top(texts, view.as_ref()))
            .with(stage)
            .with(foot(texts, options.remember, &self.send, view.as_ref()));
        root.at(&self.root).into()
    }

    fn rendered(&mut self, ctx: &Context<App>, _first: bool) {
        if self.waits_for_first() {
            return;
        }
        self.show_press();
        let stage = self.open.as_ref().map(|(_, session)| session.stage.clone());
        let drawn = Some((stage, self.screen.card));
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
            let taps = self
                .open
                .as_ref()
                .is_some_and(|(_, session)| session.live.is_some());
            page::focus_heading(&root, taps);
        }
        if let Some((device, _)) = self.open.as_ref().filter(|_| self.screen.card) {
            page::tell("card", &super::card::name(device));
        }
        self.drawn = drawn;
        if let Some(host) = &ctx.props().host {
            host.tell(Vec::new(), true, None);
        }
    }

    fn destroy(&mut self, ctx: &Context<App>) {
        self.flush(ctx.props());
    }
}

impl App {
    /// The device and its session, while one is open.
    pub fn open(&self) -> Option<&(Device, Session)> {
        self.open.as_ref()
    }

    /// Whether nothing was drawn yet, because a pack is on its way.
    fn waits_for_first(&self) -> bool {
        self.opening == Opening::Loading && self.drawn.is_none()
    }

    /// Handles a message. Returns whether a render is needed.
    fn handle(&mut self, ctx: &Context<App>, msg: Msg) -> bool {
        let options = ctx.props();
        match msg {
            Msg::Act(action) => self.act_by_hand(options, action),
            Msg::Pressed(at, light) => self.press(at, light),
            Msg::Released(at) => self.release(at, true),
            Msg::Clicked(at, light) => self.click(at, light),
            Msg::Ticked => self.tick(),
            Msg::Flush => {
                self.flushing = None;
                self.flush(options)
            }
            Msg::VisibilityChanged => self.visibility_changed(options),
            Msg::StorageChanged => self.catch_up(options),
            // Drawn from the page's state then.
            Msg::ConnectivityChanged => true,
            Msg::Open(chosen, key) => self.request(ctx, chosen, key),
            Msg::Opened(request, _) if request != self.request => false,
            Msg::Opened(_, opened) => self.opened(options, &opened),
            Msg::Leave => self.go_to_devices(options),
            Msg::SearchChanged(words) => {
                self.search = words;
                true
            }
            Msg::AddressTyped(address) => {
                self.own.address = address;
                true
            }
            Msg::TryPack(file) => self.try_pack(ctx, file),
            Msg::PackTried(brought) => self.pack_tried(&brought),
            Msg::Play { key, changes } => {
                let was = self.playing.take().filter(|was| was.is_of(&key));
                let begun = was.is_none();
                self.play(begun.then(|| Playing::new(ctx.link(), key, changes)))
            }
            Msg::PlayedOn => {
                let next = self.playing.take().and_then(|now| now.next(ctx.link()));
                self.play(next)
            }
            Msg::WakeLockGranted(awake) => {
                self.timing.wake_lock = WakeLock::Granted { _awake: awake };
                false
            }
            Msg::Update => {
                self.flush(options);
                page::tell("accept-update", "");
                false
            }
            Msg::Copy => self.copy(ctx),
            Msg::Share => self.share(options),
            Msg::Save => self.save(options),
            Msg::Film => {
                // People do not tap while its window is open: that silence carries no information about the light.
                self.act(Action::LookedAway);
                page::tell("film", "");
                true
            }
            Msg::Filmed(shown) => self.filmed(&shown),
            Msg::HandOver => {
                self.hand_over();
                false
            }
            Msg::Sound => {
                page::tell("sound", "");
                true
            }
            Msg::AllSteps => {
                self.screen.all_steps = !self.screen.all_steps;
                true
            }
            Msg::Card => {
                self.screen.card = !self.screen.card;
                true
            }
            Msg::Print => {
                page::print();
                false
            }
            Msg::Notice(key) => {
                self.screen.notice = Some(key);
                true
            }
            Msg::Discard(key) => {
                self.discard(key);
                true
            }
            Msg::Forget => {
                storage::forget(self.stored.own);
                self.leave(options)
            }
        }
    }

    /// Does what somebody pressed a button for, unless the session has gone on elsewhere: then that is shown first.
    fn act_by_hand(&mut self, options: &Options, action: Action) -> bool {
        self.timing.title = None;
        if matches!(action, Action::WaitAnnounced { .. }) {
            page::tell("announce", "");
        }
        self.focus = self.root.cast().as_ref().and_then(page::Focus::inside);
        if self.catch_up(options) {
            return true;
        }
        self.act(action);
        if let Some((device, session)) = &mut self.open {
            session.refresh(device);
        }
        true
    }

    /// Applies an action. Returns whether a render is needed.
    fn act(&mut self, action: Action) -> bool {
        let Some((device, session)) = &mut self.open else {
            return false;
        };
        let stage = session.stage.clone();
        let applied = session.apply(device, clock::wall(), action);
        let found = |event: &Event| matches!(event, Event::Found { finding, .. } if finding.how == How::Tapped);
        self.found |= applied.events.iter().any(found);
        if session.stage != stage {
            self.screen.notice = None;
            self.screen.asks = false;
            self.screen.all_steps = false;
            self.play(None);
            if self.stored.notice == StorageNotice::Showing {
                self.stored.notice = StorageNotice::Shown;
            }
        }
        self.stored.note(applied.events, applied.is_dirty);
        true
    }

    /// A person who looks at the light feels the verdict, and hears it if they want to.
    fn say_found(&self, texts: &Texts) {
        let Some((device, session)) = &self.open else {
            return;
        };
        page::buzz_twice();
        if let Some(finding) = &session.finding {
            page::tell("found", title(texts, device, finding));
        }
    }

    /// A press began. The pad answers at once; the rest of the screen is drawn only where it differs by it.
    fn press(&mut self, at: Millis, light: Option<Id>) -> bool {
        self.last_press = at.get();
        let before = self.outline();
        self.begin_anew();
        self.act(Action::Tapped { at, light });
        self.show_press();
        self.outline() != before
    }

    /// Of what is drawn, all that a press may change beside the pad and what its release changes anyway.
    fn outline(&self) -> Option<(Stage, bool, bool)> {
        let (_, session) = self.open.as_ref()?;
        let has_taps = !session.watch.taps.is_empty();
        Some((session.stage.clone(), session.live.is_some(), has_taps))
    }

    /// Shows on the pad how many taps there are, and whether it is held down.
    fn show_press(&self) {
        let (Some(root), Some((_, session))) = (self.root.cast(), &self.open) else {
            return;
        };
        let taps = &session.watch.taps;
        let held = taps
            .last()
            .filter(|_| session.live.is_some_and(|live| live.is_down));
        let held = held.map(|tap| tap.light.as_ref().map_or("", Id::as_str));
        page::show_press(&root, taps.len(), held);
    }

    /// A press ended: now the classifier is asked. Nothing happens where none was under way: the pad loses its focus to the button that is
    /// being pressed, and what is drawn at that moment could move the button from under the finger.
    fn release(&mut self, at: Millis, has_length: bool) -> bool {
        let live = self.open.as_ref().and_then(|(_, session)| session.live);
        if !live.is_some_and(|live| live.is_down) {
            return false;
        }
        self.last_press = at.get();
        self.act(Action::Released { at, has_length });
        self.act(Action::Watched { at });
        if let Some((device, session)) = &mut self.open {
            session.refresh(device);
        }
        true
    }

    /// A tap at a verdict after the attempt is over begins another.
    fn begin_anew(&mut self) {
        let is_over = self
            .open
            .as_ref()
            .is_some_and(|(_, session)| session.stage == Stage::Verdict && session.live.is_none());
        let is_filmed = self
            .open
            .as_ref()
            .is_some_and(|(_, session)| session.watch.observer == Observer::Eye);
        if is_over {
            self.act(Action::Restarted);
        } else if is_filmed {
            // What a camera saw is no beginning of what a hand taps.
            self.act(Action::Observed {
                observer: Observer::Finger,
                within: Within::default(),
                colour: None,
            });
        }
    }

    fn click(&mut self, at: Millis, light: Option<Id>) -> bool {
        if at.get() - self.last_press <= ECHO {
            return false;
        }
        self.screen.lone_clicks = true;
        self.begin_anew();
        self.act(Action::Tapped { at, light });
        self.release(at, false)
    }

    /// Time passed. Drawn only where something on the screen differs by it.
    fn tick(&mut self) -> bool {
        let at = clock::steady();
        let Some((_, session)) = &self.open else {
            return false;
        };
        if session.live.is_none() {
            // A countdown, which is redrawn.
            return self.act(Action::Watched { at });
        }
        let stage = session.stage.clone();
        self.act(Action::Watched { at });
        let Some((device, session)) = &self.open else {
            return false;
        };
        if session.is_left_alone(device) {
            self.act(Action::LeftAlone);
        }
        let asks = !self.screen.asks && self.is_paused();
        self.screen.asks |= asks;
        let Some((device, session)) = &mut self.open else {
            return false;
        };
        if session.stage != stage {
            session.refresh(device);
            return true;
        }
        // The text changes by the second at most, and asking for it costs more than looking at the clock.
        let second = (session.watch.until.get() / 1000.0) as u32;
        let passed = second != self.timing.drawn_second;
        self.timing.drawn_second = second;
        passed && session.refresh(device) || asks
    }

    /// Whether the person has stopped tapping to look.
    fn is_paused(&self) -> bool {
        let Some((_, session)) = &self.open else {
            return false;
        };
        let taps = &session.watch.taps;
        let is_down = session.live.is_some_and(|live| live.is_down);
        let beat = session.watch.longest_gap().unwrap_or(0.0);
        let pause = if taps.len() > 1 { PAUSED.0 } else { PAUSED.1 };
        let pause = pause.max((BEATS.0 * beat).min(BEATS.1));
        let last = taps.last().map(|tap| tap.at + tap.held.unwrap_or_default());
        let asks = session
            .judgement
            .as_ref()
            .is_some_and(|judgement| matches!(judgement.settle, Some(Settle::Ask { .. })));
        asks && !is_down && last.is_some_and(|last| (session.watch.until - last).get() >= pause)
    }

    fn visibility_changed(&mut self, options: &Options) -> bool {
        if page::hidden() {
            self.act(Action::LookedAway);
            // A hidden page may never come back.
            self.flush(options);
        } else {
            // A hidden page loses its hold on the screen.
            self.timing.wake_lock = WakeLock::Unneeded;
            // A tab that slept may have missed what others did.
            self.catch_up(options);
        }
        true
    }

    fn opened(&mut self, options: &Options, opened: &Opened) -> bool {
        let opened = opened.take();
        self.opening = match opened {
            Some(_) => Opening::Idle,
            None => Opening::Failed,
        };
        self.screen.lone_clicks = false;
        if let Some((device, session)) = opened {
            self.flush(options);
            let is_first = !std::mem::replace(&mut self.has_begun, true);
            let revision = storage::of(session.key()).map(|stored| stored.revision);
            self.stored.opened(revision.filter(|_| options.remember));
            self.open = Some((device, session));
            match options.start.as_deref().filter(|_| is_first) {
                Some("tap") => self.act(Action::Restarted),
                Some("pick") => self.act(Action::ChoiceOpened),
                Some(start) => start
                    .strip_prefix("code:")
                    .and_then(Id::new)
                    .is_some_and(|code| self.act(Action::Chosen(code))),
                None => false,
            };
        }
        true
    }

    /// Asks for the pack of a device. What comes for an earlier one comes too late then.
    fn request(&mut self, ctx: &Context<App>, chosen: Chosen, key: Option<Key>) -> bool {
        self.opening = Opening::Loading;
        self.request = self.request.wrapping_add(1);
        open(ctx, chosen, key, self.request);
        true
    }

    fn go_to_devices(&mut self, options: &Options) -> bool {
        self.flush(options);
        if options.remember {
            storage::close();
        }
        self.leave(options)
    }

    fn pack_tried(&mut self, brought: &Brought) -> bool {
        self.own.problems.clone_from(&brought.problems);
        // The last good one stays.
        if brought.shelf.is_some() {
            self.own.shelf.clone_from(&brought.shelf);
        }
        true
    }

    fn try_pack(&mut self, ctx: &Context<App>, file: Option<JsValue>) -> bool {
        let source = file.unwrap_or_else(|| self.own.address.as_str().into());
        let (load, link) = (ctx.props().load.clone(), ctx.link().clone());
        let failed = ctx.props().texts.get("own.failed").to_owned();
        spawn_local(async move {
            let brought = load.bring(source).await;
            let brought = brought.unwrap_or_else(|| Brought {
                problems: vec![failed],
                shelf: None,
            });
            link.send_message(Msg::PackTried(Rc::new(brought)));
        });
        false
    }

    /// Plays that, or nothing any more.
    fn play(&mut self, playing: Option<Playing>) -> bool {
        self.screen.playing = playing.as_ref().map(|now| (now.key(), now.at()));
        self.playing = playing;
        true
    }

    /// Back to the choice of devices. What is still on its way is not wanted any more.
    fn leave(&mut self, options: &Options) -> bool {
        self.open = None;
        self.stored.closed();
        self.screen.card = false;
        self.opening = Opening::Idle;
        self.request = self.request.wrapping_add(1);
        self.list(options);
        true
    }

    /// The text while a device is loading.
    fn coming(&self, texts: &Texts) -> String {
        let words = (self.opening == Opening::Loading).then(|| texts.get("device.opening"));
        words.unwrap_or_default().to_owned()
    }
}

/// What ends with the interface: listening to the page and to other tabs. `own` identifies its own storage events.
fn listeners(link: &Scope<App>, own: u32) -> Vec<Listener> {
    let listen = |target: Option<web_sys::EventTarget>, kind: &'static str, msg: Msg| {
        let link = link.clone();
        target.map(|target| Listener::new(&target, kind, move |_| link.send_message(msg.clone())))
    };
    let window = web_sys::window();
    let document = window.as_ref().and_then(|window| window.document());
    let target = || window.clone().map(Into::into);
    // The browser notifies only other pages.
    let stored = target().map(|target: web_sys::EventTarget| {
        let (link, own) = (link.clone(), own.to_string());
        Listener::new(&target, "led-doctor:stored", move |event| {
            if page::detail(&event) != own {
                link.send_message(Msg::StorageChanged);
            }
        })
    });
    let filmed = target().map(|target: web_sys::EventTarget| {
        let link = link.clone();
        Listener::new(&target, "led-doctor:filmed", move |event| {
            link.send_message(Msg::Filmed(page::detail(&event).into()));
        })
    });
    [
        filmed,
        listen(
            document.map(Into::into),
            "visibilitychange",
            Msg::VisibilityChanged,
        ),
        listen(target(), "pagehide", Msg::Flush),
        listen(target(), "storage", Msg::StorageChanged),
        stored,
        listen(target(), "online", Msg::ConnectivityChanged),
        listen(target(), "offline", Msg::ConnectivityChanged),
        listen(
            target(),
            "led-doctor:offline-ready",
            Msg::ConnectivityChanged,
        ),
        listen(
            target(),
            "led-doctor:update-ready",
            Msg::ConnectivityChanged,
        ),
        listen(
            target(),
            "led-doctor:announce-answered",
            Msg::ConnectivityChanged,
        ),
        listen(
            target(),
            "led-doctor:address-ready",
            Msg::ConnectivityChanged,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}
