//! Which words or lines of a page become tasks.

mod estimate;
mod settings;
mod turn;
mod usable;

#[cfg(test)]
mod tests;

pub use estimate::Estimate;
pub use settings::{Picking, Which};

use crate::{Block, Line, Page, Rejected, Unit, Word};
use domain::{Rect, Size};
use std::collections::HashMap;
use usable::Measure;

/// What was picked from one page.
#[derive(Clone, Debug, PartialEq)]
pub struct Picked {
    /// Words, or lines where the page tells no confidence or no words.
    pub unit: Unit,
    /// What becomes tasks, in reading order.
    pub tasks: Vec<Pick>,
    /// What cannot be asked, each with its reason.
    pub skipped: Vec<Rejected>,
    /// How many could have been asked and were not picked.
    pub left: usize,
    /// Which share of the wrong words will be seen.
    pub estimate: Option<Estimate>,
}

/// One word or line that becomes a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    /// The word's or line's key within its file.
    pub key: String,
    /// The word or line, in pixels of the image, inside the image.
    pub area: Rect,
    /// The line that the word stands in, where the file tells; inside the image.
    pub line_area: Option<Rect>,
    /// Degrees to turn the cut clockwise so that the text is upright, 0 to 360.
    pub rotation: f64,
    /// What the OCR read.
    pub text: Option<String>,
    /// How sure it was, 0 to 1.
    pub confidence: Option<f64>,
    /// Whether it was picked at random from the words left over.
    pub control: bool,
}

/// Picks the tasks of a page. The same page, settings and seed give the same picks.
/// Boxes have to be in pixels of the image, as a reader gives them when it is told its size.
///
/// Words are ranked within their page, the least sure first. Halves of divided words, words that
/// mix letters and digits, and words without a confidence rank no better than the page's
/// quarter-worst word. Where the page tells no confidence, or most words are whole lines or
/// share one box, all of its lines become tasks.
pub fn choose(page: &Page, image: Size, how: &Picking, seed: u64) -> Picked {
    if asks_lines(page) {
        return lines(page, image);
    }
    let measure = Measure::of(page, image);
    let mut skipped = Vec::new();
    let mut able = Vec::new();
    let mut lost = 0;
    for (block, line, word) in words(page) {
        match measure.word(block, line, word) {
            Ok(area) => able.push(pick(block, line, word, area, &measure)),
            Err(reason) => {
                lost += usize::from(usable::has_letters(&word.text));
                skipped.push(Rejected { place: word.key.clone(), reason: reason.to_owned() });
            }
        }
    }
    let ranks = ranks(page, &able);
    let mut order: Vec<usize> = (0..able.len()).collect();
    order.sort_by(|a, b| {
        ranks[*a].total_cmp(&ranks[*b]).then_with(|| mix(seed, *a).cmp(&mix(seed, *b)))
    });
    let wanted = match how.which {
        Which::All => able.len(),
        Which::Worst { percent } => share(able.len(), percent),
    };
    let (worst, rest) = order.split_at(wanted);
    let controls = draw(rest, share(rest.len(), how.controls_percent), seed);
    for at in &controls {
        able[*at].control = true;
    }
    let counts =
        estimate::Counts { able: able.len(), worst: worst.len(), controls: controls.len(), lost };
    let mut chosen: Vec<usize> = worst.iter().copied().chain(controls).collect();
    chosen.sort_unstable();
    let left = able.len() - chosen.len();
    let mut able: Vec<Option<Pick>> = able.into_iter().map(Some).collect();
    let tasks = chosen.into_iter().filter_map(|at| able[at].take()).collect();
    Picked { unit: Unit::Word, tasks, skipped, left, estimate: estimate::of_words(&counts) }
}

/// Whether lines are asked: nothing ranks the words, or most are whole lines or have no box of
/// their own.
fn asks_lines(page: &Page) -> bool {
    let mut read = 0;
    let mut whole = 0;
    let mut sure = false;
    for (_, line, word) in words(page) {
        let text = word.text.trim();
        if !text.is_empty() {
            read += 1;
            whole += usize::from(text.contains(char::is_whitespace) || usable::shares(line, word));
            sure |= word.confidence.is_some();
        }
    }
    !sure || whole * 2 > read
}

fn words(page: &Page) -> impl Iterator<Item = (&Block, &Line, &Word)> {
    page.blocks.iter().flat_map(|block| {
        block.lines.iter().flat_map(move |line| line.words.iter().map(move |w| (block, line, w)))
    })
}

fn pick(block: &Block, line: &Line, word: &Word, area: Rect, measure: &Measure) -> Pick {
    Pick {
        key: word.key.clone(),
        area,
        line_area: line.area.and_then(|line| line.union(&area).within(measure.image)),
        rotation: measure.turn(block),
        text: Some(word.text.clone()),
        confidence: word.confidence,
        control: false,
    }
}

/// All lines of a page become tasks, whatever it tells of its words. Boxes as for [`choose`].
pub fn lines(page: &Page, image: Size) -> Picked {
    let measure = Measure::of(page, image);
    let mut skipped = Vec::new();
    let mut tasks = Vec::new();
    let (mut seen, mut lost) = (0, 0);
    for (block, line) in page.blocks.iter().flat_map(|b| b.lines.iter().map(move |l| (b, l))) {
        let words = line.words.iter().filter(|word| usable::has_letters(&word.text)).count();
        match measure.line(line) {
            Ok(area) => {
                seen += words;
                tasks.push(Pick {
                    key: line.key.clone(),
                    area,
                    line_area: Some(area),
                    rotation: measure.turn(block),
                    text: Some(line.text()).filter(|text| !text.is_empty()),
                    confidence: None,
                    control: false,
                });
            }
            Err(reason) => {
                lost += words;
                skipped.push(Rejected { place: line.key.clone(), reason: reason.to_owned() });
            }
        }
    }
    let estimate = estimate::of_lines(seen, lost);
    Picked { unit: Unit::Line, tasks, skipped, left: 0, estimate }
}

/// What each word is ranked by: the lowest is asked first.
fn ranks(page: &Page, able: &[Pick]) -> Vec<f64> {
    let mut known: Vec<f64> = able.iter().filter_map(|pick| pick.confidence).collect();
    known.sort_by(f64::total_cmp);
    let quarter = known.get(known.len() / 4).copied().unwrap_or(0.0);
    let told: HashMap<&str, (&Word, f64)> = words(page)
        .map(|(_, _, word)| (word.key.as_str(), (word, word.confidence.unwrap_or(quarter))))
        .collect();
    let rank = |pick: &Pick| {
        let own = pick.confidence.unwrap_or(quarter);
        let Some((word, _)) = told.get(pick.key.as_str()) else { return own };
        let partner = word.hyphen.as_ref().and_then(|hyphen| hyphen.partner.as_deref());
        let other = partner.and_then(|key| told.get(key)).map_or(own, |(_, rank)| *rank);
        let suspicious = word.hyphen.is_some() || mixed(&word.text);
        let both = own.min(other);
        if suspicious { both.min(quarter) } else { both }
    };
    able.iter().map(rank).collect()
}

/// Letters and digits in one word, such as `l863` or `Tur5u`.
fn mixed(text: &str) -> bool {
    text.split_whitespace()
        .any(|one| one.contains(char::is_alphabetic) && one.contains(char::is_numeric))
}

/// So many of a hundred, rounded up.
fn share(of: usize, percent: f64) -> usize {
    #[expect(clippy::cast_precision_loss, reason = "no page has that many words")]
    let wanted = (of as f64 * percent / 100.0 - 1e-9).ceil().max(0.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to `of`")]
    let wanted = wanted as usize;
    wanted.min(of)
}

/// `count` of these, each at most once, by the seed.
fn draw(from: &[usize], count: usize, seed: u64) -> Vec<usize> {
    let mut shuffled = from.to_vec();
    shuffled.sort_by_key(|at| (mix(seed ^ 0x5851_f42d_4c95_7f2d, *at), *at));
    shuffled.truncate(count);
    shuffled
}

/// A number that looks random, the same for the same seed and place (`splitmix64`'s last steps).
fn mix(seed: u64, at: usize) -> u64 {
    let mut z = seed.wrapping_add((at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
