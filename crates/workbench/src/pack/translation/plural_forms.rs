//! The plural forms that languages have, as CLDR gives them.

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use std::collections::BTreeSet;
use unic_langid::LanguageIdentifier;

/// The plural form that a language has for a number of things; where it is not known, `other`.
fn form(rules: Option<&PluralRules>, n: u32) -> &'static str {
    rules
        .and_then(|rules| rules.select(n).ok())
        .map_or("other", named)
}

fn named(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::ZERO => "zero",
        PluralCategory::ONE => "one",
        PluralCategory::TWO => "two",
        PluralCategory::FEW => "few",
        PluralCategory::MANY => "many",
        PluralCategory::OTHER => "other",
    }
}

fn rules(lang: &str) -> Option<PluralRules> {
    let of = |tag: &str| {
        let tag: LanguageIdentifier = tag.parse().ok()?;
        PluralRules::create(tag, PluralRuleType::CARDINAL).ok()
    };
    // What is known of `pt` holds for `pt-BR`.
    of(lang).or_else(|| of(lang.split_once('-')?.0))
}

/// The plural forms that a language has for whole numbers of things, up to a thousand, and `other`, which serves parts of one.
pub fn forms(lang: &str) -> Vec<&'static str> {
    let rules = rules(lang);
    let forms = (0..=1000).map(|n| form(rules.as_ref(), n));
    let forms: BTreeSet<&str> = forms.chain(["other"]).collect();
    forms.into_iter().collect()
}

/// Whether a language has this form for any number: a million, or a part, too.
pub fn may_have(lang: &str, form: &str) -> bool {
    let rules = rules(lang);
    let rare = |n: f64| rules.as_ref().and_then(|rules| rules.select(n).ok());
    forms(lang).contains(&form)
        || [0.5, 1.5, 2.5, 1e6]
            .into_iter()
            .filter_map(rare)
            .any(|category| named(category) == form)
}

/// Some numbers that take this form.
pub fn examples(lang: &str, wanted: &str) -> String {
    let rules = rules(lang);
    let some: Vec<String> = (0..=1000)
        .filter(|n| form(rules.as_ref(), *n) == wanted)
        .take(6)
        .map(|n| n.to_string())
        .collect();
    if some.is_empty() {
        "parts, such as 1.5".into()
    } else {
        some.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_the_forms_that_cldr_gives_them() {
        assert_eq!(forms("ja"), ["other"]);
        assert_eq!(forms("de"), ["one", "other"]);
        assert_eq!(forms("pt-BR"), ["one", "other"]);
        assert_eq!(forms("pl"), ["few", "many", "one", "other"]);
        assert!(may_have("cs", "many") && !may_have("pl", "two"));
        assert_eq!(examples("pl", "few"), "2, 3, 4, 22, 23, 24");
        assert_eq!(examples("pl", "other"), "parts, such as 1.5");
        assert_eq!(forms("ar"), ["few", "many", "one", "other", "two", "zero"]);
    }
}
