//! Reading back: results, raw answers, one volunteer's own.

use super::{
    Store,
    columns::{given_of, standing_of},
    settle::same,
    time_of,
};
use crate::{
    error::{Error, Result},
    registry::Live,
};
use domain::{
    AnswerId, AnswerIn, AnswerOutcome, Answers, Given, MyAnswer, OffsetDateTime, Outcome,
    ResultRecord, Status, Subject, TaskId, TilePlace, VolunteerId,
};
use formats::Unit;
use serde_json::Value;
use sqlx::{Row, sqlite::SqliteRow};
use uuid::Uuid;

/// A result with what an export needs beside it.
#[derive(Clone, Debug)]
pub(crate) struct ResultRow {
    /// What the team is told.
    pub(crate) record: ResultRecord,
    /// The page; `None` where the subject is none of a page's words.
    pub(crate) page: Option<Uuid>,
    /// The word's or line's key within its file.
    pub(crate) key: String,
    /// What the OCR read.
    pub(crate) ocr: Option<String>,
}

/// A page as it was imported.
#[derive(Clone, Debug)]
pub(crate) struct PageRow {
    /// The page.
    pub(crate) id: Uuid,
    /// The text file's name.
    pub(crate) name: String,
    /// The format it was read by.
    pub(crate) format: String,
    /// What was sent, to the byte.
    pub(crate) source: Vec<u8>,
    /// Whether its tasks ask for words or lines.
    pub(crate) unit: Unit,
}

/// A stored answer.
#[derive(Clone, Debug)]
pub(crate) struct AnswerRow {
    /// The answer.
    pub(crate) id: AnswerId,
    /// The task.
    pub(crate) task: TaskId,
    /// The team's own name for what was asked about.
    pub(crate) external_id: String,
    /// Where on the map a map tile is.
    pub(crate) tile: Option<TilePlace>,
    /// Who; `None` once they are erased.
    pub(crate) volunteer: Option<VolunteerId>,
    /// What was given.
    pub(crate) given: Given<Value>,
    /// The game layer that was on.
    pub(crate) layer: Option<String>,
    /// Seconds from first paint to answer.
    pub(crate) seconds: f64,
    /// How often the keyboard replaced what had been typed.
    pub(crate) corrections: u32,
    /// Stored, but one too many to count.
    pub(crate) surplus: bool,
    /// Given to a warm-up.
    pub(crate) practice: bool,
    /// When it was stored.
    pub(crate) stored_at: OffsetDateTime,
}

/// Rows fetched at a time when all of a project is read.
const STEP: i64 = 500;

impl Store {
    /// Stores the answers of one request and says what became of each, after they are on disk.
    pub(crate) async fn answer(
        &self,
        volunteer: VolunteerId,
        answers: Answers,
        now: OffsetDateTime,
    ) -> Result<Vec<AnswerOutcome>> {
        self.writer
            .answers(|reply| super::answers::Incoming {
                volunteer: volunteer.0,
                answers: answers.answers,
                now: super::millis(now),
                reply,
            })
            .await
    }

    /// Some results of a project, after a task, in the order of ids.
    pub(crate) async fn results(&self, project: Uuid, after: Uuid) -> Result<Vec<ResultRow>> {
        sqlx::query("SELECT t.id, t.external_id, CASE WHEN t.page IS NULL THEN t.subject END AS subject, t.page, t.key, t.ocr, y.status, y.votes, y.counted, y.agreement, y.value, y.outcome, y.checked FROM tasks t JOIN tallies y ON y.project = t.project AND y.task = t.id WHERE t.project = ? AND t.id > ? ORDER BY t.id LIMIT ?")
            .bind(project)
            .bind(after)
            .bind(STEP)
            .fetch_all(&self.readers)
            .await?
            .iter()
            .map(result_row)
            .collect()
    }

    /// All results of a project: page by page and word by word, then those of no page.
    pub(crate) async fn all_results(&self, project: Uuid) -> Result<Vec<ResultRow>> {
        sqlx::query("SELECT t.id, t.external_id, CASE WHEN t.page IS NULL THEN t.subject END AS subject, t.page, t.key, t.ocr, y.status, y.votes, y.counted, y.agreement, y.value, y.outcome, y.checked FROM tasks t JOIN tallies y ON y.project = t.project AND y.task = t.id LEFT JOIN pages p ON p.project = t.project AND p.id = t.page WHERE t.project = ? ORDER BY CASE WHEN p.id IS NULL THEN 1 ELSE 0 END, p.position, t.position")
            .bind(project)
            .fetch_all(&self.readers)
            .await?
            .iter()
            .map(result_row)
            .collect()
    }

    /// The pages of a project, in their order.
    pub(crate) async fn pages(&self, project: Uuid) -> Result<Vec<PageRow>> {
        sqlx::query(
            "SELECT id, name, format, source, unit FROM pages WHERE project = ? ORDER BY position",
        )
        .bind(project)
        .fetch_all(&self.readers)
        .await?
        .iter()
        .map(|row| {
            Ok(PageRow {
                id: row.get(0),
                name: row.get(1),
                format: row.get(2),
                source: row.get(3),
                unit: serde_json::from_str(row.get(4)).map_err(Error::internal)?,
            })
        })
        .collect()
    }

    /// Some answers of a project, after an answer, in the order of ids; those
    /// taken back are left out.
    pub(crate) async fn answers(&self, project: Uuid, after: Uuid) -> Result<Vec<AnswerRow>> {
        sqlx::query("SELECT a.id, a.task, t.external_id, CASE WHEN t.page IS NULL THEN t.subject END AS subject, a.volunteer, a.value, a.outcome, a.layer, a.seconds, a.corrections, a.surplus, a.place, a.stored_at FROM answers a JOIN tasks t ON t.project = a.project AND t.id = a.task WHERE a.project = ? AND a.id > ? AND a.taken_back_at IS NULL ORDER BY a.id LIMIT ?")
            .bind(project)
            .bind(after)
            .bind(STEP)
            .fetch_all(&self.readers)
            .await?
            .iter()
            .map(answer_row)
            .collect()
    }

    /// Every answer of a volunteer's in a project.
    pub(crate) async fn answers_of(
        &self,
        project: Uuid,
        volunteer: VolunteerId,
    ) -> Result<Vec<AnswerRow>> {
        sqlx::query("SELECT a.id, a.task, t.external_id, CASE WHEN t.page IS NULL THEN t.subject END AS subject, a.volunteer, a.value, a.outcome, a.layer, a.seconds, a.corrections, a.surplus, a.place, a.stored_at FROM answers a JOIN tasks t ON t.project = a.project AND t.id = a.task WHERE a.project = ? AND a.volunteer = ? ORDER BY a.stored_at, a.id")
            .bind(project)
            .bind(volunteer.0)
            .fetch_all(&self.readers)
            .await?
            .iter()
            .map(answer_row)
            .collect()
    }

    /// How many answers a volunteer gave to a project's tasks, and how many of
    /// them others agree with by now.
    pub(crate) async fn own_counts(
        &self,
        live: &Live,
        volunteer: VolunteerId,
    ) -> Result<(u64, u64)> {
        let settings = live.settings();
        let rows = sqlx::query("SELECT a.value AS given_value, a.outcome AS given_outcome, y.status, y.votes, y.counted, y.agreement, y.value, y.outcome, y.checked FROM answers a JOIN tallies y ON y.project = a.project AND y.task = a.task WHERE a.project = ? AND a.volunteer = ? AND a.place IS NOT NULL AND a.taken_back_at IS NULL")
            .bind(live.id.0)
            .bind(volunteer.0)
            .fetch_all(&self.readers)
            .await?;
        let mut confirmed = 0;
        for row in &rows {
            let standing = standing_of(row)?;
            let done = matches!(standing.status, Status::Agreed | Status::Reviewed);
            let given = given_of(row.get("given_value"), row.get("given_outcome"))?;
            if done && standing.best.is_some_and(|best| same(&settings, &best, &given)) {
                confirmed += 1;
            }
        }
        Ok((rows.len() as u64, confirmed))
    }
}

fn result_row(row: &SqliteRow) -> Result<ResultRow> {
    let standing = standing_of(row)?;
    // Until it is agreed on, what most say is nobody's result.
    let best =
        standing.best.filter(|_| matches!(standing.status, Status::Agreed | Status::Reviewed));
    let (value, outcome) = match best {
        Some(Given::Value(value)) => (Some(value), None),
        Some(Given::Outcome(outcome)) => (None, Some(outcome)),
        None => (None, None),
    };
    Ok(ResultRow {
        record: ResultRecord {
            task: TaskId(row.get("id")),
            external_id: row.get("external_id"),
            tile: tile_of(row)?,
            status: standing.status,
            value,
            outcome,
            agreement: standing.agreement,
            answers: standing.counted,
        },
        page: row.get("page"),
        key: row.get("key"),
        ocr: row.get("ocr"),
    })
}

fn answer_row(row: &SqliteRow) -> Result<AnswerRow> {
    Ok(AnswerRow {
        id: AnswerId(row.get("id")),
        task: TaskId(row.get("task")),
        external_id: row.get("external_id"),
        tile: tile_of(row)?,
        volunteer: row.get::<Option<Uuid>, _>("volunteer").map(VolunteerId),
        given: given_of(row.get("value"), row.get("outcome"))?,
        layer: row.get("layer"),
        seconds: row.get("seconds"),
        corrections: row.get("corrections"),
        surplus: row.get("surplus"),
        practice: row.get::<Option<i64>, _>("place").is_none(),
        stored_at: time_of(row.get("stored_at")),
    })
}

/// Where on the map a task's tile is. Words of pages come without their subjects: none is a tile.
fn tile_of(row: &SqliteRow) -> Result<Option<TilePlace>> {
    let Some(subject) = row.get::<Option<&str>, _>("subject") else { return Ok(None) };
    let subject: Subject = serde_json::from_str(subject).map_err(Error::internal)?;
    Ok(subject.tile())
}

impl AnswerRow {
    /// The value, where one was given.
    pub(crate) fn value(&self) -> Option<&Value> {
        match &self.given {
            Given::Value(value) => Some(value),
            Given::Outcome(_) => None,
        }
    }

    /// The outcome, where one was given instead.
    pub(crate) fn outcome(&self) -> Option<Outcome> {
        match self.given {
            Given::Value(_) => None,
            Given::Outcome(outcome) => Some(outcome),
        }
    }

    /// As the volunteer is shown their own.
    pub(crate) fn mine(&self) -> MyAnswer {
        MyAnswer {
            id: self.id,
            task: self.task,
            answer: AnswerIn {
                id: self.id,
                task: self.task,
                value: self.value().cloned(),
                outcome: self.outcome(),
                layer: self.layer.clone(),
                seconds: self.seconds,
                corrections: self.corrections,
            },
            stored_at: self.stored_at,
        }
    }
}
