//! The program `talkoot`.

fn main() {}
