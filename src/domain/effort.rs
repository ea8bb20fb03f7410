//! How much one answer moves a shared goal.

use serde::{Deserialize, Serialize};

/// What a finished task counts for: a whole piece, or half of one where the
/// volunteer said that there is nothing to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// A value was given.
    Whole,
    /// An outcome was given: can't read, nothing here, bad crop.
    Half,
    /// Skipped: free, and counts for nothing.
    None,
}
