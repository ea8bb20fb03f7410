//! What the database holds, against what clients know. Counts by itself, with
//! none of the server's code, so that both would have to be wrong alike.

use crate::ledger::Ledger;
use sqlx::{
    Row, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use std::{
    collections::{HashMap, HashSet},
    path::Path,
};
use uuid::Uuid;

/// What was found; all but `stored` should be 0.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// Answers in the database.
    pub(crate) stored: usize,
    /// Acknowledged, and not there.
    pub(crate) lost: usize,
    /// There more than once.
    pub(crate) doubled: usize,
    /// Not as it was sent.
    pub(crate) changed: usize,
    /// Sent by nobody.
    pub(crate) foreign: usize,
    /// Tasks whose tally does not fit their answers.
    pub(crate) tallies: usize,
    /// Complaints of the database about itself.
    pub(crate) damages: usize,
}

struct Stored {
    id: Uuid,
    task: Uuid,
    text: String,
    mark: u64,
    volunteer: Uuid,
    surplus: bool,
}

pub(crate) fn check(database: &Path, ledgers: &[Ledger]) -> Found {
    on(database, async |pool| {
        let mut found = Found::default();
        let integrity: Vec<String> =
            sqlx::query_scalar("PRAGMA integrity_check").fetch_all(pool).await.expect("checked");
        found.damages += integrity.iter().filter(|line| *line != "ok").count();
        found.damages +=
            sqlx::query("PRAGMA foreign_key_check").fetch_all(pool).await.expect("checked").len();
        let stored = stored(pool).await;
        found.stored = stored.len();
        let ids: HashSet<Uuid> = stored.iter().map(|s| s.id).collect();
        let marks: HashSet<u64> = stored.iter().map(|s| s.mark).collect();
        found.doubled = stored.len() - marks.len();
        found.lost =
            ledgers.iter().flat_map(|l| &l.receipts).filter(|id| !ids.contains(*id)).count();
        let sent: HashMap<&Uuid, _> = ledgers.iter().flat_map(|l| &l.sent).collect();
        for answer in &stored {
            match sent.get(&answer.id) {
                None => found.foreign += 1,
                Some(sent) => {
                    let same = sent.task == answer.task
                        && sent.text == answer.text
                        && sent.mark == answer.mark;
                    found.changed += usize::from(!same);
                }
            }
        }
        found.tallies = wrong_tallies(pool, &stored).await;
        found
    })
}

/// All answers, those of a task in their order.
async fn stored(pool: &SqlitePool) -> Vec<Stored> {
    sqlx::query(
        "SELECT id, task, value, seconds, volunteer, surplus FROM answers ORDER BY task, place",
    )
    .fetch_all(pool)
    .await
    .expect("answers")
    .iter()
    .map(|row| {
        let value: serde_json::Value = serde_json::from_str(row.get(2)).expect("JSON");
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        let mark = (row.get::<f64, _>(3) * 1000.0).round() as u64;
        Stored {
            id: row.get(0),
            task: row.get(1),
            text: value["text"].as_str().expect("text").to_owned(),
            mark,
            volunteer: row.get(4),
            surplus: row.get(5),
        }
    })
    .collect()
}

/// Counts every task by the rule "two equal ones, at most five" and compares.
async fn wrong_tallies(pool: &SqlitePool, stored: &[Stored]) -> usize {
    let mut by_task: HashMap<Uuid, Vec<&Stored>> = HashMap::new();
    for answer in stored {
        by_task.entry(answer.task).or_default().push(answer);
    }
    let rows = sqlx::query("SELECT task, status, votes, counted, places FROM tallies")
        .fetch_all(pool)
        .await
        .expect("tallies");
    let mut wrong = 0;
    for row in rows {
        let answers = by_task.remove(&row.get::<Uuid, _>(0)).unwrap_or_default();
        let mut votes: HashMap<&str, i64> = HashMap::new();
        let mut who = HashSet::new();
        let mut status = 0i64;
        let mut fits = true;
        for answer in &answers {
            let surplus = status != 0 || !who.insert(answer.volunteer);
            fits &= surplus == answer.surplus;
            if surplus {
                continue;
            }
            *votes.entry(&answer.text).or_default() += 1;
            let counted: i64 = votes.values().sum();
            if votes.values().any(|n| *n >= 2) {
                status = 1;
            } else if counted >= 5 {
                status = 2;
            }
        }
        let most = votes.values().copied().max().unwrap_or(0);
        let counted: i64 = votes.values().sum();
        let places = i64::try_from(answers.len()).expect("few");
        fits &= (status, most, counted, places) == (row.get(1), row.get(2), row.get(3), row.get(4));
        wrong += usize::from(!fits);
    }
    // Answers to tasks that have no tally.
    wrong + by_task.len()
}

/// A copy of a database with a fault put in.
pub(crate) fn copy_with(database: &Path, copy: &Path, fault: &str) {
    on(database, async |pool| {
        sqlx::query("VACUUM INTO ?")
            .bind(copy.display().to_string())
            .execute(pool)
            .await
            .expect("it is copied");
    });
    let fault = sqlx::AssertSqlSafe(fault.to_owned());
    on(copy, async |pool| {
        let done = sqlx::query(fault).execute(pool).await.expect("the fault is put in");
        assert_eq!(done.rows_affected(), 1);
    });
}

/// The tasks of a database's projects.
pub(crate) fn tasks(database: &Path) -> Vec<Uuid> {
    on(database, async |pool| {
        sqlx::query_scalar("SELECT task FROM tallies").fetch_all(pool).await.expect("tasks")
    })
}

fn on<T>(database: &Path, work: impl AsyncFnOnce(&SqlitePool) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(database).foreign_keys(false);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options)
            .await
            .expect("the database opens");
        let result = work(&pool).await;
        pool.close().await;
        result
    })
}
