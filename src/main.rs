//! The page's program: nothing but the library, whose exports the page's script calls, and its allocator.

use led_doctor as _;

/// Small, and of bounded time: see the manifest.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {}
