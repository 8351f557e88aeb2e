//! What lies in the memory for functions alone that no page runs.

use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ops::Range;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, Instruction, MemArg};
use wasmparser::{BinaryReader, FunctionBody, Operator};

/// The places in the memory that a body names.
#[derive(Default)]
struct Named(BTreeSet<usize>);

impl Named {
    fn read(&mut self, body: &[u8]) -> Result<()> {
        let body = FunctionBody::new(BinaryReader::new(body, 0));
        self.parse_function_body(&mut CodeSection::new(), body)
            .context("a function of the wasm cannot be read")
    }
}

impl Reencode for Named {
    type Error = Infallible;

    fn instruction<'a>(
        &mut self,
        operator: Operator<'a>,
    ) -> Result<Instruction<'a>, Error<Infallible>> {
        if let Operator::I32Const { value } = operator {
            self.0.extend(usize::try_from(value));
        }
        utils::instruction(self, operator)
    }

    fn mem_arg(&mut self, place: wasmparser::MemArg) -> Result<MemArg, Error<Infallible>> {
        self.0.extend(usize::try_from(place.offset));
        utils::mem_arg(self, place)
    }
}

/// The parts of the memory that only the `dead` among the bodies name. Each goes from a place that they name to the next place that
/// anything names: `pointers` are those in the memory itself, and `all` is where there is anything at all.
///
/// What is named only by its end, or by a place before its beginning, would be taken for a part of what lies before it. Compilers
/// do write such things, so this is for tables that are known, and the caller states their total size.
pub fn only_of<'a>(
    bodies: impl Iterator<Item = (bool, &'a [u8])>,
    pointers: impl Iterator<Item = usize>,
    all: &Range<usize>,
) -> Result<Vec<Range<usize>>> {
    let (mut dead, mut live) = (Named::default(), Named::default());
    for (is_dead, body) in bodies {
        if is_dead { &mut dead } else { &mut live }.read(body)?;
    }
    live.0.extend(pointers);
    let places: BTreeSet<usize> = dead.0.union(&live.0).copied().collect();
    let end = |from: usize| places.range(from + 1..).next().map_or(all.end, |to| *to);
    let alone = dead.0.difference(&live.0).filter(|from| all.contains(from));
    Ok(alone.map(|&from| from..end(from).min(all.end)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{Encode, Function};

    /// A body that reads a byte at the first place and one somewhere after the second.
    fn body(at: i32, after: u64) -> Vec<u8> {
        let mut function = Function::new([]);
        function.instruction(&Instruction::I32Const(at));
        function.instruction(&Instruction::I32Load8U(MemArg {
            offset: after,
            align: 0,
            memory_index: 0,
        }));
        function.instruction(&Instruction::Drop);
        function.instruction(&Instruction::End);
        let mut bytes = Vec::new();
        function.encode(&mut bytes);
        // Without its length, as a reader gives it.
        bytes.split_off(1)
    }

    #[test]
    fn what_others_name_stays_and_so_does_what_begins_there() {
        let (gone, stays) = (body(100, 120), body(110, 120));
        let bodies = [(true, gone.as_slice()), (false, stays.as_slice())];
        let found = only_of(bodies.into_iter(), [].into_iter(), &(90..200)).unwrap_or_default();
        assert_eq!(format!("{found:?}"), "[100..110]");
    }

    #[test]
    fn a_pointer_in_the_memory_ends_it() {
        let gone = body(100, 300);
        let bodies = [(true, gone.as_slice())];
        let found = only_of(bodies.into_iter(), [104].into_iter(), &(90..200)).unwrap_or_default();
        assert_eq!(format!("{found:?}"), "[100..104]");
    }
}
