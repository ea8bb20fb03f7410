//! The compositor: text into lines, lines into columns, ink onto the sheet.

mod flow;
mod lines;

use super::face::{Face, Faces};
use super::ornament;
use super::sheet::{Bounds, Outline, Sheet};
use flow::Column;
use lines::{Piece, Row};

/// A set page: its ink, and where every word of it stands.
pub(super) struct Composed {
    pub(super) sheet: Sheet,
    pub(super) blocks: Vec<Block>,
    /// The part that stands for the paper as a whole: its head.
    pub(super) head: Bounds,
    /// Its vignette, where it has one.
    pub(super) vignette: Option<Bounds>,
}

/// A paragraph, a heading, a table.
#[derive(Default)]
pub(super) struct Block {
    pub(super) lines: Vec<Vec<Word>>,
}

/// A printed word.
#[derive(Clone)]
pub(super) struct Word {
    /// As printed, without the hyphen at a line's end.
    pub(super) text: String,
    pub(super) bounds: Bounds,
    pub(super) half: Option<Half>,
}

/// One half of a word that a line end divides.
#[derive(Clone)]
pub(super) enum Half {
    /// With the hyphen's place.
    First(Bounds),
    Second,
}

pub(super) const WIDTH: usize = 1760;
pub(super) const HEIGHT: usize = 2500;
const MARGIN: f32 = 92.0;
const GAP: f32 = 40.0;
const COLUMNS: usize = 3;

/// The first page, with the paper's head.
pub(super) fn front(faces: &Faces, text: &str) -> Composed {
    let mut press = Press::new();
    let middle = WIDTH as f32 / 2.0;
    press.words(&faces.body, "Nr. 46.", 38.0, MARGIN + 6.0, 128.0, &Align::Left);
    press.words(
        &faces.body,
        "Preis 6 Pfennige.",
        38.0,
        WIDTH as f32 - MARGIN,
        128.0,
        &Align::Right,
    );
    ornament::mole(&mut press.sheet, middle, 66.0, 1.0);
    let title = "Seemünder Wochenblatt";
    let size = 1_330.0 / faces.head.width(title, 1.0);
    press.words(&faces.head, title, size, middle, 268.0, &Align::Middle);
    press.words(&faces.body, "für Haus, Hof und Hafen.", 50.0, middle, 340.0, &Align::Middle);
    press.rule(MARGIN, 372.0, WIDTH as f32 - MARGIN, 5.0);
    press.rule(MARGIN, 381.0, WIDTH as f32 - MARGIN, 1.6);
    press.words(
        &faces.body,
        "Sonnabend, den 14. November 1863.",
        40.0,
        middle,
        424.0,
        &Align::Middle,
    );
    press.words(&faces.body, "Erſcheint wöchentlich.", 32.0, MARGIN + 6.0, 422.0, &Align::Left);
    press.words(
        &faces.body,
        "Siebenter Jahrgang.",
        32.0,
        WIDTH as f32 - MARGIN,
        422.0,
        &Align::Right,
    );
    press.rule(MARGIN, 446.0, WIDTH as f32 - MARGIN, 2.0);
    let head = Bounds { l: MARGIN, t: 20.0, r: WIDTH as f32 - MARGIN, b: 440.0 };
    let vignette = Bounds { l: middle - 210.0, t: 58.0, r: middle + 210.0, b: 150.0 };
    Composed { vignette: Some(vignette), ..press.columns(faces, text, 466.0, head) }
}

/// The second page, with a running head.
pub(super) fn back(faces: &Faces, text: &str) -> Composed {
    let mut press = Press::new();
    let middle = WIDTH as f32 / 2.0;
    press.words(&faces.body, "Seemünder Wochenblatt", 38.0, middle, 118.0, &Align::Middle);
    press.words(&faces.body, "Seite 2.", 36.0, MARGIN + 6.0, 118.0, &Align::Left);
    press.words(&faces.body, "1863. Nr. 46.", 36.0, WIDTH as f32 - MARGIN, 118.0, &Align::Right);
    press.rule(MARGIN, 140.0, WIDTH as f32 - MARGIN, 4.0);
    press.rule(MARGIN, 148.0, WIDTH as f32 - MARGIN, 1.6);
    let head = Bounds { l: MARGIN, t: 60.0, r: WIDTH as f32 - MARGIN, b: 142.0 };
    press.columns(faces, text, 168.0, head)
}

/// A single line for a warm-up, with the bounds of each word.
pub(super) fn strip(faces: &Faces, text: &str) -> (Sheet, Vec<Bounds>) {
    let size = 58.0;
    let width = faces.body.width(text, size).ceil() as usize + 120;
    let mut press = Press { sheet: Sheet::new(width, 130), blocks: vec![] };
    press.words(&faces.body, text, size, 56.0, 82.0, &Align::Left);
    let words = press.blocks.remove(0).lines.remove(0);
    (press.sheet, words.into_iter().map(|word| word.bounds).collect())
}

enum Align {
    Left,
    Middle,
    Right,
}

struct Press {
    sheet: Sheet,
    blocks: Vec<Block>,
}

impl Press {
    fn new() -> Self {
        Self { sheet: Sheet::new(WIDTH, HEIGHT), blocks: vec![] }
    }

    fn rule(&mut self, left: f32, y: f32, right: f32, thick: f32) {
        let line = Outline::stroke((left, y), (right, y), (thick, thick));
        self.sheet.print(&line, 0.0, 0.0, 0.95);
    }

    /// A line outside the columns: a block of its own.
    fn words(&mut self, face: &Face, text: &str, size: f32, x: f32, y: f32, align: &Align) {
        let space = face.width("n", size) * 0.62;
        let widths: Vec<f32> = text.split(' ').map(|word| face.width(word, size)).collect();
        let all = widths.iter().sum::<f32>() + space * (widths.len() - 1) as f32;
        let mut at = match align {
            Align::Left => x,
            Align::Middle => x - all / 2.0,
            Align::Right => x - all,
        };
        let mut line = vec![];
        for (word, width) in text.split(' ').zip(widths) {
            if let Some(bounds) = self.word(face, word, size, at, y) {
                line.push(Word { text: word.into(), bounds, half: None });
            }
            at += width + space;
        }
        self.blocks.push(Block { lines: vec![line] });
    }

    /// Prints a word; each type sits a hair higher or lower and takes a little more or less ink.
    fn word(&mut self, face: &Face, text: &str, size: f32, x: f32, y: f32) -> Option<Bounds> {
        let mut bounds: Option<Bounds> = None;
        for (at, glyph) in face.set(text, size).0.iter().enumerate() {
            let seed = (x * 7.0) as u64 * 31 + (y as u64) * 1_013 + at as u64;
            let mut chance = super::chance::Chance::new(seed);
            let lift = chance.between(-0.013, 0.013) * size;
            let ink = chance.between(0.84, 1.0);
            let here = self.sheet.print(&glyph.outline, x + glyph.x, y + lift, ink);
            bounds = match (bounds, here) {
                (Some(a), Some(b)) => Some(a.with(b)),
                (a, b) => a.or(b),
            };
        }
        bounds
    }

    /// Fills the columns below `top` in the largest type that fits.
    fn columns(mut self, faces: &Faces, text: &str, top: f32, head: Bounds) -> Composed {
        let count = COLUMNS as f32;
        let width = (WIDTH as f32 - 2.0 * MARGIN - (count - 1.0) * GAP) / count;
        let bottom = HEIGHT as f32 - MARGIN;
        let mut size = 46.0;
        let (size, columns) = loop {
            let rows = lines::rows(faces, text, size, width);
            if let Some(columns) = flow::pour(rows, size, bottom - top, COLUMNS) {
                break (size, columns);
            }
            size -= 0.25;
        };
        for (at, column) in columns.into_iter().enumerate() {
            let left = MARGIN + at as f32 * (width + GAP);
            if at > 0 {
                let x = left - GAP / 2.0;
                let line = Outline::stroke((x, top + 4.0), (x, bottom), (1.8, 1.8));
                self.sheet.print(&line, 0.0, 0.0, 0.8);
            }
            self.column(faces, column, size, left, top, width);
        }
        Composed { sheet: self.sheet, blocks: self.blocks, head, vignette: None }
    }

    fn column(&mut self, faces: &Faces, column: Column, size: f32, left: f32, top: f32, wide: f32) {
        let mut block = usize::MAX;
        for (row, y) in column {
            let y = top + y;
            match row {
                Row::Rule { double } => {
                    let (from, to) = (left + wide * 0.3, left + wide * 0.7);
                    if double {
                        self.rule(left, y - 4.0, left + wide, 3.2);
                        self.rule(left, y + 3.0, left + wide, 1.4);
                    } else {
                        self.rule(from, y, to, 2.0);
                        self.rule(from + wide * 0.12, y + 5.0, to - wide * 0.12, 1.4);
                    }
                }
                Row::Text { pieces, paragraph, leader, .. } => {
                    if let Some((from, to)) = leader {
                        self.leader(left + from, left + to, y, size);
                    }
                    let line = self.pieces(faces, pieces, left, y);
                    if block != paragraph {
                        self.blocks.push(Block::default());
                        block = paragraph;
                    }
                    if let (Some(last), false) = (self.blocks.last_mut(), line.is_empty()) {
                        last.lines.push(line);
                    }
                }
            }
        }
    }

    fn pieces(&mut self, faces: &Faces, pieces: Vec<Piece>, left: f32, y: f32) -> Vec<Word> {
        let mut line = vec![];
        for piece in pieces {
            let face = piece.face.of(faces);
            let x = left + piece.x;
            let Some(bounds) = self.word(face, &piece.text, piece.size, x, y) else { continue };
            let half = match piece.half {
                None => None,
                Some(lines::Half::Second) => Some(Half::Second),
                Some(lines::Half::First) => {
                    let at = x + face.width(&piece.text, piece.size);
                    let hyphen = self.word(face, "⸗", piece.size, at, y).unwrap_or(bounds);
                    Some(Half::First(hyphen))
                }
            };
            line.push(Word { text: piece.text, bounds, half });
        }
        line
    }

    /// The dots between a ware and its price.
    fn leader(&mut self, from: f32, to: f32, y: f32, size: f32) {
        let step = size * 0.42;
        let mut x = (to / step).floor() * step;
        while x > from {
            let r = size * 0.035;
            let dot = Outline::polygon(&[(-r, 0.0), (0.0, r), (r, 0.0), (0.0, -r)]);
            self.sheet.print(&dot, x, y - r * 1.5, 0.9);
            x -= step;
        }
    }
}
