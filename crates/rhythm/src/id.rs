//! Names of signals, questions, answers and lights.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// The name of a signal, a question, an answer or a light: 1 to 32 of `a-z`, `0-9` and `-`. Cheap to clone.
///
/// The default is empty: it is used where none was read yet, and nothing is ever named so.
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
