//! Collects the problems of a pack while walking through it.

use crate::problem::{MOST_PROBLEMS, Problem};

/// Collects problems while walking through a pack, with the path from its root to the current part.
#[derive(Default)]
pub(crate) struct Finder<'a> {
    way: Vec<&'a str>,
    pub(crate) problems: Vec<Problem>,
}

impl<'a> Finder<'a> {
    /// Looks at the part of that name.
    pub(crate) fn inside<T>(&mut self, name: &'a str, look: impl FnOnce(&mut Self) -> T) -> T {
        self.way.push(name);
        let result = look(self);
        self.way.pop();
        result
    }

    /// Notes a problem of the current part.
    pub(crate) fn problem(
        &mut self,
        at: Option<usize>,
        found: &str,
        what: &'static str,
        remedy: &'static str,
    ) {
        if self.problems.len() < MOST_PROBLEMS {
            let found = (!found.is_empty()).then(|| found.chars().take(40).collect());
            self.problems.push(Problem {
                path: self.way.join("."),
                at,
                found,
                what,
                remedy,
            });
        }
    }

    /// Notes a problem of the field of that name unless all is well.
    pub(crate) fn check(
        &mut self,
        well: bool,
        field: &'a str,
        found: &str,
        what: &'static str,
        remedy: &'static str,
    ) {
        if !well {
            self.inside(field, |f| f.problem(None, found, what, remedy));
        }
    }
}
