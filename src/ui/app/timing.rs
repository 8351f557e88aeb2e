//! The passing of time: who is told of it, how often, and what happens when a wait is over.

use super::{App, Msg};
use crate::ui::plan::time_up;
use crate::web::{clock, page};
use gloo_timers::callback::Interval;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::Context;

/// How often the engine is told that the person is still watching, in ms.
const WATCH: u32 = 100;

/// How often countdowns are drawn, in ms.
const COUNT: u32 = 500;

impl App {
    /// Tells time as fast as what is on screen needs it, and not at all where nothing does.
    pub(super) fn keep_time(&mut self, ctx: &Context<App>) {
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
}
