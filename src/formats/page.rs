//! A page of text as every page format tells it: blocks, lines, words.

use domain::{Rect, Size};
use serde::{Deserialize, Serialize};

/// What could be read, and what could not.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed<T> {
    /// What was read.
    pub parsed: T,
    /// What was not, each with its reason; empty where all was.
    pub rejected: Vec<Rejected>,
}

/// A record that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Where: an id of the file's own, or a path such as `page 1, block 2, line 3`.
    pub place: String,
    /// Why, in a sentence for a librarian.
    pub reason: String,
}

/// A file of text on pages, such as one ALTO file.
#[derive(Clone, Debug, PartialEq)]
pub struct Scan {
    /// The image's file name as the file says it, verbatim.
    pub image_name: Option<String>,
    /// The program that read the page, as the file says it.
    pub software: Option<String>,
    /// Its pages, in the file's order.
    pub pages: Vec<Page>,
}

/// One page. Boxes are in pixels of the page's image where its size is known,
/// else in the file's own units.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The file's own id.
    pub id: Option<String>,
    /// The page's size as boxes mean it.
    pub size: Option<Size>,
    /// Its blocks, in reading order.
    pub blocks: Vec<Block>,
}

/// A block of text: a paragraph, a heading, an advertisement.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The file's own id.
    pub id: Option<String>,
    /// Degrees counter-clockwise that the text is turned (ALTO's ROTATION).
    pub rotation: f64,
    /// BCP 47 or ISO 639-2 code, as the file says it.
    pub language: Option<String>,
    /// Its lines, from first to last.
    pub lines: Vec<Line>,
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Names the line within its file, for results to come back to: the
    /// file's id, or a path such as `p1/b2/l3` where there is none.
    pub key: String,
    /// Where it is; `None` where the file does not tell.
    pub area: Option<Rect>,
    /// Its words, from first to last.
    pub words: Vec<Word>,
    /// The hyphen at its end, where the file keeps it apart from the words (ALTO's HYP).
    pub hyphen: Option<String>,
}

/// A word, or a whole line where the file does not tell words apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Names the word within its file: its id, or a path such as `p1/b2/l3/w4`.
    pub key: String,
    /// Where it is; `None` where neither the word nor its line tells.
    pub area: Option<Rect>,
    /// What the OCR read, verbatim.
    pub text: String,
    /// Whether a blank stands before it: true for all but the first of a line, unless the page
    /// tells blanks and has none here.
    pub apart: bool,
    /// 0 to 1, after repair of known mistakes; `None` where absent or meaningless.
    pub confidence: Option<f64>,
    /// Set where the word is one half of a word that a line end divides.
    pub hyphen: Option<Hyphen>,
}

/// One half of a divided word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hyphen {
    /// Which half.
    pub part: HyphenPart,
    /// The whole word as the file says it (ALTO's `SUBS_CONTENT`).
    pub whole: Option<String>,
    /// The key of the other half, where it was found.
    pub partner: Option<String>,
}

/// Which half of a divided word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HyphenPart {
    /// Before the line end.
    First,
    /// After it.
    Second,
}

/// What a task asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// One word.
    Word,
    /// One line.
    Line,
}

/// What stands at a line's end where a word goes on.
pub(crate) const HYPHENS: [char; 7] = ['-', '\u{ad}', '¬', '⸗', '\u{2010}', '\u{2011}', '='];

impl Line {
    /// The line as the OCR read it: its words, with blanks where the file has them, and the
    /// hyphen at its end. Blank words are left out.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut apart = false;
        for word in &self.words {
            apart |= word.apart;
            if word.text.trim().is_empty() {
                apart = true;
                continue;
            }
            if apart && !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&word.text);
            apart = false;
        }
        if !text.is_empty()
            && !text.ends_with(HYPHENS)
            && let Some(hyphen) = &self.hyphen
        {
            text.push_str(hyphen);
        }
        text
    }
}
