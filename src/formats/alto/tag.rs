//! Changes to the text of a file that leave every other byte as it was.

use super::outline::Span;
use std::fmt::Write as _;
use std::ops::Range;

/// New text for a stretch of the old.
#[derive(Debug)]
pub(super) struct Edit {
    pub(super) at: Range<usize>,
    pub(super) text: String,
}

/// The text with all edits made. Edits must not overlap.
pub(super) fn splice(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.at.start, edit.at.end));
    let mut out = String::with_capacity(text.len() + 1024);
    let mut done = 0;
    for edit in edits {
        out.push_str(&text[done..edit.at.start]);
        out.push_str(&edit.text);
        done = edit.at.end;
    }
    out.push_str(&text[done..]);
    out
}

/// A start tag with attributes set (`Some`) or removed (`None`). New ones come after `CONTENT`,
/// or else after the last one; the others stay as they are, to the byte.
pub(super) fn retag(tag: &str, changes: &[(&str, Option<&str>)]) -> String {
    let spans = attributes(tag);
    let mut edits = Vec::new();
    let mut added = String::new();
    for (name, value) in changes {
        let old = spans.iter().find(|span| &tag[span.name.clone()] == *name);
        match (old, value) {
            (Some(old), Some(value)) => {
                edits.push(Edit { at: old.value.clone(), text: escape(value) });
            }
            (Some(old), None) => edits.push(Edit { at: old.whole.clone(), text: String::new() }),
            (None, Some(value)) => {
                let _ = write!(added, " {name}=\"{}\"", escape(value));
            }
            (None, None) => {}
        }
    }
    let after = spans.iter().find(|span| &tag[span.name.clone()] == "CONTENT").or(spans.last());
    let end = after.map_or_else(|| name(tag).len() + 1, |span| span.whole.end);
    if !added.is_empty() {
        edits.push(Edit { at: end..end, text: added });
    }
    splice(tag, edits)
}

/// A new last child of an element, in the manner of its first one.
pub(super) fn append(text: &str, parent: &Span, child: &str) -> Edit {
    if parent.is_empty_tag() {
        return fill(text, parent, child);
    }
    let inside = &text[parent.tag.end..parent.whole.end];
    let close = inside.rfind("</").unwrap_or(inside.len());
    let content = &inside[..close];
    let at = parent.tag.end + content.trim_end().len();
    Edit { at: at..at, text: format!("{}{child}", indent(content)) }
}

/// A new first child of an element, in the manner of the old first one.
pub(super) fn prepend(text: &str, parent: &Span, child: &str) -> Edit {
    if parent.is_empty_tag() {
        return fill(text, parent, child);
    }
    let at = parent.tag.end;
    let indent = indent(&text[at..parent.whole.end]);
    Edit { at: at..at, text: format!("{indent}{child}") }
}

/// `<Name/>` as `<Name>child</Name>`.
pub(super) fn fill(text: &str, parent: &Span, child: &str) -> Edit {
    let tag = &text[parent.tag.clone()];
    let at = parent.tag.end.saturating_sub("/>".len())..parent.tag.end;
    Edit { at, text: format!(">{child}</{}>", name(tag)) }
}

/// The line break and the blanks before the first child, where there are any.
fn indent(content: &str) -> &str {
    let blank = &content[..content.len() - content.trim_start().len()];
    let Some(last) = blank.rfind('\n') else { return "" };
    let start = if blank[..last].ends_with('\r') { last - 1 } else { last };
    &blank[start..]
}

/// A tag's name with its prefix.
pub(super) fn name(tag: &str) -> &str {
    let tag = tag.strip_prefix('<').unwrap_or(tag);
    tag.split(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').next().unwrap_or(tag)
}

/// Where an attribute stands in its tag.
struct AttributeSpan {
    /// With the blanks before it and its quotes.
    whole: Range<usize>,
    name: Range<usize>,
    /// Without its quotes.
    value: Range<usize>,
}

/// The attributes of a start tag that is known to be well-formed.
fn attributes(tag: &str) -> Vec<AttributeSpan> {
    let bytes = tag.as_bytes();
    let skip = |from: usize, while_: &dyn Fn(u8) -> bool| {
        from + bytes[from..].iter().take_while(|b| while_(**b)).count()
    };
    let blank = |b: u8| b.is_ascii_whitespace();
    let mut spans = Vec::new();
    let mut at = (name(tag).len() + 1).min(bytes.len());
    loop {
        let start = at;
        let from = skip(at, &blank);
        let to = skip(from, &|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/'));
        let equals = skip(to, &blank);
        if to == from || bytes.get(equals) != Some(&b'=') {
            return spans;
        }
        let open = skip(equals + 1, &blank);
        let Some(quote) = bytes.get(open).copied().filter(|b| matches!(b, b'"' | b'\'')) else {
            return spans;
        };
        let close = skip(open + 1, &|b| b != quote);
        if close >= bytes.len() {
            return spans;
        }
        at = close + 1;
        spans.push(AttributeSpan { whole: start..at, name: from..to, value: open + 1..close });
    }
}

/// Text as it stands in an attribute of either quote, or in an element.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_named_attributes_change() {
        let tag = "<a:String  ID='s1'\n CONTENT = \"v&amp;r\" CC=\"0 1\" WC='0.3'   />";
        let changes = [
            ("CONTENT", Some("\"Wör'<")),
            ("CC", None),
            ("WC", Some("1")),
            ("CS", Some("true")),
            ("SUBS_CONTENT", None),
        ];
        let told = "<a:String  ID='s1'\n CONTENT = \"&quot;Wör&apos;&lt;\" CS=\"true\" WC='1'   />";
        assert_eq!(retag(tag, &changes), told);
        assert_eq!(retag("<String/>", &[("CONTENT", Some("x"))]), "<String CONTENT=\"x\"/>");
        assert_eq!(retag(tag, &[]), tag);
    }

    #[test]
    fn a_child_is_put_in_the_manner_of_its_siblings() {
        let put = |text: &str, at: usize, first: bool| {
            let end = text[at..].find('>').unwrap() + at + 1;
            let span = Span { tag: at..end, whole: at..text.len() };
            let edit = if first { prepend } else { append };
            splice(text, vec![edit(text, &span, "<new/>")])
        };
        assert_eq!(put("<a>\r\n  <b/>\r\n</a>", 0, false), "<a>\r\n  <b/>\r\n  <new/>\r\n</a>");
        assert_eq!(put("<a>\n\t<b/>\n</a>", 0, true), "<a>\n\t<new/>\n\t<b/>\n</a>");
        assert_eq!(put("<a><b/></a>", 0, false), "<a><b/><new/></a>");
        assert_eq!(put("<x:a y='1'/>", 0, false), "<x:a y='1'><new/></x:a>");
    }
}
