//! A text as words that can be marked.

use domain::Passage;

/// A piece of a text: a word, or what lies between two words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// Where it begins, in UTF-16 code units.
    pub(crate) from: u32,
    /// Whether it can be marked.
    pub(crate) word: bool,
}

impl Piece {
    /// Where it ends, in UTF-16 code units.
    pub(crate) fn to(&self) -> u32 {
        self.from + u32::try_from(self.text.encode_utf16().count()).unwrap_or(0)
    }
}

/// The whole text in pieces. Signs at the ends of a word are no part of it: who marks a place
/// does not mean the comma behind it.
pub(crate) fn pieces(passage: &Passage) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = vec![];
    let mut from = 0;
    let mut push = |text: &str, word: bool| {
        if !text.is_empty() {
            let piece = Piece { text: text.to_owned(), from, word };
            from = piece.to();
            pieces.push(piece);
        }
    };
    let mut rest = passage.text.as_str();
    while let Some(start) = rest.find(is_letter) {
        push(&rest[..start], false);
        let tail = &rest[start..];
        let end = word_end(tail);
        push(&tail[..end], true);
        rest = &tail[end..];
    }
    push(rest, false);
    pieces
}

/// Where the word at the beginning of `text` ends, in bytes.
fn word_end(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            break;
        }
        if is_letter(c) {
            // Scripts that write without spaces are marked sign by sign.
            if stands_alone(c) {
                return if end == 0 { at + c.len_utf8() } else { end };
            }
            end = at + c.len_utf8();
        } else if is_joined(c) && end == at {
            end = at + c.len_utf8();
        }
    }
    end
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '#' || c == '@' || c == '€' || c == '$' || u32::from(c) >= 0x1_f000
}

/// Marks that belong to the letter before them, such as combining accents and joiners.
fn is_joined(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36f | 0x591..=0x5c7 | 0x610..=0x65f | 0x900..=0xe4f | 0x200c..=0x200d | 0xfe0e..=0xfe0f)
}

fn stands_alone(c: char) -> bool {
    matches!(u32::from(c), 0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0x2_0000..=0x3_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let passage = Passage { text: text.into(), language: None, source: None };
        pieces(&passage).into_iter().filter(|p| p.word).map(|p| p.text).collect()
    }

    #[test]
    fn signs_around_a_word_are_no_part_of_it() {
        assert_eq!(words("Water, in (Seemünde)!"), ["Water", "in", "Seemünde"]);
        assert_eq!(words("it's 3.5 m high."), ["it's", "3.5", "m", "high"]);
        assert_eq!(words("#flood @anna: 🏠🏠"), ["#flood", "@anna", "🏠🏠"]);
        assert_eq!(words("A\u{30a}bo"), ["A\u{30a}bo"]);
        assert_eq!(words("洪水だ"), ["洪", "水", "だ"]);
        assert_eq!(words(" … "), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text_and_know_their_places(text in any::<String>()) {
            let passage = Passage { text: text.clone(), language: None, source: None };
            let pieces = pieces(&passage);
            let mut at = 0;
            for piece in &pieces {
                prop_assert_eq!(piece.from, at);
                at = piece.to();
            }
            prop_assert_eq!(pieces.into_iter().map(|p| p.text).collect::<String>(), text);
        }
    }
}
