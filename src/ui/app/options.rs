//! What the page gives the interface.

use crate::web::host::Host;
use crate::web::load::Loader;
use led_doctor_core::pack::Index;
use led_doctor_core::session::Session;
use led_doctor_core::text::Texts;
use std::cell::Cell;
use std::rc::Rc;
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
    /// Where the page takes tickets: an address of `https` or `mailto`, with `{title}` and `{body}` in it.
    pub ticket: Option<String>,
    /// Whether to remember on this device.
    pub remember: bool,
    /// A session to continue: an element that was taken out of the page and put in again loses nothing.
    pub session: Rc<Cell<Option<Session>>>,
    /// Receives the events of the session.
    pub host: Option<Host>,
}

impl PartialEq for Options {
    fn eq(&self, other: &Options) -> bool {
        Rc::ptr_eq(&self.texts, &other.texts)
            && Rc::ptr_eq(&self.index, &other.index)
            && (&self.model, self.remember) == (&other.model, other.remember)
    }
}
