//! `/results` and `/answers` of a project: NDJSON.

use crate::app::{TestApp, said, typed};
use serde_json::json;

#[tokio::test]
async fn every_task_has_a_line_and_every_answer_too() {
    let app = TestApp::start().await;
    let team = app.drive(700, json!({})).await;
    let anna = app.volunteer().await;
    let tasks = app.lease(&anna, 50).await;
    let answers: Vec<_> = tasks
        .iter()
        .enumerate()
        .map(|(n, task)| {
            let task = task["id"].as_str().unwrap();
            if n % 5 == 0 { said(task, "nothing_here") } else { typed(task, "=SUM(1)") }
        })
        .collect();
    app.answer(&anna, json!(answers)).await.expect(200);
    let reply = app.get_as(&team, "/api/v1/projects/drive/results").await.expect(200);
    assert_eq!(reply.header("content-type"), "application/x-ndjson");
    let results = reply.lines();
    assert_eq!(results.len(), 700, "more than one step of reading");
    assert!(results.iter().all(|line| line["status"] == "open"));
    assert!(results[0]["external_id"].as_str().unwrap().starts_with("page.xml#w"));
    let lines = app.get_as(&team, "/api/v1/projects/drive/answers").await.expect(200).lines();
    assert_eq!(lines.len(), 50);
    for sent in &answers {
        let line = lines.iter().find(|line| line["id"] == sent["id"]).expect("it is there");
        assert_eq!(line.get("value"), sent.get("value"), "verbatim");
        assert_eq!(line.get("outcome"), sent.get("outcome"));
        assert_eq!(line["task"], sent["task"]);
        assert!(line["stored_at"].as_str().unwrap().ends_with('Z'));
    }
    let names: std::collections::HashSet<_> =
        lines.iter().map(|line| line["volunteer"].to_string()).collect();
    assert_eq!(names.len(), 1);
}

#[tokio::test]
async fn nothing_yet_is_no_lines() {
    let app = TestApp::start().await;
    let team = app.drive(1, json!({})).await;
    let lines = app.get_as(&team, "/api/v1/projects/drive/answers").await.expect(200);
    assert_eq!(lines.text(), "");
}
