//! What a language's typography requires and cannot be seen while writing: the build inserts it.

/// The words, or any JSON of them, as they are to be shown. French has a space before some signs, at which a line never breaks.
pub fn typeset(lang: &str, words: String) -> String {
    if lang.split('-').next() != Some("fr") {
        return words;
    }
    let narrow = |sign: &str| ([" ", sign].concat(), ["\u{202f}", sign].concat());
    let pairs = ["?", "!", ";"].map(narrow).into_iter().chain([
        (" :".to_owned(), "\u{a0}:".to_owned()),
        ("« ".to_owned(), "«\u{a0}".to_owned()),
        (" »".to_owned(), "\u{a0}»".to_owned()),
    ]);
    pairs.fold(words, |words, (from, to)| words.replace(&from, &to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_french_line_never_begins_with_a_sign() {
        let words = "Voyez « Mini » : est-ce fini ?";
        assert_eq!(
            typeset("fr", words.to_owned()),
            "Voyez «\u{a0}Mini\u{a0}»\u{a0}: est-ce fini\u{202f}?"
        );
        assert_eq!(typeset("de", words.to_owned()), words);
    }
}
