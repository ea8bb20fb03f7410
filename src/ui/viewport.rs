//! What the on-screen keyboard leaves of the window.

use crate::fixed;
use wasm_bindgen::{JsCast, closure::Closure};

/// Watches the visual viewport for as long as it lives.
pub struct Viewport(Closure<dyn Fn()>);

/// Keeps the custom property `--seen` on the root element at the height that
/// is seen, in pixels. Safari draws its keyboard over the page and knows no
/// `interactive-widget`; where that works this changes nothing.
pub fn follow_viewport() -> Option<Viewport> {
    let window = web_sys::window()?;
    let view = window.visual_viewport()?;
    let root: web_sys::HtmlElement = window.document()?.document_element()?.dyn_into().ok()?;
    let set = {
        let view = view.clone();
        move || {
            // A pinch-zoomed page keeps its layout: only the keyboard counts.
            if view.scale() > 1.05 {
                return;
            }
            let _ = root.style().set_property("--seen", &(fixed(view.height(), 0) + "px"));
            // Safari scrolls the page up to show the field; the layout has room for it.
            if view.offset_top() > 0.0 {
                window.scroll_to_with_x_and_y(0.0, 0.0);
            }
        }
    };
    set();
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
