//! Handing out tasks. A lease is a hint: it spreads volunteers over the tasks,
//! and an answer without one, or after its end, is stored all the same.

use super::{
    Store, millis,
    sql::{list, rows, runs, safe},
    subjects::{BESIDE, with_beside},
};
use crate::{
    error::{Error, Result},
    project::Settings,
    registry::Live,
};
use domain::{Lease, OffsetDateTime, ProjectState, Task, VolunteerId};
use futures_util::FutureExt;
use rand::seq::SliceRandom;
use serde_json::Value;
use sqlx::{Row, SqliteConnection};
use std::{collections::HashMap, sync::Arc, time::Duration};
use uuid::Uuid;

/// How long tasks are kept for one device.
pub(crate) const LEASE_FOR: Duration = Duration::from_mins(15);

impl Store {
    /// Hands out up to `count` tasks that this volunteer has not had: those
    /// with the fewest answers and leases first, otherwise by chance.
    pub(crate) async fn lease(
        &self,
        live: &Arc<Live>,
        volunteer: VolunteerId,
        count: u32,
        now: OffsetDateTime,
    ) -> Result<Lease> {
        let expires_at = now + LEASE_FOR;
        let settings = live.settings();
        if settings.state != ProjectState::Live {
            return Ok(Lease { tasks: Vec::new(), expires_at });
        }
        let (project, most) = (live.id.0, settings.rule.most());
        let start: i64 = rand::random();
        let tasks = self
            .writer
            .call(
                move |conn| {
                    async move {
                        let wanted = Wanted { project, volunteer: volunteer.0, most, start };
                        let picked = pick(conn, &wanted, i64::from(count)).await?;
                        hold(conn, &wanted, &picked, millis(expires_at)).await?;
                        let mut tasks = tasks(conn, project, &picked, &settings).await?;
                        if settings.shows_others() {
                            for task in &mut tasks {
                                task.others = others(conn, &wanted, task.id.0).await?;
                            }
                        }
                        Ok(tasks)
                    }
                    .boxed()
                },
                |_| {},
            )
            .await?;
        Ok(Lease { tasks, expires_at })
    }

    /// Ends the leases whose time is over, some hundred at a time. Gives back how many.
    pub(crate) async fn end_old_leases(&self, now: OffsetDateTime) -> Result<usize> {
        let now = millis(now);
        self.writer
            .call(
                move |conn| {
                    async move {
                        let old: Vec<(Uuid, Uuid, Uuid)> = sqlx::query(
                            "SELECT project, task, volunteer FROM leases WHERE expires_at <= ? ORDER BY expires_at LIMIT 200",
                        )
                        .bind(now)
                        .fetch_all(&mut *conn)
                        .await?
                        .into_iter()
                        .map(|row| (row.get(0), row.get(1), row.get(2)))
                        .collect();
                        for (project, task, volunteer) in &old {
                            end(conn, *project, *task, *volunteer).await?;
                        }
                        Ok(old.len())
                    }
                    .boxed()
                },
                |_| {},
            )
            .await
    }
}

/// Ends all leases of a volunteer in a project.
pub(super) async fn give_up(
    conn: &mut SqliteConnection,
    project: Uuid,
    volunteer: Uuid,
) -> Result<()> {
    let tasks: Vec<Uuid> =
        sqlx::query_scalar("SELECT task FROM leases WHERE project = ? AND volunteer = ?")
            .bind(project)
            .bind(volunteer)
            .fetch_all(&mut *conn)
            .await?;
    for task in tasks {
        end(conn, project, task, volunteer).await?;
    }
    Ok(())
}

async fn end(
    conn: &mut SqliteConnection,
    project: Uuid,
    task: Uuid,
    volunteer: Uuid,
) -> Result<()> {
    sqlx::query("DELETE FROM leases WHERE project = ? AND task = ? AND volunteer = ?")
        .bind(project)
        .bind(task)
        .bind(volunteer)
        .execute(&mut *conn)
        .await?;
    sqlx::query("UPDATE tallies SET handed = counted + (SELECT COUNT(*) FROM leases l WHERE l.project = tallies.project AND l.task = tallies.task) WHERE project = ? AND task = ?")
        .bind(project)
        .bind(task)
        .execute(conn)
        .await?;
    Ok(())
}

struct Wanted {
    project: Uuid,
    volunteer: Uuid,
    /// Tasks handed out as often as this are not handed out again.
    most: u32,
    /// Where in the shuffled order to begin, so that volunteers do not follow each other.
    start: i64,
}

async fn pick(conn: &mut SqliteConnection, wanted: &Wanted, count: i64) -> Result<Vec<Uuid>> {
    let mut picked: Vec<Uuid> = Vec::new();
    for handed in 0..wanted.most {
        let begun = picked.len();
        // From the start to the end of the order, then from its beginning.
        for (from, to) in [(wanted.start, i64::MAX), (i64::MIN, wanted.start)] {
            let left = count - i64::try_from(picked.len()).unwrap_or(count);
            if left <= 0 {
                break;
            }
            let more: Vec<Uuid> = sqlx::query_scalar(
                "SELECT y.task FROM tallies y WHERE y.project = ? AND y.status = 0 AND y.handed = ? AND y.shuffle >= ? AND y.shuffle < ? AND NOT EXISTS (SELECT 1 FROM answers a WHERE a.project = y.project AND a.volunteer = ? AND a.task = y.task) AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.project = y.project AND l.task = y.task AND l.volunteer = ?) ORDER BY y.shuffle LIMIT ?",
            )
            .bind(wanted.project)
            .bind(handed)
            .bind(from)
            .bind(to)
            .bind(wanted.volunteer)
            .bind(wanted.volunteer)
            .bind(left)
            .fetch_all(&mut *conn)
            .await?;
            picked.extend(more);
        }
        // Two who begin near each other still go their own ways.
        picked[begun..].shuffle(&mut rand::rng());
    }
    Ok(picked)
}

async fn hold(
    conn: &mut SqliteConnection,
    wanted: &Wanted,
    picked: &[Uuid],
    expires_at: i64,
) -> Result<()> {
    for run in runs(picked) {
        let sql = format!(
            "INSERT INTO leases (project, task, volunteer, expires_at) VALUES {}",
            rows(run.len(), 4)
        );
        let mut query = sqlx::query(safe(sql));
        for task in run {
            query = query.bind(wanted.project).bind(task).bind(wanted.volunteer).bind(expires_at);
        }
        query.execute(&mut *conn).await?;
    }
    if !picked.is_empty() {
        let (marks, ids) = list(picked);
        let sql = format!(
            "UPDATE tallies SET handed = handed + 1 WHERE project = ? AND task IN ({marks})"
        );
        let mut query = sqlx::query(safe(sql)).bind(wanted.project);
        for id in ids {
            query = query.bind(id);
        }
        query.execute(conn).await?;
    }
    Ok(())
}

/// Tasks as they are handed out, in the order of `ids`.
async fn tasks(
    conn: &mut SqliteConnection,
    project: Uuid,
    ids: &[Uuid],
    settings: &Settings,
) -> Result<Vec<Task>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (marks, padded) = list(ids);
    let sql = format!(
        "SELECT id, subject, ocr, {BESIDE} FROM tasks WHERE project = ? AND id IN ({marks})"
    );
    let mut query = sqlx::query(safe(sql)).bind(project);
    for id in padded {
        query = query.bind(id);
    }
    let mut found = HashMap::new();
    for row in query.fetch_all(conn).await? {
        let (id, ocr): (Uuid, Option<&str>) = (row.get("id"), row.get("ocr"));
        let mut task = with_beside(&row, id, settings)?;
        // A form has fields of its own: one text is no value of it.
        let takes_text = settings.rules.get("fields").is_none();
        if task.prefill.is_none() && settings.shows_reading() && takes_text {
            task.prefill = ocr.map(|text| serde_json::json!({ "text": text }));
        }
        found.insert(id, task);
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The newest values that others gave to a task, newest last.
async fn others(conn: &mut SqliteConnection, wanted: &Wanted, task: Uuid) -> Result<Vec<Value>> {
    let mut values = sqlx::query(
        "SELECT value FROM answers WHERE project = ? AND task = ? AND place IS NOT NULL AND value IS NOT NULL AND taken_back_at IS NULL AND (volunteer IS NULL OR volunteer <> ?) ORDER BY place DESC LIMIT 20",
    )
    .bind(wanted.project)
    .bind(task)
    .bind(wanted.volunteer)
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| serde_json::from_str(row.get(0)).map_err(Error::internal))
    .collect::<Result<Vec<_>>>()?;
    values.reverse();
    Ok(values)
}
