//! Somebody who answers.

use crate::{AnswerId, AnswerIn, TaskId, VolunteerId};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// `POST /volunteers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewVolunteer {
    /// Their name for machines.
    pub volunteer: VolunteerId,
    /// Proves it in `Authorization: Bearer`; browsers get it as a cookie too.
    pub token: String,
}

/// `GET /me`: the volunteer's own counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// Who this is. `None` before the first call that needs a volunteer.
    pub volunteer: Option<VolunteerId>,
    /// Answers stored.
    pub given: u64,
    /// Of those, the ones that others agree with by now.
    pub confirmed: u64,
    /// Badges, by wire name.
    pub badges: Vec<String>,
}

/// `GET /me/data`: all that is stored about a volunteer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyData {
    /// Who this is.
    pub volunteer: VolunteerId,
    /// When they first came.
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
    /// Every answer, as it was sent.
    pub answers: Vec<MyAnswer>,
}

/// One stored answer of the volunteer's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyAnswer {
    /// The answer's name.
    pub id: AnswerId,
    /// The task.
    pub task: TaskId,
    /// What was sent.
    pub answer: AnswerIn,
    /// When it was stored.
    #[serde(with = "time::serde::rfc3339")]
    pub stored_at: OffsetDateTime,
}
