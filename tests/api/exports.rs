//! `/exports/{format}`.

use crate::app::TestApp;
use serde_json::json;
use support::drive;

#[tokio::test]
async fn every_format_can_be_had() {
    let app = TestApp::start().await;
    let team = app.drive(4, json!({})).await;
    let results = app.get_as(&team, "/api/v1/projects/drive/results").await.expect(200).lines();
    let task = results.iter().find(|r| r["external_id"] == "page.xml#w2").expect("it is there");
    for _ in 0..2 {
        app.types(&app.volunteer().await, task["task"].as_str().unwrap(), "Turku").await;
    }
    for format in ["csv", "txt", "json"] {
        let path = format!("/api/v1/projects/drive/exports/{format}");
        let reply = app.get_as(&team, &path).await.expect(200);
        assert!(reply.header("content-disposition").starts_with("attachment; filename="));
        let bytes = reply.bytes.clone();
        assert!(String::from_utf8_lossy(&bytes).contains("Turku"), "{format}");
    }
    let all = app.get_as(&team, "/api/v1/projects/drive/exports/csv?all=true").await.expect(200);
    assert_eq!(all.header("content-type"), "application/zip");
    assert!(all.bytes.starts_with(b"PK"));
}

#[tokio::test]
async fn alto_comes_back_with_only_the_agreed_words_changed() {
    let app = TestApp::start().await;
    let team = app.drive(4, json!({})).await;
    let results = app.get_as(&team, "/api/v1/projects/drive/results").await.expect(200).lines();
    let task = results.iter().find(|r| r["external_id"] == "page.xml#w2").expect("it is there");
    for _ in 0..2 {
        app.types(&app.volunteer().await, task["task"].as_str().unwrap(), "Åbo & Turku").await;
    }
    let reply = app.get_as(&team, "/api/v1/projects/drive/exports/alto").await.expect(200);
    let text = reply.text();
    let (before, _) = drive::page(4);
    let strings = |text: &str| -> Vec<String> {
        text.split("<String").skip(1).map(|s| s.split('>').next().unwrap().to_owned()).collect()
    };
    let (before, after) = (strings(&before), strings(&text));
    assert_eq!(before.len(), after.len());
    let changed: Vec<_> = before.iter().zip(&after).filter(|(b, a)| b != a).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].1.contains("Åbo &amp; Turku") && changed[0].1.contains("ID=\"w2\""));
    assert!(changed[0].1.contains("CS=\"true\""), "{changed:?}");
}

#[tokio::test]
async fn an_unknown_format_is_told() {
    let app = TestApp::start().await;
    let team = app.drive(1, json!({})).await;
    let path = "/api/v1/projects/drive/exports/word";
    app.get_as(&team, path).await.problem(404, "not-found");
}
