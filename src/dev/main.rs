//! `cargo dev …`: every task a shell script would do.

fn main() {}
