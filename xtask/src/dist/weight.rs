//! The scales: what each file weighs, and whether a first visit and a help page stay within their budgets.

use super::embed::ALIAS;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Of a first visit, over the wire with brotli. The limit is what was reached so far. It goes down with what is saved, and up
/// only with something new that is worth it to everybody; the commit says what.
const LIMIT: u64 = 175_650;
const AIM: u64 = 100_000;

/// Of the element's script, which every reader of a help page downloads.
const FACADE: u64 = 4_096;

/// What more a language other than English may cost: of a first visit (its words are longer, and its files are named in a separate file),
/// and of the element's script.
const TRANSLATED: (u64, u64) = (6_900, 256);

struct Weight {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// A first visit of the app, and nothing of a help page.
    Page,
    /// The element's script on a help page.
    Facade,
    /// What both need to run.
    Both,
    /// Pages around the element, for embedding.
    Embed,
    /// Fetched by the browser or the worker afterwards.
    Afterwards,
}

/// By how many bytes a site is above its limits.
pub struct Excess {
    pub first_visit: u64,
    pub facade: u64,
}

/// Prints the tables and by how many bytes the limits are exceeded.
pub fn report(site: &Path) -> Result<Excess> {
    let mut weights = Vec::new();
    collect(site, "", &mut weights)?;
    weights.sort_by(|a, b| b.brotli.cmp(&a.brotli).then(a.name.cmp(&b.name)));
    println!("{:<44} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip", "brotli");
    let of = |title, parts: &[Part]| table(title, &weights, parts);
    let first = of("first visit", &[Part::Page, Part::Both]);
    let facade = of("on a help page, before anybody comes near", &[Part::Facade]);
    of(
        "afterwards: installing, other packs, the checker",
        &[Part::Afterwards, Part::Embed],
    );
    let both: u64 = weights
        .iter()
        .filter(|weight| part_of(&weight.name) == Part::Both)
        .map(|weight| weight.brotli)
        .sum();
    println!("first visit: {first} bytes of at most {LIMIT} (aim: {AIM})");
    println!(
        "on a help page: {facade} bytes of at most {FACADE}; with all that runs: {}",
        facade + both
    );
    let mut excess = Excess {
        first_visit: first.saturating_sub(LIMIT),
        facade: facade.saturating_sub(FACADE),
    };
    println!("in another language: first visit, and the element's script");
    for (lang, visit, script) in translated(&weights, first) {
        println!("  {lang:<42} {visit:>9} {script:>9}");
        excess.first_visit = excess
            .first_visit
            .max(visit.saturating_sub(LIMIT + TRANSLATED.0));
        excess.facade = excess
            .facade
            .max(script.saturating_sub(FACADE + TRANSLATED.1));
    }
    Ok(excess)
}

/// Whether the name is that beginning with a hash and an ending: not another language's file of a longer one.
fn is_hashed(name: &str, begin: &str) -> bool {
    name.strip_prefix(begin)
        .is_some_and(|rest| rest.split('.').count() == 2)
}

/// The first visit and the element's script of each other language, in bytes, where a visit in English has `english`.
fn translated(weights: &[Weight], english: u64) -> Vec<(String, u64, u64)> {
    let of = |name: &str| -> u64 {
        let named = weights
            .iter()
            .filter(|weight| weight.name == name || is_hashed(&weight.name, name));
        named.map(|weight| weight.brotli).sum()
    };
    let words = |lang: &str| {
        let list = match lang {
            "en" => of("content/packs."),
            lang => of(&format!("content/packs.{lang}.")),
        };
        of(&format!("content/ui.{lang}.")) + of(&format!("content/pack.blink.{lang}.")) + list
    };
    let rest = english.saturating_sub(words("en")) + of("translated.");
    let langs = weights.iter().filter_map(|weight| {
        let (lang, _) = weight.name.strip_prefix("content/ui.")?.split_once('.')?;
        (lang != "en").then(|| lang.to_owned())
    });
    let mut all: Vec<(String, u64, u64)> = langs
        .map(|lang| {
            let visit = rest + words(&lang) + of(&format!("first.{lang}.txt"));
            let script = of(&format!("led-doctor-{lang}.js"));
            (lang, visit, script)
        })
        .collect();
    all.sort();
    all
}

fn table(title: &str, weights: &[Weight], parts: &[Part]) -> u64 {
    let mut sum = Weight {
        name: title.to_owned(),
        raw: 0,
        gzip: 0,
        brotli: 0,
    };
    for weight in weights
        .iter()
        .filter(|weight| parts.contains(&part_of(&weight.name)))
    {
        line("  ", weight);
        sum.raw += weight.raw;
        sum.gzip += weight.gzip;
        sum.brotli += weight.brotli;
    }
    line("", &sum);
    sum.brotli
}

fn line(indent: &str, weight: &Weight) {
    println!(
        "{:<44} {:>9} {:>9} {:>9}",
        format!("{indent}{}", weight.name),
        weight.raw,
        weight.gzip,
        weight.brotli
    );
}

/// How the names of what is fetched only when somebody wants it begin: the checker of packs that people bring, the reader of films,
/// the hand-over of a case, what the service worker does beside keeping files, and the documents.
const WHEN_WANTED: [&str; 8] = [
    "led-doctor-check",
    "check.",
    "led-doctor-film",
    "film.",
    "handover.",
    "worker.",
    "accessibility.",
    "privacy.",
];

/// A first visit is the page, which holds the element's script and style, its code, the interface's words, the list of packs and one of
/// them. A help
/// page takes the element's script in place of the page, and no worker.
fn part_of(name: &str) -> Part {
    let content = ["content/ui.en.", "content/pack.blink.en.", "content/packs."]
        .iter()
        .any(|begin| is_hashed(name, begin));
    match name.rsplit_once('.').map(|(_, kind)| kind) {
        _ if WHEN_WANTED.iter().any(|begin| name.starts_with(begin)) => Part::Afterwards,
        _ if ["embed", "models/", "oembed/", "led-doctor-"]
            .iter()
            .any(|begin| name.starts_with(begin))
            || name == ALIAS =>
        {
            Part::Embed
        }
        Some("js") if name.starts_with("led-doctor.") => Part::Facade,
        Some("js") if name.starts_with("pwa.") => Part::Page,
        Some("html") => Part::Page,
        Some("css" | "wasm") => Part::Both,
        Some("js") if name != "sw.js" => Part::Both,
        Some("json") if content => Part::Both,
        _ => Part::Afterwards,
    }
}

fn collect(dir: &Path, folder: &str, into: &mut Vec<Weight>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{folder}{name}/"), into)?;
        } else if !name.ends_with(".br") && !name.ends_with(".gz") && name != "_headers" {
            let raw = entry.metadata()?.len();
            // What does not get smaller is sent as it is.
            let copy = |kind: &str| {
                fs::metadata(dir.join(format!("{name}.{kind}"))).map_or(raw, |data| data.len())
            };
            into.push(Weight {
                gzip: copy("gz"),
                brotli: copy("br"),
                raw,
                name: format!("{folder}{name}"),
            });
        }
    }
    Ok(())
}
