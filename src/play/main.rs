//! The volunteers' app.

fn main() {}
