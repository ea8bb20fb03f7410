//! Help inside the task, in the project's own words.

use crate::Picture;
use serde::{Deserialize, Serialize};

/// One thing a volunteer may want to know, short enough to read on a bus.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HelpEntry {
    /// A few words: "The long s".
    pub title: String,
    /// One to three sentences, plain text.
    pub body: String,
    /// Characters shown large beside it, such as `ſ → s`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// A picture of what is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
}
