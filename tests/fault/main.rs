//! The real program, killed under load.

fn main() {}
