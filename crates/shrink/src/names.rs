//! wasm-bindgen gives what the wasm and its script have in common long names with a hash. Nothing else reads them.

use anyhow::{Result, bail};
use std::collections::HashMap;
use wasmparser::{Parser, Payload};

/// The short names that both sides agree on.
pub struct Short {
    module: Option<String>,
    imports: HashMap<String, String>,
    exports: HashMap<String, String>,
}

/// The script's name for the module that the wasm imports from.
const MODULE: &str = "m";

impl Short {
    /// Short names for the imports and exports of a module, and its script with them.
    ///
    /// Fails unless the script gives each import exactly once, in the form that wasm-bindgen writes.
    pub fn agree(wasm: &[u8], glue: &str) -> Result<(Short, String)> {
        let mut glue = glue.to_owned();
        let mut short = Short {
            module: None,
            imports: HashMap::new(),
            exports: HashMap::new(),
        };
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let import = import?;
                        match &short.module {
                            None => {
                                once(
                                    &mut glue,
                                    &format!("\"{}\": ", import.module),
                                    &format!("\"{MODULE}\": "),
                                )?;
                                short.module = Some(import.module.to_owned());
                            }
                            Some(module) if module == import.module => {}
                            Some(module) => bail!(
                                "the wasm imports from {module} and from {}: only one was expected",
                                import.module
                            ),
                        }
                        let name = letters(short.imports.len());
                        once(
                            &mut glue,
                            &format!(" {}: function(", import.name),
                            &format!(" {name}: function("),
                        )?;
                        if short.imports.insert(import.name.to_owned(), name).is_some() {
                            bail!("the wasm imports {} twice", import.name);
                        }
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let old = export?.name;
                        let name = letters(short.exports.len());
                        let (text, found) = member(&glue, old, &name);
                        // What the script never asks for stays as it is.
                        if found {
                            glue = text;
                            short.exports.insert(old.to_owned(), name);
                        }
                    }
                }
                _ => {}
            }
        }
        Ok((short, glue))
    }

    pub fn module<'a>(&'a self, name: &'a str) -> &'a str {
        self.module.as_ref().map_or(name, |_| MODULE)
    }

    pub fn import<'a>(&'a self, name: &'a str) -> &'a str {
        self.imports.get(name).map_or(name, String::as_str)
    }

    pub fn export<'a>(&'a self, name: &'a str) -> &'a str {
        self.exports.get(name).map_or(name, String::as_str)
    }
}

/// a, b, …, z, aa, ba, …
fn letters(number: usize) -> String {
    let mut name = String::new();
    let mut rest = number;
    loop {
        name.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
        if rest == 0 {
            return name;
        }
        rest -= 1;
    }
}

/// Replaces what must occur exactly once.
fn once(text: &mut String, old: &str, new: &str) -> Result<()> {
    let count = text.matches(old).count();
    if count != 1 {
        bail!(
            "the script of the wasm has `{old}` {count} times and not once; has wasm-bindgen changed what it writes?"
        );
    }
    *text = text.replace(old, new);
    Ok(())
}

/// The text with each `wasm.old` as `wasm.new`, and whether there was one.
fn member(text: &str, old: &str, new: &str) -> (String, bool) {
    let old = format!("wasm.{old}");
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in text.match_indices(&old) {
        let part_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text
            .get(at + old.len()..)
            .and_then(|text| text.chars().next());
        if before.is_some_and(|c| part_of_name(c) || c == '.') || after.is_some_and(part_of_name) {
            continue;
        }
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push_str("wasm.");
        out.push_str(new);
        from = at + old.len();
    }
    out.push_str(text.get(from..).unwrap_or_default());
    (out, from > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_short_names_are_the_same() {
        let names: HashSet<String> = (0..2000).map(letters).collect();
        assert_eq!(names.len(), 2000);
        assert_eq!([letters(0), letters(25), letters(26)], ["a", "z", "aa"]);
    }

    #[test]
    fn an_import_that_the_script_does_not_give_is_refused() {
        let mut text = String::from("{ a: function() {}, b: function() {} }");
        assert!(once(&mut text, " a: function(", " x: function(").is_ok());
        assert_eq!(text, "{ x: function() {}, b: function() {} }");
        assert!(once(&mut text, " c: function(", " y: function(").is_err());
    }

    #[test]
    fn only_whole_members_are_renamed() {
        let (text, found) = member(
            "wasm.free(1); wasm.free_all(); my.wasm.free(); wasm.free",
            "free",
            "f",
        );
        assert!(found);
        assert_eq!(text, "wasm.f(1); wasm.free_all(); my.wasm.free(); wasm.f");
    }
}
