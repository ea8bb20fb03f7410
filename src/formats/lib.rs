//! Bytes to records and back. A format is one folder and one line in the list
//! of imports or of exports.
//!
//! No I/O, no clock: bytes, times and seeds come in as arguments. A reader
//! takes what it can and says what it could not: one bad record never loses a
//! batch.

pub mod alto;
mod csv;
pub mod exports;
pub mod iiif;
pub mod imports;
mod json;
mod page;
pub mod pick;
mod text;

pub use csv::{Table, table};
pub use exports::{Export, ExportFile, RawAnswer, Record, Source, Stamp};
pub use page::{Block, Hyphen, HyphenPart, Line, Page, Parsed, Rejected, Scan, Unit, Word};
pub use pick::{Estimate, Pick, Picked, Picking, Which};
