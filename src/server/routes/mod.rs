//! The routes. Their shape is the contract's; each file holds one noun.

mod answers;
mod body;
mod exports;
mod headers;
mod iiif;
mod imports;
mod leases;
mod me;
mod media;
mod ops;
mod pages;
mod progress;
mod projects;
mod results;
mod volunteers;

use crate::{App, error::Error, guard};
use axum::{
    Json, Router,
    extract::DefaultBodyLimit,
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use std::{any::Any, sync::Arc};
use tower_http::{
    catch_panic::CatchPanicLayer,
    trace::{DefaultMakeSpan, DefaultOnResponse, TraceLayer},
};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The largest body of a call that is no upload, in bytes.
const BODY: usize = 1 << 20;
/// The largest upload, in bytes.
const UPLOAD: usize = 256 << 20;

#[derive(OpenApi)]
#[openapi(info(
    title = "Talkoot",
    description = "Campaigns in which volunteers read what machines cannot. Errors are application/problem+json (RFC 9457); times are RFC 3339 in UTC; lengths are pixels of the original image; ids are UUIDs."
))]
struct Described;

/// The whole server as one service.
pub(crate) fn router(app: &Arc<App>) -> Router {
    let uploads =
        OpenApiRouter::new().routes(routes!(imports::begin)).layer(DefaultBodyLimit::max(UPLOAD));
    let api = OpenApiRouter::new()
        .routes(routes!(volunteers::add))
        .routes(routes!(projects::list, projects::add))
        .routes(routes!(projects::one, projects::change))
        .routes(routes!(leases::lease))
        .routes(routes!(answers::give))
        .routes(routes!(answers::take_back))
        .routes(routes!(progress::now))
        .routes(routes!(progress::live))
        .routes(routes!(results::results))
        .routes(routes!(results::answers))
        .routes(routes!(exports::export))
        .routes(routes!(imports::progress))
        .routes(routes!(me::me, me::erase))
        .routes(routes!(me::data));
    let (api, described) = OpenApiRouter::with_openapi(Described::openapi())
        .nest("/api/v1", api.merge(uploads))
        .split_for_parts();
    let described = Arc::new(described);
    let described = get(move || async move { Json(described.as_ref().clone()) });
    api.route("/api/v1/openapi.json", described)
        .route("/healthz", get(ops::healthz))
        .route("/readyz", get(ops::readyz))
        .route("/metrics", get(ops::metrics))
        .route("/media/{file}", get(media::file))
        .route("/iiif/{id}/info.json", get(iiif::info))
        .route("/iiif/{id}/{region}/{size}/{turn}/{file}", get(iiif::tile))
        .fallback(pages::page)
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
        .layer(DefaultBodyLimit::max(BODY))
        .layer(middleware::from_fn_with_state(Arc::clone(app), guard::own_doing))
        .layer(middleware::from_fn(ops::count))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(Arc::clone(app), headers::secure))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(DefaultMakeSpan::new().level(tracing::Level::DEBUG))
                .on_response(DefaultOnResponse::new().level(tracing::Level::DEBUG)),
        )
        .with_state(Arc::clone(app))
}

fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    Error::internal("a handler panicked").into_response()
}
