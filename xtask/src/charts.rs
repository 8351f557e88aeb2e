//! The shipped packs' charts, for the tools that measure and replay.

use anyhow::{Context, Result};
use led_doctor::pack::{Pack, PackFile};
use led_doctor::rhythm::{Chart, Question};
use std::path::Path;

/// Reads a pack.
pub fn pack(id: &str) -> Result<Pack> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs").join(id);
    let read = |name: &str| -> Result<toml::Table> {
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("cannot read {}", path.display()))
    };
    let mut merged = read("pack.toml")?;
    merge(&mut merged, read("text/en.toml")?);
    let file: PackFile = serde_json::from_value(serde_json::to_value(merged)?)?;
    Pack::new(file).map_err(|problems| anyhow::anyhow!("the pack {id} has {} problems", problems.len()))
}

fn merge(into: &mut toml::Table, words: toml::Table) {
    for (key, value) in words {
        match (into.get_mut(&key), value) {
            (Some(toml::Value::Table(inner)), toml::Value::Table(words)) => merge(inner, words),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

/// What the engine listens for on a model. `None` when the pack has no such model.
pub fn chart(pack: &Pack, model: &str) -> Option<Chart> {
    pack.model(model)?;
    let questions = pack.file().question.iter().map(|(id, q)| Question { id: id.clone(), answers: q.answer.ids().cloned().collect() });
    Some(Chart::new(pack.signals_for_engine(model), questions.collect()))
}
