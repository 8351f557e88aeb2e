//! A small table: parts by id, in the order in which they were written.

use crate::form::{Form, Part};
use crate::id::Id;
use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// The most parts that are read.
pub const MOST_PARTS: usize = 256;

/// Parts by id. Order is kept, because the order of steps and models is content. Look-up is linear: tables are small, and
/// a tree would be a large part of the wasm.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyed<T>(Vec<(Id, T)>);

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Keyed(Vec::new())
    }
}

impl<T> Keyed<T> {
    /// The part of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&T> {
        self.iter()
            .find_map(|(key, part)| (key == id).then_some(part))
    }

    /// All parts, in written order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Id, &T)> + ExactSizeIterator {
        self.0.iter().map(|(id, part)| (id, part))
    }

    /// All parts, to be changed.
    pub fn parts_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, part)| part)
    }

    /// All parts with their ids, the parts to be changed.
    pub fn entries_mut(&mut self) -> impl Iterator<Item = (&Id, &mut T)> {
        self.0.iter_mut().map(|(id, part)| (&*id, part))
    }

    /// The ids, in written order.
    pub fn ids(&self) -> impl Iterator<Item = &Id> {
        self.iter().map(|(id, _)| id)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is a part of that id.
    #[must_use]
    pub fn contains_key(&self, id: &Id) -> bool {
        self.get(id.as_str()).is_some()
    }

    /// Puts a part in, in the place of the one of that id if there is one.
    pub fn insert(&mut self, id: Id, part: T) {
        match self.0.iter_mut().find(|(key, _)| *key == id) {
            Some((_, old)) => *old = part,
            None => self.0.push((id, part)),
        }
    }

    /// Takes the part of that id out.
    pub fn remove(&mut self, id: &Id) {
        self.0.retain(|(key, _)| key != id);
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Empty where it is missing.
impl<T: Part + Default> Part for Keyed<T> {
    fn pass(&mut self, form: &mut Form) {
        let count = form.keyed(self.0.len());
        while self.0.len() < count {
            self.0.push(Default::default());
        }
        for (at, (id, part)) in self.0.iter_mut().enumerate() {
            form.entry(at, id, part);
        }
    }
}

impl<T> FromIterator<(Id, T)> for Keyed<T> {
    fn from_iter<I: IntoIterator<Item = (Id, T)>>(parts: I) -> Self {
        Keyed(parts.into_iter().collect())
    }
}

impl<'a, T> IntoIterator for &'a Keyed<T> {
    type Item = &'a (Id, T);
    type IntoIter = std::slice::Iter<'a, (Id, T)>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Serialize> Serialize for Keyed<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.len()))?;
        for (id, part) in self.iter() {
            map.serialize_entry(id, part)?;
        }
        map.end()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Keyed<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Table<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Table<T> {
            type Value = Keyed<T>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a table of parts by id")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keyed<T>, A::Error> {
                let mut parts = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    parts.push(entry);
                    // Stop early: what comes from a stranger may have a million.
                    if parts.len() > MOST_PARTS {
                        return Err(serde::de::Error::custom("too many parts: keep to 256"));
                    }
                }
                Ok(Keyed(parts))
            }
        }
        from.deserialize_map(Table(PhantomData))
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Keyed<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("{}ById", T::schema_name()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let part = generator.subschema_for::<T>();
        schemars::json_schema!({
            "type": "object",
            "propertyNames": { "pattern": "^[a-z0-9-]{1,32}$" },
            "additionalProperties": part
        })
    }
}
