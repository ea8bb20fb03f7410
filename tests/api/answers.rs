//! `POST /answers`, `DELETE /answers/{id}`.

use crate::app::{TestApp, new_id, said, typed};
use reqwest::Method;
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn two_equal_answers_agree_and_the_second_hears_it() {
    let app = TestApp::start().await;
    let team = app.drive(3, json!({})).await;
    let (anna, bo) = (app.volunteer().await, app.volunteer().await);
    let task = app.any_task().await;
    let first = app.types(&anna, &task, "Weſen").await;
    assert_eq!((&first["status"], &first["verdict"]), (&json!("stored"), &json!("pending")));
    let second = app.types(&bo, &task, "Wesen").await;
    assert_eq!((&second["status"], &second["verdict"]), (&json!("stored"), &json!("held")));
    let result = app.result(&team, &task).await;
    assert_eq!(result["status"], "agreed");
    assert_eq!(result["value"]["text"], "Weſen");
    assert_eq!(result["agreement"], 1.0);
    assert_eq!(result["answers"], 2);
}

#[tokio::test]
async fn the_same_again_is_a_duplicate_with_the_same_verdict() {
    let app = TestApp::start().await;
    app.drive(3, json!({})).await;
    let (anna, bo) = (app.volunteer().await, app.volunteer().await);
    let task = app.any_task().await;
    let answer = typed(&task, "Turku");
    app.answer(&anna, json!([answer])).await.expect(200);
    app.types(&bo, &task, "Turku").await;
    for _ in 0..3 {
        let again = app.answer(&anna, json!([answer])).await.expect(200).json();
        assert_eq!(again["outcomes"][0]["status"], "duplicate");
        assert_eq!(again["outcomes"][0]["verdict"], "pending", "as the first receipt said");
    }
    assert_eq!(app.progress().await["given"], 2);
    // Twice in one request, as when two queues were merged.
    let answer = typed(&app.any_task().await, "Turku");
    let both = app.answer(&anna, json!([answer, answer])).await.expect(200).json();
    assert_eq!(both["outcomes"][0]["status"], "stored");
    assert_eq!(both["outcomes"][1]["status"], "duplicate");
}

#[tokio::test]
async fn the_same_id_with_another_body_is_refused_and_the_first_stays() {
    let app = TestApp::start().await;
    let team = app.drive(3, json!({})).await;
    let anna = app.volunteer().await;
    let task = app.any_task().await;
    let answer = typed(&task, "Turku");
    app.answer(&anna, json!([answer])).await.expect(200);
    let mut other = answer.clone();
    other["value"]["text"] = json!("Åbo");
    let problem = app.answer(&anna, json!([other])).await.problem(422, "id-taken");
    assert_eq!(problem["outcomes"][0]["status"], "rejected");
    let beside = typed(&task, "x");
    let batch = app.answer(&anna, json!([other, beside])).await.expect(200).json();
    assert_eq!(batch["outcomes"][0]["status"], "rejected");
    assert_eq!(batch["outcomes"][0]["problem"]["type"], "/problems/id-taken");
    assert_eq!(batch["outcomes"][1]["status"], "stored");
    let stored = app.get_as(&team, "/api/v1/projects/drive/answers").await.expect(200).lines();
    let first = stored.iter().find(|line| line["id"] == answer["id"]).expect("it is there");
    assert_eq!(first["value"]["text"], "Turku");
}

#[tokio::test]
async fn what_cannot_be_an_answer_is_rejected_with_its_pointer() {
    let app = TestApp::start().await;
    app.drive(3, json!({})).await;
    let anna = app.volunteer().await;
    let task = app.any_task().await;
    let nowhere = new_id().to_string();
    let id = new_id();
    for (answer, code, pointer) in [
        (typed(&nowhere, "x"), "unknown-task", "/answers/0/task"),
        (typed(&task, ""), "text-empty", "/answers/0/value/text"),
        (typed(&task, "a\nb"), "text-control", "/answers/0/value/text"),
        (json!({"id": id, "task": task, "value": {"box": 1}}), "bad-value", "/answers/0/value"),
        (json!({"id": id, "task": task}), "value-or-outcome", "/answers/0/value"),
        (
            json!({"id": id, "task": task, "value": {"text": "x"}, "outcome": "unreadable"}),
            "value-or-outcome",
            "/answers/0/value",
        ),
        (json!({"id": id, "task": task, "outcome": "bored"}), "bad-answer", "/answers/0"),
        (json!({"id": id, "task": "7", "outcome": "skipped"}), "bad-answer", "/answers/0"),
        (
            json!({"id": id, "task": task, "outcome": "skipped", "seconds": -1}),
            "bad-seconds",
            "/answers/0/seconds",
        ),
        (json!({"id": 7, "task": task, "outcome": "skipped"}), "bad-id", "/answers/0/id"),
    ] {
        let problem = app.answer(&anna, json!([answer])).await.problem(422, code);
        assert_eq!(problem["pointer"], pointer, "{problem}");
    }
    assert_eq!(app.progress().await["given"], 0);
}

#[tokio::test]
async fn a_poisoned_answer_holds_up_no_other_and_keeps_its_place() {
    let app = TestApp::start().await;
    app.drive(5, json!({})).await;
    let anna = app.volunteer().await;
    let tasks = app.lease(&anna, 2).await;
    let id = |n: usize| tasks[n]["id"].as_str().expect("an id");
    let bad = json!({"id": new_id(), "task": id(0), "outcome": "bored"});
    let batch = json!([typed(id(0), "a"), bad, typed(id(1), "b"), typed(id(1), "")]);
    let reply = app.answer(&anna, batch.clone()).await.expect(200).json();
    let got: Vec<_> =
        reply["outcomes"].as_array().expect("all").iter().map(|o| o["status"].clone()).collect();
    assert_eq!(got, ["stored", "rejected", "stored", "rejected"]);
    for (n, outcome) in reply["outcomes"].as_array().expect("all").iter().enumerate() {
        assert_eq!(outcome["id"], batch[n]["id"]);
    }
}

#[tokio::test]
async fn finished_answers_are_never_refused() {
    let app = TestApp::start().await;
    let team = app.drive(3, json!({})).await;
    let task = app.any_task().await;
    for _ in 0..2 {
        app.types(&app.volunteer().await, &task, "Turku").await;
    }
    // Nobody leased it, it is agreed already, and the project is paused.
    let paused = json!({"state": "paused"});
    app.patch_as(&team, "/api/v1/projects/drive", &paused).await.expect(200);
    let late = app.volunteer().await;
    let outcome = app.types(&late, &task, "Abo").await;
    assert_eq!((&outcome["status"], &outcome["verdict"]), (&json!("stored"), &json!("pending")));
    let result = app.result(&team, &task).await;
    assert_eq!((&result["answers"], &result["value"]["text"]), (&json!(2), &json!("Turku")));
    let stored = app.get_as(&team, "/api/v1/projects/drive/answers").await.expect(200).lines();
    let surplus: Vec<_> = stored.iter().filter(|line| line["surplus"] == true).collect();
    assert_eq!(surplus.len(), 1);
    assert_eq!(surplus[0]["value"]["text"], "Abo");
}

#[tokio::test]
async fn outcomes_can_be_agreed_and_five_different_answers_are_contentious() {
    let app = TestApp::start().await;
    let team = app.drive(3, json!({})).await;
    let somebody = app.volunteer().await;
    let tasks = app.lease(&somebody, 2).await;
    let (one, other) = (tasks[0]["id"].as_str().unwrap(), tasks[1]["id"].as_str().unwrap());
    for _ in 0..2 {
        let volunteer = app.volunteer().await;
        app.answer(&volunteer, json!([said(one, "unreadable")])).await.expect(200);
    }
    let result = app.result(&team, one).await;
    assert_eq!((&result["status"], &result["outcome"]), (&json!("agreed"), &json!("unreadable")));
    for text in ["a", "b", "c", "d", "e"] {
        app.types(&app.volunteer().await, other, text).await;
    }
    let result = app.result(&team, other).await;
    assert_eq!(result["status"], "contentious");
    assert_eq!(result.get("value"), None, "what one of five said is nobody's result");
    let progress = app.progress().await;
    assert_eq!((&progress["agreed"], &progress["given"]), (&json!(1), &json!(7)));
}

#[tokio::test]
async fn one_volunteer_counts_once_on_a_task() {
    let app = TestApp::start().await;
    let team = app.drive(3, json!({})).await;
    let (anna, task) = (app.volunteer().await, app.any_task().await);
    app.types(&anna, &task, "Turku").await;
    assert_eq!(app.types(&anna, &task, "Turku").await["status"], "stored");
    let result = app.result(&team, &task).await;
    assert_eq!((&result["status"], &result["answers"]), (&json!("open"), &json!(1)));
}

#[tokio::test]
async fn an_answer_taken_back_counts_for_nothing_and_can_be_given_anew() {
    let app = TestApp::start().await;
    let team = app.drive(3, json!({})).await;
    let (anna, bo) = (app.volunteer().await, app.volunteer().await);
    let task = app.any_task().await;
    let wrong = typed(&task, "Turku");
    app.answer(&anna, json!([wrong])).await.expect(200);
    app.types(&bo, &task, "Turku").await;
    assert_eq!(app.progress().await["agreed"], 1);
    let path = format!("/api/v1/answers/{}", wrong["id"].as_str().unwrap());
    app.delete_as(&bo, &path).await.problem(404, "not-found");
    for _ in 0..2 {
        app.delete_as(&anna, &path).await.expect(204);
    }
    let progress = app.progress().await;
    assert_eq!((&progress["agreed"], &progress["given"]), (&json!(0), &json!(1)));
    // A late repeat of it is recognised and does not come alive again.
    let again = app.answer(&anna, json!([wrong])).await.expect(200).json();
    assert_eq!(again["outcomes"][0]["status"], "duplicate");
    assert_eq!(app.result(&team, &task).await["status"], "open");
    app.types(&anna, &task, "Åbo").await;
    app.types(&app.volunteer().await, &task, "Åbo").await;
    let result = app.result(&team, &task).await;
    assert_eq!((&result["status"], &result["value"]["text"]), (&json!("agreed"), &json!("Åbo")));
    assert_eq!(result["agreement"], 2.0 / 3.0);
}

#[tokio::test]
async fn taking_back_makes_room_for_an_answer_that_was_one_too_many() {
    let app = TestApp::start().await;
    let team = app.drive(3, json!({})).await;
    let (anna, task) = (app.volunteer().await, app.any_task().await);
    let first = typed(&task, "Turku");
    app.answer(&anna, json!([first])).await.expect(200);
    for _ in 0..2 {
        app.types(&app.volunteer().await, &task, "Turku").await;
    }
    let path = format!("/api/v1/answers/{}", first["id"].as_str().unwrap());
    app.delete_as(&anna, &path).await.expect(204);
    let result = app.result(&team, &task).await;
    assert_eq!((&result["status"], &result["answers"]), (&json!("agreed"), &json!(2)));
    let stored = app.get_as(&team, "/api/v1/projects/drive/answers").await.expect(200).lines();
    assert!(stored.iter().all(|line| line["surplus"] == false), "{stored:?}");
    assert_eq!(stored.len(), 2);
}

#[tokio::test]
async fn after_ten_minutes_an_answer_stays() {
    let app = TestApp::start().await;
    app.drive(3, json!({})).await;
    let (anna, task) = (app.volunteer().await, app.any_task().await);
    let answer = typed(&task, "Turku");
    app.answer(&anna, json!([answer])).await.expect(200);
    app.make_older(&answer, Duration::from_mins(11)).await;
    let path = format!("/api/v1/answers/{}", answer["id"].as_str().unwrap());
    app.delete_as(&anna, &path).await.problem(409, "too-late");
    assert_eq!(app.progress().await["given"], 1);
    app.delete_as(&anna, "/api/v1/answers/7").await.problem(404, "not-found");
    let unknown = format!("/api/v1/answers/{}", new_id());
    app.delete_as(&anna, &unknown).await.problem(404, "not-found");
}

#[tokio::test]
async fn bad_bodies_are_told_apart() {
    let app = TestApp::start().await;
    let anna = app.volunteer().await;
    let post = || app.request(Method::POST, "/api/v1/answers").bearer_auth(&anna.token);
    let json = "application/json";
    app.send(post().body("{}")).await.problem(415, "media-type");
    app.send(post().header("content-type", json).body("{")).await.problem(400, "bad-json");
    app.send(post().header("content-type", json).body("{}")).await.problem(422, "bad-body");
    app.send(post().json(&json!({"answers": 1}))).await.problem(422, "bad-body");
    let large = format!("{{\"answers\":[\"{}\"]}}", "x".repeat(2 << 20));
    app.send(post().header("content-type", json).body(large)).await.problem(413, "too-large");
    let many: Vec<_> = (0..101).map(|_| said(&new_id().to_string(), "skipped")).collect();
    app.answer(&anna, json!(many)).await.problem(422, "too-many-answers");
    let none = app.answer(&anna, json!([])).await.expect(200).json();
    assert_eq!(none, json!({"outcomes": []}));
    app.send(app.request(Method::POST, "/api/v1/answers").json(&json!({"answers": []})))
        .await
        .problem(401, "not-signed-in");
}

#[tokio::test]
async fn a_hundred_at_once_by_many_at_once_are_stored_once_each() {
    let app = TestApp::start().await;
    let team = app.drive(60, json!({})).await;
    let mut all = Vec::new();
    for _ in 0..8 {
        let volunteer = app.volunteer().await;
        let tasks = app.lease(&volunteer, 50).await;
        let answers: Vec<_> =
            tasks.iter().map(|task| typed(task["id"].as_str().unwrap(), "same")).collect();
        all.push((volunteer, answers));
    }
    // Everyone sends everything twice, at the same time.
    let sends = all.iter().chain(&all).map(|(who, answers)| app.answer(who, json!(answers)));
    let replies = futures_util::future::join_all(sends).await;
    let mut stored = 0;
    for reply in replies {
        for outcome in reply.expect(200).json()["outcomes"].as_array().unwrap() {
            assert_ne!(outcome["status"], "rejected");
            stored += u64::from(outcome["status"] == "stored");
        }
    }
    let sent: u64 = all.iter().map(|(_, answers)| answers.len() as u64).sum();
    assert_eq!(stored, sent);
    assert_eq!(app.progress().await["given"], sent);
    let lines = app.get_as(&team, "/api/v1/projects/drive/answers").await.expect(200).lines();
    assert_eq!(lines.len() as u64, sent);
    // Exactly two count on every task, whatever raced with what.
    for result in app.get_as(&team, "/api/v1/projects/drive/results").await.expect(200).lines() {
        assert_eq!((&result["status"], &result["answers"]), (&json!("agreed"), &json!(2)));
    }
}
