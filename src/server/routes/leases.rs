//! Handing out tasks.

use super::{
    body::{At, Body},
    projects::find,
};
use crate::{
    App,
    error::Result,
    guard::{MaybeTeam, Volunteer},
};
use axum::{Json, extract::State};
use domain::{Fault, Lease, LeaseIn, OffsetDateTime, Problem};
use std::sync::Arc;

/// Tasks for this device for a while, none of which it has had.
#[utoipa::path(post, path = "/projects/{slug}/leases", tag = "volunteers",
    params(("slug" = String, Path)), request_body = LeaseIn,
    responses(
        (status = 200, body = Lease),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn lease(
    State(app): State<Arc<App>>,
    Volunteer(volunteer): Volunteer,
    team: MaybeTeam,
    At(slug): At<String>,
    Body(LeaseIn { count }): Body<LeaseIn>,
) -> Result<Json<Lease>> {
    let live = find(&app, &team, &slug)?;
    if !(1..=50).contains(&count) {
        return Err(Fault::new("bad-count", "Ask for 1 to 50 tasks at a time.")
            .at("/count")
            .into());
    }
    Ok(Json(app.store.lease(&live, volunteer, count, OffsetDateTime::now_utc()).await?))
}
