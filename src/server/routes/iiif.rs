//! Images in tiles, as the IIIF Image API 3 serves them at level 0: only what
//! is named by the information about an image is there, and it never changes.

use super::media::{FOREVER, is_hash};
use crate::{
    App,
    error::{Error, Result},
};
use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Size, Tiles};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// What is kept of an image in tiles.
#[derive(Deserialize)]
struct Info {
    size: Size,
    tiles: Tiles,
}

/// What a viewer has to know of an image.
pub(super) async fn info(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    if !is_hash(&id) {
        return Err(Error::NotFound("image"));
    }
    let kept = app.media.tile(&id, "info.json").await?.ok_or(Error::NotFound("image"))?;
    let info: Info = serde_json::from_slice(&kept).map_err(Error::internal)?;
    let here = if let Some(url) = &app.config.public_url {
        url.trim_end_matches('/').to_owned()
    } else {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        format!("http://{}", host.unwrap_or("localhost"))
    };
    let described = described(&format!("{here}/iiif/{id}"), &info);
    // The address in it is the caller's word for this server.
    let known = [(header::CACHE_CONTROL, "public, max-age=3600"), (header::VARY, "Host")];
    Ok((known, [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")], Json(described)).into_response())
}

fn described(id: &str, Info { size, tiles }: &Info) -> Value {
    let overview = tiles.factors.iter().rev().find(|factor| tiles.grid(*size, **factor) == (1, 1));
    let sizes: Vec<_> = overview
        .map(|factor| json!({"width": size.width.div_ceil(*factor), "height": size.height.div_ceil(*factor)}))
        .into_iter()
        .collect();
    json!({
        "@context": "http://iiif.io/api/image/3/context.json",
        "id": id,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level0",
        "width": size.width,
        "height": size.height,
        "sizes": sizes,
        "tiles": [{"width": tiles.tile.width, "height": tiles.tile.height, "scaleFactors": tiles.factors}],
        "preferredFormats": [tiles.format],
        "extraFormats": [tiles.format],
    })
}

/// One tile.
pub(super) async fn tile(
    State(app): State<Arc<App>>,
    Path((id, region, size, turn, file)): Path<(String, String, String, String, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let numbers =
        |text: &str| text.len() <= 48 && text.bytes().all(|b| b.is_ascii_digit() || b == b',');
    let well_formed = is_hash(&id)
        && (region == "full" || numbers(&region))
        && (matches!(size.as_str(), "full" | "max") || numbers(&size))
        && turn == "0";
    let media_type = match file.as_str() {
        "default.webp" => "image/webp",
        "default.jpg" => "image/jpeg",
        "default.png" => "image/png",
        _ => return Err(Error::NotFound("tile")),
    };
    if !well_formed {
        return Err(Error::NotFound("tile"));
    }
    let name = format!("{region}/{size}/{turn}/{file}");
    let etag = format!("\"{}\"", &blake3::hash(format!("{id}/{name}").as_bytes()).to_hex()[..32]);
    let known = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, FOREVER.to_owned())];
    let found = app.media.tile(&id, &name).await?.ok_or(Error::NotFound("tile"))?;
    if super::pages::matches(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, known).into_response());
    }
    Ok((known, [(header::CONTENT_TYPE, media_type)], found).into_response())
}
