//! What every stage is drawn from.

use crate::id::Id;
use crate::session::{Action, Device, Session};
use crate::text::Texts;
use std::rc::Rc;
use yew::{AttrValue, Callback, Properties};

/// The words, the device, the session, and the way to change it.
#[derive(Clone)]
pub struct Scene {
    /// The words.
    pub texts: Rc<Texts>,
    /// Their language.
    pub lang: AttrValue,
    /// The device.
    pub device: Device,
    /// Where its session stands.
    pub session: Rc<Session>,
    /// Sends an action.
    pub send: Callback<Action>,
}

impl PartialEq for Scene {
    fn eq(&self, other: &Scene) -> bool {
        Rc::ptr_eq(&self.session, &other.session)
            && Rc::ptr_eq(&self.texts, &other.texts)
            && self.device == other.device
            && self.send == other.send
    }
}

/// The properties of a stage.
#[derive(Properties, PartialEq)]
pub struct SceneProps {
    /// The scene.
    pub scene: Scene,
}

impl Scene {
    /// The words of a key.
    pub fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key)
    }

    /// The words of a key, for an attribute.
    pub fn attr(&self, key: &str) -> AttrValue {
        AttrValue::from(self.texts.get(key).to_owned())
    }

    /// A callback that sends the action.
    pub fn on<E: 'static>(&self, action: Action) -> Callback<E> {
        let send = self.send.clone();
        Callback::from(move |_: E| send.emit(action.clone()))
    }

    /// The short names of two signals.
    pub fn names<'a>(&'a self, pair: &'a (Id, Id)) -> (&'a str, &'a str) {
        (
            self.device.signal_name(&pair.0),
            self.device.signal_name(&pair.1),
        )
    }
}
