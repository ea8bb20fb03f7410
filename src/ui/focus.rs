//! The focus stays where the work is.

use leptos::html::Main;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions};

/// So long after the frame what was hidden has lost the focus for sure.
const SETTLED: Duration = Duration::from_millis(150);

/// Gives `place` the focus when what had it there is gone, at each change of what `changes` reads:
/// else the next Tab would begin at the top of the page, and a screen reader with it.
pub fn hold_focus(place: NodeRef<Main>, changes: impl Fn() + 'static) {
    let within = StoredValue::new(false);
    let handle = window_event_listener(leptos::ev::focusin, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let place = place.try_get_untracked().flatten();
        let is = place.is_some_and(|place| place.contains(target.as_deref()));
        let _ = within.try_set_value(is);
    });
    on_cleanup(move || handle.remove());
    let mend = move || {
        let lost = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
        let place = place.try_get_untracked().flatten();
        let was_within = within.try_get_value().unwrap_or_default();
        if let Some(place) = place.filter(|_| lost && was_within) {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = place.focus_with_options(&options);
        }
    };
    crate::live::watch(move || {
        changes();
        // What was hidden loses the focus once the next frame is laid out, with no event that
        // tells it from a tap beside everything. That frame may come late; a timer keeps out of
        // its way.
        request_animation_frame(move || set_timeout(mend, SETTLED));
    });
}
