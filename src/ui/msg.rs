//! What happens on screen.

use crate::web::load::Brought;
use crate::web::page::Awake;
use led_doctor_core::id::Id;
use led_doctor_core::session::{Action, Device, Key, Session};
use led_doctor_core::time::Millis;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// A device, chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// The pack.
    pub pack: Id,
    /// The model.
    pub model: Id,
}

/// A device and its session, handed over once.
pub type Opened = Rc<Cell<Option<(Device, Session)>>>;

/// What happens on screen.
#[derive(Clone)]
pub enum Msg {
    /// Something is done to the session.
    Act(Action),
    /// A device was chosen, perhaps with a stored session to continue.
    Open(Chosen, Option<Key>),
    /// The pack of a device arrived, or cannot be had. The number identifies the request that it answers.
    Opened(u32, Opened),
    /// Back to the choice of devices.
    Leave,
    /// The words that devices are searched by changed.
    SearchChanged(String),
    /// The address of a pack of one's own is being typed.
    AddressTyped(String),
    /// A pack of one's own is to be tried: a file, or the address that was typed.
    TryPack(Option<JsValue>),
    /// It was checked, or could not be.
    PackTried(Rc<Brought>),
    /// A press of the pad, by the page's steady clock, and the light it was for where there is a pad for each.
    Pressed(Millis, Option<Id>),
    /// Its end.
    Released(Millis),
    /// A click of the pad: the echo of a press, or all that assistive technology sends.
    Clicked(Millis, Option<Id>),
    /// Time passed.
    Ticked,
    /// The page was hidden, or shown again.
    VisibilityChanged,
    /// Another tab, or another element of this page, stored something.
    StorageChanged,
    /// The network, the offline copy, or the permission for notifications changed.
    ConnectivityChanged,
    /// Pending events are dispatched and the session is stored now.
    Flush,
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
    WakeLockGranted(Rc<Awake>),
    /// The report is to be copied.
    Copy,
    /// It is to be handed to another app.
    Share,
    /// It is to be saved.
    Save,
    /// The case is to be shown on another phone.
    HandOver,
    /// The light is to be filmed: the page's own script does it.
    Film,
    /// What a film showed, as the page's script writes it.
    Filmed(Rc<str>),
    /// The verdict is to be read aloud, or no longer.
    Sound,
    /// All steps of a fix are wanted, or the next one alone.
    AllSteps,
    /// The printed card is wanted, or no longer.
    Card,
    /// The page is to be printed.
    Print,
    /// A notice is to be shown beside the report, by its key.
    Notice(&'static str),
    /// A stored session is to be forgotten, or not after all.
    Discard(Key),
    /// Everything is to be forgotten.
    Forget,
}
