//! Results and raw answers, one JSON object a line.

use super::{body::At, projects::find_for_team};
use crate::{
    App,
    error::{Error, Result},
    guard::Team,
    store::{AnswerRow, Role},
};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use domain::{OffsetDateTime, Outcome, Problem, ResultRecord, TilePlace};
use futures_util::stream;
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;
use uuid::Uuid;

/// One raw answer.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct AnswerLine {
    /// The answer.
    id: Uuid,
    /// The task.
    task: Uuid,
    /// The team's own name for what was asked about.
    external_id: String,
    /// Where on the map a map tile is.
    #[serde(skip_serializing_if = "Option::is_none")]
    tile: Option<TilePlace>,
    /// A name that is the same within the project and means nothing outside it.
    volunteer: String,
    /// What was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Value>,
    /// What was said instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<Outcome>,
    /// The game layer that was on.
    layer: Option<String>,
    /// Seconds from first paint to answer.
    seconds: f64,
    /// How often the keyboard replaced what had been typed.
    corrections: u32,
    /// Stored, but one too many to count.
    surplus: bool,
    /// Given to a warm-up, which counts for nothing.
    practice: bool,
    /// When it was stored.
    #[serde(with = "time::serde::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    stored_at: OffsetDateTime,
}

impl AnswerLine {
    fn of(project: Uuid, row: AnswerRow) -> Self {
        Self {
            id: row.id.0,
            task: row.task.0,
            volunteer: crate::export::alias(project, &row),
            value: row.value().cloned(),
            outcome: row.outcome(),
            external_id: row.external_id,
            tile: row.tile,
            layer: row.layer,
            seconds: row.seconds,
            corrections: row.corrections,
            surplus: row.surplus,
            practice: row.practice,
            stored_at: row.stored_at,
        }
    }
}

/// What every task's answers come to, one JSON object a line.
#[utoipa::path(get, path = "/projects/{slug}/results", tag = "team",
    params(("slug" = String, Path)),
    responses(
        (status = 200, body = ResultRecord, content_type = "application/x-ndjson"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn results(
    State(app): State<Arc<App>>,
    team: Team,
    At(slug): At<String>,
) -> Result<Response> {
    let project = find_for_team(&app, &team, &slug, Role::Reviewer)?.id.0;
    let lines = stream::try_unfold((app, Uuid::nil()), move |(app, after)| async move {
        let step = app.store.results(project, after).await?;
        let Some(last) = step.last().map(|row| row.record.task.0) else { return Ok(None) };
        let records: Vec<_> = step.into_iter().map(|row| row.record).collect();
        Ok::<_, Error>(Some((lines(&records)?, (app, last))))
    });
    Ok(ndjson(Body::from_stream(lines)))
}

/// Every stored answer but those taken back, one JSON object a line.
#[utoipa::path(get, path = "/projects/{slug}/answers", tag = "team",
    params(("slug" = String, Path)),
    responses(
        (status = 200, body = AnswerLine, content_type = "application/x-ndjson"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn answers(
    State(app): State<Arc<App>>,
    team: Team,
    At(slug): At<String>,
) -> Result<Response> {
    let project = find_for_team(&app, &team, &slug, Role::Reviewer)?.id.0;
    let lines = stream::try_unfold((app, Uuid::nil()), move |(app, after)| async move {
        let step = app.store.answers(project, after).await?;
        let Some(last) = step.last().map(|row| row.id.0) else { return Ok(None) };
        let rows: Vec<_> = step.into_iter().map(|row| AnswerLine::of(project, row)).collect();
        Ok::<_, Error>(Some((lines(&rows)?, (app, last))))
    });
    Ok(ndjson(Body::from_stream(lines)))
}

fn lines(rows: &[impl Serialize]) -> Result<Bytes> {
    let mut text = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut text, row).map_err(Error::internal)?;
        text.push(b'\n');
    }
    Ok(text.into())
}

fn ndjson(body: Body) -> Response {
    ([(header::CONTENT_TYPE, "application/x-ndjson")], body).into_response()
}
