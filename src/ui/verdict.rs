//! The verdict: what the light means, what was read, how sure, and the ways on.

use super::code::code;
use super::duet::duet;
use super::el::{El, classed, el};
use super::plan::say;
use super::strip::strip;
use super::tap::{pads, top};
use super::timeline::{mark, tap_mark, track};
use super::view::{View, button, how, outside};
use led_doctor_core::id::Id;
use led_doctor_core::pack::{Severity, SignalEntry};
use led_doctor_core::rhythm::{Tap, TapRole, Watch, explain};
use led_doctor_core::score::LENGTH;
use led_doctor_core::session::{Action, Device, Finding, How, Outcome, codes_read, reading};
use led_doctor_core::text::Texts;
use led_doctor_core::time::Millis;

/// From this many per cent on the page says "we are sure".
const SAID_AS_SURE: u8 = 97;

/// Left of the first tap on the drawn line, in the drawing's ms.
const MARGIN: f64 = 300.0;

/// The parts of a verdict: the first lines, the way on, and the rest.
struct Parts {
    first: El,
    on: El,
    rest: Vec<Option<El>>,
}

fn parts(view: &View, finding: &Finding) -> Parts {
    let signal = finding.signal.as_ref();
    match signal.and_then(|signal| view.device.signal(signal)) {
        Some(entry) => found(view, finding, entry),
        None if finding.is_unlisted() => unlisted(view, finding),
        None => none(view, finding),
    }
}

/// The verdict with the way on, and what is below the pad or beside it. After tapping the pad stays where it was: the person may be
/// tapping still, and no button may come under the finger.
pub fn verdict(view: &View, finding: &Finding) -> (El, Option<El>) {
    let Parts { first, on, rest } = parts(view, finding);
    let signal = finding.signal.as_ref();
    let cause = signal.and_then(|signal| view.device.cause(signal));
    let is_danger = cause.is_some_and(|cause| cause.severity == Severity::Stop);
    if finding.how == How::Tapped {
        // Over what stood there, so that the pad stays where it is, and no button comes to where a finger taps.
        let over = classed("div", "over");
        // Of a danger the warning must be in view; of all else the way on.
        let over = if is_danger {
            over.with(first).with(on)
        } else {
            over.with(on).with(first)
        };
        let bench = classed("div", "bench")
            .test("tap-on")
            .with(top(view, "bench-top is-under").with(over))
            .with(pads(view));
        let side = classed("div", "bench-side is-armed")
            .key("side")
            .with(view.para("small", "verdict.tap-on"))
            .maybe(before(view));
        return (bench, Some(rest.into_iter().fold(side, El::maybe)));
    }
    let all = el("div").maybe(before(view)).with(first).with(on);
    (rest.into_iter().fold(all, El::maybe), None)
}

/// The beginning of every verdict.
fn card(signal: &str, class: &'static str) -> El {
    classed("div", class)
        .set("part", "verdict")
        .test("verdict")
        .attr("data-signal", signal)
}

/// A clear code that the list does not have: what was read, that no fix is known for it, and who may know.
fn unlisted(view: &View, finding: &Finding) -> Parts {
    let looks = reading(finding, view.device, view.texts).unwrap_or_default();
    let code = finding.unlisted.as_ref().map_or("", Id::as_str);
    let site = view.device.pack().file().support.site.as_ref();
    let first = card("unlisted", "card verdict")
        .attr("data-code", code)
        .with(
            el("p")
                .text(view.t("verdict.unlisted-read"))
                .text(" ")
                .with(el("strong").text(&looks)),
        )
        .maybe(danger(view, finding))
        .maybe(digits(view, finding))
        .with(view.para("", "verdict.unlisted"))
        .maybe(view.device.unlisted_is().map(|is| el("p").text(is)))
        .maybe(site.map(|site| el("p").with(outside(site))));
    let on = classed("div", "actions lead-action is-armed").with(view.button(
        "primary",
        "support",
        "verdict.unlisted-on",
        Action::SupportOpened,
    ));
    let said = view.session.looked_again(view.device);
    let again = view.button("secondary", "again", "verdict.again", Action::Restarted);
    let rest = vec![
        taps(view, finding),
        codes(view),
        said.map(|(fix, _)| say(view, fix)),
        Some(
            classed("div", "actions is-armed")
                .with(again)
                .with(ways_on(view, finding)),
        ),
    ];
    Parts { first, on, rest }
}

fn found(view: &View, finding: &Finding, entry: &SignalEntry) -> Parts {
    let cause = view.device.cause(&entry.id);
    let severity = cause.map_or(Severity::Act, |cause| cause.severity);
    let (class, tone) = match severity {
        Severity::Normal => ("card verdict is-normal", "verdict.severity.normal"),
        Severity::Wait => ("card verdict is-wait", "verdict.severity.wait"),
        Severity::Act => ("card verdict is-act", "verdict.severity.act"),
        Severity::Stop => ("card verdict is-stop", "verdict.severity.stop"),
    };
    let unconfirmed = view.device.like().map(|like| {
        let words = view.texts.fill(
            "verdict.unconfirmed",
            &[("device", view.device.name()), ("like", like)],
        );
        classed("p", "note").test("unconfirmed").text(&words)
    });
    let again = view.session.looked_again(view.device);
    let outcome = again.map(|(_, outcome)| {
        let key = match outcome {
            Some(Outcome::Fixed) => "again.fixed",
            Some(Outcome::Same) => "again.same",
            Some(_) => "again.different",
            None => "again.wait",
        };
        view.para("lead again", key).test("looked-again")
    });
    let name = view
        .of_pack(classed("p", "verdict-looks"))
        .with(el("strong").text(&entry.about.name))
        .text(": ")
        .text(&entry.about.looks);
    let first = card(entry.id.as_str(), class)
        .with(view.para("badge", tone))
        .maybe(outcome)
        .maybe((severity == Severity::Stop).then(|| view.danger(cause)))
        .maybe(cause.map(|cause| view.pack_text("p", "verdict-meaning", &cause.meaning)))
        .maybe(digits(view, finding));
    let on = match again {
        Some((_, Some(Outcome::Same))) => "again.next",
        Some((_, None)) => "again.back",
        _ if severity == Severity::Stop => "verdict.severity.stop",
        _ if view.device.plan(&entry.id).is_some() => "verdict.next",
        _ => "verdict.fine",
    };
    let agree = view
        .button("primary", "agree", "verdict.yes", Action::Agreed)
        .with(classed("span", "button-more").text(view.t(on)));
    let on = classed("div", "actions lead-action is-armed").with(agree);
    let another = entry.is_among().then(|| {
        view.button(
            "secondary",
            "another",
            "verdict.another",
            Action::AnotherSeen,
        )
    });
    let seen = el("div")
        .with(name)
        .with(strip(view, entry.id.as_str(), &entry.layers))
        .maybe(taps(view, finding))
        .maybe(
            (finding.how == How::Tapped)
                .then(|| duet(view, entry))
                .flatten(),
        )
        .with(classed("p", "small").text(&how_sure(view, finding)))
        .maybe(unconfirmed)
        .with(view.sources(&entry.about.evidence));
    let rest = vec![
        codes(view),
        Some(seen),
        Some(
            classed("div", "actions is-armed")
                .maybe(another)
                .with(ways_on(view, finding)),
        ),
    ];
    Parts { first, on, rest }
}

/// The codes that were read before, where several follow one another.
pub fn codes(view: &View) -> Option<El> {
    let codes = codes_read(view.session, view.device, view.texts)?;
    Some(classed("p", "small").test("read").text(&codes))
}

fn none(view: &View, finding: &Finding) -> Parts {
    // Without a probability the classifier did not decide: that is less than "none of these", and the text says so.
    let (id, words) = match finding.sure {
        Some(_) => ("none", "verdict.none"),
        None => ("undecided", "verdict.unsure"),
    };
    let near = finding
        .nearest
        .iter()
        .filter_map(|id| view.device.signal(id))
        .map(|entry| {
            classed("li", "card choice")
                .with(view.of_pack(el("h3").text(&entry.about.name)))
                .with(view.of_pack(el("p").text(&entry.about.looks)))
                .with(strip(view, entry.id.as_str(), &entry.layers))
                .with(
                    view.button(
                        "secondary",
                        "choice",
                        "verdict.nearest-pick",
                        Action::Chosen(entry.id.clone()),
                    )
                    .attr("data-signal", entry.id.as_str()),
                )
        });
    let first = card(id, "card verdict")
        .with(view.para("", words))
        .maybe(danger(view, finding))
        .maybe(digits(view, finding))
        .maybe(period(view, finding).map(|words| el("p").text(&words)));
    let nearest = (!finding.nearest.is_empty()).then(|| {
        el("div")
            .with(view.heading("h2", "verdict.nearest"))
            .with(classed("ul", "plain cards").list(near))
    });
    let said = view.session.looked_again(view.device);
    let rest = vec![
        taps(view, finding),
        nearest,
        said.map(|(fix, _)| say(view, fix)),
        Some(
            classed("div", "actions is-armed")
                .with(ways_on(view, finding))
                .with(view.button("link", "support", "support.title", Action::SupportOpened)),
        ),
    ];
    let on = classed("div", "actions lead-action is-armed").with(view.button(
        "primary",
        "again",
        "verdict.again",
        Action::Restarted,
    ));
    Parts { first, on, rest }
}

/// In doubt, what would be a danger is treated as one.
fn danger(view: &View, finding: &Finding) -> Option<El> {
    let near = finding.nearest.iter();
    let mut causes = near.filter_map(|id| view.device.cause(id));
    let cause = causes.find(|cause| cause.severity == Severity::Stop)?;
    Some(view.danger(Some(cause)))
}

/// The heading of a verdict: what the light means.
pub fn title<'v>(texts: &'v Texts, device: &'v Device, finding: &Finding) -> &'v str {
    let signal = finding.signal.as_ref();
    let cause = signal.and_then(|signal| device.cause(signal));
    match cause {
        Some(cause) => &cause.title,
        None if finding.is_unlisted() => texts.get("verdict.unlisted-title"),
        None if finding.sure.is_some() => texts.get("verdict.none-title"),
        None => texts.get("verdict.unsure-title"),
    }
}

/// Which fix the light is being looked at for, and what it did before.
pub fn before(view: &View) -> Option<El> {
    let (fix, _) = view.session.looked_again(view.device)?;
    let was = view
        .device
        .signal(&view.session.progress.as_ref()?.signal)?;
    let holes = [
        ("fix", view.device.fix(fix)?.title.as_str()),
        ("name", &was.about.name),
        ("looks", &was.about.looks),
    ];
    Some(
        classed("p", "small")
            .test("before")
            .text(&view.texts.fill("again.before", &holes)),
    )
}

/// "No, it looks different": tap again, choose, or remove a tap.
fn ways_on(view: &View, finding: &Finding) -> El {
    let taps = &view.session.watch.taps;
    let first = taps.first().map(|tap| tap.at).unwrap_or_default();
    let slips = taps.iter().enumerate().map(|(nth, tap)| {
        let seconds = view.texts.about_seconds((tap.at - first).get());
        let words = view.texts.fill(
            "verdict.remove",
            &[("n", &(nth + 1).to_string()), ("seconds", &seconds)],
        );
        el("li").with(
            button("small-button", "remove-tap", &words).click(view.acts(Action::TapRemoved(nth))),
        )
    });
    let edits = (finding.how == How::Tapped && !taps.is_empty()).then(|| {
        el("div")
            .with(view.heading("h3", "verdict.edit"))
            .with(classed("ul", "plain edits").list(slips))
    });
    // Where it leads on already, it is not offered twice.
    let again = classed("div", "actions")
        .maybe(
            finding
                .signal
                .is_some()
                .then(|| view.button("secondary", "again", "verdict.again", Action::Restarted)),
        )
        .with(view.button(
            "secondary",
            "choose",
            "tap.say.choose",
            Action::ChoiceOpened,
        ));
    classed("details", "ways")
        .with(
            classed("summary", "secondary")
                .test("deny")
                .text(view.t("verdict.no")),
        )
        .with(again)
        .maybe(edits)
}

fn how_sure(view: &View, finding: &Finding) -> String {
    let how = match (finding.how, finding.sure) {
        (How::Chosen, _) => "verdict.chosen",
        (How::Told, _) => "verdict.told",
        (How::Tapped, Some(sure)) if sure >= SAID_AS_SURE => "verdict.sure.high",
        (How::Tapped, _) => "verdict.sure.good",
    };
    let mut words = view.t(how).to_owned();
    if let Some(period) = period(view, finding) {
        words.push(' ');
        words.push_str(&period);
    }
    words
}

/// What is certain of a number code that was tapped.
fn digits(view: &View, finding: &Finding) -> Option<El> {
    let words = (finding.how == How::Tapped).then(|| code(view))??;
    // While tapping continues, a decision is shown without doubts: it is kept, or withdrawn as a whole.
    if finding.signal.is_some() && !words.is_certain {
        return None;
    }
    let words = words.text;
    Some(classed("p", "code").test("code").text(&words))
}

fn period(view: &View, finding: &Finding) -> Option<String> {
    let seconds = view.texts.about_seconds(finding.period?.get());
    Some(view.texts.fill("verdict.period", &[("seconds", &seconds)]))
}

/// What was tapped, or filmed, on one line; with the pattern's role of each flash. Where the light was watched in another way before, that
/// is below it, to the same scale, with what it found.
fn taps(view: &View, finding: &Finding) -> Option<El> {
    if finding.how != How::Tapped {
        return None;
    }
    let watch = &view.session.watch;
    let compared = view.session.compared();
    let spans = [Some(watch), compared.map(|(earlier, _)| &earlier.watch)];
    let span = spans.into_iter().flatten().map(span).fold(0.0, f64::max);
    let explanation = finding
        .signal
        .as_ref()
        .and_then(|signal| explain(&view.device.chart(watch), watch, signal));
    let is_stray = |nth: usize| {
        let role = explanation
            .as_ref()
            .and_then(|explanation| explanation.taps.get(nth));
        role.is_some_and(|role| *role == TapRole::Stray)
    };
    let missed = explanation
        .iter()
        .flat_map(|explanation| explanation.missed.iter().copied());
    let missed: Vec<Millis> = missed.collect();
    let any_stray = (0..watch.taps.len()).any(is_stray);
    let legend = (any_stray || !missed.is_empty()).then(|| {
        classed("p", "small legend")
            .maybe(any_stray.then(|| classed("span", "key is-stray").text(view.t("verdict.stray"))))
            .maybe(
                (!missed.is_empty())
                    .then(|| classed("span", "key is-missed").text(view.t("verdict.missed"))),
            )
    });
    let seen = classed("div", "seen")
        .with(view.para("small", how(watch)))
        .with(line(view, watch, span, &is_stray, &missed)?)
        .maybe(legend);
    let other = compared.and_then(|(earlier, differs)| {
        let found = earlier.finding.as_ref();
        let found = found.map_or(view.t("verdict.unsure-title"), |finding| {
            title(view.texts, view.device, finding)
        });
        let words = [view.t(how(&earlier.watch)), ": ", found].concat();
        let other = el("div")
            .test("compared")
            .with(classed("p", "small").text(&words))
            .with(line(view, &earlier.watch, span, &|_| false, &[])?);
        Some(other.maybe(differs.then(|| view.para("note", "verdict.differs").test("differs"))))
    });
    Some(seen.maybe(other))
}

/// From its first tap to its last, in ms.
fn span(watch: &Watch) -> f64 {
    let at = |tap: Option<&Tap>| tap.map_or(0.0, |tap| tap.at.get());
    at(watch.taps.last()) - at(watch.taps.first())
}

/// The whole attempt on one line, to the pattern's own scale where `span` ms fit. `None` where nothing was seen.
fn line(
    view: &View,
    watch: &Watch,
    span: f64,
    is_stray: &dyn Fn(usize) -> bool,
    missed: &[Millis],
) -> Option<El> {
    let first = watch.taps.first()?.at.get();
    let room = LENGTH - 2.0 * MARGIN;
    let scale = room / span.max(room);
    let place = |at: f64| MARGIN + (at - first) * scale;
    let missed = missed
        .iter()
        .map(|at| mark("tap-mark is-missed", place(at.get()), 60.0));
    let tapped = watch.taps.iter().enumerate().map(|(nth, tap)| {
        let class = if is_stray(nth) {
            "tap-mark is-stray"
        } else {
            "tap-mark"
        };
        let held = tap.held.map_or(0.0, |held| held.get());
        tap_mark(view.device, tap, class, place(tap.at.get()), held * scale)
    });
    Some(track("track").list(tapped).list(missed))
}
