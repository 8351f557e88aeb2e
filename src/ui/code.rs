//! A number code, digit by digit: which is certain and which is not.

use super::view::View;
use led_doctor_core::pack::digits;
use led_doctor_core::rhythm::Hypothesis;

/// From this probability on a digit is called certain.
const CERTAIN: f64 = 0.95;

/// Below this probability of any code at all, nothing is said of digits.
const LIKELY: f64 = 0.5;

/// What is known of the code that is being tapped. `None` on a device without codes, and while it is hardly one.
pub fn code(view: &View) -> Option<String> {
    let judgement = view.session.judgement.as_ref()?;
    let mut all = 0.0;
    let mut codes = Vec::new();
    for entry in view.device.signals() {
        if let Some(code) = &entry.about.code {
            let likely = judgement.probability(&Hypothesis::Signal(entry.id.clone()));
            all += likely;
            codes.push((code.as_str(), likely));
        }
    }
    if all < LIKELY {
        return None;
    }
    let mut words = String::new();
    for digit in digits::read(codes.into_iter()) {
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
    Some(view.texts.fill("code.so-far", &[("digits", &words)]))
}
