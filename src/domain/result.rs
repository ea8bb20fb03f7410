//! What the answers of a task agree on.

use crate::{Given, TaskId, TilePlace};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// More answers are wanted.
    Open,
    /// Enough volunteers gave the same.
    Agreed,
    /// As many answers as allowed, and no agreement: a person has to look.
    Contentious,
    /// A team member has decided.
    Reviewed,
}

impl Status {
    /// Every status there is.
    pub const ALL: [Self; 4] = [Self::Open, Self::Agreed, Self::Contentious, Self::Reviewed];

    /// The wire name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Agreed => "agreed",
            Self::Contentious => "contentious",
            Self::Reviewed => "reviewed",
        }
    }
}

/// An answer and how much it counts. One volunteer's answer counts 1 unless quality says otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighted<A> {
    /// What was given.
    pub given: Given<A>,
    /// 0 or more; 0 is held out.
    pub weight: f64,
}

/// The answers of a task, counted: the one most are behind, and by how much.
/// Skipped answers are not counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally<A> {
    /// What most of the weight is behind. `None` where nothing counts yet.
    pub best: Option<Given<A>>,
    /// How many answers say `best`.
    pub votes: u32,
    /// How many answers count.
    pub counted: u32,
    /// Weight behind `best` over all weight, 0 to 1; 0 where nothing counts.
    pub agreement: f64,
}

impl<A> Tally<A> {
    /// Nothing counted.
    pub fn empty() -> Self {
        Self { best: None, votes: 0, counted: 0, agreement: 0.0 }
    }

    /// The same counts over a value changed by `f`.
    pub fn map<B>(self, f: impl FnOnce(A) -> B) -> Tally<B> {
        Tally {
            best: self.best.map(|given| given.map(f)),
            votes: self.votes,
            counted: self.counted,
            agreement: self.agreement,
        }
    }
}

/// One line of `GET /projects/{slug}/results` (NDJSON).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResultRecord {
    /// The task.
    pub task: TaskId,
    /// The team's own name for what was asked about, such as `page_12.xml#string_4`.
    pub external_id: String,
    /// Where on the map a map tile is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tile: Option<TilePlace>,
    /// Where the task stands.
    pub status: Status,
    /// The agreed value, of the task's kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The agreed outcome, where no value was agreed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<crate::Outcome>,
    /// 0 to 1.
    pub agreement: f64,
    /// How many answers count.
    pub answers: u32,
}
