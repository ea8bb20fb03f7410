//! The app: its page with the opening written in, and its files.

use super::media::FOREVER;
use crate::{
    App,
    assets::{self, Asset},
    error::{Error, Result},
    guard::MaybeTeam,
    registry::Live,
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use domain::Opening;
use std::{fmt::Write as _, io::Write as _, sync::Arc};

const NOT_BUILT: &str = "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>Talkoot</title><h1>Talkoot</h1><p>The server runs. The volunteers' app is not built into it yet: run <code>cargo dev build</code>, or <code>cargo dev demo</code>, which does it and serves a sample drive.</p><!--talkoot:shell-->";

/// Every address that no route has: a file of the app, or its page.
pub(super) async fn page(
    State(app): State<Arc<App>>,
    team: MaybeTeam,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    let path = uri.path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return Err(Error::NotFound("call: /api/v1/openapi.json lists them all"));
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        return Err(Error::MethodNotAllowed);
    }
    // Pages are templates, and served by their own addresses only.
    let is_page = std::path::Path::new(path).extension().is_some_and(|end| end == "html");
    if !is_page && let Some(asset) = assets::find(assets::APP, path) {
        return Ok(file(asset, &headers));
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    if last.contains('.') || path.starts_with("media/") || path.starts_with("iiif/") {
        return Err(Error::NotFound("file"));
    }
    let slug = path.strip_prefix("p/").map(|rest| rest.split('/').next().unwrap_or_default());
    let live = slug.and_then(|slug| app.store.registry().by_slug(slug)).filter(|l| team.sees(l));
    let status =
        if path.is_empty() || live.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let html = filled(&app, &team, live.as_deref())?;
    html_response(status, html, &headers)
}

/// Whether the caller has this version already.
pub(super) fn matches(headers: &HeaderMap, etag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|one| one.trim().trim_start_matches("W/") == etag || one.trim() == "*")
}

fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|one| {
            let mut parts = one.split(';').map(str::trim);
            parts.next() == Some(coding) && !parts.any(|q| matches!(q, "q=0" | "q=0.0" | "q=0.00"))
        })
}

fn file(asset: &'static Asset, headers: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", &blake3::hash(asset.bytes).to_hex()[..32]);
    let name = asset.path.rsplit('/').next().unwrap_or_default();
    let keep = if is_hashed(name) { FOREVER } else { "no-cache" };
    let common = [
        (header::ETAG, etag.clone()),
        (header::CACHE_CONTROL, keep.to_owned()),
        (header::VARY, "Accept-Encoding".to_owned()),
    ];
    if matches(headers, &etag) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let packed = [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(coding, ending)| {
        let beside = || assets::find(assets::APP, &format!("{}.{ending}", asset.path));
        accepts(headers, coding).then(beside).flatten().map(|packed| (coding, packed))
    });
    let mut response =
        (common, packed.map_or(asset.bytes, |(_, packed)| packed.bytes)).into_response();
    let headers = response.headers_mut();
    let media_type = HeaderValue::from_static(assets::media_type(asset.path));
    headers.insert(header::CONTENT_TYPE, media_type);
    if let Some((coding, _)) = packed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Whether a file's name holds a hash of its content, as `play-0123456789abcdef_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '_', '.'])
        .any(|part| part.len() >= 8 && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn html_response(status: StatusCode, html: String, headers: &HeaderMap) -> Result<Response> {
    let etag = format!("\"{}\"", &blake3::hash(html.as_bytes()).to_hex()[..32]);
    let common = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::ETAG, etag.clone()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::VARY, "Accept-Encoding".to_owned()),
    ];
    if status == StatusCode::OK && matches(headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, common).into_response());
    }
    if accepts(headers, "br") {
        let mut packed = Vec::new();
        let params = brotli::enc::BrotliEncoderParams {
            quality: 5,
            ..brotli::enc::BrotliEncoderParams::default()
        };
        brotli::BrotliCompress(&mut html.as_bytes(), &mut packed, &params)
            .map_err(Error::internal)?;
        return Ok((status, common, [(header::CONTENT_ENCODING, "br")], packed).into_response());
    }
    if accepts(headers, "gzip") {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(html.as_bytes()).map_err(Error::internal)?;
        let bytes = packer.finish().map_err(Error::internal)?;
        return Ok((status, common, [(header::CONTENT_ENCODING, "gzip")], bytes).into_response());
    }
    Ok((status, common, html).into_response())
}

/// The app's page with its markers filled.
fn filled(app: &App, team: &MaybeTeam, live: Option<&Live>) -> Result<String> {
    let build = live.map_or("home", |live| {
        let settings = live.settings();
        kinds::build_of(&settings.kind, &settings.rules, live.only_regions())
    });
    let template = assets::find(assets::APP, &format!("{build}.html"))
        .and_then(|asset| std::str::from_utf8(asset.bytes).ok())
        .unwrap_or(NOT_BUILT);
    let (title, head, shell, opening) = match live {
        Some(live) => of_project(live),
        None => of_all(app, team),
    };
    let opening = serde_json::to_string(&opening).map_err(Error::internal)?.replace('<', "\\u003c");
    let shell = format!(
        "<div id=\"shell\">{shell}</div><script type=\"application/json\" id=\"opening\">{opening}</script>"
    );
    Ok(template
        .replacen("<!--talkoot:title-->", &title, 1)
        .replacen("<!--talkoot:head-->", &head, 1)
        .replacen("<!--talkoot:shell-->", &shell, 1))
}

type Parts = (String, String, String, Opening);

fn of_all(app: &App, team: &MaybeTeam) -> Parts {
    let projects: Vec<_> = app
        .store
        .registry()
        .all()
        .iter()
        .filter(|live| team.sees(live))
        .map(|live| live.public())
        .collect();
    let mut names = String::new();
    for p in &projects {
        let _ = write!(names, "<li><a href=\"/p/{}\">{}</a></li>", p.slug, escaped(&p.title));
    }
    let told = "Read a word that a machine could not. It takes a minute, and it stays useful.";
    let head = described("Talkoot", told);
    let shell = format!("<h1>Talkoot</h1><ul>{names}</ul>");
    ("Talkoot".into(), head, shell, Opening { projects, ..Opening::default() })
}

fn of_project(live: &Live) -> Parts {
    let project = live.public();
    let warm_ups = live.warm_ups();
    let title = escaped(&project.title);
    let mut head = described(&project.title, &project.purpose);
    let mut image = String::new();
    // What not everybody wants to see is nobody's first sight: the app covers it.
    let first = warm_ups.first().filter(|task| task.note.is_none());
    if let Some(picture) = first.and_then(|task| task.subject.picture()) {
        let sources = &picture.sources;
        let set: Vec<_> = sources.iter().map(|s| format!("{} {}w", s.url, s.width)).collect();
        if let Some(first) = sources.first() {
            let set = set.join(", ");
            let _ = write!(
                head,
                "<link rel=\"preload\" as=\"image\" href=\"{}\" imagesrcset=\"{set}\" imagesizes=\"100vw\" fetchpriority=\"high\">",
                first.url
            );
            image = format!(
                "<img src=\"{}\" srcset=\"{set}\" sizes=\"100vw\" width=\"{}\" height=\"{}\" alt=\"\">",
                first.url, first.width, first.height
            );
        }
    }
    let progress = &project.progress;
    let shell = format!(
        "<h1>{title}</h1><p class=\"voice\">{}</p>{image}<progress value=\"{}\" max=\"{}\"></progress>",
        escaped(&project.voice),
        progress.agreed,
        progress.tasks.max(1)
    );
    let opening =
        Opening { project: Some(project), warm_ups: warm_ups.to_vec(), ..Opening::default() };
    (title, head, shell, opening)
}

fn described(title: &str, text: &str) -> String {
    let (title, text) = (escaped(title), escaped(text));
    format!(
        "<meta name=\"description\" content=\"{text}\"><meta property=\"og:title\" content=\"{title}\"><meta property=\"og:description\" content=\"{text}\"><meta property=\"og:type\" content=\"website\">"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_are_known() {
        for (name, hashed) in [
            ("play-0123456789abcdef.js", true),
            ("play-0123456789abcdef_bg.wasm", true),
            ("boot.js", false),
            ("sw.js", false),
            ("manifest.webmanifest", false),
            ("icon-512.png", false),
        ] {
            assert_eq!(is_hashed(name), hashed, "{name}");
        }
    }

    #[test]
    fn an_encoding_is_only_used_where_it_is_taken() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, "gzip, br;q=0".parse().unwrap());
        assert!(accepts(&headers, "gzip"));
        assert!(!accepts(&headers, "br"));
        assert!(!accepts(&HeaderMap::new(), "gzip"));
    }

    #[test]
    fn people_s_words_are_text() {
        assert_eq!(escaped("<b a='1'>\"&"), "&lt;b a=&#39;1&#39;&gt;&quot;&amp;");
    }
}
