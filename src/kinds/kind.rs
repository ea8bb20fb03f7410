//! What a kind is, and the list that makes one place of many.

use domain::{Data, Effort, Fault, Outcome, Subject, Tally, Weighted};
use serde_json::Value;

/// A kind of task: what may be answered, and when two answers are the same.
pub trait Kind: 'static {
    /// The wire name. Never changes.
    const ID: &'static str;
    /// The project's settings for this kind; every field has a default.
    type Rules: Data + Default;
    /// What the volunteer gives, the `value` of the wire.
    type Answer: Data;

    /// How this kind's work is spoken of.
    const WORDS: Words;

    /// Whether a project can be played with these settings; asked when it is made.
    fn check_rules(rules: &Self::Rules) -> Result<(), Fault> {
        let _ = rules;
        Ok(())
    }

    /// Whether a subject can be asked about with these settings; asked when it is imported.
    fn takes(rules: &Self::Rules, subject: &Subject) -> Result<(), Fault> {
        let _ = (rules, subject);
        Ok(())
    }

    /// Takes an answer as it came, says what it counts for, and brings it into
    /// the form that is stored. Doing so twice changes nothing more.
    fn check(
        rules: &Self::Rules,
        subject: &Subject,
        answer: Self::Answer,
    ) -> Result<(Self::Answer, Effort), Fault>;

    /// Counts answers that mean the same, whatever their order.
    fn agree(rules: &Self::Rules, answers: &[Weighted<Self::Answer>]) -> Tally<Self::Answer>;

    /// The builds of the app that have this kind's screen: see [`built`]. More than its own where
    /// a part of it that few need has a build to itself. `cargo dev` reads this line.
    const BUILDS: &'static [&'static str] = &[Self::ID];

    /// Which of them a project with these settings needs. `regions` says whether all its subjects
    /// are parts of pages.
    fn build(rules: &Self::Rules, regions: bool) -> &'static str {
        let _ = (rules, regions);
        Self::ID
    }

    /// An answer as one line of plain text, for exports that are text.
    fn plain(answer: &Self::Answer) -> String;

    /// Any answer that a property test can walk with; `seed` picks one.
    #[cfg(test)]
    fn sample(seed: u64) -> Self::Answer;
}

/// Whether the build of the app called `name` is being compiled. There is one for each kind, so
/// that nobody downloads screens that their project has no use for; without a name it has all.
pub const fn built(name: &str) -> bool {
    let Some(build) = option_env!("TALKOOT_BUILD") else { return true };
    let (one, other) = (build.as_bytes(), name.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// How a kind's work is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// What one task shows, where the project has no word of its own: "word".
    pub one: &'static str,
    /// Several of them: "words".
    pub many: &'static str,
    /// What a volunteer has done with them: "read".
    pub done: &'static str,
    /// The way in: "Read some", before the word for many.
    pub invite: &'static str,
}

/// An answer that was taken: the value to store and what it counts for.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// In the form that is stored.
    pub value: Value,
    /// What it counts for.
    pub effort: Effort,
}

/// A project's settings for a kind could not be read.
pub(crate) fn bad_rules(error: &serde_json::Error) -> Fault {
    Fault::new("bad-rules", format!("The project's settings do not fit its kind of task: {error}."))
        .at("/rules")
}

/// A value that is not of the kind's form.
pub(crate) fn bad_value(kind: &str, error: &serde_json::Error) -> Fault {
    Fault::new("bad-value", format!("This is not an answer to a {kind} task: {error}."))
        .at("/value")
}

/// A kind that this program does not have.
pub(crate) fn unknown_kind(kind: &str) -> Fault {
    Fault::new(
        "unknown-kind",
        format!("There is no kind of task called “{kind}”; there are: {}.", crate::IDS.join(", ")),
    )
    .at("/kind")
}

pub(crate) fn check<K: Kind>(
    rules: &Value,
    subject: &Subject,
    value: Value,
) -> Result<Checked, Fault> {
    let rules = serde_json::from_value(rules.clone()).map_err(|e| bad_rules(&e))?;
    let answer = serde_json::from_value(value).map_err(|e| bad_value(K::ID, &e))?;
    let (answer, effort) = K::check(&rules, subject, answer)?;
    let value = serde_json::to_value(answer).map_err(|e| bad_value(K::ID, &e))?;
    Ok(Checked { value, effort })
}

pub(crate) fn takes<K: Kind>(rules: &Value, subject: &Subject) -> Result<(), Fault> {
    let rules = serde_json::from_value(rules.clone()).map_err(|e| bad_rules(&e))?;
    K::takes(&rules, subject)
}

pub(crate) fn agree<K: Kind>(
    rules: &Value,
    answers: &[Weighted<Value>],
) -> Result<Tally<Value>, Fault> {
    let rules = serde_json::from_value(rules.clone()).map_err(|e| bad_rules(&e))?;
    let answers = answers
        .iter()
        .map(|w| {
            let given = match &w.given {
                domain::Given::Value(value) => domain::Given::Value(
                    serde_json::from_value(value.clone()).map_err(|e| bad_value(K::ID, &e))?,
                ),
                domain::Given::Outcome(outcome) => domain::Given::Outcome(*outcome),
            };
            Ok(Weighted { given, weight: w.weight })
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    let tally = K::agree(&rules, &answers);
    Ok(tally.map(|answer| serde_json::to_value(answer).unwrap_or(Value::Null)))
}

pub(crate) fn plain<K: Kind>(value: &Value) -> Result<String, Fault> {
    serde_json::from_value(value.clone())
        .map(|answer| K::plain(&answer))
        .map_err(|e| bad_value(K::ID, &e))
}

pub(crate) fn check_rules<K: Kind>(rules: &Value) -> Result<Value, Fault> {
    let rules: K::Rules = serde_json::from_value(rules.clone()).map_err(|e| bad_rules(&e))?;
    K::check_rules(&rules)?;
    let mut rules = serde_json::to_value(rules).map_err(|e| bad_rules(&e))?;
    // A skip is free, whatever else can be said.
    let skip = Value::from(Outcome::Skipped.name());
    if let Some(outcomes) = rules["outcomes"].as_array_mut().filter(|all| !all.contains(&skip)) {
        outcomes.push(skip);
    }
    label(&mut rules);
    Ok(rules)
}

/// Whatever has no label is read by its id: choices, fields, tools, what words are marked as.
fn label(rules: &mut Value) {
    match rules {
        Value::Array(all) => all.iter_mut().for_each(label),
        Value::Object(all) => {
            let id = all.get("id").cloned();
            if let Some((id, label)) = id.zip(all.get_mut("label")).filter(|(_, l)| *l == "") {
                *label = id;
            }
            all.values_mut().for_each(label);
        }
        _ => {}
    }
}

/// Whether one of these builds is being compiled.
pub(crate) const fn built_any(names: &[&str]) -> bool {
    let mut at = 0;
    while at < names.len() {
        if built(names[at]) {
            return true;
        }
        at += 1;
    }
    false
}

pub(crate) fn build_of<K: Kind>(rules: &Value, regions: bool) -> &'static str {
    serde_json::from_value(rules.clone()).map_or(K::ID, |rules| K::build(&rules, regions))
}

/// Makes the list of kinds: dispatch by wire name, and tests that walk it.
/// `mod` lines stand outside, since `cargo fmt` does not see modules in here.
macro_rules! kinds {
    ($($module:ident :: $kind:ident),+ $(,)?) => {
        use domain::{Fault, Subject, Tally, Weighted};
        use serde_json::Value;

        /// Whether this build of the app has any kind's screen: see [`built`].
        pub const HAS_SCREENS: bool = $(kind::built_any(<$module::$kind as Kind>::BUILDS))||+;

        /// The wire names of all kinds.
        pub const IDS: &[&str] = &[$(<$module::$kind as Kind>::ID),+];

        /// Whether a subject fits `kind`: see [`Kind::takes`].
        pub fn takes(kind: &str, rules: &Value, subject: &Subject) -> Result<(), Fault> {
            match kind {
                $(<$module::$kind as Kind>::ID =>
                    kind::takes::<$module::$kind>(rules, subject),)+
                _ => Err(kind::unknown_kind(kind)),
            }
        }

        /// Takes an answer to a task of kind `kind`: see [`Kind::check`].
        pub fn check(
            kind: &str,
            rules: &Value,
            subject: &Subject,
            value: Value,
        ) -> Result<Checked, Fault> {
            match kind {
                $(<$module::$kind as Kind>::ID =>
                    kind::check::<$module::$kind>(rules, subject, value),)+
                _ => Err(kind::unknown_kind(kind)),
            }
        }

        /// Counts the answers to a task of kind `kind`: see [`Kind::agree`].
        pub fn agree(
            kind: &str,
            rules: &Value,
            answers: &[Weighted<Value>],
        ) -> Result<Tally<Value>, Fault> {
            match kind {
                $(<$module::$kind as Kind>::ID => kind::agree::<$module::$kind>(rules, answers),)+
                _ => Err(kind::unknown_kind(kind)),
            }
        }

        /// A value of kind `kind` as plain text: see [`Kind::plain`].
        pub fn plain(kind: &str, value: &Value) -> Result<String, Fault> {
            match kind {
                $(<$module::$kind as Kind>::ID => kind::plain::<$module::$kind>(value),)+
                _ => Err(kind::unknown_kind(kind)),
            }
        }

        /// Reads a project's settings for `kind` and fills in what they leave out: skipping is
        /// among what can be said, and what has no label is read by its id.
        pub fn check_rules(kind: &str, rules: &Value) -> Result<Value, Fault> {
            match kind {
                $(<$module::$kind as Kind>::ID => kind::check_rules::<$module::$kind>(rules),)+
                _ => Err(kind::unknown_kind(kind)),
            }
        }

        /// Which build of the app has the screen of `kind` with these settings: see [`Kind::build`].
        pub fn build_of(kind: &str, rules: &Value, regions: bool) -> &'static str {
            match kind {
                $(<$module::$kind as Kind>::ID => {
                    kind::build_of::<$module::$kind>(rules, regions)
                })+
                _ => IDS[0],
            }
        }

        /// How a kind's work is spoken of; of an unknown kind in plain terms.
        pub fn words(kind: &str) -> Words {
            $(if kind == <$module::$kind as Kind>::ID {
                return <$module::$kind as Kind>::WORDS;
            })+
            Words { one: "task", many: "tasks", done: "done", invite: "Do some" }
        }

        /// The screen of a kind, mounted once for a whole run of tasks; `None` where this build has it not.
        #[cfg(feature = "view")]
        pub fn screen(kind: &str, run: Run) -> Option<leptos::prelude::AnyView> {
            $(if const { kind::built_any(<$module::$kind as Kind>::BUILDS) }
                && kind == <$module::$kind as Kind>::ID {
                return Some(<$module::$kind as Screen>::view(run));
            })+
            None
        }

        /// Whether the screen of a kind covers what has a content note: see [`Screen::covers`].
        #[cfg(feature = "view")]
        pub fn covers(kind: &str, rules: &Value) -> bool {
            $(if const { kind::built_any(<$module::$kind as Kind>::BUILDS) }
                && kind == <$module::$kind as Kind>::ID {
                return <$module::$kind as Screen>::covers(rules);
            })+
            false
        }

        #[cfg(test)]
        mod every_kind {
            $(#[test]
            fn $module() {
                crate::tests::walk::<crate::$module::$kind>();
            })+
        }
    };
}
pub(crate) use kinds;
