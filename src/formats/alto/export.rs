//! Every ALTO file of a project, with what was agreed on put back.

use super::correct::{Correction, correct};
use crate::exports::{Export, ExportFile, Record, file_name, settled};
use crate::{Parsed, Rejected};
use domain::{Fault, Outcome};
use std::collections::HashSet;

/// One corrected file for each source that was ALTO, under its own name.
#[expect(clippy::unnecessary_wraps, reason = "what every format's line has")]
pub(super) fn write(export: &Export) -> Result<Parsed<Vec<ExportFile>>, Fault> {
    let mut files = Vec::new();
    let mut rejected = Vec::new();
    let mut names = HashSet::new();
    for (at, source) in export.sources.iter().enumerate() {
        if source.format != super::IMPORT.id {
            let reason = "It was not ALTO when it came, so it cannot go out as ALTO.".to_owned();
            rejected.push(Rejected { place: source.name.clone(), reason });
            continue;
        }
        let records: Vec<&Record> =
            export.records.iter().filter(|r| r.source == Some(at)).collect();
        let place = |key: &str| format!("{}#{key}", source.name);
        for record in &records {
            if settled(record) && record.outcome == Some(Outcome::NothingHere) {
                let reason = "Volunteers agree that nothing is here; the file's word was left in \
                              its place."
                    .to_owned();
                rejected.push(Rejected { place: place(&record.key), reason });
            }
        }
        let corrections: Vec<Correction> =
            records.iter().filter_map(|record| correction(record)).collect();
        match correct(&source.bytes, &corrections, &export.stamp) {
            Ok(corrected) => {
                let told = corrected.rejected.into_iter();
                rejected.extend(told.map(|one| Rejected { place: place(&one.place), ..one }));
                files.push(ExportFile {
                    name: file_name(&source.name, "xml", &mut names),
                    media_type: "application/xml",
                    bytes: corrected.parsed,
                });
            }
            Err(fault) => {
                rejected.push(Rejected { place: source.name.clone(), reason: fault.detail });
            }
        }
    }
    Ok(Parsed { parsed: files, rejected })
}

fn correction(record: &Record) -> Option<Correction> {
    let text = record.text.clone().filter(|_| settled(record))?;
    Some(Correction { key: record.key.clone(), text, agreement: record.agreement })
}
