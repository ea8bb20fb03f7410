//! Paragraphs into lines: justified, with words divided where `·` allows it.

use crate::sample::face::{Face, Faces};

/// What stands in a column, from top to bottom.
pub(super) enum Row {
    /// A line of type.
    Text {
        pieces: Vec<Piece>,
        /// Counts the paragraphs, to tell their lines together.
        paragraph: usize,
        /// Where dots run from and to.
        leader: Option<(f32, f32)>,
        heading: bool,
        first: bool,
    },
    /// A rule between articles.
    Rule { double: bool },
}

/// A word in its line.
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) x: f32,
    pub(super) face: Which,
    pub(super) size: f32,
    pub(super) half: Option<Half>,
}

/// One half of a divided word. Of a word divided twice the middle is a first half again.
#[derive(Clone, Copy)]
pub(super) enum Half {
    First,
    Second,
}

#[derive(Clone, Copy)]
pub(super) enum Which {
    Body,
    Head,
    Latin,
}

impl Which {
    pub(super) fn of<'f, 'a>(self, faces: &'f Faces<'a>) -> &'f Face<'a> {
        match self {
            Self::Body => &faces.body,
            Self::Head => &faces.head,
            Self::Latin => &faces.latin,
        }
    }
}

/// All rows of a page's text. Lines of the source: `# heading`, `| left | right`,
/// `> signature`, `~verse`, `---` and `===` for rules, anything else a paragraph.
pub(super) fn rows(faces: &Faces, text: &str, size: f32, width: f32) -> Vec<Row> {
    let mut rows = vec![];
    for (paragraph, line) in text.lines().enumerate() {
        let setter = Setter { faces, size, width, paragraph };
        match line.split_at_checked(1) {
            _ if line == "---" || line == "===" => rows.push(Row::Rule { double: line == "===" }),
            Some(("#", rest)) => rows.extend(setter.heading(rest.trim())),
            Some(("|", rest)) => rows.push(setter.price(rest)),
            Some((">", rest)) => rows.push(setter.signature(rest.trim())),
            Some(("~", rest)) => rows.extend(setter.paragraph(rest, 0.0, size * 1.2, false)),
            _ => rows.extend(setter.paragraph(line, size, 0.0, true)),
        }
    }
    rows
}

struct Setter<'f, 'a> {
    faces: &'f Faces<'a>,
    size: f32,
    width: f32,
    paragraph: usize,
}

/// A word before it is set, with the places where it may be divided.
struct Token {
    syllables: Vec<String>,
    face: Which,
    size: f32,
}

fn token(source: &str, face: Which, size: f32) -> Token {
    match source.strip_prefix('_') {
        Some(latin) => {
            let size = size * 0.88;
            Token { syllables: vec![latin.into()], face: Which::Latin, size }
        }
        None => Token { syllables: syllables(source), face, size },
    }
}

impl Setter<'_, '_> {
    fn wide(&self, token: &Token, text: &str) -> f32 {
        token.face.of(self.faces).width(text, token.size)
    }

    /// The size at which a line that must not be broken fits.
    fn fitting(&self, source: &str, size: f32) -> f32 {
        let text = source.replace('·', "");
        let words: f32 = text.split(' ').map(|word| self.faces.body.width(word, size)).sum();
        let all = words + size * 0.3 * text.split(' ').count() as f32;
        size * (self.width / all).min(1.0)
    }

    fn row(&self, pieces: Vec<Piece>, first: bool) -> Row {
        Row::Text { pieces, paragraph: self.paragraph, leader: None, heading: false, first }
    }

    fn paragraph(&self, source: &str, indent: f32, hang: f32, justify: bool) -> Vec<Row> {
        let (natural, least) = (self.size * 0.27, self.size * 0.17);
        let mut rows = vec![];
        let mut line: Vec<(Piece, f32)> = vec![];
        let mut used = indent;
        let mut left = indent;
        let mut rest: std::collections::VecDeque<(Token, Option<Half>)> =
            source.split(' ').map(|word| (token(word, Which::Body, self.size), None)).collect();
        while let Some((token, half)) = rest.pop_front() {
            let text = token.syllables.concat();
            let wide = self.wide(&token, &text);
            let gap = match (line.is_empty(), justify) {
                (true, _) => 0.0,
                (false, true) => least,
                (false, false) => natural,
            };
            if used + gap + wide <= self.width {
                used += gap + wide;
                let piece = Piece { text, x: 0.0, face: token.face, size: token.size, half };
                line.push((piece, wide));
                continue;
            }
            let room = self.width - used - gap;
            let slack = (self.width - used - (line.len() as f32 - 1.0) * (natural - least))
                / (line.len() as f32 - 1.0).max(1.0);
            let cut =
                if slack < self.size * 0.2 && justify { None } else { self.cut(&token, room) };
            let mut pushed_back = Some((token, half));
            if let (Some(cut), Some((token, _))) = (cut, pushed_back.take_if(|_| cut.is_some())) {
                let first = token.syllables[..cut].concat();
                let wide = self.wide(&token, &first) + self.wide(&token, "⸗");
                let half = Some(Half::First);
                let piece = Piece { text: first, x: 0.0, face: token.face, size: token.size, half };
                line.push((piece, wide));
                let after = Token { syllables: token.syllables[cut..].to_vec(), ..token };
                pushed_back = Some((after, Some(Half::Second)));
            }
            let done = std::mem::take(&mut line);
            let fill = justify.then_some(self.width);
            rows.push(self.row(placed(done, left, natural, fill), rows.is_empty()));
            (used, left) = (hang, hang);
            if let Some(back) = pushed_back {
                rest.push_front(back);
            }
        }
        rows.push(self.row(placed(line, left, natural, None), rows.is_empty()));
        self.squeeze(&mut rows);
        rows
    }

    /// A last line set with natural gaps may be a hair too wide.
    fn squeeze(&self, rows: &mut [Row]) {
        let Some(Row::Text { pieces, .. }) = rows.last_mut() else { return };
        let Some(last) = pieces.last() else { return };
        let end = last.x + last.face.of(self.faces).width(&last.text, last.size);
        if end > self.width && pieces.len() > 1 {
            let less = (end - self.width) / (pieces.len() - 1) as f32;
            for (at, piece) in pieces.iter_mut().enumerate() {
                piece.x -= less * at as f32;
            }
        }
    }

    /// After how many syllables a word is divided so that it fits, the hyphen included.
    fn cut(&self, token: &Token, room: f32) -> Option<usize> {
        let hyphen = self.wide(token, "⸗");
        (1..token.syllables.len())
            .rev()
            .find(|cut| self.wide(token, &token.syllables[..*cut].concat()) + hyphen <= room)
    }

    fn heading(&self, source: &str) -> Vec<Row> {
        let size = self.size * 1.2;
        let mut lines: Vec<Vec<(Piece, f32)>> = vec![vec![]];
        let space = size * 0.3;
        let mut used = 0.0;
        for word in source.split(' ') {
            let token = token(word, Which::Head, size);
            let text = token.syllables.concat();
            let wide = self.wide(&token, &text);
            if used + wide > self.width && used > 0.0 {
                lines.push(vec![]);
                used = 0.0;
            }
            used += wide + space;
            let piece = Piece { text, x: 0.0, face: token.face, size: token.size, half: None };
            if let Some(line) = lines.last_mut() {
                line.push((piece, wide));
            }
        }
        let set = lines.into_iter().enumerate().map(|(at, line)| {
            let all =
                line.iter().map(|(_, wide)| wide).sum::<f32>() + space * (line.len() as f32 - 1.0);
            let pieces = placed(line, (self.width - all) / 2.0, space, None);
            Row::Text {
                pieces,
                paragraph: self.paragraph,
                leader: None,
                heading: true,
                first: at == 0,
            }
        });
        set.collect()
    }

    /// Words at the left, words at the right, dots between.
    fn price(&self, source: &str) -> Row {
        let (ware, price) = source.split_once('|').unwrap_or((source, ""));
        let size = self.fitting(&format!("{} {}", ware.trim(), price.trim()), self.size * 0.94);
        let space = size * 0.24;
        let measured = |part: &str| -> (Vec<(Piece, f32)>, f32) {
            let mut all = -space;
            let pieces = part.trim().split(' ').map(|word| {
                let token = token(word, Which::Body, size);
                let text = token.syllables.concat();
                let wide = self.wide(&token, &text);
                all += wide + space;
                (Piece { text, x: 0.0, face: token.face, size: token.size, half: None }, wide)
            });
            (pieces.collect(), all)
        };
        let (ware, ware_wide) = measured(ware);
        let (price, price_wide) = measured(price);
        let from = self.width - price_wide;
        let mut pieces = placed(ware, 0.0, space, None);
        pieces.extend(placed(price, from, space, None));
        Row::Text {
            pieces,
            paragraph: self.paragraph,
            leader: Some((ware_wide + space, from - space)),
            heading: false,
            first: false,
        }
    }

    fn signature(&self, source: &str) -> Row {
        let size = self.fitting(source, self.size);
        let space = size * 0.27;
        let mut line = vec![];
        let mut all = -space;
        for word in source.split(' ') {
            let token = token(word, Which::Body, size);
            let text = token.syllables.concat();
            let wide = self.wide(&token, &text);
            all += wide + space;
            let piece = Piece { text, x: 0.0, face: token.face, size: token.size, half: None };
            line.push((piece, wide));
        }
        self.row(placed(line, (self.width - all - self.size * 0.3).max(0.0), space, None), false)
    }
}

/// Where a word may be divided: at its marks; without any, before the last
/// consonant between two vowels, with three letters at least on each side.
fn syllables(source: &str) -> Vec<String> {
    const TOGETHER: &[&str] = &["ſch", "ch", "ck", "ſt", "tz", "th", "ph", "qu", "pf"];
    let marked: Vec<String> = source.split('·').map(String::from).collect();
    let letters: Vec<char> = source.chars().collect();
    let count = letters.iter().filter(|c| c.is_alphabetic()).count();
    if marked.len() > 1 || count < 6 || source.contains('⸗') {
        return marked;
    }
    let vowel = |at: usize| "aeiouäöüy".contains(letters[at].to_ascii_lowercase());
    let mut cuts = vec![];
    let mut at = 3;
    while at + 3 <= count {
        let cut = TOGETHER
            .iter()
            .find(|t| letters[at..].iter().collect::<String>().starts_with(**t))
            .map_or(1, |t| t.chars().count());
        let inside = TOGETHER.iter().any(|t| {
            (1..t.chars().count()).any(|back| {
                let from = at - back;
                letters[from..].iter().collect::<String>().starts_with(*t)
            })
        });
        let before = letters[..at].iter().any(|c| "aeiouäöüyAEIOUÄÖÜ".contains(*c));
        // ck would be printed as k-k: rather not.
        let ck = letters[at..].starts_with(&['c', 'k']);
        if !inside && !ck && before && !vowel(at) && at + cut < letters.len() && vowel(at + cut) {
            cuts.push(at);
        }
        at += 1;
    }
    let mut parts = vec![];
    let mut from = 0;
    for cut in cuts {
        parts.push(letters[from..cut].iter().collect());
        from = cut;
    }
    parts.push(letters[from..].iter().collect());
    parts
}

/// Puts measured words beside each other; to the full width where one is given.
fn placed(line: Vec<(Piece, f32)>, left: f32, space: f32, width: Option<f32>) -> Vec<Piece> {
    let gaps = line.len() as f32 - 1.0;
    let gap = match width {
        Some(width) if gaps > 0.0 => {
            let words: f32 = line.iter().map(|(_, wide)| wide).sum();
            (width - left - words) / gaps
        }
        _ => space,
    };
    let mut x = left;
    let set = line.into_iter().map(|(mut piece, wide)| {
        piece.x = x;
        x += wide + gap;
        piece
    });
    set.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_divided_as_printers_did() {
        for (word, parts) in [
            ("vergangene", "ver-gan-gene"),
            ("Schneider", "Schnei-der"),
            ("Fenſter", "Fen-ſter"),
            ("zwiſchen", "zwi-ſchen"),
            ("Haus", "Haus"),
            ("Wetter·glas", "Wetter-glas"),
            ("Brücke", "Brücke"),
        ] {
            assert_eq!(syllables(word).join("-"), parts);
        }
    }
}
