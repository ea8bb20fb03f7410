//! A server for one test, and the words that tests are written in.

use reqwest::{Method, RequestBuilder, Response, multipart};
use serde_json::{Value, json};
use server::{Config, Role, ServeConfig, Server};
use std::{path::PathBuf, time::Duration};
use support::drive;
use tempfile::TempDir;
use uuid::Uuid;

/// A server with its own folder.
pub(crate) struct TestApp {
    server: Option<Server>,
    folder: TempDir,
    config: ServeConfig,
    /// Whether it may fetch from this machine.
    fetches: bool,
    http: reqwest::Client,
}

/// Somebody with a token.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) token: String,
}

/// A reply, read to its end.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Reply {
    async fn read(response: Response) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            bytes: response.bytes().await.expect("a whole reply").to_vec(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn lines(&self) -> Vec<Value> {
        self.text().lines().map(|line| serde_json::from_str(line).expect("NDJSON")).collect()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// The reply if it has that status; else the test ends here.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// The problem if the reply is one of that status and code.
    #[track_caller]
    pub(crate) fn problem(self, status: u16, code: &str) -> Value {
        let reply = self.expect(status);
        assert_eq!(reply.header("content-type"), "application/problem+json");
        let problem = reply.json();
        assert_eq!(problem["type"], format!("/problems/{code}"), "{problem}");
        assert_eq!(problem["status"], status);
        let detail = problem["detail"].as_str().expect("a sentence");
        assert!(detail.ends_with('.'), "a sentence: {detail}");
        problem
    }
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::start_with(ServeConfig::default()).await
    }

    pub(crate) async fn start_with(config: ServeConfig) -> Self {
        Self::make(config, false).await
    }

    /// One that fetches from this machine, too.
    pub(crate) async fn start_fetching() -> Self {
        Self::make(ServeConfig::default(), true).await
    }

    async fn make(config: ServeConfig, fetches: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut app = Self { server: None, folder, config, fetches, http: reqwest::Client::new() };
        app.serve().await;
        app
    }

    async fn serve(&mut self) {
        let mut config = Config::in_folder(self.folder.path());
        config.allow_private_fetch = self.fetches;
        let server = Server::start(&config, self.config.clone()).await.expect("it starts");
        self.server = Some(server);
    }

    pub(crate) fn server(&self) -> &Server {
        self.server.as_ref().expect("it runs")
    }

    /// Stops and starts again on the same folder.
    pub(crate) async fn restart(&mut self) {
        self.stop().await;
        self.serve().await;
    }

    pub(crate) async fn stop(&mut self) {
        self.server.take().expect("it runs").stop().await;
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("talkoot.sqlite")
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server().address())
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, self.url(path))
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Reply {
        Reply::read(request.send().await.expect("a reply")).await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn get_as(&self, caller: &Caller, path: &str) -> Reply {
        self.send(self.request(Method::GET, path).bearer_auth(&caller.token)).await
    }

    pub(crate) async fn delete_as(&self, caller: &Caller, path: &str) -> Reply {
        self.send(self.request(Method::DELETE, path).bearer_auth(&caller.token)).await
    }

    pub(crate) async fn post_as(&self, caller: &Caller, path: &str, body: &Value) -> Reply {
        self.send(self.request(Method::POST, path).bearer_auth(&caller.token).json(body)).await
    }

    pub(crate) async fn patch_as(&self, caller: &Caller, path: &str, body: &Value) -> Reply {
        self.send(self.request(Method::PATCH, path).bearer_auth(&caller.token).json(body)).await
    }

    /// A new volunteer.
    pub(crate) async fn volunteer(&self) -> Caller {
        let reply = self.send(self.request(Method::POST, "/api/v1/volunteers")).await.expect(201);
        Caller { token: reply.json()["token"].as_str().expect("a token").to_owned() }
    }

    /// A new team member: of those projects, or of all where none is named.
    pub(crate) async fn member(&self, name: &str, role: Role, slugs: &[&str]) -> Caller {
        let email = format!("{name}@example.org");
        let token = self.server().add_member(name, &email, role, slugs).await.expect("a member");
        Caller { token }
    }

    /// A project with settings on top of the plainest ones.
    pub(crate) async fn project(&self, owner: &Caller, slug: &str, settings: Value) -> Value {
        let mut body = json!({
            "slug": slug, "title": "A drive", "owner": {"name": "The library"},
            "question": "What does it say?", "picking": {"which": "all"},
        });
        for (key, value) in settings.as_object().expect("settings") {
            body[key] = value.clone();
        }
        self.post_as(owner, "/api/v1/projects", &body).await.expect(201).json()
    }

    /// Sends files for import and waits until it is through.
    pub(crate) async fn import(
        &self,
        member: &Caller,
        slug: &str,
        files: Vec<(&str, Vec<u8>)>,
    ) -> Value {
        let mut form = multipart::Form::new();
        for (name, bytes) in files {
            let part = multipart::Part::bytes(bytes).file_name(name.to_owned());
            form = form.part("file", part);
        }
        let path = format!("/api/v1/projects/{slug}/imports");
        let request = self.request(Method::POST, &path).bearer_auth(&member.token).multipart(form);
        self.through(member, self.send(request).await).await
    }

    /// Waits until an import that was sent is through.
    pub(crate) async fn through(&self, member: &Caller, began: Reply) -> Value {
        let at = began.expect(202).header("location").to_owned();
        for _ in 0..600 {
            let state = self.get_as(member, &at).await.expect(200).json();
            if state["state"] != "running" {
                return state;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the import does not end");
    }

    /// A project with one generated page of `words` words.
    pub(crate) async fn drive(&self, words: u32, settings: Value) -> Caller {
        let owner = self.member("owner", Role::Owner, &[]).await;
        self.project(&owner, "drive", settings).await;
        let (text, image) = drive::page(words);
        let files = vec![("page.xml", text.into_bytes()), ("page.png", image)];
        let state = self.import(&owner, "drive", files).await;
        assert_eq!(state["state"], "done", "{state}");
        owner
    }

    /// Tasks for a volunteer.
    pub(crate) async fn lease(&self, volunteer: &Caller, count: u32) -> Vec<Value> {
        let body = json!({ "count": count });
        let reply = self.post_as(volunteer, "/api/v1/projects/drive/leases", &body).await;
        reply.expect(200).json()["tasks"].as_array().expect("tasks").clone()
    }

    /// Any task of the drive.
    pub(crate) async fn any_task(&self) -> String {
        let somebody = self.volunteer().await;
        self.lease(&somebody, 1).await[0]["id"].as_str().expect("an id").to_owned()
    }

    pub(crate) async fn answer(&self, volunteer: &Caller, answers: Value) -> Reply {
        self.post_as(volunteer, "/api/v1/answers", &json!({ "answers": answers })).await
    }

    /// Types a word and gives back the one outcome.
    pub(crate) async fn types(&self, volunteer: &Caller, task: &str, text: &str) -> Value {
        let reply = self.answer(volunteer, json!([typed(task, text)])).await.expect(200).json();
        reply["outcomes"][0].clone()
    }

    pub(crate) async fn progress(&self) -> Value {
        self.get("/api/v1/projects/drive/progress").await.expect(200).json()
    }

    /// The result of a task.
    pub(crate) async fn result(&self, team: &Caller, task: &str) -> Value {
        let all = self.get_as(team, "/api/v1/projects/drive/results").await.expect(200).lines();
        all.into_iter().find(|line| line["task"] == task).expect("the task has a result")
    }

    /// The server's database.
    async fn pool(&self) -> sqlx::SqlitePool {
        let options = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(self.database())
            .busy_timeout(Duration::from_secs(5));
        sqlx::SqlitePool::connect_with(options).await.expect("the database opens")
    }

    /// Changes the drive's settings as another process would, and waits until the server knows.
    pub(crate) async fn change_settings(&self, to: &str) {
        let sql = format!("UPDATE projects SET version = version + 1, settings = {to}");
        let done = sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&self.pool().await).await;
        assert_eq!(done.expect("it is changed").rows_affected(), 1);
        let before = self.get("/api/v1/projects/drive").await.json()["rules"].clone();
        for _ in 0..200 {
            let now = self.get("/api/v1/projects/drive").await.json()["rules"].clone();
            if now != before {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server does not look");
    }

    /// Puts an answer's time back.
    pub(crate) async fn make_older(&self, answer: &Value, by: Duration) {
        let pool = self.pool().await;
        let id: Uuid = answer["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        let done = sqlx::query("UPDATE answers SET stored_at = stored_at - ? WHERE id = ?")
            .bind(i64::try_from(by.as_millis()).expect("a short time"))
            .bind(id)
            .execute(&pool)
            .await
            .expect("it is changed");
        assert_eq!(done.rows_affected(), 1);
    }
}

/// An answer with a new id.
pub(crate) fn typed(task: &str, text: &str) -> Value {
    json!({"id": new_id(), "task": task, "value": {"text": text}, "seconds": 2.5, "corrections": 0})
}

/// "Can't read" and its like.
pub(crate) fn said(task: &str, outcome: &str) -> Value {
    json!({"id": new_id(), "task": task, "outcome": outcome, "seconds": 1.0})
}

pub(crate) fn new_id() -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(1_800_000_000_000, &rand::random()).into_uuid()
}
