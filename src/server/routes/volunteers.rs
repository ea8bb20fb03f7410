//! New volunteers.

use crate::{
    App,
    error::{Error, Result},
    guard::{Address, cookie_name},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{NewVolunteer, OffsetDateTime, Problem};
use std::sync::Arc;

/// A new anonymous volunteer: a token for programs, a cookie for browsers.
#[utoipa::path(post, path = "/volunteers", tag = "volunteers", responses(
    (status = 201, body = NewVolunteer),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add(
    State(app): State<Arc<App>>,
    Address(address): Address,
) -> Result<Response> {
    app.rates.newcomer(address)?;
    let (volunteer, token) = app.store.add_volunteer(OffsetDateTime::now_utc()).await?;
    let secure = app.config.secure();
    let cookie = device_cookie(secure, &token, 400 * 24 * 3600);
    let mut response =
        (StatusCode::CREATED, Json(NewVolunteer { volunteer, token })).into_response();
    let cookie = HeaderValue::from_str(&cookie).map_err(Error::internal)?;
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}

/// The cookie that names a device for `seconds`; 0 takes it away.
pub(super) fn device_cookie(secure: bool, token: &str, seconds: u32) -> String {
    let name = cookie_name(secure);
    let only = if secure { "; Secure" } else { "" };
    format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{only}")
}
