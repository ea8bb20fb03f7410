//! The common goal: one bar that everybody fills together, in three zones.

mod rules;
#[cfg(feature = "view")]
mod stage;

pub use rules::{Goal, Zones};
#[cfg(feature = "view")]
pub use stage::{bar, counts};
