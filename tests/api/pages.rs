//! The app's page and its files.

use crate::app::TestApp;
use crate::subjects::{Project, picture};
use image::ImageFormat;
use reqwest::Method;
use serde_json::{Value, json};

pub(crate) fn opening(html: &str) -> Value {
    let start = "<script type=\"application/json\" id=\"opening\">";
    let (_, rest) = html.split_once(start).expect("the opening is written in");
    let (text, _) = rest.split_once("</script>").expect("it ends");
    serde_json::from_str(text).expect("it is JSON")
}

#[tokio::test]
async fn a_project_s_page_opens_with_its_first_task() {
    let app = TestApp::start().await;
    let evil = "</script><script>alert(1)</script>";
    app.drive(2, json!({"title": "Turku & <Åbo>", "voice": evil, "purpose": evil})).await;
    let page = app.get("/p/drive").await.expect(200);
    assert_eq!(page.header("cache-control"), "no-cache");
    let html = page.text();
    assert!(html.contains("Turku &amp; &lt;Åbo&gt;"));
    assert!(!html.contains("<script>alert"), "people's words are text");
    let opening = opening(&html);
    assert_eq!(opening["project"]["slug"], "drive");
    assert_eq!(opening["project"]["voice"], evil);
    let again = app.request(Method::GET, "/p/drive").header("if-none-match", page.header("etag"));
    app.send(again).await.expect(304);
}

#[tokio::test]
async fn the_first_picture_is_in_the_page_unless_not_everybody_wants_to_see_it() {
    for note in [None, Some("Blood")] {
        let app = TestApp::start().await;
        let warm_up = json!({"type": "image", "file": "a.jpg", "answer": {"text": "a"}, "hint": "Look.", "note": note});
        let project = Project::new(json!([{"type": "text", "content": "x"}]))
            .set("warm_ups", json!([warm_up]))
            .file("a.jpg", picture(900, 600, ImageFormat::Jpeg));
        project.taken(&app).await;
        let html = app.get("/p/drive").await.expect(200).text();
        let first = &opening(&html)["warm_ups"][0];
        assert_eq!(first["note"], json!(note));
        let (before, _) = html.split_once("id=\"opening\"").unwrap();
        let url = first["subject"]["picture"]["sources"][0]["url"].as_str().unwrap();
        let told = format!("it is there although {note:?}");
        assert_eq!(before.contains(url), note.is_none(), "{told}");
        assert_eq!(before.contains("<img"), note.is_none(), "{told}");
    }
}

#[tokio::test]
async fn the_front_page_lists_the_drives() {
    let app = TestApp::start().await;
    app.drive(2, json!({})).await;
    let html = app.get("/").await.expect(200).text();
    assert_eq!(opening(&html)["projects"][0]["slug"], "drive");
    assert!(html.contains("href=\"/p/drive\""));
}

#[tokio::test]
async fn pages_are_compressed_on_the_way() {
    let app = TestApp::start().await;
    app.drive(2, json!({})).await;
    for (coding, start) in [("gzip", &b"\x1f\x8b"[..]), ("br", &b""[..])] {
        let request = app.request(Method::GET, "/p/drive").header("accept-encoding", coding);
        let reply = app.send(request).await.expect(200);
        assert_eq!(reply.header("content-encoding"), coding);
        assert!(reply.bytes.starts_with(start));
        let plain = app.get("/p/drive").await.expect(200);
        assert!(reply.bytes.len() < plain.bytes.len());
    }
}

#[tokio::test]
async fn an_unknown_file_is_never_the_page() {
    let app = TestApp::start().await;
    for path in ["/nothing.js", "/play-0123456789abcdef.wasm", "/p/x.js", "/../Cargo.toml"] {
        app.get(path).await.problem(404, "not-found");
    }
    let page = app.get("/p/nowhere").await.expect(404);
    assert!(page.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn warm_ups_teach_and_count_for_nothing() {
    let app = TestApp::start().await;
    let team = app.drive(2, json!({"language": "de-Latf"})).await;
    let warm_ups = opening(&app.get("/p/drive").await.expect(200).text())["warm_ups"].clone();
    let Some(warm_up) = warm_ups.as_array().and_then(|all| all.first()) else {
        panic!("the sample drive's warm-ups are built in: run `cargo dev sample`");
    };
    let task = warm_up["id"].as_str().unwrap();
    let right = warm_up["lesson"]["answer"]["text"].as_str().unwrap();
    assert!(!warm_up["lesson"]["hint"].as_str().unwrap().is_empty());
    for _ in 0..6 {
        let volunteer = app.volunteer().await;
        assert_eq!(app.types(&volunteer, task, right).await["verdict"], "held");
        assert_eq!(app.types(&volunteer, task, "xyzzy").await["verdict"], "slipped");
    }
    let progress = app.progress().await;
    assert_eq!((&progress["given"], &progress["tasks"]), (&json!(0), &json!(2)));
    let results = app.get_as(&team, "/api/v1/projects/drive/results").await.expect(200).lines();
    assert!(results.iter().all(|line| line["task"] != task));
    let leased = app.lease(&app.volunteer().await, 50).await;
    assert_eq!(leased.len(), 2, "they are not handed out");
    let answers = app.get_as(&team, "/api/v1/projects/drive/answers").await.expect(200).lines();
    assert_eq!(answers.len(), 12, "and yet stored like all others");
    assert!(answers.iter().all(|line| line["practice"] == true));
}
