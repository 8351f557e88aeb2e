//! The checker's program: nothing but the library, whose exports the page's scripts call.

use led_doctor as _;

fn main() {}
