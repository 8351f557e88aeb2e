//! The page's program: nothing but the library, whose exports the page's script calls.

use led_doctor as _;

fn main() {}
