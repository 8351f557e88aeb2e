//! The report on its way out: copied, shared, saved; and the whole case, handed to another phone.

use super::{App, Options};
use crate::ui::msg::Msg;
use crate::web::{clock, node, page};
use js_sys::JSON;
use led_doctor_core::codec::encode;
use led_doctor_core::session::report;
use led_doctor_core::text::Texts;
use wasm_bindgen_futures::spawn_local;
use yew::Context;

/// The report's file.
const FILE: &str = "led-doctor-report.txt";

impl App {
    /// The current report.
    pub fn report(&self, texts: &Texts, lang: &str) -> String {
        let when = |at| clock::written(at, lang);
        self.open
            .as_ref()
            .map_or_else(String::new, |(device, session)| {
                report(session, device, texts, &when)
            })
    }

    fn own_report(&self, options: &Options) -> String {
        self.report(&options.texts, &options.lang)
    }

    /// Copies it to the clipboard, and reports whether that succeeded. Like all of these: returns whether a render is needed now.
    pub(super) fn copy(&self, ctx: &Context<App>) -> bool {
        let (link, text) = (ctx.link().clone(), self.own_report(ctx.props()));
        spawn_local(async move {
            let copied = page::copy(&text).await;
            link.send_message(Msg::Notice(if copied {
                "support.copied"
            } else {
                "support.copy-failed"
            }));
        });
        false
    }

    /// Hands it to another app.
    pub(super) fn share(&self, options: &Options) -> bool {
        let text = self.own_report(options);
        let title = options.texts.get("report.title").to_owned();
        // Closing the share sheet is no failure worth a word.
        spawn_local(async move {
            let _ = page::share(&title, &text).await;
        });
        false
    }

    /// The page's own script shows the whole case as a link and a QR code.
    pub(super) fn hand_over(&mut self) {
        if let Some((_, session)) = &mut self.open
            && let Ok(json) = JSON::stringify(&node::value(&encode(session)))
        {
            page::tell("hand-over", &String::from(json));
        }
    }

    /// Saves it as a file.
    pub(super) fn save(&mut self, options: &Options) -> bool {
        let saved = page::save(FILE, &self.own_report(options));
        self.screen.notice = saved.is_none().then_some("support.copy-failed");
        true
    }
}
