//! CSVs, and files that are sent without texts.

use crate::app::TestApp;
use crate::subjects::{Project, handed_out, picture, wav};
use image::ImageFormat;
use serde_json::{Value, json};
use server::Role;

fn jpg() -> Vec<u8> {
    picture(60, 40, ImageFormat::Jpeg)
}

#[tokio::test]
async fn every_row_is_a_subject_and_a_bad_one_says_why() {
    let app = TestApp::start().await;
    let table = json!({"type": "csv", "file": "rows.csv",
        "columns": {"file": "photo", "id": "nr", "text": "claim"}, "facts": ["Place", "Date"]});
    let project = Project::new(json!([table]))
        .file(
            "rows.csv",
            "nr,photo,claim,Place,Date\n1,a.jpg,Burning?,Åbo,1863\n2,gone.jpg,,,\n3,../a.jpg,,,\n4,,,,\n5,a.jpg\n",
        )
        .file("a.jpg", jpg());
    let report = project.import(&app).await.unwrap();
    assert_eq!(report["subjects"], 1, "{report}");
    let told = |place: &str| {
        let all = report["refused"].as_array().unwrap();
        let one = all.iter().find(|one| one["place"].as_str().unwrap().contains(place));
        one.unwrap_or_else(|| panic!("{place}: {report}"))["reason"].as_str().unwrap()
    };
    assert!(told("2").contains("gone.jpg cannot be read"));
    assert!(told("3").contains("outside"));
    assert!(told("rows.csv#4").contains("no image"));
    assert!(told("row 5").contains("2 cells"));
    let task = handed_out(&app).await.remove(0);
    assert_eq!(task["text"], "Burning?");
    assert_eq!(
        task["facts"],
        json!([{"name": "Place", "value": "Åbo"}, {"name": "Date", "value": "1863"}])
    );
}

#[tokio::test]
async fn a_table_without_its_column_is_refused() {
    let app = TestApp::start().await;
    for (columns, csv, said) in [
        (json!({"file": "foto"}), "photo\na.jpg\n", "“foto”"),
        (json!({}), "a,b\n1,2\n", "“file” or “text”"),
        (json!({"colour": "x"}), "a\n1\n", "`colour`"),
        (json!({"file": "a"}), "", "empty"),
        (json!({"file": "a"}), "a,a\n1,2\n", "Two columns"),
    ] {
        let table = json!({"type": "csv", "file": "rows.csv", "columns": columns});
        let told = Project::new(json!([table])).file("rows.csv", csv).refused(&app).await;
        assert!(told.contains(said), "{told}");
    }
    let latin = Project::new(json!([{"type": "csv", "file": "rows.csv"}]))
        .file("rows.csv", b"text\n\xc5bo\n");
    assert!(latin.refused(&app).await.contains("UTF-8"));
}

#[tokio::test]
async fn files_without_texts_are_subjects_through_the_front_door() {
    let app = TestApp::start().await;
    let owner = app.member("owner", Role::Owner, &[]).await;
    app.project(&owner, "drive", json!({})).await;
    let files =
        vec![("b.jpg", jpg()), ("sub/a.png", picture(9, 9, ImageFormat::Png)), ("c.wav", wav())];
    let state = app.import(&owner, "drive", files).await;
    assert_eq!(
        (&state["state"], &state["report"]["subjects"]),
        (&json!("done"), &json!(3)),
        "{state}"
    );
    let csv = b"id,file,Place\nno 1,d.jpg,Turku\nno 2,e.jpg,\n".to_vec();
    let files = vec![("rows.csv", csv), ("d.jpg", picture(50, 50, ImageFormat::Jpeg))];
    let state = app.import(&owner, "drive", files).await;
    assert_eq!(state["report"]["subjects"], 1, "{state}");
    let reason = state["report"]["refused"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("e.jpg") && reason.contains("Send it along"), "{reason}");
    let csv = app.get_as(&owner, "/api/v1/projects/drive/exports/csv").await.expect(200).text();
    for id in [",b.jpg,", ",a.png,", ",c.wav,", ",no 1,"] {
        assert!(csv.contains(id), "{csv}");
    }
    // The same again, and what is nothing at all.
    let again = app.import(&owner, "drive", vec![("b.jpg", jpg())]).await;
    assert_eq!(again["state"], "failed", "{again}");
    let nothing = app.import(&owner, "drive", vec![("x.bin", b"???".to_vec())]).await;
    let told: &Value = &nothing["report"]["refused"][0]["reason"];
    assert!(told.as_str().unwrap().contains("Export it as JPEG"), "{told}");
}
