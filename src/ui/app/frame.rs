//! What surrounds every stage: the way back, the device, the live region, and the foot.

use crate::ui::ask::ask;
use crate::ui::card::card;
use crate::ui::choose::choose;
use crate::ui::el::{El, classed, el};
use crate::ui::msg::Msg;
use crate::ui::plan::{plan, time_up};
use crate::ui::resolved::resolved;
use crate::ui::support::support;
use crate::ui::tap;
use crate::ui::verdict;
use crate::ui::view::{View, button, link, sends, svg};
use crate::web::page;
use led_doctor_core::pack::Severity;
use led_doctor_core::session::{Action, Finding, Progress, Stage, Wait};
use led_doctor_core::text::Texts;
use yew::Callback;

/// The way back, and the device.
pub fn top(texts: &Texts, view: Option<&View>) -> El {
    let Some(view) = view else {
        return classed("header", "top").with(classed("span", "brand").text(texts.get("app.name")));
    };
    let arrow = svg("back-arrow", "0 0 24 24").with(el("path").set("d", "M15 5l-7 7 7 7"));
    let goes = if view.screen.card && !view.session.is_fresh() {
        Msg::Card
    } else if view.screen.card || view.session.trail.is_empty() {
        Msg::Leave
    } else {
        Msg::Act(Action::WentBack)
    };
    let back = classed("button", "back")
        .sets(&[("type", "button"), ("data-testid", "back")])
        .click(sends(view.send, goes))
        .with(arrow)
        .text(texts.get("app.back"));
    let device = classed("span", "where")
        .test("where")
        .text(view.device.name());
    classed("header", "top").with(back).with(device)
}

/// The stage; and, where the pad is the lower part of the screen, what is beside it, or below.
pub fn staged(view: &View) -> (El, Option<El>) {
    let session = view.session;
    if view.screen.card {
        let print = button("primary", "print", view.t("support.print"));
        let print = print.click(sends(view.send, Msg::Print));
        let actions = classed("p", "actions").with(print);
        return (el("div").with(card(view)).with(actions), None);
    }
    let drawn = match (&session.stage, &session.finding, &session.progress) {
        (Stage::Tap, ..) => return (tap::tap(view), Some(tap::beside(view))),
        (Stage::Verdict, Some(finding), _) => return verdict::verdict(view, finding),
        (Stage::Plan, _, Some(progress)) => plan(view, progress),
        (Stage::Choose, ..) => choose(view),
        (Stage::Ask(question), ..) => ask(view, question),
        (Stage::Resolved, ..) => resolved(view),
        (Stage::Support, ..) => support(view),
        (Stage::Verdict | Stage::Plan, ..) => el("div"),
    };
    (drawn, None)
}

/// The name of the stage for style sheets and tests, and the key of its heading.
pub fn titled(view: &View) -> (&'static str, &'static str) {
    match &view.session.stage {
        _ if view.screen.card => ("card", "card.title"),
        Stage::Tap => ("tap", "tap.title"),
        Stage::Choose => ("choose", "choose.title"),
        Stage::Ask(_) => ("ask", "ask.title"),
        Stage::Verdict => ("verdict", "verdict.title"),
        Stage::Plan => ("plan", "plan.title"),
        Stage::Support => ("support", "support.title"),
        Stage::Resolved => {
            let signal = view
                .session
                .finding
                .as_ref()
                .and_then(|finding| finding.signal.as_ref());
            let cause = signal.and_then(|signal| view.device.cause(signal));
            let title = match cause.map(|cause| cause.severity) {
                _ if view.session.is_fixed() => "resolved.fixed-title",
                Some(Severity::Wait) => "resolved.wait-title",
                Some(Severity::Stop) => "verdict.severity.stop",
                _ => "resolved.normal-title",
            };
            ("resolved", title)
        }
    }
}

/// The heading: the words of a key, or of a verdict what the light means, in the pack's language where a light of it was found.
pub fn heading(texts: &Texts, view: Option<&View>, key: &str) -> El {
    let heading = el("h1").set("tabindex", "-1");
    let is_verdict = |view: &&View| !view.screen.card && view.session.stage == Stage::Verdict;
    let found = view
        .filter(is_verdict)
        .and_then(|view| Some((view, view.session.finding.as_ref()?)));
    let Some((view, finding)) = found else {
        return heading.text(texts.get(key));
    };
    let heading = heading.text(verdict::title(view.texts, view.device, finding));
    match finding.signal {
        Some(_) => view.of_pack(heading),
        None => heading,
    }
}

/// The text of the live region. It announces stages and verdicts, never single taps.
pub fn status(view: &View) -> String {
    let session = view.session;
    let finding = session.finding.as_ref();
    let unlisted = finding.is_some_and(Finding::is_unlisted);
    let finding = finding.and_then(|finding| finding.signal.as_ref());
    match &session.stage {
        Stage::Tap if session.live.is_some() => view.t("status.watching").to_owned(),
        Stage::Ask(_) => view.t("status.question").to_owned(),
        Stage::Verdict => match finding {
            Some(signal) => view
                .texts
                .fill("status.found", &[("name", view.device.signal_name(signal))]),
            None if unlisted => view.t("status.unlisted").to_owned(),
            None => view.t("status.none").to_owned(),
        },
        _ => {
            // The latest wait that is over, for as long as what comes after it is not done.
            let mut latest = None;
            let progress = session.progress.iter();
            for (wait, end) in progress.flat_map(|progress| progress.over(view.device, view.now)) {
                if latest.is_none_or(|(_, other)| other <= end) {
                    latest = Some((wait, end));
                }
            }
            let is_over = matches!(session.stage, Stage::Tap | Stage::Resolved | Stage::Support);
            latest
                .filter(|(wait, _)| !is_over && !went_on(view, wait))
                .map_or_else(String::new, |(wait, _)| {
                    time_up(view.texts, view.device, wait)
                })
        }
    }
}

/// Whether the person has gone on after a wait.
fn went_on(view: &View, wait: &Wait) -> bool {
    let progress = view.session.progress.as_ref();
    progress.is_some_and(|progress| match Progress::after(view.device, wait) {
        Some((next, _)) => progress.is_done(&wait.fix, next),
        None => progress.outcome(&wait.fix).is_some(),
    })
}

/// What can be done from everywhere.
pub fn foot(texts: &Texts, remember: bool, send: &Callback<Msg>, view: Option<&View>) -> El {
    let card =
        || button("link", "card-wanted", texts.get("card.want")).click(sends(send, Msg::Card));
    let session = view.map(|view| {
        let over = (view.session.stage != Stage::Tap)
            .then(|| view.button("link", "start-over", "app.start-over", Action::Restarted));
        let other = button("link", "other-device", texts.get("app.other-device"))
            .click(sends(send, Msg::Leave));
        el("div")
            .with(
                classed("p", "foot-actions")
                    .maybe(over)
                    .with(other)
                    .maybe((!view.screen.card).then(card)),
            )
            .with(view.of_pack(classed("p", "small").text(&view.device.pack().file().notice)))
    });
    let is_draft = texts.known("draft.state").is_some()
        || view.is_some_and(|view| view.device.pack().file().draft);
    let draft = is_draft.then(|| {
        // The build puts it there (xtask/src/dist/mod.rs).
        let report = texts.known("draft.report").map(|address| {
            link(address)
                .test("wrong-word")
                .text(texts.get("language.wrong"))
        });
        classed("p", "small")
            .test("draft")
            .text(texts.get("language.draft"))
            .text(" ")
            .maybe(report)
    });
    let of_any_device = view
        .is_none()
        .then(|| classed("p", "foot-actions").with(card()));
    let forget = remember.then(|| {
        let sure = button("small-button", "forget", texts.get("app.forget-sure"))
            .click(sends(send, Msg::Forget));
        classed("details", "small")
            .with(el("summary").text(texts.get("app.forget")))
            .with(sure)
    });
    // Without it nothing is promised: not in another page, and not before everything is kept.
    let network = page::says("offline", "ready").then(|| {
        if page::cut_off() {
            "offline.gone"
        } else {
            "offline.ready"
        }
    });
    let update = page::says("update", "ready").then(|| {
        classed("p", "note")
            .test("update")
            .text(texts.get("offline.update"))
            .text(" ")
            .with(
                button("link", "update-now", texts.get("offline.reload"))
                    .click(sends(send, Msg::Update)),
            )
    });
    classed("footer", "foot")
        .set("part", "foot")
        .maybe(update)
        .maybe(session)
        .maybe(draft)
        .maybe(of_any_device)
        .maybe(network.map(|key| classed("p", "small").test("network").text(texts.get(key))))
        .maybe(page::says("install", "hint").then(|| {
            classed("p", "small")
                .test("install")
                .text(texts.get("offline.install"))
        }))
        .with(classed("p", "small").text(texts.get("app.privacy")))
        .maybe(forget)
}
