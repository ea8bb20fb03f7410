//! ALTO: pages of text as libraries keep them.

mod confidence;
mod decode;
mod outline;
mod read;
mod scale;
mod scan;

pub use read::read;

use crate::exports::{Export, ExportFile, ExportFormat};
use crate::imports::Import;
use crate::{Parsed, Stamp};
use domain::Fault;

/// The line of [`crate::imports::ALL`].
pub const IMPORT: Import = Import { id: "alto", sniff, read };

/// The line of [`crate::exports::ALL`].
pub const EXPORT: ExportFormat = ExportFormat { id: "alto", write };

/// An agreed text to be put back into a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// The key of a word or a line, as [`read`] gave it.
    pub key: String,
    /// What volunteers agree on, one line.
    pub text: String,
    /// How much they agree, 0 to 1.
    pub agreement: f64,
}

/// Whether a file looks like ALTO.
pub fn sniff(_name: &str, head: &[u8]) -> bool {
    String::from_utf8_lossy(head).contains("alto")
}

/// Puts agreed texts back into the file they came from.
pub fn correct(
    _original: &[u8],
    _corrections: &[Correction],
    _stamp: &Stamp,
) -> Result<Parsed<Vec<u8>>, Fault> {
    Err(Fault::new("not-written", "ALTO cannot be written yet."))
}

fn write(_export: &Export) -> Result<Parsed<Vec<ExportFile>>, Fault> {
    Err(Fault::new("not-written", "ALTO cannot be written yet."))
}
