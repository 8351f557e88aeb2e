//! The functions of the finished program, put beside those that are like them: what is alike and near compresses better.
//!
//! The order of functions means nothing to a program, so nothing but the size changes: about two of a hundred bytes.

use super::functions::Functions;
use anyhow::{Context, Result};
use std::collections::HashMap;
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, CustomSectionReader, FunctionSectionReader, Parser};

/// This many common bytes, anywhere in two functions, make them a little more alike.
const IN_COMMON: usize = 4;

/// The program in that order and without its names, and the names by the numbers that the functions have then, a line each.
pub fn by_likeness(wasm: &[u8]) -> Result<(Vec<u8>, String)> {
    let functions = Functions::read(wasm)?;
    let order = likeness(&functions.bodies);
    let mut places = vec![0; order.len()];
    for (place, &own) in order.iter().enumerate() {
        if let Some(slot) = places.get_mut(own) {
            *slot = u32::try_from(place)?;
        }
    }
    let mut ordered = Ordered {
        imported: functions.imported,
        order,
        places,
    };
    let mut module = Module::new();
    ordered
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .context("the wasm of wasm-opt cannot be read")?;
    let mut symbols: Vec<(u32, &str)> = functions
        .names
        .iter()
        .map(|(&index, name)| Ok((ordered.function_index(index)?, name.as_str())))
        .collect::<Result<_, Error<Infallible>>>()?;
    symbols.sort_unstable();
    let symbols = symbols
        .iter()
        .map(|(index, name)| format!("{index}:{name}\n"))
        .collect();
    Ok((module.finish(), symbols))
}

/// Each after the one that it is most like, from the largest on.
fn likeness(bodies: &[&[u8]]) -> Vec<usize> {
    let parts: Vec<Vec<&[u8]>> = bodies
        .iter()
        .map(|body| {
            let mut parts: Vec<&[u8]> = body.windows(IN_COMMON).collect();
            parts.sort_unstable();
            parts.dedup();
            parts
        })
        .collect();
    let mut having: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (index, parts) in parts.iter().enumerate() {
        for part in parts {
            having.entry(part).or_default().push(index);
        }
    }
    let largest = (0..bodies.len()).max_by_key(|&index| bodies.get(index).map(|body| body.len()));
    let mut left: Vec<bool> = vec![true; bodies.len()];
    let mut order = Vec::with_capacity(bodies.len());
    let mut next = largest;
    while let Some(here) = next {
        order.push(here);
        if let Some(left) = left.get_mut(here) {
            *left = false;
        }
        let mut common = vec![0_u32; bodies.len()];
        for part in parts.get(here).into_iter().flatten() {
            for &other in having.get(part).into_iter().flatten() {
                if let Some(common) = common.get_mut(other) {
                    *common += 1;
                }
            }
        }
        // Of how much they have in common it is the share that counts: every function has much in common with a large one.
        let share = |&index: &usize| {
            let size = parts.get(index).map_or(0, Vec::len) as f64;
            f64::from(common.get(index).copied().unwrap_or(0)) / (size + 1.0).sqrt()
        };
        next = (0..bodies.len())
            .filter(|&index| left.get(index) == Some(&true))
            .max_by(|a, b| share(a).total_cmp(&share(b)));
    }
    order
}

struct Ordered {
    imported: u32,
    /// Of the program's own functions: which comes first, which second, and so on.
    order: Vec<usize>,
    /// And where each of them comes.
    places: Vec<u32>,
}

impl Reencode for Ordered {
    type Error = Infallible;

    fn function_index(&mut self, index: u32) -> Result<u32, Error<Infallible>> {
        let own = index.checked_sub(self.imported);
        let place = own.and_then(|own| self.places.get(own as usize));
        Ok(place.map_or(index, |place| self.imported + place))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
        for own in &self.order {
            if let Some(of) = types.get(*own) {
                functions.function(*of);
            }
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for own in self.order.clone() {
            if let Some(body) = bodies.get(own) {
                self.parse_function_body(code, body.clone())?;
            }
        }
        Ok(())
    }

    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: CustomSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_comes_together() {
        let bodies: [&[u8]; 4] = [
            b"abcdefgh",
            b"0123456789",
            b"xxabcdefg",
            b"a0123456789abcdefghij",
        ];
        assert_eq!(likeness(&bodies), [3, 1, 2, 0]);
    }
}
