//! `/progress` and `/events`.

use crate::app::TestApp;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

#[tokio::test]
async fn progress_tells_what_is_given_agreed_checked_and_readable() {
    let mut app = TestApp::start().await;
    let team = app.drive(2, json!({})).await;
    let start = app.progress().await;
    let none = json!({"tasks": 2, "given": 0, "agreed": 0, "checked": 0, "wanted": 4, "pages": 1, "readable": 0});
    assert_eq!(start, none);
    let results = app.get_as(&team, "/api/v1/projects/drive/results").await.expect(200).lines();
    for (n, result) in results.iter().enumerate() {
        let task = result["task"].as_str().unwrap();
        let ocr = result["external_id"].as_str().unwrap().replace("page.xml#w", "word-");
        // The first as the OCR read it, the second otherwise.
        let text = if n == 0 { ocr } else { "Turku".into() };
        for _ in 0..2 {
            app.types(&app.volunteer().await, task, &text).await;
        }
    }
    let all = json!({"tasks": 2, "given": 4, "agreed": 2, "checked": 1, "wanted": 4, "pages": 1, "readable": 1});
    assert_eq!(app.progress().await, all);
    app.restart().await;
    assert_eq!(app.progress().await, all, "counted anew from the answers");
}

#[tokio::test]
async fn live_events_begin_at_once_and_follow_changes() {
    let app = TestApp::start().await;
    app.drive(3, json!({})).await;
    let events = app.request(Method::GET, "/api/v1/projects/drive/events").send().await.unwrap();
    assert_eq!(events.headers()["content-type"], "text/event-stream");
    let mut events = Events { response: events, text: String::new() };
    assert_eq!(events.next().await["given"], 0);
    let task = app.any_task().await;
    app.types(&app.volunteer().await, &task, "Turku").await;
    assert_eq!(events.next().await["given"], 1);
}

#[tokio::test]
async fn listeners_do_not_hold_up_a_stop() {
    let mut app = TestApp::start().await;
    app.drive(3, json!({})).await;
    let events = app.request(Method::GET, "/api/v1/projects/drive/events").send().await.unwrap();
    let mut events = Events { response: events, text: String::new() };
    events.next().await;
    let began = Instant::now();
    app.stop().await;
    assert!(began.elapsed() < Duration::from_secs(10), "the promise of a graceful stop");
}

#[tokio::test]
async fn an_unknown_project_has_neither() {
    let app = TestApp::start().await;
    app.get("/api/v1/projects/nowhere/progress").await.problem(404, "not-found");
    app.get("/api/v1/projects/nowhere/events").await.problem(404, "not-found");
}

/// The events of a stream, one after another.
struct Events {
    response: reqwest::Response,
    text: String,
}

impl Events {
    async fn next(&mut self) -> Value {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let data = event
                    .lines()
                    .find_map(|line| line.strip_prefix("data: "))
                    .map(|data| serde_json::from_str(data).expect("JSON"));
                let named = event.contains("event: progress");
                let rest = rest.to_owned();
                self.text = rest;
                if let (Some(data), true) = (data, named) {
                    return data;
                }
                continue;
            }
            let chunk = tokio::time::timeout(Duration::from_secs(10), self.response.chunk()).await;
            let chunk = chunk.expect("news in time").expect("a whole chunk").expect("more");
            self.text.push_str(std::str::from_utf8(&chunk).expect("text"));
        }
    }
}
