//! Subjects: tasks that are no word of a page, and warm-ups, which are such
//! tasks with a lesson.

use super::{
    Store, new_id,
    sql::{json, rows, runs, safe},
};
use crate::error::{Error, Result};
use domain::{Fact, Fault, Lesson, OffsetDateTime, Subject, Task, TaskId};
use serde_json::Value;
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use std::collections::HashSet;
use uuid::Uuid;

/// A subject ready to be stored: its pictures are kept already.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewSubject {
    /// The team's own name for it.
    pub(crate) external_id: String,
    /// What is looked at.
    pub(crate) subject: Subject,
    /// A text that is shown with it.
    pub(crate) text: Option<String>,
    /// What is known of it.
    pub(crate) facts: Vec<Fact>,
    /// What it shows that not everybody wants to see.
    pub(crate) note: Option<String>,
    /// A value of the kind to start from.
    pub(crate) prefill: Option<Value>,
}

/// A warm-up ready to be stored.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewWarmUp {
    /// What is looked at.
    pub(crate) subject: NewSubject,
    /// What it teaches.
    pub(crate) lesson: Lesson,
}

/// The columns of `tasks` that [`with_beside`] reads.
pub(super) const BESIDE: &str = "prefill, text, facts, note";

impl Store {
    /// The names of the subjects that a project has.
    pub(crate) async fn subject_ids(&self, project: Uuid) -> Result<HashSet<String>> {
        let ids: Vec<String> = sqlx::query_scalar(
            "SELECT external_id FROM tasks WHERE project = ? AND page IS NULL AND lesson IS NULL",
        )
        .bind(project)
        .fetch_all(&self.readers)
        .await?;
        Ok(ids.into_iter().collect())
    }
}

/// Adds subjects after those that are there, each with its tally.
pub(super) async fn add_subjects(
    conn: &mut SqliteConnection,
    project: Uuid,
    subjects: &[NewSubject],
    now: OffsetDateTime,
) -> Result<()> {
    let first: i64 = sqlx::query_scalar(
        "SELECT COALESCE(MAX(position) + 1, 0) FROM tasks WHERE project = ? AND page IS NULL AND lesson IS NULL",
    )
    .bind(project)
    .fetch_one(&mut *conn)
    .await?;
    let tasks: Vec<_> =
        (first..).zip(subjects).map(|(at, subject)| (at, new_id(now), subject, None)).collect();
    add_tasks(conn, project, &tasks).await?;
    for run in runs(&tasks) {
        let sql = format!(
            "INSERT INTO tallies (project, task, page, shuffle, status, handed, places, votes, counted, agreement, value, outcome, checked) VALUES {}",
            vec!["(?, ?, NULL, ?, 0, 0, 0, 0, 0, 0, NULL, NULL, FALSE)"; run.len()].join(", ")
        );
        let mut query = sqlx::query(safe(sql));
        for (_, task, _, _) in run {
            query = query.bind(project).bind(task).bind(super::shuffle());
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

/// Adds warm-ups to a project that has none.
pub(super) async fn add_warm_ups(
    conn: &mut SqliteConnection,
    project: Uuid,
    warm_ups: &[NewWarmUp],
    now: OffsetDateTime,
) -> Result<()> {
    let named: Vec<_> = (0i64..)
        .zip(warm_ups)
        .map(|(at, warm_up)| {
            let external_id = format!("warm-up#{at}");
            (at, NewSubject { external_id, ..warm_up.subject.clone() }, &warm_up.lesson)
        })
        .collect();
    let tasks: Vec<_> = named
        .iter()
        .map(|(at, subject, lesson)| (*at, new_id(now), subject, Some(*lesson)))
        .collect();
    add_tasks(conn, project, &tasks).await
}

/// A row of `tasks`: its position, id, subject and lesson.
type TaskRow<'a> = (i64, Uuid, &'a NewSubject, Option<&'a Lesson>);

async fn add_tasks(
    conn: &mut SqliteConnection,
    project: Uuid,
    tasks: &[TaskRow<'_>],
) -> Result<()> {
    for run in runs(tasks) {
        let sql = format!(
            "INSERT INTO tasks (project, id, position, key, external_id, subject, control, lesson, prefill, text, facts, note) VALUES {}",
            rows(run.len(), 12)
        );
        let mut query = sqlx::query(safe(sql));
        for (position, id, new, lesson) in run {
            let facts = Some(&new.facts).filter(|facts| !facts.is_empty());
            query = query
                .bind(project)
                .bind(id)
                .bind(position)
                .bind(&new.external_id)
                .bind(&new.external_id)
                .bind(json(&new.subject)?)
                .bind(false)
                .bind(lesson.map(json).transpose()?)
                .bind(new.prefill.as_ref().map(ToString::to_string))
                .bind(&new.text)
                .bind(facts.map(json).transpose()?)
                .bind(&new.note);
        }
        query.execute(&mut *conn).await.map_err(subject_once)?;
    }
    Ok(())
}

fn subject_once(error: sqlx::Error) -> Error {
    match &error {
        sqlx::Error::Database(e) if e.is_unique_violation() => Fault::new(
            "subject-already-there",
            "Some of these subjects came into this project meanwhile. Import them again: only the others are taken then.",
        )
        .into(),
        _ => error.into(),
    }
}

/// A task with what the columns of [`BESIDE`] say; `note` is the project's, for those without one.
pub(super) fn with_beside(
    row: &SqliteRow,
    id: Uuid,
    settings: &crate::project::Settings,
) -> Result<Task> {
    let subject = serde_json::from_str(row.get("subject")).map_err(Error::internal)?;
    let read = |name: &str| -> Result<Option<Value>> {
        let text: Option<&str> = row.get(name);
        text.map(serde_json::from_str).transpose().map_err(Error::internal)
    };
    let facts = match read("facts")? {
        Some(facts) => serde_json::from_value(facts).map_err(Error::internal)?,
        None => Vec::new(),
    };
    let note: Option<String> = row.get("note");
    Ok(Task {
        prefill: read("prefill")?,
        text: row.get("text"),
        facts,
        note: note.or_else(|| settings.content_note.clone()),
        ..Task::new(TaskId(id), &settings.kind, subject, &settings.question)
    })
}
