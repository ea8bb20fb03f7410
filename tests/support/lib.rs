//! What the tests of the running program share: where it is, how to start it
//! and end it the hard way, and a drive to import.
#![expect(clippy::expect_used, reason = "a test that cannot set its stage has failed")]

pub mod drive;
pub mod program;
