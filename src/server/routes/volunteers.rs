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
use std::{net::IpAddr, sync::Arc};

/// A new anonymous volunteer: a token for programs, a cookie for browsers.
#[utoipa::path(post, path = "/volunteers", tag = "volunteers", responses(
    (status = 201, body = NewVolunteer),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add(
    State(app): State<Arc<App>>,
    Address(address): Address,
) -> Result<Response> {
    let (new, cookie) = newcomer(&app, address).await?;
    Ok((StatusCode::CREATED, [(header::SET_COOKIE, cookie)], Json(new)).into_response())
}

/// A new volunteer and the cookie that names the device from now on.
pub(super) async fn newcomer(
    app: &App,
    address: Option<IpAddr>,
) -> Result<(NewVolunteer, HeaderValue)> {
    app.rates.newcomer(address)?;
    let (volunteer, token) = app.store.add_volunteer(OffsetDateTime::now_utc()).await?;
    let cookie = device_cookie(app.config.secure(), &token, 400 * 24 * 3600);
    let cookie = HeaderValue::from_str(&cookie).map_err(Error::internal)?;
    Ok((NewVolunteer { volunteer, token }, cookie))
}

/// The cookie that names a device for `seconds`; 0 takes it away.
pub(super) fn device_cookie(secure: bool, token: &str, seconds: u32) -> String {
    let name = cookie_name(secure);
    let only = if secure { "; Secure" } else { "" };
    format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{only}")
}
