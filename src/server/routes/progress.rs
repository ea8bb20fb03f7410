//! How far a project is, asked for or live.

use super::{body::At, projects::find};
use crate::{
    App,
    error::{Error, Result},
    guard::MaybeTeam,
};
use axum::{
    Json,
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use domain::{Problem, Progress};
use futures_util::{Stream, stream};
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio::sync::{OwnedSemaphorePermit, watch};

/// How far a project is.
#[utoipa::path(get, path = "/projects/{slug}/progress", tag = "projects",
    params(("slug" = String, Path)),
    responses(
        (status = 200, body = Progress),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn now(
    State(app): State<Arc<App>>,
    team: MaybeTeam,
    At(slug): At<String>,
) -> Result<Json<Progress>> {
    Ok(Json(find(&app, &team, &slug)?.progress()))
}

/// The same live: an event `progress` at the start, and at most once a second after a change.
#[utoipa::path(get, path = "/projects/{slug}/events", tag = "projects",
    params(("slug" = String, Path)),
    responses(
        (status = 200, content_type = "text/event-stream", body = String),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn live(
    State(app): State<Arc<App>>,
    team: MaybeTeam,
    At(slug): At<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let live = find(&app, &team, &slug)?;
    let place = Arc::clone(&app.listeners).try_acquire_owned().map_err(|_| Error::Busy)?;
    let listener = Listener {
        first: Some(live.progress()),
        news: live.listen(),
        stopping: app.stopping.clone(),
        _place: place,
    };
    let events = stream::unfold(listener, |mut listener| async move {
        if let Some(progress) = listener.first.take() {
            let event = Event::default().event("progress").json_data(progress).ok()?;
            return Some((Ok(event), listener));
        }
        tokio::select! {
            _ = listener.stopping.wait_for(|stop| *stop) => return None,
            changed = listener.news.changed() => changed.ok()?,
        }
        let progress = *listener.news.borrow_and_update();
        let event = Event::default().event("progress").json_data(progress).ok()?;
        Some((Ok(event), listener))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))))
}

struct Listener {
    first: Option<Progress>,
    news: watch::Receiver<Progress>,
    stopping: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
}
