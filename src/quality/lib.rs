//! From many answers to one result: when a task is done.
//!
//! Every result can be recomputed from the answers alone; nothing here keeps
//! state, does I/O, reads a clock or draws a random number.

mod stopping;

pub use stopping::{Decision, decide};
