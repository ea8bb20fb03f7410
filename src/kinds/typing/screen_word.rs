//! One text under the picture: a word, a line, or a text of several lines. One
//! form with one field that is never unmounted, disabled or left.

use super::pen::focus;
use super::screen::{Desk, HAS_FORMS, characters, outcomes, prefill, right};
use super::screen_picture::picture;
use super::text::check_text;
use super::{Reading, Unit};
use crate::Run;
use domain::Read;
use leptos::ev;
use leptos::html::{Input, Textarea};
use leptos::prelude::*;
use ui::{Icon, icon, is_soon, keep_focus, keep_focus_of_mouse, nfc};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The screen of one text.
pub(super) fn word(run: &Run, desk: Desk) -> AnyView {
    let (unit, direction, translate) = desk
        .rules
        .with_value(|rules| (rules.unit, rules.direction.name(), rules.translate_to.clone()));
    let translate = translate.filter(|_| HAS_FORMS);
    let note = RwSignal::new(String::new());
    let typed = move || {
        if !note.with_untracked(String::is_empty) {
            note.set(String::new());
        }
        if let Some(field) = desk.pen.control() {
            desk.keep(&Reading::Text(field.value()));
        }
    };
    let send = move || {
        let Some(field) = desk.pen.control() else { return };
        let text = nfc(&field.value());
        let checked = desk.rules.with_value(|rules| check_text(&text, rules.breaks()));
        match checked {
            Err(fault) if !desk.moves_on() => note.set(fault.detail),
            _ => desk.send(&Reading::Text(text)),
        }
        focus(&field);
    };
    let say_name = match (&translate, unit) {
        (Some(_), _) => "Type the translation",
        (None, Unit::Word) => "Type what you see",
        (None, Unit::Line) => "Type the line you see",
        (None, Unit::Lines) => "Type the text you see",
    };
    let shape = Shape {
        // A line is longer than a field is wide, and so is a translation.
        tall: unit != Unit::Word || translate.is_some(),
        breaks: unit == Unit::Lines,
        // What is transcribed has the letters that it has; a translation is somebody's own.
        capitals: if translate.is_some() { "sentences" } else { "none" },
        note,
        placeholder: say_name,
        language: translate.clone().unwrap_or_else(|| run.language.clone()),
        direction,
    };
    let language = shape.language.clone();
    let tall = shape.tall;
    let field = field(desk, shape, typed, send);
    view! {
        <div class="typing" class:line=unit != Unit::Word class:tall=tall>
            {picture(run, desk)}
            <form
                class="answer"
                autocomplete="off"
                novalidate
                on:submit=move |event: ev::SubmitEvent| {
                    event.prevent_default();
                    // The machine's reading of a word that nobody has seen yet is no answer.
                    let soon = is_soon();
                    if !(soon && desk.untouched.get_untracked()) {
                        send();
                    }
                }
            >
                {right(desk, send)}
                <div class="answer-row">
                    {field}
                    <button
                        type="submit"
                        class="key strong send"
                        aria-label="Send"
                        on:pointerdown=keep_focus
                        on:mousedown=keep_focus_of_mouse
                    >
                        {icon(Icon::SEND)}
                    </button>
                </div>
                <p
                    class="answer-note"
                    id="typing-note"
                    role="alert"
                    hidden=move || note.with(String::is_empty)
                >
                    {note}
                </p>
                {outcomes(desk)}
                {characters(desk, &language)}
            </form>
        </div>
    }
    .into_any()
}

/// What the field is like.
struct Shape {
    tall: bool,
    breaks: bool,
    capitals: &'static str,
    /// What is wrong with what was sent last.
    note: RwSignal<String>,
    placeholder: &'static str,
    language: String,
    direction: &'static str,
}

fn field(
    desk: Desk,
    shape: Shape,
    typed: impl Fn() + Copy + 'static,
    send: impl Fn() + Copy + 'static,
) -> AnyView {
    let Shape { tall, breaks, capitals, note, placeholder, language, direction } = shape;
    let (input, area) = (NodeRef::<Input>::new(), NodeRef::<Textarea>::new());
    let field = move || -> Option<HtmlInputElement> {
        if tall { area.get().map(JsCast::unchecked_into) } else { input.get() }
    };
    fill_with_each_task(desk, note, field);
    let heard = move |event: ev::Event| {
        let Some(field) = desk.pen.control() else { return };
        desk.pen.wrote(&event, &field);
        // A text area breaks the line where a field sends; phones name the key no other way.
        if tall && !breaks && field.value().contains('\n') {
            let entered = event.dyn_ref::<web_sys::InputEvent>().is_some_and(|input| {
                matches!(input.input_type().as_str(), "insertLineBreak" | "insertParagraph")
            });
            field.set_value(&field.value().replace('\n', if entered { "" } else { " " }));
            typed();
            if entered {
                send();
            }
            return;
        }
        typed();
    };
    if tall {
        return view! {
            <textarea
                class="field"
                node_ref=area
                name="reading"
                aria-label=placeholder
                placeholder=placeholder
                lang=language
                dir=direction
                rows="3"
                enterkeyhint=if breaks { "enter" } else { "send" }
                autocapitalize=capitals
                autocomplete="off"
                spellcheck="false"
                aria-describedby="typing-note"
                on:input=heard
            ></textarea>
        }
        .into_any();
    }
    view! {
        <input
            class="field"
            node_ref=input
            type="text"
            name="reading"
            aria-label=placeholder
            placeholder=placeholder
            lang=language
            dir=direction
            enterkeyhint="send"
            inputmode="text"
            autocapitalize="none"
            autocomplete="off"
            spellcheck="false"
            aria-describedby="typing-note"
            on:input=heard
        />
    }
    .into_any()
}

/// Sets the field's value when another task comes: its draft, what the machine read, or nothing.
fn fill_with_each_task(
    desk: Desk,
    note: RwSignal<String>,
    field: impl Fn() -> Option<HtmlInputElement> + 'static,
) {
    ui::follow(move |before: Option<Option<domain::TaskId>>| {
        let field = field()?;
        desk.shown.with(|shown| {
            let task = shown.as_ref().map(|s| s.task.id);
            if before.is_none_or(|before| before != task) {
                let draft = shown.as_ref().and_then(|s| s.draft.as_ref());
                let start = draft.and_then(Reading::read);
                let start = start.or_else(|| shown.as_ref().and_then(prefill));
                let text = match start {
                    Some(Reading::Text(text)) => text,
                    _ => String::new(),
                };
                field.set_value(&text);
                note.set(String::new());
                desk.pen.begin();
                desk.look(&Reading::Text(text));
                if before.is_none() {
                    desk.pen.hold(&field);
                    // Safari's own attribute, unknown to HTML's list.
                    let _ = field.set_attribute("autocorrect", "off");
                    let _ = field.focus();
                }
            }
            task
        })
    });
}
