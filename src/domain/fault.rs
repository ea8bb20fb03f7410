//! What a person did that cannot be taken as it is, and how that is told.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A person's mistake, in a sentence that they can act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Short name for programs, such as `text-too-long`; never changes.
    pub code: &'static str,
    /// The sentence.
    pub detail: String,
    /// JSON pointer (RFC 6901) to the bad field, where there is one.
    pub pointer: Option<String>,
}

impl Fault {
    /// A fault of no single field.
    pub fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), pointer: None }
    }

    /// The same fault, said of one field.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Fault {}

/// A problem document (RFC 9457), the body of every error response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Names the sort of problem: `/problems/{code}`.
    #[serde(rename = "type")]
    pub kind: String,
    /// A few words that are the same for every problem of the sort.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// A sentence to act on.
    pub detail: String,
    /// JSON pointer (RFC 6901) to the bad field, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
}
