//! Small files that hold what real ones do.

mod broken;
mod corrected;
mod lines;
mod reads;
mod round;

use crate::{Line, Scan, Stamp, Word};
use time::macros::datetime;

/// A file of one page of 1000 by 800 with this root and description and these blocks.
fn file(root: &str, description: &str, page: &str) -> String {
    let name = root.split_whitespace().next().unwrap_or_default();
    let p = name.strip_suffix("alto").unwrap_or_default();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root}>{description}\n  <{p}Layout>\n    \
         <{p}Page ID=\"p\" PHYSICAL_IMG_NR=\"1\" WIDTH=\"1000\" HEIGHT=\"800\">{page}</{p}Page>\n  \
         </{p}Layout>\n</{name}>\n"
    )
}

const V2: &str = "alto xmlns=\"http://www.loc.gov/standards/alto/ns-v2#\"";
const V3: &str = "alto xmlns=\"http://www.loc.gov/standards/alto/ns-v3#\"";
const V4: &str = "alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\"";
const PIXELS: &str =
    "\n  <Description>\n    <MeasurementUnit>pixel</MeasurementUnit>\n  </Description>";

/// A page with these words in one line, `w1` and so on; each is its attributes.
fn one_line(words: &[&str]) -> String {
    let words: String = words
        .iter()
        .enumerate()
        .map(|(at, word)| {
            let (id, x) = (at + 1, at * 100);
            format!(
                "<String ID=\"w{id}\" HPOS=\"{x}\" VPOS=\"10\" WIDTH=\"80\" HEIGHT=\"20\" {word}/>"
            )
        })
        .collect::<Vec<_>>()
        .join("<SP/>");
    format!(
        "<PrintSpace><TextBlock ID=\"b\"><TextLine ID=\"l\" HPOS=\"0\" VPOS=\"10\" WIDTH=\"900\" \
         HEIGHT=\"20\">{words}</TextLine></TextBlock></PrintSpace>"
    )
}

fn read(text: &str) -> Scan {
    super::read(text.as_bytes(), None).unwrap().parsed
}

fn lines(scan: &Scan) -> Vec<&Line> {
    scan.pages.iter().flat_map(|page| &page.blocks).flat_map(|block| &block.lines).collect()
}

fn words(scan: &Scan) -> Vec<&Word> {
    lines(scan).into_iter().flat_map(|line| &line.words).collect()
}

fn stamp() -> Stamp {
    Stamp { version: "0.1.0".to_owned(), at: datetime!(2026-11-22 13:14:15.678 +02:00) }
}
