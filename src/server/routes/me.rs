//! A volunteer's own.

use super::volunteers::device_cookie;
use crate::{
    App,
    error::{Error, Result},
    guard::{MaybeVolunteer, Volunteer},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Me, MyData, Problem};
use std::sync::Arc;

/// The volunteer's own counts and badges. Nobody is named before the first
/// call that needs a volunteer: then `volunteer` is null.
#[utoipa::path(get, path = "/me", tag = "me", responses((status = 200, body = Me)))]
pub(super) async fn me(
    State(app): State<Arc<App>>,
    MaybeVolunteer(volunteer): MaybeVolunteer,
) -> Result<Json<Me>> {
    let Some(volunteer) = volunteer else { return Ok(Json(Me::default())) };
    let mut me = Me { volunteer: Some(volunteer), ..Me::default() };
    for live in app.store.registry().all() {
        let (given, confirmed) = app.store.own_counts(&live, volunteer).await?;
        me.given += given;
        me.confirmed += confirmed;
    }
    Ok(Json(me))
}

/// All that is stored about the volunteer.
#[utoipa::path(get, path = "/me/data", tag = "me", responses(
    (status = 200, body = MyData),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn data(
    State(app): State<Arc<App>>,
    Volunteer(volunteer): Volunteer,
) -> Result<Json<MyData>> {
    let since = app.store.volunteer_since(volunteer).await?;
    let mut answers = Vec::new();
    for live in app.store.registry().all() {
        let own = app.store.answers_of(live.id.0, volunteer).await?;
        answers.extend(own.iter().map(crate::store::AnswerRow::mine));
    }
    Ok(Json(MyData { volunteer, since, answers }))
}

/// Erasure: what the volunteer answered stays, without the person.
#[utoipa::path(delete, path = "/me", tag = "me", responses(
    (status = 204),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn erase(
    State(app): State<Arc<App>>,
    Volunteer(volunteer): Volunteer,
) -> Result<Response> {
    app.store.erase_volunteer(volunteer).await?;
    app.known.forget(volunteer);
    let mut response = StatusCode::NO_CONTENT.into_response();
    let gone = device_cookie(app.config.secure(), "", 0);
    let gone = HeaderValue::from_str(&gone).map_err(Error::internal)?;
    response.headers_mut().insert(header::SET_COOKIE, gone);
    Ok(response)
}
