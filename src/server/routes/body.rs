//! Reading bodies and addresses, with every mistake told as a problem.

use crate::error::{Error, Result};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request, rejection::BytesRejection},
    http::{StatusCode, header, request::Parts},
    response::IntoResponse,
};
use domain::Fault;
use serde::de::DeserializeOwned;

/// A JSON body.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| {
                let essence = value.split(';').next().unwrap_or_default().trim();
                essence.eq_ignore_ascii_case("application/json")
            });
        if !json {
            return Err(Error::MediaType("application/json"));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(cut_off)?;
        parse(&bytes).map(Self)
    }
}

/// A body that could not be read to its end.
pub(super) fn cut_off(rejection: BytesRejection) -> Error {
    if rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
        Error::TooLarge
    } else {
        Error::Malformed(Fault::new("body-cut-off", "The body ended before it was complete."))
    }
}

/// Reads JSON: what is no JSON is malformed, what is JSON of another shape is a fault.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|error| {
        if error.is_data() {
            Error::Fault(Fault::new(
                "bad-body",
                format!("The body does not fit this call: {error}."),
            ))
        } else {
            Error::Malformed(Fault::new("bad-json", format!("The body is not JSON: {error}.")))
        }
    })
}

/// What stands in the address. What is no such id names nothing.
pub(super) struct At<T>(pub(super) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for At<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        path.map(|Path(value)| Self(value)).map_err(|_| Error::NotFound("thing under this address"))
    }
}
