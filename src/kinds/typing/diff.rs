//! How what the machine read differs from what a person typed, letter by letter.

/// A piece of what the machine read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Both have it.
    Same(String),
    /// The person typed something else here, or nothing.
    Other(String),
    /// The person typed something here where the machine had read nothing.
    Gap,
}

/// Most comparisons of one letter with another; beyond that the middle differs as a whole.
const MOST: usize = 250_000;

/// What the machine read, in pieces.
pub(super) fn diff(read: &str, typed: &str) -> Vec<Piece> {
    let (read, typed): (Vec<char>, Vec<char>) = (read.chars().collect(), typed.chars().collect());
    let start = read.iter().zip(&typed).take_while(|(a, b)| a == b).count();
    let (mut a, mut b) = (&read[start..], &typed[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    let mut pieces = Pieces(vec![]);
    pieces.same(&read[..start]);
    if a.len().saturating_mul(b.len()) > MOST {
        pieces.other(a);
    } else {
        between(a, b, &mut pieces);
    }
    pieces.same(&read[read.len() - end..]);
    pieces.0
}

/// The longest letters in common, by the usual table of lengths.
fn between(a: &[char], b: &[char], pieces: &mut Pieces) {
    let wide = b.len() + 1;
    let mut lengths = vec![0u32; (a.len() + 1) * wide];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i * wide + j] = if a[i] == b[j] {
                lengths[(i + 1) * wide + j + 1] + 1
            } else {
                lengths[(i + 1) * wide + j].max(lengths[i * wide + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        // Where both go on in another way, one stands for the other.
        let (from, gap) = (i, j);
        while (i < a.len() || j < b.len()) && !(i < a.len() && j < b.len() && a[i] == b[j]) {
            let down = i < a.len()
                && (j == b.len() || lengths[(i + 1) * wide + j] >= lengths[i * wide + j + 1]);
            if down { i += 1 } else { j += 1 }
        }
        if i > from {
            pieces.other(&a[from..i]);
        } else if j > gap {
            pieces.0.push(Piece::Gap);
        }
        while i < a.len() && j < b.len() && a[i] == b[j] {
            pieces.same(&a[i..=i]);
            (i, j) = (i + 1, j + 1);
        }
    }
}

struct Pieces(Vec<Piece>);

impl Pieces {
    fn same(&mut self, letters: &[char]) {
        if let Some(Piece::Same(text)) = self.0.last_mut() {
            text.extend(letters);
        } else if !letters.is_empty() {
            self.0.push(Piece::Same(letters.iter().collect()));
        }
    }

    fn other(&mut self, letters: &[char]) {
        if !letters.is_empty() {
            self.0.push(Piece::Other(letters.iter().collect()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(read: &str, typed: &str) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Other(text) => format!("[{text}]"),
            Piece::Gap => "[]".to_owned(),
        };
        diff(read, typed).iter().map(piece).collect()
    }

    #[test]
    fn letters_that_differ_are_marked() {
        for (read, typed, told) in [
            ("Wefen", "Weſen", "We[f]en"),
            ("Haus", "Haus", "Haus"),
            ("Wesn", "Wesen", "Wes[]n"),
            ("Weseen", "Wesen", "Wese[e]n"),
            ("Hans", "Maus", "[H]a[n]s"),
            ("rn", "m", "[rn]"),
            ("", "neu", "[]"),
            ("weg", "", "[weg]"),
        ] {
            assert_eq!(marked(read, typed), told, "{read} / {typed}");
        }
    }

    #[test]
    fn long_texts_differ_as_a_whole_in_their_middle() {
        let (read, typed) = ("a".repeat(2_000) + "c", "b".repeat(2_000) + "c");
        assert_eq!(diff(&read, &typed).len(), 2);
    }

    proptest! {
        #[test]
        fn nothing_the_machine_read_is_lost(read in "[abcſ]{0,12}", typed in "[abcſ]{0,12}") {
            let pieces = diff(&read, &typed);
            let whole: String = pieces.iter().map(|piece| match piece {
                Piece::Same(text) | Piece::Other(text) => text.as_str(),
                Piece::Gap => "",
            }).collect();
            prop_assert_eq!(whole, read.clone());
            let same = pieces.iter().all(|piece| matches!(piece, Piece::Same(_)));
            prop_assert_eq!(same, read == typed);
        }
    }
}
