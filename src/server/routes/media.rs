//! Pictures, sounds and films, named by their content's hash: they never change.

use crate::{
    App,
    error::{Error, Result},
    media,
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::{ops::Range, sync::Arc};

pub(super) const FOREVER: &str = "public, max-age=31536000, immutable";

/// A file, or the part of it that `Range` asks for: films are played from anywhere.
pub(super) async fn file(
    State(app): State<Arc<App>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let named = file.split_once('.').filter(|(hash, _)| is_hash(hash));
    let (hash, media_type) = named
        .and_then(|(hash, ending)| Some((hash, media::media_type(ending)?)))
        .ok_or(Error::NotFound("file"))?;
    let etag = format!("\"{hash}\"");
    let known = [
        (header::ETAG, etag.clone()),
        (header::CACHE_CONTROL, FOREVER.to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
    ];
    if super::pages::matches(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, known).into_response());
    }
    let length = app.media.length(&file).await?.ok_or(Error::NotFound("file"))?;
    let asked = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    // A range of another version would be no range of this one.
    let asked = asked.filter(|_| match headers.get(header::IF_RANGE) {
        Some(version) => version.as_bytes() == etag.as_bytes(),
        None => true,
    });
    let (status, range) = match asked.map_or(Asked::All, |asked| range(asked, length)) {
        Asked::All => (StatusCode::OK, None),
        Asked::Part(part) => (StatusCode::PARTIAL_CONTENT, Some(part)),
        Asked::Nothing => {
            let whole = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, whole).into_response());
        }
    };
    let sent = range.as_ref().map_or(length, |part| part.end - part.start);
    let found = app.media.get(&file, range.clone()).await?.ok_or(Error::NotFound("file"))?;
    let described =
        [(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_LENGTH, sent.to_string())];
    let body = Body::from_stream(found.into_stream());
    let mut response = (status, known, described, body).into_response();
    if let Some(part) = range {
        let said = format!("bytes {}-{}/{length}", part.start, part.end - 1);
        let said = said.parse().map_err(Error::internal)?;
        response.headers_mut().insert(header::CONTENT_RANGE, said);
    }
    Ok(response)
}

/// Whether a text is a hash as names hold it: 64 digits in small hex.
pub(super) fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// What a `Range` asks for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// All of it; also where several parts are asked for, or nothing that is understood.
    All,
    /// A part, never empty.
    Part(Range<u64>),
    /// What is not there.
    Nothing,
}

/// Reads `bytes=0-499`, `bytes=500-` or `bytes=-500` for a file of `length` bytes.
fn range(asked: &str, length: u64) -> Asked {
    let Some(part) = asked.trim().strip_prefix("bytes=") else { return Asked::All };
    let Some((first, last)) = part.split_once('-') else { return Asked::All };
    let (first, last) = (first.trim(), last.trim());
    let part = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(length),
        (Ok(first), Err(_)) if last.is_empty() => first..length,
        (Err(_), Ok(last)) if first.is_empty() => length.saturating_sub(last)..length,
        _ => return Asked::All,
    };
    if part.start < part.end { Asked::Part(part) } else { Asked::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranges_are_read_as_http_means_them() {
        for (asked, wanted) in [
            ("bytes=0-499", Asked::Part(0..500)),
            ("bytes=500-", Asked::Part(500..1000)),
            ("bytes=-100", Asked::Part(900..1000)),
            ("bytes=-5000", Asked::Part(0..1000)),
            ("bytes=990-5000", Asked::Part(990..1000)),
            ("bytes=1000-", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=5-2", Asked::All),
            ("bytes=0-1,5-6", Asked::All),
            ("lines=0-1", Asked::All),
            ("bytes=a-b", Asked::All),
        ] {
            assert_eq!(range(asked, 1000), wanted, "{asked}");
        }
    }

    proptest! {
        #[test]
        fn no_range_leaves_the_file(asked in "bytes=[0-9]{0,21}-[0-9]{0,21}", length in 0u64..2000) {
            if let Asked::Part(part) = range(&asked, length) {
                prop_assert!(part.start < part.end && part.end <= length);
            }
        }
    }
}
