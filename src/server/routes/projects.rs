//! Projects: listed, shown, made, changed.

use super::body::{At, Body};
use crate::{
    App,
    error::{Error, Result},
    guard::{MaybeTeam, Team},
    import,
    project::{ProjectIn, patched},
    registry::Live,
    store::Role,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{OffsetDateTime, Problem, Project, Projects};
use serde_json::Value;
use std::sync::Arc;

/// The project of a slug, if this caller may know of it.
pub(super) fn find(app: &App, team: &MaybeTeam, slug: &str) -> Result<Arc<Live>> {
    app.store
        .registry()
        .by_slug(slug)
        .filter(|live| team.sees(live))
        .ok_or(Error::NotFound("project"))
}

/// The project of a slug, for a member of its team who has at least that role.
pub(super) fn find_for_team(app: &App, team: &Team, slug: &str, least: Role) -> Result<Arc<Live>> {
    let live = app.store.registry().by_slug(slug).ok_or(Error::NotFound("project of yours"))?;
    team.allow(&live, least)?;
    Ok(live)
}

/// The public projects, and for a team member the drafts of their own.
#[utoipa::path(get, path = "/projects", tag = "projects", responses(
    (status = 200, body = Projects),
))]
pub(super) async fn list(State(app): State<Arc<App>>, team: MaybeTeam) -> Json<Projects> {
    let all = app.store.registry().all();
    let projects = all.iter().filter(|live| team.sees(live)).map(|live| live.public()).collect();
    Json(Projects { projects })
}

/// One project with its question, help, layers and progress.
#[utoipa::path(get, path = "/projects/{slug}", tag = "projects", params(("slug" = String, Path)),
    responses(
        (status = 200, body = Project),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn one(
    State(app): State<Arc<App>>,
    team: MaybeTeam,
    At(slug): At<String>,
) -> Result<Json<Project>> {
    Ok(Json(find(&app, &team, &slug)?.public()))
}

/// A new project, owned by the team member who makes it.
#[utoipa::path(post, path = "/projects", tag = "team", request_body = ProjectIn, responses(
    (status = 201, body = Project),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add(
    State(app): State<Arc<App>>,
    team: Team,
    Body(body): Body<Value>,
) -> Result<Response> {
    if team.0.everywhere == Some(Role::Reviewer) && team.0.roles.is_empty() {
        return Err(Error::Forbidden("Reviewers do not make projects."));
    }
    let ProjectIn { slug, settings } = ProjectIn::from_value(body)?;
    let now = OffsetDateTime::now_utc();
    let live = app.store.add_project(&slug, &settings, Some(team.0.id), now).await?;
    import::built_in_warm_ups(&app.store, &app.media, &live, now).await?;
    let mut response = (StatusCode::CREATED, Json(live.public())).into_response();
    let at = HeaderValue::from_str(&format!("/api/v1/projects/{slug}")).map_err(Error::internal)?;
    response.headers_mut().insert(header::LOCATION, at);
    Ok(response)
}

/// Changes settings (a JSON merge patch); they hold at once, for people who are playing too.
#[utoipa::path(patch, path = "/projects/{slug}", tag = "team", params(("slug" = String, Path)),
    request_body = Object,
    responses(
        (status = 200, body = Project),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn change(
    State(app): State<Arc<App>>,
    team: Team,
    At(slug): At<String>,
    Body(patch): Body<Value>,
) -> Result<Json<Project>> {
    let live = find_for_team(&app, &team, &slug, Role::Editor)?;
    let settings = patched(&live.settings(), &patch)?;
    app.store.change_project(&live, settings).await?;
    Ok(Json(live.public()))
}
