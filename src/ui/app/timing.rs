//! The passing of time: who is notified of it, how often, and what happens when a wait is over.

use super::App;
use crate::ui::msg::Msg;
use crate::ui::plan::time_up;
use crate::web::clock;
use crate::web::page::{self, Awake, Titled};
use gloo_timers::callback::{Interval, Timeout};
use led_doctor_core::time::{Wall, within};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::Context;

/// How often the session receives that the person is still watching, in ms. The moment of a verdict does not depend on it.
const WATCH: u32 = 100;

/// How often countdowns are drawn, in ms. Nobody sees them while the page is hidden: then only the end of a wait is waited for.
const COUNT: u32 = 1000;

/// Browsers take no longer time for a timer, in ms; about 24 days.
const LONGEST: f64 = 2_147_483_647.0;

/// What the interface does by the clock.
pub struct Timing {
    /// The interval of the clock, in ms, and the timer.
    ticking: Option<(u32, Interval)>,
    /// Ends with the next wait, while the page is hidden.
    alarm: Option<Timeout>,
    /// Waits that ran out before this moment were announced.
    announced_until: Wall,
    /// In the document's title, until the person does something.
    pub title: Option<Titled>,
    /// Whether the screen stays awake.
    pub wake_lock: WakeLock,
    /// The last whole second of watching that was drawn.
    pub drawn_second: u32,
}

/// Whether the screen stays awake.
pub enum WakeLock {
    /// It need not.
    Unneeded,
    /// The browser was asked.
    Requested,
    /// It does, until this is dropped.
    Granted {
        /// Ends it when dropped.
        _awake: Rc<Awake>,
    },
}

impl Timing {
    /// Nothing runs yet.
    pub fn new() -> Timing {
        Timing {
            ticking: None,
            alarm: None,
            announced_until: clock::wall(),
            title: None,
            wake_lock: WakeLock::Unneeded,
            drawn_second: 0,
        }
    }
}

impl App {
    /// Starts or stops the timers. The interval depends on what is on screen; where nothing changes with time there is none.
    pub(super) fn keep_time(&mut self, ctx: &Context<App>) {
        let link = ctx.link();
        let now = clock::wall();
        let (mut is_watching, mut is_counting, mut is_waiting) = (false, false, false);
        let mut next_end = None;
        let timing = &mut self.timing;
        let announced = std::mem::replace(&mut timing.announced_until, now);
        if let Some((device, session)) = &self.open {
            is_watching = session.live.is_some();
            if let Some(progress) = &session.progress {
                is_counting = progress.is_counting(device, now);
                is_waiting = progress.waiting(device, now) > 0;
                next_end = progress.next_end(device, now);
                for (wait, end) in progress.over(device, now) {
                    if end <= announced {
                        continue;
                    }
                    page::buzz();
                    if timing.title.is_none() {
                        timing.title = page::titled(ctx.props().texts.get("status.time-up"));
                    }
                    if wait.announced {
                        page::tell("time-up", &time_up(&ctx.props().texts, device, wait));
                    }
                }
            }
        }
        let pace = if is_watching {
            Some(WATCH)
        } else {
            (is_counting && !page::hidden()).then_some(COUNT)
        };
        let until_end = next_end.filter(|_| pace.is_none()).map(|end| {
            // A page that is hidden for longer is woken, and looks again.
            within(end.get() - now.get(), 0.0, LONGEST) as u32
        });
        timing.alarm = until_end.map(|ms| {
            let link = link.clone();
            Timeout::new(ms, move || link.send_message(Msg::Ticked))
        });
        if pace != timing.ticking.as_ref().map(|(pace, _)| *pace) {
            timing.ticking = pace.map(|pace| {
                let link = link.clone();
                let tick = move || link.send_message(Msg::Ticked);
                (pace, Interval::new(pace, tick))
            });
        }
        if !is_waiting {
            timing.wake_lock = WakeLock::Unneeded;
        } else if matches!(timing.wake_lock, WakeLock::Unneeded) && !page::hidden() {
            timing.wake_lock = WakeLock::Requested;
            let link = link.clone();
            spawn_local(async move {
                if let Some(awake) = page::keep_awake().await {
                    link.send_message(Msg::WakeLockGranted(Rc::new(awake)));
                }
            });
        }
    }
}
