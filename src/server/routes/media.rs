//! Pictures, named by their content's hash: they never change.

use crate::{
    App,
    error::{Error, Result},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::sync::Arc;

pub(super) const FOREVER: &str = "public, max-age=31536000, immutable";

pub(super) async fn file(
    State(app): State<Arc<App>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let hash = file
        .strip_suffix(".webp")
        .filter(|hash| {
            hash.len() == 64 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        })
        .ok_or(Error::NotFound("picture"))?;
    let etag = format!("\"{hash}\"");
    let known = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, FOREVER.to_owned())];
    if super::pages::matches(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, known).into_response());
    }
    let bytes = app.media.get(hash).await?.ok_or(Error::NotFound("picture"))?;
    Ok((known, [(header::CONTENT_TYPE, "image/webp")], bytes).into_response())
}
