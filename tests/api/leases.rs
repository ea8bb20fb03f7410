//! `POST /projects/{slug}/leases`.

use crate::app::{TestApp, said, typed};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

#[tokio::test]
async fn a_task_comes_with_all_that_is_needed_to_answer_it() {
    let app = TestApp::start().await;
    app.drive(3, json!({})).await;
    let task = app.lease(&app.volunteer().await, 1).await.remove(0);
    assert_eq!(task["kind"], "typing");
    assert_eq!(task["question"], "What does it say?");
    assert_eq!(task.get("prefill"), None, "the OCR's reading would bias");
    assert_eq!(task.get("lesson"), None);
    let source = &task["subject"]["picture"]["sources"][0];
    let picture = app.get(source["url"].as_str().unwrap()).await.expect(200);
    assert_eq!(picture.header("content-type"), "image/webp");
    assert_eq!(task["subject"]["page"]["label"], "page.png");
}

#[tokio::test]
async fn a_project_may_show_the_reading() {
    let app = TestApp::start().await;
    app.drive(3, json!({"rules": {"prefill": "ocr"}})).await;
    let task = app.lease(&app.volunteer().await, 1).await.remove(0);
    assert!(task["prefill"]["text"].as_str().unwrap().starts_with("word-"));
}

#[tokio::test]
async fn nobody_is_given_a_task_twice() {
    let app = TestApp::start().await;
    app.drive(30, json!({})).await;
    let anna = app.volunteer().await;
    let mut seen = HashSet::new();
    for round in 0.. {
        let tasks = app.lease(&anna, 7).await;
        if tasks.is_empty() {
            break;
        }
        for (n, task) in tasks.iter().enumerate() {
            let id = task["id"].as_str().unwrap().to_owned();
            // Some are answered, some skipped, some only looked at.
            match (round + n) % 3 {
                0 => drop(app.answer(&anna, json!([typed(&id, "x")])).await.expect(200)),
                1 => drop(app.answer(&anna, json!([said(&id, "skipped")])).await.expect(200)),
                _ => {}
            }
            assert!(seen.insert(id), "given twice");
        }
    }
    assert_eq!(seen.len(), 30);
}

#[tokio::test]
async fn those_with_the_fewest_go_first_and_none_goes_out_too_often() {
    let app = TestApp::start().await;
    app.drive(10, json!({"rule": {"rule": "equal", "answers": 2, "at_most": 3}})).await;
    let mut times: HashMap<String, u32> = HashMap::new();
    for volunteer in 0..4 {
        let tasks = app.lease(&app.volunteer().await, 10).await;
        for task in tasks {
            *times.entry(task["id"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        let most = u32::min(volunteer + 1, 3);
        assert_eq!(times.len(), 10);
        assert!(times.values().all(|n| *n == most), "{times:?}");
    }
}

#[tokio::test]
async fn the_order_differs_between_volunteers() {
    let app = TestApp::start().await;
    app.drive(40, json!({})).await;
    let mut orders = HashSet::new();
    for _ in 0..8 {
        let tasks = app.lease(&app.volunteer().await, 20).await;
        orders.insert(tasks.iter().map(|t| t["id"].to_string()).collect::<String>());
    }
    // Each begins at a place of its own out of 40; two may well begin at the same.
    assert!(orders.len() > 2, "{} orders of 8", orders.len());
}

#[tokio::test]
async fn done_tasks_and_paused_projects_hand_out_nothing() {
    let app = TestApp::start().await;
    let team = app.drive(1, json!({})).await;
    let task = app.any_task().await;
    for _ in 0..2 {
        app.types(&app.volunteer().await, &task, "Turku").await;
    }
    assert!(app.lease(&app.volunteer().await, 5).await.is_empty());
    let finished = json!({"rule": {"rule": "equal", "answers": 3, "at_most": 5}});
    app.patch_as(&team, "/api/v1/projects/drive", &finished).await.expect(200);
    assert_eq!(app.lease(&app.volunteer().await, 5).await.len(), 1, "three are wanted now");
    app.patch_as(&team, "/api/v1/projects/drive", &json!({"state": "paused"})).await.expect(200);
    assert!(app.lease(&app.volunteer().await, 5).await.is_empty());
}

#[tokio::test]
async fn counts_out_of_range_are_told() {
    let app = TestApp::start().await;
    app.drive(1, json!({})).await;
    let anna = app.volunteer().await;
    let path = "/api/v1/projects/drive/leases";
    for count in [0, 51] {
        let problem = app.post_as(&anna, path, &json!({"count": count})).await;
        assert_eq!(problem.problem(422, "bad-count")["pointer"], "/count");
    }
    app.post_as(&anna, path, &json!({})).await.problem(422, "bad-body");
    app.post_as(&anna, path, &json!({"count": -1})).await.problem(422, "bad-body");
    let nowhere = "/api/v1/projects/nowhere/leases";
    app.post_as(&anna, nowhere, &json!({"count": 1})).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_newcomer_becomes_a_volunteer_by_asking_for_tasks() {
    let app = TestApp::start().await;
    app.drive(3, json!({})).await;
    let path = "/api/v1/projects/drive/leases";
    let ask = |body: Value| app.request(Method::POST, path).header("x-talkoot", "1").json(&body);
    let refused = app.send(ask(json!({"count": 1}))).await;
    refused.problem(401, "not-signed-in");
    let wrong = app.send(ask(json!({"count": 0, "newcomer": true}))).await;
    assert_eq!(wrong.header("set-cookie"), "", "nobody came of a call that failed");
    wrong.problem(422, "bad-count");
    let first = app.send(ask(json!({"count": 2, "newcomer": true}))).await.expect(200);
    let cookie = first.header("set-cookie").split(';').next().unwrap().to_owned();
    let task = first.json()["tasks"][0]["id"].as_str().unwrap().to_owned();

    // The cookie names the same volunteer from now on, who is made no second time.
    let again = ask(json!({"count": 50, "newcomer": true})).header("cookie", &cookie);
    let again = app.send(again).await.expect(200);
    assert_eq!(again.header("set-cookie"), "");
    assert_eq!(again.json()["tasks"].as_array().unwrap().len(), 1, "two of three were given");
    let answer = app.request(Method::POST, "/api/v1/answers").header("x-talkoot", "1");
    let answer = answer.header("cookie", &cookie).json(&json!({"answers": [typed(&task, "x")]}));
    assert_eq!(app.send(answer).await.expect(200).json()["outcomes"][0]["status"], "stored");
}
