//! A page for each model of each pack: its signals as a table that is read without a script, the way to the pad, and what search
//! engines and other sites ask for: structured data, and an oEmbed answer that holds the frame.

use crate::pack::compile;
use crate::pack::load::Folder;
use anyhow::{Context, Result, bail};
use led_doctor_core::pack::{Cause, OTHER, Severity};
use led_doctor_core::session::Device;
use led_doctor_core::text;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Map, Value as Json, json};
use std::path::Path;
use std::rc::Rc;

/// A file of the site.
pub struct Page {
    /// Its path below the site.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// What the pages may do: show themselves and the site's style. The structured data in them is no script. They connect to
/// nothing; what checks a page for search engines fetches robots.txt from within it.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/// The size of the frame that others are offered, in px: the pad of a phone with what is above it.
const FRAME: (u32, u32) = (600, 900);

/// The pages of all models of these packs, in every language that a pack has, with the interface's words below `root`. `address`:
/// where the site is served, with a `/` at its end; without it the pages do not name their own address, and there is no oEmbed.
pub fn pages(root: &Path, packs: &[Folder], address: Option<&str>) -> Result<Vec<Page>> {
    if let Some(address) = address
        && !(address.starts_with("http") && address.ends_with('/'))
    {
        bail!("{address} is no address of a site: write it with https:// and a / at its end");
    }
    let spoken = compile::languages(&root.join("text"))?;
    let words = |lang: &str| Some(&spoken.iter().find(|one| one.tag == lang)?.words);
    let english = words("en").context("the interface has no English words")?;
    let mut pages = Vec::new();
    for folder in packs {
        // It describes no device.
        if folder.id == OTHER {
            continue;
        }
        let languages: Vec<&str> = folder.languages.iter().map(|l| l.lang.as_str()).collect();
        for loaded in &folder.languages {
            let words = words(&loaded.lang).unwrap_or(english);
            let pack = Rc::new(loaded.pack.clone());
            for id in pack.file().model.ids() {
                let device = Device::new(Rc::clone(&pack), id.as_str());
                let device = device.context("a model of a pack is a device")?;
                let page = ModelPage {
                    words,
                    english,
                    device: &device,
                    languages: &languages,
                    lang: &loaded.lang,
                    address,
                };
                pages.push(Page {
                    path: page.path(&loaded.lang),
                    text: page.html().into_string(),
                });
                if let Some(address) = address {
                    pages.push(Page {
                        path: page.oembed_path(),
                        text: page.oembed(address).to_string(),
                    });
                }
            }
        }
    }
    Ok(pages)
}

/// The words of one language, by key.
type Words = Map<String, Json>;

struct ModelPage<'a> {
    words: &'a Words,
    english: &'a Words,
    device: &'a Device,
    languages: &'a [&'a str],
    lang: &'a str,
    address: Option<&'a str>,
}

impl ModelPage<'_> {
    /// The words of a key. That every language has them all is checked where the words are read.
    fn says(&self, key: &str) -> String {
        let words = self.words.get(key).and_then(Json::as_str);
        words.unwrap_or_default().replace("{device}", &self.name())
    }

    /// Maker and model, the maker once.
    fn name(&self) -> String {
        let (maker, model) = (&self.device.pack().file().name, self.device.name());
        if model.starts_with(maker.as_str()) {
            model.to_owned()
        } else {
            format!("{maker} {model}")
        }
    }

    fn stem(&self) -> String {
        format!("{}.{}", self.device.pack_id(), self.device.model_id())
    }

    /// English has the short name, which also serves every language without a page.
    fn path(&self, lang: &str) -> String {
        let lang = if lang == "en" {
            String::new()
        } else {
            format!(".{}", lang.to_ascii_lowercase())
        };
        format!("models/{}{lang}.html", self.stem())
    }

    fn oembed_path(&self) -> String {
        let page = self.path(self.lang);
        let name = page.trim_start_matches("models/").trim_end_matches("html");
        format!("oembed/{name}json")
    }

    fn in_app(&self, begin: &str) -> String {
        let (pack, model) = (self.device.pack_id(), self.device.model_id());
        format!("../?pack={pack}&model={model}{begin}")
    }

    fn html(&self) -> Markup {
        let file = self.device.pack().file();
        let title = self.says("models.title");
        let direction = self
            .words
            .get("app.direction")
            .and_then(Json::as_str)
            .unwrap_or("ltr");
        let own = |path: String| self.address.map(|address| format!("{address}{path}"));
        html! {
            (DOCTYPE)
            html lang=(file.lang) dir=(direction) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (title) }
                    meta name="description" content=(self.says("models.description"));
                    @if let Some(address) = own(self.path(self.lang)) {
                        link rel="canonical" href=(address);
                        @for lang in self.languages {
                            link rel="alternate" hreflang=(lang) href=[own(self.path(lang))];
                        }
                        link rel="alternate" type="application/json+oembed" href=[own(self.oembed_path())] title=(title);
                    }
                    link rel="icon" type="image/svg+xml" href="../icons/icon.svg";
                    link rel="stylesheet" href="../embed/models.css";
                    script type="application/ld+json" { (PreEscaped(in_script(&self.structured()))) }
                }
                body {
                    header { a href="../" { "LED Doctor" } }
                    main {
                        h1 { (title) }
                        p { (self.says("models.lead")) }
                        p { a.go href=(self.in_app("#tap")) { (self.says("models.tap")) } }
                        (self.table())
                        (self.sources())
                        @if file.draft { p.small { (self.says("language.draft")) } }
                        @if !file.notice.is_empty() { p.small { (file.notice) } }
                        p { a href="../" { (self.says("models.all")) } }
                    }
                }
            }
        }
    }

    /// What each light means.
    fn table(&self) -> Markup {
        html! {
            table {
                thead { tr { th scope="col" { (self.says("models.light")) } th scope="col" { (self.says("models.means")) } } }
                tbody {
                    @for entry in self.device.signals() {
                        tr {
                            th scope="row" { (entry.about.looks) span.small { (entry.about.name) } }
                            td {
                                @if let Some(cause) = self.device.cause(&entry.id) {
                                    strong { (cause.title) }
                                    p { (cause.meaning) }
                                    @if cause.severity == Severity::Stop { (self.danger(cause)) }
                                }
                                @if self.device.plan(&entry.id).is_some() {
                                    a href=(self.in_app(&format!("#code:{}", entry.id))) { (self.says("models.fix")) }
                                }
                            }
                        }
                    }
                }
            }
            // A signal that is not listed here is no reason to follow its neighbour.
            @if let Some(like) = self.device.like() {
                p.small { (self.says("verdict.unconfirmed").replace("{like}", like)) }
            }
        }
    }

    /// The warning of a danger, as the app gives it; beside an unchecked translation, the English.
    fn danger(&self, cause: &Cause) -> Markup {
        let key = text::warning(cause.danger);
        let english = self.english.get(key).and_then(Json::as_str);
        html! {
            p.danger { (self.says(key)) }
            @if let (true, Some(english)) = (self.device.pack().file().draft, english) {
                p.small { (self.says("language.report")) " " span lang="en" dir="ltr" { (english) } }
            }
        }
    }

    fn sources(&self) -> Markup {
        let file = self.device.pack().file();
        let mut named: Vec<&str> = Vec::new();
        for entry in self.device.signals() {
            for evidence in &entry.about.evidence {
                if !named.contains(&evidence.source.as_str()) {
                    named.push(evidence.source.as_str());
                }
            }
        }
        html! {
            h2 { (self.says("models.sources")) }
            ul {
                @for source in named.iter().filter_map(|id| file.source.get(id)) {
                    li {
                        @match &source.address {
                            Some(address) => { a href=(address) rel="noreferrer" { (source.name) } }
                            None => { (source.name) }
                        }
                        ", " (self.says("models.checked").replace("{checked}", &source.checked))
                    }
                }
            }
        }
    }

    fn structured(&self) -> Json {
        let questions: Vec<Json> = self
            .device
            .signals()
            .iter()
            .filter_map(|entry| {
                let cause = self.device.cause(&entry.id)?;
                Some(json!({
                    "@type": "Question",
                    "name": format!("{}: {}", self.name(), entry.about.looks),
                    "acceptedAnswer": { "@type": "Answer", "text": format!("{}. {}", cause.title, cause.meaning) },
                }))
            })
            .collect();
        json!({
            "@context": "https://schema.org",
            "@graph": [
                {
                    "@type": "WebApplication",
                    "name": "LED Doctor",
                    "applicationCategory": "UtilitiesApplication",
                    "operatingSystem": "Any",
                    "isAccessibleForFree": true,
                    "inLanguage": self.lang,
                },
                { "@type": "FAQPage", "inLanguage": self.lang, "mainEntity": questions },
            ],
        })
    }

    fn oembed(&self, address: &str) -> Json {
        let (width, height) = FRAME;
        let (pack, model) = (self.device.pack_id(), self.device.model_id());
        let src = format!(
            "{address}embed.html?pack={pack}&model={model}&lang={}",
            self.lang
        );
        let title = self.says("models.title");
        let frame = html! {
            iframe title=(title) src=(src) width=(width) height=(height) frameborder="0" {}
        };
        json!({
            "version": "1.0",
            "type": "rich",
            "provider_name": "LED Doctor",
            "provider_url": address,
            "title": title,
            "width": width,
            "height": height,
            "html": frame.into_string(),
        })
    }
}

/// JSON that cannot end the script element that contains it.
fn in_script(json: &Json) -> String {
    json.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    fn packs() -> Vec<Folder> {
        compile::read(&root().join("packs")).unwrap()
    }

    fn pages(address: Option<&str>) -> Vec<Page> {
        super::pages(&root(), &packs(), address).unwrap()
    }

    fn of<'p>(pages: &'p [Page], path: &str) -> &'p str {
        let mut pages = pages.iter();
        &pages.find(|page| page.path == path).unwrap().text
    }

    #[test]
    fn every_model_has_a_page_with_every_code_and_the_way_to_its_pad() {
        let pages = pages(Some("https://help.example/"));
        let page = of(&pages, "models/blink.outdoor.html");
        for wanted in [
            "One quick red flash about every 3 seconds, on and on.",
            "It has lost the internet",
            "href=\"../?pack=blink&amp;model=outdoor#tap\"",
            "href=\"https://help.example/models/blink.outdoor.html\"",
            "application/json+oembed",
        ] {
            assert!(page.contains(wanted), "{wanted} is not on the page");
        }
        for folder in packs() {
            let id = &folder.id;
            if id == OTHER {
                continue;
            }
            for model in folder.languages[0].pack.file().model.ids() {
                let name = format!("models/{id}.{model}.html");
                assert!(pages.iter().any(|page| page.path == name), "{name}");
            }
        }
    }

    #[test]
    fn a_danger_has_its_own_warning_and_the_english_beside_an_unchecked_one() {
        let pages = pages(None);
        let fire = "Leave now: this may be a fire.";
        assert!(of(&pages, "models/lennox.el180.html").contains(fire));
        let german = of(&pages, "models/lennox.el180.de.html");
        assert!(german.contains("Das kann ein Brand sein") && german.contains(fire));
        assert!(
            german.contains("noch nicht") || german.contains("maschinell"),
            "it says that nobody has checked it"
        );
    }

    #[test]
    fn an_oembed_answer_holds_a_frame_of_the_model() {
        let pages = pages(Some("https://help.example/"));
        let answer = pages
            .iter()
            .find(|page| page.path == "oembed/dell.latitude.json")
            .or_else(|| {
                pages
                    .iter()
                    .find(|page| page.path.starts_with("oembed/dell"))
            })
            .unwrap();
        let json: Json = serde_json::from_str(&answer.text).unwrap();
        assert_eq!(json["version"], "1.0");
        let frame = json["html"].as_str().unwrap();
        assert!(frame.contains("src=\"https://help.example/embed.html?pack=dell&amp;model="));
    }

    #[test]
    fn without_an_address_a_page_names_none_and_a_wrong_one_is_refused() {
        let without = pages(None);
        assert!(without.iter().all(|page| !page.text.contains("canonical")));
        assert!(without.iter().all(|page| page.path.starts_with("models/")));
        assert!(super::pages(&root(), &[], Some("help.example")).is_err());
    }

    #[test]
    fn no_text_ends_the_script_element_that_it_stands_in() {
        assert!(!in_script(&json!("</script>")).contains('<'));
    }
}
