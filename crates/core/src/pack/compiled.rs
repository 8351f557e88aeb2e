//! What a light does, as plain data: the form in which the build hands rhythms to the page.
//!
//! People write rhythms in the notation. Its parser, with all its messages, would be a twentieth of the
//! page's program, so the build has read them before. What is not stated about a flash is left out.

use crate::choices;
use crate::codec::{self, Codec, Record};
use crate::node::Node;
use crate::pack::Pack;
use crate::rhythm::{Flash, Flashes, Group, Layer, Show, Span};

/// A checked pack as plain data, its rhythms read: what the page takes.
#[must_use]
pub fn pack(pack: &Pack) -> Node {
    let mut file = pack.file().clone();
    for (id, model) in file.model.entries_mut() {
        // A model that is like another has no own signals in the file.
        for (signal, about) in model.signal.entries_mut() {
            if let Some(entry) = pack.signal(id.as_str(), signal.as_str()) {
                about.layers.clone_from(&entry.layers);
            }
        }
    }
    for fix in file.fix.parts_mut() {
        for step in fix.step.parts_mut() {
            step.show = None;
        }
    }
    lean(codec::encode(&mut file))
}

/// Leaves out empty values: a missing value is read as empty.
#[must_use]
pub fn lean(node: Node) -> Node {
    match node {
        Node::Table(fields) => {
            let fields = fields.into_iter().map(|(name, node)| (name, lean(node)));
            Node::Table(fields.filter(|(_, node)| !node.is_empty()).collect())
        }
        Node::List(nodes) => Node::List(nodes.into_iter().map(lean).collect()),
        node => node,
    }
}

/// What a light does all the time.
#[derive(Clone, Copy, PartialEq, Default)]
enum Still {
    #[default]
    Dark,
    Steady,
}

choices!(Still {
    "dark": Dark,
    "steady": Steady,
});
// Nothing is written of a flash of any length.
choices!(Flash {
    "short": Short,
    "long": Long,
    "pulse": Pulse,
    "burst": Burst,
});

impl Record for Layer {
    fn fields(&mut self, codec: &mut Codec) {
        let Layer { light, show } = self;
        let (mut is, mut flashes) = match std::mem::replace(show, Show::Dark) {
            Show::Dark => (Some(Still::Dark), Flashes::default()),
            Show::Steady => (Some(Still::Steady), Flashes::default()),
            Show::Flashes(flashes) => (None, flashes),
        };
        codec.optional("light", light);
        codec.optional("is", &mut is);
        codec.optional("inverse", &mut flashes.inverse);
        codec.optional("among", &mut flashes.among);
        codec.optional("intro", &mut flashes.intro);
        codec.optional("cycle", &mut flashes.cycle);
        *show = match is {
            Some(Still::Dark) => Show::Dark,
            Some(Still::Steady) => Show::Steady,
            None => Show::Flashes(flashes),
        };
    }
}

impl Record for Group {
    fn fields(&mut self, codec: &mut Codec) {
        let Group {
            flash,
            light,
            count,
            lit,
            every,
            rest,
        } = self;
        codec.optional("flash", flash);
        codec.optional("light", light);
        codec.optional("count", count);
        codec.optional("lit", lit);
        codec.optional("every", every);
        codec.optional("rest", rest);
    }
}

impl Record for Span {
    fn fields(&mut self, codec: &mut Codec) {
        let mut stated = match *self {
            Span::Stated(from, to) => Some((from, to)),
            Span::Unstated => None,
        };
        stated.fields(codec);
        *self = stated.map_or(Span::Unstated, |(from, to)| Span::Stated(from, to));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::pack::notation;

    #[test]
    fn what_is_written_is_read_back() {
        for show in [
            "dark",
            "dip x2 every 3s",
            "pulse x3, pause, short x2, repeat",
            "burst x3, repeat after 8s",
            "red/blue alternate",
            "blue: steady + green: blink",
            "long x2, short x3, repeat among others",
            "long x3..5 then short every 3s",
            "red long x3, pause 1s, white short x2, repeat after 2s",
        ] {
            let layers = notation::parse(show, &|_| true).map_err(|fault| (show, fault.what));
            let layers = layers.unwrap();
            let node = codec::encode(&mut layers.clone());
            let Node::List(items) = &node else {
                unreachable!("{show}")
            };
            assert_eq!(items.len(), layers.len());
            let back: Vec<Layer> = crate::codec::decode(node).map_err(|_| show).unwrap();
            assert_eq!(back, layers, "{show}");
        }
    }
}
