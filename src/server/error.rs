//! Everything that can go wrong, one status each, told as RFC 9457.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Fault, Problem};

/// What a handler may answer with instead of what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request could not be read at all.
    #[error("{0}")]
    Malformed(Fault),
    /// The request was read, and cannot be done as it is.
    #[error("{0}")]
    Fault(#[from] Fault),
    /// Nobody is named, or nobody that is known.
    #[error("not signed in")]
    NotSignedIn,
    /// Somebody is named who may not do this.
    #[error("{0}")]
    Forbidden(&'static str),
    /// There is no such thing, or none that this caller may know of.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The address is right, the method is not.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// It is there already.
    #[error("{0}")]
    Conflict(Fault),
    /// It is too late for that.
    #[error("{0}")]
    TooLate(&'static str),
    /// The body is larger than this program takes.
    #[error("too large")]
    TooLarge,
    /// The body is of another type than wanted.
    #[error("expected {0}")]
    MediaType(&'static str),
    /// This device or network asks too often.
    #[error("too many requests")]
    TooMany {
        /// Seconds after which to try again.
        after: u64,
    },
    /// More is being written than can be; the device keeps what it has.
    #[error("busy")]
    Busy,
    /// The store failed. The text stays in the log.
    #[error("store: {0}")]
    Store(#[from] sqlx::Error),
    /// Something of the server's own failed. The text stays in the log.
    #[error("{0}")]
    Internal(String),
}

/// What the rest of the server gives back.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An inner failure, told only to the log.
    pub fn internal(error: impl std::fmt::Display) -> Self {
        Self::Internal(error.to_string())
    }

    /// Its HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Fault(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotSignedIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict(_) | Self::TooLate(_) => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Store(_) | Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What is told to the caller.
    pub fn problem(&self) -> Problem {
        let (code, detail, pointer) = match self {
            Self::Malformed(f) | Self::Fault(f) | Self::Conflict(f) => {
                (f.code, f.detail.clone(), f.pointer.clone())
            }
            Self::NotSignedIn => (
                "not-signed-in",
                "This call needs somebody: ask for a volunteer with POST /api/v1/volunteers, or send a token as “Authorization: Bearer …”.".into(),
                None,
            ),
            Self::Forbidden(why) => ("forbidden", (*why).into(), None),
            Self::NotFound(what) => ("not-found", format!("There is no such {what}."), None),
            Self::MethodNotAllowed => (
                "method-not-allowed",
                "This address knows other methods; the header “Allow” names them.".into(),
                None,
            ),
            Self::TooLate(why) => ("too-late", (*why).into(), None),
            Self::TooLarge => {
                ("too-large", "This is more than is taken at once; send it in smaller parts.".into(), None)
            }
            Self::MediaType(wanted) => {
                ("media-type", format!("The body's type has to be {wanted}."), None)
            }
            Self::TooMany { after } => (
                "too-many-requests",
                format!("That was a lot at once. Try again in {after} seconds; nothing is lost."),
                None,
            ),
            Self::Busy => (
                "busy",
                "The server cannot write more at the moment. Keep what you have and send it again in a few seconds.".into(),
                None,
            ),
            Self::Store(_) | Self::Internal(_) => (
                "server-error",
                "Something went wrong on the server. Keep what you have and try again; the server's log knows more.".into(),
                None,
            ),
        };
        problem(code, self.status(), detail, pointer)
    }
}

/// A problem document of a fault that is told inside a larger answer.
pub(crate) fn fault_problem(fault: &Fault, pointer: Option<String>) -> Problem {
    problem(fault.code, StatusCode::UNPROCESSABLE_ENTITY, fault.detail.clone(), pointer)
}

fn problem(code: &str, status: StatusCode, detail: String, pointer: Option<String>) -> Problem {
    let mut title = code.replace('-', " ");
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Problem { kind: format!("/problems/{code}"), title, status: status.as_u16(), detail, pointer }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = self.status();
        if status.is_server_error() && status != StatusCode::SERVICE_UNAVAILABLE {
            tracing::error!(error = %self, "a request failed");
        }
        let mut response = (status, Json(self.problem())).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self {
            Self::TooMany { after } => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(after));
            }
            Self::Busy => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(2u64));
            }
            Self::NotSignedIn => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            _ => {}
        }
        response
    }
}
