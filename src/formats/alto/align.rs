//! A typed line, put back onto the words that the file has.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// Words times pieces that are compared; no line of print comes near.
const LONGEST: usize = 1_000_000;

/// What became of a typed line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Aligned {
    /// Which word (by place) has which text.
    pub(super) words: Vec<(usize, String)>,
    /// Stretches where the counts differ, so that nobody knows which is which: the words' places
    /// and what was typed for them.
    pub(super) unclear: Vec<(Range<usize>, Vec<String>)>,
}

/// Lays what was typed onto the words. A line of one word takes all of it; as many pieces as
/// words go one to one; else pieces that the file has just so hold the line together, and only
/// between them equal counts go one to one.
pub(super) fn align(words: &[&str], typed: &str) -> Aligned {
    let pieces: Vec<&str> = typed.split_whitespace().collect();
    let mut aligned = Aligned::default();
    if words.len() == 1 {
        aligned.words.push((0, pieces.join(" ")));
        return aligned;
    }
    if words.len() == pieces.len() {
        aligned.words = pieces.iter().map(|piece| (*piece).to_owned()).enumerate().collect();
        return aligned;
    }
    if words.len() * pieces.len() > LONGEST {
        let typed = pieces.iter().map(|piece| (*piece).to_owned()).collect();
        aligned.unclear.push((0..words.len(), typed));
        return aligned;
    }
    let mut before = (0, 0);
    let ends = std::iter::once((words.len(), pieces.len()));
    for (word, piece) in anchors(words, &pieces).into_iter().chain(ends) {
        let (from, to) = (before.0..word, before.1..piece);
        if from.len() == to.len() {
            let same = from.zip(&pieces[to]).map(|(at, piece)| (at, (*piece).to_owned()));
            aligned.words.extend(same);
        } else {
            let typed = pieces[to].iter().map(|piece| (*piece).to_owned()).collect();
            aligned.unclear.push((from, typed));
        }
        before = (word + 1, piece + 1);
    }
    aligned
}

/// Pairs of places that hold the same text, in order and as many as there can be (the longest
/// common subsequence). Words that stay as they are need no correction, so they are not returned
/// as words by [`align`].
fn anchors(words: &[&str], pieces: &[&str]) -> Vec<(usize, usize)> {
    let words: Vec<String> = words.iter().map(|word| word.trim().nfc().collect()).collect();
    let pieces: Vec<String> = pieces.iter().map(|piece| piece.nfc().collect()).collect();
    let width = pieces.len() + 1;
    let mut longest = vec![0_u32; (words.len() + 1) * width];
    for w in (0..words.len()).rev() {
        for p in (0..pieces.len()).rev() {
            longest[w * width + p] = if words[w] == pieces[p] {
                longest[(w + 1) * width + p + 1] + 1
            } else {
                longest[(w + 1) * width + p].max(longest[w * width + p + 1])
            };
        }
    }
    let mut found = Vec::new();
    let (mut w, mut p) = (0, 0);
    while w < words.len() && p < pieces.len() {
        if words[w] == pieces[p] {
            found.push((w, p));
            (w, p) = (w + 1, p + 1);
        } else if longest[(w + 1) * width + p] >= longest[w * width + p + 1] {
            w += 1;
        } else {
            p += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn laid(words: &[&str], typed: &str) -> (Vec<(usize, String)>, usize) {
        let aligned = align(words, typed);
        (aligned.words, aligned.unclear.len())
    }

    #[test]
    fn equal_counts_go_one_to_one() {
        let told = vec![(0, "Åbo".to_owned()), (1, "stad".to_owned())];
        assert_eq!(laid(&["Abo", "ftad"], " Åbo  stad "), (told, 0));
        assert_eq!(
            laid(&["a whole line"], "A whole line."),
            (vec![(0, "A whole line.".into())], 0)
        );
    }

    #[test]
    fn what_stays_holds_the_line_together() {
        let words = ["Der", "K0nig", "war", "in", "das", "haus"];
        let aligned = align(&words, "Der König war indas haus");
        assert_eq!(aligned.words, [(1, "König".to_owned())]);
        assert_eq!(aligned.unclear, [(3..5, vec!["indas".to_owned()])]);
    }

    proptest! {
        #[test]
        fn no_word_is_lost_or_taken_twice(
            words in proptest::collection::vec("[ab]{1,2}", 0..7),
            pieces in proptest::collection::vec("[ab]{1,2}", 0..7),
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let aligned = align(&words, &pieces.join(" "));
            let mut seen: Vec<usize> = aligned.words.iter().map(|(at, _)| *at).collect();
            seen.extend(aligned.unclear.iter().flat_map(|(places, _)| places.clone()));
            let count = seen.len();
            seen.sort_unstable();
            seen.dedup();
            prop_assert_eq!(seen.len(), count);
            prop_assert!(seen.iter().all(|at| *at < words.len()));
            for (at, word) in words.iter().enumerate() {
                prop_assert!(seen.contains(&at) || pieces.iter().any(|piece| piece == word));
            }
        }
    }
}
