//! Helpers for statements with many rows. There are only so many lengths of
//! them, so that every statement is prepared once and then found again.

use crate::error::{Error, Result};
use serde::Serialize;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// What a column holds that no query looks into.
pub(super) fn json(value: &(impl Serialize + ?Sized)) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

/// `?, ?, …` for `ids`, with the last one repeated up to a round number.
pub(super) fn list(ids: &[Uuid]) -> (String, Vec<Uuid>) {
    let size = match ids.len() {
        0..=32 => ids.len().next_multiple_of(4),
        more => more.next_multiple_of(32),
    };
    let mut padded = ids.to_vec();
    if let Some(last) = ids.last() {
        padded.resize(size, *last);
    }
    (vec!["?"; padded.len()].join(", "), padded)
}

/// The longest list: more are asked for in parts.
pub(super) const LONGEST: usize = 256;

/// The most rows that one statement inserts.
const RUN: usize = 32;

/// `(?, ?, …), (?, ?, …), …` of `columns` for `rows`.
pub(super) fn rows(rows: usize, columns: usize) -> String {
    vec![format!("({})", vec!["?"; columns].join(", ")); rows].join(", ")
}

/// Cuts `items` into runs that one statement inserts.
pub(super) fn runs<T>(items: &[T]) -> std::slice::Chunks<'_, T> {
    items.chunks(RUN)
}

/// Text that this program put together from its own constants and `?` marks.
pub(super) fn safe(text: String) -> AssertSqlSafe<String> {
    AssertSqlSafe(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_padded_with_what_they_hold() {
        let ids: Vec<_> = (1..=3).map(Uuid::from_u128).collect();
        let (marks, padded) = list(&ids);
        assert_eq!(marks.matches('?').count(), padded.len());
        assert_eq!(padded.len(), 4);
        assert_eq!(padded[3], ids[2]);
    }
}
