//! A number code, digit by digit: which is certain and which is not.

use super::view::View;

/// From this probability on a digit is called certain.
const CERTAIN: f64 = 0.95;

/// Below this probability of any code at all, no digits are shown.
const LIKELY: f64 = 0.5;

/// What is known of a number code.
pub struct Code {
    /// In words, digit by digit.
    pub text: String,
    /// Whether every digit is certain.
    pub is_certain: bool,
}

/// What is known of the code that is being tapped. `None` on a device without codes, and while it is hardly one.
pub fn code(view: &View) -> Option<Code> {
    let (digits, all) = view.device.digits(view.session.judgement.as_ref()?);
    if all < LIKELY {
        return None;
    }
    let mut words = String::new();
    let is_certain = digits.iter().all(|digit| digit.sure >= CERTAIN);
    for digit in digits {
        let key = if digit.sure < CERTAIN {
            "code.open"
        } else {
            "code.certain"
        };
        let said = view.texts.fill(key, &[("n", &digit.value.to_string())]);
        if !words.is_empty() {
            words.push_str(", ");
        }
        words.push_str(&said);
    }
    let text = view.texts.fill("code.so-far", &[("digits", &words)]);
    Some(Code { text, is_certain })
}
