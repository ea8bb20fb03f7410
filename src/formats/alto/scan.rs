//! XML as a list of tokens with the bytes they take, within limits that no
//! honest page meets and with every fault told by its line.

use super::tag::name;
use domain::{Fault, Rect};
use quick_xml::XmlVersion;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::ops::Range;

/// Elements inside elements.
const DEEPEST: usize = 64;

/// Bytes of text, in elements and attributes.
const MOST_TEXT: usize = 10 * 1024 * 1024;

/// One token.
#[derive(Debug)]
pub(super) enum Token<'a> {
    /// A start tag; `empty` where it is the end as well.
    Open { name: &'a str, attributes: Attributes, at: Range<usize>, empty: bool },
    /// Text inside the element, unescaped.
    Text(String),
    /// An end tag, and where it ends.
    Close { end: usize },
}

/// Walks through a text.
pub(super) struct Scanner<'a> {
    source: &'a str,
    reader: Reader<&'a [u8]>,
    /// Where each open element starts.
    open: Vec<usize>,
    said: usize,
}

impl<'a> Scanner<'a> {
    /// At the start of `source`.
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, reader: Reader::from_str(source), open: Vec::new(), said: 0 }
    }

    /// The next token; none at a proper end.
    pub(super) fn next(&mut self) -> Result<Option<Token<'a>>, Fault> {
        loop {
            let start = self.position();
            let event = self.reader.read_event().map_err(|error| match error {
                // All other faults of syntax are markup that has no end.
                Error::Syntax(fault) if fault != SyntaxError::InvalidBangMarkup => {
                    self.cut_off(start)
                }
                error => self.broken(&error.to_string()),
            })?;
            let at = start..self.position();
            let token = match event {
                Event::Start(tag) => {
                    self.open.push(start);
                    if self.open.len() > DEEPEST {
                        let told =
                            "This XML nests its elements deeper than 64, which no page does.";
                        return Err(Fault::new("too-deep", told));
                    }
                    self.tag(&tag, at, false)?
                }
                Event::Empty(tag) => self.tag(&tag, at, true)?,
                Event::End(_) => {
                    self.open.pop();
                    Token::Close { end: at.end }
                }
                Event::Text(_) => Token::Text(self.said(self.source[at].to_owned())?),
                Event::CData(data) => Token::Text(self.said(data.to_string())?),
                Event::GeneralRef(_) => {
                    let text = quick_xml::escape::unescape(&self.source[at])
                        .map_err(|error| self.broken(&error.to_string()))?;
                    Token::Text(self.said(text.into_owned())?)
                }
                Event::DocType(_) => {
                    return Err(Fault::new(
                        "doctype",
                        "This XML has a DOCTYPE, which can make a small file grow without end and \
                         is not taken. ALTO needs none: remove the line that begins with <!DOCTYPE.",
                    ));
                }
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => continue,
                Event::Eof => match self.open.last() {
                    Some(opened) => return Err(self.cut_off(*opened)),
                    None => return Ok(None),
                },
            };
            return Ok(Some(token));
        }
    }

    /// Broken XML, told by its line.
    pub(super) fn broken(&self, why: &str) -> Fault {
        let at = usize::try_from(self.reader.error_position()).unwrap_or(0);
        let at = if at == 0 { self.position() } else { at };
        let line = self.line(at);
        Fault::new("bad-xml", format!("This XML is broken at line {line}: {why}."))
    }

    fn cut_off(&self, opened: usize) -> Fault {
        let name = name(self.source[opened..].trim_start());
        Fault::new(
            "bad-xml",
            format!(
                "This XML ends in the middle: <{}> of line {} is never closed. Perhaps a copy was \
                 cut off.",
                name.chars().take(40).collect::<String>(),
                self.line(opened)
            ),
        )
    }

    fn line(&self, at: usize) -> usize {
        let at = at.min(self.source.len());
        self.source.as_bytes()[..at].split(|b| *b == b'\n').count()
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.source.len())
    }

    fn said(&mut self, text: String) -> Result<String, Fault> {
        self.said += text.len();
        if self.said > MOST_TEXT {
            let told = "This XML holds more than 10 MB of text, which no page does.";
            return Err(Fault::new("too-large", told));
        }
        Ok(text)
    }

    fn tag(&mut self, tag: &BytesStart, at: Range<usize>, empty: bool) -> Result<Token<'a>, Fault> {
        let mut attributes = Attributes::default();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| self.broken(&error.to_string()))?;
            if !is_name(attribute.key.as_ref()) {
                return Err(self.broken("an attribute has a name that XML does not allow"));
            }
            if attribute.value.contains('<') {
                return Err(self.broken("“<” stands in an attribute, where it has to be “&lt;”"));
            }
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| self.broken(&error.to_string()))?;
            let value = self.said(value.into_owned())?;
            attributes.0.push((attribute.key.as_ref().to_owned(), value));
        }
        let name = name(&self.source[at.clone()]);
        if !is_name(name) {
            return Err(self.broken("an element has a name that XML does not allow"));
        }
        Ok(Token::Open { name, attributes, at, empty })
    }
}

/// Whether XML allows this as a name. Beyond ASCII it allows nearly all, so all is taken.
fn is_name(name: &str) -> bool {
    let starts = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':') || !c.is_ascii();
    let goes_on = |c: char| starts(c) || c.is_ascii_digit() || matches!(c, '-' | '.');
    name.starts_with(starts) && name.chars().all(goes_on)
}

/// The attributes of a tag, unescaped.
#[derive(Debug, Default)]
pub(super) struct Attributes(Vec<(String, String)>);

impl Attributes {
    /// Every one: its name and its value.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, String)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.clone()))
    }

    /// The one called `name`.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }

    /// The `ID`, where there is one that names anything.
    pub(super) fn id(&self) -> Option<String> {
        self.text("ID").filter(|id| !id.trim().is_empty())
    }

    /// A number, where there is one.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.text(name)?.trim().parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// The box, where all four lengths are there.
    pub(super) fn area(&self) -> Option<Rect> {
        Some(Rect::new(
            self.number("HPOS")?,
            self.number("VPOS")?,
            self.number("WIDTH")?,
            self.number("HEIGHT")?,
        ))
    }
}
