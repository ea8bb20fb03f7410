//! A project's settings for typing, and what may be typed under them.

use super::answer::Reading;
use super::date::DateOrder;
use super::fields::{Field, check_form};
use super::{Folding, fill, tally, text};
use crate::{Kind, Words};
use domain::{Effort, Fault, Outcome, Read, Subject, Tally, Weighted};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Typing what a picture says.
pub struct Typing;

/// The build for forms, and for subjects that are no part of a page: who types words has no use
/// for three times their screen.
pub(super) const FORMS: &str = "forms";

/// A project's settings for typing tasks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TypingRules {
    /// Words, lines, or a text of several lines.
    pub unit: Unit,
    /// The character bar: what the material has and phones lack.
    pub characters: Vec<String>,
    /// What is typed for what, such as `["ae", "æ"]`: the first becomes the second
    /// at a backtick behind it, or at the shorthand's key.
    pub shorthand: Vec<(String, String)>,
    /// What counts as the same.
    pub folding: Folding,
    /// Whether the field starts with the OCR's reading.
    pub prefill: Prefill,
    /// Which way that which is typed is written.
    pub direction: Direction,
    /// What can be said instead of typing, in the order of the keys.
    pub outcomes: Vec<Outcome>,
    /// BCP 47 tag of the language to translate into, where that is what is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translate_to: Option<String>,
    /// A form to fill in; where there is none, one text is typed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// What a date of three numbers means.
    pub date_order: DateOrder,
}

/// What is typed at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// One word.
    #[default]
    Word,
    /// One line.
    Line,
    /// A text that may have several lines.
    Lines,
}

/// What the text field starts with. A reading that is shown biases those who see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prefill {
    /// Nothing: readings are independent of the OCR's.
    #[default]
    Blank,
    /// The OCR's reading, to be corrected.
    Ocr,
}

/// Which way a text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// As its first letter says.
    #[default]
    Auto,
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Direction {
    /// The wire name, which is also HTML's `dir`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// The key that ends a shorthand, on any keyboard.
pub(super) const EXPAND: char = '`';

impl Default for TypingRules {
    fn default() -> Self {
        Self {
            unit: Unit::Word,
            characters: ["ä", "ö", "ü", "ß", "å", "ſ", "æ", "é"].map(String::from).to_vec(),
            shorthand: vec![],
            folding: Folding::default(),
            prefill: Prefill::Blank,
            direction: Direction::Auto,
            outcomes: vec![
                Outcome::Unreadable,
                Outcome::NothingHere,
                Outcome::BadSubject,
                Outcome::Skipped,
            ],
            translate_to: None,
            fields: vec![],
            date_order: DateOrder::Dmy,
        }
    }
}

impl TypingRules {
    /// Whether a text may have line breaks.
    pub fn breaks(&self) -> bool {
        self.unit == Unit::Lines
    }
}

/// The settings as the app reads them; what is absent or strange has its default.
impl Read for TypingRules {
    fn read(rules: &Value) -> Option<Self> {
        let mut read = Self::default();
        if let Some(characters) = Vec::read(&rules["characters"]) {
            read.characters = characters;
        }
        read.unit = match rules["unit"].as_str() {
            Some("line") => Unit::Line,
            Some("lines") => Unit::Lines,
            _ => Unit::Word,
        };
        if rules["prefill"].as_str() == Some("ocr") {
            read.prefill = Prefill::Ocr;
        }
        read.direction = match rules["direction"].as_str() {
            Some("ltr") => Direction::Ltr,
            Some("rtl") => Direction::Rtl,
            _ => Direction::Auto,
        };
        read.date_order = match rules["date_order"].as_str() {
            Some("mdy") => DateOrder::Mdy,
            Some("ymd") => DateOrder::Ymd,
            _ => DateOrder::Dmy,
        };
        if let Some(names) = Vec::<String>::read(&rules["outcomes"]) {
            let outcome = |name: String| Outcome::ALL.into_iter().find(|o| o.name() == name);
            read.outcomes = names.into_iter().filter_map(outcome).collect();
        }
        read.translate_to = Read::read(&rules["translate_to"]).unwrap_or_default();
        read.fields = Vec::read(&rules["fields"]).unwrap_or_default();
        read.shorthand = pairs(&rules["shorthand"]).unwrap_or_default();
        let folding = &rules["folding"];
        read.folding.ignore_case = folding["ignore_case"].as_bool().unwrap_or(false);
        if let Some(table) = pairs(&folding["table"]) {
            read.folding.table = table;
        }
        Some(read)
    }
}

fn pairs(value: &Value) -> Option<Vec<(String, String)>> {
    let pair = |pair: Vec<String>| <[String; 2]>::try_from(pair).ok().map(|[a, b]| (a, b));
    Some(Vec::<Vec<String>>::read(value)?.into_iter().filter_map(pair).collect())
}

impl Kind for Typing {
    const ID: &'static str = "typing";
    type Rules = TypingRules;
    type Answer = Reading;
    const WORDS: Words = Words { one: "word", many: "words", done: "read", invite: "Read some" };

    const BUILDS: &'static [&'static str] = &["typing", "forms"];

    fn build(rules: &TypingRules, regions: bool) -> &'static str {
        let words = regions && rules.fields.is_empty() && rules.translate_to.is_none();
        if words { Self::ID } else { FORMS }
    }

    fn check_rules(rules: &TypingRules) -> Result<(), Fault> {
        let wrong = |code, pointer: &str, detail: &str| {
            Err(Fault::new(code, detail).at(pointer.to_owned()))
        };
        for (at, (left, right)) in rules.shorthand.iter().enumerate() {
            if left.is_empty() || right.is_empty() || left.contains([EXPAND, '\n']) {
                let detail = "A shorthand is what is typed and what it becomes; neither is empty, and “`” is the key that ends it.";
                return wrong("bad-shorthand", &format!("/rules/shorthand/{at}"), detail);
            }
        }
        if rules.characters.iter().any(|one| one.is_empty() || one.chars().count() > 20) {
            let detail = "A key of the character bar has 1 to 20 characters.";
            return wrong("bad-characters", "/rules/characters", detail);
        }
        for (at, outcome) in rules.outcomes.iter().enumerate() {
            if rules.outcomes[..at].contains(outcome) {
                return wrong(
                    "outcome-twice",
                    "/rules/outcomes",
                    "Each outcome stands there once.",
                );
            }
        }
        let tag = |tag: &String| {
            (1..=35).contains(&tag.len())
                && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        if !rules.translate_to.as_ref().is_none_or(tag) {
            let detail = "The language to translate into is a tag such as en or pt-BR.";
            return wrong("bad-language", "/rules/translate_to", detail);
        }
        check_form(&rules.fields, "/rules/fields", rules.date_order)
    }

    fn check(
        rules: &TypingRules,
        _: &Subject,
        answer: Reading,
    ) -> Result<(Reading, Effort), Fault> {
        let nfc = |text: &str| text.nfc().collect::<String>();
        let kept = match answer {
            Reading::Text(_) if !rules.fields.is_empty() => {
                return Err(Fault::new(
                    "fields-wanted",
                    "This task is a form: its answer holds “fields”, not one “text”.",
                )
                .at("/value"));
            }
            Reading::Fields(_) if rules.fields.is_empty() => {
                return Err(Fault::new(
                    "text-wanted",
                    "This task takes one “text”; the project has no form.",
                )
                .at("/value"));
            }
            Reading::Text(typed) => {
                let typed = text::unix_breaks(&nfc(&typed));
                text::check_text(&typed, rules.breaks()).map_err(|f| f.at("/value/text"))?;
                Reading::Text(typed)
            }
            Reading::Fields(entries) => {
                let checked = fill::check_fields(rules, &entries, nfc);
                // The first of them is told: the screen has shown all before it sends.
                Reading::Fields(checked.map_err(|mut faults| faults.swap_remove(0))?)
            }
        };
        Ok((kept, Effort::Whole))
    }

    fn agree(rules: &TypingRules, answers: &[Weighted<Reading>]) -> Tally<Reading> {
        tally::agree(rules, answers)
    }

    fn plain(answer: &Reading) -> String {
        answer.plain()
    }

    #[cfg(test)]
    #[expect(clippy::cast_possible_truncation, reason = "any word will do")]
    fn sample(seed: u64) -> Reading {
        const WORDS: [&str; 7] = ["Turku", "Abo", "Åbo", "A\u{30a}bo", "Weſen", "Wesen", ""];
        let word = WORDS[seed as usize % WORDS.len()].to_owned();
        if seed % 11 == 3 {
            let leaf = super::answer::Entry::One(word);
            return Reading::Fields([("name".to_owned(), leaf)].into());
        }
        Reading::Text(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::subject;
    use domain::Given;
    use proptest::prelude::*;

    fn typed(text: &str) -> Weighted<Reading> {
        Weighted { given: Given::Value(Reading::Text(text.into())), weight: 1.0 }
    }

    fn said(outcome: Outcome) -> Weighted<Reading> {
        Weighted { given: Given::Outcome(outcome), weight: 1.0 }
    }

    fn taken(text: &str) -> Result<String, Fault> {
        by(&TypingRules::default(), Reading::Text(text.into())).map(|reading| reading.plain())
    }

    fn by(rules: &TypingRules, reading: Reading) -> Result<Reading, Fault> {
        Typing::check(rules, &subject(), reading).map(|taken| taken.0)
    }

    #[test]
    fn the_app_reads_the_settings_as_serde_does() {
        let own = TypingRules {
            unit: Unit::Line,
            characters: vec!["å".to_owned(), "ſ".to_owned()],
            folding: Folding { table: vec![("ꝛ".to_owned(), "r".to_owned())], ignore_case: true },
            prefill: Prefill::Ocr,
            shorthand: vec![("ae".to_owned(), "æ".to_owned())],
            direction: Direction::Rtl,
            outcomes: vec![Outcome::Skipped, Outcome::Unreadable],
            translate_to: Some("ar".to_owned()),
            fields: super::super::fields::tests::invoice(),
            date_order: DateOrder::Mdy,
        };
        let passage = TypingRules {
            unit: Unit::Lines,
            direction: Direction::Ltr,
            date_order: DateOrder::Ymd,
            outcomes: vec![],
            ..TypingRules::default()
        };
        for rules in [own, passage, TypingRules::default()] {
            let json = serde_json::to_value(&rules).unwrap();
            assert_eq!(<TypingRules as Read>::read(&json).unwrap(), rules);
        }
        let bare = <TypingRules as Read>::read(&Value::Null);
        assert_eq!(bare.unwrap(), TypingRules::default());
    }

    #[test]
    fn text_is_stored_verbatim_in_nfc() {
        assert_eq!(taken("u\u{308}ber ſo").unwrap(), "über ſo");
        // U+0364 has no composed form: it stays.
        assert_eq!(taken("fu\u{364}r").unwrap(), "fu\u{364}r");
    }

    #[test]
    fn what_is_no_reading_is_refused_in_words() {
        for (bad, code) in [("", "text-empty"), (" \t", "text-empty"), ("a\nb", "text-control")] {
            assert_eq!(taken(bad).unwrap_err().code, code);
        }
        assert_eq!(taken(&"x".repeat(text::LONGEST + 1)).unwrap_err().code, "text-too-long");
        assert!(taken(&"ſ".repeat(text::LONGEST)).is_ok());
    }

    #[test]
    fn a_text_of_several_lines_keeps_them() {
        let passage = TypingRules { unit: Unit::Lines, ..TypingRules::default() };
        let kept = by(&passage, Reading::Text("one\r\ntwo".into())).unwrap();
        assert_eq!(kept, Reading::Text("one\ntwo".into()));
    }

    #[test]
    fn a_form_takes_fields_and_a_text_takes_text() {
        let form = TypingRules {
            fields: super::super::fields::tests::invoice(),
            ..TypingRules::default()
        };
        let text = || Reading::Text("A".into());
        assert_eq!(by(&form, text()).unwrap_err().code, "fields-wanted");
        let fields = |value| serde_json::from_value::<Reading>(value).unwrap();
        let payee = || fields(serde_json::json!({"fields": {"payee": "A", "amount": "1,5"}}));
        assert_eq!(by(&TypingRules::default(), payee()).unwrap_err().code, "text-wanted");
        assert_eq!(by(&form, payee()).unwrap().plain(), "amount: 1.5; payee: A");
        let fault = by(&form, fields(serde_json::json!({"fields": {"items": [{"price": "1"}]}})));
        assert_eq!(fault.unwrap_err().pointer.unwrap(), "/value/fields/payee");
    }

    #[test]
    fn settings_that_cannot_be_used_are_refused() {
        assert!(Typing::check_rules(&TypingRules::default()).is_ok());
        for (rules, code) in [
            (serde_json::json!({"shorthand": [["", "æ"]]}), "bad-shorthand"),
            (serde_json::json!({"shorthand": [["a`", "æ"]]}), "bad-shorthand"),
            (serde_json::json!({"characters": [""]}), "bad-characters"),
            (serde_json::json!({"outcomes": ["skipped", "skipped"]}), "outcome-twice"),
            (serde_json::json!({"translate_to": "the moon"}), "bad-language"),
            (serde_json::json!({"fields": [{"id": "a", "type": "rows"}]}), "bad-rows"),
        ] {
            assert_eq!(crate::check_rules("typing", &rules).unwrap_err().code, code, "{rules}");
        }
    }

    #[test]
    fn readings_that_mean_the_same_count_together() {
        let tally = Typing::agree(
            &TypingRules::default(),
            &[typed("Wesen"), typed("Weſen"), typed("Wefen")],
        );
        assert_eq!((tally.votes, tally.counted), (2, 3));
        assert_eq!(tally.best, Some(Given::Value(Reading::Text("Weſen".into()))));
    }

    #[test]
    fn outcomes_can_be_agreed_and_skips_count_for_nothing() {
        let tally = Typing::agree(
            &TypingRules::default(),
            &[
                said(Outcome::Unreadable),
                typed("a"),
                said(Outcome::Skipped),
                said(Outcome::Unreadable),
            ],
        );
        assert_eq!(tally.best, Some(Given::Outcome(Outcome::Unreadable)));
        assert_eq!((tally.votes, tally.counted), (2, 3));
    }

    #[test]
    fn answers_held_out_do_not_count() {
        let mut junk = typed("junk");
        junk.weight = 0.0;
        let tally = Typing::agree(&TypingRules::default(), &[junk, typed("word")]);
        assert_eq!((tally.votes, tally.counted), (1, 1));
    }

    proptest! {
        #[test]
        fn any_text_is_stored_or_refused_and_never_changed_twice(text in any::<String>()) {
            if let Ok(once) = taken(&text) {
                prop_assert_eq!(taken(&once).unwrap(), once);
            }
        }

        #[test]
        fn the_order_of_answers_never_matters(
            words in proptest::collection::vec("[aſs]{1,2}", 0..7), turn in 0usize..7,
        ) {
            let answers: Vec<_> = words.iter().map(|w| typed(w)).collect();
            let mut turned = answers.clone();
            if !turned.is_empty() {
                let by = turn % turned.len();
                turned.rotate_left(by);
            }
            let rules = TypingRules::default();
            prop_assert_eq!(Typing::agree(&rules, &answers), Typing::agree(&rules, &turned));
        }

        #[test]
        fn one_more_of_the_same_never_lowers_the_vote(
            words in proptest::collection::vec("[ab]{1,2}", 1..6),
        ) {
            let rules = TypingRules::default();
            let mut answers: Vec<_> = words.iter().map(|w| typed(w)).collect();
            let before = Typing::agree(&rules, &answers);
            answers.push(Weighted { given: before.best.clone().unwrap(), weight: 1.0 });
            let after = Typing::agree(&rules, &answers);
            prop_assert_eq!(after.votes, before.votes + 1);
            prop_assert_eq!(after.best, before.best);
        }
    }
}
