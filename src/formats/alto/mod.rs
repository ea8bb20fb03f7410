//! ALTO: pages of text as libraries keep them. Read by [`read()`], corrected by [`correct()`].

mod align;
mod builder;
mod confidence;
mod correct;
mod decode;
mod export;
mod halves;
mod outline;
mod read;
mod scale;
mod scan;
mod step;
mod tag;

#[cfg(test)]
mod tests;

pub use correct::{Correction, correct};
pub use read::read;

use crate::exports::ExportFormat;
use crate::imports::Import;

/// The line of [`crate::imports::ALL`].
pub const IMPORT: Import = Import { id: "alto", sniff, read };

/// The line of [`crate::exports::ALL`].
pub const EXPORT: ExportFormat = ExportFormat { id: "alto", write: export::write };

/// Whether a file's first element is `alto`.
pub fn sniff(_name: &str, head: &[u8]) -> bool {
    // UTF-16 looks like ASCII with zeros between.
    let ascii: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    let text = String::from_utf8_lossy(&ascii);
    let mut rest = text.as_ref();
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if after.starts_with(['?', '!']) {
            rest = after;
        } else {
            let name = after.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next();
            return name.is_some_and(|name| outline::local(name).eq_ignore_ascii_case("alto"));
        }
    }
    false
}
