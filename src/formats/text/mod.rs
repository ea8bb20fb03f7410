//! Plain text: what stands on each page, as far as anybody knows.
//!
//! Lines break where they break on the page, and a divided word stays divided with its hyphen;
//! an empty line parts blocks, two part pages. Words and lines that were agreed on stand in place
//! of what the OCR had read; where volunteers agree that nothing is there, nothing stands.
//! What was agreed on of subjects that are no part of a page stands in a file of its own, each
//! under the team's own name for it.

use crate::exports::{Export, ExportFile, ExportFormat, Record, file_name, settled};
use crate::{Line, Page, Parsed, Rejected, Scan, imports};
use domain::{Fault, Outcome};
use std::collections::{HashMap, HashSet};

/// The line of [`crate::exports::ALL`].
pub(crate) const EXPORT: ExportFormat = ExportFormat { id: "txt", write };

#[expect(clippy::unnecessary_wraps, reason = "what every format's line has")]
fn write(export: &Export) -> Result<Parsed<Vec<ExportFile>>, Fault> {
    let mut files = Vec::new();
    let mut rejected = Vec::new();
    let mut names = HashSet::new();
    for (at, source) in export.sources.iter().enumerate() {
        let records = export.records.iter().filter(|record| record.source == Some(at));
        let said: HashMap<&str, Said> =
            records.filter_map(|record| Some((record.key.as_str(), said(record)?))).collect();
        let read = imports::by_id(&source.format).map(|import| (import.read)(&source.bytes, None));
        match read {
            Some(Ok(read)) => files.push(ExportFile {
                name: file_name(&source.name, "txt", &mut names),
                media_type: "text/plain; charset=utf-8",
                bytes: text(&read.parsed, &said).into_bytes(),
            }),
            Some(Err(fault)) => {
                rejected.push(Rejected { place: source.name.clone(), reason: fault.detail });
            }
            None => {
                let reason = format!("There is no reader called “{}” any more.", source.format);
                rejected.push(Rejected { place: source.name.clone(), reason });
            }
        }
    }
    let alone: Vec<String> = export.records.iter().filter_map(of_subject).collect();
    if !alone.is_empty() {
        files.push(ExportFile {
            name: file_name(&export.slug, "txt", &mut names),
            media_type: "text/plain; charset=utf-8",
            bytes: alone.join("\n").into_bytes(),
        });
    }
    Ok(Parsed { parsed: files, rejected })
}

/// A subject's name and what was agreed on, where that is text.
fn of_subject(record: &Record) -> Option<String> {
    let text = record.text.as_ref().filter(|_| record.source.is_none() && settled(record))?;
    Some([&record.external_id, "\n", text.trim_end(), "\n"].concat())
}

/// What is known of a word or line.
enum Said<'a> {
    Text(&'a str),
    Nothing,
}

fn said(record: &Record) -> Option<Said<'_>> {
    match (&record.text, record.outcome) {
        _ if !settled(record) => None,
        (Some(text), _) => Some(Said::Text(text)),
        (None, Some(Outcome::NothingHere)) => Some(Said::Nothing),
        (None, _) => None,
    }
}

fn text(scan: &Scan, said: &HashMap<&str, Said>) -> String {
    let pages = scan.pages.iter().map(|page| page_text(page, said));
    let pages: Vec<String> = pages.filter(|page| !page.is_empty()).collect();
    pages.join("\n\n")
}

fn page_text(page: &Page, said: &HashMap<&str, Said>) -> String {
    let blocks = page.blocks.iter().map(|block| {
        let lines = block.lines.iter().map(|line| line_text(line, said));
        lines.filter(|line| !line.is_empty()).map(|line| line + "\n").collect::<String>()
    });
    blocks.filter(|block| !block.is_empty()).collect::<Vec<_>>().join("\n")
}

fn line_text(line: &Line, said: &HashMap<&str, Said>) -> String {
    match said.get(line.key.as_str()) {
        Some(Said::Text(text)) => return (*text).to_owned(),
        Some(Said::Nothing) => return String::new(),
        None => {}
    }
    let mut line = line.clone();
    for word in &mut line.words {
        match said.get(word.key.as_str()) {
            Some(Said::Text(text)) => (*text).clone_into(&mut word.text),
            Some(Said::Nothing) => word.text.clear(),
            None => {}
        }
    }
    line.text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::tests::sample;

    #[test]
    fn agreed_words_and_lines_stand_in_the_text() {
        let written = write(&sample()).unwrap();
        let files: Vec<_> = written
            .parsed
            .iter()
            .map(|file| (file.name.as_str(), String::from_utf8(file.bytes.clone()).unwrap()))
            .collect();
        assert_eq!(files[0], ("a.txt", "der er-\nste\n\nTag, \"ja\"\n".to_owned()));
        assert_eq!(files[1], ("a-2.txt", "dcr er-\nste ~i\n\nTag,\n".to_owned()));
        assert_eq!(written.rejected.len(), 1);
    }

    #[test]
    fn subjects_of_no_page_stand_under_their_names() {
        let mut export = sample();
        for record in &mut export.records {
            (record.source, record.unit) = (None, None);
        }
        let written = write(&export).unwrap().parsed;
        let last = written.last().unwrap();
        assert_eq!(last.name, "a-project.txt");
        let text = String::from_utf8(last.bytes.clone()).unwrap();
        assert_eq!(text, "a.xml#w1\nder\n\na.xml#l3\nTag, \"ja\"\n");
    }
}
