//! JSON: all results and all answers of a project in one file.

use crate::Parsed;
use crate::exports::{Export, ExportFile, ExportFormat, RawAnswer, Record, moment};
use domain::Fault;
use serde_json::{Value, json};

/// The line of [`crate::exports::ALL`].
pub(crate) const EXPORT: ExportFormat = ExportFormat { id: "json", write };

fn write(export: &Export) -> Result<Parsed<Vec<ExportFile>>, Fault> {
    let all = json!({
        "project": { "title": export.title, "slug": export.slug, "language": export.language },
        "written": {
            "software": "Talkoot",
            "version": export.stamp.version,
            "at": moment(export.stamp.at),
        },
        "results": export.records.iter().map(|record| result(export, record)).collect::<Vec<_>>(),
        "answers": export.answers.iter().map(answer).collect::<Vec<_>>(),
    });
    let bytes = serde_json::to_vec_pretty(&all).map_err(|error| {
        Fault::new("not-written", format!("The JSON could not be written: {error}."))
    })?;
    let name = format!("{}.json", export.slug);
    let file = ExportFile { name, media_type: "application/json", bytes };
    Ok(Parsed { parsed: vec![file], rejected: Vec::new() })
}

fn result(export: &Export, record: &Record) -> Value {
    json!({
        "task": record.task,
        "external_id": record.external_id,
        "tile": record.tile,
        "source": record.source.and_then(|at| export.sources.get(at)).map(|source| &source.name),
        "key": record.key,
        "unit": record.unit,
        "ocr": record.ocr,
        "value": record.value,
        "outcome": record.outcome,
        "status": record.status,
        "agreement": record.agreement,
        "answers": record.answers,
    })
}

fn answer(answer: &RawAnswer) -> Value {
    json!({
        "id": answer.id,
        "task": answer.task,
        "external_id": answer.external_id,
        "tile": answer.tile,
        "volunteer": answer.volunteer,
        "value": answer.value,
        "outcome": answer.outcome,
        "layer": answer.layer,
        "seconds": answer.seconds,
        "corrections": answer.corrections,
        "stored_at": moment(answer.stored_at),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::tests::sample;

    #[test]
    fn results_and_answers_come_with_their_names() {
        let file = write(&sample()).unwrap().parsed.remove(0);
        assert_eq!(file.name, "a-project.json");
        let all: Value = serde_json::from_slice(&file.bytes).unwrap();
        assert_eq!(all["results"][0]["value"]["text"], "der");
        assert_eq!(all["results"][3]["outcome"], "nothing_here");
        assert_eq!(all["results"][1]["status"], "contentious");
        assert_eq!(all["answers"][0]["stored_at"], "2026-11-22T11:14:15.678Z");
    }
}
