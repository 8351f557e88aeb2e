//! A panic can only end the page, and its message goes to a standard error that no page has. So the functions that put the
//! message together are replaced by the trap in which they end anyway, and wasm-opt then drops what prepares their arguments.
//!
//! The nightly compiler has switches for this (`panic=immediate-abort`, `location-detail=none`, `fmt-debug=none`); the
//! stable one has none.

use super::functions::Functions;
use super::skipped;
use super::tables;
use anyhow::{Context, Result, bail};
use std::collections::{HashMap, VecDeque};
use wasm_encoder::{Function, Instruction};
use wasmparser::{DataKind, Operator, Parser, Payload};

/// Functions that never return, by the beginning of their names.
const TRAPS: [&str; 14] = [
    "core::panicking::",
    "core::slice::index::slice_",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::str::slice_error_fail",
    "core::option::unwrap_failed",
    "core::option::expect_failed",
    "core::result::unwrap_failed",
    "core::cell::panic_",
    "alloc::raw_vec::handle_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::alloc::handle_alloc_error",
    "__rustc::rust_begin_unwind",
    // The message of a panic, for code that catches it.
    "<std::panicking::panic_handler::",
    "<std::panicking::begin_panic::",
];

/// The one that must be there: without it the names are missing, or have changed.
const SURELY: &str = "core::panicking::panic_fmt";

/// How `{:?}` is printed. Only panics print so; instead it prints nothing.
const DEBUG: &str = " as core::fmt::Debug>::fmt";

/// How characters are written where something is printed so. What they look up goes with them: most of it is tables of letters.
const ESCAPES: [&str; 2] = ["char>::escape_debug_ext", "unicode_data::grapheme_extend::"];

/// The largest total size of those tables, in bytes. More would be something else behind them.
const TABLES: usize = 3_000;

#[derive(Clone, Copy, PartialEq)]
enum Instead {
    Trap,
    /// `Ok(())`, which is 0.
    PrintNothing,
}

/// What is to be left out of a module, in the order in which its parts come.
pub struct Panics {
    functions: VecDeque<Option<Instead>>,
    data: VecDeque<Vec<u8>>,
}

/// A part of the memory's first content: where it lies, and what it is.
struct Segment {
    at: usize,
    bytes: Vec<u8>,
}

impl Panics {
    /// Finds them in a module that still has its names.
    pub fn find(wasm: &[u8]) -> Result<Panics> {
        let Functions {
            imported,
            bodies,
            names,
        } = Functions::read(wasm)?;
        let names: HashMap<u32, String> = names
            .into_iter()
            .map(|(index, name)| (index, without_hashes(&name)))
            .collect();
        if !names.values().any(|name| name == SURELY) {
            skipped("panics", &format!("no function is called {SURELY}"));
            return Ok(Panics {
                functions: bodies.iter().map(|_| None).collect(),
                data: data(wasm)?
                    .into_iter()
                    .map(|segment| segment.bytes)
                    .collect(),
            });
        }
        let named = |index: u32| names.get(&index).map_or("", String::as_str);
        let functions = (imported..)
            .zip(&bodies)
            .map(|(index, _)| instead(named(index)))
            .collect();
        let mut segments = data(wasm)?;
        forget_places(&mut segments);
        let from = segments.first().map_or(0, |segment| segment.at);
        let to = segments.last().map_or(0, |last| last.at + last.bytes.len());
        let pointers = (from.next_multiple_of(4)..to)
            .step_by(4)
            .filter_map(|at| word(&segments, at));
        let bodies = (imported..)
            .zip(bodies)
            .map(|(index, body)| (is_escape(named(index)), body));
        let tables = tables::only_of(bodies, pointers, &(from..to))?;
        let size: usize = tables.iter().map(|table| table.len()).sum();
        if size > TABLES {
            skipped(
                "tables",
                &format!(
                    "those that only {ESCAPES:?} look up come to {size} bytes, and were never more than {TABLES}"
                ),
            );
        } else {
            for table in tables {
                blank(&mut segments, table.start, table.len());
            }
        }
        Ok(Panics {
            functions,
            data: segments.into_iter().map(|segment| segment.bytes).collect(),
        })
    }

    /// What the next function is to be replaced by, if it is.
    pub fn next_body(&mut self) -> Option<Function> {
        let instead = self.functions.pop_front().flatten()?;
        let mut body = Function::new([]);
        body.instruction(&match instead {
            Instead::Trap => Instruction::Unreachable,
            Instead::PrintNothing => Instruction::I32Const(0),
        });
        body.instruction(&Instruction::End);
        Some(body)
    }

    /// What is left of the next data.
    pub fn next_data(&mut self) -> Vec<u8> {
        self.data.pop_front().unwrap_or_default()
    }
}

/// What the memory holds in the beginning.
fn data(wasm: &[u8]) -> Result<Vec<Segment>> {
    let mut segments = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::DataSection(data) = payload? {
            for data in data {
                let data = data?;
                let at = address(&data.kind)?;
                let bytes = data.data.to_vec();
                segments.push(Segment { at, bytes });
            }
        }
    }
    Ok(segments)
}

fn instead(name: &str) -> Option<Instead> {
    if TRAPS.iter().any(|trap| name.starts_with(trap)) || is_escape(name) {
        Some(Instead::Trap)
    } else if name.starts_with('<') && name.contains(DEBUG) {
        Some(Instead::PrintNothing)
    } else {
        None
    }
}

fn is_escape(name: &str) -> bool {
    // Compilers differ in what they write before it.
    ESCAPES.iter().any(|escape| name.contains(escape))
}

/// `core[0123456789abcdef]::fmt` is `core::fmt`.
fn without_hashes(name: &str) -> String {
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if hash.len() == 16 => plain.push_str(rest),
            _ => {
                plain.push('[');
                plain.push_str(part);
            }
        }
    }
    plain
}

fn address(kind: &DataKind) -> Result<usize> {
    let DataKind::Active { offset_expr, .. } = kind else {
        bail!("the wasm has data without an address, which rustc does not write");
    };
    match offset_expr.get_operators_reader().read()? {
        Operator::I32Const { value } => {
            usize::try_from(value).context("data at a negative address")
        }
        _ => bail!("the wasm has data at an address that is computed, which rustc does not write"),
    }
}

/// Blanks the places in the source that panics would have named, and the paths in them: they are of the machine that built
/// the page, and a sixth of its data.
fn forget_places(segments: &mut [Segment]) {
    let mut places = Vec::new();
    for segment in segments.iter() {
        // Aligned as a `core::panic::Location` is: the path's address and length, the line, the column.
        for at in (segment.at.next_multiple_of(4)..segment.at + segment.bytes.len()).step_by(4) {
            let word = |nth: usize| word(segments, at + 4 * nth);
            if let (Some(path), Some(length), Some(1..100_000), Some(1..1000)) =
                (word(0), word(1), word(2), word(3))
                && length < 400
                && bytes(segments, path, length).is_some_and(is_path)
            {
                places.push((at, 16));
                places.push((path, length));
            }
        }
    }
    for (at, length) in places {
        blank(segments, at, length);
    }
}

/// Zeros, which wasm-opt leaves out: the memory begins with them.
fn blank(segments: &mut [Segment], at: usize, length: usize) {
    for segment in segments {
        if let Some(from) = at.checked_sub(segment.at)
            && let Some(part) = segment.bytes.get_mut(from..from + length)
        {
            part.fill(0);
        }
    }
}

fn bytes(segments: &[Segment], at: usize, length: usize) -> Option<&[u8]> {
    segments.iter().find_map(|segment| {
        let from = at.checked_sub(segment.at)?;
        segment.bytes.get(from..from.checked_add(length)?)
    })
}

fn word(segments: &[Segment], at: usize) -> Option<usize> {
    let word = bytes(segments, at, 4)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(word)).ok()
}

fn is_path(text: &[u8]) -> bool {
    let part_of_path = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    text.ends_with(b".rs") && text.iter().all(part_of_path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_never_returns_becomes_a_trap() {
        assert!(instead("core::panicking::panic_fmt") == Some(Instead::Trap));
        assert!(
            instead("<core::fmt::Error as core::fmt::Debug>::fmt") == Some(Instead::PrintNothing)
        );
        for real in [
            "std::panicking::panic_count::is_zero_slow_path",
            "core::slice::index::get",
            "<u32 as core::fmt::Display>::fmt",
        ] {
            assert!(instead(real).is_none(), "{real}");
        }
    }

    #[test]
    fn hashes_of_crates_are_no_part_of_a_name() {
        let name =
            "<core[c5930c85a12de822]::fmt::Error as core[c5930c85a12de822]::fmt::Debug>::fmt";
        assert_eq!(
            without_hashes(name),
            "<core::fmt::Error as core::fmt::Debug>::fmt"
        );
        assert_eq!(without_hashes("<[T] as A>::f"), "<[T] as A>::f");
    }

    #[test]
    fn a_place_is_forgotten_and_its_neighbours_are_not() {
        let mut data = b"a/b.rswords.".to_vec();
        for number in [100_u32, 6, 12, 5, 100, 6, 0, 5] {
            data.extend(number.to_le_bytes());
        }
        let mut segments = [Segment {
            at: 100,
            bytes: data.clone(),
        }];
        forget_places(&mut segments);
        let [segment] = segments;
        assert_eq!(segment.bytes.get(..6), Some([0; 6].as_slice()));
        assert_eq!(segment.bytes.get(6..12), Some(b"words.".as_slice()));
        assert_eq!(segment.bytes.get(12..28), Some([0; 16].as_slice()));
        // No line 0: that is something else.
        assert_eq!(segment.bytes.get(28..), data.get(28..));
    }
}
