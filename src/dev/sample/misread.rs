//! What an OCR makes of old print: wrong readings of the kind that real ones
//! make, and confidences that tell about half of them.

use super::chance::Chance;

/// A reading and how sure the OCR was.
pub(super) struct Reading {
    pub(super) text: String,
    pub(super) confidence: f32,
}

/// What is taken for what in Fraktur.
const CONFUSED: &[(&str, &str)] = &[
    ("ſ", "f"),
    ("ſ", "f"),
    ("ſ", "l"),
    ("ſſ", "ff"),
    ("ſt", "ft"),
    ("ſch", "fch"),
    ("f", "ſ"),
    ("c", "e"),
    ("e", "c"),
    ("n", "u"),
    ("u", "n"),
    ("m", "in"),
    ("in", "m"),
    ("rn", "m"),
    ("tz", "ß"),
    ("ß", "fz"),
    ("ch", "<h"),
    ("ck", "ct"),
    ("k", "t"),
    ("r", "x"),
    ("h", "b"),
    ("b", "h"),
    ("d", "b"),
    ("ü", "u"),
    ("ü", "ii"),
    ("ö", "o"),
    ("ä", "a"),
    ("B", "V"),
    ("V", "B"),
    ("R", "N"),
    ("N", "R"),
    ("A", "U"),
    ("S", "G"),
    ("G", "S"),
    ("E", "C"),
    ("K", "R"),
    ("D", "T"),
    ("M", "W"),
    ("W", "M"),
    ("l", "t"),
    ("t", "l"),
    ("i", "t"),
    ("1", "l"),
    ("6", "G"),
    ("8", "3"),
    (".", ","),
    (",", "."),
];

/// Reads a word that is damaged so much, 0 to 1.
pub(super) fn read(word: &str, damage: f32, chance: &mut Chance) -> Reading {
    let letters = word.chars().count() as f32;
    let longs = word.matches('ſ').count() as f32;
    let risk = (0.05 + 0.012 * letters + 0.06 * longs + 0.75 * damage).min(0.88);
    let mut text = word.to_owned();
    if chance.one_in(risk) {
        let slips =
            1 + usize::from(chance.one_in(0.25 + damage)) + usize::from(chance.one_in(damage));
        for _ in 0..slips {
            slip(&mut text, chance);
        }
    }
    let wrong = text != word;
    // Half of what is wrong looks sure: that is how it is with real ones.
    let sure = if wrong { 0.55 - 0.25 * damage } else { 0.9 - 0.4 * damage };
    let confidence = if chance.one_in(sure) {
        if wrong { chance.between(0.81, 0.97) } else { chance.between(0.84, 0.995) }
    } else {
        let low = if wrong { chance.between(0.18, 0.79) } else { chance.between(0.48, 0.80) };
        (low - damage * 0.12).max(0.08)
    };
    Reading { text, confidence }
}

/// The word with one mistake in it; none where there is nothing to be mistaken.
pub(super) fn mistaken(word: &str, chance: &mut Chance) -> Option<String> {
    let mut text = word.to_owned();
    slip(&mut text, chance);
    (text != word).then_some(text)
}

/// One mistake at one place, where one can be made.
fn slip(text: &mut String, chance: &mut Chance) {
    let places: Vec<(usize, &(&str, &str))> = CONFUSED
        .iter()
        .flat_map(|pair| {
            text.match_indices(pair.0).map(move |(at, _)| (at, pair)).collect::<Vec<_>>()
        })
        .collect();
    if places.is_empty() {
        return;
    }
    let (at, (from, to)) = *chance.pick(&places);
    text.replace_range(at..at + from.len(), to);
}
