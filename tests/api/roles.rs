//! Every call by everybody: what is not in this table fails the test, so that
//! no call is open by oversight.

use crate::app::{Caller, TestApp, new_id};
use reqwest::Method;
use serde_json::json;
use server::Role;
use std::collections::BTreeSet;

/// What a call gives to: nobody, a volunteer, a reviewer, an editor and an
/// owner of the project, and an owner of another one.
type Row = (&'static str, &'static str, [u16; 6]);

const ANYBODY: [u16; 6] = [200; 6];
const REVIEWERS: [u16; 6] = [401, 403, 200, 200, 200, 404];
const VOLUNTEERS: [u16; 6] = [401, 200, 401, 401, 401, 401];

const TABLE: &[Row] = &[
    ("POST", "/volunteers", [201; 6]),
    ("GET", "/projects", ANYBODY),
    ("POST", "/projects", [401, 403, 201, 201, 201, 201]),
    ("GET", "/projects/{slug}", ANYBODY),
    ("PATCH", "/projects/{slug}", [401, 403, 403, 200, 200, 404]),
    ("POST", "/projects/{slug}/leases", VOLUNTEERS),
    ("POST", "/answers", VOLUNTEERS),
    ("DELETE", "/answers/{id}", [401, 404, 401, 401, 401, 401]),
    ("GET", "/projects/{slug}/progress", ANYBODY),
    ("GET", "/projects/{slug}/events", ANYBODY),
    ("GET", "/projects/{slug}/results", REVIEWERS),
    ("GET", "/projects/{slug}/answers", REVIEWERS),
    ("GET", "/projects/{slug}/exports/{format}", REVIEWERS),
    ("POST", "/projects/{slug}/imports", [401, 403, 403, 415, 415, 404]),
    ("GET", "/projects/{slug}/imports/{id}", [401, 403, 404, 404, 404, 404]),
    ("GET", "/me", ANYBODY),
    ("GET", "/me/data", VOLUNTEERS),
    ("DELETE", "/me", [401, 204, 401, 401, 401, 401]),
];

#[tokio::test]
async fn the_table_holds_every_call_there_is() {
    let app = TestApp::start().await;
    let described = app.get("/api/v1/openapi.json").await.expect(200).json();
    let mut there = BTreeSet::new();
    for (path, methods) in described["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            there.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    let table: BTreeSet<_> = TABLE.iter().map(|(m, p, _)| format!("{m} /api/v1{p}")).collect();
    assert_eq!(there, table);
}

#[tokio::test]
async fn everybody_may_do_just_what_the_table_says() {
    let app = TestApp::start().await;
    let owner = app.drive(3, json!({})).await;
    app.project(&owner, "other", json!({})).await;
    let callers: [Option<Caller>; 6] = [
        None,
        Some(app.volunteer().await),
        Some(app.member("reviewer", Role::Reviewer, &["drive"]).await),
        Some(app.member("editor", Role::Editor, &["drive"]).await),
        Some(app.member("theirs", Role::Owner, &["drive"]).await),
        Some(app.member("stranger", Role::Owner, &["other"]).await),
    ];
    for (method, path, wanted) in TABLE {
        for (n, (caller, wanted)) in callers.iter().zip(wanted).enumerate() {
            let at = format!("/api/v1{path}")
                .replace("{slug}", "drive")
                .replace("{id}", &new_id().to_string())
                .replace("{format}", "csv");
            let mut request = app.request(Method::from_bytes(method.as_bytes()).unwrap(), &at);
            if let Some(caller) = caller {
                request = request.bearer_auth(&caller.token);
            }
            request = match (*method, *path) {
                ("POST", "/projects") => request.json(&json!({
                    "slug": format!("new-{n}"), "title": "T", "owner": {"name": "L"}, "question": "?"
                })),
                ("PATCH", _) => request.json(&json!({"voice": "v"})),
                ("POST", "/projects/{slug}/leases") => request.json(&json!({"count": 1})),
                ("POST", "/answers") => request.json(&json!({"answers": []})),
                _ => request,
            };
            // Only the head: live events have no end.
            let status = request.send().await.expect("a reply").status().as_u16();
            assert_eq!(status, *wanted, "{method} {path} by caller {n}");
        }
    }
}
