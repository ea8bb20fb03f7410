//! Taking an answer back. The row stays, so that a late repeat of it is
//! recognised; it counts for nothing any more.

use super::{Store, columns::given_of, millis, projects::recount, settle::Vote};
use crate::{
    error::{Error, Result},
    registry::Change,
};
use domain::{AnswerId, OffsetDateTime, VolunteerId};
use futures_util::FutureExt;
use sqlx::{Row, SqliteConnection};
use std::{sync::Arc, time::Duration};
use uuid::Uuid;

/// How long an answer can be taken back.
pub(crate) const TAKE_BACK_FOR: Duration = Duration::from_mins(10);

/// A stored answer, as far as counting goes.
pub(super) struct StoredVote {
    pub(super) id: Uuid,
    pub(super) vote: Vote,
    pub(super) surplus: bool,
}

/// All answers of a task that were not taken back, first to last.
pub(super) async fn votes(
    conn: &mut SqliteConnection,
    project: Uuid,
    task: Uuid,
) -> Result<Vec<StoredVote>> {
    sqlx::query("SELECT id, volunteer, value, outcome, surplus FROM answers WHERE project = ? AND task = ? AND place IS NOT NULL AND taken_back_at IS NULL ORDER BY place")
        .bind(project)
        .bind(task)
        .fetch_all(conn)
        .await?
        .into_iter()
        .map(|row| {
            let vote = Vote { volunteer: row.get(1), given: given_of(row.get(2), row.get(3))? };
            Ok(StoredVote { id: row.get(0), vote, surplus: row.get(4) })
        })
        .collect()
}

impl Store {
    /// Takes back an answer of the volunteer's own. Doing it again changes nothing.
    pub(crate) async fn take_back(
        &self,
        volunteer: VolunteerId,
        answer: AnswerId,
        now: OffsetDateTime,
    ) -> Result<()> {
        let registry = Arc::clone(&self.registry);
        let then = Arc::clone(&registry);
        self.writer
            .call(
                move |conn| {
                    async move {
                        let row = sqlx::query("SELECT a.project, a.task, a.volunteer, a.stored_at, a.taken_back_at, a.place, t.ocr FROM answers a JOIN tasks t ON t.project = a.project AND t.id = a.task WHERE a.id = ?")
                            .bind(answer.0)
                            .fetch_optional(&mut *conn)
                            .await?
                            .filter(|row| row.get::<Option<Uuid>, _>(2) == Some(volunteer.0))
                            .ok_or(Error::NotFound("answer of yours"))?;
                        if row.get::<Option<i64>, _>(4).is_some() {
                            return Ok(None);
                        }
                        let stored_at: i64 = row.get(3);
                        let long = i64::try_from(TAKE_BACK_FOR.as_millis()).unwrap_or(i64::MAX);
                        if millis(now) - stored_at > long {
                            return Err(Error::TooLate(
                                "An answer can be taken back for 10 minutes; this one is older and stays.",
                            ));
                        }
                        sqlx::query("UPDATE answers SET taken_back_at = ? WHERE id = ?")
                            .bind(millis(now))
                            .bind(answer.0)
                            .execute(&mut *conn)
                            .await?;
                        let project: Uuid = row.get(0);
                        let (Some(live), Some(_)) =
                            (registry.by_id(project), row.get::<Option<i64>, _>(5))
                        else {
                            return Ok(None);
                        };
                        let ocr: Option<&str> = row.get(6);
                        let mut change =
                            recount(conn, project, row.get(1), ocr, &live.settings()).await?;
                        change.given -= 1;
                        Ok(Some((project, change)))
                    }
                    .boxed()
                },
                move |change: &Option<(Uuid, Change)>| {
                    if let Some((project, change)) = change
                        && let Some(live) = then.by_id(*project)
                    {
                        live.apply(change);
                    }
                },
            )
            .await?;
        Ok(())
    }
}
