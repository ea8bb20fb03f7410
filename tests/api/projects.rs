//! `/projects`.

use crate::app::TestApp;
use serde_json::json;
use server::Role;

#[tokio::test]
async fn a_project_is_made_listed_shown_and_changed() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/api/v1/projects").await.expect(200).json(), json!({"projects": []}));
    let owner = app.member("owner", Role::Owner, &[]).await;
    let made = app.project(&owner, "turku", json!({"layers": ["goal"], "accent": "#335577"})).await;
    assert_eq!(made["slug"], "turku");
    let all = app.get("/api/v1/projects").await.expect(200).json();
    assert_eq!(all["projects"][0]["title"], "A drive");
    let one = app.get("/api/v1/projects/turku").await.expect(200).json();
    assert_eq!((&one["kind"], &one["layers"]), (&json!("typing"), &json!(["goal"])));
    assert_eq!(one["rules"]["prefill"], "blank", "what was left out is filled in");
    let change = json!({"tone": "solemn", "layers": []});
    let changed = app.patch_as(&owner, "/api/v1/projects/turku", &change).await.expect(200).json();
    assert_eq!((&changed["tone"], &changed["layers"]), (&json!("solemn"), &json!([])));
    let one = app.get("/api/v1/projects/turku").await.expect(200).json();
    assert_eq!((&one["tone"], &one["title"]), (&json!("solemn"), &json!("A drive")));
}

#[tokio::test]
async fn a_skip_is_free_and_what_has_no_label_is_read_by_its_id() {
    let app = TestApp::start().await;
    let owner = app.member("owner", Role::Owner, &[]).await;
    let choices = json!([{"id": "yes"}, {"id": "no", "label": "No"}]);
    let questions = json!([{"id": "any", "choices": choices}]);
    let tool = json!({"id": "roof", "tool": "box", "questions": questions});
    let projects = [
        ("typing", json!({"outcomes": []}), json!(["skipped"])),
        (
            "typing",
            json!({"outcomes": ["skipped", "unreadable"]}),
            json!(["skipped", "unreadable"]),
        ),
        (
            "typing",
            json!({"fields": [{"id": "paid", "type": "choice", "choices": choices}], "outcomes": []}),
            json!(["skipped"]),
        ),
        (
            "tagging",
            json!({"questions": questions, "spans": [{"id": "place"}], "outcomes": ["nothing_here"]}),
            json!(["nothing_here", "skipped"]),
        ),
        ("drawing", json!({"tools": [tool], "outcomes": []}), json!(["skipped"])),
    ];
    for (at, (kind, rules, said)) in projects.into_iter().enumerate() {
        let slug = format!("drive-{at}");
        app.project(&owner, &slug, json!({"kind": kind, "rules": rules})).await;
        let path = format!("/api/v1/projects/{slug}");
        let made = app.get(&path).await.expect(200).json()["rules"].clone();
        assert_eq!(made["outcomes"], said, "{kind}");
        for (at, label) in [
            ("/fields/0", "paid"),
            ("/fields/0/choices/0", "yes"),
            ("/fields/0/choices/1", "No"),
            ("/questions/0/choices/0", "yes"),
            ("/questions/0/choices/1", "No"),
            ("/spans/0", "place"),
            ("/tools/0", "roof"),
            ("/tools/0/questions/0/choices/0", "yes"),
        ] {
            if let Some(there) = made.pointer(at) {
                assert_eq!(there["label"], label, "{kind}{at}");
            }
        }
        let change = json!({"rules": {"outcomes": ["bad_subject"]}});
        if kind == "typing" {
            let changed = app.patch_as(&owner, &path, &change).await.expect(200).json();
            assert_eq!(changed["rules"]["outcomes"], json!(["bad_subject", "skipped"]));
        }
    }
}

#[tokio::test]
async fn settings_outlive_a_restart() {
    let mut app = TestApp::start().await;
    let owner = app.member("owner", Role::Owner, &[]).await;
    app.project(&owner, "turku", json!({})).await;
    app.patch_as(&owner, "/api/v1/projects/turku", &json!({"voice": "For Turku"}))
        .await
        .expect(200);
    let before = app.get("/api/v1/projects/turku").await.expect(200).json();
    app.restart().await;
    assert_eq!(app.get("/api/v1/projects/turku").await.expect(200).json(), before);
    assert_eq!(before["voice"], "For Turku");
}

#[tokio::test]
async fn bad_settings_are_told() {
    let app = TestApp::start().await;
    let owner = app.member("owner", Role::Owner, &[]).await;
    app.project(&owner, "turku", json!({})).await;
    let plain =
        |slug: &str| json!({"slug": slug, "title": "T", "owner": {"name": "L"}, "question": "?"});
    let path = "/api/v1/projects";
    app.post_as(&owner, path, &plain("turku")).await.problem(409, "slug-taken");
    app.post_as(&owner, path, &plain("Å")).await.problem(422, "bad-slug");
    app.post_as(&owner, path, &json!({})).await.problem(422, "slug-missing");
    for (change, code) in [
        (json!({"title": ""}), "bad-title"),
        (json!({"question": null}), "bad-settings"),
        (json!({"kind": "dancing"}), "unknown-kind"),
        (json!({"rules": {"prefill": "maybe"}}), "bad-rules"),
        (json!({"rule": {"rule": "equal", "answers": 0, "at_most": 5}}), "bad-rule"),
        (json!({"accent": "blue"}), "bad-accent"),
        (json!({"owner": {"name": "L", "link": "javascript:alert(1)"}}), "bad-link"),
        (json!({"layers": ["<b>"]}), "bad-layers"),
        (json!({"picking": {"which": "worst", "percent": 200}}), "bad-settings"),
        (json!({"nonsense": 1}), "bad-settings"),
        (json!({"slug": "other"}), "slug-fixed"),
        (json!([]), "bad-patch"),
    ] {
        app.patch_as(&owner, "/api/v1/projects/turku", &change).await.problem(422, code);
    }
    let missing = app.patch_as(&owner, "/api/v1/projects/nowhere", &json!({})).await;
    missing.problem(404, "not-found");
}

#[tokio::test]
async fn a_draft_is_its_team_s_alone() {
    let app = TestApp::start().await;
    let owner = app.member("owner", Role::Owner, &[]).await;
    app.project(&owner, "secret", json!({"state": "draft"})).await;
    app.get("/api/v1/projects/secret").await.problem(404, "not-found");
    app.get("/api/v1/projects/secret/progress").await.problem(404, "not-found");
    assert_eq!(app.get("/api/v1/projects").await.json()["projects"], json!([]));
    app.get_as(&owner, "/api/v1/projects/secret").await.expect(200);
    assert!(!app.get("/p/secret").await.expect(404).text().contains("A drive"));
}

#[tokio::test]
async fn another_rule_counts_every_task_anew() {
    let app = TestApp::start().await;
    let owner = app.drive(2, json!({})).await;
    let task = app.any_task().await;
    for text in ["Turku", "Turku", "Åbo"] {
        app.types(&app.volunteer().await, &task, text).await;
    }
    let result = app.result(&owner, &task).await;
    assert_eq!((&result["status"], &result["answers"]), (&json!("agreed"), &json!(2)));
    let three = json!({"rule": {"rule": "equal", "answers": 3, "at_most": 4}});
    app.patch_as(&owner, "/api/v1/projects/drive", &three).await.expect(200);
    let result = app.result(&owner, &task).await;
    assert_eq!((&result["status"], &result["answers"]), (&json!("open"), &json!(3)));
    assert_eq!(app.progress().await["agreed"], 0);
    assert_eq!(app.progress().await["wanted"], 6);
    app.types(&app.volunteer().await, &task, "Turku").await;
    assert_eq!(app.result(&owner, &task).await["status"], "agreed");
}
