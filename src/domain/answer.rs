//! What one volunteer gives for one task, and what the server says of it.

use crate::{AnswerId, Effort, Problem, TaskId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What can be said instead of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// "Can't read": there is something, and it cannot be made out.
    Unreadable,
    /// "Nothing here": no word, no object.
    NothingHere,
    /// "Bad crop": the picture is cut wrong or broken.
    BadSubject,
    /// Passed on; counts for nothing, and the task is not offered to this volunteer again.
    Skipped,
}

impl Outcome {
    /// Every outcome there is.
    pub const ALL: [Self; 4] =
        [Self::Unreadable, Self::NothingHere, Self::BadSubject, Self::Skipped];

    /// The wire name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::NothingHere => "nothing_here",
            Self::BadSubject => "bad_subject",
            Self::Skipped => "skipped",
        }
    }
}

/// What was given: a value of the task's kind, or an outcome.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Given<A> {
    /// A value.
    Value(A),
    /// An outcome instead of a value.
    Outcome(Outcome),
}

impl<A> Given<A> {
    /// What it counts for in a shared goal.
    pub fn effort(&self) -> Effort {
        match self {
            Self::Value(_) => Effort::Whole,
            Self::Outcome(Outcome::Skipped) => Effort::None,
            Self::Outcome(_) => Effort::Half,
        }
    }

    /// The same, its value changed by `f`.
    pub fn map<B>(self, f: impl FnOnce(A) -> B) -> Given<B> {
        match self {
            Self::Value(value) => Given::Value(f(value)),
            Self::Outcome(outcome) => Given::Outcome(outcome),
        }
    }
}

/// `POST /answers`: at most 100 at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Answers {
    /// The answers, in the order they were given.
    pub answers: Vec<AnswerIn>,
}

/// One answer as the device sends it. Exactly one of `value` and `outcome` is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerIn {
    /// Made on the device (UUID v7); sending it twice stores it once.
    pub id: AnswerId,
    /// The task it answers.
    pub task: TaskId,
    /// A value of the task's kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// What was said instead of a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The game layer that was on, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
    /// Seconds from the task's first paint to the answer, without the time the app was hidden.
    #[serde(default)]
    pub seconds: f64,
    /// How often the keyboard replaced what had been typed (`insertReplacementText`).
    #[serde(default)]
    pub corrections: u32,
}

/// What became of the answers, in the order they were sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerReply {
    /// One for each answer sent.
    pub outcomes: Vec<AnswerOutcome>,
}

/// What became of one answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerOutcome {
    /// The answer.
    pub id: AnswerId,
    /// Whether it is stored.
    pub status: AnswerStatus,
    /// What is known of it by now.
    pub verdict: Judgement,
    /// Where it was rejected: why, in words a person can act on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// Whether an answer is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AnswerStatus {
    /// Stored now, durably.
    Stored,
    /// The very same answer was stored before.
    Duplicate,
    /// Not stored; `problem` says why.
    Rejected,
}

/// The server's word on an answer. Disagreeing with others is never `slipped`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// A known answer was met, or others agree by now.
    Held,
    /// A known answer was missed.
    Slipped,
    /// Nothing is known yet.
    Pending,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcome_names_are_the_wire_names() {
        for outcome in Outcome::ALL {
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.name());
        }
    }

    #[test]
    fn an_answer_reads_like_the_contract() {
        let id = AnswerId::v7(0, [1; 10]);
        let task = TaskId::v7(0, [2; 10]);
        let text = format!(
            r#"{{"id":"{id}","task":"{task}","value":{{"text":"Turku"}},"seconds":2.5,"corrections":1}}"#
        );
        let answer: AnswerIn = serde_json::from_str(&text).unwrap();
        assert_eq!(answer.value.unwrap()["text"], "Turku");
        assert_eq!(answer.outcome, None);
    }
}
