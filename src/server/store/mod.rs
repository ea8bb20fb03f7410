//! All SQL. The queries are standard and their keys start with the project, so
//! that Postgres is a second implementation of them and not a second design.
//! Only this folder writes SQL; only the writer writes the database.

mod answers;
mod columns;
mod imports;
mod leases;
mod people;
mod projects;
mod reads;
mod services;
mod settle;
mod sql;
mod subjects;
mod taking_back;
mod tallies;
mod tasks;
mod writer;

pub(crate) use imports::{Arrivals, ImportState, NewPage, NewTask, To, already_there};
pub(crate) use people::Member;
pub use people::Role;
pub(crate) use reads::AnswerRow;
pub(crate) use services::NewService;
pub(crate) use subjects::{NewSubject, NewWarmUp};

use crate::{
    error::{Error, Result},
    registry::Registry,
};
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, sync::Arc, time::Duration};
use writer::Writer;

/// The database: many readers, one writer.
#[derive(Clone)]
pub(crate) struct Store {
    readers: SqlitePool,
    writer: Writer,
    registry: Arc<Registry>,
}

impl Store {
    /// Opens the database at `path`, brings it up to date, and loads the live projects.
    pub(crate) async fn open(path: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Not NORMAL: that may lose commits when the power goes.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(512)
            .row_buffer_size(512)
            .pragma("cache_size", "-65536")
            .pragma("temp_store", "memory")
            // 64 MB: hot pages are then written back once for many commits.
            .pragma("wal_autocheckpoint", "16000");
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!("./migrations/sqlite").run(&readers).await.map_err(Error::internal)?;
        let registry = Arc::new(Registry::default());
        let writer = Writer::start(options);
        writer.attach(Arc::clone(&registry));
        let store = Self { readers, writer, registry };
        store.interrupted_imports().await?;
        store.refresh().await?;
        Ok(store)
    }

    /// The live projects.
    pub(crate) fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }

    /// Whether the database answers.
    pub(crate) async fn ready(&self) -> Result<()> {
        sqlx::query("SELECT 1").execute(&self.readers).await?;
        Ok(())
    }

    /// Waits until everything is on disk, and closes the database.
    pub(crate) async fn close(&self) {
        self.writer.stop().await;
        self.readers.close().await;
    }
}

/// Milliseconds since 1970.
pub(crate) fn millis(at: time::OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

/// The time that [`millis`] gave; the first moment of 1970 for one that is none.
pub(crate) fn time_of(millis: i64) -> time::OffsetDateTime {
    time::OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000)
        .unwrap_or(time::OffsetDateTime::UNIX_EPOCH)
}

/// A task's place in the order that tasks are handed out in.
fn shuffle() -> i64 {
    // Halved, so that no task lies on the very ends of the order.
    rand::random::<i64>() / 2
}

/// A name for something new, ordered by time.
pub(crate) fn new_id(now: time::OffsetDateTime) -> uuid::Uuid {
    let since = u64::try_from(millis(now)).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(since, &rand::random()).into_uuid()
}
