//! Typefaces: unpacked from WOFF, shaped with their ligatures, and given the
//! long s that the packaged subset leaves out.

use super::sheet::Outline;
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use rustybuzz::{Face as Shaper, UnicodeBuffer};
use std::io::Read;

/// The three faces of the paper.
pub(super) struct Faces<'a> {
    /// For running text.
    pub(super) body: Face<'a>,
    /// For headings.
    pub(super) head: Face<'a>,
    /// For foreign names, which old printers set in roman.
    pub(super) latin: Face<'a>,
}

/// How a face's f becomes a long s: the crossbar ends at the stem's right side.
#[derive(Clone, Copy)]
pub(super) struct LongS {
    stem: f32,
    low: f32,
    high: f32,
}

pub(super) const MAGUNTIA: LongS = LongS { stem: 366.0, low: 880.0, high: 1030.0 };
pub(super) const COOK: LongS = LongS { stem: 398.0, low: 815.0, high: 1090.0 };
pub(super) const NO_LONG_S: LongS = LongS { stem: 1e6, low: 0.0, high: 0.0 };

/// One typeface.
pub(super) struct Face<'a> {
    shaper: Shaper<'a>,
    long_s: LongS,
}

/// A glyph in its place: outline in pixels, y down, baseline at 0.
pub(super) struct Glyph {
    pub(super) outline: Outline,
    pub(super) x: f32,
}

impl<'a> Face<'a> {
    pub(super) fn new(bytes: &'a [u8], long_s: LongS) -> Option<Self> {
        Some(Self { shaper: Shaper::from_slice(bytes, 0)?, long_s })
    }

    /// Sets a word: its glyphs from left to right, and its width.
    pub(super) fn set(&self, word: &str, size: f32) -> (Vec<Glyph>, f32) {
        let scale = size / self.shaper.units_per_em() as f32;
        let (mut glyphs, mut x) = (vec![], 0.0);
        for run in runs(word) {
            let long = run == "ſ";
            let mut buffer = UnicodeBuffer::new();
            buffer.push_str(&if long { "f".to_owned() } else { run.replace('⸗', "-") });
            buffer.guess_segment_properties();
            let shaped = rustybuzz::shape(&self.shaper, &[], buffer);
            for (info, at) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
                let mut pen = Pen {
                    outline: Outline::default(),
                    scale,
                    dx: at.x_offset as f32,
                    dy: at.y_offset as f32,
                    cut: long.then_some(self.long_s),
                };
                self.shaper.outline_glyph(GlyphId(info.glyph_id as u16), &mut pen);
                glyphs.push(Glyph { outline: pen.outline, x });
                x += at.x_advance as f32 * scale;
            }
        }
        (glyphs, x)
    }

    pub(super) fn width(&self, word: &str, size: f32) -> f32 {
        self.set(word, size).1
    }
}

/// A word cut at its long s's, which must not join with what follows as f does.
fn runs(word: &str) -> Vec<&str> {
    let mut found = vec![];
    let mut rest = word;
    while let Some(at) = rest.find('ſ') {
        if at > 0 {
            found.push(&rest[..at]);
        }
        found.push(&rest[at..at + 'ſ'.len_utf8()]);
        rest = &rest[at + 'ſ'.len_utf8()..];
    }
    if !rest.is_empty() {
        found.push(rest);
    }
    found
}

struct Pen {
    outline: Outline,
    scale: f32,
    dx: f32,
    dy: f32,
    cut: Option<LongS>,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        let x = match self.cut {
            Some(s) if y > s.low && y < s.high => x.min(s.stem),
            _ => x,
        };
        ((x + self.dx) * self.scale, -(y + self.dy) * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let p = self.at(x, y);
        self.outline.start(p);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        let p = self.at(x, y);
        self.outline.line(p);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (c, p) = (self.at(x1, y1), self.at(x, y));
        self.outline.curve(c, p);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        // TrueType outlines have none; two quadratic halves are close enough.
        let middle = (x1.midpoint(x2), y1.midpoint(y2));
        self.quad_to(x1, y1, middle.0, middle.1);
        self.quad_to(x2, y2, x, y);
    }
    fn close(&mut self) {
        self.outline.close();
    }
}

/// The font in a WOFF file: its tables, each packed with zlib, laid out anew.
pub(super) fn unpack(woff: &[u8]) -> Option<Vec<u8>> {
    let word = |at: usize| Some(u32::from_be_bytes(woff.get(at..at + 4)?.try_into().ok()?));
    let short = |at: usize| Some(u16::from_be_bytes(woff.get(at..at + 2)?.try_into().ok()?));
    if woff.get(..4)? != b"wOFF" {
        return None;
    }
    let count = usize::from(short(12)?);
    let mut font = woff.get(4..8)?.to_vec();
    let power = 1u16 << (count as u16).checked_ilog2()?;
    for value in
        [count as u16, power * 16, power.trailing_zeros() as u16, (count as u16 - power) * 16]
    {
        font.extend(value.to_be_bytes());
    }
    let mut tables = vec![];
    let mut at = 12 + 16 * count;
    for entry in (0..count).map(|i| 44 + 20 * i) {
        let (from, packed) = (word(entry + 4)? as usize, word(entry + 8)? as usize);
        let length = word(entry + 12)? as usize;
        let bytes = woff.get(from..from + packed)?;
        let mut table = vec![];
        if packed < length {
            flate2::read::ZlibDecoder::new(bytes).read_to_end(&mut table).ok()?;
        } else {
            table.extend_from_slice(bytes);
        }
        font.extend(woff.get(entry..entry + 4)?);
        font.extend(woff.get(entry + 16..entry + 20)?);
        font.extend((at as u32).to_be_bytes());
        font.extend((length as u32).to_be_bytes());
        table.resize(length.next_multiple_of(4), 0);
        at += table.len();
        tables.push(table);
    }
    font.extend(tables.concat());
    Some(font)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_long_s_stands_alone() {
        assert_eq!(runs("Waſſer"), ["Wa", "ſ", "ſ", "er"]);
        assert_eq!(runs("ſo"), ["ſ", "o"]);
        assert_eq!(runs("Haus"), ["Haus"]);
    }
}
