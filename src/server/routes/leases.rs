//! Handing out tasks.

use super::{
    body::{At, Body},
    projects::find,
    volunteers::newcomer,
};
use crate::{
    App,
    error::{Error, Result},
    guard::{Address, MaybeTeam, MaybeVolunteer},
};
use axum::{
    Json,
    extract::State,
    http::header::SET_COOKIE,
    response::{IntoResponse, Response},
};
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
        (status = 429, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn lease(
    State(app): State<Arc<App>>,
    MaybeVolunteer(volunteer): MaybeVolunteer,
    Address(address): Address,
    team: MaybeTeam,
    At(slug): At<String>,
    Body(asked): Body<LeaseIn>,
) -> Result<Response> {
    if volunteer.is_none() && !asked.newcomer {
        return Err(Error::NotSignedIn);
    }
    let live = find(&app, &team, &slug)?;
    if !(1..=50).contains(&asked.count) {
        return Err(Fault::new("bad-count", "Ask for 1 to 50 tasks at a time.")
            .at("/count")
            .into());
    }
    let (volunteer, cookie) = match volunteer {
        Some(volunteer) => (volunteer, None),
        None => newcomer(&app, address).await.map(|(new, cookie)| (new.volunteer, Some(cookie)))?,
    };
    let lease = app.store.lease(&live, volunteer, asked.count, OffsetDateTime::now_utc()).await?;
    Ok((cookie.map(|cookie| [(SET_COOKIE, cookie)]), Json(lease)).into_response())
}
