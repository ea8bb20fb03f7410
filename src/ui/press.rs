//! Buttons.
//!
//! One function builds every button, whatever it does, so that the app holds
//! its code once.

use crate::icons::{Icon, icon};
use crate::live::once_wanted;
use leptos::prelude::*;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, MouseEvent, PointerEvent};

/// For `pointerdown`: the text field keeps the focus, so that the keyboard stays.
#[expect(clippy::needless_pass_by_value, reason = "the form of a handler")]
pub fn keep_focus(event: PointerEvent) {
    event.prevent_default();
}

/// For `mousedown`, by which some browsers move the focus all the same.
#[expect(clippy::needless_pass_by_value, reason = "the form of a handler")]
pub fn keep_focus_of_mouse(event: MouseEvent) {
    event.prevent_default();
}

thread_local! {
    static LAST: Cell<f64> = const { Cell::new(f64::NEG_INFINITY) };
}

/// The second tap of two, or the first repeat of a key, comes within so many milliseconds.
const QUICK: f64 = 600.0;

/// Whether what the browser tells of now follows another press that gave something in no time.
pub fn is_soon() -> bool {
    let Some(event) = told() else { return false };
    let now = event.time_stamp();
    now - LAST.replace(now) < QUICK
}

/// Whether it is only the rest of that press: the second of two quick taps, or a key that is held
/// down. Asked where a press gives something: what is there by then, nobody has seen.
pub fn is_again() -> bool {
    let soon = is_soon();
    told().is_some_and(|event| match event.dyn_ref::<KeyboardEvent>() {
        Some(key) => key.repeat(),
        None => soon && event.dyn_ref::<MouseEvent>().is_some_and(|click| click.detail() > 1),
    })
}

/// The event that is being told of.
fn told() -> Option<Event> {
    let event = window().event();
    (!event.is_undefined()).then(|| event.unchecked_into())
}

/// For `keydown` on a form: Enter that is held down sends once.
#[expect(clippy::needless_pass_by_value, reason = "the form of a handler")]
pub fn once(event: KeyboardEvent) {
    if event.repeat() && event.key() == "Enter" {
        event.prevent_default();
    }
}

/// What lies under a pointer now, whichever element hears it.
pub fn element_under(event: &PointerEvent) -> Option<web_sys::Element> {
    #[expect(clippy::cast_precision_loss, reason = "pixels of a window")]
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    document().element_from_point(x, y)
}

/// A button. It leaves the focus where it is, and acts on `click`.
#[derive(Clone, Default)]
pub struct Key {
    /// Its classes, such as `key strong`.
    pub class: &'static str,
    /// The words on it.
    pub text: String,
    /// A sign before the words.
    pub icon: Option<Icon>,
    /// Its name where it has no words.
    pub name: &'static str,
    /// BCP 47 tag of the words, where they are not the page's language.
    pub lang: Option<String>,
    /// Whether it is away for now.
    pub hidden: Option<Signal<bool>>,
    /// Whether it is pressed, for one that stays so.
    pub pressed: Option<Signal<bool>>,
}

impl Key {
    /// A button with words on it.
    pub fn text(class: &'static str, text: impl Into<String>) -> Self {
        Self { class, text: text.into(), ..Self::default() }
    }

    /// A round button with a sign on it.
    pub fn sign(class: &'static str, icon: Icon, name: &'static str) -> Self {
        Self { class, icon: Some(icon), name, ..Self::default() }
    }

    /// The button, and what it does.
    pub fn press(self, press: impl Fn() + 'static) -> AnyView {
        build(self, Box::new(press))
    }

    /// The same, of one that is seldom there: it is built when it first is.
    pub fn press_seldom(self, press: impl Fn() + 'static) -> AnyView {
        let hidden = self.hidden;
        let wanted = move || hidden.is_none_or(|hidden| !hidden.get());
        let press: Box<dyn Fn()> = Box::new(press);
        once_wanted(wanted, move || build(self, press))
    }
}

fn build(key: Key, press: Box<dyn Fn()>) -> AnyView {
    let Key { class, text, icon: sign, name, lang, hidden, pressed } = key;
    view! {
        <button
            type="button"
            class=class
            lang=lang
            aria-label=(!name.is_empty()).then_some(name)
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            hidden=move || hidden.is_some_and(|hidden| hidden.get())
            on:pointerdown=keep_focus
            on:mousedown=keep_focus_of_mouse
            on:click=move |_| press()
        >
            {sign.map(icon)}
            {text}
        </button>
    }
    .into_any()
}
