//! Sheets that were filled in: the same lines and words as a page of a PDF, with its fonts, and as a picture.

use super::art::{Art, Colour, INK, line, mix, oval};
use super::campaigns::{Fonts, Kit};
use crate::command::Trouble;
use image::RgbImage;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::text::{Font, TextDirection};

/// A5, in points.
pub(super) const SIZE: (f32, f32) = (420.0, 595.0);
const SHEET: Colour = [250, 245, 232];

/// Which hand wrote it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Writ {
    Print,
    Typed,
    Hand,
}

/// One sheet: what stands on it, in points from the left top corner.
#[derive(Default)]
pub(super) struct Form {
    marks: Vec<Mark>,
}

enum Mark {
    Words { at: (f32, f32), size: f32, writ: Writ, text: String, colour: Colour },
    Rule { from: (f32, f32), to: (f32, f32), width: f32, colour: Colour },
    Ring { at: (f32, f32), r: f32, colour: Colour },
}

impl Form {
    pub(super) fn words(
        &mut self,
        writ: Writ,
        size: f32,
        at: (f32, f32),
        text: &str,
        colour: Colour,
    ) {
        self.marks.push(Mark::Words { at, size, writ, text: text.into(), colour });
    }

    pub(super) fn rule(&mut self, from: (f32, f32), to: (f32, f32), width: f32) {
        self.marks.push(Mark::Rule { from, to, width, colour: INK });
    }

    /// A stamp: two rings with a word between two rules.
    pub(super) fn stamp(&mut self, kit: &Kit, at: (f32, f32), word: &str, colour: Colour) {
        for r in [38.0, 33.0] {
            self.marks.push(Mark::Ring { at, r, colour });
        }
        for dy in [-11.0, 11.0] {
            let (from, to) = ((at.0 - 31.0, at.1 + dy), (at.0 + 31.0, at.1 + dy));
            self.marks.push(Mark::Rule { from, to, width: 1.2, colour });
        }
        let width = kit.print.width(word, 17.0);
        self.words(Writ::Print, 17.0, (at.0 - width / 2.0, at.1 + 6.0), word, colour);
    }

    /// As it looks on a table: a picture of `scale` pixels a point.
    pub(super) fn picture(&self, kit: &Kit, scale: f32, seed: u64) -> RgbImage {
        let (width, height) = ((SIZE.0 * scale) as u32, (SIZE.1 * scale) as u32);
        let mut art = Art::new(width, height, SHEET, seed);
        art.tremble = 0.4;
        for mark in &self.marks {
            match mark {
                Mark::Words { at, size, writ, text, colour } => {
                    let face = match writ {
                        Writ::Print => &kit.print,
                        Writ::Typed => &kit.typed,
                        Writ::Hand => &kit.hand,
                    };
                    let space = if *writ == Writ::Typed { 0.6 } else { 0.26 };
                    let mut x = at.0 * scale;
                    for word in text.split(' ') {
                        x += art.letters(face, word, size * scale, (x, at.1 * scale), *colour);
                        x += size * scale * space;
                    }
                }
                Mark::Rule { from, to, width, colour } => {
                    let ends = [(from.0 * scale, from.1 * scale), (to.0 * scale, to.1 * scale)];
                    art.ink(&line(&ends), width * scale, *colour);
                }
                Mark::Ring { at, r, colour } => {
                    let ring = oval(at.0 * scale, at.1 * scale, r * scale, r * scale);
                    art.ink(&ring, 1.6 * scale, *colour);
                }
            }
        }
        art.finish(0.9)
    }
}

/// The forms as one PDF, a page each.
pub(super) fn pdf(forms: &[Form], fonts: &Fonts) -> Result<Vec<u8>, Trouble> {
    let font = |bytes: &Vec<u8>| {
        Font::new(bytes.clone().into(), 0).ok_or_else(|| Trouble::new("PDF refuses a typeface."))
    };
    let (print, typed, hand) = (font(&fonts.print)?, font(&fonts.typed)?, font(&fonts.hand)?);
    let mut document = Document::new();
    for form in forms {
        let Some(settings) = PageSettings::from_wh(SIZE.0, SIZE.1) else { continue };
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let mut sheet = PathBuilder::new();
        if let Some(whole) = Rect::from_xywh(0.0, 0.0, SIZE.0, SIZE.1) {
            sheet.push_rect(whole);
        }
        surface.set_fill(Some(fill(SHEET)));
        if let Some(sheet) = sheet.finish() {
            surface.draw_path(&sheet);
        }
        for mark in &form.marks {
            match mark {
                Mark::Words { at, size, writ, text, colour } => {
                    let font = match writ {
                        Writ::Print => &print,
                        Writ::Typed => &typed,
                        Writ::Hand => &hand,
                    };
                    surface.set_fill(Some(fill(*colour)));
                    surface.set_stroke(None);
                    let at = Point::from_xy(at.0, at.1);
                    surface.draw_text(
                        at,
                        font.clone(),
                        *size,
                        text,
                        false,
                        TextDirection::LeftToRight,
                    );
                }
                Mark::Rule { from, to, width, colour } => {
                    let mut pen = PathBuilder::new();
                    pen.move_to(from.0, from.1);
                    pen.line_to(to.0, to.1);
                    surface.set_fill(None);
                    surface.set_stroke(Some(stroke(*colour, *width)));
                    if let Some(path) = pen.finish() {
                        surface.draw_path(&path);
                    }
                }
                Mark::Ring { at, r, colour } => {
                    let mut pen = PathBuilder::new();
                    for (step, (x, y)) in oval(at.0, at.1, *r, *r).points.into_iter().enumerate() {
                        if step == 0 { pen.move_to(x, y) } else { pen.line_to(x, y) }
                    }
                    pen.close();
                    surface.set_fill(None);
                    surface.set_stroke(Some(stroke(*colour, 1.6)));
                    if let Some(path) = pen.finish() {
                        surface.draw_path(&path);
                    }
                }
            }
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|e| Trouble::new(format!("Could not write a PDF: {e:?}.")))
}

fn fill([r, g, b]: Colour) -> Fill {
    Fill { paint: rgb::Color::new(r, g, b).into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

fn stroke([r, g, b]: Colour, width: f32) -> Stroke {
    Stroke { paint: rgb::Color::new(r, g, b).into(), width, ..Stroke::default() }
}

/// The ink of somebody's pen.
pub(super) fn pen() -> Colour {
    mix([40, 62, 128], INK, 0.2)
}
