//! Bytes to records and back. A format is one folder and, where it can be
//! exported to, one line in the list of exports.
//!
//! No I/O, no clock: bytes and times come in as arguments. A reader takes what
//! it can and says what it could not: one bad record never loses a batch.

mod page;

pub use page::{Block, Hyphen, HyphenPart, Line, Page, Parsed, Rejected, Scan, Word};
