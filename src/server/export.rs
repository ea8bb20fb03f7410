//! Exports: everything of a project, written in a format.

use crate::{
    error::{Error, Result},
    registry::Live,
    store::{AnswerRow, Store},
};
use domain::OffsetDateTime;
use formats::{Export, ExportFile, Parsed, RawAnswer, Record, Source, Stamp, Unit, exports};
use std::collections::HashMap;
use std::io::Write;
use uuid::Uuid;

/// Writes a project in a format.
pub(crate) async fn write(
    store: &Store,
    live: &Live,
    format: &str,
    spreadsheet_safe: bool,
    now: OffsetDateTime,
) -> Result<Parsed<Vec<ExportFile>>> {
    if !exports::IDS.contains(&format) {
        return Err(Error::NotFound("export format"));
    }
    let export = gather(store, live, spreadsheet_safe, now).await?;
    let format = format.to_owned();
    tokio::task::spawn_blocking(move || exports::write(&format, &export))
        .await
        .map_err(Error::internal)?
        .map_err(Error::from)
}

async fn gather(
    store: &Store,
    live: &Live,
    spreadsheet_safe: bool,
    now: OffsetDateTime,
) -> Result<Export> {
    let project = live.id.0;
    let settings = live.settings();
    let pages = store.pages(project).await?;
    let at: HashMap<Uuid, (usize, Unit)> =
        pages.iter().enumerate().map(|(at, page)| (page.id, (at, page.unit))).collect();
    let plain = |value: &serde_json::Value| kinds::plain(&settings.kind, value).ok();
    let records = store
        .all_results(project)
        .await?
        .into_iter()
        .map(|row| {
            let place = row.page.and_then(|page| at.get(&page));
            Record {
                task: row.record.task.to_string(),
                external_id: row.record.external_id,
                tile: row.record.tile,
                source: place.map(|(at, _)| *at),
                key: row.key,
                unit: place.map(|(_, unit)| *unit),
                ocr: row.ocr,
                text: row.record.value.as_ref().and_then(plain),
                value: row.record.value,
                outcome: row.record.outcome,
                status: row.record.status,
                agreement: row.record.agreement,
                answers: row.record.answers,
            }
        })
        .collect();
    let mut answers = Vec::new();
    let mut after = Uuid::nil();
    loop {
        let step = store.answers(project, after).await?;
        let Some(last) = step.last() else { break };
        after = last.id.0;
        answers.extend(step.into_iter().filter(|row| !row.practice).map(|row| RawAnswer {
            text: row.value().and_then(plain),
            value: row.value().cloned(),
            outcome: row.outcome(),
            volunteer: alias(project, &row),
            id: row.id.to_string(),
            task: row.task.to_string(),
            external_id: row.external_id,
            tile: row.tile,
            layer: row.layer,
            seconds: row.seconds,
            corrections: row.corrections,
            stored_at: row.stored_at,
        }));
    }
    Ok(Export {
        title: settings.title.clone(),
        slug: live.slug.clone(),
        language: settings.language.clone(),
        sources: pages
            .into_iter()
            .map(|page| Source { name: page.name, format: page.format, bytes: page.source })
            .collect(),
        records,
        answers,
        stamp: Stamp { version: env!("CARGO_PKG_VERSION").to_owned(), at: now },
        spreadsheet_safe,
    })
}

/// A volunteer's name within a project, which says nothing outside it.
pub(crate) fn alias(project: Uuid, row: &AnswerRow) -> String {
    row.volunteer.map_or_else(
        || "erased".to_owned(),
        |volunteer| {
            let key = blake3::derive_key("talkoot 2026 volunteer in a project", project.as_bytes());
            blake3::keyed_hash(&key, volunteer.0.as_bytes()).to_hex()[..16].to_owned()
        },
    )
}

/// Several files as one zip.
pub(crate) fn zipped(files: &[ExportFile]) -> Result<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    for file in files {
        zip.start_file(&file.name, options).map_err(Error::internal)?;
        zip.write_all(&file.bytes).map_err(Error::internal)?;
    }
    Ok(zip.finish().map_err(Error::internal)?.into_inner())
}
