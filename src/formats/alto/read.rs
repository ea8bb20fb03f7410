//! From the outline of a file to a [`Scan`].

use super::confidence;
use super::decode::decode;
use super::outline::{BlockNode, LineNode, Outline, PageNode, WordNode, outline};
use super::scale::{Scale, scale};
use crate::{Block, Hyphen, HyphenPart, Line, Page, Parsed, Rejected, Scan, Word};
use domain::{Fault, Rect, Size};
use std::collections::HashMap;

/// Reads an ALTO file of any version. With the image's size, boxes come in its pixels and an
/// image of another shape is refused; without it, in the file's own units.
///
/// One image is one page: with an image only the first page is taken, and the others are told
/// as rejected.
pub fn read(bytes: &[u8], image: Option<Size>) -> Result<Parsed<Scan>, Fault> {
    let decoded = decode(bytes)?;
    let outline = outline(&decoded.text)?;
    let mut rejected = Vec::new();
    if outline.pages.is_empty() {
        let reason = "The file describes no page.".to_owned();
        rejected.push(Rejected { place: "Layout".to_owned(), reason });
    }
    let habit = confidence::habit(&outline);
    let mut pages = Vec::new();
    for (at, node) in outline.pages.iter().enumerate() {
        if at > 0 && image.is_some() {
            rejected.push(Rejected {
                place: format!("page {}", at + 1),
                reason: "The file holds several pages and came with one image, which is taken for \
                         the first. Send each page's ALTO with its own image."
                    .to_owned(),
            });
            continue;
        }
        pages.push(page(&outline, node, image, habit)?);
    }
    let software = Some(outline.software.join(", ")).filter(|names| !names.is_empty());
    let parsed = Scan { image_name: outline.file_name, software, pages };
    Ok(Parsed { parsed, rejected })
}

fn page(
    outline: &Outline,
    node: &PageNode,
    image: Option<Size>,
    habit: confidence::Habit,
) -> Result<Page, Fault> {
    let scale = image.map_or(Ok(Scale::NONE), |image| scale(outline, node, image))?;
    let tells = confidence::tells(node, habit);
    let partners = pairs(node);
    let word = |line: &LineNode, at: usize, word: &WordNode| Word {
        key: word.key.clone(),
        area: word_area(line, word).map(|area| area.scaled(scale.across, scale.down)),
        text: word.text.clone(),
        apart: at > 0 && (word.after_blank || !node.tells_blanks),
        confidence: if tells { confidence::of(word, habit) } else { None },
        hyphen: part(word).map(|part| Hyphen {
            part,
            whole: word.whole_word.clone().filter(|whole| !whole.trim().is_empty()),
            partner: partners.get(word.key.as_str()).map(|key| (*key).to_owned()),
        }),
    };
    let line = |line: &LineNode| Line {
        key: line.key.clone(),
        area: line_area(line).map(|area| area.scaled(scale.across, scale.down)),
        words: line.words.iter().enumerate().map(|(at, one)| word(line, at, one)).collect(),
        hyphen: line.hyphen.clone(),
    };
    let block = |block: &BlockNode| Block {
        id: block.id.clone(),
        rotation: block.rotation,
        language: block.language.clone(),
        lines: block.lines.iter().map(line).collect(),
    };
    Ok(Page {
        id: node.id.clone(),
        size: image.or_else(|| own_size(node)),
        blocks: node.blocks.iter().map(block).collect(),
    })
}

fn own_size(node: &PageNode) -> Option<Size> {
    let whole = |length: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
        (length.round() >= 1.0 && length <= f64::from(u32::MAX)).then(|| length.round() as u32)
    };
    Some(Size { width: whole(node.width?)?, height: whole(node.height?)? })
}

/// A word's own box; else its own shape, else its line's.
fn word_area(line: &LineNode, word: &WordNode) -> Option<Rect> {
    word.area.or(word.polygon).or(line.area).or(line.polygon)
}

/// A line's own box; else its shape, else the box around its words.
fn line_area(line: &LineNode) -> Option<Rect> {
    let around = || {
        let words = line.words.iter().filter_map(|word| word.area.or(word.polygon));
        words.reduce(|all, one| all.union(&one))
    };
    line.area.or(line.polygon).or_else(around)
}

/// Which half of a divided word this is.
pub(super) fn part(word: &WordNode) -> Option<HyphenPart> {
    match word.part.as_deref().map(str::trim) {
        Some("HypPart1") => Some(HyphenPart::First),
        Some("HypPart2") => Some(HyphenPart::Second),
        _ => None,
    }
}

/// The keys of halves that belong together, both ways. A second half belongs to the half before
/// it where that is a first one and stands on the line before; where lines lie between, such as
/// a running title, only when both tell the same whole word. What is left is an orphan.
pub(super) fn pairs(page: &PageNode) -> HashMap<&str, &str> {
    let lines = page.blocks.iter().flat_map(|block| &block.lines).enumerate();
    let halves = lines.flat_map(|(at, line)| {
        line.words.iter().filter_map(move |word| part(word).map(|part| (at, word, part)))
    });
    let mut found = HashMap::new();
    let mut waiting: Option<(usize, &WordNode)> = None;
    for (at, word, part) in halves {
        match (part, waiting.take()) {
            (HyphenPart::First, _) => waiting = Some((at, word)),
            (HyphenPart::Second, Some((before, first))) => {
                let told = word.whole_word.as_ref().map(|whole| whole.trim());
                let same = told.is_some() && told == first.whole_word.as_ref().map(|w| w.trim());
                if before + 1 == at || before < at && same {
                    found.insert(first.key.as_str(), word.key.as_str());
                    found.insert(word.key.as_str(), first.key.as_str());
                }
            }
            (HyphenPart::Second, None) => {}
        }
    }
    found
}
