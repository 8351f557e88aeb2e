//! The page's program made small, between wasm-bindgen and the final names.
//!
//! Binaryen's wasm-opt does most of it, but it cannot know what no page will miss: the words of a panic, and the long names
//! under which the wasm and its script know each other. Nor does it measure the compressed size.

mod functions;
mod names;
mod order;
mod panics;
mod tables;

use anyhow::{Context, Result, bail};
use names::Short;
use panics::Panics;
use std::convert::Infallible;
use std::fs;
use std::path::Path;
use std::process::Command;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, DataSection, ExportSection, ImportSection, Module};
use wasmparser::{Data, Export, FunctionBody, Imports, Parser};

/// Shrinks a program of the site in `site`, by the name of its script. `npm` is the folder of the programs from npm. What its
/// functions were called, by which the traces of a browser can be read, is written to `symbols`.
pub fn shrink(site: &Path, name: &str, npm: &Path, symbols: &Path) -> Result<()> {
    let wasm = site.join(format!("{name}_bg.wasm"));
    let script = site.join(format!("{name}.js"));
    let linked = fs::read(&wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let glue =
        fs::read_to_string(&script).with_context(|| format!("cannot read {}", script.display()))?;
    match shrunk(&linked, &glue) {
        Ok((linked, glue)) => {
            fs::write(&wasm, linked)?;
            fs::write(&script, glue)?;
        }
        Err(error) => skipped("panics, tables and names", &format!("{error:#}")),
    }
    let mut optimise = Command::new(npm.join("wasm-opt"));
    // Twice: the second run finds what the first laid bare. What it shares between places stays where it is: it compresses worse.
    optimise.args(["-Oz", "-Oz", "-g", "--skip-pass=local-cse"]);
    optimise.arg(&wasm).arg("-o").arg(&wasm);
    let status = optimise.status().context("wasm-opt could not be started")?;
    if !status.success() {
        bail!("wasm-opt failed ({status}); its own words are above");
    }
    // Names end here, and so does what is written for tools alone.
    match order::by_likeness(&fs::read(&wasm)?) {
        Ok((ordered, names)) => {
            fs::write(&wasm, ordered)?;
            fs::write(symbols, names).with_context(|| format!("cannot write {}", symbols.display()))
        }
        Err(error) => {
            skipped("order", &format!("{error:#}"));
            Ok(())
        }
    }
}

/// Warns that a pass was left out. The program is larger without it, and works all the same: a build never stops over a name that a new
/// compiler writes otherwise.
fn skipped(pass: &str, why: &str) {
    eprintln!("warning: the wasm is not shrunk by `{pass}`: {why}");
}

/// The program without the words of its panics, and its script, both with short names for each other.
fn shrunk(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let (short, glue) = Short::agree(wasm, glue)?;
    let mut shrinker = Shrinker {
        panics: Panics::find(wasm)?,
        short,
    };
    let mut module = Module::new();
    shrinker
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .context("the wasm of wasm-bindgen cannot be read")?;
    Ok((module.finish(), glue))
}

struct Shrinker {
    panics: Panics,
    short: Short,
}

impl Reencode for Shrinker {
    type Error = Infallible;

    fn parse_imports(
        &mut self,
        section: &mut ImportSection,
        imports: Imports<'_>,
    ) -> Result<(), Error<Infallible>> {
        for import in imports {
            let (_, import) = import?;
            let kind = self.entity_type(import.ty)?;
            section.import(
                self.short.module(import.module),
                self.short.import(import.name),
                kind,
            );
        }
        Ok(())
    }

    fn parse_export(
        &mut self,
        section: &mut ExportSection,
        export: Export<'_>,
    ) -> Result<(), Error<Infallible>> {
        let name = self.short.export(export.name).to_owned();
        utils::parse_export(
            self,
            section,
            Export {
                name: &name,
                ..export
            },
        )
    }

    fn parse_function_body(
        &mut self,
        section: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Infallible>> {
        match self.panics.next_body() {
            Some(instead) => {
                section.function(&instead);
                Ok(())
            }
            None => utils::parse_function_body(self, section, body),
        }
    }

    fn parse_data(
        &mut self,
        section: &mut DataSection,
        data: Data<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bytes = self.panics.next_data();
        utils::parse_data(
            self,
            section,
            Data {
                data: &bytes,
                ..data
            },
        )
    }
}
