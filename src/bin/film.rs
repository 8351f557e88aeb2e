//! The program that reads films: nothing but the library, whose exports the page's scripts call, and the page's own allocator.

use led_doctor as _;

/// See `src/main.rs`.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {}
