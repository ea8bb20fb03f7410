//! Projects: their settings, and their counters counted anew.

use super::{
    Store, millis, new_id,
    settle::replay,
    sql::{json, safe},
    subjects::{BESIDE, with_beside},
    tallies,
};
use crate::{
    error::{Error, Result},
    project::Settings,
    registry::{Counts, Live, Loaded},
};
use domain::{Fault, OffsetDateTime, ProjectId, Task};
use futures_util::FutureExt;
use sqlx::{Row, SqliteConnection};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

impl Store {
    /// Takes in projects that are new or changed since they were loaded: all of
    /// them at the start, later those that another process has changed.
    pub(crate) async fn refresh(&self) -> Result<()> {
        let rows = sqlx::query("SELECT id, version FROM projects").fetch_all(&self.readers).await?;
        for row in rows {
            let (id, version): (Uuid, i64) = (row.get(0), row.get(1));
            if self.registry.by_id(id).is_none_or(|live| live.version() != version) {
                self.reload(id).await?;
            }
        }
        Ok(())
    }

    /// Loads one project. Through the writer, so that no answer is counted twice or missed.
    async fn reload(&self, id: Uuid) -> Result<()> {
        let registry = Arc::clone(&self.registry);
        self.writer
            .call(
                move |conn| async move { load(conn, id).await }.boxed(),
                move |loaded: &Loaded| registry.take_in(loaded.clone()),
            )
            .await?;
        Ok(())
    }

    /// A new project, owned by `owner` where there is one.
    pub(crate) async fn add_project(
        &self,
        slug: &str,
        settings: &Settings,
        owner: Option<Uuid>,
        now: OffsetDateTime,
    ) -> Result<Arc<Live>> {
        let id = new_id(now);
        let (slug, settings, registry) =
            (slug.to_owned(), settings.clone(), Arc::clone(&self.registry));
        let (name, written, at) = (slug.clone(), settings.clone(), millis(now));
        self.writer
            .call(
                move |conn| {
                    async move {
                        insert_project(conn, id, &name, &written, now).await?;
                        if let Some(owner) = owner {
                            join(conn, id, owner, "owner").await?;
                        }
                        Ok(())
                    }
                    .boxed()
                },
                {
                    let slug = slug.clone();
                    move |()| {
                        registry.take_in(Loaded {
                            id: ProjectId(id),
                            slug,
                            created_at: at,
                            version: 1,
                            settings,
                            counts: Counts::default(),
                            warm_ups: Vec::new(),
                        });
                    }
                },
            )
            .await?;
        self.registry.by_id(id).ok_or_else(|| Error::internal("a project vanished"))
    }

    /// Changes a project's settings. Where that changes when a task is done, all
    /// its tasks are counted anew in the same transaction.
    pub(crate) async fn change_project(&self, live: &Arc<Live>, settings: Settings) -> Result<()> {
        let text = serde_json::to_string(&settings).map_err(Error::internal)?;
        let before = live.settings();
        let recount = before.rule != settings.rule
            || before.rules != settings.rules
            || before.kind != settings.kind;
        let (id, counted_by, live) = (live.id.0, settings.clone(), Arc::clone(live));
        self.writer
            .call(
                move |conn| {
                    async move {
                        sqlx::query(
                            "UPDATE projects SET settings = ?, version = version + 1 WHERE id = ?",
                        )
                        .bind(text)
                        .bind(id)
                        .execute(&mut *conn)
                        .await?;
                        if recount {
                            count_anew(conn, id, &counted_by).await?;
                        }
                        count(conn, id).await
                    }
                    .boxed()
                },
                move |counts| {
                    live.set_settings(settings);
                    live.set_counts(counts.clone());
                },
            )
            .await?;
        Ok(())
    }
}

/// Writes a new project.
pub(super) async fn insert_project(
    conn: &mut SqliteConnection,
    id: Uuid,
    slug: &str,
    settings: &Settings,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO projects (id, slug, settings, version, created_at) VALUES (?, ?, ?, 1, ?)",
    )
    .bind(id)
    .bind(slug)
    .bind(json(settings)?)
    .bind(millis(now))
    .execute(conn)
    .await
    .map_err(slug_taken)?;
    Ok(())
}

/// A project as the database has it.
pub(super) async fn load(conn: &mut SqliteConnection, id: Uuid) -> Result<Loaded> {
    let row = sqlx::query("SELECT slug, settings, version, created_at FROM projects WHERE id = ?")
        .bind(id)
        .fetch_one(&mut *conn)
        .await?;
    let settings: Settings = serde_json::from_str(row.get(1)).map_err(Error::internal)?;
    Ok(Loaded {
        id: ProjectId(id),
        slug: row.get(0),
        created_at: row.get(3),
        version: row.get(2),
        counts: count(conn, id).await?,
        warm_ups: warm_ups(conn, id, &settings).await?,
        settings,
    })
}

/// Makes the change of a project known to other processes.
pub(super) async fn touch(conn: &mut SqliteConnection, project: Uuid) -> Result<()> {
    sqlx::query("UPDATE projects SET version = version + 1 WHERE id = ?")
        .bind(project)
        .execute(conn)
        .await?;
    Ok(())
}

fn slug_taken(error: sqlx::Error) -> Error {
    match &error {
        sqlx::Error::Database(e) if e.is_unique_violation() => Error::Conflict(
            Fault::new("slug-taken", "There is a project of this slug already.").at("/slug"),
        ),
        _ => error.into(),
    }
}

/// Makes somebody a member of a project.
pub(super) async fn join(
    conn: &mut SqliteConnection,
    project: Uuid,
    member: Uuid,
    role: &str,
) -> Result<()> {
    sqlx::query("INSERT INTO memberships (project, member, role) VALUES (?, ?, ?)")
        .bind(project)
        .bind(member)
        .bind(role)
        .execute(conn)
        .await?;
    Ok(())
}

/// A project's counters, from its tallies and answers.
async fn count(conn: &mut SqliteConnection, project: Uuid) -> Result<Counts> {
    let mut counts = Counts::default();
    let rows = sqlx::query(
        "SELECT page, status, checked, COUNT(*) FROM tallies WHERE project = ? GROUP BY page, status, checked",
    )
    .bind(project)
    .fetch_all(&mut *conn)
    .await?;
    for row in rows {
        let page: Option<Uuid> = row.get(0);
        let status: i64 = row.get(1);
        let checked: bool = row.get(2);
        let tasks = u64::try_from(row.get::<i64, _>(3)).unwrap_or(0);
        counts.tasks += tasks;
        if status == 1 || status == 3 {
            counts.agreed += tasks;
        }
        if checked {
            counts.checked += tasks;
        }
        if let Some(page) = page {
            *counts.open.entry(page).or_default() += if status == 0 { tasks } else { 0 };
        } else {
            counts.loose += tasks;
        }
    }
    let given: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM answers WHERE project = ? AND place IS NOT NULL AND taken_back_at IS NULL",
    )
    .bind(project)
    .fetch_one(conn)
    .await?;
    counts.given = u64::try_from(given).unwrap_or(0);
    Ok(counts)
}

/// A project's warm-ups, as they are handed out.
async fn warm_ups(
    conn: &mut SqliteConnection,
    project: Uuid,
    settings: &Settings,
) -> Result<Vec<Task>> {
    let sql = format!(
        "SELECT id, subject, lesson, {BESIDE} FROM tasks WHERE project = ? AND lesson IS NOT NULL ORDER BY position"
    );
    sqlx::query(safe(sql))
        .bind(project)
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            let lesson = serde_json::from_str(row.get("lesson")).map_err(Error::internal)?;
            Ok(Task { lesson: Some(lesson), ..with_beside(row, row.get("id"), settings)? })
        })
        .collect()
}

/// Counts every answered task of a project anew, by other settings.
async fn count_anew(conn: &mut SqliteConnection, project: Uuid, settings: &Settings) -> Result<()> {
    let mut after = Uuid::nil();
    loop {
        let tasks: Vec<(Uuid, Option<String>)> = sqlx::query(
            "SELECT t.id, t.ocr FROM tasks t JOIN tallies y ON y.project = t.project AND y.task = t.id WHERE t.project = ? AND t.id > ? AND y.places > 0 ORDER BY t.id LIMIT 256",
        )
        .bind(project)
        .bind(after)
        .fetch_all(&mut *conn)
        .await?
        .into_iter()
        .map(|row| (row.get(0), row.get(1)))
        .collect();
        let Some((last, _)) = tasks.last() else { return Ok(()) };
        after = *last;
        for (task, ocr) in &tasks {
            recount(conn, project, *task, ocr.as_deref(), settings).await?;
        }
    }
}

/// Counts one task anew from its answers, and says which of them are one too many.
pub(super) async fn recount(
    conn: &mut SqliteConnection,
    project: Uuid,
    task: Uuid,
    ocr: Option<&str>,
    settings: &Settings,
) -> Result<crate::registry::Change> {
    let stored = super::taking_back::votes(conn, project, task).await?;
    let (standing, surplus) =
        replay(settings, ocr, stored.iter().map(|stored| stored.vote.clone()))?;
    for (stored, surplus) in stored.iter().zip(surplus) {
        if stored.surplus != surplus {
            sqlx::query("UPDATE answers SET surplus = ? WHERE id = ?")
                .bind(surplus)
                .bind(stored.id)
                .execute(&mut *conn)
                .await?;
        }
    }
    let mut tallied = tallies::load(conn, &HashMap::from([(project, vec![task])])).await?;
    if let Some(tally) = tallied.get_mut(&task) {
        tally.recount(standing);
    }
    let mut changes = HashMap::new();
    tallies::save(conn, &tallied, &mut changes).await?;
    Ok(changes.remove(&project).unwrap_or_default())
}
