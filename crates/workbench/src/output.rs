//! The standard output, whose reader may leave: `led-doctor … | head`.

use anyhow::{Context, Result};
use std::io::{ErrorKind, Write};

/// Writes a text and flushes it. Whether anybody still reads.
///
/// # Errors
/// When the output cannot be written for another reason than that its reader has left.
pub fn print(text: &str) -> Result<bool> {
    print_to(&mut std::io::stdout().lock(), text)
}

fn print_to(out: &mut impl Write, text: &str) -> Result<bool> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        done => done
            .map(|()| true)
            .context("cannot write the standard output"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    struct Failing(ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_who_leaves_is_no_error_and_a_full_disk_is() {
        assert!(!print_to(&mut Failing(ErrorKind::BrokenPipe), "x").unwrap());
        assert!(print_to(&mut Failing(ErrorKind::StorageFull), "x").is_err());
        assert!(print_to(&mut Vec::new(), "x").unwrap());
    }
}
