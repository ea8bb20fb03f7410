//! The page's ALTO, as an OCR would have written it, and what is right.

use super::Made;
use super::chance::Chance;
use super::compose::{Half, Word};
use super::misread::{self, Reading};
use super::sheet::Bounds;
use serde_json::{Map, Value};
use std::fmt::Write;

/// An ALTO with its figures.
pub(super) struct Written {
    pub(super) text: String,
    /// The right text of every word by its id.
    pub(super) truth: Map<String, Value>,
    pub(super) words: usize,
    pub(super) wrong: usize,
    /// Wrong, and with a confidence above 0.8.
    pub(super) hidden: usize,
}

/// Writes the ALTO of a page whose files are called `name`.
pub(super) fn write(page: &Made, name: &str, seed: u64) -> Written {
    let mut chance = Chance::new(seed);
    let scan = &page.scan;
    let mut done =
        Written { text: head(name, page), truth: Map::new(), words: 0, wrong: 0, hidden: 0 };
    let words: Vec<&Word> =
        page.composed.blocks.iter().flat_map(|b| b.lines.iter().flatten()).collect();
    let readings: Vec<Reading> = words
        .iter()
        .map(|word| misread::read(&word.text, scan.damage(scan.place(word.bounds)), &mut chance))
        .collect();
    let mut at = 0;
    for (b, block) in page.composed.blocks.iter().enumerate() {
        let Some(area) = bounds(block.lines.iter().flatten()) else { continue };
        let id = format!("{name}_b{}", b + 1);
        line(
            &mut done.text,
            8,
            &format!("<TextBlock ID=\"{id}\"{} LANG=\"de\">", place(scan.place(area))),
        );
        for (l, words) in block.lines.iter().enumerate() {
            let Some(area) = bounds(words.iter()) else { continue };
            let id = format!("{id}_l{}", l + 1);
            line(&mut done.text, 10, &format!("<TextLine ID=\"{id}\"{}>", place(scan.place(area))));
            for (w, word) in words.iter().enumerate() {
                let key = format!("{id}_w{}", w + 1);
                let read = &readings[at];
                if w > 0 {
                    blank(&mut done.text, scan.place(words[w - 1].bounds), scan.place(word.bounds));
                }
                let whole = match &word.half {
                    None => None,
                    Some(Half::First(..)) => {
                        let after = readings.get(at + 1).map_or("", |next| next.text.as_str());
                        Some(("HypPart1", format!("{}{after}", read.text)))
                    }
                    Some(Half::Second) => {
                        let before = at.checked_sub(1).map_or("", |i| readings[i].text.as_str());
                        Some(("HypPart2", format!("{before}{}", read.text)))
                    }
                };
                string(&mut done.text, &key, scan.place(word.bounds), read, whole);
                if let Some(Half::First(hyphen)) = &word.half {
                    let area = place(scan.place(*hyphen));
                    line(
                        &mut done.text,
                        12,
                        &format!("<HYP{} CONTENT=\"⸗\"/>", without_height(&area)),
                    );
                }
                done.words += 1;
                if read.text != word.text {
                    done.wrong += 1;
                    done.hidden += usize::from(read.confidence > 0.8);
                }
                done.truth.insert(key, word.text.clone().into());
                at += 1;
            }
            line(&mut done.text, 10, "</TextLine>");
        }
        line(&mut done.text, 8, "</TextBlock>");
    }
    noise(&mut done.text, name, page);
    done.text += "      </PrintSpace>\n    </Page>\n  </Layout>\n</alto>\n";
    done
}

fn head(name: &str, page: &Made) -> String {
    let (width, height) = page.scan.image.dimensions();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" SCHEMAVERSION="4.3">
  <Description>
    <MeasurementUnit>pixel</MeasurementUnit>
    <sourceImageInformation>
      <fileName>{name}.jpg</fileName>
    </sourceImageInformation>
    <Processing ID="{name}_ocr">
      <processingStepDescription>typeset, aged and misread on purpose</processingStepDescription>
      <processingSoftware>
        <softwareCreator>Talkoot</softwareCreator>
        <softwareName>cargo dev sample</softwareName>
        <softwareVersion>{version}</softwareVersion>
      </processingSoftware>
    </Processing>
  </Description>
  <Layout>
    <Page ID="{name}" PHYSICAL_IMG_NR="1" WIDTH="{width}" HEIGHT="{height}">
      <PrintSpace HPOS="0" VPOS="0" WIDTH="{width}" HEIGHT="{height}">
"#,
        version = env!("CARGO_PKG_VERSION"),
    )
}

/// What every OCR finds where there is no text: a blank word as large as the
/// vignette, and one along a rule, both very sure of themselves.
fn noise(text: &mut String, name: &str, page: &Made) {
    let head = page.composed.head;
    let rule = Bounds { l: head.l, t: head.b - 4.0, r: head.r, b: head.b + 16.0 };
    let spots = page.composed.vignette.into_iter().chain([rule]);
    for (at, spot) in spots.enumerate() {
        let id = format!("{name}_n{}", at + 1);
        let area = place(page.scan.place(spot));
        line(text, 8, &format!("<TextBlock ID=\"{id}\"{area}>"));
        line(text, 10, &format!("<TextLine ID=\"{id}_l1\"{area}>"));
        line(text, 12, &format!("<String ID=\"{id}_w1\"{area} CONTENT=\" \" WC=\"0.95\"/>"));
        line(text, 10, "</TextLine>");
        line(text, 8, "</TextBlock>");
    }
}

fn string(text: &mut String, id: &str, at: Bounds, read: &Reading, whole: Option<(&str, String)>) {
    let half = whole.map_or(String::new(), |(part, whole)| {
        format!(" SUBS_TYPE=\"{part}\" SUBS_CONTENT=\"{}\"", escaped(&whole))
    });
    let content = escaped(&read.text);
    let row = format!(
        "<String ID=\"{id}\"{} CONTENT=\"{content}\"{half} WC=\"{:.2}\"/>",
        place(at),
        read.confidence
    );
    line(text, 12, &row);
}

fn blank(text: &mut String, before: Bounds, after: Bounds) {
    let width = (after.l - before.r).max(0.0);
    line(text, 12, &format!("<SP HPOS=\"{}\" VPOS=\"{}\" WIDTH=\"{width}\"/>", before.r, before.t));
}

fn bounds<'w>(words: impl Iterator<Item = &'w Word>) -> Option<Bounds> {
    let boxes = words.flat_map(|word| match &word.half {
        Some(Half::First(hyphen)) => vec![word.bounds, *hyphen],
        _ => vec![word.bounds],
    });
    boxes.reduce(Bounds::with)
}

fn place(b: Bounds) -> String {
    format!(" HPOS=\"{}\" VPOS=\"{}\" WIDTH=\"{}\" HEIGHT=\"{}\"", b.l, b.t, b.r - b.l, b.b - b.t)
}

/// HYP has no height in the standard.
fn without_height(area: &str) -> &str {
    area.split_once(" HEIGHT").map_or(area, |(before, _)| before)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn line(text: &mut String, indent: usize, row: &str) {
    let _ = writeln!(text, "{:indent$}{row}", "");
}
