//! What may be typed, and when two readings are the same.

use super::Folding;
use crate::{Kind, Words};
use domain::{Effort, Fault, Given, Read, Subject, Tally, Weighted};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Typing what a picture says.
pub struct Typing;

/// A reading: what the volunteer sees, as they typed it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// In NFC; otherwise verbatim.
    pub text: String,
}

/// A project's settings for typing tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TypingRules {
    /// Words or lines.
    pub unit: Unit,
    /// The character bar: what the material has and phones lack.
    pub characters: Vec<String>,
    /// What counts as the same.
    pub folding: Folding,
    /// Whether the field starts with the OCR's reading.
    pub prefill: Prefill,
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

impl Default for TypingRules {
    fn default() -> Self {
        Self {
            unit: Unit::Word,
            characters: ["ä", "ö", "ü", "ß", "å", "ſ", "æ", "é"].map(String::from).to_vec(),
            folding: Folding::default(),
            prefill: Prefill::Blank,
        }
    }
}

/// The settings as the app reads them; what is absent or strange has its default.
impl Read for TypingRules {
    fn read(rules: &Value) -> Option<Self> {
        let mut read = Self::default();
        if let Some(characters) = Vec::read(&rules["characters"]) {
            read.characters = characters;
        }
        if rules["unit"].as_str() == Some("line") {
            read.unit = Unit::Line;
        }
        if rules["prefill"].as_str() == Some("ocr") {
            read.prefill = Prefill::Ocr;
        }
        let folding = &rules["folding"];
        read.folding.ignore_case = folding["ignore_case"].as_bool().unwrap_or(false);
        if let Some(table) = Vec::<Vec<String>>::read(&folding["table"]) {
            let pair = |pair: Vec<String>| <[String; 2]>::try_from(pair).ok().map(|[a, b]| (a, b));
            read.folding.table = table.into_iter().filter_map(pair).collect();
        }
        Some(read)
    }
}

/// Longest reading taken, in characters: no printed line comes near.
const LONGEST: usize = 2_000;

impl Kind for Typing {
    const ID: &'static str = "typing";
    type Rules = TypingRules;
    type Answer = Text;
    const WORDS: Words = Words { one: "word", many: "words", done: "read", invite: "Read some" };

    fn check(_: &TypingRules, _: &Subject, answer: Text) -> Result<(Text, Effort), Fault> {
        let text: String = answer.text.nfc().collect();
        let fault = if text.trim().is_empty() {
            Fault::new(
                "text-empty",
                "Nothing was typed. Where there is no word, say “Nothing here”.",
            )
        } else if text.chars().count() > LONGEST {
            Fault::new("text-too-long", format!("A reading has at most {LONGEST} characters."))
        } else if text.chars().any(|c| c.is_control() && c != '\t') {
            Fault::new(
                "text-control",
                "A reading is one line of text; line breaks and control characters are not taken.",
            )
        } else {
            return Ok((Text { text }, Effort::Whole));
        };
        Err(fault.at("/value/text"))
    }

    fn agree(rules: &TypingRules, answers: &[Weighted<Text>]) -> Tally<Text> {
        let mut camps: BTreeMap<Given<String>, Camp> = BTreeMap::new();
        let mut total = 0.0;
        let mut counted = 0;
        for answer in answers {
            if answer.given.effort() == Effort::None || answer.weight <= 0.0 {
                continue;
            }
            let meaning = answer.given.clone().map(|t| rules.folding.fold(&t.text));
            let camp = camps.entry(meaning).or_default();
            camp.votes += 1;
            camp.weight += answer.weight;
            if let Given::Value(text) = &answer.given {
                *camp.spellings.entry(text.text.nfc().collect()).or_default() += 1;
            }
            counted += 1;
            total += answer.weight;
        }
        // Heaviest first; of equals the one that sorts first, so that the
        // order in which answers came never matters.
        let best = camps.into_iter().reduce(|a, b| if b.1.weight > a.1.weight { b } else { a });
        let Some((meaning, camp)) = best else { return Tally::empty() };
        Tally {
            votes: camp.votes,
            counted,
            agreement: camp.weight / total,
            best: Some(meaning.map(|_| Text { text: camp.spelling() })),
        }
    }

    fn plain(answer: &Text) -> String {
        answer.text.clone()
    }

    #[cfg(test)]
    #[expect(clippy::cast_possible_truncation, reason = "any word will do")]
    fn sample(seed: u64) -> Text {
        const WORDS: [&str; 7] = ["Turku", "Abo", "Åbo", "A\u{30a}bo", "Weſen", "Wesen", ""];
        Text { text: WORDS[seed as usize % WORDS.len()].to_owned() }
    }
}

/// Those who read the same.
#[derive(Default)]
struct Camp {
    votes: u32,
    weight: f64,
    spellings: BTreeMap<String, u32>,
}

impl Camp {
    /// The spelling most of them typed. Of equals the one with the most
    /// characters beyond ASCII: who typed ſ saw it, who typed s may have had no key for it.
    fn spelling(self) -> String {
        let special = |text: &str| text.chars().filter(|c| !c.is_ascii()).count();
        self.spellings
            .into_iter()
            .max_by(|a, b| {
                (a.1, special(&a.0)).cmp(&(b.1, special(&b.0))).then_with(|| b.0.cmp(&a.0))
            })
            .map(|(text, _)| text)
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::subject;
    use domain::Outcome;
    use proptest::prelude::*;

    fn typed(text: &str) -> Weighted<Text> {
        Weighted { given: Given::Value(Text { text: text.into() }), weight: 1.0 }
    }

    fn said(outcome: Outcome) -> Weighted<Text> {
        Weighted { given: Given::Outcome(outcome), weight: 1.0 }
    }

    fn taken(text: &str) -> Result<Text, Fault> {
        Typing::check(&TypingRules::default(), &subject(), Text { text: text.into() }).map(|t| t.0)
    }

    #[test]
    fn the_app_reads_the_settings_as_serde_does() {
        let own = TypingRules {
            unit: Unit::Line,
            characters: vec!["å".to_owned(), "ſ".to_owned()],
            folding: Folding { table: vec![("ꝛ".to_owned(), "r".to_owned())], ignore_case: true },
            prefill: Prefill::Ocr,
        };
        for rules in [own, TypingRules::default()] {
            let json = serde_json::to_value(&rules).unwrap();
            assert_eq!(<TypingRules as Read>::read(&json).unwrap(), rules);
        }
        let bare = <TypingRules as Read>::read(&Value::Null);
        assert_eq!(bare.unwrap(), TypingRules::default());
    }

    #[test]
    fn text_is_stored_verbatim_in_nfc() {
        assert_eq!(taken("u\u{308}ber ſo").unwrap().text, "über ſo");
        // U+0364 has no composed form: it stays.
        assert_eq!(taken("fu\u{364}r").unwrap().text, "fu\u{364}r");
    }

    #[test]
    fn what_is_no_reading_is_refused_in_words() {
        for (bad, code) in [("", "text-empty"), (" \t", "text-empty"), ("a\nb", "text-control")] {
            assert_eq!(taken(bad).unwrap_err().code, code);
        }
        assert_eq!(taken(&"x".repeat(LONGEST + 1)).unwrap_err().code, "text-too-long");
        assert!(taken(&"ſ".repeat(LONGEST)).is_ok());
    }

    #[test]
    fn readings_that_mean_the_same_count_together() {
        let tally = Typing::agree(
            &TypingRules::default(),
            &[typed("Wesen"), typed("Weſen"), typed("Wefen")],
        );
        assert_eq!((tally.votes, tally.counted), (2, 3));
        assert_eq!(tally.best, Some(Given::Value(Text { text: "Weſen".into() })));
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
                prop_assert_eq!(taken(&once.text).unwrap(), once);
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
            let Some(Given::Value(best)) = before.best.clone() else { unreachable!() };
            answers.push(typed(&best.text));
            let after = Typing::agree(&rules, &answers);
            prop_assert_eq!(after.votes, before.votes + 1);
            prop_assert_eq!(after.best, before.best);
        }
    }
}
