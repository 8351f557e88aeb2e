//! Elements, built by calls.

use std::rc::Rc;
use yew::virtual_dom::{Key, Listener, ListenerKind, VNode, VTag, VText};
use yew::{AttrValue, Callback, Html, NodeRef};

/// An element under construction.
pub struct El(VTag);

/// An element of that tag.
pub fn el(tag: &'static str) -> El {
    El(VTag::new(AttrValue::Static(tag)))
}

/// An element of that tag and class.
pub fn classed(tag: &'static str, class: &'static str) -> El {
    let mut el = el(tag);
    el.0.add_attribute("class", AttrValue::Static(class));
    el
}

impl El {
    /// Sets an attribute to a fixed value.
    pub fn set(mut self, name: &'static str, value: &'static str) -> El {
        self.0.add_attribute(name, AttrValue::Static(value));
        self
    }

    /// Sets several attributes to fixed values.
    pub fn sets(mut self, pairs: &[(&'static str, &'static str)]) -> El {
        for (name, value) in pairs {
            self.0.add_attribute(name, AttrValue::Static(value));
        }
        self
    }

    /// Sets an attribute.
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

    /// Tells it from its siblings, so that it stays the same element when they come and go.
    pub fn key(mut self, key: &str) -> El {
        self.0.key = Some(Key::from(key));
        self
    }

    /// Adds text.
    pub fn text(self, text: &str) -> El {
        self.node(VNode::VText(VText::new(AttrValue::Rc(text.into()))))
    }

    /// Adds an element.
    pub fn with(self, child: El) -> El {
        self.node(child.into())
    }

    /// Adds an element or, to keep its siblings what they are, its empty place.
    pub fn maybe(self, child: Option<El>) -> El {
        self.node(child.map_or_else(VNode::default, VNode::from))
    }

    /// Adds a list of elements that come and go, in a place of its own. Each should have a key.
    pub fn list(self, children: Vec<El>) -> El {
        children.into_iter().fold(self, El::with)
    }

    fn node(mut self, child: Html) -> El {
        self.0.add_child(child);
        self
    }

    /// Checks or unchecks an input.
    pub fn checked(mut self, checked: bool) -> El {
        self.0.set_checked(checked);
        self
    }

    /// Calls `hear` for each event of that kind.
    pub fn on(mut self, kind: ListenerKind, hear: Callback<web_sys::Event>) -> El {
        self.0.add_listener(Rc::new(On { kind, hear }));
        self
    }

    /// Remembers where it stands in the document.
    pub fn at(mut self, place: &NodeRef) -> El {
        self.0.node_ref = place.clone();
        self
    }

    /// Calls `hear` when it is pressed.
    pub fn click(self, hear: Callback<web_sys::Event>) -> El {
        self.on(ListenerKind::onclick, hear)
    }
}

impl From<El> for Html {
    fn from(el: El) -> Html {
        VNode::VTag(Rc::new(el.0))
    }
}

/// A listener of any kind.
struct On {
    kind: ListenerKind,
    hear: Callback<web_sys::Event>,
}

impl Listener for On {
    fn kind(&self) -> ListenerKind {
        self.kind.clone()
    }

    fn handle(&self, event: web_sys::Event) {
        self.hear.emit(event);
    }

    fn passive(&self) -> bool {
        false
    }
}
