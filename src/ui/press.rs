//! Buttons near the keyboard.

use web_sys::{MouseEvent, PointerEvent};

/// For `pointerdown`: the text field keeps the focus, so that the keyboard stays.
pub fn keep_focus(event: PointerEvent) {
    event.prevent_default();
}

/// For `mousedown`, by which some browsers move the focus all the same.
pub fn keep_focus_of_mouse(event: MouseEvent) {
    event.prevent_default();
}
