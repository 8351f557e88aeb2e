//! A small table: parts by id, in the order in which they were written.

use crate::codec::{Codec, Record};
use crate::id::Id;

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
impl<T: Record + Default> Record for Keyed<T> {
    fn fields(&mut self, codec: &mut Codec) {
        let count = codec.keyed(self.0.len());
        while self.0.len() < count {
            self.0.push(Default::default());
        }
        for (at, (id, part)) in self.0.iter_mut().enumerate() {
            codec.entry(at, id, part);
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
