//! Exports: a file, or several in a zip.

use super::{body::At, projects::find_for_team};
use crate::{
    App,
    error::{Error, Result},
    export,
    guard::Team,
    store::Role,
};
use axum::{
    extract::{Query, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{OffsetDateTime, Problem};
use formats::ExportFile;
use serde::Deserialize;
use std::{fmt::Write as _, sync::Arc};

#[derive(Deserialize, utoipa::IntoParams)]
pub(super) struct How {
    /// For csv: safe to open in a spreadsheet, at the cost of being verbatim.
    #[serde(default)]
    spreadsheet_safe: bool,
    /// For csv: all of its tables in a zip, the raw answers too, instead of the results alone.
    #[serde(default)]
    all: bool,
}

/// All of a project in a format. What could not be put into it is counted in
/// the header `Talkoot-Left-Out`, and listed in `left-out.txt` of a zip.
#[utoipa::path(get, path = "/projects/{slug}/exports/{format}", tag = "team",
    params(("slug" = String, Path), ("format" = String, Path), How),
    responses(
        (status = 200, body = String, content_type = "application/octet-stream"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn export(
    State(app): State<Arc<App>>,
    team: Team,
    At((slug, format)): At<(String, String)>,
    Query(how): Query<How>,
) -> Result<Response> {
    let live = find_for_team(&app, &team, &slug, Role::Reviewer)?;
    let now = OffsetDateTime::now_utc();
    let written = export::write(&app.store, &live, &format, how.spreadsheet_safe, now).await?;
    let left_out = written.rejected.len();
    let mut files = written.parsed;
    // Who asks for csv wants a table; the raw answers have a call of their own.
    if format == "csv" && !how.all {
        files.truncate(1);
    }
    let (name, media_type, bytes) = if let [_] = files.as_slice() {
        let ExportFile { name, media_type, bytes } = files.remove(0);
        (name, media_type, bytes)
    } else {
        if left_out > 0 {
            let mut told = String::new();
            for rejected in &written.rejected {
                let _ = writeln!(told, "{}: {}", rejected.place, rejected.reason);
            }
            files.push(ExportFile {
                name: "left-out.txt".into(),
                media_type: "text/plain; charset=utf-8",
                bytes: told.into_bytes(),
            });
        }
        let bytes = tokio::task::spawn_blocking(move || export::zipped(&files))
            .await
            .map_err(Error::internal)??;
        (format!("{slug}-{format}.zip"), "application/zip", bytes)
    };
    let safe: String =
        name.chars().filter(|c| c.is_ascii_graphic() && *c != '"' && *c != '\\').collect();
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_str(&format!("attachment; filename=\"{safe}\""))
            .map_err(Error::internal)?,
    );
    headers.insert(HeaderName::from_static("talkoot-left-out"), HeaderValue::from(left_out));
    Ok(response)
}
