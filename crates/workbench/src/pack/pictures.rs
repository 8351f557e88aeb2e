//! The drawings of packs: small SVG files, read into the plain paths that the page draws.
//!
//! A pack's own lie in its folder `pictures`, those that all packs share in `packs/pictures`. Only paths are taken over, so no file
//! can bring a script, a style or an address to the page.

use super::tree::{Fault, Node, Place, Source, Value};
use anyhow::{Context, Result};
use include_dir::{Dir, include_dir};
use roxmltree::Document;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::rc::Rc;

/// The largest file that is read, in bytes.
const LARGEST: usize = 4_000;

/// The drawing of a model that names none.
const ANY: &str = "device";

/// The paths that a drawing may have, and what each is for.
const PATHS: [&str; 3] = ["lines", "light", "accent"];

/// What a drawing is for, and so how large its canvas is.
#[derive(Clone, Copy, PartialEq)]
enum Use {
    Device,
    Picture,
}

impl Use {
    fn canvas(self) -> &'static str {
        match self {
            Use::Device => "0 0 64 64",
            Use::Picture => "0 0 120 68",
        }
    }
}

/// The files that a pack can name, by name.
pub struct Pictures(BTreeMap<String, Rc<Source>>);

/// The drawings that all packs share, as they were when this program was built.
static SHARED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../packs/pictures");

/// Reads the files beside a pack: its own, and where it has none of a name, the shared one.
///
/// # Errors
/// When a folder is there and cannot be read.
pub fn read(pack: &Path) -> Result<Pictures> {
    let mut files = BTreeMap::new();
    for file in SHARED.files() {
        let text = file.contents_utf8().unwrap_or_default();
        add(&mut files, file.path(), text.to_owned());
    }
    for folder in [pack.join("../pictures"), pack.join("pictures")] {
        if !folder.is_dir() {
            continue;
        }
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if path.extension().is_some_and(|end| end == "svg") {
                let text = fs::read_to_string(&path)
                    .with_context(|| format!("cannot read {}", path.display()))?;
                add(&mut files, &path, text);
            }
        }
    }
    Ok(Pictures(files))
}

fn add(files: &mut BTreeMap<String, Rc<Source>>, path: &Path, text: String) {
    if let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) {
        let path = path.to_path_buf();
        files.insert(name.to_owned(), Rc::new(Source { path, text }));
    }
}

impl Pictures {
    /// Puts the drawings that a pack names into it, and reports their faults.
    pub fn put_into(&self, tree: &mut Node) -> Vec<Fault> {
        let mut faults = Vec::new();
        if let Some(models) = tree.table_mut("model") {
            for (_, model) in models
                .iter_mut()
                .filter(|(_, model)| model.get("drawing").is_none())
            {
                let place = model.key.clone();
                model.set("drawing", at(&place, Value::Text(ANY.into())));
            }
        }
        let mut drawn: Vec<(String, Node)> = Vec::new();
        for (name, place, used) in named(tree, &mut faults) {
            let made = match self.0.get(&name) {
                Some(source) => paths(source, used),
                None => Err(vec![self.missing(&name, &place)]),
            };
            match made {
                Ok(paths) if drawn.iter().all(|(own, _)| *own != name) => {
                    drawn.push((name, table(&place, paths)));
                }
                Ok(_) => {}
                Err(found) => faults.extend(found),
            }
        }
        if !drawn.is_empty() {
            let place = tree.place.clone();
            tree.set("picture", at(&place, Value::Table(drawn)));
        }
        faults
    }

    fn missing(&self, name: &str, place: &Place) -> Fault {
        let names: Vec<&str> = self.0.keys().map(String::as_str).collect();
        let remedy = match super::shape::nearest(name, &names) {
            Some(near) => format!("did you mean {near}?"),
            None => format!(
                "draw pictures/{name}.svg, or use one of those there are: {}",
                names.join(", ")
            ),
        };
        Fault {
            place: place.clone(),
            what: format!("there is no drawing {name}"),
            remedy,
        }
    }
}

/// Every drawing that a pack names: where, and for what.
fn named(tree: &Node, faults: &mut Vec<Fault>) -> Vec<(String, Place, Use)> {
    let mut names = Vec::new();
    let mut name = |node: Option<&Node>, used| {
        if let Some(text) = node.and_then(Node::text) {
            let place = node.map(|node| node.place.clone());
            names.extend(place.map(|place| (text.to_owned(), place, used)));
        }
    };
    let table = |node: Option<&Node>| node.map(Node::parts).unwrap_or_default().to_vec();
    for (_, model) in table(tree.get("model")) {
        name(model.get("drawing"), Use::Device);
        for (role, picture) in table(model.get("picture")) {
            name(Some(&picture), Use::Picture);
            if role == "light" && model.get("light_is").is_none() && model.get("base").is_none() {
                faults.push(Fault {
                    place: picture.place.clone(),
                    what: "this picture of the light has no words beside it".into(),
                    remedy: "write the model's light_is: not everybody sees pictures".into(),
                });
            }
        }
    }
    for (_, fix) in table(tree.get("fix")) {
        for (_, step) in table(fix.get("step")) {
            name(step.get("picture"), Use::Picture);
        }
    }
    names
}

/// The paths of a drawing by their class.
fn paths(source: &Rc<Source>, used: Use) -> Result<Vec<(&'static str, String)>, Vec<Fault>> {
    let wrong = |at: usize, what: String, remedy: &str| Fault {
        place: Place {
            source: Rc::clone(source),
            at,
        },
        what,
        remedy: remedy.into(),
    };
    if source.text.len() > LARGEST {
        let what = format!("this drawing has {} bytes", source.text.len());
        return Err(vec![wrong(0, what, "draw it simpler: up to 4000 bytes")]);
    }
    let document = Document::parse(&source.text).map_err(|error| {
        vec![wrong(
            0,
            format!("this is no SVG: {error}"),
            "export it as plain SVG",
        )]
    })?;
    let root = document.root_element();
    let mut faults = Vec::new();
    if root.tag_name().name() != "svg" || root.attribute("viewBox") != Some(used.canvas()) {
        let what = format!("the canvas of this drawing is not {}", used.canvas());
        faults.push(wrong(
            root.range().start,
            what,
            "devices are drawn on 0 0 64 64, pictures of steps and lights on 0 0 120 68",
        ));
    }
    let mut paths: Vec<(&'static str, String)> = Vec::new();
    for node in root.descendants().skip(1).filter(|node| node.is_element()) {
        let class = node.attribute("class");
        let known = PATHS.into_iter().find(|one| Some(*one) == class);
        match (node.tag_name().name(), known, node.attribute("d")) {
            ("title" | "desc", ..) => {}
            ("path", Some(class), Some(d)) => {
                match paths.iter_mut().find(|(own, _)| *own == class) {
                    Some((_, all)) => all.push_str(d.trim()),
                    None => paths.push((class, d.trim().to_owned())),
                }
            }
            _ => faults.push(wrong(
                node.range().start,
                format!("a drawing cannot have this {}", node.tag_name().name()),
                "use <path class=\"lines\" d=\"…\"/>, and the classes light and accent: all else is left out on the page",
            )),
        }
    }
    match faults.is_empty() {
        true => Ok(paths),
        false => Err(faults),
    }
}

fn table(place: &Place, paths: Vec<(&'static str, String)>) -> Node {
    let paths = paths.into_iter();
    let paths = paths.map(|(class, d)| (class.to_owned(), at(place, Value::Text(d))));
    at(place, Value::Table(paths.collect()))
}

fn at(place: &Place, value: Value) -> Node {
    Node {
        key: place.clone(),
        place: place.clone(),
        value,
    }
}
