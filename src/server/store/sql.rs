//! Helpers for statements with many rows. Row counts are rounded to a few
//! sizes, so that every statement is prepared once and then found again.

use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// Sizes that lists of values are rounded to.
const SIZES: [usize; 4] = [1, 8, 64, 256];

/// `?, ?, …` for `ids`, with the last one repeated up to a round size.
pub(super) fn list(ids: &[Uuid]) -> (String, Vec<Uuid>) {
    let size = SIZES.into_iter().find(|size| *size >= ids.len()).unwrap_or(ids.len());
    let mut padded = ids.to_vec();
    if let Some(last) = ids.last() {
        padded.resize(size, *last);
    }
    (vec!["?"; padded.len()].join(", "), padded)
}

/// The longest list that [`list`] rounds: longer ones are cut before.
pub(super) const LONGEST: usize = SIZES[SIZES.len() - 1];

/// `(?, ?, …), (?, ?, …), …` of `columns` for `rows`.
pub(super) fn rows(rows: usize, columns: usize) -> String {
    vec![format!("({})", vec!["?"; columns].join(", ")); rows].join(", ")
}

/// Cuts `items` into runs of round lengths, longest first.
pub(super) fn runs<T>(items: &[T]) -> impl Iterator<Item = &[T]> {
    let mut rest = items;
    std::iter::from_fn(move || {
        let size = [64, 8, 1].into_iter().find(|size| *size <= rest.len())?;
        let (run, after) = rest.split_at(size);
        rest = after;
        Some(run)
    })
}

/// Text that this program put together from its own constants and `?` marks.
pub(super) fn safe(text: String) -> AssertSqlSafe<String> {
    AssertSqlSafe(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_hold_everything_once_and_in_order() {
        for count in [0, 1, 7, 8, 9, 64, 100, 200] {
            let items: Vec<_> = (0..count).collect();
            let back: Vec<_> = runs(&items).flatten().copied().collect();
            assert_eq!(back, items);
        }
    }

    #[test]
    fn lists_are_padded_with_what_they_hold() {
        let ids: Vec<_> = (1..=3).map(Uuid::from_u128).collect();
        let (marks, padded) = list(&ids);
        assert_eq!(marks.matches('?').count(), padded.len());
        assert_eq!(padded.len(), 8);
        assert_eq!(padded[7], ids[2]);
    }
}
