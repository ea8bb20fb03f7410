//! `/me`: one's own counts, one's own data, and being forgotten.

use crate::app::{TestApp, typed};
use serde_json::{Value, json};

#[tokio::test]
async fn one_s_own_counts_grow_as_others_agree() {
    let app = TestApp::start().await;
    app.drive(3, json!({})).await;
    let nobody = app.get("/api/v1/me").await.expect(200).json();
    assert_eq!(nobody["volunteer"], Value::Null);
    let (anna, bo) = (app.volunteer().await, app.volunteer().await);
    let tasks = app.lease(&anna, 2).await;
    for task in &tasks {
        app.types(&anna, task["id"].as_str().unwrap(), "Turku").await;
    }
    let mine = app.get_as(&anna, "/api/v1/me").await.expect(200).json();
    assert_eq!((&mine["given"], &mine["confirmed"]), (&json!(2), &json!(0)));
    app.types(&bo, tasks[0]["id"].as_str().unwrap(), "Turku").await;
    let mine = app.get_as(&anna, "/api/v1/me").await.expect(200).json();
    assert_eq!((&mine["given"], &mine["confirmed"]), (&json!(2), &json!(1)));
}

#[tokio::test]
async fn all_that_is_stored_can_be_read() {
    let app = TestApp::start().await;
    app.drive(3, json!({})).await;
    let anna = app.volunteer().await;
    let answer = typed(&app.any_task().await, "Turku");
    app.answer(&anna, json!([answer])).await.expect(200);
    let data = app.get_as(&anna, "/api/v1/me/data").await.expect(200).json();
    assert_eq!(data["answers"].as_array().unwrap().len(), 1);
    assert_eq!(data["answers"][0]["answer"]["value"], answer["value"]);
    assert_eq!(data["answers"][0]["answer"]["seconds"], answer["seconds"]);
    let other = app.get_as(&app.volunteer().await, "/api/v1/me/data").await.expect(200).json();
    assert_eq!(other["answers"], json!([]));
}

#[tokio::test]
async fn erasure_keeps_the_answers_without_the_person() {
    let app = TestApp::start().await;
    let team = app.drive(3, json!({})).await;
    let anna = app.volunteer().await;
    let task = app.any_task().await;
    let answer = typed(&task, "Turku");
    app.answer(&anna, json!([answer])).await.expect(200);
    app.lease(&anna, 2).await;
    let gone = app.delete_as(&anna, "/api/v1/me").await.expect(204);
    assert!(gone.header("set-cookie").contains("Max-Age=0"));
    app.get_as(&anna, "/api/v1/me/data").await.problem(401, "not-signed-in");
    app.answer(&anna, json!([typed(&task, "x")])).await.problem(401, "not-signed-in");
    let lines = app.get_as(&team, "/api/v1/projects/drive/answers").await.expect(200).lines();
    assert_eq!((lines.len(), &lines[0]["volunteer"]), (1, &json!("erased")));
    // The answer still counts, and its repeat by the same phone is still the same.
    app.types(&app.volunteer().await, &task, "Turku").await;
    assert_eq!(app.result(&team, &task).await["status"], "agreed");
    let again = app.volunteer().await;
    let reply = app.answer(&again, json!([answer])).await.expect(200).json();
    assert_eq!(reply["outcomes"][0]["status"], "duplicate");
}
