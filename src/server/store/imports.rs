//! Imports: pages with their tasks, subjects and warm-ups go in whole, in one
//! transaction, or not at all.

use super::{
    NewService, NewSubject, NewWarmUp, Store, millis, new_id,
    projects::{insert_project, load, touch},
    services::add_service,
    sql::{json, rows, runs, safe},
    subjects::{add_subjects, add_warm_ups},
};
use crate::{
    error::{Error, Result},
    project::Settings,
    registry::{Live, Loaded},
};
use domain::{Fault, ImportId, OffsetDateTime, PagePicture, ProjectId, Subject};
use formats::Unit;
use futures_util::FutureExt;
use serde::{Deserialize, Serialize};
use sqlx::{Row, SqliteConnection};
use std::sync::Arc;
use uuid::Uuid;

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ImportState {
    /// It is being read and cut.
    Running,
    /// All of it is in.
    Done,
    /// Nothing of it is in.
    Failed,
}

impl ImportState {
    fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    fn of(name: &str) -> Self {
        match name {
            "running" => Self::Running,
            "done" => Self::Done,
            _ => Self::Failed,
        }
    }
}

/// A page ready to be stored: its pictures are cut already.
#[derive(Clone, Debug)]
pub(crate) struct NewPage {
    /// The text file's name.
    pub(crate) name: String,
    /// The format it was read by.
    pub(crate) format: &'static str,
    /// What was sent, to the byte.
    pub(crate) source: Vec<u8>,
    /// The image file's name.
    pub(crate) image_name: String,
    /// The image's hash.
    pub(crate) image_hash: [u8; 32],
    /// The page, for `Show the page`.
    pub(crate) picture: PagePicture,
    /// Whether its tasks ask for words or lines.
    pub(crate) unit: Unit,
    /// Its tasks.
    pub(crate) tasks: Vec<NewTask>,
}

/// A task ready to be stored.
#[derive(Clone, Debug)]
pub(crate) struct NewTask {
    /// The word's or line's key within its file.
    pub(crate) key: String,
    /// What is looked at.
    pub(crate) subject: Subject,
    /// What the OCR read.
    pub(crate) ocr: Option<String>,
    /// How sure it was, 0 to 1.
    pub(crate) confidence: Option<f64>,
    /// Whether it was picked at random, to measure what picking leaves behind.
    pub(crate) control: bool,
}

/// All that one import brings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arrivals {
    /// Pages with their tasks.
    pub(crate) pages: Vec<NewPage>,
    /// Tasks of no page.
    pub(crate) subjects: Vec<NewSubject>,
    /// Tasks that teach; only for a project that has none.
    pub(crate) warm_ups: Vec<NewWarmUp>,
    /// Libraries' services that subjects need.
    pub(crate) services: Vec<NewService>,
}

impl Arrivals {
    /// Whether there is nothing to store.
    pub(crate) fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.subjects.is_empty() && self.warm_ups.is_empty()
    }
}

/// Where an import goes.
#[derive(Clone, Debug)]
pub(crate) enum To {
    /// A project that is there.
    There(ProjectId),
    /// A project that is made with it.
    New {
        /// Its name in addresses.
        slug: String,
        /// Its settings.
        settings: Box<Settings>,
    },
}

impl Store {
    /// Whether this very file is in the project already.
    pub(crate) async fn has_source(&self, project: Uuid, source: &[u8]) -> Result<bool> {
        let found: Option<i64> =
            sqlx::query_scalar("SELECT 1 FROM pages WHERE project = ? AND source_hash = ?")
                .bind(project)
                .bind(blake3::hash(source).as_bytes().to_vec())
                .fetch_optional(&self.readers)
                .await?;
        Ok(found.is_some())
    }

    /// Stores what an import brings, all of it or nothing, and gives back its project.
    pub(crate) async fn add(
        &self,
        to: To,
        arrivals: Arrivals,
        now: OffsetDateTime,
    ) -> Result<Arc<Live>> {
        let registry = Arc::clone(&self.registry);
        let loaded = self
            .writer
            .call(
                move |conn| {
                    async move {
                        let project = match &to {
                            To::There(project) => project.0,
                            To::New { slug, settings } => {
                                let id = new_id(now);
                                insert_project(conn, id, slug, settings, now).await?;
                                id
                            }
                        };
                        for page in &arrivals.pages {
                            add_page(conn, project, page, now).await?;
                        }
                        add_subjects(conn, project, &arrivals.subjects, now).await?;
                        add_warm_ups(conn, project, &arrivals.warm_ups, now).await?;
                        for service in &arrivals.services {
                            add_service(conn, service).await?;
                        }
                        touch(conn, project).await?;
                        load(conn, project).await
                    }
                    .boxed()
                },
                move |loaded: &Loaded| registry.take_in(loaded.clone()),
            )
            .await?;
        self.registry.by_id(loaded.id.0).ok_or_else(|| Error::internal("a project vanished"))
    }

    /// Notes that an import has begun.
    pub(crate) async fn begin_import(
        &self,
        project: Uuid,
        now: OffsetDateTime,
    ) -> Result<ImportId> {
        let id = new_id(now);
        self.writer
            .call(
                move |conn| {
                    async move {
                        sqlx::query("INSERT INTO imports (project, id, state, report, created_at) VALUES (?, ?, 'running', '{}', ?)")
                            .bind(project)
                            .bind(id)
                            .bind(millis(now))
                            .execute(conn)
                            .await?;
                        Ok(())
                    }
                    .boxed()
                },
                |()| {},
            )
            .await?;
        Ok(ImportId(id))
    }

    /// Notes how an import went.
    pub(crate) async fn note_import(
        &self,
        project: Uuid,
        import: ImportId,
        state: ImportState,
        report: &impl Serialize,
    ) -> Result<()> {
        let report = json(report)?;
        self.writer
            .call(
                move |conn| {
                    async move {
                        sqlx::query(
                            "UPDATE imports SET state = ?, report = ? WHERE project = ? AND id = ?",
                        )
                        .bind(state.name())
                        .bind(report)
                        .bind(project)
                        .bind(import.0)
                        .execute(conn)
                        .await?;
                        Ok(())
                    }
                    .boxed()
                },
                |()| {},
            )
            .await
    }

    /// How an import went, with its report as JSON text.
    pub(crate) async fn import(
        &self,
        project: Uuid,
        import: ImportId,
    ) -> Result<(ImportState, String)> {
        let row = sqlx::query("SELECT state, report FROM imports WHERE project = ? AND id = ?")
            .bind(project)
            .bind(import.0)
            .fetch_optional(&self.readers)
            .await?
            .ok_or(Error::NotFound("import"))?;
        Ok((ImportState::of(row.get(0)), row.get(1)))
    }

    /// Imports that a stop of the program cut off: nothing of them is in.
    pub(super) async fn interrupted_imports(&self) -> Result<()> {
        self.writer
            .call(
                move |conn| {
                    async move {
                        sqlx::query("UPDATE imports SET state = 'failed', report = ? WHERE state = 'running'")
                            .bind(r#"{"refused":[{"place":"import","reason":"The server was stopped meanwhile. Nothing of this import was taken; send it again."}]}"#)
                            .execute(conn)
                            .await?;
                        Ok(())
                    }
                    .boxed()
                },
                |()| {},
            )
            .await
    }
}

async fn add_page(
    conn: &mut SqliteConnection,
    project: Uuid,
    page: &NewPage,
    now: OffsetDateTime,
) -> Result<()> {
    let id = new_id(now);
    let position: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM pages WHERE project = ?")
        .bind(project)
        .fetch_one(&mut *conn)
        .await?;
    sqlx::query("INSERT INTO pages (project, id, position, name, format, source, source_hash, image_name, image_hash, picture, unit) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(project)
        .bind(id)
        .bind(position)
        .bind(&page.name)
        .bind(page.format)
        .bind(&page.source)
        .bind(blake3::hash(&page.source).as_bytes().to_vec())
        .bind(&page.image_name)
        .bind(page.image_hash.to_vec())
        .bind(json(&page.picture)?)
        .bind(json(&page.unit)?)
        .execute(&mut *conn)
        .await
        .map_err(|error| page_once(error, &page.name))?;
    let tasks: Vec<_> =
        (0i64..).zip(&page.tasks).map(|(at, task)| (at, new_id(now), task)).collect();
    for run in runs(&tasks) {
        let sql = format!(
            "INSERT INTO tasks (project, id, page, position, key, external_id, subject, ocr, confidence, control) VALUES {}",
            rows(run.len(), 10)
        );
        let mut query = sqlx::query(safe(sql));
        for (at, task_id, task) in run {
            query = query
                .bind(project)
                .bind(task_id)
                .bind(id)
                .bind(at)
                .bind(&task.key)
                .bind(format!("{}#{}", page.name, task.key))
                .bind(json(&task.subject)?)
                .bind(&task.ocr)
                .bind(task.confidence)
                .bind(task.control);
        }
        query.execute(&mut *conn).await?;
    }
    for run in runs(&tasks) {
        let sql = format!(
            "INSERT INTO tallies (project, task, page, shuffle, status, handed, places, votes, counted, agreement, value, outcome, checked) VALUES {}",
            vec!["(?, ?, ?, ?, 0, 0, 0, 0, 0, 0, NULL, NULL, FALSE)"; run.len()].join(", ")
        );
        let mut query = sqlx::query(safe(sql));
        for (_, task_id, _) in run {
            query = query.bind(project).bind(task_id).bind(id).bind(super::shuffle());
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

fn page_once(error: sqlx::Error, name: &str) -> Error {
    match &error {
        sqlx::Error::Database(e) if e.is_unique_violation() => already_there(name).into(),
        _ => error.into(),
    }
}

/// What is said of a page or subject that is imported a second time.
pub(crate) fn already_there(name: &str) -> Fault {
    Fault::new(
        "page-already-there",
        format!("{name} is in this project already, so it was not taken a second time."),
    )
}
