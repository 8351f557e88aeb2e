//! The papers of what is shipped: the licences of everything in the finished bytes, and a bill of materials (CycloneDX).
//!
//! Both are made from what Cargo and npm resolved. Not by cargo-about and cargo-cyclonedx: building the two takes longer than the
//! whole set-up, for what `cargo metadata` says in one call.

use crate::run;
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The licences, for people.
pub const NOTICES: &str = "THIRD-PARTY.txt";
/// The bill of materials, for programs.
pub const PARTS: &str = "sbom.cdx.json";

/// The documents that are pages of the site as well.
const DOCUMENTS: [&str; 2] = ["accessibility", "privacy"];

/// The packages of npm whose code is in the shipped scripts, each with what it depends on: the page's (workbox-window, lean-qr) and the
/// worker's.
const SCRIPTS: [&str; 8] = [
    "lean-qr",
    "workbox-cacheable-response",
    "workbox-core",
    "workbox-expiration",
    "workbox-precaching",
    "workbox-routing",
    "workbox-strategies",
    "workbox-window",
];

/// Something of others in what is shipped.
struct Part {
    name: String,
    version: String,
    /// As SPDX writes it.
    licence: String,
    /// Where it comes from, for people.
    home: String,
    purl: String,
    texts: Vec<String>,
    depends_on: Vec<String>,
}

/// What is linked into the wasm, with the texts of its licences.
pub struct Linked(Vec<Part>);

/// Writes both into the site. Fails where a part says no licence, or has none of which there is a text.
pub fn add(root: &Path, site: &Path, npm: &Path) -> Result<Linked> {
    let modules = npm.parent().context("npm's programs lie in no folder")?;
    let apache = fs::read_to_string(root.join("LICENSE-APACHE"))?;
    let complete = |mut parts: Vec<Part>| -> Result<Vec<Part>> {
        for part in &mut parts {
            part.complete(&apache)?;
        }
        Ok(parts)
    };
    let linked = complete(crates(root)?)?;
    let scripts = complete(scripts(modules)?)?;
    write(site, linked.iter().chain(&scripts))?;
    for name in DOCUMENTS {
        let path = root.join("docs").join(format!("{name}.md"));
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        fs::write(site.join(format!("{name}.html")), page(&text))?;
    }
    Ok(Linked(linked))
}

impl Linked {
    /// Writes both into the npm package, which holds the wasm and none of the scripts of others.
    pub fn add_to_package(&self, package: &Path) -> Result<()> {
        write(package, self.0.iter())
    }
}

fn write<'p>(folder: &Path, parts: impl Iterator<Item = &'p Part>) -> Result<()> {
    let mut parts: Vec<&Part> = parts.collect();
    parts.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    fs::write(folder.join(NOTICES), notices(&parts))?;
    let bill = serde_json::to_string_pretty(&bill(&parts))? + "\n";
    fs::write(folder.join(PARTS), bill)?;
    Ok(())
}

impl Part {
    /// Adds the text of the Apache licence to a part that may be had under it and brings no text: that licence is the same
    /// for all, and names no person.
    fn complete(&mut self, apache: &str) -> Result<()> {
        if self.texts.is_empty() && self.licence.contains("Apache-2.0") {
            self.texts.push(apache.trim().to_owned());
        }
        if self.texts.is_empty() {
            bail!(
                "{} is shipped under {} and brings no text of it; add the text, or do without it",
                self.name,
                self.licence
            );
        }
        Ok(())
    }
}

/// A document of the repository as a page of the site.
fn page(text: &str) -> String {
    let parser = pulldown_cmark::Parser::new_ext(text, pulldown_cmark::Options::ENABLE_TABLES);
    let mut body = String::new();
    pulldown_cmark::html::push_html(&mut body, parser);
    let title = text.lines().next().unwrap_or("").trim_start_matches("# ");
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} – LED Doctor</title>\
         <meta name=\"description\" content=\"{title} of LED Doctor.\">\
         <link rel=\"icon\" type=\"image/svg+xml\" href=\"icons/icon.svg\"><link rel=\"stylesheet\" href=\"embed/models.css\"></head>\
         <body><header><a href=\"./\">LED Doctor</a></header><main>{body}</main></body></html>\n"
    )
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// What cargo resolves for the wasm, with everything that is optional in it.
fn metadata(root: &Path) -> Result<Value> {
    let metadata = run::look(Command::new("cargo").current_dir(root).args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--filter-platform",
        "wasm32-unknown-unknown",
        "--features",
        "page,check,film",
    ]))
    .context("`cargo metadata` failed: the licences of what is shipped are not known")?;
    serde_json::from_str(&metadata).context("cargo metadata is no JSON")
}

/// The crates that are linked into the wasm: what the page's package needs, without what only builds or tests it.
fn crates(root: &Path) -> Result<Vec<Part>> {
    let metadata = metadata(root)?;
    let packages: BTreeMap<&str, &Value> = list(&metadata, "packages")
        .iter()
        .map(|package| (text(package, "id"), package))
        .collect();
    let resolve = metadata.get("resolve").context("cargo resolved nothing")?;
    let nodes: BTreeMap<&str, &Value> = list(resolve, "nodes")
        .iter()
        .map(|node| (text(node, "id"), node))
        .collect();
    let is_macro = |id: &str| {
        let targets = packages.get(id).map_or(&[][..], |p| list(p, "targets"));
        targets
            .iter()
            .any(|target| list(target, "kind").iter().any(|kind| kind == "proc-macro"))
    };
    // What of a package's needs is linked.
    let linked = |id: &str| -> Vec<&str> {
        let Some(node) = nodes.get(id) else {
            return Vec::new();
        };
        list(node, "deps")
            .iter()
            .filter(|dep| {
                list(dep, "dep_kinds")
                    .iter()
                    .any(|kind| kind.get("kind").is_some_and(Value::is_null))
            })
            .map(|dep| text(dep, "pkg"))
            .filter(|id| !is_macro(id))
            .collect()
    };
    let own = text(resolve, "root");
    let (mut seen, mut next) = (Vec::new(), vec![own]);
    while let Some(id) = next.pop() {
        if !seen.contains(&id) {
            seen.push(id);
            next.extend(linked(id));
        }
    }
    let purl = |id: &str| {
        let package = packages.get(id)?;
        Some(format!(
            "pkg:cargo/{}@{}",
            text(package, "name"),
            text(package, "version")
        ))
    };
    let mut parts = Vec::new();
    for id in seen {
        let package = packages
            .get(id)
            .with_context(|| format!("cargo does not know {id}"))?;
        // Our own.
        if package.get("source").is_none_or(Value::is_null) {
            continue;
        }
        let name = text(package, "name");
        let folder = Path::new(text(package, "manifest_path")).parent();
        let folder = folder.with_context(|| format!("{name} lies in no folder"))?;
        parts.push(Part {
            name: name.to_owned(),
            version: text(package, "version").to_owned(),
            licence: licence(name, text(package, "license"))?,
            home: text(package, "repository").to_owned(),
            purl: purl(id).unwrap_or_default(),
            texts: texts(folder)?,
            depends_on: linked(id).into_iter().filter_map(purl).collect(),
        });
    }
    Ok(parts)
}

/// The packages of npm, and all that they depend on.
fn scripts(modules: &Path) -> Result<Vec<Part>> {
    let mut next: Vec<String> = SCRIPTS.map(str::to_owned).into();
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    while let Some(name) = next.pop() {
        if parts.contains_key(&name) {
            continue;
        }
        let (part, needs) = script(&modules.join(&name))?;
        parts.insert(name, part);
        next.extend(needs);
    }
    Ok(parts.into_values().collect())
}

/// A package of npm, and the names of what it depends on.
fn script(folder: &Path) -> Result<(Part, Vec<String>)> {
    let about = fs::read_to_string(folder.join("package.json"))
        .with_context(|| format!("cannot read {}", folder.display()))?;
    let about: Value = serde_json::from_str(&about)?;
    let (name, version) = (text(&about, "name"), text(&about, "version"));
    let repository = about.get("repository");
    let home = repository.and_then(Value::as_str);
    let home = home.or_else(|| repository.map(|repository| text(repository, "url")));
    let needs = about.get("dependencies").and_then(Value::as_object);
    let needs: Vec<String> = needs.into_iter().flat_map(Map::keys).cloned().collect();
    let part = Part {
        name: name.to_owned(),
        version: version.to_owned(),
        licence: licence(name, text(&about, "license"))?,
        home: home.unwrap_or_default().to_owned(),
        purl: format!("pkg:npm/{name}@{version}"),
        texts: texts(folder)?,
        depends_on: Vec::new(),
    };
    Ok((part, needs))
}

fn licence(name: &str, said: &str) -> Result<String> {
    if said.is_empty() {
        bail!("{name} is shipped and says no licence; find out, or do without it");
    }
    // An older way to write "or".
    Ok(said.replace('/', " OR "))
}

/// The licence texts that lie in a package's folder.
fn texts(folder: &Path) -> Result<Vec<String>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().to_uppercase());
            name.is_some_and(|name| {
                ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"]
                    .iter()
                    .any(|begin| name.starts_with(begin))
            })
        })
        .collect();
    files.sort();
    files
        .iter()
        .filter(|path| path.is_file())
        .map(|path| Ok(fs::read_to_string(path)?.trim().to_owned()))
        .collect()
}

/// Every part by name, then each text once with the parts it belongs to.
fn notices(parts: &[&Part]) -> String {
    let mut out = String::from(
        "LED Doctor is MIT OR Apache-2.0. What is shipped holds parts of others, each under the licence named with it.\n\
         The wasm also holds the Rust standard library: MIT OR Apache-2.0, The Rust Project Contributors. Where a part brings no text of \
         its licence, it is taken under Apache-2.0.\n\n",
    );
    for part in parts {
        out.push_str(&format!(
            "{} {}: {} {}\n",
            part.name, part.version, part.licence, part.home
        ));
    }
    let mut by_text: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for part in parts {
        for text in &part.texts {
            by_text.entry(text).or_default().push(&part.name);
        }
    }
    for (text, mut names) in by_text {
        names.dedup();
        out.push_str(&format!(
            "\n{}\n{}\n\n{text}\n",
            "-".repeat(72),
            names.join(", ")
        ));
    }
    out
}

fn bill(parts: &[&Part]) -> Value {
    let own = "led-doctor";
    let components: Vec<Value> = parts
        .iter()
        .map(|part| {
            let mut component = json!({
                "type": "library",
                "bom-ref": part.purl,
                "name": part.name,
                "version": part.version,
                "purl": part.purl,
                "licenses": [{ "expression": part.licence }],
            });
            if let (Some(fields), true) = (component.as_object_mut(), part.home.starts_with("http"))
            {
                let home = json!([{ "type": "vcs", "url": part.home }]);
                fields.insert("externalReferences".into(), home);
            }
            component
        })
        .collect();
    let mut depends: Vec<Value> = vec![json!({
        "ref": own,
        "dependsOn": parts.iter().map(|part| &part.purl).collect::<Vec<_>>(),
    })];
    depends.extend(parts.iter().map(|part| {
        let mut entry = Map::new();
        entry.insert("ref".into(), part.purl.as_str().into());
        entry.insert("dependsOn".into(), part.depends_on.as_slice().into());
        Value::Object(entry)
    }));
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": own,
                "version": env!("CARGO_PKG_VERSION"),
                "licenses": [{ "expression": "MIT OR Apache-2.0" }],
            },
        },
        "components": components,
        "dependencies": depends,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_linked_into_the_wasm_is_listed_and_what_only_builds_it_is_not() -> Result<()> {
        let parts = crates(&crate::paths::root()?)?;
        let has = |name: &str| parts.iter().any(|part| part.name == name);
        assert!(has("yew") && has("wasm-bindgen") && has("rlsf"));
        assert!(
            !has("syn") && !has("clap") && !has("wasm-bindgen-test") && !has("led-doctor-core")
        );
        Ok(())
    }

    fn part(name: &str, licence: &str, texts: Vec<String>) -> Part {
        Part {
            name: name.to_owned(),
            version: "1.0.0".into(),
            licence: licence.into(),
            home: String::new(),
            purl: format!("pkg:cargo/{name}@1.0.0"),
            texts,
            depends_on: Vec::new(),
        }
    }

    #[test]
    fn what_a_script_depends_on_is_listed_with_it() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let mut needs = json!({ "deep": "1" });
        for name in SCRIPTS.into_iter().chain(["deep"]) {
            let about = json!({ "name": name, "version": "1.0.0", "license": "MIT", "dependencies": needs });
            fs::create_dir_all(folder.path().join(name))?;
            fs::write(
                folder.path().join(name).join("package.json"),
                about.to_string(),
            )?;
            needs = json!({});
        }
        let parts = scripts(folder.path())?;
        assert_eq!(parts.len(), SCRIPTS.len() + 1);
        assert!(parts.iter().any(|part| part.name == "deep"));
        Ok(())
    }

    #[test]
    fn a_part_without_a_text_of_its_licence_stops_the_build() {
        let mut either = part("either", "MIT OR Apache-2.0", Vec::new());
        assert!(either.complete("the text").is_ok() && either.texts == ["the text"]);
        let mut own = part("own", "MIT OR Apache-2.0", vec!["its own".into()]);
        assert!(own.complete("the text").is_ok() && own.texts == ["its own"]);
        assert!(
            part("none", "MIT", Vec::new())
                .complete("the text")
                .is_err()
        );
    }

    #[test]
    fn a_part_that_says_no_licence_stops_the_build() {
        assert!(licence("x", "").is_err());
        assert_eq!(
            licence("x", "MIT/Apache-2.0").ok().as_deref(),
            Some("MIT OR Apache-2.0")
        );
    }

    #[test]
    fn each_text_stands_once_with_all_that_it_belongs_to() {
        let part = |name| part(name, "MIT", vec!["the text".into()]);
        let notices = notices(&[&part("a"), &part("b")]);
        assert_eq!(notices.matches("the text").count(), 1);
        assert!(notices.contains("\na, b\n"));
    }
}
