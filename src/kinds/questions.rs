//! Questions with choices: asked about a subject by tagging, about a mark by
//! drawing. What was chosen is one flat list of choice ids, so every choice of
//! a project has an id of its own, whichever question it belongs to.

use domain::{Fault, Picture, Read};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

/// One question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Question {
    /// Its name within the project, for exports.
    pub id: String,
    /// The question; where it is empty, the project's own stands for it.
    pub text: String,
    /// How many choices, and how they are laid out.
    pub pick: Pick,
    /// What can be chosen. A choice with choices below it opens them: a tree.
    pub choices: Vec<Choice>,
    /// For `several`: fewest choices, and most; 0 is no limit.
    pub least: u32,
    /// See `least`.
    pub most: u32,
    /// Whether it may be left unanswered.
    pub optional: bool,
    /// It is asked once any of these choices is made, of questions before it; always where empty.
    pub when: Vec<String>,
}

/// How many choices a question takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    /// One.
    #[default]
    One,
    /// Any number within the question's limits.
    Several,
    /// One, of choices that lie on a line from the first to the last.
    Scale,
}

/// What can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choice {
    /// What is stored. Never changes, and is the project's only choice of that id.
    pub id: String,
    /// What is read.
    pub label: String,
    /// A sentence about when it fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What it looks like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// For `several`: it stands alone, as "None of these" does. On a wall it is what `None here`
    /// says of all that has no paint.
    #[serde(skip_serializing_if = "is_false")]
    pub alone: bool,
    /// What can be chosen below it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's form")]
fn is_false(value: &bool) -> bool {
    !*value
}

impl Read for Question {
    fn read(value: &Value) -> Option<Self> {
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let number = |name: &str| u32::read(&value[name]).unwrap_or(0);
        Some(Self {
            id: text("id"),
            text: text("text"),
            pick: match value["pick"].as_str() {
                Some("several") => Pick::Several,
                Some("scale") => Pick::Scale,
                _ => Pick::One,
            },
            choices: Vec::read(&value["choices"]).unwrap_or_default(),
            least: number("least"),
            most: number("most"),
            optional: value["optional"].as_bool().unwrap_or(false),
            when: Vec::read(&value["when"]).unwrap_or_default(),
        })
    }
}

impl Read for Choice {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            id: value["id"].as_str()?.to_owned(),
            label: value["label"].as_str().unwrap_or_default().to_owned(),
            hint: Read::read(&value["hint"]).unwrap_or_default(),
            picture: Read::read(&value["picture"]).unwrap_or_default(),
            alone: value["alone"].as_bool().unwrap_or(false),
            choices: Vec::read(&value["choices"]).unwrap_or_default(),
        })
    }
}

impl Choice {
    /// This choice and all below it.
    pub fn walk<'c>(&'c self, visit: &mut dyn FnMut(&'c Choice)) {
        visit(self);
        for choice in &self.choices {
            choice.walk(visit);
        }
    }

    /// The choice of that id, here or below.
    pub fn find(&self, id: &str) -> Option<&Choice> {
        if self.id == id {
            return Some(self);
        }
        self.choices.iter().find_map(|choice| choice.find(id))
    }
}

impl Question {
    /// Every id that can be chosen here.
    pub fn ids(&self) -> Vec<&str> {
        let mut ids = vec![];
        for choice in &self.choices {
            choice.walk(&mut |choice| ids.push(choice.id.as_str()));
        }
        ids
    }

    /// The choice of that id.
    pub fn find(&self, id: &str) -> Option<&Choice> {
        self.choices.iter().find_map(|choice| choice.find(id))
    }

    /// Whether it is asked of somebody who has chosen these.
    pub fn asked(&self, chosen: &[String]) -> bool {
        self.when.is_empty() || self.when.iter().any(|id| chosen.contains(id))
    }
}

/// Whether a project's questions can be asked: ids are there and unique, branches lead backwards.
/// `pointer` is where the list lies, for the fault.
pub fn check_questions(questions: &[Question], pointer: &str) -> Result<(), Fault> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for (at, question) in questions.iter().enumerate() {
        let here = format!("{pointer}/{at}");
        let wrong = |code, detail: String| Err(Fault::new(code, detail).at(here.clone()));
        for id in &question.when {
            if !known.contains(id.as_str()) {
                return wrong(
                    "bad-branch",
                    format!(
                        "“{id}” is no choice of an earlier question, so this question would never be asked."
                    ),
                );
            }
        }
        if question.choices.is_empty() {
            return wrong("no-choices", "A question needs at least one choice.".into());
        }
        for id in question.ids() {
            if id.is_empty() || id.chars().count() > 100 {
                return wrong("bad-choice", "A choice has an id of 1 to 100 characters.".into());
            }
            if !known.insert(id) {
                return wrong(
                    "choice-twice",
                    format!("There are two choices of the id “{id}”; each needs one of its own."),
                );
            }
        }
        if question.most != 0 && question.least > question.most {
            return wrong("bad-limits", "“least” is more than “most”.".into());
        }
    }
    Ok(())
}

/// What was chosen, in the order of the questions, each choice once; or what is wrong with it.
/// Answers to questions that are not asked any more fall away, as they do on the screen.
pub fn check_chosen(
    questions: &[Question],
    chosen: &[String],
    pointer: &str,
) -> Result<Vec<String>, Fault> {
    let wrong = |code, detail: String| Err(Fault::new(code, detail).at(pointer.to_owned()));
    for id in chosen {
        if !questions.iter().any(|question| question.find(id).is_some()) {
            return wrong("unknown-choice", format!("There is no choice “{id}” here."));
        }
    }
    let mut kept: Vec<String> = vec![];
    for question in questions {
        // Each question sees only what was kept of those before it.
        if !question.asked(&kept) {
            continue;
        }
        let ids = question.ids();
        let mine: Vec<&str> =
            ids.into_iter().filter(|id| chosen.iter().any(|given| given == id)).collect();
        if mine.iter().any(|id| question.find(id).is_some_and(|choice| choice.alone))
            && mine.len() > 1
        {
            return wrong(
                "choice-alone",
                format!("One of these stands alone: {}.", mine.join(", ")),
            );
        }
        let name = if question.text.is_empty() { "the question" } else { &question.text };
        let count = u32::try_from(mine.len()).unwrap_or(u32::MAX);
        let (least, most) = match question.pick {
            Pick::One | Pick::Scale => (1, 1),
            Pick::Several => (question.least.max(1), question.most),
        };
        if count == 0 && question.optional {
            continue;
        }
        if count < least {
            let detail = match (count, least) {
                (0, _) => format!("“{name}” has no answer yet."),
                _ => format!("“{name}” wants at least {least} choices."),
            };
            return wrong("choice-missing", detail);
        }
        if most != 0 && count > most {
            return wrong("too-many-choices", format!("“{name}” takes at most {most}."));
        }
        kept.extend(mine.into_iter().map(str::to_owned));
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn survey() -> Vec<Question> {
        serde_json::from_value(json!([
            {"id": "any", "text": "Any animals?", "choices": [
                {"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]},
            {"id": "which", "pick": "several", "when": ["yes"], "choices": [
                {"id": "cat", "label": "Cat", "choices": [{"id": "lion", "label": "Lion"}]},
                {"id": "other", "label": "None of these", "alone": true}]},
            {"id": "calm", "pick": "scale", "optional": true, "when": ["cat", "lion"], "choices": [
                {"id": "calm-1", "label": "Calm"}, {"id": "calm-2", "label": "Wild"}]},
        ]))
        .unwrap()
    }

    fn chosen(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn the_app_reads_questions_as_serde_does() {
        let questions = survey();
        let json = serde_json::to_value(&questions).unwrap();
        assert_eq!(Vec::<Question>::read(&json).unwrap(), questions);
    }

    #[test]
    fn branches_are_followed_and_dropped() {
        let take = |ids: &[&str]| check_chosen(&survey(), &chosen(ids), "/value/choices");
        assert_eq!(take(&["no"]).unwrap(), ["no"]);
        assert_eq!(take(&["lion", "yes"]).unwrap(), ["yes", "lion"]);
        assert_eq!(take(&["lion", "no"]).unwrap(), ["no"], "not asked any more");
        assert_eq!(take(&["calm-2", "lion", "yes"]).unwrap(), ["yes", "lion", "calm-2"]);
        for (ids, code) in [
            (&["yes"][..], "choice-missing"),
            (&[], "choice-missing"),
            (&["yes", "no"], "too-many-choices"),
            (&["yes", "cat", "other"], "choice-alone"),
            (&["dog"], "unknown-choice"),
        ] {
            assert_eq!(take(ids).unwrap_err().code, code, "{ids:?}");
        }
    }

    #[test]
    fn questions_that_cannot_be_asked_are_refused() {
        assert!(check_questions(&survey(), "/rules/questions").is_ok());
        let mut twice = survey();
        twice[1].choices[0].id = "yes".into();
        assert_eq!(check_questions(&twice, "").unwrap_err().code, "choice-twice");
        let mut ahead = survey();
        ahead[0].when = vec!["lion".into()];
        assert_eq!(check_questions(&ahead, "").unwrap_err().code, "bad-branch");
    }

    proptest! {
        #[test]
        fn what_is_kept_is_kept_again(picks in proptest::collection::vec(0usize..7, 0..6)) {
            const IDS: [&str; 7] = ["yes", "no", "cat", "lion", "other", "calm-1", "calm-2"];
            let ids: Vec<String> = picks.iter().map(|at| IDS[*at].to_owned()).collect();
            if let Ok(once) = check_chosen(&survey(), &ids, "") {
                prop_assert_eq!(check_chosen(&survey(), &once, "").unwrap(), once);
            }
        }
    }
}
