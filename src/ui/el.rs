//! Elements, built by calls.

use std::rc::Rc;
use yew::virtual_dom::{Key, Listener, ListenerKind, VNode, VTag, VText};
use yew::{AttrValue, Callback, Html, NodeRef};

/// An element under construction. Boxed: it is handed from call to call, and a pointer is what is cheap to hand on.
pub struct El(Box<VTag>);

/// An element of that tag.
pub fn el(tag: &'static str) -> El {
    El(Box::new(VTag::new(AttrValue::Static(tag))))
}

/// An element of that tag and class.
pub fn classed(tag: &'static str, class: &'static str) -> El {
    el(tag).set("class", class)
}

impl El {
    /// Sets an attribute to a fixed value.
    #[inline(never)]
    pub fn set(mut self, name: &'static str, value: &'static str) -> El {
        self.0.add_attribute(name, AttrValue::Static(value));
        self
    }

    /// Sets several attributes to fixed values.
    pub fn sets(self, pairs: &[(&'static str, &'static str)]) -> El {
        pairs
            .iter()
            .fold(self, |el, (name, value)| el.set(name, value))
    }

    /// Sets an attribute.
    #[inline(never)]
    pub fn attr(mut self, name: &'static str, value: &str) -> El {
        self.0.add_attribute(name, AttrValue::Rc(value.into()));
        self
    }

    /// Sets an attribute to a whole number.
    pub fn number(self, name: &'static str, value: i32) -> El {
        self.attr(name, &value.to_string())
    }

    /// The name by which tests find it.
    pub fn test(self, id: &'static str) -> El {
        self.set("data-testid", id)
    }

    /// Distinguishes it from its siblings, so that it stays the same element when they come and go.
    #[inline(never)]
    pub fn key(mut self, key: &str) -> El {
        self.0.key = Some(Key::from(key));
        self
    }

    /// Adds text.
    #[inline(never)]
    pub fn text(self, text: &str) -> El {
        self.node(VNode::VText(VText::new(AttrValue::Rc(text.into()))))
    }

    /// Adds an element.
    #[inline(never)]
    pub fn with(self, child: El) -> El {
        self.node(child.into())
    }

    /// Adds an element or, to keep its siblings what they are, its empty place.
    #[inline(never)]
    pub fn maybe(self, child: Option<El>) -> El {
        self.node(child.map_or_else(VNode::default, VNode::from))
    }

    /// Adds elements. Those that come and go should have keys.
    pub fn list(mut self, children: impl IntoIterator<Item = El>) -> El {
        for child in children {
            self = self.with(child);
        }
        self
    }

    #[inline(never)]
    fn node(mut self, child: Html) -> El {
        self.0.add_child(child);
        self
    }

    /// Gives an input its text.
    pub fn value(mut self, value: &str) -> El {
        self.0.set_value(AttrValue::Rc(value.into()));
        self
    }

    /// Checks or unchecks an input.
    pub fn checked(mut self, checked: bool) -> El {
        self.0.set_checked(checked);
        self
    }

    /// Calls `hear` for each event of that kind.
    #[inline(never)]
    pub fn on(mut self, kind: Heard, hear: Callback<web_sys::Event>) -> El {
        self.0.add_listener(Rc::new(On { kind, hear }));
        self
    }

    /// Remembers its place in the document.
    pub fn at(mut self, place: &NodeRef) -> El {
        self.0.node_ref = place.clone();
        self
    }

    /// Calls `hear` when it is pressed.
    pub fn click(self, hear: Callback<web_sys::Event>) -> El {
        self.on(Heard::Click, hear)
    }
}

impl From<El> for Html {
    fn from(el: El) -> Html {
        VNode::VTag(Rc::from(el.0))
    }
}

/// What an element can listen for.
#[derive(Clone, Copy)]
pub enum Heard {
    Blur,
    Change,
    Click,
    ContextMenu,
    Input,
    KeyDown,
    KeyUp,
    PointerCancel,
    PointerDown,
    PointerUp,
}

/// A listener of any kind.
struct On {
    kind: Heard,
    hear: Callback<web_sys::Event>,
}

impl Listener for On {
    fn kind(&self) -> ListenerKind {
        match self.kind {
            Heard::Blur => ListenerKind::onblur,
            Heard::Change => ListenerKind::onchange,
            Heard::Click => ListenerKind::onclick,
            Heard::ContextMenu => ListenerKind::oncontextmenu,
            Heard::Input => ListenerKind::oninput,
            Heard::KeyDown => ListenerKind::onkeydown,
            Heard::KeyUp => ListenerKind::onkeyup,
            Heard::PointerCancel => ListenerKind::onpointercancel,
            Heard::PointerDown => ListenerKind::onpointerdown,
            Heard::PointerUp => ListenerKind::onpointerup,
        }
    }

    fn handle(&self, event: web_sys::Event) {
        self.hear.emit(event);
    }

    fn passive(&self) -> bool {
        false
    }
}
