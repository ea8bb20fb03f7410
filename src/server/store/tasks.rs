//! Tasks as answers are checked against them, kept for those that come next.

use super::sql::{LONGEST, list, safe};
use crate::error::{Error, Result};
use domain::{Lesson, Subject};
use sqlx::{Row, SqliteConnection};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What never changes about a task.
pub(super) struct TaskRow {
    pub(super) project: Uuid,
    pub(super) subject: Subject,
    pub(super) lesson: Option<Lesson>,
    pub(super) ocr: Option<String>,
}

/// Tasks that were answered lately. A task never changes, so what is kept of
/// it cannot grow stale.
#[derive(Default)]
pub(super) struct Tasks {
    rows: HashMap<Uuid, TaskRow>,
}

/// Tasks kept; beyond that all are forgotten and read again.
const KEPT: usize = 20_000;

impl Tasks {
    /// What is known of a task, after it was read.
    pub(super) fn get(&self, task: Uuid) -> Option<&TaskRow> {
        self.rows.get(&task)
    }

    /// Reads those of the tasks that are not kept.
    pub(super) async fn read(
        &mut self,
        conn: &mut SqliteConnection,
        tasks: &HashSet<Uuid>,
    ) -> Result<()> {
        if self.rows.len() > KEPT {
            self.rows.clear();
        }
        let missing: Vec<Uuid> =
            tasks.iter().filter(|task| !self.rows.contains_key(task)).copied().collect();
        for part in missing.chunks(LONGEST) {
            let (marks, ids) = list(part);
            let sql = format!(
                "SELECT id, project, subject, lesson, ocr FROM tasks WHERE id IN ({marks})"
            );
            let mut query = sqlx::query(safe(sql));
            for id in ids {
                query = query.bind(id);
            }
            for row in query.fetch_all(&mut *conn).await? {
                let lesson: Option<&str> = row.get(3);
                let lesson = lesson.map(serde_json::from_str).transpose();
                let kept = TaskRow {
                    project: row.get(1),
                    subject: serde_json::from_str(row.get(2)).map_err(Error::internal)?,
                    lesson: lesson.map_err(Error::internal)?,
                    ocr: row.get(4),
                };
                self.rows.insert(row.get(0), kept);
            }
        }
        Ok(())
    }
}
