//! The two clocks: the page's steady one for rhythm, the wall's for waits.

use led_doctor_core::time::{Millis, Wall, months_since};

/// From this many months on the age of a source is shown.
const OLD: u32 = 12;

/// Now, on the steady clock that events are stamped with.
#[must_use]
pub fn steady() -> Millis {
    let now = web_sys::window()
        .and_then(|window| window.performance())
        .map(|performance| performance.now());
    now.and_then(Millis::new).unwrap_or_default()
}

/// The moment of an event, on the steady clock. Some assistive technology sends events without one: then it is now.
#[must_use]
pub fn stamp(event: &web_sys::Event) -> Millis {
    Millis::new(event.time_stamp())
        .filter(|at| at.get() > 0.0)
        .unwrap_or_else(steady)
}

/// Now, by the wall clock.
#[must_use]
pub fn wall() -> Wall {
    Wall::new(js_sys::Date::now())
}

/// Whether a moment is of the day that it is now, where the person is.
#[must_use]
pub fn is_today(at: Wall) -> bool {
    let day = |at: Wall| js_sys::Date::new(&at.get().into()).to_date_string();
    day(at) == day(wall())
}

/// How long ago a month was, as `YYYY-MM`, in the words of the language; nothing where that is less than a year, or where the browser has
/// no words for it.
#[must_use]
pub fn ago(month: &str, lang: &str) -> Option<String> {
    let now = js_sys::Date::new_0();
    let months = months_since(month, now.get_full_year(), now.get_month() + 1)?;
    let locales = js_sys::Array::of1(&lang.into());
    let words = js_sys::Intl::RelativeTimeFormat::new(&locales, &js_sys::Object::new());
    (months >= OLD).then(|| String::from(words.format(-f64::from(months), "month")))
}

/// A moment as the person's region writes it: date and time, short.
#[must_use]
pub fn written(at: Wall, lang: &str) -> String {
    let date = js_sys::Date::new(&at.get().into());
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // Setting a property of a plain object cannot fail.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    String::from(date.to_locale_string(lang, &options))
}
