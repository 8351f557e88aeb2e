//! What is wrong with data from outside, where, and how to fix it.

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The part of the pack, its ids joined by dots: `model.outdoor.signal.offline.show`.
    pub path: String,
    /// Where in that part's text, in bytes.
    pub at: Option<usize>,
    /// What was found there, where that helps.
    pub found: Option<String>,
    /// What is wrong.
    pub what: &'static str,
    /// How to remedy it.
    pub remedy: &'static str,
}

/// How many problems are reported at most: more than people fix at once, and a hostile file must not cost memory.
pub const MOST_PROBLEMS: usize = 100;
