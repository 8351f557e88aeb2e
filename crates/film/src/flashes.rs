//! From edges to flashes: what an observer of the light reports.

use crate::reader::Reading;

/// A stretch of which nothing is known hides no flash where it is as short as this, in ms (assumed).
const HIDES_NOTHING: f64 = 150.0;

/// The flashes that were seen to begin, in the longest stretch of which everything is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flashes {
    /// When each came on, in ms since the stretch began, and how long it was lit; `None` where its end was not seen.
    pub lit: Vec<(f64, Option<f64>)>,
    /// How long the stretch is, in ms.
    pub until: f64,
}

impl Reading {
    /// The flashes of this reading.
    #[must_use]
    pub fn flashes(&self) -> Flashes {
        let (from, to) = self.known();
        let mut lit = Vec::new();
        let mut began: Option<f64> = None;
        for edge in self
            .edges
            .iter()
            .filter(|edge| (from..=to).contains(&edge.at))
        {
            match (edge.on, began.take()) {
                (true, _) => began = Some(edge.at),
                (false, Some(at)) => lit.push((at - from, Some(edge.at - at))),
                // Lit when it was first seen: when it came on is not known.
                (false, None) => {}
            }
        }
        if let Some(at) = began {
            lit.push((at - from, None));
        }
        Flashes {
            lit,
            until: to - from,
        }
    }

    /// The longest stretch of which everything is known, in ms. A flash may hide in what is unknown.
    #[must_use]
    pub fn known(&self) -> (f64, f64) {
        let mut begin = self.span.0;
        let mut best = (begin, begin);
        let ends = self
            .unknown
            .iter()
            .filter(|(from, to)| to - from > HIDES_NOTHING);
        for (from, to) in ends.copied().chain([(self.span.1, self.span.1)]) {
            if from - begin > best.1 - best.0 {
                best = (begin, from);
            }
            begin = to;
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::Colour;
    use crate::reader::Edge;

    fn reading(edges: &[(f64, bool)], unknown: Vec<(f64, f64)>) -> Reading {
        let edge = |(at, on): &(f64, bool)| Edge {
            at: *at,
            on: *on,
            within: 2.0,
        };
        Reading {
            frames: 300,
            rate: 30.0,
            edges: edges.iter().map(edge).collect(),
            unknown,
            contrast: 80.0,
            ratio: 100.0,
            colour: Colour::Red,
            at: (0.0, 0.0),
            others: Vec::new(),
            span: (0.0, 10_000.0),
        }
    }

    #[test]
    fn a_flash_that_was_lit_from_the_first_is_none_and_one_without_an_end_has_no_length() {
        let edges = [
            (200.0, false),
            (1000.0, true),
            (1100.0, false),
            (4000.0, true),
        ];
        let flashes = reading(&edges, Vec::new()).flashes();
        assert_eq!(flashes.lit, [(1000.0, Some(100.0)), (4000.0, None)]);
        assert_eq!(flashes.until, 10_000.0);
    }

    #[test]
    fn what_is_unknown_parts_the_film_and_the_longer_part_counts() {
        let edges = [
            (500.0, true),
            (600.0, false),
            (6000.0, true),
            (6100.0, false),
        ];
        let flashes = reading(&edges, vec![(1000.0, 3000.0)]).flashes();
        assert_eq!(flashes.lit, [(3000.0, Some(100.0))]);
        assert_eq!(flashes.until, 7000.0);
        // Too short to hide one.
        let whole = reading(&edges, vec![(1000.0, 1100.0)]).flashes();
        assert_eq!(whole.lit.len(), 2);
    }
}
