//! The words of the interface, by key, in the language that was loaded.
//!
//! Words are data: `text/<language>.toml` holds them, and the code contains no sentence.

use crate::pack::Danger;
use crate::time::within;

/// The key of the warning of a danger; where its kind is not known, the one that names several.
#[must_use]
pub fn warning(danger: Option<Danger>) -> &'static str {
    match danger {
        None => "stop.text",
        Some(Danger::Gas) => "stop.gas",
        Some(Danger::CarbonMonoxide) => "stop.carbon-monoxide",
        Some(Danger::Mains) => "stop.mains",
        Some(Danger::Fire) => "stop.fire",
    }
}

/// The words of one language.
pub struct Texts {
    by_key: Vec<(String, String)>,
    /// Which plural form a number takes: `one`, `few`, `other`, …, as Unicode CLDR names them.
    plural: Box<dyn Fn(f64) -> String>,
}

impl Texts {
    /// Words by dotted key, and the language's plural rule.
    #[must_use]
    pub fn new(by_key: Vec<(String, String)>, plural: impl Fn(f64) -> String + 'static) -> Texts {
        Texts {
            by_key,
            plural: Box::new(plural),
        }
    }

    /// A hundred and some entries, looked through in order: a map would be larger than the time is long.
    fn find(&self, key: &str) -> Option<&str> {
        self.by_key
            .iter()
            .find(|(own, _)| own == key)
            .map(|(_, words)| words.as_str())
    }

    /// The words of a key, where this language has it.
    #[must_use]
    pub fn known(&self, key: &str) -> Option<&str> {
        self.find(key)
    }

    /// The words of a key; the key itself where a translation lacks it, so that nothing is ever blank.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// The words of a key with each `{name}` replaced. In a language that is written from right to left each value is isolated,
    /// so that a number, a name or a telephone number in it keeps its own order.
    #[must_use]
    pub fn fill(&self, key: &str, holes: &[(&str, &str)]) -> String {
        // By single characters: the standard library's search for a text within a text is large.
        let isolate = match self.get("app.direction") {
            "rtl" => ["\u{2068}", "\u{2069}"],
            _ => ["", ""],
        };
        let mut text = String::new();
        let mut rest = self.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let hole = after.split_once('}').and_then(|(name, tail)| {
                let (_, value) = holes.iter().find(|(own, _)| *own == name)?;
                Some((value, tail))
            });
            match hole {
                Some((value, tail)) => {
                    let [begin, end] = isolate;
                    for part in [begin, value, end] {
                        text.push_str(part);
                    }
                    rest = tail;
                }
                None => {
                    text.push('{');
                    rest = after;
                }
            }
        }
        text.push_str(rest);
        text
    }

    /// The words for `n` things: `key.one`, `key.other`, … with `{n}` replaced.
    #[must_use]
    pub fn count(&self, key: &str, n: u32) -> String {
        self.fill(&self.form(key, f64::from(n)), &[("n", &n.to_string())])
    }

    /// The key of the words for `n` things; `n` may be a part.
    fn form(&self, key: &str, n: f64) -> String {
        let form = [key, ".", &(self.plural)(n)].concat();
        if self.find(&form).is_some() {
            form
        } else {
            [key, ".other"].concat()
        }
    }

    /// A time from flash to flash as people say it: "3 seconds", "half a second".
    #[must_use]
    pub fn about_seconds(&self, ms: f64) -> String {
        // Tenths below two seconds, halves below ten: finer differences are not visible.
        let tenths = within((ms / 100.0).round(), 1.0, 36_000.0) as u32;
        let tenths = match tenths {
            0..20 => tenths,
            20..100 => (tenths + 2) / 5 * 5,
            _ => (tenths + 5) / 10 * 10,
        };
        let (whole, rest) = (tenths / 10, tenths % 10);
        if rest == 0 {
            self.count("time.seconds", whole)
        } else {
            let number = [
                &whole.to_string(),
                self.get("time.point"),
                &rest.to_string(),
            ]
            .concat();
            let form = self.form("time.seconds", f64::from(tenths) / 10.0);
            self.fill(&form, &[("n", &number)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    fn texts(direction: &str) -> Texts {
        let words = [
            ("app.direction", direction),
            ("time.point", ","),
            ("time.seconds.one", "{n} seconde"),
            ("time.seconds.other", "{n} secondes"),
        ];
        let words = words.map(|(key, text)| (key.to_owned(), text.to_owned()));
        // As in French.
        Texts::new(words.into(), |n| {
            if n < 2.0 { "one" } else { "other" }.to_owned()
        })
    }

    #[test]
    fn a_part_of_something_takes_the_form_that_the_language_has_for_it() {
        let texts = texts("ltr");
        assert_eq!(texts.about_seconds(500.0), "0,5 seconde");
        assert_eq!(texts.about_seconds(1500.0), "1,5 seconde");
        assert_eq!(texts.about_seconds(2500.0), "2,5 secondes");
        assert_eq!(texts.about_seconds(3000.0), "3 secondes");
    }

    #[test]
    fn what_is_put_into_right_to_left_text_is_isolated() {
        assert_eq!(
            texts("rtl").count("time.seconds", 3),
            "\u{2068}3\u{2069} secondes"
        );
        assert_eq!(texts("ltr").count("time.seconds", 3), "3 secondes");
    }
}
