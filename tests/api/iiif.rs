//! IIIF manifests from a library's server, which stands on this machine here.

use crate::app::{Caller, TestApp};
use crate::subjects::{Project, handed_out, picture, walk, whole};
use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use image::ImageFormat;
use reqwest::{Method, multipart};
use serde_json::{Value, json};
use server::Role;
use std::{
    collections::HashMap,
    path::Path as FilePath,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

/// A library's server: files by their paths, and how often it was asked.
struct Library {
    url: String,
    asked: Arc<AtomicUsize>,
}

type Shelf = (Arc<HashMap<String, Vec<u8>>>, Arc<AtomicUsize>);

async fn file(State((files, asked)): State<Shelf>, Path(path): Path<String>) -> Response {
    asked.fetch_add(1, Ordering::Relaxed);
    match files.get(&path) {
        Some(bytes) => {
            ([(header::CONTENT_TYPE, "application/octet-stream")], bytes.clone()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Library {
    /// A library that has these files; `{url}` in them is its own address.
    async fn open(files: Vec<(&str, Vec<u8>)>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let own = |bytes: Vec<u8>| match String::from_utf8(bytes) {
            Ok(text) => text.replace("{url}", &url).into_bytes(),
            Err(error) => error.into_bytes(),
        };
        let files = files.into_iter().map(|(path, bytes)| (path.to_owned(), own(bytes))).collect();
        let asked = Arc::new(AtomicUsize::new(0));
        let shelf: Shelf = (Arc::new(files), Arc::clone(&asked));
        let on = url.clone();
        let router = Router::new()
            .route("/away", get(async || Redirect::temporary("http://169.254.169.254/latest")))
            .route("/round", get(async || Redirect::temporary("/round")))
            .route("/on", get(async move || Redirect::temporary(&format!("{on}/book.json"))))
            .route("/{*path}", get(file))
            .with_state(shelf);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, asked }
    }
}

fn manifest(canvases: &[(&str, Value)]) -> Vec<u8> {
    let canvases: Vec<_> = canvases
        .iter()
        .map(|(id, body)| {
            json!({"id": id, "type": "Canvas", "label": {"en": [format!("Label of {id}")]},
                "items": [{"type": "AnnotationPage", "items": [
                    {"type": "Annotation", "motivation": "painting", "body": body, "target": id}]}]})
        })
        .collect();
    let manifest = json!({"@context": "http://iiif.io/api/presentation/3/context.json",
        "type": "Manifest", "items": canvases});
    manifest.to_string().into_bytes()
}

fn service(name: &str) -> Value {
    json!({"type": "Image", "id": format!("{{url}}/{name}/full/max/0/default.jpg"),
        "service": [{"id": format!("{{url}}/{name}"), "type": "ImageService3"}]})
}

async fn send(app: &TestApp, owner: &Caller, url: &str) -> Value {
    let form = multipart::Form::new().text("url", url.to_owned());
    let request = app.request(Method::POST, "/api/v1/projects/drive/imports");
    let began = app.send(request.bearer_auth(&owner.token).multipart(form)).await;
    app.through(owner, began).await
}

#[tokio::test]
async fn every_canvas_is_an_image_whatever_its_service_can() {
    let app = TestApp::start_fetching().await;
    let info = |version: u32, more: Value| {
        let mut info = json!({"@context": format!("http://iiif.io/api/image/{version}/context.json"),
            "width": 1000, "height": 700});
        for (key, value) in more.as_object().expect("an object") {
            info[key] = value.clone();
        }
        info.to_string().into_bytes()
    };
    let jpg = |w, h| picture(w, h, ImageFormat::Jpeg);
    let library = Library::open(vec![
        (
            "book.json",
            manifest(&[
                ("urn:plain", json!({"type": "Image", "id": "{url}/plain.jpg"})),
                ("urn:level0", service("zero")),
                ("urn:level1", service("one")),
                ("urn:gone", service("gone")),
                ("urn:sound", json!({"type": "Sound", "id": "{url}/a.mp3"})),
            ]),
        ),
        ("plain.jpg", jpg(300, 200)),
        (
            "zero/info.json",
            info(
                2,
                json!({"profile": ["http://iiif.io/api/image/2/level0.json"],
                "sizes": [{"width": 100, "height": 70}, {"width": 500, "height": 350}]}),
            ),
        ),
        ("zero/full/500,/0/default.jpg", jpg(500, 350)),
        ("one/info.json", info(3, json!({"profile": "level1"}))),
        ("one/full/max/0/default.jpg", jpg(1000, 700)),
        ("one/512,512,488,188/488,188/0/default.jpg", jpg(488, 188)),
        ("one/0,512,512,188/512,188/0/default.jpg", b"<html>not a tile</html>".to_vec()),
    ])
    .await;
    let owner = app.member("owner", Role::Owner, &[]).await;
    app.project(&owner, "drive", json!({})).await;
    let state = send(&app, &owner, &format!("{}/on", library.url)).await;
    assert_eq!(state["report"]["subjects"], 3, "{state}");
    let refused = state["report"]["refused"].as_array().unwrap();
    let told =
        |id: &str| refused.iter().find(|r| r["place"] == id).unwrap()["reason"].as_str().unwrap();
    assert!(told("urn:sound").contains("sound"));
    assert!(told("urn:gone").contains("404"), "{}", told("urn:gone"));
    let tasks = handed_out(&app).await;
    let sized = |width: u64| {
        let one = tasks.iter().find(|task| task["subject"]["size"]["width"] == width);
        &one.unwrap_or_else(|| panic!("{width}"))["subject"]
    };
    assert_eq!(sized(300)["alt"], "Label of urn:plain");
    let called = |label: &str| {
        &tasks.iter().find(|task| task["subject"]["alt"] == label).unwrap()["subject"]
    };
    let small = called("Label of urn:level0");
    assert_eq!(small.get("tiles"), None, "one file, and here");
    assert_eq!(whole(&app, &small["picture"]).await, [500], "the largest that is to be had");
    assert_eq!(small["size"], json!({"width": 1000, "height": 700}), "marks are the original's");
    let tiled = called("Label of urn:level1");
    assert_eq!(tiled["size"], small["size"]);
    whole(&app, &tiled["picture"]).await;
    let base = tiled["tiles"]["base"].as_str().unwrap();
    assert!(base.starts_with("/iiif/"), "phones ask this server only");
    let before = library.asked.load(Ordering::Relaxed);
    for _ in 0..3 {
        let tile =
            app.get(&format!("{base}/512,512,488,188/488,188/0/default.jpg")).await.expect(200);
        assert_eq!(tile.header("content-type"), "image/jpeg");
    }
    assert_eq!(library.asked.load(Ordering::Relaxed), before + 1, "fetched once and kept");
    // Nothing else is asked of the library, whatever is asked here.
    for wrong in
        ["0,0,5,5/5,5/0/default.jpg", "full/9,9/0/default.jpg", "0,0,512,512/511,512/0/default.jpg"]
    {
        app.get(&format!("{base}/{wrong}")).await.problem(404, "not-found");
    }
    let nobody = format!("/iiif/{}/full/max/0/default.jpg", "0".repeat(64));
    app.get(&nobody).await.problem(404, "not-found");
    assert_eq!(library.asked.load(Ordering::Relaxed), before + 1);
    // What it gives is looked at: no page of a library is ever served as ours.
    app.get(&format!("{base}/0,512,512,188/512,188/0/default.jpg")).await.problem(404, "not-found");
    app.get(&format!("{base}/512,0,488,512/488,512/0/default.jpg")).await.problem(503, "busy");
    let again = send(&app, &owner, &format!("{}/book.json", library.url)).await;
    assert_eq!(again["report"]["subjects"], 0, "{again}");
}

#[tokio::test]
async fn a_real_service_s_tiles_are_served_from_here() {
    let folder =
        FilePath::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/iiif/image3_tiled");
    if !folder.is_dir() {
        eprintln!(
            "SKIPPED: there is no shared/data beside the project, so no real image service is read."
        );
        return;
    }
    let mut files = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = format!("svc/{}", path.strip_prefix(&folder).unwrap().display());
                files.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    let book = manifest(&[("urn:tiled", service("svc"))]);
    let mut shelf: Vec<(&str, Vec<u8>)> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    shelf.push(("book.json", book));
    let library = Library::open(shelf).await;
    let app = TestApp::start_fetching().await;
    let url = format!("{}/book.json", library.url);
    Project::new(json!([{"type": "iiif", "url": url}])).taken(&app).await;
    let subject = handed_out(&app).await.remove(0)["subject"].clone();
    assert_eq!(subject["size"], json!({"width": 775, "height": 1024}));
    // This one of the library's own files is half as large as its address says: what a service
    // has is passed on as it is, and the app stretches it over its area.
    assert_eq!(walk(&app, &subject).await, ["/full/194,256/0/default.jpg"]);
}

#[tokio::test]
async fn a_map_s_tiles_are_asked_of_its_server_once() {
    let png = |grey: u32| picture(64, 64 + grey, ImageFormat::Png);
    // Beside the second one the server fails: 6/11/20 is no picture.
    let library = Library::open(vec![
        ("6/10/20.png", png(1)),
        ("6/9/20.png", png(2)),
        ("6/11/20.png", png(3)),
        ("6/40/20.png", png(4)),
        ("6/41/20.png", b"<html>busy</html>".to_vec()),
    ])
    .await;
    let app = TestApp::start_fetching().await;
    let tile = |x: u32| {
        json!({"type": "map_tile", "z": 6, "x": x, "y": 20, "attribution": "Us",
            "tiles": format!("{}/{{z}}/{{x}}/{{y}}.png", library.url)})
    };
    let report = Project::new(json!([tile(10), tile(11), tile(40), tile(2)]));
    let report = report.import(&app).await.unwrap();
    assert_eq!(report["subjects"], 2, "{report}");
    let refused = report["refused"].as_array().unwrap();
    assert!(refused[0]["reason"].as_str().unwrap().contains("6/41/20.png"), "{report}");
    assert!(refused[1]["reason"].as_str().unwrap().contains("404"), "{report}");
    let tasks = handed_out(&app).await;
    let map = tasks.iter().find(|task| task["subject"]["x"] == 10).unwrap();
    let beside: Vec<_> =
        map["subject"]["around"].as_array().unwrap().iter().map(|n| n["dx"].as_i64()).collect();
    assert_eq!(beside, [Some(-1), Some(1)], "what the server has not got is not there");
    whole(&app, &map["subject"]["picture"]).await;
    assert!(!map.to_string().contains(&library.url), "phones ask this server only");
}

#[tokio::test]
async fn what_must_not_be_fetched_is_not() {
    let library = Library::open(vec![("book.json", manifest(&[]))]).await;
    let at = |path: &str| format!("{}/{path}", library.url);
    let strict = TestApp::start().await;
    let told = async |app: &TestApp, url: &str| {
        Project::new(json!([{"type": "iiif", "url": url}])).refused(app).await
    };
    for (url, said) in [
        (at("book.json"), "https://"),
        (at("book.json").replace("http:", "https:"), "no public server"),
        ("https://localhost/book.json".into(), "no public server"),
        ("https://[::1]/book.json".into(), "no public server"),
        ("https://169.254.169.254/latest/meta-data".into(), "no public server"),
        ("file:///etc/passwd".into(), "https://"),
        ("nonsense".into(), "no address"),
    ] {
        let map = json!({"type": "map_tile", "z": 0, "x": 0, "y": 0, "around": 0,
            "tiles": format!("{url}#{{z}}{{x}}{{y}}")});
        if url.contains("://") {
            let told = Project::new(json!([map])).refused(&strict).await;
            assert!(told.contains(said), "{url}: {told}");
        }
        let told = told(&strict, &url).await;
        assert!(told.contains(said), "{url}: {told}");
    }
    assert_eq!(library.asked.load(Ordering::Relaxed), 0, "nobody was asked");
    let app = TestApp::start_fetching().await;
    assert!(told(&app, &at("round")).await.contains("three times"));
    assert!(told(&app, &at("nowhere.json")).await.contains("404"));
    let both = json!({"type": "iiif", "url": at("book.json"), "file": "a.json"});
    assert!(Project::new(json!([both])).refused(&app).await.contains("one of them"));
    let own = Project::new(json!([{"type": "iiif", "file": "a.json"}])).file("a.json", b"{}");
    assert!(own.refused(&app).await.contains("no canvases"));
}
