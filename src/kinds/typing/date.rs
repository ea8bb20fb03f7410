//! Dates as they stand in old papers: whole, partial, about, uncertain. They
//! are taken in the ways people write them and stored in one: the Extended
//! Date/Time Format, levels 0 and 1, without times, seasons and intervals.

use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// What `12/5/1863` means: day, month and year in which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 12 May.
    #[default]
    Dmy,
    /// December 5.
    Mdy,
    /// The year first; where it stands last all the same, 12 May.
    Ymd,
}

/// A date, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// 1 to 9999; of a decade or a century its first year.
    year: u16,
    /// How many of the year's last digits are unknown: 0, 1 or 2.
    unknown: u8,
    /// 1 to 12, or 0 where it is unknown.
    month: u8,
    /// 1 to 31, or 0 where it is unknown.
    day: u8,
    /// EDTF's mark: `~` about, `?` uncertain, `%` both.
    doubt: Option<char>,
}

/// Words before a date that say "about".
const ABOUT: [&str; 14] = [
    "circa", "ca.", "ca", "c.", "c", "about", "around", "approx.", "um", "etwa", "vers", "hacia",
    "omkring", "noin",
];

/// The months in the languages of the material: English, German, French,
/// Spanish, Italian, Swedish, Danish, Finnish. A beginning of three letters is enough.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jänner", "janvier", "enero", "gennaio", "januari", "tammikuuta"],
    &[
        "february",
        "februar",
        "feber",
        "février",
        "fevrier",
        "febrero",
        "febbraio",
        "februari",
        "helmikuuta",
    ],
    &["march", "märz", "maerz", "mars", "marzo", "marts", "maaliskuuta"],
    &["april", "avril", "abril", "aprile", "huhtikuuta"],
    &["may", "mai", "mayo", "maggio", "maj", "toukokuuta"],
    &["june", "juni", "juin", "junio", "giugno", "kesäkuuta"],
    &["july", "juli", "juillet", "julio", "luglio", "heinäkuuta"],
    &["august", "août", "aout", "agosto", "augusti", "elokuuta"],
    &["september", "septembre", "septiembre", "settembre", "syyskuuta"],
    &["october", "oktober", "octobre", "octubre", "ottobre", "lokakuuta"],
    &["november", "novembre", "noviembre", "marraskuuta"],
    &["december", "dezember", "décembre", "decembre", "diciembre", "dicembre", "joulukuuta"],
];

/// Small words of those languages between the parts of a date: "the 3rd of May", "am 3. Mai",
/// "le 3 d'août". None is the beginning of a month.
const JOINING: [&str; 25] = [
    "the", "of", "on", "in", "year", "am", "den", "der", "dem", "des", "im", "jahr", "jahre", "de",
    "del", "año", "d", "le", "la", "el", "l", "an", "il", "di", "anno",
];

/// What makes the number before it an ordinal: 3rd, 1er, 2e, 1ère, 3:e, 3º.
const ORDINALS: [&str; 16] = [
    "st", "nd", "rd", "th", "er", "ère", "re", "ème", "e", "ten", "te", ":e", ":a", "º", ".º", "ª",
];

/// A part of what was typed.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// A number and how many digits it has.
    Number(u16, usize),
    Word(String),
}

impl Date {
    /// Reads a date as people type it, or says what is wrong with it in a sentence.
    pub(super) fn read(text: &str, order: DateOrder) -> Result<Self, String> {
        let strange = || {
            format!(
                "“{}” is no date that is understood here. Write 1863, May 1863, 12 May 1863, about 1863 or 186X.",
                text.trim()
            )
        };
        let small = small(text);
        let (rest, doubt) = doubt(small.trim());
        if let Some((year, unknown)) = several_years(rest) {
            return Ok(Self { year, unknown, month: 0, day: 0, doubt });
        }
        let tokens = tokens(rest).ok_or_else(strange)?;
        let (year, month, day) = arranged(&tokens, order).map_err(|e| e.unwrap_or_else(strange))?;
        let date =
            Self { year, unknown: 0, month: month.unwrap_or(0), day: day.unwrap_or(0), doubt };
        if year == 0 {
            return Err("There is no year 0.".to_owned());
        }
        if month.is_some_and(|month| !(1..=12).contains(&month)) {
            return Err("The months go from 1 to 12.".to_owned());
        }
        if day.is_some_and(|day| day == 0 || day > days(year, date.month)) {
            let name = capital(MONTHS[usize::from(date.month - 1)][0]);
            return Err(format!(
                "{name} {year} had {} days, so there was no {}.",
                days(year, date.month),
                date.day
            ));
        }
        Ok(date)
    }

    /// The form that is stored: `1863-05-12`, `186X`, `1863~`.
    pub(super) fn stored(&self) -> String {
        let mut text = format!("{:04}", self.year);
        if self.unknown > 0 {
            text.truncate(4 - usize::from(self.unknown));
            text.push_str(if self.unknown == 1 { "X" } else { "XX" });
        }
        for part in [self.month, self.day].into_iter().filter(|part| *part > 0) {
            let _ = write!(text, "-{part:02}");
        }
        text.extend(self.doubt);
        text
    }

    /// The first day that it may mean, as year, month and day.
    pub(super) fn first(&self) -> (u16, u8, u8) {
        (self.year.max(1), self.month.max(1), self.day.max(1))
    }

    /// The last day that it may mean.
    pub(super) fn last(&self) -> (u16, u8, u8) {
        let year = self.year + [0, 9, 99][usize::from(self.unknown)];
        let month = if self.month == 0 { 12 } else { self.month };
        (year, month, if self.day == 0 { days(year, month) } else { self.day })
    }
}

fn days(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn capital(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    first.to_ascii_uppercase() + rest
}

/// Small letters, for the names of months: Unicode's whole table is a lot for an app.
fn small(text: &str) -> String {
    let small = |c: char| match c {
        'Ä' => 'ä',
        'É' => 'é',
        'È' => 'è',
        'Ñ' => 'ñ',
        'Û' => 'û',
        c => c.to_ascii_lowercase(),
    };
    text.chars().map(small).collect()
}

/// Takes the words and signs off that say "about" or "perhaps".
fn doubt(text: &str) -> (&str, Option<char>) {
    let (mut rest, mut about, mut unsure) = (text, false, false);
    loop {
        rest = rest.trim();
        if let Some(less) = rest.strip_suffix("(?)").or(rest.strip_suffix('?')) {
            (rest, unsure) = (less, true);
        } else if let Some(less) = rest.strip_suffix('%') {
            (rest, about, unsure) = (less, true, true);
        } else if let Some(less) = rest.strip_suffix('~').or(rest.strip_prefix('~')) {
            (rest, about) = (less, true);
        } else if let Some(less) = ABOUT.iter().find_map(|word| {
            // The word ends where it does: "um" is not the beginning of another.
            let less = rest.strip_prefix(word)?;
            less.starts_with(|c: char| c == ' ' || c.is_ascii_digit()).then_some(less)
        }) {
            (rest, about) = (less, true);
        } else {
            break;
        }
    }
    let doubt = match (about, unsure) {
        (true, true) => Some('%'),
        (true, false) => Some('~'),
        (false, true) => Some('?'),
        (false, false) => None,
    };
    (rest, doubt)
}

/// `186X`, `18XX`, "the 1860s", "1860er": the first year, and how many digits are unknown.
fn several_years(text: &str) -> Option<(u16, u8)> {
    let text = text.strip_prefix("the ").unwrap_or(text);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (known, ending) = text.split_at(digits);
    let year: u16 = known.parse().ok()?;
    match (digits, ending) {
        (3, "x") => Some((year * 10, 1)),
        (2, "xx") => Some((year * 100, 2)),
        (4, "s" | "'s" | "’s" | "er") if year.is_multiple_of(10) => Some((year, 1)),
        _ => None,
    }
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = vec![];
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let digit = next.is_ascii_digit();
        let alike = |c: char| {
            if digit { c.is_ascii_digit() } else { is_letter(c) }
        };
        let length = rest.len() - rest.trim_start_matches(alike).len();
        if length == 0 {
            if !" .,/-'’\u{a0}".contains(next) {
                return None;
            }
            rest = &rest[next.len_utf8()..];
            continue;
        }
        let (token, mut behind) = rest.split_at(length);
        if digit {
            tokens.push(Token::Number(token.parse().ok()?, length));
            if length <= 2 {
                let less = |ending: &&str| behind.strip_prefix(*ending);
                let mut ends = ORDINALS.iter().filter_map(less);
                behind = ends.find(|less| !less.starts_with(is_letter)).unwrap_or(behind);
            }
        } else if !JOINING.contains(&token) {
            tokens.push(Token::Word(token.to_owned()));
        }
        rest = behind;
    }
    Some(tokens)
}

/// A small letter that names of months and the words between them have.
fn is_letter(c: char) -> bool {
    c.is_ascii_lowercase() || "äéèûöñ".contains(c)
}

/// Year, month and day; a sentence of its own where there is one to say.
type Arranged = (u16, Option<u8>, Option<u8>);

fn arranged(tokens: &[Token], order: DateOrder) -> Result<Arranged, Option<String>> {
    use Token::{Number, Word};
    let few = |n: u16| u8::try_from(n).ok().filter(|n| *n < 100);
    let two = |one: u16, other: u16| few(one).zip(few(other)).ok_or(None);
    let month = |word: &str| month(word).ok_or(None);
    Ok(match tokens {
        [Number(year, 4)] => (*year, None, None),
        [Number(year, 4), Number(m, 1 | 2)] | [Number(m, 1 | 2), Number(year, 4)] => {
            (*year, few(*m), None)
        }
        [Number(year, 4), Number(m, 1 | 2), Number(d, 1 | 2)] => {
            let (m, d) = two(*m, *d)?;
            (*year, Some(m), Some(d))
        }
        [Number(one, 1 | 2), Number(other, 1 | 2), Number(year, 4)] => {
            let (one, other) = two(*one, *other)?;
            let (d, m) = if order == DateOrder::Mdy { (other, one) } else { (one, other) };
            // In this order there is no such month, in the other there is.
            let (d, m) = if m > 12 && d <= 12 { (m, d) } else { (d, m) };
            (*year, Some(m), Some(d))
        }
        [Word(name), Number(year, 4)] | [Number(year, 4), Word(name)] => {
            (*year, Some(month(name)?), None)
        }
        [Number(d, 1 | 2), Word(name), Number(year, 4)]
        | [Word(name), Number(d, 1 | 2), Number(year, 4)]
        | [Number(year, 4), Word(name), Number(d, 1 | 2)] => (*year, Some(month(name)?), few(*d)),
        [Number(..), Number(..) | Word(_), Number(..)] | [Word(_), Number(..), ..] => {
            return Err(Some("Write the year with its four digits, such as 1863.".to_owned()));
        }
        _ => return Err(None),
    })
}

/// The month of that name, or of a beginning of it that no other month shares;
/// where they do, English comes first ("mar" is March, in Finnish too).
fn month(word: &str) -> Option<u8> {
    if word.chars().count() < 3 {
        return None;
    }
    let begins = |names: &[&str]| names.iter().any(|name| name.starts_with(word));
    let found = |at: usize| u8::try_from(at + 1).ok();
    if let Some(at) = MONTHS.iter().position(|names| begins(&names[..1])) {
        return found(at);
    }
    let mut fitting = MONTHS.iter().enumerate().filter(|(_, names)| begins(names));
    let (at, _) = fitting.next()?;
    if fitting.next().is_some() { None } else { found(at) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> String {
        Date::read(text, DateOrder::Dmy).map_or_else(|e| e, |date| date.stored())
    }

    #[test]
    fn dates_are_taken_as_people_write_them() {
        for (typed, stored) in [
            ("1863", "1863"),
            (" 1863-05 ", "1863-05"),
            ("1863-05-12", "1863-05-12"),
            ("12.5.1863", "1863-05-12"),
            ("12/5/1863", "1863-05-12"),
            ("5/13/1863", "1863-05-13"),
            ("1863/5/12", "1863-05-12"),
            ("5.1863", "1863-05"),
            ("May 1863", "1863-05"),
            ("12 May 1863", "1863-05-12"),
            ("May 12th, 1863", "1863-05-12"),
            ("12. Mai 1863", "1863-05-12"),
            ("3 Okt. 1901", "1901-10-03"),
            ("1. MÄRZ 1848", "1848-03-01"),
            ("14 juillet 1789", "1789-07-14"),
            ("6 marraskuuta 1863", "1863-11-06"),
            ("c. 1863", "1863~"),
            ("ca 1863", "1863~"),
            ("about May 1863", "1863-05~"),
            ("1863?", "1863?"),
            ("circa 1863 (?)", "1863%"),
            ("186x", "186X"),
            ("the 1860s", "186X"),
            ("1860er", "186X"),
            ("ca. 186X", "186X~"),
            ("18XX", "18XX"),
            ("29.2.1864", "1864-02-29"),
            ("14 de mayo de 1863", "1863-05-14"),
            ("El 14 de mayo del año de 1863", "1863-05-14"),
            ("mayo de 1863", "1863-05"),
            ("1er mai 1863", "1863-05-01"),
            ("le 2ème d’août 1863", "1863-08-02"),
            ("vers le 3 juin 1863", "1863-06-03~"),
            ("den 12 maj 1863", "1863-05-12"),
            ("den 3:e maj 1863", "1863-05-03"),
            ("the 3rd of May, 1863", "1863-05-03"),
            ("May the 3rd, 1863", "1863-05-03"),
            ("3. Mai 1863", "1863-05-03"),
            ("am 3ten Mai 1863", "1863-05-03"),
            ("im Jahre 1863", "1863"),
            ("il 1º di maggio 1863", "1863-05-01"),
        ] {
            assert_eq!(read(typed), stored, "{typed}");
        }
        let mdy = Date::read("12/5/1863", DateOrder::Mdy).unwrap();
        assert_eq!(mdy.stored(), "1863-12-05");
    }

    #[test]
    fn what_is_no_date_is_told_in_words() {
        for (typed, told) in [
            ("29.2.1863", "February 1863 had 28 days"),
            ("29.2.1900", "February 1900 had 28 days"),
            ("31 April 1863", "April 1863 had 30 days"),
            ("1863-13", "The months go from 1 to 12"),
            ("1863/64", "The months go from 1 to 12"),
            ("12.5.63", "four digits"),
            ("May 63", "four digits"),
            ("0000", "no year 0"),
            ("yesterday", "is no date"),
            ("Jui 1863", "is no date"),
            ("1863 - 1865", "is no date"),
            ("", "is no date"),
            ("18633", "is no date"),
            ("1863-05-12T10:00", "is no date"),
        ] {
            let said = Date::read(typed, DateOrder::Dmy).unwrap_err();
            assert!(said.contains(told), "{typed}: {said}");
        }
    }

    #[test]
    fn a_decade_goes_from_its_first_day_to_its_last() {
        let decade = Date::read("186X", DateOrder::Dmy).unwrap();
        assert_eq!((decade.first(), decade.last()), ((1860, 1, 1), (1869, 12, 31)));
        let month = Date::read("1864-02", DateOrder::Dmy).unwrap();
        assert_eq!((month.first(), month.last()), ((1864, 2, 1), (1864, 2, 29)));
    }

    proptest! {
        #[test]
        fn what_is_stored_is_read_as_itself(
            year in 1u16..=9999, month in 0u8..=12, day in 0u8..=31, mark in "[~?%]?",
        ) {
            let mut text = format!("{year:04}");
            if month > 0 {
                let _ = write!(text, "-{month:02}");
                if day > 0 {
                    let _ = write!(text, "-{day:02}");
                }
            }
            text.push_str(&mark);
            for order in [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd] {
                match Date::read(&text, order) {
                    Ok(date) => {
                        prop_assert_eq!(date.stored(), text.as_str());
                        prop_assert!(date.first() <= date.last());
                    }
                    Err(_) => prop_assert!(day > days(year, month)),
                }
            }
        }

        #[test]
        fn no_text_is_too_strange_and_none_changes_twice(text in "[0-9a-zä./ ~?X-]{0,14}|([0-9]{1,4}|de |den|may|d’|er|:e|[ .º]){0,6}|\\PC{0,12}") {
            if let Ok(date) = Date::read(&text, DateOrder::Dmy) {
                let stored = date.stored();
                prop_assert_eq!(Date::read(&stored, DateOrder::Mdy).map(|d| d.stored()), Ok(stored));
            }
        }
    }
}
