//! Text that runs up or down the page. Some programs turn the text to read it and do not say so
//! in ALTO: then only the shapes and the order of the words tell.

use crate::{Block, Line, Word};

/// Words that are needed before their shapes are trusted.
const ENOUGH: usize = 3;

/// Degrees to turn a block's text clockwise, 0 to 360: as the file says, else by its words' shapes.
pub(super) fn of_block(block: &Block) -> Option<f64> {
    let told = block.rotation.rem_euclid(360.0);
    if told.abs() > f64::EPSILON {
        return Some(told);
    }
    of_lines(block.lines.iter())
}

/// The same for any lines together; `None` where there are too few words to tell.
pub(super) fn of_lines<'a>(lines: impl Iterator<Item = &'a Line> + Clone) -> Option<f64> {
    let shapes = lines.clone().flat_map(|line| &line.words).filter_map(shape);
    let (all, tall) = shapes.fold((0, 0), |(all, tall), is| (all + 1, tall + usize::from(is)));
    if all < ENOUGH {
        return None;
    }
    if tall * 10 < all * 7 {
        return Some(0.0);
    }
    let steps = lines.flat_map(|line| {
        let tops = line.words.iter().filter_map(|word| word.area).map(|area| area.y);
        tops.clone().zip(tops.skip(1)).map(|(before, after)| after - before).collect::<Vec<_>>()
    });
    let (up, down) = steps.fold((0, 0), |(up, down), step| {
        (up + usize::from(step < 0.0), down + usize::from(step > 0.0))
    });
    match up.cmp(&down) {
        std::cmp::Ordering::Greater => Some(90.0),
        std::cmp::Ordering::Less => Some(270.0),
        std::cmp::Ordering::Equal => None,
    }
}

/// Whether a word is much taller than wide, where its letters should make it wide. Scripts that
/// are written in columns tell nothing.
fn shape(word: &Word) -> Option<bool> {
    let text = word.text.trim();
    let long = text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let columns = text.chars().any(|c| ('\u{1800}'..='\u{18af}').contains(&c) || c >= '\u{2e80}');
    let area = word.area.filter(|_| long && !columns)?;
    Some(area.height > area.width * 1.3)
}
