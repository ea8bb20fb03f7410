//! One subject with one question.

use crate::{Subject, TaskId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::OffsetDateTime;

/// What one volunteer is asked to do next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Task {
    /// Its name.
    pub id: TaskId,
    /// The kind's wire name: `typing`, `tagging` or `drawing`.
    pub kind: String,
    /// What is looked at.
    pub subject: Subject,
    /// The question, in the project's language.
    pub question: String,
    /// A value of the kind to start from, such as the OCR's reading, where the project wants one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill: Option<Value>,
    /// A text that is shown with the subject, such as the reading that may be the same or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What is known of the subject and worth knowing for the answer, in the order to be shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// What the subject shows that not everybody wants to see: it is covered until it is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What others gave, values of the kind, where the project shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Value>,
    /// Only on the openly shown warm-up tasks: what they teach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<Lesson>,
}

impl Task {
    /// A task with nothing but its subject and its question.
    pub fn new(
        id: TaskId,
        kind: impl Into<String>,
        subject: Subject,
        question: impl Into<String>,
    ) -> Self {
        Self {
            id,
            kind: kind.into(),
            subject,
            question: question.into(),
            prefill: None,
            text: None,
            facts: vec![],
            note: None,
            others: vec![],
            lesson: None,
        }
    }
}

/// Something that is known of a subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fact {
    /// What it is: "Place".
    pub name: String,
    /// Its value: "Seemünde harbour".
    pub value: String,
}

/// What a warm-up task teaches. Warm-ups say openly that they are practice, so
/// the right answer travels with them and can be shown without a network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lesson {
    /// The right answer: a value of the task's kind.
    pub answer: Value,
    /// One sentence shown before answering: "Old print writes s as ſ."
    pub hint: String,
}

/// `POST /projects/{slug}/leases`: how many tasks the device would like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeaseIn {
    /// 1 to 50.
    pub count: u32,
    /// Whether a device that is not known becomes a volunteer by this very call, with a cookie as
    /// from `POST /volunteers`; otherwise it is refused.
    #[serde(default)]
    pub newcomer: bool,
}

/// Tasks handed to one device for a while. A hint, not a lock: a late answer is stored all the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lease {
    /// The tasks, in the order to be shown; empty where there is nothing (more) for this volunteer.
    pub tasks: Vec<Task>,
    /// When somebody else may be given them.
    #[serde(with = "time::serde::rfc3339")]
    pub expires_at: OffsetDateTime,
}
