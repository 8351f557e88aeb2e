//! What is remembered on the device, and what other tabs and elements do to it.
//!
//! Nothing here runs between a press and what the screen answers: what changed is marked, and stored by [`App::flush`].

use super::{App, Options};
use crate::web::storage::{self, Found};
use led_doctor_core::session::{Event, Key, Session, Stage, public};

/// What is remembered.
pub struct Stored {
    /// What was begun earlier, the latest first.
    pub earlier: Vec<Session>,
    /// Those of them that were discarded: until the list is made anew that can be undone.
    pub discarded: Vec<Key>,
    /// Whether that nothing is remembered has to be said.
    pub notice: StorageNotice,
    /// The revision of the open session that this interface stored, or read, last; `None` where it never was stored.
    revision: Option<u32>,
    /// The open session changed since then.
    is_dirty: bool,
    /// Storing failed last time.
    is_denied: bool,
    /// What this interface says when it stores something, so that it does not hear itself.
    pub own: u32,
    /// What the page has not been told yet.
    untold: Vec<Event>,
}

/// Whether that nothing is remembered has to be said.
#[derive(Clone, Copy, PartialEq)]
pub enum StorageNotice {
    /// So far it need not.
    Unneeded,
    /// It is on the screen.
    Showing,
    /// It was said.
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

    /// What an action did is to be told and stored, soon.
    pub fn note(&mut self, events: Vec<Event>, is_dirty: bool) {
        self.untold.extend(events);
        self.is_dirty |= is_dirty;
    }

    /// Another session is open now, of that revision in the storage.
    pub fn opened(&mut self, revision: Option<u32>) {
        self.revision = revision;
        self.is_dirty = true;
    }

    /// Whether anything waits for [`App::flush`].
    pub fn waits(&self) -> bool {
        self.is_dirty || !self.untold.is_empty()
    }
}

impl App {
    /// Tells the page what happened, and stores the open session. Called when the screen has answered, and before the page goes.
    pub(super) fn flush(&mut self, options: &Options) -> bool {
        let untold = std::mem::take(&mut self.stored.untold);
        if let (Some(host), Some((device, _))) = (&options.host, &self.open)
            && !untold.is_empty()
        {
            let events = untold.iter().map(|event| public::event(event, device));
            host.tell(events.collect(), false);
        }
        let before = self.stored.notice;
        std::mem::take(&mut self.stored.is_dirty)
            && (self.store(options) || self.stored.notice != before)
    }

    /// Stores the open session. Whether it went on from what another tab had stored instead.
    fn store(&mut self, options: &Options) -> bool {
        if self.catch_up(options) {
            return true;
        }
        let Some((_, session)) = &mut self.open else {
            return false;
        };
        let stored = &mut self.stored;
        // What never was worth storing is not stored; but that somebody started over is.
        if !options.remember || (session.is_fresh() && stored.revision.is_none()) {
            return false;
        }
        stored.is_denied = !storage::save(session, stored.own);
        if !stored.is_denied {
            stored.revision = Some(session.revision);
        }
        // Said once, and not on the pad, where what stands under a finger must not move.
        if stored.is_denied
            && stored.notice == StorageNotice::Unneeded
            && session.stage != Stage::Tap
        {
            stored.notice = StorageNotice::Showing;
        }
        false
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
            stored.is_denied = !storage::save(session, stored.own);
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

    /// Goes on from where another tab, or another element of this page, has led the session meanwhile. Whether it has: then what
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
                self.list(options);
                true
            }
            Found::Changed(later) => {
                let revision = later.revision;
                let Some(later) = later.revived(device) else {
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
