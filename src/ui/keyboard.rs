//! Keys that mean something wherever the focus is.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// Listens to the whole window's keys for as long as the caller is there.
pub fn on_key(listen: impl Fn(&KeyboardEvent) + 'static) {
    let handle = window_event_listener(ev::keydown, move |event| listen(&event));
    on_cleanup(move || handle.remove());
}

/// Whether a plain key is meant for the page: nobody types into a field, and nothing lies over it.
pub fn is_for_page(event: &KeyboardEvent) -> bool {
    if event.default_prevented() || event.ctrl_key() || event.alt_key() || event.meta_key() {
        return false;
    }
    if is_covered() {
        return false;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let inside =
        |selector| target.as_ref().is_some_and(|t| t.closest(selector).is_ok_and(|e| e.is_some()));
    !inside("input:not([type=range]), textarea, select")
}

/// Whether something lies over the page: what cannot be reached cannot be meant.
pub(crate) fn is_covered() -> bool {
    document().query_selector("[inert], dialog[open]").is_ok_and(|over| over.is_some())
}

/// Whether the key is pressed on something that itself acts on Enter and the space bar.
pub fn is_on_button(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target
        .is_some_and(|t| t.closest("button, a, summary, [role=slider]").is_ok_and(|e| e.is_some()))
}
