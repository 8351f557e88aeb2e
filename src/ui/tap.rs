//! On the pad: tapping along with the light.

use super::ask::ask;
use super::code::code;
use super::el::{El, Heard, classed, el};
use super::icons::picture;
use super::msg::Msg;
use super::plan::right;
use super::strip::tint;
use super::timeline::timeline;
use super::verdict::before;
use super::view::{View, bar, button, sends, svg};
use crate::web::{clock, page};
use led_doctor_core::id::Id;
use led_doctor_core::rhythm::{Decision, Hypothesis, Look, Settle};
use led_doctor_core::session::Action;
use led_doctor_core::time::within;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, PointerEvent};
use yew::Callback;

/// A signal below this probability is not worth showing as still possible.
const POSSIBLE: f64 = 0.01;

/// Up to this many taps the page may say that one more flash should be enough.
const PROMISED: usize = 3;

/// How many signals are listed as possible; a device with number codes has dozens.
const MOST_ROWS: usize = 9;

/// Tapping along: what fits the screen. The pad is its lower part, and nothing moves or comes and goes while somebody taps.
pub fn tap(view: &View) -> El {
    classed("div", "bench")
        .with(top(view, "bench-top").maybe(asked(view)))
        .with(pads(view))
}

/// What is above the pad. Its height does not depend on its text.
pub fn top(view: &View, class: &'static str) -> El {
    classed("div", class)
        .with(classed("p", "lead").text(view.t("tap.hint")))
        .with(timeline(view.device, &view.session.watch))
        .with(classed("p", "settle").test("settle").text(&hint(view)))
        .with(says(view))
}

/// What is below the pad, or beside it: what is possible, and other ways.
pub fn beside(view: &View) -> El {
    let place = view.device.light_is().map(|place| {
        let place_is = classed("details", "small");
        // Where codes follow one another it explains how to tap them: that must not be missed.
        let place_is = match view.device.codes_follow() {
            true => place_is.set("open", ""),
            false => place_is,
        };
        place_is
            .with(el("summary").text(view.t("tap.where")))
            .maybe(view.device.picture("light").map(picture))
            .with(view.of_pack(el("p").text(place)))
    });
    let choose = classed("p", "choose-lead")
        .text(view.t("tap.say.choose-lead"))
        .text(" ")
        .with(view.button("link", "choose", "tap.say.choose", Action::ChoiceOpened));
    classed("div", "bench-side")
        .key("side")
        .maybe(before(view).map(|before| el("div").with(before).with(right(view))))
        .maybe(place)
        .maybe(view.device.beeps().then(|| view.para("small", "tap.beeps")))
        .with(possible(view))
        .with(looks(view))
        .with(choose)
        // A camera does not yet report which of several lights it was.
        .maybe(
            (view.device.pads().is_empty() && page::says("film", "can")).then(|| {
                button("say", "film", view.t("tap.film")).click(sends(view.send, Msg::Film))
            }),
        )
        .maybe(page::says("sense", "can").then(|| sound(view)))
}

/// Whether the verdict is read aloud, too. The page's own script keeps the answer.
fn sound(view: &View) -> El {
    let is_on = page::says("sound", "on");
    button("say", "sound", view.t("tap.sound"))
        .set("aria-pressed", if is_on { "true" } else { "false" })
        .click(sends(view.send, Msg::Sound))
}

/// The question that would settle what watching cannot, once somebody pauses for it. It lies over what is above the pad.
fn asked(view: &View) -> Option<El> {
    // A person who is not watching any more is asked at once.
    if !view.screen.asks && view.session.live.is_some() {
        return None;
    }
    match view.session.judgement.as_ref()?.settle.as_ref()? {
        Settle::Ask { question, .. } => {
            Some(classed("div", "asked is-armed").with(ask(view, question)))
        }
        _ => None,
    }
}

/// What can be done beside tapping, at once: three buttons in a row that keeps its place.
fn says(view: &View) -> El {
    let started = !view.session.watch.taps.is_empty();
    let says = classed("div", "says");
    if !started {
        return says.list(said(view));
    }
    let stopped = button("say", "stopped", view.t("tap.say.stopped"));
    let send = view.send.clone();
    says.with(stopped.key("stopped").click(Callback::from(move |_| {
        send.emit(Msg::Act(Action::Stopped {
            at: clock::steady(),
        }));
    })))
    .with(
        view.button("say", "undo", "tap.say.undo", Action::TapUndone)
            .key("undo"),
    )
    .with(
        view.button("say", "restart", "app.start-over", Action::Restarted)
            .key("restart"),
    )
}

/// The same of the light, once it was tapped: below.
fn looks(view: &View) -> El {
    let started = !view.session.watch.taps.is_empty();
    classed("div", "says").list(started.then(|| said(view)).into_iter().flatten())
}

/// The statements about a light without tapping.
fn said(view: &View) -> [El; 3] {
    let look = |test, key, look| view.button("say", test, key, Action::Looked(look)).key(key);
    [
        look("dark", "tap.say.dark", Look::Dark),
        look("steady", "tap.say.steady", Look::Steady),
        look("fast", "tap.say.fast", Look::TooFast),
    ]
}

/// The pad; one for each light where the device has signals that take turns between lights.
pub fn pads(view: &View) -> El {
    // Beside the buttons and not in them: their names must not change at every tap. `App` counts on in it without drawing.
    let count = view.session.watch.taps.len() as u32;
    let number = classed("span", "pad-count")
        .test("tap-count")
        .text(&count.to_string());
    let lights = view.device.pads();
    if lights.is_empty() {
        return classed("div", "pad-place")
            .with(pad(view, None))
            .with(number);
    }
    let pads = lights.iter().map(|light| pad(view, Some(light)));
    classed("div", "pad-place is-many").list(pads).with(number)
}

/// A pad. It takes a press at the moment it begins, from whatever presses: a finger, a mouse, a pen, a key, a switch; and a
/// lone click, which is all that some assistive technology sends. Whether it is held down is shown by `App`, without drawing.
fn pad(view: &View, light: Option<&Id>) -> El {
    let hears = |hear: fn(&Event, Option<Id>) -> Option<Msg>| {
        let (send, light) = (view.send.clone(), light.cloned());
        Callback::from(move |event: Event| {
            if let Some(msg) = hear(&event, light.clone()) {
                send.emit(msg);
            }
        })
    };
    let lifted = |event: &Event, _| Some(Msg::Released(clock::stamp(event)));
    let button = el("button").sets(&[
        ("type", "button"),
        ("data-testid", "tap-pad"),
        ("part", "pad"),
    ]);
    let button = match light {
        None => button
            .set("class", "pad")
            .attr("aria-label", view.t("tap.pad-label"))
            .with(ring(view))
            .maybe(view.session.watch.taps.is_empty().then(look_up))
            .with(classed("span", "pad-face").text(view.t("tap.pad"))),
        Some(light) => {
            let name = view.device.light_name(light);
            let label = view.texts.fill("tap.pad-light", &[("light", name)]);
            let tint = tint(view.device, Some(light));
            button
                .attr("class", &["pad ", tint].concat())
                .attr("data-light", light.as_str())
                .attr("aria-label", &label)
                .key(light.as_str())
                .with(classed("span", "pad-face").text(name))
        }
    };
    button
        .on(Heard::PointerDown, hears(pointer_down))
        .on(Heard::PointerUp, hears(lifted))
        .on(Heard::PointerCancel, hears(lifted))
        // Focus that leaves takes the key with it.
        .on(Heard::Blur, hears(lifted))
        .on(Heard::KeyDown, hears(key_down))
        .on(Heard::KeyUp, hears(key_up))
        .on(
            Heard::Click,
            hears(|event, light| Some(Msg::Clicked(clock::stamp(event), light))),
        )
        // The long press of a phone would open a menu over the pad.
        .on(
            Heard::ContextMenu,
            hears(|event, _| {
                event.prevent_default();
                None
            }),
        )
}

/// An eye that looks at a light, on the pad until the first tap: there is no need to look at the phone.
fn look_up() -> El {
    svg("look-up", "0 0 120 40")
        .with(el("path").set(
            "d",
            "M6 20c9-14 29-14 38 0c-9 14-29 14-38 0zM19 20a6 6 0 1 0 12 0a6 6 0 1 0 -12 0zM54 20h28M75 13l7 7-7 7",
        ))
        .with(
            el("path")
                .set("class", "drawing-light")
                .set("d", "M94 20a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z"),
        )
}

/// The circle on the pad. While silence carries information, it fills.
fn ring(view: &View) -> El {
    let circle = |class| {
        el("circle").sets(&[
            ("class", class),
            ("cx", "50"),
            ("cy", "50"),
            ("r", "46"),
            ("pathLength", "100"),
        ])
    };
    let share = silence(view).map(|share| {
        let filled = (share * 100.0).round() as i32;
        circle("ring-filled")
            .test("ring")
            .attr("stroke-dasharray", &[&filled.to_string(), " 200"].concat())
    });
    svg("ring", "0 0 100 100")
        .with(circle("ring-back"))
        .maybe(share)
}

/// How much of the needed silence has passed, while silence is what decides.
fn silence(view: &View) -> Option<f64> {
    let judgement = view.session.judgement.as_ref()?;
    let Some(Settle::KeepWatching { dark, .. }) = &judgement.settle else {
        return None;
    };
    let last = view.session.watch.taps.last()?;
    let passed = (view.session.watch.until - last.at).get();
    Some(within(passed / (passed + dark.get()).max(1.0), 0.0, 1.0))
}

fn pointer_down(event: &Event, light: Option<Id>) -> Option<Msg> {
    let pointer = event.dyn_ref::<PointerEvent>()?;
    if !pointer.is_primary() || pointer.button() != 0 {
        return None;
    }
    if let Some(pad) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    {
        // Without it a finger that slides off the pad would hold for ever.
        let _ = pad.set_pointer_capture(pointer.pointer_id());
    }
    page::tick();
    Some(Msg::Pressed(clock::stamp(event), light))
}

fn pad_key(event: &Event) -> Option<&KeyboardEvent> {
    let key = event.dyn_ref::<KeyboardEvent>()?;
    let plain = !key.ctrl_key() && !key.alt_key() && !key.meta_key();
    (plain && matches!(key.key().as_str(), " " | "Enter")).then_some(key)
}

fn key_down(event: &Event, light: Option<Id>) -> Option<Msg> {
    let key = pad_key(event)?;
    // The button's own click would be a second tap.
    event.prevent_default();
    (!key.repeat()).then(|| Msg::Pressed(clock::stamp(event), light))
}

fn key_up(event: &Event, _: Option<Id>) -> Option<Msg> {
    pad_key(event)?;
    event.prevent_default();
    Some(Msg::Released(clock::stamp(event)))
}

/// The one line about what would settle it, or what prevents that.
fn hint(view: &View) -> String {
    let watch = &view.session.watch;
    if watch.taps.is_empty() {
        return view.t("settle.start").to_owned();
    }
    if view.screen.lone_clicks {
        return view.t("tap.lone-click").to_owned();
    }
    if view.session.live.is_none() {
        return view.t("tap.interrupted").to_owned();
    }
    match view
        .session
        .judgement
        .as_ref()
        .and_then(|judgement| judgement.settle.as_ref())
    {
        // It was said already and another flash was not enough: the rhythm is less clear than it seemed.
        Some(Settle::KeepTapping { flashes: 0 | 1 }) if watch.taps.len() > PROMISED => {
            view.t("settle.tap-on").to_owned()
        }
        Some(Settle::KeepTapping { flashes: 0 | 1 }) => view.t("settle.tap-one").to_owned(),
        Some(Settle::KeepTapping { flashes }) => view
            .texts
            .fill("settle.tap-more", &[("n", &flashes.to_string())]),
        Some(Settle::KeepWatching { dark, between }) => {
            let (a, b) = view.names(between);
            let seconds = within((dark.get() / 1000.0).ceil(), 1.0, 600.0) as u32;
            let seconds = view.texts.count("time.seconds", seconds);
            view.texts
                .fill("settle.dark", &[("seconds", &seconds), ("a", a), ("b", b)])
        }
        // It is asked at the next pause.
        Some(Settle::Ask { .. }) if view.screen.asks => view.t("settle.ask").to_owned(),
        Some(Settle::Ask { .. }) => view.t("settle.closing").to_owned(),
        None => view.t("settle.closing").to_owned(),
    }
}

/// What is still possible, shrinking as the taps fall.
fn possible(view: &View) -> El {
    let judgement = view
        .session
        .judgement
        .as_ref()
        .filter(|_| !view.session.watch.taps.is_empty());
    let mut rows = Vec::new();
    let mut more: u32 = 0;
    for entry in view.device.signals() {
        let likely =
            judgement.map(|judgement| judgement.probability(&Hypothesis::Signal(entry.id.clone())));
        // Of a long list only what is worth reading: nothing that is ruled out, and no more than fits the screen.
        let long = view.device.signals().len() > MOST_ROWS;
        let shown = rows.len() < MOST_ROWS && likely.is_none_or(|likely| likely >= POSSIBLE);
        if shown || !long {
            rows.push(row(
                view.of_pack(el("span").text(&entry.about.name)),
                likely,
            ));
        } else if likely.is_none_or(|likely| likely >= POSSIBLE) {
            more += 1;
        }
    }
    let unknown = judgement.map(|judgement| {
        judgement.probability_of(&Decision::NoneOfThese)
            + judgement.probability_of(&Decision::Unlisted(Id::default()))
    });
    rows.push(row(el("span").text(view.t("possible.unknown")), unknown));
    classed("section", "possible")
        .with(classed("h2", "small-title").text(view.t("possible.title")))
        .maybe(code(view).map(|code| classed("p", "code").test("code").text(&code.text)))
        .with(classed("ul", "plain").list(rows))
        .maybe(
            (more > 0)
                .then(|| classed("p", "small").text(&view.texts.count("possible.more", more))),
        )
}

fn row(name: El, likely: Option<f64>) -> El {
    let gone = likely.is_some_and(|likely| likely < POSSIBLE);
    let row = classed(
        "li",
        if gone {
            "possible-row is-gone"
        } else {
            "possible-row"
        },
    );
    // What is ruled out is not read out any more.
    let row = if gone {
        row.set("aria-hidden", "true")
    } else {
        row
    };
    row.with(name).with(bar(likely.unwrap_or(0.0)))
}
