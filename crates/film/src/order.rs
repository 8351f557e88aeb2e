//! Sorting. The standard library's sorts are several thousand bytes of wasm for each kind of item; a page fetches this program on mobile data.

/// Puts the items in the order of `before` (Shell's method). Equal items may change places.
pub fn sort_by<T>(items: &mut [T], before: impl Fn(&T, &T) -> bool) {
    let mut gap = items.len() / 2;
    while gap > 0 {
        for end in gap..items.len() {
            let mut at = end;
            while let Some(left) = at.checked_sub(gap)
                && let (Some(one), Some(other)) = (items.get(left), items.get(at))
                && before(other, one)
            {
                items.swap(left, at);
                at = left;
            }
        }
        gap = if gap == 2 { 1 } else { gap * 5 / 11 };
    }
}

#[cfg(test)]
mod tests {
    use super::sort_by;

    #[test]
    fn many_items_come_into_order() {
        for count in [0, 1, 2, 3, 10, 100, 1000] {
            let mut items: Vec<u32> = (0..count).map(|n| (n * 7919 + 13) % 1009).collect();
            let mut wanted = items.clone();
            wanted.sort_unstable();
            sort_by(&mut items, |a, b| a < b);
            assert_eq!(items, wanted);
        }
    }
}
