//! The note in a file that Talkoot has worked on it.

use super::outline::{Outline, Version};
use super::tag::{Edit, append, escape, prepend};
use crate::Stamp;
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

/// Adds a processing step in the form of the file's version: `Processing` from version 4 on, a
/// `postProcessingStep` of the last `OCRProcessing` before. What has to stand around it and is
/// missing is made.
pub(super) fn note(text: &str, outline: &Outline, stamp: &Stamp) -> Edit {
    let p = outline.prefix.as_str();
    let newest = outline.version == Version::V4;
    let id = free_id(outline);
    let body = body(p, stamp);
    let whole = if newest {
        format!("<{p}Processing ID=\"{id}\">{body}</{p}Processing>")
    } else {
        // The standard wants an ocrProcessingStep before any other, and nothing in it.
        format!(
            "<{p}OCRProcessing ID=\"{id}\"><{p}ocrProcessingStep/>\
             <{p}postProcessingStep>{body}</{p}postProcessingStep></{p}OCRProcessing>"
        )
    };
    let Some(description) = &outline.description else {
        // Versions 1 and 2.0 do without a unit; the others want one, and nearly all count pixels.
        let old = matches!(outline.version, Version::V1 | Version::V2Point0);
        let unit = if old {
            String::new()
        } else {
            format!("<{p}MeasurementUnit>pixel</{p}MeasurementUnit>")
        };
        let made = format!("<{p}Description>{unit}{whole}</{p}Description>");
        return prepend(text, &outline.root, &made);
    };
    match &outline.ocr_processing {
        Some(ocr) if !newest && !ocr.is_empty_tag() => {
            let step = format!("<{p}postProcessingStep>{body}</{p}postProcessingStep>");
            append(text, ocr, &step)
        }
        _ => append(text, description, &whole),
    }
}

fn body(p: &str, stamp: &Stamp) -> String {
    format!(
        "<{p}processingDateTime>{}</{p}processingDateTime>\
         <{p}processingStepDescription>Words corrected by volunteers</{p}processingStepDescription>\
         <{p}processingSoftware><{p}softwareName>Talkoot</{p}softwareName>\
         <{p}softwareVersion>{}</{p}softwareVersion></{p}processingSoftware>",
        moment(stamp.at),
        escape(&stamp.version)
    )
}

/// A time as XML Schema's dateTime, in UTC and whole seconds.
fn moment(at: OffsetDateTime) -> String {
    let at = at.to_offset(UtcOffset::UTC);
    let at = at.replace_nanosecond(0).unwrap_or(at);
    at.format(&Rfc3339).unwrap_or_else(|_| at.date().to_string())
}

fn free_id(outline: &Outline) -> String {
    let ids = (1..).map(|number: u32| format!("talkoot-{number}"));
    ids.into_iter().find(|id| !outline.ids.contains(id)).unwrap_or_default()
}
