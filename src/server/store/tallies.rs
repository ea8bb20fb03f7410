//! The tallies: one row a task, kept in step with its answers and leases.

use super::{
    columns::{columns, given_of, standing_of, status_number},
    settle::{Standing, Vote},
    sql::{LONGEST, list, rows, runs, safe},
};
use crate::{error::Result, project::Settings, registry::Change};
use domain::Status;
use sqlx::{Row, SqliteConnection};
use std::collections::HashMap;
use uuid::Uuid;

/// A tally as the transaction knows it by now.
pub(super) struct Tallied {
    project: Uuid,
    page: Option<Uuid>,
    shuffle: i64,
    places: i64,
    /// Those who hold a lease on the task.
    leases: Vec<Uuid>,
    /// Those whose lease an answer ends.
    ended: Vec<Uuid>,
    counting: Vec<Vote>,
    before: Standing,
    pub(super) standing: Standing,
}

impl Tallied {
    /// Takes one more answer; says whether it is one too many.
    pub(super) fn take(
        &mut self,
        settings: &Settings,
        ocr: Option<&str>,
        vote: Vote,
    ) -> Result<bool> {
        if let Some(volunteer) = vote.volunteer
            && self.leases.contains(&volunteer)
            && !self.ended.contains(&volunteer)
        {
            self.ended.push(volunteer);
        }
        self.places += 1;
        self.standing.take(settings, ocr, &mut self.counting, vote)
    }

    /// The place of the answer that was taken last.
    pub(super) fn place(&self) -> i64 {
        self.places - 1
    }

    /// Puts another standing in place of the one there was: the answers were counted anew.
    pub(super) fn recount(&mut self, standing: Standing) {
        self.standing = standing;
    }
}

/// Loads the tallies of tasks, with the answers that count and the leases.
pub(super) async fn load(
    conn: &mut SqliteConnection,
    tasks: &HashMap<Uuid, Vec<Uuid>>,
) -> Result<HashMap<Uuid, Tallied>> {
    let mut tallied = HashMap::new();
    for (project, tasks) in tasks {
        for part in tasks.chunks(LONGEST) {
            load_part(conn, *project, part, &mut tallied).await?;
        }
    }
    Ok(tallied)
}

async fn load_part(
    conn: &mut SqliteConnection,
    project: Uuid,
    tasks: &[Uuid],
    into: &mut HashMap<Uuid, Tallied>,
) -> Result<()> {
    let (marks, ids) = list(tasks);
    let sql = format!(
        "SELECT task, page, shuffle, places, status, votes, counted, agreement, value, outcome, checked FROM tallies WHERE project = ? AND task IN ({marks})"
    );
    let mut query = sqlx::query(safe(sql)).bind(project);
    for id in &ids {
        query = query.bind(id);
    }
    for row in query.fetch_all(&mut *conn).await? {
        let standing = standing_of(&row)?;
        into.insert(
            row.get("task"),
            Tallied {
                project,
                page: row.get("page"),
                shuffle: row.get("shuffle"),
                places: row.get("places"),
                leases: Vec::new(),
                ended: Vec::new(),
                counting: Vec::new(),
                before: standing.clone(),
                standing,
            },
        );
    }
    let sql = format!(
        "SELECT task, volunteer, value, outcome FROM answers WHERE project = ? AND task IN ({marks}) AND surplus = FALSE AND taken_back_at IS NULL ORDER BY task, place"
    );
    let mut query = sqlx::query(safe(sql)).bind(project);
    for id in &ids {
        query = query.bind(id);
    }
    for row in query.fetch_all(&mut *conn).await? {
        let vote = Vote { volunteer: row.get(1), given: given_of(row.get(2), row.get(3))? };
        if let Some(tally) = into.get_mut(&row.get::<Uuid, _>(0)) {
            tally.counting.push(vote);
        }
    }
    let sql = format!("SELECT task, volunteer FROM leases WHERE project = ? AND task IN ({marks})");
    let mut query = sqlx::query(safe(sql)).bind(project);
    for id in &ids {
        query = query.bind(id);
    }
    for row in query.fetch_all(&mut *conn).await? {
        if let Some(tally) = into.get_mut(&row.get::<Uuid, _>(0)) {
            tally.leases.push(row.get(1));
        }
    }
    Ok(())
}

/// Ends the leases of those who have answered.
pub(super) async fn end_leases(
    conn: &mut SqliteConnection,
    tallied: &mut HashMap<Uuid, Tallied>,
) -> Result<()> {
    for (task, tally) in tallied {
        for volunteer in tally.ended.drain(..) {
            sqlx::query("DELETE FROM leases WHERE project = ? AND task = ? AND volunteer = ?")
                .bind(tally.project)
                .bind(task)
                .bind(volunteer)
                .execute(&mut *conn)
                .await?;
            tally.leases.retain(|held| *held != volunteer);
        }
    }
    Ok(())
}

/// Writes the tallies back, and adds to `changes` what that does to the counters.
pub(super) async fn save(
    conn: &mut SqliteConnection,
    tallied: &HashMap<Uuid, Tallied>,
    changes: &mut HashMap<Uuid, Change>,
) -> Result<()> {
    let all: Vec<_> = tallied.iter().collect();
    for run in runs(&all) {
        let sql = format!(
            "INSERT INTO tallies (project, task, page, shuffle, status, handed, places, votes, counted, agreement, value, outcome, checked) VALUES {} ON CONFLICT (project, task) DO UPDATE SET status = excluded.status, handed = excluded.handed, places = excluded.places, votes = excluded.votes, counted = excluded.counted, agreement = excluded.agreement, value = excluded.value, outcome = excluded.outcome, checked = excluded.checked",
            rows(run.len(), 13)
        );
        let mut query = sqlx::query(safe(sql));
        for (task, tally) in run {
            let now = &tally.standing;
            let (value, outcome) = now.best.as_ref().map_or((None, None), columns);
            let handed =
                i64::from(now.counted) + i64::try_from(tally.leases.len()).unwrap_or(i64::MAX / 2);
            query = query
                .bind(tally.project)
                .bind(*task)
                .bind(tally.page)
                .bind(tally.shuffle)
                .bind(status_number(now.status))
                .bind(handed)
                .bind(tally.places)
                .bind(now.votes)
                .bind(now.counted)
                .bind(now.agreement)
                .bind(value)
                .bind(outcome)
                .bind(now.checked);
        }
        query.execute(&mut *conn).await?;
    }
    for tally in tallied.values() {
        moved(tally, changes.entry(tally.project).or_default());
    }
    Ok(())
}

fn moved(tally: &Tallied, change: &mut Change) {
    let (before, now) = (&tally.before, &tally.standing);
    let done = |status: Status| i64::from(matches!(status, Status::Agreed | Status::Reviewed));
    let open = |status: Status| i64::from(status == Status::Open);
    change.agreed += done(now.status) - done(before.status);
    change.checked += i64::from(now.checked) - i64::from(before.checked);
    let opened = open(now.status) - open(before.status);
    if let (Some(page), true) = (tally.page, opened != 0) {
        change.open.push((page, opened));
    }
}
