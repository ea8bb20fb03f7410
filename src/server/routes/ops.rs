//! For those who run the program: is it alive, is it ready, what does it do.

use crate::{App, error::Error, error::Result};
use axum::{
    extract::{MatchedPath, Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{sync::Arc, time::Instant};

/// The process is alive.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// The process can do its work: its database answers, and it is not stopping.
pub(super) async fn readyz(State(app): State<Arc<App>>) -> Result<&'static str> {
    if *app.stopping.borrow() {
        return Err(Error::Busy);
    }
    app.store.ready().await.map_err(|_| Error::Busy)?;
    Ok("ready\n")
}

/// Figures for Prometheus.
pub(super) async fn metrics(State(app): State<Arc<App>>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], app.figures.render()).into_response()
}

/// Counts and times requests by route, never by who asks.
pub(super) async fn count(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "page".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().as_str().to_owned();
    let response = next.run(request).await;
    let status = response.status().as_str().to_owned();
    metrics::histogram!("talkoot_http_seconds", "route" => route.clone()).record(began.elapsed());
    metrics::counter!("talkoot_http_requests_total", "method" => method, "route" => route, "status" => status)
        .increment(1);
    response
}
