//! What a project may ask in a tagging task.

use super::{agree, answer, answer::Tags};
use crate::questions::{Pick, Question, check_questions};
use crate::{Kind, Words};
use domain::{Effort, Fault, Outcome, Read, Subject, Tally, Weighted};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Choosing what is true of a subject.
pub struct Tagging;

/// A project's settings for tagging tasks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TaggingRules {
    /// How the question is put before a volunteer.
    pub screen: Layout,
    /// What is asked, in this order.
    pub questions: Vec<Question>,
    /// Whether volunteers say why.
    pub reason: Extra,
    /// Whether they link to what shows it.
    pub link: Extra,
    /// What words of a text can be marked as.
    pub spans: Vec<Mark>,
    /// What can be said instead.
    pub outcomes: Vec<Outcome>,
}

/// How the question is put. What is stored is the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// The subject, and the questions below it.
    #[default]
    List,
    /// One question with two to four choices: the sides of a card that can be swiped.
    Card,
    /// One question about six subjects at once, which are painted with choices.
    Grid,
    /// Two images beside each other, and the questions below them.
    Pair,
}

/// Whether something is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// It is not.
    #[default]
    No,
    /// It may be left out.
    Optional,
    /// There is no answer without it.
    Required,
}

/// A field beside the questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Extra {
    /// Whether it is there.
    pub ask: Ask,
    /// What stands above it; empty for the app's own word.
    pub label: String,
}

/// What words of a text can be marked as.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mark {
    /// What is stored.
    pub id: String,
    /// What is read.
    pub label: String,
}

impl Default for TaggingRules {
    fn default() -> Self {
        Self {
            screen: Layout::List,
            questions: vec![],
            reason: Extra::default(),
            link: Extra::default(),
            spans: vec![],
            outcomes: vec![Outcome::Unreadable, Outcome::Skipped],
        }
    }
}

/// The settings as the app reads them; what is absent or strange has its default.
impl Read for TaggingRules {
    fn read(rules: &Value) -> Option<Self> {
        let mut read = Self {
            screen: match rules["screen"].as_str() {
                Some("card") => Layout::Card,
                Some("grid") => Layout::Grid,
                Some("pair") => Layout::Pair,
                _ => Layout::List,
            },
            questions: Vec::read(&rules["questions"]).unwrap_or_default(),
            reason: Extra::read(&rules["reason"]).unwrap_or_default(),
            link: Extra::read(&rules["link"]).unwrap_or_default(),
            spans: Vec::read(&rules["spans"]).unwrap_or_default(),
            ..Self::default()
        };
        if let Some(names) = rules["outcomes"].as_array() {
            let known = |name: &Value| {
                Outcome::ALL.into_iter().find(|outcome| name.as_str() == Some(outcome.name()))
            };
            read.outcomes = names.iter().filter_map(known).collect();
        }
        Some(read)
    }
}

impl Read for Extra {
    fn read(value: &Value) -> Option<Self> {
        let ask = match value["ask"].as_str() {
            Some("optional") => Ask::Optional,
            Some("required") => Ask::Required,
            _ => Ask::No,
        };
        Some(Self { ask, label: value["label"].as_str().unwrap_or_default().to_owned() })
    }
}

impl Read for Mark {
    fn read(value: &Value) -> Option<Self> {
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        Some(Self { id: text("id"), label: text("label") })
    }
}

impl Kind for Tagging {
    const ID: &'static str = "tagging";
    type Rules = TaggingRules;
    type Answer = Tags;
    const WORDS: Words =
        Words { one: "picture", many: "pictures", done: "looked at", invite: "Look at some" };

    fn check_rules(rules: &TaggingRules) -> Result<(), Fault> {
        check_questions(&rules.questions, "/rules/questions")?;
        if rules.questions.is_empty() && rules.spans.is_empty() {
            let detail = "There is nothing to choose: give it “questions”, or “spans” to mark.";
            return Err(Fault::new("no-questions", detail).at("/rules/questions"));
        }
        for (at, mark) in rules.spans.iter().enumerate() {
            let here = format!("/rules/spans/{at}");
            if mark.id.is_empty() {
                return Err(Fault::new("bad-label", "A mark has an id.").at(here));
            }
            if rules.spans[..at].iter().any(|other| other.id == mark.id) {
                let detail = format!("There are two marks of the id “{}”.", mark.id);
                return Err(Fault::new("label-twice", detail).at(here));
            }
        }
        check_layout(rules)
    }

    fn check(
        rules: &TaggingRules,
        subject: &Subject,
        answer: Tags,
    ) -> Result<(Tags, Effort), Fault> {
        answer::check(rules, subject, answer).map(|tags| (tags, Effort::Whole))
    }

    fn agree(rules: &TaggingRules, answers: &[Weighted<Tags>]) -> Tally<Tags> {
        agree::agree(rules, answers)
    }

    fn plain(answer: &Tags) -> String {
        let spans = answer.spans.iter().map(|s| format!("{} {}–{}", s.label, s.from, s.to));
        answer.choices.iter().cloned().chain(spans).collect::<Vec<_>>().join(", ")
    }

    #[cfg(test)]
    fn sample(seed: u64) -> Tags {
        agree::sample(seed)
    }
}

/// Whether a layout has room for what is asked.
fn check_layout(rules: &TaggingRules) -> Result<(), Fault> {
    let (name, least, most) = match rules.screen {
        Layout::List | Layout::Pair => return Ok(()),
        Layout::Card => ("card", 2, 4),
        Layout::Grid => ("grid", 1, 8),
    };
    let fits = |question: &Question| {
        question.pick == Pick::One
            && (least..=most).contains(&question.choices.len())
            && question.choices.iter().all(|choice| choice.choices.is_empty())
    };
    let bare = rules.spans.is_empty() && rules.reason.ask == Ask::No && rules.link.ask == Ask::No;
    if bare && matches!(&rules.questions[..], [question] if fits(question)) {
        return Ok(());
    }
    let detail = format!(
        "A {name} takes one question with {least} to {most} choices of which one is picked, and \
         no reason, link or marks; a “list” takes the rest."
    );
    Err(Fault::new("bad-layout", detail).at("/rules/screen"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rules(json: Value) -> TaggingRules {
        serde_json::from_value(json).unwrap()
    }

    fn two() -> Value {
        json!([{"id": "q", "choices": [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]}])
    }

    #[test]
    fn the_app_reads_the_settings_as_serde_does() {
        let own = rules(json!({
            "screen": "card", "questions": two(),
            "reason": {"ask": "optional", "label": "Why?"}, "link": {"ask": "required"},
            "spans": [{"id": "place", "label": "Place"}], "outcomes": ["nothing_here", "skipped"],
        }));
        for rules in [own, TaggingRules::default()] {
            let json = serde_json::to_value(&rules).unwrap();
            assert_eq!(<TaggingRules as Read>::read(&json).unwrap(), rules);
        }
        for (name, layout) in [
            ("list", Layout::List),
            ("card", Layout::Card),
            ("grid", Layout::Grid),
            ("pair", Layout::Pair),
        ] {
            let json = json!({"screen": name});
            assert_eq!(<TaggingRules as Read>::read(&json).unwrap().screen, layout);
            assert_eq!(rules(json).screen, layout);
        }
        assert_eq!(<TaggingRules as Read>::read(&Value::Null).unwrap(), TaggingRules::default());
    }

    #[test]
    fn settings_that_cannot_be_played_are_refused() {
        let code = |json| Tagging::check_rules(&rules(json)).map_or_else(|f| f.code, |()| "fine");
        assert_eq!(code(json!({"questions": two()})), "fine");
        assert_eq!(code(json!({"spans": [{"id": "a", "label": "A"}]})), "fine");
        assert_eq!(code(json!({})), "no-questions");
        assert_eq!(code(json!({"spans": [{"label": "A"}]})), "bad-label");
        let twice = json!([{"id": "a", "label": "A"}, {"id": "a", "label": "B"}]);
        assert_eq!(code(json!({ "spans": twice })), "label-twice");
        let two_of = |pick| {
            let mut questions = two();
            questions[0]["pick"] = json!(pick);
            questions
        };
        for screen in ["card", "grid"] {
            assert_eq!(code(json!({"screen": screen, "questions": two()})), "fine");
            let several = two_of("several");
            assert_eq!(code(json!({"screen": screen, "questions": several})), "bad-layout");
            let why = json!({"ask": "optional"});
            let asked = json!({"screen": screen, "questions": two(), "reason": why});
            assert_eq!(code(asked), "bad-layout");
        }
    }
}
