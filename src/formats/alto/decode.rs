//! From bytes to text: ALTO comes in more encodings than the UTF-8 it should be in.

use domain::Fault;
use std::borrow::Cow;

/// More than any page of text has.
const LARGEST: usize = 100 * 1024 * 1024;

/// A file as text.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub(super) text: Cow<'a, str>,
    /// Whether the bytes were something else than UTF-8, so that an XML declaration may say so.
    pub(super) recoded: bool,
}

/// Decodes a file by its byte order mark, else by its XML declaration, else as UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Fault> {
    if bytes.len() > LARGEST {
        let told = "This file is larger than 100 MB, which no page of text is.";
        return Err(Fault::new("too-large", told));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Fault::new("empty", "This file is empty."));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return utf8(rest);
    }
    match bytes {
        [0xff, 0xfe, rest @ ..] => return utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return utf16(rest, u16::from_be_bytes),
        [b'<', 0, ..] => return utf16(bytes, u16::from_le_bytes),
        [0, b'<', ..] => return utf16(bytes, u16::from_be_bytes),
        _ => {}
    }
    let Some(name) = declared(bytes) else { return utf8(bytes) };
    match name.to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" | "us-ascii" | "ascii" => utf8(bytes),
        "iso-8859-1" | "latin1" | "latin-1" => Ok(recoded(bytes.iter().copied().map(char::from))),
        "windows-1252" | "cp1252" => Ok(recoded(bytes.iter().copied().map(windows_1252))),
        _ => Err(Fault::new(
            "encoding",
            format!(
                "This file says that it is written in “{name}”, which cannot be read here. \
                 Save it as UTF-8."
            ),
        )),
    }
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(256)]);
    let declaration = head.strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split_once(quote).map(|(name, _)| name.to_owned())
}

fn utf8(bytes: &[u8]) -> Result<Decoded<'_>, Fault> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: Cow::Borrowed(text), recoded: false }),
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            let line = before.split(|b| *b == b'\n').count();
            Err(Fault::new(
                "encoding",
                format!(
                    "This file should be UTF-8, and line {line} is not. It may be written in \
                     another encoding, or be no XML at all; save it as UTF-8."
                ),
            ))
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Decoded<'_>, Fault> {
    let broken = || Fault::new("encoding", "This file is broken UTF-16. Save it as UTF-8.");
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(broken());
    }
    let text: Result<String, _> = char::decode_utf16(pairs.iter().map(|p| unit(*p))).collect();
    Ok(Decoded { text: Cow::Owned(text.map_err(|_| broken())?), recoded: true })
}

fn recoded<'a>(chars: impl Iterator<Item = char>) -> Decoded<'a> {
    Decoded { text: Cow::Owned(chars.collect()), recoded: true }
}

/// Windows-1252 is Latin 1 but for these.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes).unwrap().text.into_owned()
    }

    #[test]
    fn encodings_are_told_by_mark_or_declaration() {
        assert_eq!(text("\u{feff}<a>ſ</a>".as_bytes()), "<a>ſ</a>");
        let wide: Vec<u8> =
            "\u{feff}<a>ſ😀</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&wide), "<a>ſ😀</a>");
        let wide: Vec<u8> = "<a>ſ</a>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&wide), "<a>ſ</a>");
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe4</a>";
        assert!(text(latin).ends_with("<a>ä</a>"));
        let windows = b"<?xml version=\"1.0\" encoding = \"windows-1252\"?><a>\x84</a>";
        assert!(text(windows).ends_with("<a>„</a>"));
    }

    #[test]
    fn what_cannot_be_decoded_is_told() {
        let told = |bytes: &[u8]| decode(bytes).unwrap_err().detail;
        assert!(told(b"<?xml version='1.0' encoding='EUC-JP'?><a/>").contains("EUC-JP"));
        assert!(told(b"<a>\n\xe4</a>").contains("line 2"));
        assert!(told(b"\xff\xfe<\0a").contains("UTF-16"));
        assert!(told(b" \n").contains("empty"));
    }
}
