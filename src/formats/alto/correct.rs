//! Agreed texts back into the file that they came from.

use super::align::align;
use super::decode::decode;
use super::halves::{ends_in_hyphen, wholes, without_hyphen, words_of};
use super::outline::{LineNode, Outline, Version, WordNode, outline};
use super::step::note;
use super::tag::{Edit, escape, fill, retag, splice};
use crate::{Parsed, Rejected, Stamp};
use domain::{Fault, Rect};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization;

/// An agreed text to be put back into a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// The key of a word or a line, as [`super::read`] gave it.
    pub key: String,
    /// What volunteers agree on, one line.
    pub text: String,
    /// How much they agree, 0 to 1.
    pub agreement: f64,
}

/// Puts agreed texts back into the file they came from, in the file's own version.
///
/// Only words whose text changes are touched, and of those only what says the text: `CONTENT`,
/// what no longer fits it (`CC`, `ALTERNATIVE`, `Glyph`), `WC` as the volunteers' agreement,
/// `CS="true"` where the version has it, and `SUBS_CONTENT` on both halves of a divided word.
/// Every other byte stays, but for a processing step that names Talkoot, and for the encoding,
/// which becomes UTF-8 without a byte order mark.
///
/// What could not be put back is told as rejected, by its key.
pub fn correct(
    original: &[u8],
    corrections: &[Correction],
    stamp: &Stamp,
) -> Result<Parsed<Vec<u8>>, Fault> {
    let decoded = decode(original)?;
    let text = decoded.text.as_ref();
    let outline = outline(text)?;
    let mut desk = Desk::new(&outline);
    // Words first: what was said of a word counts more than what was typed for its line.
    let (words, others): (Vec<_>, Vec<_>) =
        corrections.iter().partition(|one| desk.words.contains_key(one.key.as_str()));
    for correction in words {
        desk.word(correction);
    }
    for correction in others {
        desk.line(correction, text);
    }
    let Desk { mut rejected, changed, mut edits, .. } = desk;
    let wholes = wholes(&outline, &changed);
    for page in &outline.pages {
        for word in words_of(page) {
            let change = changed.get(word.key.as_str());
            let whole = wholes.get(word.key.as_str());
            if change.is_some() || whole.is_some() {
                rewrite(text, outline.version, word, change, whole, &mut edits);
            }
        }
    }
    edits.push(note(text, &outline, stamp));
    edits.extend(decoded.recoded.then(|| declaration(text)).flatten());
    rejected.sort_by(|a, b| a.place.cmp(&b.place));
    Ok(Parsed { parsed: splice(text, edits).into_bytes(), rejected })
}

/// A word's new text.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) text: String,
    agreement: f64,
}

/// Where corrections are sorted out.
struct Desk<'a> {
    words: HashMap<&'a str, (&'a LineNode, &'a WordNode)>,
    lines: HashMap<&'a str, &'a LineNode>,
    version: Version,
    /// By the word's key.
    changed: BTreeMap<&'a str, Change>,
    /// Words that were looked at, changed or not.
    settled: HashMap<&'a str, String>,
    edits: Vec<Edit>,
    rejected: Vec<Rejected>,
    prefix: &'a str,
}

impl<'a> Desk<'a> {
    fn new(outline: &'a Outline) -> Self {
        let blocks = outline.pages.iter().flat_map(|page| &page.blocks);
        let lines: Vec<&LineNode> = blocks.flat_map(|block| &block.lines).collect();
        let words = lines
            .iter()
            .flat_map(|line| line.words.iter().map(move |word| (word.key.as_str(), (*line, word))));
        Self {
            words: words.collect(),
            lines: lines.iter().map(|line| (line.key.as_str(), *line)).collect(),
            version: outline.version,
            changed: BTreeMap::new(),
            settled: HashMap::new(),
            edits: Vec::new(),
            rejected: Vec::new(),
            prefix: &outline.prefix,
        }
    }

    fn reject(&mut self, place: &str, reason: impl Into<String>) {
        self.rejected.push(Rejected { place: place.to_owned(), reason: reason.into() });
    }

    /// The text as it can be written, or why it cannot.
    fn checked(&mut self, correction: &Correction) -> Option<String> {
        let text = correction.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            self.reject(&correction.key, "The agreed text is empty.");
            return None;
        }
        let illegal = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
        if text.contains(illegal) {
            self.reject(&correction.key, "The agreed text has a character that XML cannot hold.");
            return None;
        }
        Some(text)
    }

    fn word(&mut self, correction: &Correction) {
        let Some(text) = self.checked(correction) else { return };
        let Some((line, word)) = self.words.get(correction.key.as_str()).copied() else { return };
        self.settle(line, word, text, correction.agreement, "Another text was agreed for it, too");
    }

    fn line(&mut self, correction: &Correction, source: &str) {
        let Some(line) = self.lines.get(correction.key.as_str()).copied() else {
            let told = "The file has no word or line that is called so.";
            return self.reject(&correction.key, told);
        };
        let Some(text) = self.checked(correction) else { return };
        if let Some(settled) = self.settled.insert(&line.key, text.clone()) {
            if settled != text {
                let reason = format!("Two texts were agreed for it: “{settled}” was kept.");
                self.reject(&correction.key, reason);
                self.settled.insert(&line.key, settled);
            }
            return;
        }
        let mut words: Vec<&WordNode> =
            line.words.iter().filter(|word| !word.text.trim().is_empty()).collect();
        if words.is_empty() {
            match (line.words.as_slice(), &line.span) {
                ([], Some(_)) => {
                    let edit = first_word(line, &text, correction, self.version, self.prefix);
                    self.edits.extend(edit(source));
                }
                ([only], _) => words.push(only),
                _ => {
                    let told = "All of the line's words are blank, so its text has no place.";
                    self.reject(&correction.key, told);
                }
            }
        }
        if words.is_empty() {
            return;
        }
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        // A hyphen of its own at the line's end is typed with its word or as a piece of its own.
        let typed = match &line.hyphen {
            Some(_) => without_hyphen(&text).trim_end().to_owned(),
            None => text,
        };
        let aligned = align(&texts, &typed);
        for (at, text) in aligned.words {
            let told = "Something else was agreed for this word by itself";
            self.settle(line, words[at], text, correction.agreement, told);
        }
        for (places, typed) in aligned.unclear {
            let texts = texts[places].iter().map(|text| format!("“{text}”")).collect::<Vec<_>>();
            let reason = format!(
                "It is not clear which word is which: the file has {}, and “{}” was typed.",
                if texts.is_empty() { "nothing there".to_owned() } else { texts.join(" ") },
                typed.join(" ")
            );
            self.reject(&correction.key, reason);
        }
    }

    /// Takes a word's text, once.
    fn settle(
        &mut self,
        line: &'a LineNode,
        word: &'a WordNode,
        text: String,
        agreement: f64,
        conflict: &str,
    ) {
        let last = line.words.iter().rev().find(|word| !word.text.trim().is_empty());
        let ends = line.hyphen.is_some() && last.is_some_and(|last| last.key == word.key);
        // The file keeps the hyphen apart; people type it with the word.
        let cut = without_hyphen(&text);
        let text = if ends && !cut.is_empty() && !ends_in_hyphen(&word.text) {
            cut.to_owned()
        } else {
            text
        };
        if let Some(settled) = self.settled.get(word.key.as_str()) {
            if *settled != text {
                let reason = format!("{conflict}: “{settled}” was kept, not “{text}”.");
                self.reject(&word.key, reason);
            }
            return;
        }
        self.settled.insert(&word.key, text.clone());
        if !text.nfc().eq(word.text.trim().nfc()) {
            self.changed.insert(&word.key, Change { text, agreement });
        }
    }
}

/// The edits of one word: its text where that changed, its whole word where that did.
fn rewrite(
    text: &str,
    version: Version,
    word: &WordNode,
    change: Option<&Change>,
    whole: Option<&String>,
    edits: &mut Vec<Edit>,
) {
    let agreement = change.map(|change| confidence(change.agreement));
    let mut changes: Vec<(&str, Option<&str>)> = Vec::new();
    if let Some(change) = change {
        changes.push(("CONTENT", Some(&change.text)));
        changes.push(("CC", None));
        changes.push(("WC", agreement.as_deref()));
        if has_status(version) {
            changes.push(("CS", Some("true")));
        }
        let glyphs: String = glyphs(word).map(|glyph| glyph.text.as_str()).collect();
        for child in &word.children {
            if child.name == "Glyph" && glyphs == change.text {
                continue;
            }
            let blanks = text[..child.whole.start].trim_end().len();
            let from = blanks.max(word.span.tag.end);
            edits.push(Edit { at: from..child.whole.end, text: String::new() });
        }
    }
    if let Some(whole) = whole {
        changes.push(("SUBS_CONTENT", Some(whole)));
    }
    let at = word.span.tag.clone();
    let text = retag(&text[at.clone()], &changes);
    edits.push(Edit { at, text });
}

fn glyphs(word: &WordNode) -> impl Iterator<Item = &super::outline::Child> {
    word.children.iter().filter(|child| child.name == "Glyph")
}

/// Whether a word can say that it was corrected: since 2.1.
fn has_status(version: Version) -> bool {
    !matches!(version, Version::V1 | Version::V2Point0)
}

/// An agreement as a word confidence.
fn confidence(agreement: f64) -> String {
    let text =
        format!("{:.2}", if agreement.is_finite() { agreement.clamp(0.0, 1.0) } else { 0.0 });
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The first word of a line that has none: all of the typed line, in the line's own box.
fn first_word(
    line: &LineNode,
    typed: &str,
    correction: &Correction,
    version: Version,
    prefix: &str,
) -> impl Fn(&str) -> Option<Edit> {
    let mut word = format!("<{prefix}String CONTENT=\"{}\"", escape(typed));
    if let Some(Rect { x, y, width, height }) = line.area {
        let _ = write!(word, " HPOS=\"{x}\" VPOS=\"{y}\" WIDTH=\"{width}\" HEIGHT=\"{height}\"");
    }
    let _ = write!(word, " WC=\"{}\"", confidence(correction.agreement));
    if has_status(version) {
        word.push_str(" CS=\"true\"");
    }
    word.push_str("/>");
    let span = line.span.clone();
    let inside = line.inside;
    move |source| {
        let span = span.as_ref()?;
        Some(if span.is_empty_tag() {
            fill(source, span, &word)
        } else {
            Edit { at: inside..inside, text: word.clone() }
        })
    }
}

/// The XML declaration says UTF-8 from now on.
fn declaration(text: &str) -> Option<Edit> {
    let end = text.find("?>").filter(|_| text.starts_with("<?xml"))?;
    let declaration = &text[..end];
    let name = declaration.find("encoding")?;
    let open = name + declaration[name..].find(['"', '\''])?;
    let quote = char::from(declaration.as_bytes()[open]);
    let close = open + 1 + declaration[open + 1..].find(quote)?;
    Some(Edit { at: open + 1..close, text: "UTF-8".to_owned() })
}
