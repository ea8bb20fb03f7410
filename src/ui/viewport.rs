//! How wide the window is, and what the on-screen keyboard leaves of it.

use crate::fixed;
use std::cell::Cell;
use wasm_bindgen::{JsCast, closure::Closure};

thread_local! {
    static WIDTH: Cell<Option<f64>> = const { Cell::new(None) };
}

/// How wide the window is, in CSS pixels. To ask the browser makes it lay out the page there and
/// then, so it is asked once, at best while there is no page yet, and again when the size changes.
pub fn window_width() -> f64 {
    if let Some(known) = WIDTH.get() {
        return known;
    }
    let Some(window) = web_sys::window() else { return 0.0 };
    let width = window.inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(0.0);
    let changed = Closure::once_into_js(|| WIDTH.set(None));
    let once = web_sys::AddEventListenerOptions::new();
    once.set_once(true);
    let listened = window.add_event_listener_with_callback_and_add_event_listener_options(
        "resize",
        changed.unchecked_ref(),
        &once,
    );
    WIDTH.set(listened.is_ok().then_some(width));
    width
}

/// Watches the visual viewport for as long as it lives.
pub struct Viewport(Closure<dyn Fn()>);

/// Keeps the custom property `--seen` on the root element at the height that
/// is seen, in pixels, from when that is another one than the window's. Safari draws its keyboard
/// over the page and knows no `interactive-widget`; where that works this changes nothing.
pub fn follow_viewport() -> Option<Viewport> {
    let window = web_sys::window()?;
    let view = window.visual_viewport()?;
    let root: web_sys::HtmlElement = window.document()?.document_element()?.dyn_into().ok()?;
    let set = {
        let (view, window) = (view.clone(), window.clone());
        move || {
            // A pinch-zoomed page keeps its layout: only the keyboard counts.
            if view.scale() > 1.05 {
                return;
            }
            let (height, scrolled) = (view.height(), view.offset_top() > 0.0);
            let _ = root.style().set_property("--seen", &(fixed(height, 0) + "px"));
            // Safari scrolls the page up to show the field; the layout has room for it.
            if scrolled {
                window.scroll_to_with_x_and_y(0.0, 0.0);
            }
        }
    };
    let height = window.inner_height().ok().and_then(|height| height.as_f64());
    if height.is_some_and(|height| (height - view.height()).abs() > 1.0) {
        set();
    }
    let changed = Closure::<dyn Fn()>::new(set);
    let call = changed.as_ref().unchecked_ref();
    for event in ["resize", "scroll"] {
        let _ = view.add_event_listener_with_callback(event, call);
    }
    Some(Viewport(changed))
}

impl Drop for Viewport {
    fn drop(&mut self) {
        if let Some(view) = web_sys::window().and_then(|w| w.visual_viewport()) {
            let call = self.0.as_ref().unchecked_ref();
            for event in ["resize", "scroll"] {
                let _ = view.remove_event_listener_with_callback(event, call);
            }
        }
    }
}
