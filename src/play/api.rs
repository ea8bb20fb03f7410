//! The only place that speaks HTTP.

use crate::json;
use domain::{Progress, Project, Read, Task};
use js_sys::{JSON, JsString, Promise, Reflect};
use reqwasm::http::{Method, RequestBuilder, Response};
use serde_json::Value;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
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
    /// The server is busy.
    Busy,
    /// The server refuses, in a sentence to act on.
    Refused(String),
    /// The server answered what this app does not understand.
    Strange,
}

/// What became of one answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Receipt {
    /// The answer's name.
    pub(crate) id: String,
    /// Why it was refused; `None` where it is stored, now or before.
    pub(crate) refused: Option<String>,
    /// The verdict's wire name.
    pub(crate) verdict: String,
}

/// The volunteer's own counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Mine {
    pub(crate) given: u64,
    pub(crate) confirmed: u64,
}

/// How long a call may take, in milliseconds.
const PATIENCE: u32 = 20_000;

/// Becomes a volunteer; the device gets a cookie that no script can read.
async fn volunteer() -> Result<(), Error> {
    once(&Method::POST, "/volunteers", None).await.map(drop)
}

/// The public projects.
pub(crate) async fn projects() -> Result<Vec<Project>, Error> {
    let text = once(&Method::GET, "/projects", None).await?;
    let reply = json::parse(&text).ok_or(Error::Strange)?;
    Vec::read(&reply["projects"]).ok_or(Error::Strange)
}

/// One project.
pub(crate) async fn project(slug: &str) -> Result<Project, Error> {
    let text = once(&Method::GET, &format!("/projects/{slug}"), None).await?;
    json::parse(&text).as_ref().and_then(Project::read).ok_or(Error::Strange)
}

/// A list of tasks as the server sent it. With thousands of marks it is a megabyte: its text stays
/// with the browser.
pub(crate) struct List {
    /// To be kept.
    pub(crate) text: JsString,
    read: JsValue,
}

impl List {
    fn sent(text: &str) -> Result<Self, Error> {
        let read = JSON::parse(text).map_err(|_| Error::Strange)?;
        Ok(Self { text: text.into(), read })
    }

    /// One of the boot script.
    fn from_boot(list: &JsValue) -> Option<Self> {
        let get = |name: &str| Reflect::get(list, &name.into()).ok();
        Some(Self { text: get("text")?.dyn_into().ok()?, read: get("list")? })
    }

    /// Its tasks.
    pub(crate) fn tasks(&self) -> Result<Vec<Task>, Error> {
        tasks_in(json::from_js(&self.read))
    }
}

/// Asks for `count` tasks, 1 to 50; a stranger becomes a volunteer by that.
pub(crate) async fn lease(slug: &str, count: u32) -> Result<List, Error> {
    let body = format!(r#"{{"count":{count},"newcomer":true}}"#);
    let text = once(&Method::POST, &format!("/projects/{slug}/leases"), Some(&body)).await?;
    List::sent(&text)
}

/// The tasks that the boot script asked for while the app was on its way, once, where they are
/// here already.
pub(crate) fn tasks_here() -> Option<List> {
    boot_tasks(|list| List::from_boot(&list))
}

/// The same tasks, where they are still on their way.
pub(crate) async fn tasks_ahead() -> Option<List> {
    let asked = boot_tasks(|asked| asked.dyn_into::<Promise>().ok())?;
    List::from_boot(&JsFuture::from(asked).await.ok()?)
}

fn boot_tasks<T>(read: impl FnOnce(JsValue) -> Option<T>) -> Option<T> {
    let (window, name) = (web_sys::window()?, JsValue::from_str("talkootTasks"));
    let found = read(Reflect::get(&window, &name).ok()?)?;
    let _ = Reflect::delete_property(&window, &name);
    Some(found)
}

/// The tasks of a list.
pub(crate) fn tasks_in(mut reply: Value) -> Result<Vec<Task>, Error> {
    let tasks = reply.get_mut("tasks").and_then(Value::as_array_mut).ok_or(Error::Strange)?;
    let read = |value: &mut Value| {
        // Of marks there may be thousands: they move, they are not copied.
        let others = value.get_mut("others").map(Value::take);
        let mut task = Task::read(value)?;
        if let Some(Value::Array(others)) = others {
            task.others = others;
        }
        Some(task)
    };
    Ok(tasks.iter_mut().filter_map(read).collect())
}

/// Sends answers, at most 100, each as the text that is kept; says what became of each.
pub(crate) async fn answer(answers: &[String]) -> Result<Vec<Receipt>, Error> {
    let body = format!(r#"{{"answers":[{}]}}"#, answers.join(","));
    let text = change(Method::POST, "/answers".to_owned(), Some(body)).await?;
    let reply = json::parse(&text).ok_or(Error::Strange)?;
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let receipt = |outcome: &Value| {
        let refused = match outcome["status"].as_str() {
            Some("stored" | "duplicate") => None,
            Some("rejected") => Some(word(&outcome["problem"]["detail"])),
            // Not a word that is known: no receipt, so the answer is kept.
            _ => return None,
        };
        Some(Receipt { id: word(&outcome["id"]), refused, verdict: word(&outcome["verdict"]) })
    };
    Ok(reply["outcomes"].as_array().into_iter().flatten().filter_map(receipt).collect())
}

/// Takes an answer back.
pub(crate) async fn withdraw(id: &str) -> Result<(), Error> {
    change(Method::DELETE, format!("/answers/{id}"), None).await.map(drop)
}

/// The volunteer's own counts.
pub(crate) async fn me() -> Result<Mine, Error> {
    let text = once(&Method::GET, "/me", None).await?;
    let me = json::parse(&text).ok_or(Error::Strange)?;
    let count = |name: &str| me[name].as_u64().unwrap_or(0);
    Ok(Mine { given: count("given"), confirmed: count("confirmed") })
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
            if let Some(progress) = json::parse(&text).as_ref().and_then(Progress::read) {
                tell(progress);
            }
        });
        source.add_event_listener_with_callback("progress", heard.as_ref().unchecked_ref()).ok()?;
        Some(Self { source, _heard: heard })
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// A call that needs a volunteer; a stranger becomes one first and tries again.
async fn change(method: Method, path: String, body: Option<String>) -> Result<String, Error> {
    let mut tries = 0;
    loop {
        tries += 1;
        match once(&method, &path, body.as_deref()).await {
            Err(Error::Stranger) if tries == 1 => volunteer().await?,
            done => return done,
        }
    }
}

async fn once(method: &Method, path: &str, body: Option<&str>) -> Result<String, Error> {
    let patience = AbortSignal::timeout_with_u32(PATIENCE);
    let mut request = RequestBuilder::new(&format!("/api/v1{path}"))
        .method(method.clone())
        .abort_signal(Some(&patience));
    if *method != Method::GET {
        // Says that no other site's form sent this.
        request = request.header("X-Talkoot", "1");
    }
    let request = match body {
        Some(body) => request.header("Content-Type", "application/json").body(body),
        None => request.build(),
    }
    .map_err(|_| Error::Strange)?;
    received(request.send().await.map_err(|_| Error::Offline)?).await
}

async fn received(response: Response) -> Result<String, Error> {
    let status = response.status();
    let text = response.text().await.map_err(|_| Error::Offline)?;
    match status {
        200..=299 => Ok(text),
        401 => Err(Error::Stranger),
        404 => Err(Error::Unknown),
        429 | 502..=504 => Err(Error::Busy),
        _ => {
            let detail = json::parse(&text).and_then(|p| String::read(&p["detail"]));
            Err(detail.map_or(Error::Strange, Error::Refused))
        }
    }
}

thread_local! {
    static FETCHED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Fetches what a player asks for later, whole, so that the browser has it without a network.
pub(crate) fn fetch_whole(url: &str) {
    let new = FETCHED.with_borrow_mut(|fetched| {
        let new = fetched.iter().all(|known| known != url);
        if new {
            fetched.push(url.to_owned());
        }
        new
    });
    if new {
        let url = url.to_owned();
        spawn_local(async move {
            let whole = match RequestBuilder::new(&url).send().await {
                Ok(reply) => reply.ok() && reply.binary().await.is_ok(),
                Err(_) => false,
            };
            if !whole {
                // To be tried again with the next that is fetched ahead.
                FETCHED.with_borrow_mut(|fetched| fetched.retain(|known| *known != url));
            }
        });
    }
}
