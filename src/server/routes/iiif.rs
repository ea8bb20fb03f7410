//! Images in tiles, as the IIIF Image API serves them at level 0: only what is
//! named by the information about an image is there, and it never changes.
//!
//! Tiles of a library are fetched when they are first asked for, and kept.
//! Phones never talk to the library's server: on a train they could not depend
//! on it, and it would learn who looks at what.

use super::media::{FOREVER, is_hash};
use crate::{
    App,
    error::{Error, Result},
    media::MediaFile,
};
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Size, Tiles};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Tiles fetched at once.
static FETCHING: Semaphore = Semaphore::const_new(8);
/// The largest tile, in bytes.
const LARGEST: usize = 8 << 20;

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
    let found = match app.media.tile(&id, &name).await? {
        Some(found) => found,
        None => fetched(&app, &id, &name).await?,
    };
    if super::pages::matches(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, known).into_response());
    }
    Ok((known, [(header::CONTENT_TYPE, media_type)], found).into_response())
}

/// A tile that a library has, if it is one of those that the app asks for.
async fn fetched(app: &App, id: &str, name: &str) -> Result<Bytes> {
    let service = app.store.service(id).await?.ok_or(Error::NotFound("tile"))?;
    if !is_tile(&service.tiles, service.size, name) {
        return Err(Error::NotFound("tile"));
    }
    let _turn = FETCHING.acquire().await.map_err(Error::internal)?;
    // Somebody else may have asked for it meanwhile.
    if let Some(found) = app.media.tile(id, name).await? {
        return Ok(found);
    }
    let from = format!("{}/{name}", service.url);
    let bytes = app.media.fetcher().get(&from, LARGEST).await.map_err(|fault| {
        tracing::warn!(%fault, "a tile could not be fetched");
        Error::Busy
    })?;
    if !bytes.starts_with(b"\xff\xd8\xff") {
        tracing::warn!(%from, "a tile is no JPEG");
        return Err(Error::NotFound("tile"));
    }
    app.media.keep(vec![MediaFile::of_tiles(id, name, bytes.clone())]).await?;
    Ok(bytes.into())
}

/// Whether this is the name of one of an image's tiles.
fn is_tile(tiles: &Tiles, size: Size, name: &str) -> bool {
    let region = name.split('/').next().unwrap_or_default();
    let mut numbers = region.split(',').map(str::parse::<u32>);
    let (x, y) = match (numbers.next(), numbers.next()) {
        (Some(Ok(x)), Some(Ok(y))) => (x, y),
        _ if region == "full" => (0, 0),
        _ => return false,
    };
    tiles.factors.iter().any(|factor| {
        let covered = |side: u32| side.saturating_mul(*factor).max(1);
        let (column, row) = (x / covered(tiles.tile.width), y / covered(tiles.tile.height));
        let (columns, rows) = tiles.grid(size, *factor);
        column < columns && row < rows && {
            let (url, _) = tiles.at(size, *factor, column, row);
            url.strip_prefix(&tiles.base).and_then(|rest| rest.strip_prefix('/')) == Some(name)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn just_the_tiles_are_tiles(
            width in 1u32..5000, height in 1u32..5000, side in 64u32..600, version in 2u32..4,
            pick in any::<[u16; 2]>(), x in 0u32..5000, w in 1u32..600,
        ) {
            let size = Size { width, height };
            let tiles = Tiles {
                base: "/iiif/a".into(), version, format: "jpg".into(),
                tile: Size { width: side, height: side }, factors: vec![1, 2, 4],
            };
            for factor in [1, 2, 4] {
                let (columns, rows) = tiles.grid(size, factor);
                let at = (u32::from(pick[0]) % columns, u32::from(pick[1]) % rows);
                let (url, _) = tiles.at(size, factor, at.0, at.1);
                prop_assert!(is_tile(&tiles, size, url.strip_prefix("/iiif/a/").unwrap()), "{}", url);
            }
            let odd = format!("{x},0,{w},{w}/{w},{w}/0/default.jpg");
            if !x.is_multiple_of(side) {
                prop_assert!(!is_tile(&tiles, size, &odd));
            }
            prop_assert!(!is_tile(&tiles, size, "0,0,1,1/9000,9000/0/default.jpg"));
            prop_assert!(!is_tile(&tiles, size, "../../secret"));
        }
    }
}
