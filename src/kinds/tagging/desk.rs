//! What the tagging screens have in common: giving, practice, what else can be said, the keyboard.

use super::TaggingRules;
use super::screen_undo::Undo;
use crate::{Gift, Run, Shown};
use domain::{Given, Lesson, Outcome};
use leptos::prelude::*;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use ui::{Key, is_again, is_for_page, on_key};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// A run of tagging tasks. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) run: StoredValue<Run>,
    pub(super) rules: StoredValue<TaggingRules>,
    pub(super) shown: Signal<Option<Shown>>,
    /// The answer to a practice task missed; the next key goes on.
    pub(super) missed: Memo<bool>,
    pub(super) undo: Undo,
}

impl Desk {
    pub(super) fn new(run: Run, rules: TaggingRules) -> Self {
        let shown = run.shown;
        Self {
            undo: Undo::new(run.take_back, run.can_take_back),
            run: StoredValue::new(run),
            rules: StoredValue::new(rules),
            shown,
            missed: Memo::new(move |_| shown.with(|s| s.as_ref().is_some_and(|s| s.missed))),
        }
    }

    /// BCP 47 tag of the material's language.
    pub(super) fn language(self) -> String {
        self.run.with_value(|run| run.language.clone())
    }

    /// The project's question.
    pub(super) fn question(self) -> Signal<String> {
        Signal::derive(move || {
            self.shown.with(|s| s.as_ref().map(|s| s.task.question.clone()).unwrap_or_default())
        })
    }

    /// Gives one thing for the task on the screen.
    pub(super) fn give(self, given: Given<Value>) {
        if !is_again() {
            self.give_one_of(given, 0);
        }
    }

    /// The same; so many more follow at once, each for the task that comes then.
    pub(super) fn give_one_of(self, given: Given<Value>, more: usize) {
        let lesson = self.shown.with_untracked(|s| s.as_ref()?.task.lesson.clone());
        let practice = lesson.is_some();
        let missed = lesson.is_some_and(|lesson| misses(&lesson, &given));
        let give = self.run.with_value(|run| run.give);
        give.run(Gift { given, corrections: 0, missed, more });
        self.undo.gave(usize::from(!practice));
    }

    /// Goes on after a practice answer that missed.
    pub(super) fn go_on(self) {
        if self.missed.get_untracked() {
            let answer = self
                .shown
                .with_untracked(|s| Some(s.as_ref()?.task.lesson.as_ref()?.answer.clone()));
            self.give(Given::Value(answer.unwrap_or_default()));
        }
    }

    /// Runs `begin` with each task that comes, and with what had been given for it before.
    pub(super) fn with_each_task(self, begin: impl Fn(Value) + 'static) {
        ui::follow(move |before: Option<Option<domain::TaskId>>| {
            self.shown.with(|shown| {
                let task = shown.as_ref().map(|s| s.task.id);
                if before.is_none_or(|before| before != task) {
                    let start =
                        shown.as_ref().and_then(|s| s.draft.as_ref().or(s.task.prefill.as_ref()));
                    begin(start.cloned().unwrap_or_default());
                }
                task
            })
        });
    }

    /// The question with what to know before answering.
    pub(super) fn caption(self) -> AnyView {
        let caption = move || {
            self.shown.with(|shown| {
                let shown = shown.as_ref()?;
                let question = shown.task.question.clone();
                let step = shown.practice.map(|(at, of)| format!("Warm-up {at} of {of}"));
                let hint = shown.task.lesson.as_ref().filter(|_| !shown.missed);
                let hint = hint.map(|lesson| lesson.hint.clone());
                Some(view! {
                    <p class="step" hidden=step.is_none()>{step.clone()}</p>
                    <p class="question">{question}</p>
                    <p class="hint" hidden=hint.is_none()>{hint.clone()}</p>
                })
            })
        };
        view! { <div class="caption">{caption}</div> }.into_any()
    }

    /// After a practice answer that missed: what is right and why, and the way on.
    pub(super) fn told(self) -> AnyView {
        let told = move || {
            self.shown.with(|shown| {
                let lesson = shown.as_ref().filter(|s| s.missed)?.task.lesson.clone()?;
                let right = self.labels(&lesson.answer);
                Some(view! {
                    <div class="told-leaf">
                        <p class="told" role="alert">
                            "Here it is " <strong class="reading">{right}</strong> ". " {lesson.hint}
                        </p>
                        {Key::text("key strong wide", "Go on").press(move || self.go_on())}
                    </div>
                })
            })
        };
        view! { {told} }.into_any()
    }

    /// A value's choices as people read them.
    fn labels(self, value: &Value) -> String {
        let ids = chosen(value);
        self.rules.with_value(|rules| {
            let label = |id: &String| {
                let found = rules.questions.iter().find_map(|question| question.find(id));
                found.map_or_else(|| id.clone(), |choice| choice.label.clone())
            };
            ids.iter().map(label).collect::<Vec<_>>().join(", ")
        })
    }

    /// What can be said instead of an answer, as keys.
    pub(super) fn outcomes(self) -> AnyView {
        let outcomes = self.rules.with_value(|rules| rules.outcomes.clone());
        let key = |outcome: Outcome| {
            Key::text("key plain", said(outcome)).press(move || self.give(Given::Outcome(outcome)))
        };
        outcomes.into_iter().map(key).collect_view().into_any()
    }

    /// The keyboard, wherever the focus is: numbers choose, Enter sends, u undoes.
    pub(super) fn keyboard(
        self,
        number: impl Fn(u32) -> bool + 'static,
        send: impl Fn() + 'static,
    ) {
        on_key(move |event| {
            // A key that is held down would answer what comes next as well.
            if !is_for_page(event) || event.repeat() {
                return;
            }
            let key = event.key();
            let done = match key.as_str() {
                "Enter" if is_taken(event) => false,
                "Enter" if self.missed.get_untracked() => {
                    self.go_on();
                    true
                }
                "Enter" => {
                    send();
                    true
                }
                "u" | "U" => {
                    self.undo.press();
                    true
                }
                // What was missed stays to be read; a number must not answer what comes after it.
                key => {
                    !self.missed.get_untracked()
                        && crate::questions_view::digit(key).is_some_and(&number)
                }
            };
            if done {
                event.prevent_default();
            }
        });
    }
}

/// Whether Enter is for the key that has the focus: any but a choice that is made already.
fn is_taken(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let on =
        |selector| target.as_ref().is_some_and(|t| t.closest(selector).is_ok_and(|e| e.is_some()));
    on("button, a, summary") && !on("[aria-checked='true']")
}

/// What stands on the key of an outcome.
pub(super) fn said(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Unreadable => "Can't tell",
        Outcome::NothingHere => "None here",
        Outcome::BadSubject => "Broken",
        Outcome::Skipped => "Skip",
    }
}

/// A value of this kind from its choices.
pub(super) fn value_of(choices: &[String]) -> Map<String, Value> {
    let choices = choices.iter().map(|id| Value::String(id.clone())).collect();
    let mut value = Map::new();
    value.insert("choices".to_owned(), Value::Array(choices));
    value
}

/// The choices of a value of this kind.
pub(super) fn chosen(value: &Value) -> Vec<String> {
    let ids = value["choices"].as_array();
    let ids = ids.into_iter().flatten().filter_map(Value::as_str);
    ids.map(str::to_owned).collect()
}

/// Whether a practice task was answered in another way than is right.
fn misses(lesson: &Lesson, given: &Given<Value>) -> bool {
    let Given::Value(value) = given else { return true };
    let set = |value: &Value| chosen(value).into_iter().collect::<BTreeSet<_>>();
    // Where the lesson marks words they are part of what is right.
    let spans = &lesson.answer["spans"];
    set(value) != set(&lesson.answer) || (!spans.is_null() && *spans != value["spans"])
}
