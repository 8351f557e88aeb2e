//! That content is none of the program's weight: what the compiler read for it, and whether a word of a pack is in it.

use crate::pack::compile;
use crate::workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Texts shorter than this may be in any program by chance.
const TELLING: usize = 20;

/// Prints the program's size with one pack and with all, and on what that rests. Says so where the site was not built.
pub fn bench() -> Result<()> {
    println!("\nThe program and its content");
    let root = workspace::root()?;
    let built = root.join("target/wasm/wasm32-unknown-unknown/release/led-doctor.d");
    let wasm = fs::read_dir(root.join("dist")).ok().and_then(|files| {
        let mut files = files.flatten().map(|file| file.path());
        files.find(|file| name(file).starts_with("led-doctor_bg.") && name(file).ends_with(".wasm"))
    });
    let (Ok(read), Some(wasm)) = (fs::read_to_string(&built), wasm) else {
        println!("  not measured: `cargo xtask dist` builds it");
        return Ok(());
    };
    let program = fs::read(&wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let sources: Vec<&str> = read.split_whitespace().skip(1).collect();
    let content = sources.iter().filter(|source| {
        let inside = Path::new(source)
            .strip_prefix(&root)
            .unwrap_or(Path::new(""));
        ["packs", "text", "target"]
            .iter()
            .any(|folder| inside.starts_with(folder))
    });
    let content = content.count();

    let packs = compile::packs(&root.join("packs"))?;
    let mut files: Vec<_> = packs
        .files
        .iter()
        .filter(|file| file.name.starts_with("pack."))
        .collect();
    files.sort_by_key(|file| !file.name.starts_with("pack.blink."));
    let bytes = |files: &[_]| {
        files
            .iter()
            .map(|file: &&compile::Made| file.text.len())
            .sum::<usize>()
    };
    let (mut texts, mut found) = (0, 0);
    for file in &files {
        let json =
            serde_json::from_str(&file.text).context("a pack that was written is no JSON")?;
        look(&json, &program, (&mut texts, &mut found));
    }
    let says = |content| match content {
        0 => program.len().to_string(),
        _ => "not the same".to_owned(),
    };
    println!(
        "  with one pack ({} bytes of content): {} bytes; with {} ({} bytes): {} bytes",
        bytes(files.get(..1).unwrap_or(&[])),
        program.len(),
        files.len(),
        bytes(&files),
        says(content + found),
    );
    println!(
        "  the compiler read {} files for it, {content} of them content; of {texts} texts of the packs {found} are in it",
        sources.len()
    );
    Ok(())
}

fn name(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("")
}

/// Counts the texts of a pack, and those that the program holds.
fn look(json: &serde_json::Value, program: &[u8], (texts, found): (&mut usize, &mut usize)) {
    match json {
        serde_json::Value::String(text) if text.len() >= TELLING => {
            *texts += 1;
            let there = program
                .windows(text.len())
                .any(|part| part == text.as_bytes());
            *found += usize::from(there);
        }
        serde_json::Value::Array(items) => {
            items
                .iter()
                .for_each(|item| look(item, program, (texts, found)));
        }
        serde_json::Value::Object(parts) => {
            parts
                .values()
                .for_each(|part| look(part, program, (texts, found)));
        }
        _ => {}
    }
}
