//! Export.

use crate::Parsed;
use crate::exports::{Export, ExportFile, ExportFormat};
use domain::Fault;

/// The line of [`crate::exports::ALL`].
pub(crate) const EXPORT: ExportFormat = ExportFormat { id: "json", write };

fn write(_export: &Export) -> Result<Parsed<Vec<ExportFile>>, Fault> {
    Err(Fault::new("not-written", "This export cannot be written yet."))
}
