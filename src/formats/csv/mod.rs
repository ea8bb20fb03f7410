//! CSV: one row per result and one per answer, for programs and for spreadsheets;
//! and tables as they come in.
//!
//! RFC 4180 in UTF-8, with a header. Column names and their order stay; new ones come last.
//! Cells say exactly what was typed, unless the export asks for the form that is safe to open in
//! a spreadsheet: there a `'` stands before whatever would be taken for a formula.

mod table;

pub use table::{Table, table};

use crate::exports::{Export, ExportFile, ExportFormat, RawAnswer, Record, moment};
use crate::{Parsed, Unit};
use csv::{Terminator, WriterBuilder};
use domain::{Fault, TilePlace};

/// The line of [`crate::exports::ALL`].
pub(crate) const EXPORT: ExportFormat = ExportFormat { id: "csv", write };

const RESULTS: [&str; 14] = [
    "task",
    "external_id",
    "source",
    "key",
    "unit",
    "ocr",
    "text",
    "value",
    "outcome",
    "status",
    "agreement",
    "answers",
    "tile",
    "tile_size",
];

const ANSWERS: [&str; 13] = [
    "answer",
    "task",
    "external_id",
    "volunteer",
    "text",
    "value",
    "outcome",
    "layer",
    "seconds",
    "corrections",
    "stored_at",
    "tile",
    "tile_size",
];

fn write(export: &Export) -> Result<Parsed<Vec<ExportFile>>, Fault> {
    let results = export.records.iter().map(|record| result(export, record).to_vec());
    let answers = export.answers.iter().map(|one| answer(one).to_vec());
    let files = vec![
        file(export, "results", &RESULTS, results)?,
        file(export, "answers", &ANSWERS, answers)?,
    ];
    Ok(Parsed { parsed: files, rejected: Vec::new() })
}

fn result(export: &Export, record: &Record) -> [String; RESULTS.len()] {
    let source = record.source.and_then(|at| export.sources.get(at));
    let unit = match record.unit {
        Some(Unit::Word) => "word",
        Some(Unit::Line) => "line",
        None => "",
    };
    let [tile, tile_size] = tile(record.tile);
    [
        record.task.clone(),
        record.external_id.clone(),
        source.map(|source| source.name.clone()).unwrap_or_default(),
        record.key.clone(),
        unit.to_owned(),
        record.ocr.clone().unwrap_or_default(),
        record.text.clone().unwrap_or_default(),
        record.value.as_ref().map(ToString::to_string).unwrap_or_default(),
        record.outcome.map(|outcome| outcome.name().to_owned()).unwrap_or_default(),
        record.status.name().to_owned(),
        number(record.agreement),
        record.answers.to_string(),
        tile,
        tile_size,
    ]
}

fn answer(answer: &RawAnswer) -> [String; ANSWERS.len()] {
    let [tile, tile_size] = tile(answer.tile);
    [
        answer.id.clone(),
        answer.task.clone(),
        answer.external_id.clone(),
        answer.volunteer.clone(),
        answer.text.clone().unwrap_or_default(),
        answer.value.as_ref().map(ToString::to_string).unwrap_or_default(),
        answer.outcome.map(|outcome| outcome.name().to_owned()).unwrap_or_default(),
        answer.layer.clone().unwrap_or_default(),
        number(answer.seconds),
        answer.corrections.to_string(),
        moment(answer.stored_at),
        tile,
        tile_size,
    ]
}

/// A map tile's place as `z/x/y`, and its size in the pixels of its marks as `256x256`.
fn tile(place: Option<TilePlace>) -> [String; 2] {
    place.map_or_else(Default::default, |TilePlace { z, x, y, size }| {
        [format!("{z}/{x}/{y}"), format!("{}x{}", size.width, size.height)]
    })
}

/// Up to four decimals, a point between, no trailing zeros.
fn number(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn file(
    export: &Export,
    name: &str,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<ExportFile, Fault> {
    let broken = |error: &dyn std::fmt::Display| {
        Fault::new("not-written", format!("The CSV could not be written: {error}."))
    };
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(columns).map_err(|error| broken(&error))?;
    for mut row in rows {
        if export.spreadsheet_safe {
            row.iter_mut().for_each(disarm);
        }
        writer.write_record(&row).map_err(|error| broken(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| broken(&error))?;
    let form = if export.spreadsheet_safe { "-spreadsheet" } else { "" };
    let name = format!("{}-{name}{form}.csv", export.slug);
    Ok(ExportFile { name, media_type: "text/csv; charset=utf-8", bytes })
}

/// Puts a `'` before a cell that a spreadsheet would take for a formula.
fn disarm(cell: &mut String) {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        cell.insert(0, '\'');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::tests::sample;
    use proptest::prelude::*;

    fn rows(file: &ExportFile) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&*file.bytes);
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
        rows.collect()
    }

    #[test]
    fn results_and_answers_have_stable_columns() {
        let files = write(&sample()).unwrap().parsed;
        let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["a-project-results.csv", "a-project-answers.csv"]);
        let results = String::from_utf8(files[0].bytes.clone()).unwrap();
        let mut lines = results.split("\r\n");
        assert_eq!(
            lines.next(),
            Some(
                "task,external_id,source,key,unit,ocr,text,value,outcome,status,agreement,answers,tile,tile_size"
            )
        );
        assert_eq!(
            lines.next(),
            Some(
                "task-w1,a.xml#w1,scans\\a.xml,w1,word,old,der,\"{\"\"text\"\":\"\"der\"\"}\",,agreed,1,2,,"
            )
        );
        let answers = rows(&files[1]);
        assert_eq!(answers[0], ANSWERS);
        assert_eq!(
            answers[1][4..],
            [
                "=der",
                "{\"text\":\"=der\"}",
                "",
                "goal",
                "2.5",
                "1",
                "2026-11-22T11:14:15.678Z",
                "",
                ""
            ]
        );
    }

    #[test]
    fn the_form_for_spreadsheets_holds_no_formula_and_says_so_in_its_name() {
        let export = Export { spreadsheet_safe: true, ..sample() };
        let files = write(&export).unwrap().parsed;
        assert_eq!(files[1].name, "a-project-answers-spreadsheet.csv");
        assert_eq!(rows(&files[1])[1][4], "'=der");
    }

    proptest! {
        #[test]
        fn whatever_was_typed_comes_back(text in any::<String>()) {
            let mut export = sample();
            export.answers[0].text = Some(text.clone());
            let plain = write(&export).unwrap().parsed;
            prop_assert_eq!(&rows(&plain[1])[1][4], &text);
            export.spreadsheet_safe = true;
            let safe = write(&export).unwrap().parsed;
            let cell = &rows(&safe[1])[1][4];
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
            prop_assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), text.strip_prefix('\'').unwrap_or(&text));
        }
    }
}
