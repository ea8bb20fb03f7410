//! The typing screen: one text, or a form, under the picture; and the keys
//! that both have. It is mounted once for a run: only what it shows changes,
//! so that the phone's keyboard stays where it is.

use super::pen::Pen;
use super::rules::FORMS;
use super::screen_form::form;
use super::screen_told::{Told, one_way, told};
use super::screen_word::word;
use super::{Reading, Typing, TypingRules, meanings};
use crate::{Gift, Run, Screen, Shown, built};
use domain::{Given, Outcome, Read, Subject};
use leptos::prelude::*;
use serde_json::Value;
use ui::{Key, is_again, lower_case, nfc};

/// Whether this build has them.
pub(super) const HAS_FORMS: bool = built(FORMS);

impl Screen for Typing {
    fn view(run: Run) -> AnyView {
        let desk = Desk::new(&run);
        if HAS_FORMS && desk.rules.with_value(|rules| !rules.fields.is_empty()) {
            form(&run, desk)
        } else {
            word(&run, desk)
        }
    }
}

/// What both forms of the screen work at. Copies are the same desk.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) rules: StoredValue<TypingRules>,
    pub(super) shown: Signal<Option<Shown>>,
    pub(super) pen: Pen,
    /// What the machine had read for the answer just given, where it was shown and changed.
    pub(super) told: RwSignal<Vec<Told>>,
    /// What is there is what the machine read.
    pub(super) untouched: RwSignal<bool>,
    give: Callback<Gift>,
    draft: Callback<Value>,
}

impl Desk {
    fn new(run: &Run) -> Self {
        let rules = StoredValue::new(TypingRules::read(&run.rules).unwrap_or_default());
        Self {
            rules,
            shown: run.shown,
            pen: Pen::new(rules),
            told: RwSignal::new(vec![]),
            untouched: RwSignal::new(false),
            give: run.give,
            draft: run.draft,
        }
    }

    /// Hands a reading up: its form is right, or a missed practice task only moves on.
    pub(super) fn send(self, reading: &Reading) {
        let shown = self.shown.get_untracked();
        let missed = shown.as_ref().is_some_and(|s| self.misses(s, reading));
        let told = shown.as_ref().map(|s| self.rules.with_value(|rules| told(rules, s, reading)));
        self.hand_over(Given::Value(reading.to_value()), missed, told.unwrap_or_default());
    }

    /// Hands up what was said instead of a reading.
    pub(super) fn say(self, outcome: Outcome) {
        if is_again() {
            return;
        }
        let practice = self.shown.get_untracked().is_some_and(|s| s.task.lesson.is_some());
        self.hand_over(Given::Outcome(outcome), practice, vec![]);
    }

    fn hand_over(self, given: Given<Value>, mut missed: bool, mut told: Vec<Told>) {
        // A text has many translations: none is a miss, and the known one is told as one of them.
        if HAS_FORMS && self.rules.with_value(|rules| rules.translate_to.is_some()) {
            let practice = self.shown.get_untracked().filter(|s| s.task.lesson.is_some());
            if let Some(shown) = practice {
                missed = false;
                told = one_way(&shown.task);
            }
        }
        let corrections = self.pen.corrections.get_value();
        if self.told.with_untracked(|before| *before != told) {
            self.told.set(told);
        }
        self.give.run(Gift { given, corrections, missed, more: 0 });
    }

    /// Keeps what was put in so far, and looks whether it is still the machine's.
    pub(super) fn keep(self, reading: &Reading) {
        self.draft.run(reading.to_value());
        self.look(reading);
    }

    /// Looks whether this is what the machine read.
    pub(super) fn look(self, reading: &Reading) {
        let prefill = self.shown.with_untracked(|s| s.as_ref().and_then(prefill));
        let untouched = prefill.as_ref() == Some(reading);
        if self.untouched.get_untracked() != untouched {
            self.untouched.set(untouched);
        }
    }

    /// Whether a practice task was missed before, so that the next gift moves on.
    pub(super) fn moves_on(self) -> bool {
        self.shown.with_untracked(|s| s.as_ref().is_some_and(|s| s.missed))
    }

    /// Whether a practice task was read in another way than it is known to read.
    fn misses(self, shown: &Shown, given: &Reading) -> bool {
        let known = shown.task.lesson.as_ref().and_then(|lesson| Reading::read(&lesson.answer));
        known.is_some_and(|known| {
            self.rules.with_value(|rules| {
                let fold = |text: &str| rules.folding.fold_by(text, nfc, lower_case);
                match (&known, given) {
                    (Reading::Text(known), Reading::Text(given)) => fold(known) != fold(given),
                    (Reading::Fields(known), Reading::Fields(given)) if HAS_FORMS => {
                        meanings(rules, known, &fold) != meanings(rules, given, &fold)
                    }
                    _ => true,
                }
            })
        })
    }
}

/// What the machine read, where it is shown: never empty.
pub(super) fn prefill(shown: &Shown) -> Option<Reading> {
    let reading = shown.task.prefill.as_ref().and_then(Reading::read);
    reading.filter(|reading| match reading {
        Reading::Text(text) => !text.trim().is_empty(),
        Reading::Fields(entries) => !entries.is_empty(),
    })
}

/// "It is right", in one tap, while the machine's reading stands there untouched.
pub(super) fn right(desk: Desk, send: impl Fn() + 'static) -> AnyView {
    let has = move || desk.shown.with(|s| s.as_ref().is_some_and(|s| prefill(s).is_some()));
    let away = Signal::derive(move || !desk.untouched.get());
    view! {
        // The row stays when its key goes, so that nothing jumps under the first letter.
        <div class="right-row" hidden=move || !has()>
            <p class="right-note">"Read by a machine."</p>
            {Key { hidden: Some(away), ..Key::text("key right", "It is right") }
                .press(move || if !is_again() { send() })}
        </div>
    }
    .into_any()
}

/// The keys of what can be said instead of typing.
pub(super) fn outcomes(desk: Desk) -> AnyView {
    let whole = Signal::derive(move || {
        desk.shown.with(|s| {
            s.as_ref().is_some_and(|s| !matches!(s.task.subject, Subject::ImageRegion(_)))
        })
    });
    let cut = Signal::derive(move || !whole.get());
    let key = |outcome: Outcome| {
        let key = move |name, hidden| {
            Key { hidden, ..Key::text("key", name) }.press(move || desk.say(outcome))
        };
        match outcome {
            Outcome::Unreadable => vec![key("Can't read", None)],
            Outcome::NothingHere => vec![key("Nothing here", None)],
            // What was not cut out cannot be cut wrongly.
            Outcome::BadSubject => vec![key("Bad crop", Some(whole)), key("Broken", Some(cut))],
            Outcome::Skipped => vec![key("Skip", None)],
        }
    };
    let keys = desk.rules.with_value(|r| r.outcomes.iter().copied().flat_map(key).collect_view());
    let count = desk.rules.with_value(|rules| rules.outcomes.len());
    view! {
        <div class="outcomes" style=("--keys", count.to_string())>
            {keys}
        </div>
    }
    .into_any()
}

/// The character bar: what the material has and phones lack, and the shorthand's key.
pub(super) fn characters(desk: Desk, language: &str) -> AnyView {
    let (bar, example, direction) = desk.rules.with_value(|rules| {
        let example = rules.shorthand.first().map(|(left, right)| format!("{left} → {right}"));
        (rules.characters.clone(), example, rules.direction.name())
    });
    let empty = bar.is_empty() && example.is_none();
    let shorthand = example.map(|example| {
        let name = "Expand the shorthand";
        Key { name, ..Key::text("key character short", example) }.press(move || desk.pen.shorten())
    });
    let key = |character: String| {
        let lang = Some(language.to_owned());
        // A mark that stands above a letter is shown above an empty one.
        let face =
            if ui::is_mark(&character) { format!("◌{character}") } else { character.clone() };
        Key { lang, ..Key::text("key character", face) }.press(move || desk.pen.insert(&character))
    };
    view! {
        <div class="characters" role="group" aria-label="Characters" dir=direction hidden=empty>
            {shorthand}
            {bar.into_iter().map(key).collect_view()}
        </div>
    }
    .into_any()
}
