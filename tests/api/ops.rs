//! `/healthz`, `/readyz`, `/metrics`, the description, and headers on all of it.

use crate::app::TestApp;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn the_program_tells_how_it_is() {
    let app = TestApp::start().await;
    app.get("/healthz").await.expect(200);
    app.get("/readyz").await.expect(200);
    let figures = app.get("/metrics").await.expect(200);
    assert!(figures.header("content-type").starts_with("text/plain"));
    assert!(figures.text().contains("talkoot_http_requests_total"));
}

#[tokio::test]
async fn the_interface_describes_itself() {
    let app = TestApp::start().await;
    let described = app.get("/api/v1/openapi.json").await.expect(200).json();
    assert!(described["openapi"].as_str().unwrap().starts_with("3.1"));
    assert_eq!(described["info"]["title"], "Talkoot");
    for (path, method) in [
        ("/api/v1/volunteers", "post"),
        ("/api/v1/projects/{slug}/leases", "post"),
        ("/api/v1/answers", "post"),
        ("/api/v1/answers/{id}", "delete"),
        ("/api/v1/me", "delete"),
    ] {
        assert!(described["paths"][path][method].is_object(), "{method} {path}");
    }
    assert!(
        described["components"]["schemas"]["AnswerIn"]["properties"]["corrections"].is_object()
    );
}

#[tokio::test]
async fn unknown_calls_and_methods_are_problems() {
    let app = TestApp::start().await;
    app.get("/api/v1/nothing").await.problem(404, "not-found");
    app.get("/api").await.problem(404, "not-found");
    let wrong = app.send(app.request(Method::DELETE, "/api/v1/projects")).await;
    assert!(wrong.header("allow").contains("GET"));
    wrong.problem(405, "method-not-allowed");
    app.send(app.request(Method::POST, "/")).await.problem(405, "method-not-allowed");
}

#[tokio::test]
async fn every_response_carries_the_guards() {
    let app = TestApp::start().await;
    app.drive(1, json!({})).await;
    for path in ["/", "/p/drive", "/api/v1/projects", "/api/v1/nothing", "/nothing.js", "/metrics"]
    {
        let reply = app.get(path).await;
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{path}");
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';"), "{path}");
        assert!(!policy.contains("unsafe-inline"), "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "same-origin", "{path}");
        assert!(!reply.header("cache-control").is_empty(), "{path}");
    }
}
