//! Puts an outline together, tag by tag.

use super::outline::{
    BlockNode, Child, LineNode, Open, Outline, PageNode, Span, Version, WordNode, local,
};
use super::scan::Attributes;
use domain::{Fault, Rect};
use std::collections::HashSet;
use std::ops::Range;

/// An outline in the making.
#[derive(Debug)]
pub(super) struct Builder {
    outline: Outline,
    file_identifier: Option<String>,
    /// Rotations of the composed blocks that are open.
    turned: Vec<Option<f64>>,
    after_blank: bool,
}

impl Builder {
    /// At the root.
    pub(super) fn start(
        name: &str,
        attributes: &Attributes,
        at: &Range<usize>,
    ) -> Result<Self, Fault> {
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

    /// At a start tag; `open` are the elements around it.
    pub(super) fn open(
        &mut self,
        local: &str,
        attributes: &Attributes,
        at: &Range<usize>,
        open: &[Open],
    ) {
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

    /// All of it, but for the keys.
    pub(super) fn done(self) -> Outline {
        self.outline
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

    /// At the end of an element; `open` are those still around it.
    pub(super) fn close(&mut self, closed: &Open, end: usize, open: &[Open]) {
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
