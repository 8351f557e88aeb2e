//! Sorting of short lists.
//!
//! The standard library's sorts are made for long ones: each use is several thousand bytes of wasm, and there are few long
//! lists here. Lists that are nearly in order, as taps are, take one pass.

/// Puts the items in the order of `before`, keeping equal ones as they are.
pub fn sort_by<T>(items: &mut [T], before: impl Fn(&T, &T) -> bool) {
    for end in 1..items.len() {
        let mut at = end;
        while at > 0 && matches!(items.get(at - 1..=at), Some([left, right]) if before(right, left))
        {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sort_by;

    #[test]
    fn equal_items_keep_their_places() {
        let mut items = [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        sort_by(&mut items, |a, b| a.0 < b.0);
        assert_eq!(items, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }
}
