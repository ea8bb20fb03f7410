//! A generated drive: pages with words in rows, as many as are wanted.

use std::{fmt::Write, io::Cursor, path::Path};

/// Words in a row of a generated page.
const ACROSS: u32 = 40;

/// The text and the image of a page with `words` words, called `word-0` and on;
/// every word is its own reading.
///
/// # Panics
/// Never: memory takes what is written.
pub fn page(words: u32) -> (String, Vec<u8>) {
    let rows = words.div_ceil(ACROSS);
    let (width, height) = (ACROSS * 40 + 40, rows * 24 + 40);
    let mut image = image::GrayImage::from_pixel(width, height, image::Luma([230]));
    let mut lines = String::new();
    for row in 0..rows {
        let y = 20 + row * 24;
        let _ = write!(
            lines,
            r#"<TextLine ID="l{row}" HPOS="20" VPOS="{y}" WIDTH="{}" HEIGHT="14">"#,
            ACROSS * 40 - 8
        );
        for word in row * ACROSS..((row + 1) * ACROSS).min(words) {
            let x = 20 + (word % ACROSS) * 40;
            // A bar stands for the word, so that no cut is blank.
            for (dx, dy) in (0..30).flat_map(|dx| (2..12).map(move |dy| (dx, dy))) {
                image.put_pixel(x + dx, y + dy, image::Luma([40]));
            }
            let confidence = f64::from(word % 90) / 100.0 + 0.05;
            let _ = write!(
                lines,
                r#"<String ID="w{word}" HPOS="{x}" VPOS="{y}" WIDTH="30" HEIGHT="14" CONTENT="word-{word}" WC="{confidence:.2}"/>"#
            );
        }
        lines.push_str("</TextLine>");
    }
    let text = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><MeasurementUnit>pixel</MeasurementUnit></Description><Layout><Page ID="p1" PHYSICAL_IMG_NR="1" WIDTH="{width}" HEIGHT="{height}"><PrintSpace HPOS="0" VPOS="0" WIDTH="{width}" HEIGHT="{height}"><TextBlock ID="b1" HPOS="20" VPOS="20" WIDTH="{}" HEIGHT="{}">{lines}</TextBlock></PrintSpace></Page></Layout></alto>"#,
        width - 40,
        height - 40
    );
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).expect("an image can be written");
    (text, bytes.into_inner())
}

/// Writes a project file with one page into a folder. Every word becomes a task.
///
/// # Panics
/// When the folder cannot be written to.
pub fn write(folder: &Path, slug: &str, words: u32) {
    let (text, image) = page(words);
    std::fs::write(folder.join("page.xml"), text).expect("the text is written");
    std::fs::write(folder.join("page.png"), image).expect("the image is written");
    let project = serde_json::json!({
        "slug": slug, "title": "Generated", "owner": {"name": "The tests"},
        "question": "What does it say?", "picking": {"which": "all"}, "warm_ups": [],
        "pages": [{"text": "page.xml", "image": "page.png", "label": "Page 1"}],
    });
    std::fs::write(folder.join("project.json"), project.to_string()).expect("it is written");
}
