//! Imports through the front door.

use super::{body::At, projects::find_for_team};
use crate::{
    App,
    error::{Error, Result},
    files::Files,
    guard::Team,
    import::{self, Load, Maker, Report},
    pairing::{File, sort},
    project::{Form, IiifIn, SubjectIn},
    registry::Live,
    store::{ImportState, Role},
};
use axum::{
    Json,
    extract::{FromRequest, Multipart, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Fault, ImportId, OffsetDateTime, Problem};
use serde::Serialize;
use std::{collections::HashMap, sync::Arc};

/// How far an import is.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Progress {
    /// The import.
    id: ImportId,
    /// Running, done or failed.
    state: ImportState,
    /// What was taken, skipped and refused; empty while it runs.
    #[schema(value_type = Report)]
    report: serde_json::Value,
}

/// Imports files, as parts of a multipart body: texts and images are paired by
/// their file names and become pages (a part `label` names the page); without
/// texts, every image, sound, film or page of a PDF becomes a subject, and so
/// does every row of a CSV, whose images are sent along. A part `url` names a
/// IIIF manifest instead.
#[utoipa::path(post, path = "/projects/{slug}/imports", tag = "team",
    params(("slug" = String, Path)),
    request_body(content = String, content_type = "multipart/form-data"),
    responses(
        (status = 202, body = Progress),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn begin(
    State(app): State<Arc<App>>,
    team: Team,
    At(slug): At<String>,
    request: Request,
) -> Result<Response> {
    let live = find_for_team(&app, &team, &slug, Role::Editor)?;
    let parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| Error::MediaType("multipart/form-data, with a text file and its image"))?;
    let (load, files) = read(parts).await?;
    let now = OffsetDateTime::now_utc();
    let id = app.store.begin_import(live.id.0, now).await?;
    let work = Arc::clone(&app);
    let to = Arc::clone(&live);
    tokio::spawn(async move { run(&work, &to, id, load, files, now).await });
    let at = format!("/api/v1/projects/{slug}/imports/{id}");
    let body = Progress {
        id,
        state: ImportState::Running,
        report: serde_json::to_value(Report::default()).map_err(Error::internal)?,
    };
    let mut response = (StatusCode::ACCEPTED, Json(body)).into_response();
    let at = HeaderValue::from_str(&at).map_err(Error::internal)?;
    response.headers_mut().insert(header::LOCATION, at);
    Ok(response)
}

/// How an import goes, with every record that was not taken and why.
#[utoipa::path(get, path = "/projects/{slug}/imports/{id}", tag = "team",
    params(("slug" = String, Path), ("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, body = Progress),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn progress(
    State(app): State<Arc<App>>,
    team: Team,
    At((slug, id)): At<(String, ImportId)>,
) -> Result<Json<Progress>> {
    let live = find_for_team(&app, &team, &slug, Role::Reviewer)?;
    let (state, report) = app.store.import(live.id.0, id).await?;
    let report = serde_json::from_str(&report).map_err(Error::internal)?;
    Ok(Json(Progress { id, state, report }))
}

async fn read(mut parts: Multipart) -> Result<(Load, Files)> {
    let (mut files, mut urls) = (Vec::new(), Vec::new());
    let mut label = None;
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(broken)?;
        match (field.as_str(), name) {
            ("label", None) => label = Some(String::from_utf8_lossy(&bytes).into_owned()),
            ("url", None) => urls.push(String::from_utf8_lossy(&bytes).trim().to_owned()),
            (field, name) => {
                let name = name.unwrap_or_else(|| field.to_owned());
                files.push(File { name, bytes: bytes.to_vec() });
            }
        }
    }
    if files.is_empty() && !urls.is_empty() {
        let iiif = |url| Form::Iiif(IiifIn { file: None, url: Some(url) });
        let subjects = urls.into_iter().map(|url| Ok(SubjectIn::plain(iiif(url)))).collect();
        let load = Load { pages: Vec::new(), subjects };
        return Ok((load, Files::Sent(HashMap::new())));
    }
    if !urls.is_empty() {
        return Err(Fault::new(
            "url-or-files",
            "Send either files or the addresses of IIIF manifests: one of them.",
        )
        .at("/url")
        .into());
    }
    let (mut load, files) = sort(files)?;
    if let [page] = load.pages.as_mut_slice() {
        page.label = label.map(|l| l.trim().to_owned()).filter(|l| !l.is_empty());
    }
    Ok((load, files))
}

fn broken(error: axum::extract::multipart::MultipartError) -> Error {
    if error.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
        Error::TooLarge
    } else {
        Error::Malformed(Fault::new(
            "bad-multipart",
            "The multipart body could not be read to its end.",
        ))
    }
}

/// Runs to its end whatever becomes of the request that began it.
async fn run(
    app: &App,
    live: &Arc<Live>,
    id: ImportId,
    load: Load,
    files: Files,
    now: OffsetDateTime,
) {
    let maker = Maker::new(&app.media, &Arc::new(files), &live.settings());
    let (state, report) = match import::load(&app.store, live, &maker, load, now).await {
        Ok(report) if report.pages.is_empty() && report.subjects == 0 => {
            (ImportState::Failed, report)
        }
        Ok(report) => (ImportState::Done, report),
        Err(error) => {
            tracing::error!(%error, "an import failed");
            let reason = import::Reason { place: "import".into(), reason: error.problem().detail };
            (ImportState::Failed, Report { refused: vec![reason], ..Report::default() })
        }
    };
    if let Err(error) = app.store.note_import(live.id.0, id, state, &report).await {
        tracing::error!(%error, "an import's outcome could not be noted");
    }
}
