//! Which formats can be written: one line for each.

use crate::{Parsed, Unit, alto, csv, json, text};
use domain::{Fault, OffsetDateTime, Outcome, Status, TilePlace};
use serde_json::Value;
use std::collections::HashSet;
use time::UtcOffset;
use time::format_description::well_known::Rfc3339;

/// A format that can be written.
#[derive(Clone, Copy, Debug)]
pub struct ExportFormat {
    /// Its wire name. Never changes.
    pub id: &'static str,
    /// Writes all of a project; what could not be put into the format is told.
    pub write: fn(export: &Export) -> Result<Parsed<Vec<ExportFile>>, Fault>,
}

/// Every format that can be written.
pub const ALL: &[ExportFormat] = &[alto::EXPORT, csv::EXPORT, json::EXPORT, text::EXPORT];

/// The wire names of [`ALL`].
pub const IDS: [&str; ALL.len()] = {
    let mut ids = [""; ALL.len()];
    let mut at = 0;
    while at < ALL.len() {
        ids[at] = ALL[at].id;
        at += 1;
    }
    ids
};

/// Writes a project in the format called `format`.
pub fn write(format: &str, export: &Export) -> Result<Parsed<Vec<ExportFile>>, Fault> {
    let Some(found) = ALL.iter().find(|one| one.id == format) else {
        return Err(Fault::new(
            "unknown-format",
            format!("There is no export called “{format}”; there are: {}.", IDS.join(", ")),
        ));
    };
    (found.write)(export)
}

/// Whether a record's word stands: volunteers agree, or a team member has decided.
pub(crate) fn settled(record: &Record) -> bool {
    matches!(record.status, Status::Agreed | Status::Reviewed)
}

/// A file name of a source's: without folders, with this ending, numbered where it is taken.
pub(crate) fn file_name(source: &str, ending: &str, taken: &mut HashSet<String>) -> String {
    let base = source.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    let stem = if stem.is_empty() { "page" } else { stem };
    let mut free = format!("{stem}.{ending}");
    let mut number = 2;
    while !taken.insert(free.to_lowercase()) {
        free = format!("{stem}-{number}.{ending}");
        number += 1;
    }
    free
}

/// A time in UTC by RFC 3339, to the millisecond at most.
pub(crate) fn moment(at: OffsetDateTime) -> String {
    let at = at.to_offset(UtcOffset::UTC);
    let at = at.replace_nanosecond(at.nanosecond() / 1_000_000 * 1_000_000).unwrap_or(at);
    at.format(&Rfc3339).unwrap_or_default()
}

/// All that a project's exports are made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// The project's name for people.
    pub title: String,
    /// The project's name in addresses; file names begin with it.
    pub slug: String,
    /// BCP 47 tag of the material's language.
    pub language: String,
    /// The files that tasks were made from, in the order of their pages.
    pub sources: Vec<Source>,
    /// One for each task.
    pub records: Vec<Record>,
    /// Every answer as it was stored.
    pub answers: Vec<RawAnswer>,
    /// Who wrote the export, and when.
    pub stamp: Stamp,
    /// For CSV: put `'` before cells that a spreadsheet would take for a formula. Such a file is
    /// safe to open there, and no longer says exactly what was typed.
    pub spreadsheet_safe: bool,
}

/// A file that tasks were made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name, as it was sent.
    pub name: String,
    /// The id of the import that read it, such as `alto`.
    pub format: String,
    /// What was sent, to the byte.
    pub bytes: Vec<u8>,
}

/// A task and what its answers agree on.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The task's UUID.
    pub task: String,
    /// The team's own name for what was asked about, such as `page_12.xml#string_4`.
    pub external_id: String,
    /// Where on the map a map tile is.
    pub tile: Option<TilePlace>,
    /// Which of the sources it came from.
    pub source: Option<usize>,
    /// The word's or line's key within its source.
    pub key: String,
    /// Whether the key names a word or a line of a source; `None` where it is no part of one.
    pub unit: Option<Unit>,
    /// What the OCR had read.
    pub ocr: Option<String>,
    /// The agreed value as one line of text, where it is text. Set only when the status is
    /// agreed or reviewed.
    pub text: Option<String>,
    /// The agreed value, of the task's kind.
    pub value: Option<Value>,
    /// The agreed outcome, where no value was agreed on.
    pub outcome: Option<Outcome>,
    /// Where the task stands.
    pub status: Status,
    /// 0 to 1.
    pub agreement: f64,
    /// How many answers count.
    pub answers: u32,
}

/// One stored answer.
#[derive(Clone, Debug, PartialEq)]
pub struct RawAnswer {
    /// The answer's UUID.
    pub id: String,
    /// The task's UUID.
    pub task: String,
    /// The team's own name for what was asked about.
    pub external_id: String,
    /// Where on the map a map tile is.
    pub tile: Option<TilePlace>,
    /// Who gave it: a name that is the same within the project and means nothing outside it.
    pub volunteer: String,
    /// The value as it was stored, of the task's kind.
    pub value: Option<Value>,
    /// The value as one line of text, where it is text.
    pub text: Option<String>,
    /// What was said instead of a value.
    pub outcome: Option<Outcome>,
    /// The game layer that was on.
    pub layer: Option<String>,
    /// Seconds from first paint to answer.
    pub seconds: f64,
    /// How often the keyboard replaced what had been typed.
    pub corrections: u32,
    /// When it was stored, in UTC.
    pub stored_at: OffsetDateTime,
}

/// Who writes an export, and when: the clock is the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Talkoot's version.
    pub version: String,
    /// Now.
    pub at: OffsetDateTime,
}

/// One file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportFile {
    /// A file name without folders, unique within its export.
    pub name: String,
    /// Such as `text/csv; charset=utf-8`.
    pub media_type: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use time::macros::datetime;

    const PAGE: &str = "<alto xmlns=\"http://www.loc.gov/standards/alto/ns-v3#\"><Layout><Page>\
        <TextBlock><TextLine ID=\"l1\"><String ID=\"w1\" CONTENT=\"dcr\"/><SP/><String ID=\"w2\" \
        CONTENT=\"er\"/><HYP CONTENT=\"-\"/></TextLine><TextLine ID=\"l2\"><String ID=\"w3\" \
        CONTENT=\"ste\"/><SP/><String ID=\"w4\" CONTENT=\"~i\"/></TextLine></TextBlock><TextBlock>\
        <TextLine ID=\"l3\"><String ID=\"w5\" CONTENT=\"Ta\"/><String ID=\"w6\" CONTENT=\"g,\"/>\
        </TextLine></TextBlock></Page></Layout></alto>";

    /// A small project: two pages of one text, some words agreed, some not.
    pub(crate) fn sample() -> Export {
        let source = |name: &str, format: &str| Source {
            name: name.to_owned(),
            format: format.to_owned(),
            bytes: PAGE.as_bytes().to_vec(),
        };
        let record = |key: &str, text: Option<&str>, status| Record {
            task: format!("task-{key}"),
            external_id: format!("a.xml#{key}"),
            tile: None,
            source: Some(0),
            key: key.to_owned(),
            unit: Some(Unit::Word),
            ocr: Some("old".to_owned()),
            text: text.map(str::to_owned),
            value: text.map(|text| serde_json::json!({ "text": text })),
            outcome: None,
            status,
            agreement: 1.0,
            answers: 2,
        };
        let nothing =
            Record { outcome: Some(Outcome::NothingHere), ..record("w4", None, Status::Agreed) };
        let line = Record {
            unit: Some(Unit::Line),
            ..record("l3", Some("Tag, \"ja\""), Status::Reviewed)
        };
        let answer = RawAnswer {
            id: "answer-1".to_owned(),
            task: "task-w1".to_owned(),
            external_id: "a.xml#w1".to_owned(),
            tile: None,
            volunteer: "v1".to_owned(),
            value: Some(serde_json::json!({ "text": "=der" })),
            text: Some("=der".to_owned()),
            outcome: None,
            layer: Some("goal".to_owned()),
            seconds: 2.5,
            corrections: 1,
            stored_at: datetime!(2026-11-22 13:14:15.678912 +02:00),
        };
        Export {
            title: "A project".to_owned(),
            slug: "a-project".to_owned(),
            language: "de".to_owned(),
            sources: vec![
                source("scans\\a.xml", "alto"),
                source("a.xml", "alto"),
                source("b", "hocr"),
            ],
            records: vec![
                record("w1", Some("der"), Status::Agreed),
                record("w2", None, Status::Contentious),
                record("w3", Some("not yet"), Status::Open),
                nothing,
                line,
            ],
            answers: vec![answer],
            stamp: Stamp { version: "0.1.0".to_owned(), at: datetime!(2026-11-22 13:14:15 UTC) },
            spreadsheet_safe: false,
        }
    }

    #[test]
    fn every_format_writes_a_project_under_names_of_its_own() {
        for id in IDS {
            let files = write(id, &sample()).unwrap().parsed;
            assert!(!files.is_empty(), "{id}");
            for file in &files {
                assert!(!file.name.contains(['/', '\\']), "{id}: {}", file.name);
                assert_eq!(files.iter().filter(|other| other.name == file.name).count(), 1);
                assert!(!file.bytes.is_empty());
            }
        }
        assert!(write("docx", &sample()).unwrap_err().detail.contains("alto, csv, json, txt"));
    }

    #[test]
    fn alto_takes_what_is_settled_and_tells_the_rest() {
        let written = write("alto", &sample()).unwrap();
        let names: Vec<_> = written.parsed.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["a.xml", "a-2.xml"]);
        let first = String::from_utf8(written.parsed[0].bytes.clone()).unwrap();
        assert!(first.contains("CONTENT=\"der\" WC=\"1\" CS=\"true\""), "{first}");
        assert!(first.contains("CONTENT=\"Tag,\"") && first.contains("ja"), "{first}");
        assert!(!first.contains("not yet"));
        let second = String::from_utf8(written.parsed[1].bytes.clone()).unwrap();
        assert!(!second.contains("CS="));
        let told: Vec<_> = written.rejected.iter().map(|one| one.place.as_str()).collect();
        assert_eq!(told, ["scans\\a.xml#w4", "b"]);
    }

    #[test]
    fn ids_are_unique() {
        for id in IDS {
            assert_eq!(IDS.iter().filter(|other| **other == id).count(), 1, "{id}");
        }
    }
}
