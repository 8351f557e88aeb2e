//! The functions of a program: how many are imported, what its own are made of, and what all are called.

use anyhow::Result;
use std::collections::HashMap;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// The functions of a module that still has its names.
pub struct Functions<'a> {
    /// How many come from outside; the module's own are numbered after them.
    pub imported: u32,
    /// What the module's own are made of, in their order.
    pub bodies: Vec<&'a [u8]>,
    /// What each is called, by its number.
    pub names: HashMap<u32, String>,
}

impl<'a> Functions<'a> {
    /// Reads them.
    pub fn read(wasm: &'a [u8]) -> Result<Functions<'a>> {
        let mut functions = Functions {
            imported: 0,
            bodies: Vec::new(),
            names: HashMap::new(),
        };
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        functions.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => functions.bodies.push(body.as_bytes()),
                Payload::CustomSection(custom) => {
                    if let KnownCustom::Name(parts) = custom.as_known() {
                        for part in parts {
                            if let Name::Function(named) = part? {
                                for naming in named {
                                    let naming = naming?;
                                    functions.names.insert(naming.index, naming.name.to_owned());
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(functions)
    }
}
