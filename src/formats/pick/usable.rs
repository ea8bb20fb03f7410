//! What can be asked at all, and why not.

use super::turn;
use crate::{Block, Line, Page, Word};
use domain::{Rect, Size};

/// The least side of a box, in pixels.
const LEAST_SIDE: f64 = 8.0;
/// The largest part of a page that a box may take.
const LARGEST_PART: f64 = 0.25;
/// How many times as thick as the page's median word a word may be.
const THICKEST: f64 = 4.0;

/// A page's own measures.
pub(super) struct Measure {
    pub(super) image: Size,
    median: f64,
    turn: f64,
}

impl Measure {
    pub(super) fn of(page: &Page, image: Size) -> Self {
        let lines = page.blocks.iter().flat_map(|block| &block.lines);
        let mut measure =
            Self { image, median: 0.0, turn: turn::of_lines(lines).unwrap_or_default() };
        let mut sides: Vec<f64> = Vec::new();
        for block in &page.blocks {
            let words = block.lines.iter().flat_map(|line| &line.words);
            let read = words.filter(|word| has_letters(&word.text));
            sides.extend(read.filter_map(|word| word.area).map(|a| measure.thickness(block, &a)));
        }
        sides.sort_by(f64::total_cmp);
        measure.median = sides.get(sides.len() / 2).copied().unwrap_or_default();
        measure
    }

    /// Degrees to turn a block's cuts clockwise.
    pub(super) fn turn(&self, block: &Block) -> f64 {
        turn::of_block(block).unwrap_or(self.turn)
    }

    /// The height of the letters: for text that runs up or down the page, the box's width.
    fn thickness(&self, block: &Block, area: &Rect) -> f64 {
        let turn = self.turn(block);
        let sideways = (45.0..135.0).contains(&turn) || (225.0..315.0).contains(&turn);
        if sideways { area.width } else { area.height }
    }

    /// A word's box inside the image, or why it cannot be asked.
    pub(super) fn word(
        &self,
        block: &Block,
        line: &Line,
        word: &Word,
    ) -> Result<Rect, &'static str> {
        if word.text.trim().is_empty() {
            return Err("It is blank.");
        }
        if !has_letters(&word.text) {
            return Err("It has neither letters nor digits.");
        }
        let Some(area) = word.area else { return Err("The file does not say where it stands.") };
        if shares(line, word) {
            return Err("It shares its box with other words, so nobody could tell which is meant.");
        }
        let inside = self.inside(area)?;
        if self.median > 0.0 && self.thickness(block, &area) > THICKEST * self.median {
            return Err("Its box is more than four times as high as the page's usual word.");
        }
        Ok(inside)
    }

    /// A line's box inside the image, or why it cannot be asked.
    pub(super) fn line(&self, line: &Line) -> Result<Rect, &'static str> {
        let words = &line.words;
        if !words.is_empty() && words.iter().all(|word| word.text.trim().is_empty()) {
            return Err("It is blank.");
        }
        if !words.is_empty() && !words.iter().any(|word| has_letters(&word.text)) {
            return Err("It has neither letters nor digits.");
        }
        let Some(area) = line.area else { return Err("The file does not say where it stands.") };
        self.inside(area)
    }

    fn inside(&self, area: Rect) -> Result<Rect, &'static str> {
        if area.width < LEAST_SIDE || area.height < LEAST_SIDE {
            return Err("Its box is too small to be read: under 8 pixels.");
        }
        let page = f64::from(self.image.width) * f64::from(self.image.height);
        if area.area() > LARGEST_PART * page {
            return Err("Its box takes more than a quarter of the page.");
        }
        let inside = area.within(self.image).filter(|part| part.area() * 2.0 >= area.area());
        let Some(inside) = inside else { return Err("It lies outside the image.") };
        if inside.width < LEAST_SIDE || inside.height < LEAST_SIDE {
            return Err("It lies outside the image.");
        }
        Ok(inside)
    }
}

/// Whether another word of the line has the very same box, such as the line's own.
pub(super) fn shares(line: &Line, word: &Word) -> bool {
    let others = line.words.iter().filter(|other| other.key != word.key);
    let mut others = others.filter(|other| has_letters(&other.text));
    word.area.is_some() && others.any(|other| other.area == word.area)
}

/// Whether there is anything to read but marks.
pub(super) fn has_letters(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}
