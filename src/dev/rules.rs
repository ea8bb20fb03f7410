//! The invariants of src/README.md that a program can see. Each says where it
//! is broken and what to do.

mod graph;
pub(crate) mod lists;
mod secrets;
mod source;
mod styles;

use crate::command::Trouble;
use crate::place::Place;

/// One broken rule: where, and what to do.
pub(crate) type Finding = String;

/// What all rules find.
pub(crate) fn all(place: &Place) -> Result<(), Trouble> {
    let mut findings = graph::findings(place)?;
    findings.extend(source::findings(place)?);
    findings.extend(lists::findings(place)?);
    findings.extend(styles::findings(place)?);
    findings.extend(secrets::findings(place)?);
    if findings.is_empty() {
        return Ok(());
    }
    Err(Trouble::new(findings.join("\n")))
}
