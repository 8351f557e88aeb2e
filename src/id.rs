//! Names that packs give to their parts.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A name of a part of a pack: 1 to 32 of `a-z`, `0-9` and `-`. Cheap to clone.
///
/// The default one is empty: it stands where none was read yet, and nothing is ever called so.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl Id {
    /// `None` when the text is no id.
    #[must_use]
    pub fn new(text: &str) -> Option<Id> {
        let fits = (1..=32).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        fits.then(|| Id(text.into()))
    }

    /// The id as it is written in the pack.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Clone for Id {
    // Not inlined either: ids are handed on everywhere.
    #[inline(never)]
    fn clone(&self) -> Id {
        Id(Arc::clone(&self.0))
    }
}

impl Default for Id {
    // Not inlined: every record that is read begins with some of these.
    #[inline(never)]
    fn default() -> Id {
        Id(Arc::default())
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Id, D::Error> {
        let text = String::deserialize(from)?;
        Id::new(&text).ok_or_else(|| {
            serde::de::Error::custom("an id is 1 to 32 lower-case letters, digits and hyphens")
        })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Id {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[a-z0-9-]{1,32}$" })
    }
}
