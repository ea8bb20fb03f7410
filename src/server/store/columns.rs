//! How the words of the domain look in columns.

use super::settle::Standing;
use crate::error::{Error, Result};
use domain::{Given, Judgement, Outcome, Status};
use serde_json::Value;
use sqlx::Row;

/// The columns `value` and `outcome` of what was given.
pub(super) fn columns(given: &Given<Value>) -> (Option<String>, Option<&'static str>) {
    match given {
        Given::Value(value) => (Some(value.to_string()), None),
        Given::Outcome(outcome) => (None, Some(outcome.name())),
    }
}

/// What was given, from the columns `value` and `outcome`.
pub(super) fn given_of(value: Option<&str>, outcome: Option<&str>) -> Result<Given<Value>> {
    if let Some(value) = value {
        return Ok(Given::Value(serde_json::from_str(value).map_err(Error::internal)?));
    }
    Outcome::ALL
        .into_iter()
        .find(|o| Some(o.name()) == outcome)
        .map(Given::Outcome)
        .ok_or_else(|| Error::internal("an answer with neither value nor outcome"))
}

pub(super) fn verdict_number(verdict: Judgement) -> i64 {
    match verdict {
        Judgement::Pending => 0,
        Judgement::Held => 1,
        Judgement::Slipped => 2,
    }
}

pub(super) fn verdict_of(number: i64) -> Judgement {
    match number {
        1 => Judgement::Held,
        2 => Judgement::Slipped,
        _ => Judgement::Pending,
    }
}

/// The column `status`.
pub(super) fn status_number(status: Status) -> i64 {
    match status {
        Status::Open => 0,
        Status::Agreed => 1,
        Status::Contentious => 2,
        Status::Reviewed => 3,
    }
}

/// From the column `status`.
pub(super) fn status_of(number: i64) -> Status {
    Status::ALL.into_iter().find(|s| status_number(*s) == number).unwrap_or(Status::Open)
}

/// Where a task stands, from the columns of its tally.
pub(super) fn standing_of(row: &sqlx::sqlite::SqliteRow) -> Result<Standing> {
    let (value, outcome): (Option<&str>, Option<&str>) = (row.get("value"), row.get("outcome"));
    Ok(Standing {
        status: status_of(row.get("status")),
        votes: row.get("votes"),
        counted: row.get("counted"),
        agreement: row.get("agreement"),
        best: if value.is_some() || outcome.is_some() {
            Some(given_of(value, outcome)?)
        } else {
            None
        },
        checked: row.get("checked"),
    })
}
