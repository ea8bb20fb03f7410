//! Which formats can be written: one line for each.

use crate::{Parsed, Unit, alto, csv, json, text};
use domain::{Fault, OffsetDateTime, Outcome, Status};
use serde_json::Value;

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
    /// Which of the sources it came from.
    pub source: Option<usize>,
    /// The word's or line's key within its source.
    pub key: String,
    /// Whether the key names a word or a line.
    pub unit: Unit,
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
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique() {
        for id in IDS {
            assert_eq!(IDS.iter().filter(|other| **other == id).count(), 1, "{id}");
        }
    }
}
