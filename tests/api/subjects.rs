//! Project files with subjects, through `talkoot import` and out again through
//! the REST interface.

use crate::app::{Caller, TestApp, typed};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use reqwest::Method;
use serde_json::{Value, json};
use server::Role;
use std::io::Cursor;
use tempfile::TempDir;

/// An image of one colour.
pub(crate) fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let image = RgbImage::from_pixel(width, height, Rgb([120, 90, 60]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(image).write_to(&mut bytes, format).expect("as the test made it");
    bytes.into_inner()
}

/// A silent WAV file.
pub(crate) fn wav() -> Vec<u8> {
    let samples = 800u32;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + samples).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data");
    bytes.extend(samples.to_le_bytes());
    bytes.extend(vec![128; samples as usize]);
    bytes
}

/// A folder with a project file that has these subjects, and the files that they name.
pub(crate) struct Project {
    folder: TempDir,
    pub(crate) written: Value,
}

impl Project {
    pub(crate) fn new(subjects: impl Into<Value>) -> Self {
        let subjects: Value = subjects.into();
        let written = json!({
            "slug": "drive", "title": "Subjects", "owner": {"name": "The library"},
            "question": "What is it?", "warm_ups": [], "subjects": subjects,
        });
        Self { folder: tempfile::tempdir().expect("as the test made it"), written }
    }

    pub(crate) fn set(mut self, key: &str, value: Value) -> Self {
        self.written[key] = value;
        self
    }

    pub(crate) fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("as the test made it"))
            .expect("as the test made it");
        std::fs::write(path, bytes).expect("as the test made it");
        self
    }

    pub(crate) async fn import(&self, app: &TestApp) -> Result<Value, server::Error> {
        let path = self.folder.path().join("project.json");
        std::fs::write(&path, self.written.to_string()).expect("as the test made it");
        app.server().import_project(&path).await
    }

    /// Imports it whole: nothing is refused.
    pub(crate) async fn taken(&self, app: &TestApp) -> Value {
        let report = self.import(app).await.expect("as the test made it");
        assert_eq!(report["refused"], json!([]), "{report}");
        report
    }

    /// Imports it and says why its one subject was refused.
    pub(crate) async fn refused(&self, app: &TestApp) -> String {
        let report = self.import(app).await.expect("as the test made it");
        assert_eq!(report["subjects"], 0, "{report}");
        assert_eq!(report["refused"].as_array().expect("as the test made it").len(), 1, "{report}");
        report["refused"][0]["reason"].as_str().expect("as the test made it").to_owned()
    }
}

/// Every subject that is handed out, by its type; the last where there are several.
pub(crate) async fn handed_out(app: &TestApp) -> Vec<Value> {
    let mut tasks = app.lease(&app.volunteer().await, 50).await;
    tasks.sort_by_key(|task| {
        task["subject"]["type"].as_str().expect("as the test made it").to_owned()
    });
    tasks
}

fn of<'t>(tasks: &'t [Value], name: &str) -> &'t Value {
    tasks.iter().find(|task| task["subject"]["type"] == name).expect("as the test made it")
}

pub(crate) async fn whole(app: &TestApp, picture: &Value) -> Vec<u64> {
    let mut widths = Vec::new();
    for source in picture["sources"].as_array().expect("as the test made it") {
        let reply = app.get(source["url"].as_str().expect("as the test made it")).await.expect(200);
        assert_eq!(reply.header("content-type"), "image/webp");
        widths.push(source["width"].as_u64().expect("as the test made it"));
    }
    assert!(!widths.is_empty());
    widths
}

#[tokio::test]
async fn every_form_of_subject_comes_in_and_is_handed_out() {
    let app = TestApp::start().await;
    let jpg = picture(1500, 900, ImageFormat::Jpeg);
    let tile = picture(256, 256, ImageFormat::Png);
    let mark = json!({"x": 100, "y": 100, "width": 80, "height": 20});
    let mut project = Project::new(json!([
        {"type": "image", "file": "a.jpg", "alt": "A field", "text": "Is this a field?",
            "facts": {"Place": "Åbo", "Age": 7}, "note": "Blood", "prefill": {"text": "Weſen"}},
        {"type": "image_region", "file": "page.jpg", "mark": mark, "label": "Page 1"},
        {"type": "image_pair", "before": "a.jpg", "after": "b.jpg", "before_label": "2015", "after_label": "2017"},
        {"type": "text", "content": "Water\r\nis rising", "language": "en", "source": "SMS"},
        {"type": "audio", "file": "bird.wav", "alt": "A bird"},
        {"type": "video", "file": "film.mp4", "poster": "a.jpg", "captions": "film.vtt"},
        {"type": "map_tile", "z": 3, "x": 0, "y": 0, "tiles": "t/{z}/{x}/{y}.png", "attribution": "Us"},
    ]));
    for name in ["a.jpg", "page.jpg"] {
        project = project.file(name, &jpg);
    }
    for name in ["t/3/0/0.png", "t/3/1/0.png", "t/3/7/0.png", "t/3/0/1.png"] {
        project = project.file(name, &tile);
    }
    let project = project
        .file("b.jpg", picture(800, 600, ImageFormat::Jpeg))
        .file("bird.wav", wav())
        .file("film.mp4", b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2mp41 not really a film")
        .file("film.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n");
    assert_eq!(project.taken(&app).await["subjects"], 7);
    let tasks = handed_out(&app).await;
    assert_eq!(tasks.len(), 7);

    let image = of(&tasks, "image");
    assert_eq!(image["subject"]["size"], json!({"width": 1500, "height": 900}));
    assert_eq!(image["subject"]["alt"], "A field");
    assert_eq!(image["text"], "Is this a field?");
    assert_eq!(
        image["facts"],
        json!([{"name": "Age", "value": "7"}, {"name": "Place", "value": "Åbo"}])
    );
    assert_eq!(image["note"], "Blood");
    assert_eq!(image["prefill"], json!({"text": "Weſen"}));
    assert_eq!(whole(&app, &image["subject"]["picture"]).await, [640, 1500]);

    let region = of(&tasks, "image_region");
    assert_eq!(region["subject"]["mark"]["x"], 100.0);
    assert_eq!(region["subject"]["page"]["label"], "Page 1");
    assert_eq!(region.get("note"), None);
    whole(&app, &region["subject"]["picture"]).await;
    whole(&app, &region["subject"]["page"]["picture"]).await;

    let pair = of(&tasks, "image_pair");
    assert_eq!(pair["subject"]["after"]["size"]["width"], 800);
    assert_eq!(pair["subject"]["before_label"], "2015");

    let text = of(&tasks, "text");
    assert_eq!(text["subject"]["text"], "Water\nis rising");

    let audio = of(&tasks, "audio");
    assert_eq!(audio["subject"]["media_type"], "audio/wav");
    let url = audio["subject"]["url"].as_str().unwrap();
    let sound = app.get(url).await.expect(200);
    assert_eq!((sound.header("content-type"), sound.bytes.clone()), ("audio/wav", wav()));
    let part =
        app.send(app.request(Method::GET, url).header("range", "bytes=4-7")).await.expect(206);
    assert_eq!(part.header("content-range"), format!("bytes 4-7/{}", wav().len()));
    assert_eq!(part.bytes, wav()[4..8]);
    assert!(part.header("cache-control").contains("immutable"));
    let beyond = app.request(Method::GET, url).header("range", "bytes=99999-");
    app.send(beyond).await.expect(416);

    let video = of(&tasks, "video");
    assert_eq!(video["subject"]["media_type"], "video/mp4");
    whole(&app, &video["subject"]["poster"]).await;
    let captions = app.get(video["subject"]["captions"].as_str().unwrap()).await.expect(200);
    assert_eq!(captions.header("content-type"), "text/vtt; charset=utf-8");
    assert!(captions.header("content-security-policy").contains("media-src 'self'"));

    let map = of(&tasks, "map_tile");
    assert_eq!(map["subject"]["size"], json!({"width": 256, "height": 256}));
    let around: Vec<_> = map["subject"]["around"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| (n["dx"].as_i64().unwrap(), n["dy"].as_i64().unwrap()))
        .collect();
    assert_eq!(around, [(-1, 0), (1, 0), (0, 1)], "round the world, and what is not there is not");
}

#[tokio::test]
async fn subjects_are_answered_agreed_and_exported() {
    let app = TestApp::start().await;
    let team = app.member("owner", Role::Owner, &[]).await;
    let subjects: Vec<_> = (0..3)
        .map(|n| json!({"type": "text", "content": format!("Text {n}"), "id": format!("no {n}")}))
        .collect();
    Project::new(json!(subjects)).taken(&app).await;
    assert_eq!(app.progress().await["tasks"], 3);
    let results = |team: Caller| {
        let app = &app;
        async move { app.get_as(&team, "/api/v1/projects/drive/results").await.expect(200).lines() }
    };
    let task =
        results(team.clone()).await.iter().find(|r| r["external_id"] == "no 1").unwrap()["task"]
            .clone();
    let task = task.as_str().unwrap();
    for _ in 0..2 {
        app.types(&app.volunteer().await, task, "Turku").await;
    }
    let result = app.result(&team, task).await;
    assert_eq!((&result["status"], &result["external_id"]), (&json!("agreed"), &json!("no 1")));
    let export = |format: &str| format!("/api/v1/projects/drive/exports/{format}");
    let csv = app.get_as(&team, &export("csv")).await.expect(200).text();
    let ids: Vec<_> = csv.lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect();
    assert_eq!(ids, ["no 0", "no 1", "no 2"], "in their order");
    assert!(csv.contains(",no 1,,no 1,,,Turku,"), "{csv}");
    let json = app.get_as(&team, &export("json")).await.expect(200).json();
    assert_eq!(json["results"][1]["value"]["text"], "Turku");
    assert_eq!(json["results"][1]["unit"], Value::Null);
    let txt = app.get_as(&team, &export("txt")).await.expect(200).text();
    assert_eq!(txt, "no 1\nTurku\n");
    let progress = app.progress().await;
    assert_eq!((&progress["agreed"], &progress["pages"]), (&json!(1), &json!(0)));
}

#[tokio::test]
async fn where_a_map_tile_is_goes_with_its_results_and_answers() {
    let app = TestApp::start().await;
    let team = app.member("owner", Role::Owner, &[]).await;
    let project = Project::new(json!([
        {"type": "map_tile", "z": 3, "x": 5, "y": 2, "tiles": "{z}-{x}-{y}.png", "around": 0},
        {"type": "image", "file": "3-5-2.png"},
    ]));
    let project = project
        .set("kind", json!("drawing"))
        .file("3-5-2.png", picture(512, 512, ImageFormat::Png));
    project.taken(&app).await;
    let tasks = handed_out(&app).await;
    let task = of(&tasks, "map_tile")["id"].as_str().unwrap();
    for _ in 0..2 {
        let mark = json!({"type": "point", "label": "point", "x": 256, "y": 128});
        let answer = json!({"id": crate::app::new_id(), "task": task, "value": {"shapes": [mark]}});
        let reply = app.answer(&app.volunteer().await, json!([answer])).await.expect(200).json();
        assert_eq!(reply["outcomes"][0]["status"], "stored", "{reply}");
    }
    let tile = json!({"z": 3, "x": 5, "y": 2, "size": {"width": 512, "height": 512}});
    let path = |end: &str| format!("/api/v1/projects/drive/{end}");
    for end in ["results", "answers"] {
        let lines = app.get_as(&team, &path(end)).await.expect(200).lines();
        for line in &lines {
            let wanted = if line["task"] == task { &tile } else { &Value::Null };
            assert_eq!(&line["tile"], wanted, "{end}: {line}");
        }
        assert!(lines.iter().any(|line| line["task"] == task), "{end}");
    }
    let json = app.get_as(&team, &path("exports/json")).await.expect(200).json();
    assert_eq!((&json["results"][0]["tile"], &json["answers"][1]["tile"]), (&tile, &tile));
    assert_eq!(json["results"][1]["tile"], Value::Null);
    let csv = app.get_as(&team, &path("exports/csv")).await.expect(200).text();
    let mut lines = csv.lines();
    assert!(lines.next().unwrap().ends_with(",tile,tile_size"), "{csv}");
    assert!(lines.next().unwrap().ends_with(",3/5/2,512x512"), "{csv}");
    assert!(lines.next().unwrap().ends_with(",,"), "{csv}");
}

#[tokio::test]
async fn a_translation_of_practice_that_is_another_is_not_called_wrong() {
    let app = TestApp::start().await;
    let text = |content: &str| json!({"type": "text", "content": content, "language": "fi"});
    let mut warm_up = text("Kiitos");
    (warm_up["answer"], warm_up["hint"]) = (json!({"text": "Thank you"}), json!("Be short."));
    let project = Project::new(json!([text("Vesi nousee.")])).set("warm_ups", json!([warm_up]));
    project.set("rules", json!({"translate_to": "en"})).taken(&app).await;
    let html = app.get("/p/drive").await.expect(200).text();
    let opening = crate::pages::opening(&html);
    let task = opening["warm_ups"][0]["id"].as_str().unwrap();
    for (typed, verdict) in [("Thank you", "held"), ("Thanks!", "pending")] {
        let told = app.types(&app.volunteer().await, task, typed).await;
        assert_eq!(told["verdict"], verdict, "{typed}");
    }
}

#[tokio::test]
async fn a_subject_is_never_taken_twice() {
    let app = TestApp::start().await;
    let text = |id: &str| json!({"type": "text", "content": "x", "id": id});
    let report = Project::new(json!([text("a"), text("a")])).import(&app).await.unwrap();
    assert_eq!(report["subjects"], 1);
    assert!(report["refused"][0]["reason"].as_str().unwrap().contains("already"));
    let report = Project::new(json!([text("a"), text("b")])).import(&app).await.unwrap();
    assert_eq!(report["subjects"], 1, "{report}");
    assert_eq!(report["refused"][0]["place"], "a");
    assert_eq!(app.progress().await["tasks"], 2);
}

#[tokio::test]
async fn one_bad_subject_takes_no_other_with_it_and_each_says_why() {
    let app = TestApp::start().await;
    // A JPEG whose frame claims 60,000 × 60,000 pixels.
    let mut bomb = picture(8, 8, ImageFormat::Jpeg);
    let frame = bomb.windows(2).position(|two| two == b"\xff\xc0").unwrap();
    bomb[frame + 5..frame + 7].copy_from_slice(&60_000u16.to_be_bytes());
    bomb[frame + 7..frame + 9].copy_from_slice(&60_000u16.to_be_bytes());
    let far = json!({"x": 90, "y": 0, "width": 20, "height": 5});
    let map = |change: Value| {
        let mut map =
            json!({"type": "map_tile", "z": 2, "x": 0, "y": 0, "tiles": "{z}/{x}/{y}.png"});
        for (key, value) in change.as_object().unwrap() {
            map[key] = value.clone();
        }
        map
    };
    let cases = [
        (json!({"type": "image", "file": "nowhere.jpg"}), "nowhere.jpg cannot be read"),
        (json!({"type": "image", "file": "../a.jpg"}), "lies outside"),
        (json!({"type": "image", "file": "/etc/passwd"}), "lies outside"),
        (json!({"type": "image", "file": "bomb.jpg"}), "million are taken"),
        (json!({"type": "image", "file": "words.txt"}), "Export it as JPEG"),
        (json!({"type": "image", "file": "."}), "cannot be read"),
        (json!({"type": "image", "file": "a.jpg", "colour": 1}), "`colour`"),
        (json!({"type": "image", "file": "a.jpg", "prefill": {"box": 1}}), "prefill"),
        (json!({"type": "image", "file": "a.jpg", "id": ""}), "1 to 300"),
        (json!({"type": "image", "file": "a.jpg", "note": " "}), "content note"),
        (json!({"type": "image", "file": "a.jpg", "text": "x".repeat(2001)}), "2000"),
        (
            json!({"type": "image_region", "file": "a.jpg", "mark": far}),
            "does not lie on the image",
        ),
        (
            json!({"type": "image_pair", "before": "a.jpg", "after": "a.jpg", "before_label": " ", "after_label": "b"}),
            "label",
        ),
        (json!({"type": "text", "content": " \n"}), "1 to 20,000"),
        (json!({"type": "text", "content": "a\u{0}b"}), "control characters"),
        (json!({"type": "audio", "file": "a.jpg"}), "no sound or film"),
        (json!({"type": "video", "file": "bird.wav"}), "no film"),
        (json!({"type": "video", "file": "f.mp4", "captions": "words.txt"}), "WEBVTT"),
        (map(json!({"z": 25})), "zoom"),
        (map(json!({"x": 4})), "0 to 3"),
        (map(json!({"around": 3})), "0, 1 or 2"),
        (map(json!({"tiles": "{x}.png"})), "tiles/{z}/{x}/{y}"),
        (map(json!({})), "2/0/0.png cannot be read"),
        (json!({"type": "hologram"}), "hologram"),
        (json!(7), "not an object"),
    ];
    for (subject, said) in &cases {
        let project = Project::new(json!([subject]))
            .file("a.jpg", picture(100, 50, ImageFormat::Jpeg))
            .file("bomb.jpg", &bomb)
            .file("bird.wav", wav())
            .file("f.mp4", b"\0\0\0\x20ftypisom\0")
            .file("words.txt", "only words");
        let told = project.refused(&app).await;
        assert!(told.contains(said), "{subject}: {told}");
        assert!(told.ends_with('.'), "a sentence: {told}");
    }
    app.get("/api/v1/projects/drive").await.problem(404, "not-found");
    let mut all: Vec<_> = cases.iter().map(|(subject, _)| subject.clone()).collect();
    all.insert(3, json!({"type": "text", "content": "good"}));
    let report = Project::new(json!(all)).import(&app).await.unwrap();
    assert_eq!(report["subjects"], 1);
    assert_eq!(report["refused"].as_array().unwrap().len(), cases.len());
}

#[tokio::test]
async fn what_cannot_be_drawn_on_is_no_subject_of_a_drawing_project() {
    let app = TestApp::start().await;
    let film = b"\0\0\0\x20ftypisom\0";
    for (subject, said) in [
        (json!({"type": "text", "content": "Turku"}), "in a text"),
        (json!({"type": "audio", "file": "bird.wav"}), "in a sound"),
        (json!({"type": "video", "file": "f.mp4"}), "in a film"),
    ] {
        let drawing = Project::new(json!([subject])).set("kind", json!("drawing"));
        let told = drawing.file("bird.wav", wav()).file("f.mp4", film).refused(&app).await;
        assert!(told.contains(said), "{told}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_the_project_itself_makes_no_project() {
    let app = TestApp::start().await;
    let text = json!({"type": "text", "content": "x"});
    let warm_up = |subject: Value, answer: &str| {
        let mut warm_up = subject;
        warm_up["answer"] = json!({ "text": answer });
        warm_up["hint"] = json!("Read it.");
        json!([warm_up])
    };
    let pdf = json!({"type": "pdf", "file": "a.pdf"});
    let nowhere = json!({"type": "image", "file": "nowhere.jpg"});
    for (key, value, said) in [
        ("colour", json!(1), "colour"),
        ("picture", json!("nowhere.jpg"), "nowhere.jpg"),
        ("help", json!([{"title": "a", "body": "b", "picture": "../x.jpg"}]), "outside"),
        ("kind", json!("dancing"), "dancing"),
        ("rules", json!({"unit": "page"}), "`page`"),
        ("content_note", json!(""), "content note"),
        ("largest_megapixels", json!(121), "120"),
        ("warm_ups", warm_up(text.clone(), ""), "Warm-up 1"),
        ("warm_ups", warm_up(pdf, "x"), "Warm-up 1"),
        ("warm_ups", warm_up(nowhere, "x"), "nowhere.jpg"),
        ("pages", json!([{"text": "nowhere.xml", "image": "a.jpg"}]), "nowhere.xml"),
        ("subjects", json!({"type": "text"}), "sequence"),
    ] {
        let error = Project::new(json!([text])).set(key, value).import(&app).await.unwrap_err();
        let server::Error::Fault(fault) = error else { panic!("{key}: {error}") };
        assert!(fault.detail.contains(said), "{key}: {}", fault.detail);
        app.get("/api/v1/projects/drive").await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn warm_ups_are_subjects_of_any_form_and_pictures_are_found_everywhere() {
    let app = TestApp::start().await;
    let mark = json!({"x": 10, "y": 10, "width": 50, "height": 20});
    let project = Project::new(json!([{"type": "text", "content": "x"}]))
        .set("warm_ups", json!([
            {"type": "text", "content": "Water", "answer": {"text": "Water"}, "hint": "Read it.",
                "facts": {"Where": "here"}, "text": "Is it?"},
            {"image": "a.jpg", "mark": mark, "answer": {"text": "a"}, "hint": "The older form."},
        ]))
        .set("picture", json!("a.jpg"))
        .set("help", json!([{"title": "a", "body": "b", "picture": "a.jpg"}]))
        .set("content_note", json!("Sad stories"))
        .file("a.jpg", picture(900, 600, ImageFormat::Jpeg));
    project.taken(&app).await;
    let seen = app.get("/api/v1/projects/drive").await.expect(200).json();
    whole(&app, &seen["picture"]).await;
    whole(&app, &seen["help"][0]["picture"]).await;
    let html = app.get("/p/drive").await.expect(200).text();
    let opening = crate::pages::opening(&html);
    let first = &opening["warm_ups"][0];
    assert_eq!(first["subject"]["text"], "Water");
    assert_eq!(first["facts"][0]["value"], "here");
    assert_eq!((&first["text"], &first["note"]), (&json!("Is it?"), &json!("Sad stories")));
    assert_eq!(opening["warm_ups"][1]["subject"]["mark"]["width"], 50.0);
    let tasks = handed_out(&app).await;
    assert_eq!(tasks.len(), 1, "warm-ups are not handed out");
    assert_eq!(tasks[0]["note"], "Sad stories");
    let volunteer = app.volunteer().await;
    let task = first["id"].as_str().unwrap();
    assert_eq!(app.types(&volunteer, task, "Water").await["verdict"], "held");
}

#[tokio::test]
async fn others_answers_are_shown_where_the_project_says_so() {
    let app = TestApp::start().await;
    Project::new(json!([{"type": "text", "content": "x"}])).taken(&app).await;
    let task = app.any_task().await;
    let (anna, bo) = (app.volunteer().await, app.volunteer().await);
    let mine = typed(&task, "from Bo");
    app.answer(&bo, json!([mine])).await.expect(200);
    app.types(&anna, &task, "from Anna").await;
    let hidden = app.lease(&app.volunteer().await, 1).await.remove(0);
    assert_eq!(hidden.get("others"), None);
    // The kind in this test knows no such rule; those that do have it under this name.
    app.change_settings(r"json_set(settings, '$.rules.others', 'show')").await;
    let shown = app.lease(&app.volunteer().await, 1).await.remove(0);
    assert_eq!(shown["others"], json!([{"text": "from Bo"}, {"text": "from Anna"}]));
    app.change_settings(r"json_remove(settings, '$.rules.others')").await;
    let path = format!("/api/v1/answers/{}", mine["id"].as_str().unwrap());
    app.delete_as(&bo, &path).await.expect(204);
    app.change_settings(r"json_set(settings, '$.rules.others', 'show')").await;
    let shown = app.lease(&app.volunteer().await, 1).await.remove(0);
    assert_eq!(shown["others"], json!([{"text": "from Anna"}]));
}

#[tokio::test]
async fn a_large_image_comes_in_tiles() {
    let app = TestApp::start().await;
    let project = Project::new(json!([{"type": "image", "file": "large.png"}]))
        .file("large.png", picture(3100, 2100, ImageFormat::Png));
    project.taken(&app).await;
    let subject = handed_out(&app).await.remove(0)["subject"].clone();
    assert_eq!(whole(&app, &subject["picture"]).await, [640, 1280]);
    assert_eq!(walk(&app, &subject).await, [""; 0]);
}

/// Every tile that an app may ask for is there. Those whose picture has another size than was
/// asked for.
pub(crate) async fn walk(app: &TestApp, subject: &Value) -> Vec<String> {
    let mut odd = Vec::new();
    let tiles: domain::Tiles =
        serde_json::from_value(subject["tiles"].clone()).expect("as the test made it");
    let size: domain::Size =
        serde_json::from_value(subject["size"].clone()).expect("as the test made it");
    let last = *tiles.factors.last().expect("as the test made it");
    assert_eq!(tiles.grid(size, last), (1, 1), "the last factor is one tile");
    for factor in &tiles.factors {
        let (columns, rows) = tiles.grid(size, *factor);
        for (column, row) in (0..columns).flat_map(|c| (0..rows).map(move |r| (c, r))) {
            let (url, area) = tiles.at(size, *factor, column, row);
            let reply = app.get(&url).await.expect(200);
            assert!(reply.header("cache-control").contains("immutable"));
            let image = image::load_from_memory(&reply.bytes).expect("an image");
            let fits = |length: u32, shown: f64| {
                (f64::from(length) - (shown / f64::from(*factor)).ceil()).abs() < 0.5
            };
            if !fits(image.width(), area.width) || !fits(image.height(), area.height) {
                odd.push(url.trim_start_matches(&tiles.base).to_owned());
            }
        }
    }
    let info = app.get(&format!("{}/info.json", tiles.base)).await.expect(200).json();
    assert_eq!((&info["width"], &info["height"]), (&json!(size.width), &json!(size.height)));
    assert_eq!(info["tiles"][0]["scaleFactors"], json!(tiles.factors));
    for wrong in [
        "0,0,5,5/5,5/0/default.webp",
        "full/max/90/default.webp",
        "full/max/0/color.webp",
        "../x/0/default.webp",
    ] {
        app.get(&format!("{}/{wrong}", tiles.base)).await.problem(404, "not-found");
    }
    odd
}

#[tokio::test]
async fn a_hundred_megapixels_come_in_where_the_project_says_so() {
    let app = TestApp::start().await;
    let flat = image::GrayImage::from_pixel(10_000, 10_000, image::Luma([200]));
    let mut jpg = Cursor::new(Vec::new());
    flat.write_to(&mut jpg, ImageFormat::Jpeg).unwrap();
    drop(flat);
    let large = json!([{"type": "image", "file": "large.jpg"}]);
    let project = Project::new(large).file("large.jpg", jpg.into_inner());
    assert!(project.refused(&app).await.contains("50 million are taken"));
    project.set("largest_megapixels", json!(100)).taken(&app).await;
    let subject = handed_out(&app).await.remove(0)["subject"].clone();
    assert_eq!(subject["tiles"]["factors"], json!([1, 2, 4, 8, 16, 32]));
    whole(&app, &subject["picture"]).await;
    let base = subject["tiles"]["base"].as_str().unwrap();
    for tile in ["9728,9728,272,272/272,272", "8192,8192,1808,1808/452,452", "full/313,313"] {
        app.get(&format!("{base}/{tile}/0/default.webp")).await.expect(200);
    }
}
