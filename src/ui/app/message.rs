//! What the page gives the interface, and what happens on screen.

use crate::id::Id;
use crate::pack::Index;
use crate::session::{Action, Device, Session};
use crate::text::Texts;
use crate::time::{Millis, Wall};
use crate::web::load::{Brought, Loader};
use crate::web::page::Awake;
use crate::web::tell::Teller;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::{AttrValue, Properties};

/// What the page gives the interface.
#[derive(Properties)]
pub struct Options {
    /// The words.
    pub texts: Rc<Texts>,
    /// Their language.
    pub lang: AttrValue,
    /// The packs that are offered.
    pub index: Rc<Index>,
    /// Fetches a pack.
    pub load: Loader,
    /// The pack that the page names, or brings, cannot be had.
    pub refused: bool,
    /// The model of the first of them to begin with, where the page names one.
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
            && (&self.model, self.remember) == (&other.model, other.remember)
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
    /// The pack of the so manieth device that was asked for is there, or is not.
    Opened(u32, Rc<Cell<Option<(Device, Session)>>>),
    /// Back to the choice of devices.
    Leave,
    /// The devices that these words are about are looked for.
    Sought(String),
    /// The address of a pack is being typed.
    Typed(String),
    /// A pack is brought: a file, or what was typed.
    Bring(Option<JsValue>),
    /// It was checked, or could not be.
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
    /// An earlier session is to be forgotten, or not after all.
    Discard(Wall),
    /// Everything is to be forgotten.
    Forget,
}
