//! What stands where in an ALTO file: pages, blocks, lines and words, each
//! with the bytes it takes. Reading and correcting both start from it, so a
//! key means the same word to both.

use super::scan::{Attributes, Scanner, Token};
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
    let mut outline = builder.outline;
    name_all(&mut outline);
    Ok(outline)
}

/// An element that is not closed yet.
#[derive(Debug)]
struct Open {
    local: String,
    tag: Range<usize>,
    text: String,
}

/// Elements whose text is kept.
fn is_said(local: &str) -> bool {
    matches!(local, "MeasurementUnit" | "fileName" | "fileIdentifier" | "softwareName")
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

#[derive(Debug)]
struct Builder {
    outline: Outline,
    file_identifier: Option<String>,
    /// Rotations of the composed blocks that are open.
    turned: Vec<Option<f64>>,
    after_blank: bool,
}

impl Builder {
    fn start(name: &str, attributes: &Attributes, at: &Range<usize>) -> Result<Self, Fault> {
        if !local(name).eq_ignore_ascii_case("alto") {
            return Err(not_alto(local(name)));
        }
        let prefix = name.rsplit_once(':').map(|(prefix, _)| prefix);
        let outline = Outline {
            version: version(prefix, attributes),
            prefix: prefix.map(|p| format!("{p}:")).unwrap_or_default(),
            root: Span { tag: at.clone(), whole: at.clone() },
            description: None,
            ocr_processing: None,
            unit: None,
            file_name: None,
            software: Vec::new(),
            ids: HashSet::new(),
            pages: Vec::new(),
        };
        Ok(Self { outline, file_identifier: None, turned: Vec::new(), after_blank: false })
    }

    fn open(&mut self, local: &str, attributes: &Attributes, at: &Range<usize>, open: &[Open]) {
        if let Some(id) = attributes.id() {
            self.outline.ids.insert(id);
        }
        let inside = |name: &str| open.iter().any(|o| o.local == name);
        match local {
            "Page" => self.outline.pages.push(PageNode {
                id: attributes.id(),
                width: attributes.number("WIDTH").filter(|w| *w > 0.0),
                height: attributes.number("HEIGHT").filter(|h| *h > 0.0),
                rotation: attributes.number("ROTATION"),
                ..PageNode::default()
            }),
            "ComposedBlock" => self.turned.push(attributes.number("ROTATION")),
            "TextBlock" => self.block(attributes),
            "TextLine" => {
                if !inside("TextBlock") {
                    self.block(&Attributes::default());
                }
                self.line(attributes, Some(at));
            }
            "String" => {
                if !inside("TextBlock") && !inside("TextLine") {
                    self.block(&Attributes::default());
                }
                if !inside("TextLine") {
                    self.line(&Attributes::default(), None);
                }
                self.word(attributes, at);
            }
            "SP" => {
                self.after_blank = true;
                if let Some(page) = self.outline.pages.last_mut() {
                    page.tells_blanks = true;
                }
            }
            "HYP" => {
                if let Some(line) = self.last_line() {
                    line.hyphen = Some(attributes.text("CONTENT").unwrap_or_else(|| "-".into()));
                }
            }
            "Polygon" if open.last().is_some_and(|o| o.local == "Shape") => {
                let area = attributes.text("POINTS").and_then(|points| bounds(&points));
                let owner = open.iter().rev().nth(1).map(|o| o.local.as_str());
                if let Some(line) = self.last_line() {
                    match owner {
                        Some("TextLine") => line.polygon = area,
                        Some("String") => {
                            if let Some(word) = line.words.last_mut() {
                                word.polygon = area;
                            }
                        }
                        _ => {}
                    }
                }
            }
            "Glyph" | "ALTERNATIVE" if open.last().is_some_and(|o| o.local == "String") => {
                let child = Child {
                    name: local.to_owned(),
                    text: attributes.text("CONTENT").unwrap_or_default(),
                    whole: at.clone(),
                };
                if let Some(word) = self.last_line().and_then(|line| line.words.last_mut()) {
                    word.children.push(child);
                }
            }
            _ => {}
        }
    }

    fn block(&mut self, attributes: &Attributes) {
        let own = attributes.number("ROTATION");
        let around = self.turned.iter().rev().find_map(|turned| *turned);
        if self.outline.pages.is_empty() {
            // A block outside any page is invalid; a page is made for it rather than losing it.
            self.outline.pages.push(PageNode::default());
        }
        if let Some(page) = self.outline.pages.last_mut() {
            page.blocks.push(BlockNode {
                id: attributes.id(),
                rotation: own.or(around).or(page.rotation).unwrap_or(0.0),
                language: attributes.text("LANG").or_else(|| attributes.text("language")),
                lines: Vec::new(),
            });
        }
    }

    fn line(&mut self, attributes: &Attributes, at: Option<&Range<usize>>) {
        self.after_blank = false;
        let line = LineNode {
            key: String::new(),
            id: attributes.id(),
            area: attributes.area(),
            polygon: None,
            words: Vec::new(),
            hyphen: None,
            span: at.map(|at| Span { tag: at.clone(), whole: at.clone() }),
            inside: at.map_or(0, |at| at.end),
        };
        if let Some(block) = self.outline.pages.last_mut().and_then(|page| page.blocks.last_mut()) {
            block.lines.push(line);
        }
    }

    fn word(&mut self, attributes: &Attributes, at: &Range<usize>) {
        let after_blank = std::mem::take(&mut self.after_blank);
        let word = WordNode {
            key: String::new(),
            id: attributes.id(),
            area: attributes.area(),
            polygon: None,
            text: attributes.text("CONTENT").unwrap_or_default(),
            confidence: attributes.text("WC"),
            corrected: attributes.text("CS").is_some_and(|cs| matches!(cs.trim(), "true" | "1")),
            part: attributes.text("SUBS_TYPE"),
            whole_word: attributes.text("SUBS_CONTENT"),
            after_blank,
            span: Span { tag: at.clone(), whole: at.clone() },
            children: Vec::new(),
        };
        if let Some(line) = self.last_line() {
            line.words.push(word);
        }
    }

    fn close(&mut self, closed: &Open, end: usize, open: &[Open]) {
        let whole = closed.tag.start..end;
        let said = || Some(closed.text.trim().to_owned()).filter(|text| !text.is_empty());
        let outline = &mut self.outline;
        match closed.local.as_str() {
            "Description" if open.len() == 1 => {
                outline.description = Some(Span { tag: closed.tag.clone(), whole });
            }
            "OCRProcessing" => {
                outline.ocr_processing = Some(Span { tag: closed.tag.clone(), whole });
            }
            "MeasurementUnit" => outline.unit = said(),
            "fileName" => outline.file_name = outline.file_name.take().or_else(said),
            "fileIdentifier" => self.file_identifier = self.file_identifier.take().or_else(said),
            "softwareName" => outline.software.extend(said()),
            "ComposedBlock" => {
                self.turned.pop();
            }
            "TextLine" => {
                if let Some(span) = self.last_line().and_then(|line| line.span.as_mut()) {
                    span.whole = whole;
                }
            }
            "Shape" if open.last().is_some_and(|o| o.local == "TextLine") => {
                if let Some(line) = self.last_line() {
                    line.inside = end;
                }
            }
            "String" => {
                if let Some(word) = self.last_line().and_then(|line| line.words.last_mut()) {
                    word.span.whole = whole;
                }
            }
            "Glyph" | "ALTERNATIVE" if open.last().is_some_and(|o| o.local == "String") => {
                let word = self.last_line().and_then(|line| line.words.last_mut());
                if let Some(child) = word.and_then(|word| word.children.last_mut()) {
                    child.whole = whole;
                }
            }
            _ if open.is_empty() => {
                outline.root.whole = whole;
                let identifier = self.file_identifier.take();
                outline.file_name = outline.file_name.take().or(identifier);
            }
            _ => {}
        }
    }

    fn last_line(&mut self) -> Option<&mut LineNode> {
        self.outline.pages.last_mut()?.blocks.last_mut()?.lines.last_mut()
    }
}

/// Another XML than ALTO.
fn not_alto(root: &str) -> Fault {
    let seems = match root {
        "PcGts" => "it is PAGE XML; export ALTO instead",
        "html" => "it is a web page or hOCR; export ALTO instead",
        "mets" => "it is METS, which only lists files; send the ALTO files themselves",
        _ => "its root element is another one",
    };
    Fault::new("not-alto", format!("This is not ALTO: {seems} (<{root}>)."))
}

/// The version by the root's namespace, and by what else it says where that is not enough.
fn version(prefix: Option<&str>, attributes: &Attributes) -> Version {
    let declaration = prefix.map_or_else(|| "xmlns".to_owned(), |prefix| format!("xmlns:{prefix}"));
    let namespace = attributes.text(&declaration).unwrap_or_default();
    let said = attributes.all().map(|(name, value)| match local(name) {
        "schemaLocation" | "noNamespaceSchemaLocation" | "SCHEMAVERSION" => value,
        _ => String::new(),
    });
    let said = said.collect::<Vec<_>>().join(" ").to_lowercase();
    let told = if namespace.is_empty() { said.as_str() } else { namespace.as_str() };
    let is = |major: &str| {
        told.contains(&format!("ns-v{major}#"))
            || namespace.is_empty()
                && (told.contains(&format!("alto-{major}-"))
                    || told.contains(&format!("alto-v{major}"))
                    || told.split_whitespace().any(|w| w.starts_with(&format!("{major}."))))
    };
    if told.contains("ccs-gmbh") {
        Version::V1
    } else if is("4") || is("5") {
        Version::V4
    } else if is("3") {
        Version::V3
    } else if ["alto-v2.0", "alto-2-0", "alto-v2-0"].iter().any(|old| said.contains(old))
        || said.split_whitespace().any(|word| word == "2.0")
    {
        Version::V2Point0
    } else {
        Version::V2
    }
}

/// The box around points such as `1,2 3,4` or `1 2 3 4`.
fn bounds(points: &str) -> Option<Rect> {
    let numbers: Option<Vec<f64>> = points
        .split([',', ' ', '\t', '\n', '\r'])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok().filter(|n: &f64| n.is_finite()))
        .collect();
    let numbers = numbers.filter(|n| n.len() >= 4 && n.len().is_multiple_of(2))?;
    let (pairs, _) = numbers.as_chunks::<2>();
    let [x, y] = pairs[0];
    let corner = Rect { x, y, width: 0.0, height: 0.0 };
    Some(pairs.iter().fold(corner, |all, [x, y]| all.union(&Rect::new(*x, *y, 0.0, 0.0))))
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
