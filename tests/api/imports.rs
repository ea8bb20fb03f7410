//! `/imports`: pages in, and what is said of those that cannot be taken.

use crate::app::TestApp;
use reqwest::{Method, multipart};
use serde_json::{Value, json};
use server::Role;
use std::path::Path;
use support::drive;

async fn team() -> (TestApp, crate::app::Caller) {
    let app = TestApp::start().await;
    let owner = app.member("owner", Role::Owner, &[]).await;
    app.project(&owner, "drive", json!({})).await;
    (app, owner)
}

fn reason(state: &Value) -> String {
    assert_eq!(state["state"], "failed", "{state}");
    state["report"]["refused"][0]["reason"].as_str().expect("a reason").to_owned()
}

#[tokio::test]
async fn a_page_becomes_tasks() {
    let (app, owner) = team().await;
    let (text, image) = drive::page(6);
    let files = vec![("page.png", image), ("page.xml", text.into_bytes())];
    let state = app.import(&owner, "drive", files).await;
    assert_eq!(state["state"], "done");
    let page = &state["report"]["pages"][0];
    assert_eq!((&page["taken"], &page["unit"]), (&json!(6), &json!("word")));
    assert!(page["summary"].as_str().unwrap().starts_with("6 words to ask"));
    assert_eq!(app.progress().await["tasks"], 6);
}

#[tokio::test]
async fn lines_can_be_asked_though_the_page_tells_how_sure_its_words_are() {
    let app = TestApp::start().await;
    let owner = app.drive(85, json!({"rules": {"unit": "line"}})).await;
    let results = app.get_as(&owner, "/api/v1/projects/drive/results").await.expect(200).lines();
    let mut ids: Vec<_> = results.iter().map(|r| r["external_id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["page.xml#l0", "page.xml#l1", "page.xml#l2"]);
    let short = &results.iter().find(|r| r["external_id"] == "page.xml#l2").unwrap()["task"];
    let tasks = app.lease(&app.volunteer().await, 5).await;
    let last = tasks.iter().find(|task| task["id"] == *short).unwrap();
    let mark = &last["subject"]["mark"];
    assert!(mark["width"].as_f64() > Some(500.0), "the line, and not a word of it: {mark}");
    let words: Vec<_> = (80..85).map(|n| format!("word-{n}")).collect();
    let read = words.join(" ").replace("word-82", "Weſen");
    for _ in 0..2 {
        app.types(&app.volunteer().await, short.as_str().unwrap(), &read).await;
    }
    let alto = app.get_as(&owner, "/api/v1/projects/drive/exports/alto").await.expect(200).text();
    let (before, after) = (drive::page(85).0, alto);
    let said = |text: &str| -> Vec<String> {
        let parts = text.split(" CONTENT=\"").skip(1);
        parts.map(|part| part.split('"').next().unwrap().to_owned()).collect()
    };
    let mut wanted = said(&before);
    wanted[82] = "Weſen".to_owned();
    assert_eq!(said(&after), wanted, "in its place among the words of the line");
}

#[tokio::test]
async fn a_page_is_never_taken_twice() {
    let (app, owner) = team().await;
    let (text, image) = drive::page(6);
    let files = || vec![("page.xml", text.clone().into_bytes()), ("page.png", image.clone())];
    app.import(&owner, "drive", files()).await;
    let again = app.import(&owner, "drive", files()).await;
    assert!(reason(&again).contains("already"));
    // At the same time, too.
    let (text, image) = drive::page(7);
    let files = || vec![("b.xml", text.clone().into_bytes()), ("b.png", image.clone())];
    let (one, other) =
        tokio::join!(app.import(&owner, "drive", files()), app.import(&owner, "drive", files()));
    let done = [one, other].iter().filter(|state| state["state"] == "done").count();
    assert_eq!(done, 1);
    assert_eq!(app.progress().await["tasks"], 13);
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_in_words_and_nothing_is_half_imported() {
    let (app, owner) = team().await;
    let (text, image) = drive::page(6);
    let alto = text.into_bytes();
    let jp2 = b"\x00\x00\x00\x0cjP  \r\n\x87\n and the rest".to_vec();
    let broken = alto[..alto.len() / 2].to_vec();
    let (_, other) = drive::page(400);
    let bomb = b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><alto/>".to_vec();
    for (text, image, said) in [
        (alto.clone(), jp2, "JPEG 2000"),
        (alto.clone(), b"not an image".to_vec(), "JPEG, PNG or TIFF"),
        (alto.clone(), image[..60].to_vec(), "could not be decoded"),
        (broken, image.clone(), ""),
        (bomb, image.clone(), ""),
        (b"<html>hello</html>".to_vec(), image.clone(), "web page"),
        (alto.clone(), other, ""),
    ] {
        let files = vec![("page.xml", text), ("page.png", image)];
        let state = app.import(&owner, "drive", files).await;
        let reason = reason(&state);
        assert!(reason.contains(said) && reason.ends_with('.'), "{reason}");
        assert_eq!(app.progress().await["tasks"], 0);
    }
    let page = app.import(&owner, "drive", vec![("page.xml", alto), ("page.png", image)]).await;
    assert_eq!(page["state"], "done", "the same page, whole, is still welcome");
}

#[tokio::test]
async fn several_pages_at_once_are_paired_by_name() {
    let (app, owner) = team().await;
    let (one, one_image) = drive::page(6);
    let (two, two_image) = drive::page(9);
    let files = vec![
        ("two.png", two_image),
        ("one.xml", one.into_bytes()),
        ("one.png", one_image),
        ("two.xml", two.into_bytes()),
    ];
    let state = app.import(&owner, "drive", files).await;
    assert_eq!(state["report"]["pages"].as_array().unwrap().len(), 2, "{state}");
    assert_eq!(app.progress().await["pages"], 2);
}

#[tokio::test]
async fn bad_uploads_are_told_at_once() {
    let (app, owner) = team().await;
    let path = "/api/v1/projects/drive/imports";
    let post = || app.request(Method::POST, path).bearer_auth(&owner.token);
    app.send(post().json(&json!({"url": "https://example.org/a"})))
        .await
        .problem(415, "media-type");
    let nothing = multipart::Form::new().text("label", "Page 1");
    app.send(post().multipart(nothing)).await.problem(422, "text-missing");
    let cut_off = post().header("content-type", "multipart/form-data; boundary=b").body("--b\r\n");
    app.send(cut_off).await.problem(400, "bad-multipart");
    let only_text = multipart::Part::bytes(b"<alto/>".to_vec()).file_name("a.xml");
    let form = multipart::Form::new().part("file", only_text);
    let problem = app.send(post().multipart(form)).await.problem(422, "image-missing");
    assert!(problem["detail"].as_str().unwrap().contains("a.jpg"));
    let part = multipart::Part::bytes(b"x".to_vec()).file_name("a.jpg");
    let form = multipart::Form::new().text("url", "https://example.org/a.json").part("file", part);
    app.send(post().multipart(form)).await.problem(422, "url-or-files");
    let nothing = format!("{path}/{}", crate::app::new_id());
    app.get_as(&owner, &nothing).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_real_page_comes_in_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/pages/kant_0017");
    let read = |name: &str| std::fs::read(folder.join(name)).ok();
    let (Some(text), Some(image)) = (read("PAGE_0017_ALTO.xml"), read("INPUT_0017.tif")) else {
        eprintln!(
            "SKIPPED: there is no shared/data beside the project, so no real page is imported."
        );
        return;
    };
    let (app, owner) = team().await;
    let files = vec![("PAGE_0017_ALTO.xml", text), ("INPUT_0017.tif", image)];
    let state = app.import(&owner, "drive", files).await;
    assert_eq!(state["state"], "done", "{state}");
    assert!(app.progress().await["tasks"].as_u64().unwrap() > 0);
    let task = app.lease(&app.volunteer().await, 1).await.remove(0);
    for source in task["subject"]["picture"]["sources"].as_array().unwrap() {
        let picture = app.get(source["url"].as_str().unwrap()).await.expect(200);
        assert!(picture.bytes.starts_with(b"RIFF"));
    }
}
