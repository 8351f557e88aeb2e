//! Search for words that tolerates one typing error.
//!
//! Not a library of edit distances: the smallest ones are several hundred bytes of wasm, and take allocations for each pair. One error is
//! the most that a short list of devices allows before everything matches everything.

/// Shorter words than this are taken as they are, in bytes.
const LONG_ENOUGH: usize = 4;

/// Whether the text has the word in it, or a word that begins like it with one error: a letter too many, too few, another one, or two
/// neighbours in the wrong order. Both in small letters. It goes by bytes: tables of letters are large, and an error in a letter that has
/// several is not tolerated.
#[must_use]
pub fn mentions(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    word.is_empty()
        || text.windows(word.len()).any(|part| part == word)
        || word.len() >= LONG_ENOUGH
            && text
                .split(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric())
                .any(|own| begins_nearly(own, word))
}

/// Whether `own` begins with `word` with one error.
fn begins_nearly(own: &[u8], word: &[u8]) -> bool {
    let same = own.iter().zip(word).take_while(|(a, b)| a == b).count();
    let (own, word) = (
        own.get(same..).unwrap_or(&[]),
        word.get(same..).unwrap_or(&[]),
    );
    let (own_next, word_next) = (own.get(1..).unwrap_or(&[]), word.get(1..).unwrap_or(&[]));
    // A letter too few, too many, or another one.
    if own.starts_with(word_next) || own_next.starts_with(word) || own_next.starts_with(word_next) {
        return true;
    }
    match (own, word) {
        // Two neighbours in the wrong order.
        ([a, b, own @ ..], [c, d, word @ ..]) => a == d && b == c && own.starts_with(word),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::mentions;

    const TEXT: &str = "blink battery camera: indoor, outdoor, xt2. security camera";

    #[test]
    fn parts_of_words_and_slips_are_found() {
        for word in [
            "", "out", "outdoor", "outdor", "outdooor", "uotdoor", "outdpor", "camra", "securty",
            "batery", "xt2",
        ] {
            assert!(mentions(TEXT, word), "{word}");
        }
    }

    #[test]
    fn other_words_and_short_slips_are_not() {
        for word in ["printer", "honda", "xt4", "cab", "otudor", "laptop"] {
            assert!(!mentions(TEXT, word), "{word}");
        }
    }
}
