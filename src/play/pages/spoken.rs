//! How a project's work is spoken of: in its own word for its subjects, or its kind's.

use domain::{Called, Project};

/// The words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spoken {
    /// One subject: "word".
    pub(super) one: String,
    /// Several: "words".
    pub(super) many: String,
    /// What was done with them: "read".
    pub(super) done: &'static str,
    /// The way in: "Read some words".
    pub(super) invite: String,
}

/// How `project` is spoken of; before it is known, in plain terms.
pub(super) fn spoken(project: Option<&Project>) -> Spoken {
    let words = kinds::words(project.map_or("", |project| &project.kind));
    let (one, many) = match project.and_then(|project| project.called.as_ref()) {
        Some(Called { one, many }) => (one.clone(), many.clone()),
        None => (words.one.to_owned(), words.many.to_owned()),
    };
    let invite = format!("{} {many}", words.invite);
    Spoken { one, many, done: words.done, invite }
}
