//! What is remembered on the device, and what other tabs and elements do to it.
//!
//! Nothing here runs between a press and what the screen answers: what changed is marked, and stored by [`App::flush`].

use super::{App, Options};
use crate::web::node;
use crate::web::storage::{self, Found};
use led_doctor_core::codec::encode;
use led_doctor_core::session::{Device, Event, Key, Session, Stage, public};
use wasm_bindgen::JsValue;

/// What is remembered.
pub struct Stored {
    /// What was begun earlier, the latest first.
    pub earlier: Vec<Session>,
    /// Those of them that were discarded: until the list is rebuilt that can be undone.
    pub discarded: Vec<Key>,
    /// Whether the notice "nothing is stored on this device" is due.
    pub notice: StorageNotice,
    /// The revision of the open session that this interface stored, or read, last; `None` where it never was stored.
    revision: Option<u32>,
    /// The open session changed since then.
    is_dirty: bool,
    /// Storing failed last time.
    is_denied: bool,
    /// Identifies this interface's storage events, so that it ignores its own.
    pub own: u32,
    /// Events that the page has not received yet.
    untold: Vec<Event>,
}

/// State of the notice "nothing is stored on this device".
#[derive(Clone, Copy, PartialEq)]
pub enum StorageNotice {
    /// So far it need not.
    Unneeded,
    /// It is on the screen.
    Showing,
    /// It was shown.
    Shown,
}

impl Stored {
    /// Nothing so far.
    pub fn new() -> Stored {
        Stored {
            earlier: Vec::new(),
            discarded: Vec::new(),
            notice: StorageNotice::Unneeded,
            revision: None,
            is_dirty: false,
            is_denied: false,
            own: storage::random(),
            untold: Vec::new(),
        }
    }

    /// What an action did is dispatched and stored soon.
    pub fn note(&mut self, events: Vec<Event>, is_dirty: bool) {
        self.untold.extend(events);
        self.is_dirty |= is_dirty;
    }

    /// Another session is open now, of that revision in the storage.
    pub fn opened(&mut self, revision: Option<u32>) {
        self.revision = revision;
        self.is_dirty = true;
    }

    /// No session is open any more.
    pub fn closed(&mut self) {
        self.revision = None;
        self.is_dirty = true;
    }

    /// Whether anything waits for [`App::flush`].
    ///
    /// While a finger is down its end is waited for: one writing for both.
    pub fn waits(&self, open: Option<&(Device, Session)>) -> bool {
        let is_down = open
            .and_then(|(_, session)| session.live)
            .is_some_and(|live| live.is_down);
        !self.untold.is_empty() || (self.is_dirty && !is_down)
    }
}

impl App {
    /// Dispatches what happened to the page, and stores the open session. Called when the screen has answered, and before the page goes.
    pub(super) fn flush(&mut self, options: &Options) -> bool {
        let untold = std::mem::take(&mut self.stored.untold);
        let events = self.open.iter().flat_map(|(device, _)| {
            let event = |event| public::event(event, device);
            untold.iter().map(event)
        });
        let events = events.collect();
        if !self.stored.waits(self.open.as_ref()) {
            if let Some(host) = &options.host {
                host.tell(events, false, None);
            }
            return false;
        }
        self.stored.is_dirty = false;
        let overtaken = self.catch_up(options);
        let session = match &mut self.open {
            Some((_, session)) => node::value(&encode(session)),
            None => JsValue::NULL,
        };
        if let Some(host) = &options.host {
            host.tell(events, false, Some(&session));
        }
        let before = self.stored.notice;
        if !overtaken {
            self.store(options, &session);
        }
        overtaken || self.stored.notice != before
    }

    /// Stores the open session, of which `plain` is the plain object.
    fn store(&mut self, options: &Options, plain: &JsValue) {
        let Some((_, session)) = &self.open else {
            return;
        };
        let stored = &mut self.stored;
        // What never was worth storing is not stored; but that somebody started over is.
        if !options.remember || (session.is_fresh() && stored.revision.is_none()) {
            return;
        }
        stored.is_denied = !storage::save(session.key(), plain, stored.own);
        if !stored.is_denied {
            stored.revision = Some(session.revision);
        }
        // Shown once, and not on the pad, where nothing under a finger must move.
        if stored.is_denied
            && stored.notice == StorageNotice::Unneeded
            && session.stage != Stage::Tap
        {
            stored.notice = StorageNotice::Showing;
        }
    }

    /// Forgets an earlier session; a discarded one it brings back.
    pub(super) fn discard(&mut self, key: Key) {
        let stored = &mut self.stored;
        if !stored.discarded.contains(&key) {
            stored.discarded.push(key);
            storage::discard(key, stored.own);
            return;
        }
        stored.discarded.retain(|other| *other != key);
        let mut earlier = stored.earlier.iter_mut();
        if let Some(session) = earlier.find(|session| session.key() == key) {
            let plain = node::value(&encode(session));
            stored.is_denied = !storage::save(key, &plain, stored.own);
            // It is remembered, not open.
            storage::close();
        }
    }

    /// Reads what was begun earlier.
    pub(super) fn list(&mut self, options: &Options) {
        self.stored.discarded.clear();
        self.stored.earlier = if options.remember {
            storage::all()
        } else {
            Vec::new()
        };
    }

    /// Continues from where another tab, or another element of this page, has led the session meanwhile. Whether it has: then what
    /// was on screen is not so any more, and what was pressed there was meant for something else.
    pub(super) fn catch_up(&mut self, options: &Options) -> bool {
        let (Some((device, session)), Some(known), true) =
            (&mut self.open, self.stored.revision, options.remember)
        else {
            return false;
        };
        match storage::changed_since(session.key(), known) {
            Found::Same => false,
            // Another tab forgot it: then it is forgotten here as well, and not written back.
            Found::Nothing if self.stored.is_denied => false,
            Found::Nothing => {
                self.open = None;
                self.stored.closed();
                self.list(options);
                true
            }
            Found::Changed(later) => {
                let revision = later.revision;
                let Some(later) = later.restored(device) else {
                    return false;
                };
                *session = later;
                self.stored.revision = Some(revision);
                self.stored.is_dirty = false;
                true
            }
        }
    }
}
