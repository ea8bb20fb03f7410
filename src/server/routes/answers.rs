//! Taking answers, and taking them back.

use super::body::{At, cut_off, parse};
use crate::{
    App,
    error::{Error, Result, fault_problem},
    guard::Volunteer,
};
use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    AnswerId, AnswerIn, AnswerOutcome, AnswerReply, AnswerStatus, Answers, Fault, Judgement,
    OffsetDateTime, Problem,
};
use serde_json::Value;
use std::sync::Arc;

/// Most answers in one request.
const MOST: usize = 100;

/// Stores answers, each once whatever the number of sends. Replies when they are on disk.
///
/// The only answer of a request, where it is rejected, makes the status 422;
/// the body then is the problem, with `outcomes` beside it.
#[utoipa::path(post, path = "/answers", tag = "volunteers", request_body = Answers, responses(
    (status = 200, body = AnswerReply),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn give(
    State(app): State<Arc<App>>,
    Volunteer(volunteer): Volunteer,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response> {
    let json = headers.get(header::CONTENT_TYPE).is_some_and(|value| {
        value.as_bytes().to_ascii_lowercase().starts_with(b"application/json")
    });
    if !json {
        return Err(Error::MediaType("application/json"));
    }
    let (answers, unread) = read(&body.map_err(cut_off)?)?;
    let now = OffsetDateTime::now_utc();
    let mut outcomes = if answers.is_empty() {
        Vec::new()
    } else {
        app.store.answer(volunteer, Answers { answers }, now).await?
    };
    for (at, outcome) in unread {
        outcomes.insert(at.min(outcomes.len()), outcome);
    }
    let alone = match outcomes.as_slice() {
        [only] => only.problem.clone(),
        _ => None,
    };
    let reply = AnswerReply { outcomes };
    Ok(match alone {
        None => Json(reply).into_response(),
        Some(problem) => refused(&problem, &reply)?,
    })
}

/// A problem with the outcomes beside it, which RFC 9457 allows.
fn refused(problem: &Problem, reply: &AnswerReply) -> Result<Response> {
    let mut body = serde_json::to_value(problem).map_err(Error::internal)?;
    body["outcomes"] = serde_json::to_value(&reply.outcomes).map_err(Error::internal)?;
    let mut response = (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    Ok(response)
}

type Read = (Vec<AnswerIn>, Vec<(usize, AnswerOutcome)>);

/// Reads answers. One that cannot be read is rejected by itself, with its
/// place among the others: a poisoned answer must not hold up its neighbours.
fn read(bytes: &[u8]) -> Result<Read> {
    let too_many = |count: usize| -> Result<()> {
        if count > MOST {
            return Err(Fault::new("too-many-answers", "Send at most 100 answers at once.")
                .at("/answers")
                .into());
        }
        Ok(())
    };
    if let Ok(Answers { answers }) = serde_json::from_slice(bytes) {
        too_many(answers.len())?;
        return Ok((answers, Vec::new()));
    }
    let body: Value = parse(bytes)?;
    let Some(items) = body.get("answers").and_then(Value::as_array) else {
        return Err(Fault::new("bad-body", "The body has to be {\"answers\": […]}.")
            .at("/answers")
            .into());
    };
    too_many(items.len())?;
    let mut answers = Vec::new();
    let mut unread = Vec::new();
    for (at, item) in items.iter().enumerate() {
        match serde_json::from_value::<AnswerIn>(item.clone()) {
            Ok(answer) => answers.push(answer),
            Err(error) => unread.push((at, unreadable(at, item, &error)?)),
        }
    }
    Ok((answers, unread))
}

fn unreadable(at: usize, item: &Value, error: &serde_json::Error) -> Result<AnswerOutcome> {
    let id = item.get("id").and_then(Value::as_str).and_then(|id| id.parse::<AnswerId>().ok());
    let Some(id) = id else {
        return Err(Fault::new("bad-id", "An answer's id has to be a UUID, made on the device.")
            .at(format!("/answers/{at}/id"))
            .into());
    };
    let fault = Fault::new("bad-answer", format!("This answer cannot be read: {error}."));
    Ok(AnswerOutcome {
        id,
        status: AnswerStatus::Rejected,
        verdict: Judgement::Pending,
        problem: Some(fault_problem(&fault, Some(format!("/answers/{at}")))),
    })
}

/// Takes an answer back, within 10 minutes. Doing it again changes nothing.
#[utoipa::path(delete, path = "/answers/{id}", tag = "volunteers",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 204),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn take_back(
    State(app): State<Arc<App>>,
    Volunteer(volunteer): Volunteer,
    At(answer): At<AnswerId>,
) -> Result<StatusCode> {
    app.store.take_back(volunteer, answer, OffsetDateTime::now_utc()).await?;
    Ok(StatusCode::NO_CONTENT)
}
