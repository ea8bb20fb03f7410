//! `POST /volunteers`, cookies, and requests that are not the browser's own.

use crate::app::{TestApp, said};
use reqwest::Method;
use serde_json::json;
use server::ServeConfig;

#[tokio::test]
async fn a_volunteer_gets_a_token_and_a_cookie() {
    let app = TestApp::start().await;
    let reply = app.send(app.request(Method::POST, "/api/v1/volunteers")).await.expect(201);
    let cookie = reply.header("set-cookie");
    let token = reply.json()["token"].as_str().unwrap().to_owned();
    assert!(cookie.starts_with(&format!("talkoot={token};")), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "plain http could not send it back");
}

#[tokio::test]
async fn over_https_the_cookie_is_kept_to_this_host() {
    let config =
        ServeConfig { public_url: Some("https://t.example.org".into()), ..ServeConfig::default() };
    let app = TestApp::start_with(config).await;
    let reply = app.send(app.request(Method::POST, "/api/v1/volunteers")).await.expect(201);
    let cookie = reply.header("set-cookie");
    assert!(cookie.starts_with("__Host-talkoot=") && cookie.contains("Secure"), "{cookie}");
    assert!(reply.header("strict-transport-security").starts_with("max-age="));
}

#[tokio::test]
async fn changes_by_cookie_need_the_header_and_the_own_site() {
    let app = TestApp::start().await;
    app.drive(3, json!({})).await;
    let anna = app.volunteer().await;
    let task = app.any_task().await;
    let cookie = format!("other=1; talkoot={}", anna.token);
    let post = || {
        let body = json!({"answers": [said(&task, "unreadable")]});
        app.request(Method::POST, "/api/v1/answers").header("cookie", &cookie).json(&body)
    };
    app.send(post()).await.problem(403, "forbidden");
    app.send(post().header("x-talkoot", "1").header("sec-fetch-site", "cross-site"))
        .await
        .problem(403, "forbidden");
    app.send(post().header("x-talkoot", "1").header("sec-fetch-site", "same-origin"))
        .await
        .expect(200);
    // Reading needs neither.
    let me = app.send(app.request(Method::GET, "/api/v1/me").header("cookie", &cookie)).await;
    assert_eq!(me.expect(200).json()["given"], 1);
}

#[tokio::test]
async fn a_forged_token_is_nobody() {
    let app = TestApp::start().await;
    for token in ["tv_00", "tt_00", "x", "tv_", &format!("tv_{}", "0".repeat(64))] {
        let request = app.request(Method::GET, "/api/v1/me/data").bearer_auth(token);
        app.send(request).await.problem(401, "not-signed-in");
    }
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_again() {
    let config = ServeConfig { device_rate: 1, ..ServeConfig::default() };
    let app = TestApp::start_with(config).await;
    let anna = app.volunteer().await;
    let mut told = None;
    for _ in 0..60 {
        let reply = app.get_as(&anna, "/api/v1/me").await;
        if reply.status == 429 {
            told = Some(reply);
            break;
        }
    }
    let told = told.expect("a flood is slowed down");
    assert!(told.header("retry-after").parse::<u64>().is_ok());
    told.problem(429, "too-many-requests");
    app.get_as(&app.volunteer().await, "/api/v1/me").await.expect(200);
}

#[tokio::test]
async fn no_token_is_stored_as_it_is() {
    let mut app = TestApp::start().await;
    let anna = app.volunteer().await;
    app.stop().await;
    let bytes = std::fs::read(app.database()).unwrap();
    let raw = anna.token.as_bytes();
    assert!(!bytes.windows(raw.len()).any(|w| w == raw));
}
