//! What stands where in an ALTO file: pages, blocks, lines and words, each
//! with the bytes it takes. Reading and correcting both start from it, so a
//! key means the same word to both.

use super::builder::Builder;
use super::scan::{Scanner, Token};
use domain::{Fault, Rect};
use std::collections::HashSet;
use std::ops::Range;

/// Which ALTO a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// The namespace of CCS, before the standard came to the Library of Congress.
    V1,
    /// 2.0, which knows no correction status on words.
    V2Point0,
    /// 2.1, or 2 of an unknown minor version, or none told.
    V2,
    /// 3.x.
    V3,
    /// 4.x and later.
    V4,
}

/// An element's place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// Its start tag.
    pub(super) tag: Range<usize>,
    /// All of it, from the start tag to the end tag.
    pub(super) whole: Range<usize>,
}

impl Span {
    /// Whether it is `<Name/>`: a start tag and nothing else.
    pub(super) fn is_empty_tag(&self) -> bool {
        self.tag == self.whole
    }
}

/// All of a file that is looked at.
#[derive(Debug)]
pub(super) struct Outline {
    pub(super) version: Version,
    /// The root's prefix with its colon, such as `alto:`; else empty.
    pub(super) prefix: String,
    pub(super) root: Span,
    pub(super) description: Option<Span>,
    /// The last `OCRProcessing`.
    pub(super) ocr_processing: Option<Span>,
    pub(super) unit: Option<String>,
    pub(super) file_name: Option<String>,
    pub(super) software: Vec<String>,
    /// Every `ID` there is.
    pub(super) ids: HashSet<String>,
    pub(super) pages: Vec<PageNode>,
}

#[derive(Debug, Default)]
pub(super) struct PageNode {
    pub(super) id: Option<String>,
    pub(super) width: Option<f64>,
    pub(super) height: Option<f64>,
    pub(super) rotation: Option<f64>,
    pub(super) blocks: Vec<BlockNode>,
    /// Whether it tells any blank between words.
    pub(super) tells_blanks: bool,
}

#[derive(Debug, Default)]
pub(super) struct BlockNode {
    pub(super) id: Option<String>,
    pub(super) rotation: f64,
    pub(super) language: Option<String>,
    pub(super) lines: Vec<LineNode>,
}

#[derive(Debug)]
pub(super) struct LineNode {
    pub(super) key: String,
    pub(super) id: Option<String>,
    pub(super) area: Option<Rect>,
    pub(super) polygon: Option<Rect>,
    pub(super) words: Vec<WordNode>,
    pub(super) hyphen: Option<String>,
    /// None where the file has words without a line.
    pub(super) span: Option<Span>,
    /// Where its first word would stand: after its shape.
    pub(super) inside: usize,
}

#[derive(Debug)]
pub(super) struct WordNode {
    pub(super) key: String,
    pub(super) id: Option<String>,
    pub(super) area: Option<Rect>,
    pub(super) polygon: Option<Rect>,
    pub(super) text: String,
    pub(super) confidence: Option<String>,
    /// `CS="true"`: a person has corrected it.
    pub(super) corrected: bool,
    /// `SUBS_TYPE` and `SUBS_CONTENT`.
    pub(super) part: Option<String>,
    pub(super) whole_word: Option<String>,
    /// Whether an `SP` stands before it in its line.
    pub(super) after_blank: bool,
    pub(super) span: Span,
    pub(super) children: Vec<Child>,
}

/// A child element of a word.
#[derive(Debug)]
pub(super) struct Child {
    pub(super) name: String,
    /// A glyph's `CONTENT`.
    pub(super) text: String,
    pub(super) whole: Range<usize>,
}

/// Walks through a whole file.
pub(super) fn outline(text: &str) -> Result<Outline, Fault> {
    let mut scanner = Scanner::new(text);
    let mut builder: Option<Builder> = None;
    let mut open: Vec<Open> = Vec::new();
    while let Some(token) = scanner.next()? {
        match token {
            Token::Open { name, attributes, at, empty } => {
                if open.is_empty() {
                    if builder.is_some() {
                        return Err(scanner.broken("there is a second root element"));
                    }
                    builder = Some(Builder::start(name, &attributes, &at)?);
                }
                let local = local(name).to_owned();
                if let Some(builder) = &mut builder {
                    builder.open(&local, &attributes, &at, &open);
                }
                open.push(Open { local, tag: at.clone(), text: String::new() });
                if empty && let (Some(builder), Some(closed)) = (&mut builder, open.pop()) {
                    builder.close(&closed, at.end, &open);
                }
            }
            Token::Text(part) => match open.last_mut() {
                Some(top) if is_said(&top.local) => top.text.push_str(&part),
                Some(_) => {}
                None if part.trim().is_empty() => {}
                None => return Err(scanner.broken("there is text outside the root element")),
            },
            Token::Close { end } => {
                if let (Some(builder), Some(closed)) = (&mut builder, open.pop()) {
                    builder.close(&closed, end, &open);
                }
            }
        }
    }
    let Some(builder) = builder else {
        return Err(Fault::new("bad-xml", "This is not XML: it has no root element."));
    };
    let mut outline = builder.done();
    name_all(&mut outline);
    Ok(outline)
}

/// An element that is not closed yet.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) local: String,
    pub(super) tag: Range<usize>,
    pub(super) text: String,
}

/// Elements whose text is kept.
fn is_said(local: &str) -> bool {
    matches!(local, "MeasurementUnit" | "fileName" | "fileIdentifier" | "softwareName")
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Gives every line and word a key of its own: the id, else a path. An id that
/// comes twice names the first; the others go by their paths.
fn name_all(outline: &mut Outline) {
    let mut taken: HashSet<String> = HashSet::new();
    let mut unnamed = Vec::new();
    for (p, page) in outline.pages.iter_mut().enumerate() {
        for (b, block) in page.blocks.iter_mut().enumerate() {
            for (l, line) in block.lines.iter_mut().enumerate() {
                let path = format!("p{}/b{}/l{}", p + 1, b + 1, l + 1);
                let words = line.words.iter_mut().enumerate().map(|(w, word)| {
                    (&mut word.key, word.id.as_deref(), format!("{path}/w{}", w + 1))
                });
                let own = (&mut line.key, line.id.as_deref(), path.clone());
                for (key, id, path) in std::iter::once(own).chain(words) {
                    match id.filter(|id| taken.insert((*id).to_owned())) {
                        Some(id) => id.clone_into(key),
                        None => unnamed.push((key, path)),
                    }
                }
            }
        }
    }
    for (key, path) in unnamed {
        let mut free = path.clone();
        let mut again = 2;
        while !taken.insert(free.clone()) {
            free = format!("{path}~{again}");
            again += 1;
        }
        *key = free;
    }
}
