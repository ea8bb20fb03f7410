//! The typing screen: one form with one field that stays for the whole run.
//! Only the picture and the field's value change from word to word, so that
//! the phone's keyboard stays where it is.

use super::screen_picture::picture;
use super::{Typing, TypingRules, Unit};
use crate::{Gift, Run, Screen, Shown};
use domain::{Given, Outcome, Read};
use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;
use serde_json::{Map, Value};
use ui::{Icon, Key, icon, insert, keep_focus, keep_focus_of_mouse, lower_case, nfc};

/// The keyboard put another word in the place of what was typed.
const REPLACED: &str = "insertReplacementText";

impl Screen for Typing {
    fn view(run: Run) -> AnyView {
        let rules = TypingRules::read(&run.rules).unwrap_or_default();
        let field = NodeRef::<Input>::new();
        let corrections = StoredValue::new(0u32);
        let empty = RwSignal::new(false);
        let line = rules.unit == Unit::Line;
        let bar = rules.characters.clone();
        let rules = StoredValue::new(rules);

        let (shown, draft, give) = (run.shown, run.draft, run.give);
        fill_with_each_task(field, shown, corrections);
        let typed = move || {
            empty.set(false);
            if let Some(field) = field.get_untracked() {
                draft.run(value(field.value()));
            }
        };
        let hand_over = move |given: Given<Value>, missed: bool| {
            give.run(Gift { given, corrections: corrections.get_value(), missed });
            if let Some(field) = field.get_untracked().filter(|field| !has_focus(field)) {
                let _ = field.focus();
            }
        };
        let submit = move |event: ev::SubmitEvent| {
            event.prevent_default();
            let Some(field) = field.get_untracked() else { return };
            let text = nfc(&field.value());
            let now = shown.get_untracked();
            if text.trim().is_empty() && !now.as_ref().is_some_and(|s| s.missed) {
                empty.set(true);
                return;
            }
            let missed = now.is_some_and(|s| rules.with_value(|r| misses(r, &s, &text)));
            hand_over(Given::Value(value(text)), missed);
        };
        let say = move |outcome: Outcome| {
            let practice = shown.get_untracked().is_some_and(|s| s.task.lesson.is_some());
            hand_over(Given::Outcome(outcome), practice);
        };
        let name = if line { "Type the line you see" } else { "Type what you see" };

        view! {
            <div class="typing" class:line=line>
                {picture(&run)}
                <form class="answer" autocomplete="off" novalidate on:submit=submit>
                    <div class="answer-row">
                        <input
                            class="field"
                            node_ref=field
                            type="text"
                            name="reading"
                            aria-label="Type what you see"
                            placeholder=name
                            lang=run.language.clone()
                            enterkeyhint="send"
                            inputmode="text"
                            autocapitalize="none"
                            autocomplete="off"
                            spellcheck="false"
                            aria-describedby="typing-note"
                            on:input=move |event: ev::Event| {
                                if is_replacement(&event) {
                                    corrections.update_value(|count| *count += 1);
                                }
                                typed();
                            }
                        />
                        <button
                            type="submit"
                            class="key strong send"
                            aria-label="Send"
                            on:pointerdown=keep_focus
                            on:mousedown=keep_focus_of_mouse
                        >
                            {icon(Icon::Send)}
                        </button>
                    </div>
                    <p class="answer-note" id="typing-note" role="alert" hidden=move || !empty.get()>
                        "Nothing typed yet. Where there is no word, tap “Nothing here”."
                    </p>
                    {outcomes(say)}
                    {characters(&bar, &run.language, field, typed)}
                </form>
            </div>
        }
        .into_any()
    }
}

/// What can be said instead of typing.
fn outcomes(say: impl Fn(Outcome) + Copy + 'static) -> AnyView {
    let keys = [
        (Outcome::Unreadable, "Can't read"),
        (Outcome::NothingHere, "Nothing here"),
        (Outcome::BadSubject, "Bad crop"),
    ]
    .map(|(outcome, name)| Key::text("key", name).press(move || say(outcome)));
    view! { <div class="outcomes">{keys.into_iter().collect_view()}</div> }.into_any()
}

/// The character bar: what the material has and phones lack.
fn characters(
    bar: &[String],
    language: &str,
    field: NodeRef<Input>,
    typed: impl Fn() + Copy + 'static,
) -> AnyView {
    let key = |character: &String| {
        let put = character.clone();
        let lang = Some(language.to_owned());
        Key { lang, ..Key::text("key character", character) }.press(move || {
            if let Some(field) = field.get_untracked() {
                insert(&field, &put);
                typed();
            }
        })
    };
    view! {
        <div class="characters" role="group" aria-label="Characters" hidden=bar.is_empty()>
            {bar.iter().map(key).collect_view()}
        </div>
    }
    .into_any()
}

/// Sets the field's value when another task comes: its draft, its prefill, or nothing.
fn fill_with_each_task(
    field: NodeRef<Input>,
    shown: Signal<Option<Shown>>,
    corrections: StoredValue<u32>,
) {
    Effect::new(move |before: Option<Option<domain::TaskId>>| {
        let field = field.get()?;
        shown.with(|shown| {
            let task = shown.as_ref().map(|s| s.task.id);
            if before.is_none_or(|before| before != task) {
                let start =
                    shown.as_ref().and_then(|s| s.draft.as_ref().or(s.task.prefill.as_ref()));
                field.set_value(&start.map(text).unwrap_or_default());
                corrections.set_value(0);
                if before.is_none() {
                    // Safari's own attribute, unknown to HTML's list.
                    let _ = field.set_attribute("autocorrect", "off");
                    let _ = field.focus();
                }
            }
            task
        })
    });
}

/// Asking is free; giving the focus to what has it costs a layout.
fn has_focus(field: &web_sys::HtmlInputElement) -> bool {
    use wasm_bindgen::JsCast;
    let active = document().active_element();
    active.is_some_and(|active| active.dyn_ref::<web_sys::HtmlInputElement>() == Some(field))
}

fn is_replacement(event: &ev::Event) -> bool {
    use wasm_bindgen::JsCast;
    event.dyn_ref::<web_sys::InputEvent>().is_some_and(|input| input.input_type() == REPLACED)
}

fn value(text: String) -> Value {
    let mut value = Map::new();
    value.insert("text".to_owned(), Value::String(text));
    Value::Object(value)
}

/// A value of this kind as text.
pub(super) fn text(value: &Value) -> String {
    value["text"].as_str().unwrap_or_default().to_owned()
}

/// Whether a practice task was read in another way than it is known to read.
fn misses(rules: &TypingRules, shown: &Shown, typed: &str) -> bool {
    shown.task.lesson.as_ref().is_some_and(|lesson| {
        let fold = |text: &str| rules.folding.fold_by(text, nfc, lower_case);
        fold(&text(&lesson.answer)) != fold(typed)
    })
}
