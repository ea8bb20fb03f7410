//! `/media/{hash}.webp`.

use crate::app::TestApp;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn pictures_are_kept_for_ever_and_known_by_their_hash() {
    let app = TestApp::start().await;
    app.drive(2, json!({})).await;
    let task = app.lease(&app.volunteer().await, 1).await.remove(0);
    let url = task["subject"]["picture"]["sources"][0]["url"].as_str().unwrap().to_owned();
    let picture = app.get(&url).await.expect(200);
    assert!(picture.header("cache-control").contains("immutable"));
    let etag = picture.header("etag").to_owned();
    let again = app.request(Method::GET, &url).header("if-none-match", etag);
    assert!(app.send(again).await.expect(304).bytes.is_empty());
    let hash = url.trim_start_matches("/media/").trim_end_matches(".webp");
    assert_eq!(blake3::hash(&picture.bytes).to_hex().as_str(), hash);
}

#[tokio::test]
async fn nothing_else_is_served_from_there() {
    let app = TestApp::start().await;
    let zeros = format!("/media/{}.webp", "0".repeat(64));
    for path in [
        zeros.as_str(),
        "/media/x.webp",
        "/media/..%2ftalkoot.sqlite",
        "/media/..%2f..%2f..%2fetc%2fpasswd.webp",
        "/media/",
        "/media/a/b",
    ] {
        app.get(path).await.problem(404, "not-found");
    }
}
