//! A picture to be looked at.

use super::{Fingers, Motion, Plane, Stage, look_panel};
use crate::text::bound;
use crate::{Icon, Key, once_wanted};
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::{KeyboardEvent, PointerEvent, WheelEvent};

/// A picture to be looked at: one finger moves it, two enlarge it, and so do the wheel, two
/// quick taps, keys and buttons; a panel changes how bright it is shown. It takes all the room
/// that its parent has, which must have a size and be positioned. Another picture in `plane` is
/// laid anew; the same one stays as it lies.
pub fn viewer(plane: Signal<Option<Plane>>) -> AnyView {
    looking(Stage::new(plane), true)
}

/// The same on a stage of one's own, such as one of two in step; `tools` says whether it has
/// buttons.
pub fn looking(stage: Stage, tools: bool) -> AnyView {
    let fingers = StoredValue::new_local(Fingers::default());
    let act = move |motion: Option<Motion>| match motion {
        Some(Motion::Pan(dx, dy)) => stage.change(|view| view.panned(dx, dy)),
        Some(Motion::Pinch { from, to }) => stage.change(|view| view.pinched(from, to)),
        Some(Motion::Nearer(at)) => stage.change(|view| view.zoomed(2.0, at)),
        Some(Motion::None) | None => {}
    };
    let forget = move |event: PointerEvent| {
        stage.hold(false);
        fingers.update_value(|fingers| fingers.forget(event.pointer_id()));
    };
    view! {
        <div
            class="stage-view"
            tabindex="0"
            role="group"
            aria-label="The picture. Move it with the arrow keys, plus and minus enlarge it, T turns it."
            // Kept from the browser's own gestures: a quick drag would be a fling to it, and the
            // next tap, on whatever key, would only stop that.
            on:touchstart=move |event| event.prevent_default()
            on:pointerdown=move |event: PointerEvent| {
                capture(&event);
                stage.hold(true);
                let at = stage.at(&event);
                fingers.update_value(|f| f.down(event.pointer_id(), at, event.time_stamp()));
            }
            on:pointermove=move |event: PointerEvent| {
                let at = stage.at(&event);
                act(fingers.try_update_value(|f| f.moved(event.pointer_id(), at)));
            }
            on:pointerup=move |event: PointerEvent| {
                stage.hold(false);
                act(fingers.try_update_value(|f| f.up(event.pointer_id(), event.time_stamp())));
            }
            on:pointercancel=forget
            on:wheel=move |event| stage.wheel(&event)
            on:keydown=move |event: KeyboardEvent| {
                if !event.ctrl_key() && !event.meta_key() && stage.key(&event.key()) {
                    event.prevent_default();
                }
            }
        >
            {stage.layers(Signal::stored(Arc::new(vec![])))}
        </div>
        {tools.then(|| view_tools(stage))}
    }
    .into_any()
}

/// The buttons of a stage: nearer, further, turned, brighter.
pub fn view_tools(stage: Stage) -> AnyView {
    let open = RwSignal::new(false);
    view! {
        <div class="stage-tools" role="group" aria-label="View">
            {Key::sign("round", Icon::SMALLER, "Zoom out").press(move || stage.zoom(1.0 / 1.5))}
            {Key::sign("round", Icon::LARGER, "Zoom in").press(move || stage.zoom(1.5))}
            {Key::sign("round", Icon::TURN, "Rotate").press(move || stage.turn())}
            {Key { pressed: Some(open.into()), ..Key::sign("round", Icon::LIGHT, "Brightness") }
                .press(move || open.update(|open| *open = !*open))}
        </div>
        {once_wanted(
            move || open.get(),
            move || {
                view! { <div class="stage-look" hidden=move || !open.get()>{look_panel(stage)}</div> }
                    .into_any()
            },
        )}
    }
    .into_any()
}

/// Hears the rest of a pointer's way, wherever it goes.
pub fn capture(event: &PointerEvent) {
    if let Some(target) = event.current_target() {
        use wasm_bindgen::JsCast;
        let element: web_sys::Element = target.unchecked_into();
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

impl Stage {
    /// Enlarges around the pointer as the wheel turns.
    pub fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let (at, by) = (self.at(event), 1.0 - bound(event.delta_y() / 500.0, -0.4, 0.4));
        self.change(|view| view.zoomed(by, at));
    }
}
