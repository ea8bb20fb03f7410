//! The only place that speaks HTTP.

use domain::{
    AnswerId, AnswerIn, AnswerOutcome, AnswerReply, Answers, LeaseIn, Me, NewVolunteer, Problem,
    Progress, Project, Projects, Task,
};
use reqwasm::http::{Method, Request, RequestBuilder, Response};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{AbortSignal, EventSource, MessageEvent};

/// Why a call came to nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    /// No connection, or no answer in time.
    Offline,
    /// The server does not know this volunteer (any more).
    Stranger,
    /// There is no such thing.
    Unknown,
    /// The server is busy; it says for how many seconds.
    Busy(u32),
    /// The server refuses, in a sentence to act on.
    Refused(String),
    /// The server answered what this app does not understand.
    Strange,
}

/// How long a call may take, in milliseconds.
const PATIENCE: u32 = 20_000;

/// Of a lease only the tasks: when somebody else may be given them is the server's affair.
#[derive(Deserialize)]
struct Leased {
    tasks: Vec<Task>,
}

/// Becomes a volunteer; the device gets a cookie that no script can read.
pub(crate) async fn volunteer() -> Result<(), Error> {
    call::<(), NewVolunteer>(Method::POST, "/volunteers", None).await.map(drop)
}

/// The public projects.
pub(crate) async fn projects() -> Result<Vec<Project>, Error> {
    call::<(), Projects>(Method::GET, "/projects", None).await.map(|list| list.projects)
}

/// One project.
pub(crate) async fn project(slug: &str) -> Result<Project, Error> {
    call::<(), _>(Method::GET, &format!("/projects/{slug}"), None).await
}

/// Asks for `count` tasks, 1 to 50.
pub(crate) async fn lease(slug: &str, count: u32) -> Result<Vec<Task>, Error> {
    let path = format!("/projects/{slug}/leases");
    as_volunteer(async || call(Method::POST, &path, Some(&LeaseIn { count })).await)
        .await
        .map(|lease: Leased| lease.tasks)
}

/// Sends answers, at most 100; says what became of each.
pub(crate) async fn answer(answers: Vec<AnswerIn>) -> Result<Vec<AnswerOutcome>, Error> {
    let body = Answers { answers };
    as_volunteer(async || call(Method::POST, "/answers", Some(&body)).await)
        .await
        .map(|reply: AnswerReply| reply.outcomes)
}

/// Takes an answer back.
pub(crate) async fn withdraw(id: AnswerId) -> Result<(), Error> {
    let path = format!("/answers/{id}");
    as_volunteer(async || read(send::<()>(Method::DELETE, &path, None).await?).await.map(drop)).await
}

/// The volunteer's own counts.
pub(crate) async fn me() -> Result<Me, Error> {
    call::<(), _>(Method::GET, "/me", None).await
}

/// A project's numbers as they change, for as long as this lives.
pub(crate) struct Live {
    source: EventSource,
    _heard: Closure<dyn Fn(MessageEvent)>,
}

impl Live {
    /// Listens; `None` where the browser cannot.
    pub(crate) fn listen(slug: &str, tell: impl Fn(Progress) + 'static) -> Option<Self> {
        let source = EventSource::new(&format!("/api/v1/projects/{slug}/events")).ok()?;
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            let text = message.data().as_string().unwrap_or_default();
            if let Ok(progress) = serde_json::from_str(&text) {
                tell(progress);
            }
        });
        source
            .add_event_listener_with_callback("progress", heard.as_ref().unchecked_ref())
            .ok()?;
        Some(Self { source, _heard: heard })
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// Does what needs a volunteer; a stranger becomes one first and tries again.
async fn as_volunteer<T>(call: impl AsyncFn() -> Result<T, Error>) -> Result<T, Error> {
    match call().await {
        Err(Error::Stranger) => {
            volunteer().await?;
            call().await
        }
        done => done,
    }
}

async fn call<B: Serialize, T: DeserializeOwned>(
    method: Method,
    path: &str,
    body: Option<&B>,
) -> Result<T, Error> {
    let text = read(send(method, path, body).await?).await?;
    serde_json::from_str(&text).map_err(|_| Error::Strange)
}

async fn send<B: Serialize>(
    method: Method,
    path: &str,
    body: Option<&B>,
) -> Result<Response, Error> {
    let changes = method != Method::GET;
    let patience = AbortSignal::timeout_with_u32(PATIENCE);
    let mut request: RequestBuilder =
        RequestBuilder::new(&format!("/api/v1{path}")).method(method).abort_signal(Some(&patience));
    if changes {
        // Says that no other site's form sent this.
        request = request.header("X-Talkoot", "1");
    }
    let request: Request = match body {
        Some(body) => request.json(body),
        None => request.build(),
    }
    .map_err(|_| Error::Strange)?;
    request.send().await.map_err(|_| Error::Offline)
}

async fn read(response: Response) -> Result<String, Error> {
    let status = response.status();
    let wait = response.headers().get("Retry-After").and_then(|text| text.parse().ok());
    let text = response.text().await.map_err(|_| Error::Offline)?;
    match status {
        200..=299 => Ok(text),
        401 => Err(Error::Stranger),
        404 => Err(Error::Unknown),
        429 | 502..=504 => Err(Error::Busy(wait.unwrap_or(5))),
        _ => Err(serde_json::from_str::<Problem>(&text)
            .map_or(Error::Strange, |problem| Error::Refused(problem.detail))),
    }
}
