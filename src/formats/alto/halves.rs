//! Words that a line end divides: what the whole is when a half changes.

use super::correct::Change;
use super::outline::{Outline, PageNode, WordNode};
use super::read::{pairs, part};
use crate::HyphenPart;
use crate::page::HYPHENS;
use std::collections::{BTreeMap, HashMap};

/// Every word of a page.
pub(super) fn words_of(page: &PageNode) -> impl Iterator<Item = &WordNode> {
    page.blocks.iter().flat_map(|block| &block.lines).flat_map(|line| &line.words)
}

/// Whether a text goes on after the line end.
pub(super) fn ends_in_hyphen(text: &str) -> bool {
    text.trim_end().ends_with(HYPHENS)
}

/// A text without the hyphen at its end.
pub(super) fn without_hyphen(text: &str) -> &str {
    let text = text.trim_end();
    text.strip_suffix(HYPHENS).unwrap_or(text)
}

/// The new whole words of divided words of which a half has changed, by the halves' keys.
pub(super) fn wholes<'a>(
    outline: &'a Outline,
    changed: &BTreeMap<&'a str, Change>,
) -> HashMap<&'a str, String> {
    let mut wholes = HashMap::new();
    for page in &outline.pages {
        let partners = pairs(page);
        let words: HashMap<&str, &WordNode> =
            words_of(page).map(|word| (word.key.as_str(), word)).collect();
        for word in words_of(page).filter(|word| changed.contains_key(word.key.as_str())) {
            let Some(own) = part(word) else { continue };
            let other = partners.get(word.key.as_str()).and_then(|key| words.get(key)).copied();
            let (first, second) = match own {
                HyphenPart::First => (Some(word), other),
                HyphenPart::Second => (other, Some(word)),
            };
            let told = [first, second].into_iter().flatten().find_map(|w| w.whole_word.as_deref());
            let Some(whole) = whole(first, second, told, changed) else { continue };
            for half in [first, second].into_iter().flatten() {
                if half.whole_word.as_deref() != Some(whole.as_str()) {
                    wholes.insert(half.key.as_str(), whole.clone());
                }
            }
        }
    }
    wholes
}

/// A divided word as a whole. What the file said of it is kept where the halves do not tell
/// otherwise (`Zuk-` and `ker` are `Zucker`); else the halves are put together.
fn whole(
    first: Option<&WordNode>,
    second: Option<&WordNode>,
    told: Option<&str>,
    changed: &BTreeMap<&str, Change>,
) -> Option<String> {
    let now = |word: &WordNode| {
        changed.get(word.key.as_str()).map_or_else(|| word.text.clone(), |c| c.text.clone())
    };
    let kept = || {
        let mut whole = told?.to_owned();
        if let Some(first) = first.filter(|word| changed.contains_key(word.key.as_str())) {
            let rest = whole.strip_prefix(without_hyphen(&first.text))?;
            whole = format!("{}{rest}", without_hyphen(&now(first)));
        }
        if let Some(second) = second.filter(|word| changed.contains_key(word.key.as_str())) {
            let rest = whole.strip_suffix(second.text.trim())?;
            whole = format!("{rest}{}", now(second));
        }
        Some(whole)
    };
    let joined = || Some(format!("{}{}", without_hyphen(&now(first?)), now(second?)));
    kept().or_else(joined)
}
