//! How sure an engine says that it was, after repair of what is known to be wrong.

use super::outline::{Outline, PageNode, WordNode};

/// What a file's confidences mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    /// As they are written.
    Plain,
    /// Tesseract up to 5.5.2 writes "0." and then the percent without a leading zero: 3 % as
    /// `0.3`, 100 % as `0.100`. The worst words look good.
    Percent,
}

/// The habit of the program that wrote a file. The faulty one never writes `0.03` or `1.0`, so a
/// file with such a word comes from a mended one.
pub(super) fn habit(outline: &Outline) -> Habit {
    let tesseract = outline.software.iter().any(|name| name.to_lowercase().contains("tesseract"));
    let faulty = || {
        words(outline).filter(|word| !word.corrected).all(|word| {
            let written = word.confidence.as_deref().map_or("", str::trim);
            written.parse::<f64>().is_err() || is_percent(written)
        })
    };
    if tesseract && faulty() { Habit::Percent } else { Habit::Plain }
}

fn words(outline: &Outline) -> impl Iterator<Item = &WordNode> {
    let blocks = outline.pages.iter().flat_map(|page| &page.blocks);
    blocks.flat_map(|block| &block.lines).flat_map(|line| &line.words)
}

/// Whether the faulty program can have written this.
fn is_percent(written: &str) -> bool {
    let Some(digits) = written.strip_prefix("0.") else { return false };
    digits == "100"
        || digits.len() == 1 && digits.as_bytes()[0].is_ascii_digit()
        || digits.len() == 2
            && digits.as_bytes()[0] != b'0'
            && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A word's confidence, 0 to 1.
pub(super) fn of(word: &WordNode, habit: Habit) -> Option<f64> {
    let written = word.confidence.as_deref()?.trim();
    if habit == Habit::Percent && !word.corrected && is_percent(written) {
        let percent: f64 = written["0.".len()..].parse().ok()?;
        return Some(percent / 100.0);
    }
    let value: f64 = written.replace(',', ".").parse().ok()?;
    (0.0..=1.0).contains(&value).then_some(value)
}

/// Whether a page's confidences tell its words apart at all. Blank words do not count: their
/// confidence says nothing of reading.
pub(super) fn tells(page: &PageNode, habit: Habit) -> bool {
    let lines = page.blocks.iter().flat_map(|block| &block.lines);
    let words = lines.flat_map(|line| &line.words).filter(|word| !word.text.trim().is_empty());
    let mut values = words.filter_map(|word| of(word, habit));
    let Some(first) = values.next() else { return false };
    values.any(|value| (value - first).abs() > 1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_faulty_program_writes_is_percent() {
        for written in ["0.0", "0.3", "0.9", "0.10", "0.97", "0.100"] {
            assert!(is_percent(written), "{written}");
        }
        for written in ["0.", "0.03", "1.0", "1", "0.857", "0.1000", "-0.3", "0.x", "0.-1"] {
            assert!(!is_percent(written), "{written}");
        }
    }
}
