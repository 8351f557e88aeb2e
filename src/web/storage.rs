//! What is remembered on this device: one entry per session, with a revision by which tabs and elements on the same one can
//! tell who has gone on with it.
//!
//! Storage may be denied, full, or hold anything at all. Reading then gives nothing and writing says so.

use super::page;
use crate::form;
use crate::session::Session;
use crate::sorted::sort_by;
use crate::time::Wall;
use js_sys::{JSON, Reflect};
use web_sys::Storage;

/// Every key of ours begins so; nothing else in the storage is ever touched.
const PREFIX: &str = "led-doctor:";

/// Which session was open last.
const OPEN: &str = "led-doctor:open";

/// A stored session is a few thousand characters; one of this size is not ours.
const LARGEST: usize = 200_000;

/// Storage that the person or the browser denies is not there.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn key(began: Wall) -> String {
    // Whole ms fit an integer exactly, and printing integers is small.
    [PREFIX, "session:", &(began.get() as u64).to_string()].concat()
}

/// Remembers a session, and that it is the one that is open. `false` when it will not be remembered.
#[must_use]
pub fn save(session: &mut Session) -> bool {
    let Some(storage) = storage() else {
        return false;
    };
    let value = super::node::value(&form::written(session));
    let Some(text) = JSON::stringify(&value).ok().map(String::from) else {
        return false;
    };
    let key = key(session.began);
    let kept = storage.set_item(&key, &text).is_ok() && storage.set_item(OPEN, &key).is_ok();
    changed();
    kept
}

/// The browser tells other pages that something was stored; this tells the other elements of this one.
fn changed() {
    page::tell("stored", "");
}

/// The session that was open last.
#[must_use]
pub fn open() -> Option<Session> {
    read(&storage()?, &storage()?.get_item(OPEN).ok()??)
}

/// No session is open any more; the sessions stay.
pub fn close() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(OPEN);
    }
}

/// The session that began then, as it is stored now: another tab may have gone on with it.
#[must_use]
pub fn begun(began: Wall) -> Option<Session> {
    read(&storage()?, &key(began))
}

/// How often the session that began then had changed when it was stored last.
#[must_use]
pub fn revision(began: Wall) -> Option<u32> {
    let text = storage()?.get_item(&key(began)).ok()??;
    let revision = Reflect::get(&JSON::parse(&text).ok()?, &"revision".into());
    revision.ok()?.as_f64().map(|revision| revision as u32)
}

/// All sessions, the latest first.
#[must_use]
pub fn all() -> Vec<Session> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let mut sessions: Vec<Session> = keys(&storage)
        .iter()
        .filter_map(|key| read(&storage, key))
        .collect();
    sort_by(&mut sessions, |a, b| a.touched > b.touched);
    sessions
}

/// Forgets one session.
pub fn discard(began: Wall) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(began));
        changed();
    }
}

/// Forgets everything that is ours.
pub fn forget() {
    if let Some(storage) = storage() {
        for key in keys(&storage) {
            let _ = storage.remove_item(&key);
        }
        changed();
    }
}

fn keys(storage: &Storage) -> Vec<String> {
    let count = storage.length().unwrap_or(0);
    (0..count)
        .filter_map(|at| storage.key(at).ok().flatten())
        .filter(|key| key.starts_with(PREFIX))
        .collect()
}

fn read(storage: &Storage, key: &str) -> Option<Session> {
    let text = storage
        .get_item(key)
        .ok()
        .flatten()
        .filter(|text| text.len() <= LARGEST)?;
    let value = JSON::parse(&text).ok()?;
    form::read(super::node::node(&value)).ok()
}
