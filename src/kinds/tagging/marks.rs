//! Marked words as they are set and taken away.

use super::Span;

/// The marks after one more from `from` to `to`. Words have one mark at a time: what lies under
/// the new one goes; the very same mark again takes it away.
pub(super) fn marked(spans: &[Span], from: u32, to: u32, label: &str) -> Vec<Span> {
    let over = |span: &Span| span.from < to && from < span.to;
    // A tap inside a mark of the same label means that mark, not a piece of it.
    let inside = |span: &Span| span.label == label && span.from <= from && to <= span.to;
    let away = spans.iter().any(inside);
    let mut next: Vec<Span> = spans.iter().filter(|span| !over(span)).cloned().collect();
    if !away {
        next.push(Span { from, to, label: label.to_owned() });
    }
    next.sort();
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(from: u32, to: u32, label: &str) -> Span {
        Span { from, to, label: label.into() }
    }

    #[test]
    fn the_same_mark_again_takes_it_away() {
        let marks = marked(&[], 3, 9, "place");
        assert_eq!(marks, [span(3, 9, "place")]);
        assert!(marked(&marks, 5, 7, "place").is_empty());
        assert_eq!(marked(&marks, 5, 7, "need"), [span(5, 7, "need")]);
        assert_eq!(marked(&marks, 0, 12, "place"), [span(0, 12, "place")]);
        assert_eq!(marked(&marks, 0, 3, "need"), [span(0, 3, "need"), span(3, 9, "place")]);
    }

    proptest! {
        #[test]
        fn no_word_has_two_marks(
            taps in proptest::collection::vec((0u32..30, 1u32..8, prop_oneof!["a", "b"]), 0..20),
        ) {
            let mut spans = vec![];
            for (from, length, label) in taps {
                spans = marked(&spans, from, from + length, &label);
                prop_assert!(spans.windows(2).all(|pair| pair[0].to <= pair[1].from), "{spans:?}");
            }
        }
    }
}
