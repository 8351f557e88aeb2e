//! Opening a device: the one that the page names, the one that was open, or one that is chosen.

use super::App;
use crate::ui::msg::{Chosen, Msg};
use crate::web::{clock, storage};
use led_doctor_core::id::Id;
use led_doctor_core::session::{Device, Key, Session};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::Context;

/// Begins where the page's options ask, or where the person was. Whether a device is being opened.
pub fn begin(ctx: &Context<App>) -> bool {
    let options = ctx.props();
    let stored = match options.session.take() {
        // Where the page's own device cannot be loaded, no other one is offered.
        None if options.remember && !options.refused => storage::open(),
        given => given,
    };
    // What is not offered here is not gone on with: a pack that was brought went with its page, and another page has others.
    let shelves = &options.index.packs;
    let stored = stored.filter(|stored| shelves.iter().any(|shelf| shelf.id == stored.pack));
    let pack = shelves.first().map(|shelf| shelf.id.clone());
    let model = options.model.as_deref().and_then(Id::new);
    let wanted = pack.zip(model).map(|(pack, model)| Chosen { pack, model });
    let was = stored.as_ref().map(|stored| Chosen {
        pack: stored.pack.clone(),
        model: stored.model.clone(),
    });
    let key = stored.as_ref().map(Session::key);
    options.session.set(stored);
    let opens = match (wanted, was) {
        (Some(wanted), Some(was)) if wanted == was => Msg::Open(was, key),
        // A link to another device begins that one; the other stays in the list of earlier ones.
        (Some(wanted), _) => Msg::Open(wanted, None),
        (None, Some(was)) => Msg::Open(was, key),
        (None, None) => return false,
    };
    ctx.link().send_message(opens);
    true
}

/// Loads the pack of what was chosen; `request` comes back with it.
pub fn open(ctx: &Context<App>, chosen: Chosen, key: Option<Key>, request: u32) {
    let (load, link) = (ctx.props().load.clone(), ctx.link().clone());
    let given = ctx.props().session.clone();
    spawn_local(async move {
        let pack = load.pack(chosen.pack.as_str()).await;
        let opened = pack
            .and_then(|pack| Device::new(pack, chosen.model.as_str()))
            .map(|device| {
                let given = given.take().filter(|given| Some(given.key()) == key);
                let session = given.or_else(|| key.and_then(storage::of));
                let session = session.and_then(|session| session.restored(&device));
                let session = session.unwrap_or_else(|| {
                    let Chosen { pack, model } = chosen;
                    Session::new(pack, model, clock::wall(), storage::random())
                });
                (device, session)
            });
        link.send_message(Msg::Opened(request, Rc::new(Cell::new(opened))));
    });
}

/// How far the opening of a device is.
#[derive(Clone, Copy, PartialEq)]
pub enum Opening {
    /// Nothing is on its way.
    Idle,
    /// A pack is on its way, and what will be shown is not known yet.
    Loading,
    /// A pack could not be had.
    Failed,
}
