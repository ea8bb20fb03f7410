//! PDFs: every page is an image.

use crate::app::TestApp;
use crate::subjects::{Project, handed_out, whole};
use serde_json::json;
use server::Role;
use std::fmt::Write;

/// A PDF with pages of 200 by 100 points; each has a black square in its lower left corner.
fn pdf(pages: usize, trailer: &str) -> Vec<u8> {
    let mut text = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    let mut object = |text: &mut String, body: &str| {
        places.push(text.len());
        let _ = writeln!(text, "{} 0 obj\n{body}\nendobj", places.len());
    };
    object(&mut text, "<< /Type /Catalog /Pages 2 0 R >>");
    let kids: Vec<_> = (0..pages).map(|at| format!("{} 0 R", 4 + at)).collect();
    object(&mut text, &format!("<< /Type /Pages /Count {pages} /Kids [{}] >>", kids.join(" ")));
    let drawn = "0 0 0 rg 0 0 50 50 re f";
    object(&mut text, &format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()));
    for _ in 0..pages {
        object(
            &mut text,
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 3 0 R /Resources << >> >>",
        );
    }
    let (start, size) = (text.len(), places.len() + 1);
    let _ = writeln!(text, "xref\n0 {size}\n0000000000 65535 f ");
    for place in &places {
        let _ = writeln!(text, "{place:010} 00000 n ");
    }
    let _ = writeln!(
        text,
        "trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF"
    );
    text.into_bytes()
}

#[tokio::test]
async fn every_page_is_a_subject() {
    let app = TestApp::start().await;
    let subject = json!({"type": "pdf", "file": "x.pdf", "dpi": 144, "note": "Graves"});
    let project = Project::new(json!([subject])).file("x.pdf", pdf(3, ""));
    assert_eq!(project.taken(&app).await["subjects"], 3);
    let team = app.member("owner", Role::Owner, &[]).await;
    let csv = app.get_as(&team, "/api/v1/projects/drive/exports/csv").await.expect(200).text();
    for id in ["x.pdf#1", "x.pdf#2", "x.pdf#3"] {
        assert!(csv.contains(id), "{csv}");
    }
    let task = handed_out(&app).await.remove(0);
    assert_eq!(task["note"], "Graves");
    assert_eq!(task["subject"]["size"], json!({"width": 400, "height": 200}));
    whole(&app, &task["subject"]["picture"]).await;
    let url = task["subject"]["picture"]["sources"][0]["url"].as_str().unwrap();
    let image = image::load_from_memory(&app.get(url).await.bytes).unwrap().to_luma8();
    assert!(image.get_pixel(20, 180).0[0] < 40, "black in the lower left");
    assert!(image.get_pixel(300, 40).0[0] > 215, "white elsewhere");
    // The same again brings nothing.
    let again = project.import(&app).await.unwrap();
    assert_eq!((&again["subjects"], again["refused"].as_array().unwrap().len()), (&json!(0), 3));
}

#[tokio::test]
async fn pdfs_that_cannot_be_taken_say_why() {
    let app = TestApp::start().await;
    let locked = "/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 \
        /O <2055C756C72E1AD702608E8196ACAD447AD32D17CFF583235F6DD15FED7DAB67> \
        /U <2055C756C72E1AD702608E8196ACAD447AD32D17CFF583235F6DD15FED7DAB67> >> \
        /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]";
    for (bytes, change, said) in [
        (pdf(201, ""), json!({}), "201 pages"),
        (pdf(1, locked), json!({}), "password"),
        (b"%PDF-1.4 and nothing else".to_vec(), json!({}), "cannot be read"),
        (b"no PDF at all".to_vec(), json!({}), "no PDF"),
        (Vec::new(), json!({}), "no PDF"),
        (pdf(1, ""), json!({"dpi": 601}), "36 to 600"),
        (pdf(1, ""), json!({"pages": 1}), "`pages`"),
    ] {
        let mut subject = json!({"type": "pdf", "file": "x.pdf"});
        for (key, value) in change.as_object().unwrap() {
            subject[key] = value.clone();
        }
        let told = Project::new(json!([subject])).file("x.pdf", bytes).refused(&app).await;
        assert!(told.contains(said), "{told}");
    }
    let small = Project::new(json!([{"type": "pdf", "file": "x.pdf", "dpi": 600}]))
        .set("largest_megapixels", json!(1))
        .file("x.pdf", pdf(1, ""));
    assert!(small.refused(&app).await.contains("smaller “dpi”"));
}

#[tokio::test]
async fn a_pdf_that_breaks_off_anywhere_harms_nobody() {
    let app = TestApp::start().await;
    let good = pdf(2, "");
    for at in (0..good.len()).step_by(good.len() / 12) {
        let mut broken = good[..at].to_vec();
        broken.extend(vec![b'<'; 40]);
        let project = Project::new(json!([{"type": "pdf", "file": "x.pdf"}])).file("x.pdf", broken);
        let report = project.import(&app).await.unwrap();
        let count = report["subjects"].as_u64().unwrap();
        assert!(count > 0 || !report["refused"].as_array().unwrap().is_empty(), "{report}");
    }
    app.get("/healthz").await.expect(200);
}
