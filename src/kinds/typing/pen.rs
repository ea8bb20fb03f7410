//! The control that is being typed in: what the keys of the bar write to, and
//! where the shorthand is at work.

use super::TypingRules;
use super::rules::EXPAND;
use super::shorthand::{Expanded, expand};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The keyboard put another word in the place of what was typed.
const REPLACED: &str = "insertReplacementText";

/// What the typing screen writes with. Copies are the same pen.
#[derive(Clone, Copy)]
pub(super) struct Pen {
    /// A text area has the same names as an input, so that this is both.
    control: StoredValue<Option<HtmlInputElement>, LocalStorage>,
    /// The expansion that the very next change may undo.
    expanded: StoredValue<Option<Expanded>, LocalStorage>,
    rules: StoredValue<TypingRules>,
    /// How often the keyboard replaced what had been typed for this task.
    pub(super) corrections: StoredValue<u32>,
}

impl Pen {
    pub(super) fn new(rules: StoredValue<TypingRules>) -> Self {
        Self {
            control: StoredValue::new_local(None),
            expanded: StoredValue::new_local(None),
            rules,
            corrections: StoredValue::new(0),
        }
    }

    /// Writes in this control from now on.
    pub(super) fn hold(self, control: &HtmlInputElement) {
        self.control.set_value(Some(control.clone()));
        self.expanded.set_value(None);
    }

    /// The control, while it is in the document.
    pub(super) fn control(self) -> Option<HtmlInputElement> {
        self.control.get_value().filter(|control| control.is_connected())
    }

    /// Another task: nothing was corrected in it yet.
    pub(super) fn begin(self) {
        self.corrections.set_value(0);
        self.expanded.set_value(None);
    }

    /// Something was typed: counts what the keyboard replaced, and works the
    /// shorthand where its key was typed, or undoes it.
    pub(super) fn wrote(self, event: &ev::Event, control: &HtmlInputElement) {
        let replaced = event
            .dyn_ref::<web_sys::InputEvent>()
            .is_some_and(|input| input.input_type() == REPLACED);
        if replaced {
            self.corrections.update_value(|count| *count += 1);
        }
        let text = control.value();
        let last = self.expanded.try_update_value(Option::take).flatten();
        if let Some((undone, caret)) = last.and_then(|last| last.undone(&text)) {
            put(control, &undone, caret);
        } else if text.contains(EXPAND) {
            self.expand(control, &text, true);
        }
    }

    /// Puts a character of the bar where the caret is.
    pub(super) fn insert(self, character: &str) {
        if let Some(control) = self.control() {
            ui::insert(&control, character);
            tell(&control);
        }
    }

    /// The shorthand's key: expands what stands before the caret.
    pub(super) fn shorten(self) {
        let Some(control) = self.control() else { return };
        if self.expand(&control, &control.value(), false) {
            let last = self.expanded.get_value();
            tell(&control);
            self.expanded.set_value(last);
        }
    }

    fn expand(self, control: &HtmlInputElement, text: &str, keyed: bool) -> bool {
        let caret =
            control.selection_start().ok().flatten().map_or(text.len(), |units| {
                bytes(text, usize::try_from(units).unwrap_or(usize::MAX))
            });
        let expanded = self.rules.with_value(|rules| expand(&rules.shorthand, text, caret, keyed));
        let Some(expanded) = expanded else { return false };
        put(control, &expanded.text, expanded.caret);
        self.expanded.set_value(Some(expanded));
        true
    }
}

/// Asking is free; giving the focus to what has it costs a layout.
pub(super) fn focus(control: &HtmlInputElement) {
    let active = document().active_element();
    if active.as_ref() != Some(control.as_ref()) {
        let _ = control.focus();
    }
}

/// Has a change heard that a key made.
fn tell(control: &HtmlInputElement) {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = web_sys::Event::new_with_event_init_dict("input", &init) {
        let _ = control.dispatch_event(&event);
    }
}

/// `caret` is in bytes.
fn put(control: &HtmlInputElement, text: &str, caret: usize) {
    control.set_value(text);
    let units = text.get(..caret).unwrap_or(text).encode_utf16().count();
    let units = u32::try_from(units).unwrap_or(u32::MAX);
    let _ = control.set_selection_range(units, units);
}

/// Where the browser's place in a text is in bytes.
fn bytes(text: &str, units: usize) -> usize {
    let mut passed = 0;
    for (at, c) in text.char_indices() {
        if passed >= units {
            return at;
        }
        passed += c.len_utf16();
    }
    text.len()
}
