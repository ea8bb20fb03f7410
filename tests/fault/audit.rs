//! Compares the clients' journal with the server's database.

use crate::journal::Journal;
use sqlx::{Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{collections::HashMap, fmt, path::Path};
use uuid::Uuid;

/// What was found. All but `receipts` and `stored` should be 0.
#[derive(Debug, Default)]
pub(crate) struct Audit {
    pub(crate) receipts: u64,
    pub(crate) stored: u64,
    /// Acknowledged, and not there.
    pub(crate) lost: u64,
    /// One volunteer's answer to one task, there more than once.
    pub(crate) doubled: u64,
    /// There, with other words than were sent.
    pub(crate) changed: u64,
    /// There, and never sent.
    pub(crate) foreign: u64,
    /// Tasks whose tally is not that of their answers.
    pub(crate) tallies: u64,
    /// What the database says of its own files, where it is not "ok".
    pub(crate) integrity: Vec<String>,
}

impl Audit {
    pub(crate) fn is_clean(&self) -> bool {
        self.lost + self.doubled + self.changed + self.foreign + self.tallies == 0
            && self.integrity.is_empty()
    }
}

impl fmt::Display for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "receipts {}, stored {}, lost {}, doubled {}, changed {}, foreign {}, tallies off {}, \
             integrity {}",
            self.receipts,
            self.stored,
            self.lost,
            self.doubled,
            self.changed,
            self.foreign,
            self.tallies,
            if self.integrity.is_empty() { "ok".into() } else { self.integrity.join("; ") },
        )
    }
}

fn database(data: &Path) -> std::path::PathBuf {
    std::fs::read_dir(data)
        .expect("the data folder")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .find(|path| path.extension().is_some_and(|e| e == "db" || e == "sqlite"))
        .expect("the data folder holds a database")
}

/// Copies the database with its log, so that a test can damage the copy.
pub(crate) fn copy_database(from: &Path, to: &Path) {
    let main = database(from);
    for suffix in ["", "-wal"] {
        let name = format!("{}{suffix}", main.file_name().expect("a file").to_string_lossy());
        if from.join(&name).is_file() {
            std::fs::copy(from.join(&name), to.join(&name)).expect("a copy of the database");
        }
    }
}

async fn open(data: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(database(data)).foreign_keys(false);
    SqliteConnection::connect_with(&options).await.expect("the database opens")
}

/// Runs one statement.
pub(crate) async fn run(data: &Path, statement: &str) {
    let mut connection = open(data).await;
    let statement = sqlx::AssertSqlSafe(statement.to_owned());
    let done = sqlx::query(statement).execute(&mut connection).await.expect("the statement runs");
    assert!(done.rows_affected() > 0, "the damage was done");
}

fn name(bytes: &[u8]) -> String {
    Uuid::from_slice(bytes).map(|id| id.to_string()).unwrap_or_default()
}

/// Compares the journal with the database in `data`.
pub(crate) async fn audit(journal: &Journal, data: &Path) -> Audit {
    let mut connection = open(data).await;
    let (sent, receipts) = (journal.sent(), journal.receipts());
    let mut found = Audit { receipts: receipts.len() as u64, ..Audit::default() };

    let mut stored: HashMap<String, ()> = HashMap::new();
    let mut pairs: HashMap<(String, String), u64> = HashMap::new();
    let rows = sqlx::query("SELECT id, task, volunteer, value FROM answers")
        .fetch_all(&mut connection)
        .await
        .expect("the answers");
    for row in rows {
        let id = name(row.get("id"));
        let (task, volunteer) = (name(row.get("task")), row.get::<Option<Vec<u8>>, _>("volunteer"));
        *pairs
            .entry((name(volunteer.as_deref().unwrap_or_default()), task.clone()))
            .or_default() += 1;
        match sent.get(&id) {
            None => found.foreign += 1,
            Some(was) => {
                let value: Option<String> = row.get("value");
                let text = value
                    .and_then(|v| serde_json::from_str::<serde_json::Value>(&v).ok())
                    .and_then(|v| v["text"].as_str().map(str::to_owned));
                let whose = name(volunteer.as_deref().unwrap_or_default());
                if text.as_deref() != Some(&was.text) || task != was.task || whose != was.volunteer
                {
                    found.changed += 1;
                }
            }
        }
        stored.insert(id, ());
    }
    found.stored = stored.len() as u64;
    found.lost = receipts.iter().filter(|id| !stored.contains_key(*id)).count() as u64;
    found.doubled = pairs.values().filter(|n| **n > 1).count() as u64;

    // An answer that counts has a place, is not surplus and was not taken back.
    let off = sqlx::query(
        "SELECT count(*) AS off FROM tallies t WHERE t.counted <> (SELECT count(*) FROM answers a \
         WHERE a.project = t.project AND a.task = t.task AND a.surplus = FALSE \
         AND a.taken_back_at IS NULL AND coalesce(a.outcome, '') <> 'skipped')",
    )
    .fetch_one(&mut connection)
    .await
    .expect("the tallies");
    found.tallies = u64::try_from(off.get::<i64, _>("off")).unwrap_or_default();

    let said = sqlx::query("PRAGMA integrity_check")
        .fetch_all(&mut connection)
        .await
        .expect("the database checks itself");
    found.integrity =
        said.iter().map(|row| row.get::<String, _>(0)).filter(|line| line != "ok").collect();
    found
}
