//! Numbers as they stand in old papers: a comma or a point for the fraction,
//! blanks, points, commas or apostrophes between the thousands. They stay
//! decimal, digit by digit: money is never put through a float.

use std::cmp::Ordering;

/// A decimal number of any length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    below_zero: bool,
    /// Digits without leading zeros; `0` where there are none.
    whole: String,
    /// Digits of the fraction, as many as were written; may be empty.
    part: String,
}

/// What was typed, as a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// It means this.
    One(Number),
    /// `1,234` or `1.234`: a fraction, or a thousand.
    Either(Number, Number),
}

/// Marks that stand between thousands and nowhere else.
const BETWEEN: [char; 6] = [' ', '\u{a0}', '\u{2009}', '\u{202f}', '\'', '’'];

/// Longest number taken, in digits.
const LONGEST: usize = 40;

impl Number {
    /// Reads a number as people type it, with or without `unit` at an end of it.
    pub(super) fn read(text: &str, unit: Option<&str>) -> Option<Typed> {
        let mut text = text.trim();
        if let Some(unit) = unit.map(str::trim).filter(|unit| !unit.is_empty()) {
            text = text.strip_prefix(unit).or(text.strip_suffix(unit)).unwrap_or(text).trim();
        }
        let below_zero = text.starts_with(['-', '−']);
        let text = text.strip_prefix(['-', '−', '+']).unwrap_or(text).trim_start();
        if text.len() > 2 * LONGEST {
            return None;
        }
        let number = |whole: &str, part: &str| Self::of(below_zero, whole, part);
        let (commas, points) = (text.matches(',').count(), text.matches('.').count());
        // The last mark is the fraction's, unless it comes more than once.
        let fraction = match (text.rfind(','), text.rfind('.')) {
            (Some(comma), Some(point)) if comma > point => (commas == 1).then_some(comma),
            (Some(_), Some(point)) => (points == 1).then_some(point),
            (Some(mark), None) if commas == 1 => Some(mark),
            (None, Some(mark)) if points == 1 => Some(mark),
            _ => None,
        };
        let Some(mark) = fraction else {
            return (commas == 0 || points == 0)
                .then(|| thousands(text))
                .flatten()
                .map(|whole| Typed::One(number(&whole, "")));
        };
        let (before, part) = (&text[..mark], &text[mark + 1..]);
        if part.is_empty() || !digits(part) {
            return None;
        }
        let whole = if before.is_empty() { "0".to_owned() } else { thousands(before)? };
        let small = number(&whole, part);
        let plain = digits(before) && small.whole.len() <= 3 && small.whole != "0";
        Some(if plain && part.len() == 3 {
            Typed::Either(small, number(&(whole + part), ""))
        } else {
            Typed::One(small)
        })
    }

    fn of(below_zero: bool, whole: &str, part: &str) -> Self {
        let whole = whole.trim_start_matches('0');
        let nothing = whole.is_empty() && part.bytes().all(|digit| digit == b'0');
        Self {
            below_zero: below_zero && !nothing,
            whole: if whole.is_empty() { "0" } else { whole }.to_owned(),
            part: part.to_owned(),
        }
    }

    /// The form that is stored: a point for the fraction and nothing between the thousands.
    pub(super) fn stored(&self) -> String {
        let sign = if self.below_zero { "-" } else { "" };
        let point = if self.part.is_empty() { "" } else { "." };
        [sign, &self.whole, point, &self.part].concat()
    }

    /// What it means: 12.50 and 12.5 are one.
    pub(super) fn meaning(&self) -> String {
        let part = self.part.trim_end_matches('0').to_owned();
        Self { part, ..self.clone() }.stored()
    }

    /// Which of the two is more.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let size = |a: &Self, b: &Self| {
            (a.whole.len().cmp(&b.whole.len()))
                .then_with(|| a.whole.cmp(&b.whole))
                .then_with(|| a.part.trim_end_matches('0').cmp(b.part.trim_end_matches('0')))
        };
        match (self.below_zero, other.below_zero) {
            (false, false) => size(self, other),
            (true, true) => size(other, self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits with one sort of mark between the thousands, or none; the digits alone.
fn thousands(text: &str) -> Option<String> {
    let between = text.chars().find(|c| !c.is_ascii_digit());
    let Some(between) = between else { return digits(text).then(|| text.to_owned()) };
    if !(BETWEEN.contains(&between) || between == ',' || between == '.') {
        return None;
    }
    let mut groups = text.split(between);
    let first = groups.next()?;
    let mut whole = first.to_owned();
    if !digits(first) || first.len() > 3 {
        return None;
    }
    for group in groups {
        if group.len() != 3 || !digits(group) {
            return None;
        }
        whole.push_str(group);
    }
    digits(&whole).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        match Number::read(text, Some("€"))? {
            Typed::One(number) => Some(number.stored()),
            Typed::Either(small, large) => Some(format!("{}|{}", small.stored(), large.stored())),
        }
    }

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        for (typed, stored) in [
            ("12", "12"),
            ("12.50", "12.50"),
            ("12,50", "12.50"),
            (" 1 234,50 € ", "1234.50"),
            ("€1,234.50", "1234.50"),
            ("1.234,50", "1234.50"),
            ("1'234'567", "1234567"),
            ("1.234.567", "1234567"),
            ("1 234 567", "1234567"),
            ("0,125", "0.125"),
            (".5", "0.5"),
            ("007", "7"),
            ("-3,5", "-3.5"),
            ("−3", "-3"),
            ("-0", "0"),
            ("1234.567", "1234.567"),
            ("1,234", "1.234|1234"),
            ("12.345", "12.345|12345"),
            ("0012.345", "12.345|12345"),
        ] {
            assert_eq!(read(typed).as_deref(), Some(stored), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for typed in [
            "",
            "-",
            "twelve",
            "12.",
            "1,,2",
            "1.2.3",
            "12 34",
            "1,23,456.7.8",
            "1e5",
            "½",
            "1 2345",
        ] {
            assert_eq!(read(typed), None, "{typed}");
        }
        assert_eq!(read(&"9".repeat(500)), None);
    }

    #[test]
    fn sizes_are_compared_digit_by_digit() {
        let number = |text: &str| match Number::read(text, None) {
            Some(Typed::One(number)) => number,
            other => panic!("{text}: {other:?}"),
        };
        for (less, more) in [
            ("-2", "-1.5"),
            ("-1", "0"),
            ("9", "10"),
            ("9.99", "10"),
            ("1.5", "1.51"),
            ("0", "0.01"),
        ] {
            assert!(number(less).compare(&number(more)).is_lt(), "{less} < {more}");
        }
        assert!(number("12.50").compare(&number("12.5")).is_eq());
        assert_eq!(number("12.50").meaning(), number("12.5").meaning());
    }

    proptest! {
        #[test]
        fn what_is_stored_is_read_as_itself(text in "-?[0-9]{1,9}([.,][0-9]{1,4})?") {
            if let Some(Typed::One(number)) = Number::read(&text, None) {
                let stored = number.stored();
                prop_assert_eq!(Number::read(&stored, None), Some(Typed::One(number)));
            }
        }

        #[test]
        fn no_text_is_too_strange(text in "[0-9., '+-]{0,12}|\\PC{0,12}") {
            if let Some(Typed::One(number)) = Number::read(&text, Some("kg")) {
                let again = Number::read(&number.stored(), None);
                prop_assert!(again.is_some(), "{text}");
            }
        }
    }
}
