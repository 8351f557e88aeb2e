//! What is remembered on this device: one entry per session, with a revision by which tabs and elements on the same one can
//! tell who has continued it.
//!
//! Storage may be denied, full, or hold anything at all. Reading then gives nothing and writing reports it.

use super::page;
use js_sys::JSON;
use led_doctor_core::codec;
use led_doctor_core::session::{Key, Session};
use led_doctor_core::sorted::sort_by;
use wasm_bindgen::JsValue;
use web_sys::Storage;

/// What every key of ours begins with; nothing else in the storage is ever touched. An app that lies in a folder says a longer one
/// (`static/element/page.js`): two versions of it at one host are two.
fn prefix() -> String {
    page::saying("keys").unwrap_or_else(|| "led-doctor:".to_owned())
}

/// The key of which session was open last.
fn open_key() -> String {
    prefix() + "open"
}

/// A stored session is at most half of this many bytes (a test of the core holds that); a larger one is not ours.
const LARGEST: usize = 200_000;

/// Storage that the person or the browser denies is not there.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// What this tab alone remembers: which session is its own.
fn tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// Records for this tab and later ones which session is open; `None`: none.
fn set_open(storage: &Storage, name: Option<&str>) -> bool {
    let open = open_key();
    let set = |storage: &Storage| match name {
        // Mostly it is recorded already.
        Some(name) => {
            storage.get_item(&open).ok().flatten().as_deref() == Some(name)
                || storage.set_item(&open, name).is_ok()
        }
        None => storage.remove_item(&open).is_ok(),
    };
    tab().as_ref().map(set);
    set(storage)
}

fn name(key: Key) -> String {
    // Whole ms fit an integer exactly, and printing integers is small.
    let mut name = [&prefix(), "session:", &(key.began.get() as u64).to_string()].concat();
    // Sessions that were stored before have none.
    if key.nonce != 0 {
        name.push('-');
        name.push_str(&key.nonce.to_string());
    }
    name
}

/// A random number, never 0.
#[must_use]
pub fn random() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32 | 1
}

/// Remembers a session as a plain object, and that it is the one that is open. `false` when it will not be remembered. `own` distinguishes the
/// element that stores from the others of the page, which are notified.
#[must_use]
pub fn save(key: Key, plain: &JsValue, own: u32) -> bool {
    let Some(storage) = storage() else {
        return false;
    };
    let Some(text) = JSON::stringify(plain).ok().map(String::from) else {
        return false;
    };
    let name = name(key);
    let kept = storage.set_item(&name, &text).is_ok() && set_open(&storage, Some(&name));
    tell(own);
    kept
}

/// The browser notifies other pages that something was stored; this notifies the other elements of this one.
fn tell(own: u32) {
    page::tell("stored", &own.to_string());
}

/// The session that was open last in this tab; in a new tab, in any.
#[must_use]
pub fn open() -> Option<Session> {
    let storage = storage()?;
    let open = open_key();
    let of = |own: &Storage| own.get_item(&open).ok().flatten();
    let name = tab().as_ref().and_then(of).or_else(|| of(&storage))?;
    read(&storage, &name)
}

/// No session is open any more; the sessions stay.
pub fn close() {
    if let Some(storage) = storage() {
        set_open(&storage, None);
    }
}

/// The session of that key, as it is stored now.
#[must_use]
pub fn of(key: Key) -> Option<Session> {
    read(&storage()?, &name(key))
}

/// What became of a stored session.
pub enum Found {
    /// It is not there any more.
    Nothing,
    /// It is as it was.
    Same,
    /// Somebody else went on with it.
    Changed(Box<Session>),
}

/// What became of the session of that key since it was stored, or read, at this revision.
#[must_use]
pub fn changed_since(key: Key, revision: u32) -> Found {
    let Some(storage) = storage() else {
        return Found::Nothing;
    };
    let name = name(key);
    let Some(text) = storage.get_item(&name).ok().flatten() else {
        return Found::Nothing;
    };
    // The two fields that every record begins with: most times they are all that has to be looked at.
    let same = ["{\"format\":1,\"revision\":", &revision.to_string(), ","].concat();
    if text.starts_with(&same) {
        return Found::Same;
    }
    parsed(&text).map_or(Found::Same, |later| Found::Changed(Box::new(later)))
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
pub fn discard(key: Key, own: u32) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&name(key));
        tell(own);
    }
}

/// Forgets everything that is ours.
pub fn forget(own: u32) {
    if let Some(storage) = storage() {
        set_open(&storage, None);
        for key in keys(&storage) {
            let _ = storage.remove_item(&key);
        }
        tell(own);
    }
}

fn keys(storage: &Storage) -> Vec<String> {
    let count = storage.length().unwrap_or(0);
    let prefix = prefix();
    (0..count)
        .filter_map(|at| storage.key(at).ok().flatten())
        .filter(|key| {
            let rest = key.strip_prefix(&prefix);
            // That of an app in a folder continues with its path.
            rest.is_some_and(|rest| !rest.starts_with('/'))
        })
        .collect()
}

fn read(storage: &Storage, name: &str) -> Option<Session> {
    parsed(&storage.get_item(name).ok().flatten()?)
}

fn parsed(text: &str) -> Option<Session> {
    if text.len() > LARGEST {
        return None;
    }
    let value = JSON::parse(text).ok()?;
    codec::decode(super::node::node(&value)).ok()
}
