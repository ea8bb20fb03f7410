//! The same place twice: a line swiped across, one after the other, or side by side. Both
//! pictures are always enlarged, moved and turned together.

use crate::stage::{Look, Plane, Stage, Viewport, capture, looking, view_tools};
use crate::text::bound;
use crate::{Icon, Key, fixed, once_wanted};
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

/// One of the two, in pixels of the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Half {
    /// The picture.
    pub plane: Plane,
    /// What people call it.
    pub label: String,
}

/// How two pictures are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compare {
    /// One over the other, with a line between them that is moved.
    #[default]
    Wipe,
    /// One at a time.
    Flip,
    /// Both at once.
    Beside,
}

/// A pair, compared in one way at first.
pub fn pair(before: Half, after: Half, first: Compare) -> AnyView {
    let size = before.plane.size;
    let pair = Pair::new(Signal::stored(size), first);
    let names = [before.label.clone(), after.label.clone()];
    let flip = move || "Show ".to_owned() + &names[usize::from(!pair.later.get())];
    let (view, look) = (RwSignal::new(Viewport::default()), RwSignal::new(Look::default()));
    let stage = |half: &Half| Stage::sharing(Signal::stored(Some(half.plane.clone())), view, look);
    let (earlier, later) = (stage(&before), stage(&after));
    let flip = view! {
        <button
            type="button"
            class="key pair-flip"
            hidden=move || pair.how.get() != Compare::Flip
            on:click=move |_| pair.later.update(|later| *later = !*later)
        >
            {flip}
        </button>
    };
    let over = view! { {pair.line(Signal::stored(true))} {flip} };
    view! {
        <div class="pair" role="group" aria-label="Two pictures of the same place">
            {pair.view(
                pane("pane before", looking(earlier, false), before.label),
                pane("pane after", looking(later, false), after.label),
                over.into_any(),
            )}
            <div class="pair-tools">
                <div class="pair-ways" role="group" aria-label="How to compare">
                    {pair.way(Compare::Wipe, Icon::WIPE, "Swipe line")}
                    {pair.way(Compare::Flip, Icon::FLIP, "One at a time")}
                    {pair.way(Compare::Beside, Icon::BESIDE, "Side by side")}
                </div>
                {view_tools(earlier)}
            </div>
        </div>
    }
    .into_any()
}

/// One of the two with its label; `class` says whether it is `before` or `after`.
pub fn pane(class: &'static str, stage: AnyView, label: String) -> AnyView {
    view! {
        <div class=class>
            {stage}
            <p class="pane-label">{label}</p>
        </div>
    }
    .into_any()
}

/// Two pictures being compared: how they lie in one view, and the line between them. Copies are
/// the same.
#[derive(Clone, Copy)]
pub struct Pair {
    /// How they are compared.
    pub how: RwSignal<Compare>,
    /// Whether the later one is shown, one at a time.
    pub later: RwSignal<bool>,
    view: NodeRef<Div>,
    /// The first one's width and height.
    size: Signal<(f64, f64)>,
    /// The finger on the line, and where it was last.
    held: StoredValue<Option<(i32, f64)>, LocalStorage>,
    /// Where the line is, as a share of the view's width.
    line: RwSignal<f64>,
    /// Whether both at once lie above each other.
    rows: RwSignal<bool>,
}

impl Pair {
    /// Two pictures of which the first has this width and height.
    pub fn new(size: Signal<(f64, f64)>, first: Compare) -> Self {
        let pair = Self {
            how: RwSignal::new(first),
            later: RwSignal::new(false),
            view: NodeRef::new(),
            size,
            held: StoredValue::new_local(None),
            line: RwSignal::new(0.5),
            rows: RwSignal::new(false),
        };
        crate::live::watch(move || {
            pair.size.track();
            if pair.view.get().is_some() && pair.how.get() == Compare::Beside {
                pair.lay();
            }
        });
        let handle = window_event_listener(leptos::ev::resize, move |_| pair.lay());
        on_cleanup(move || handle.remove());
        pair
    }

    /// Both panes, and what lies over them.
    pub fn view(self, before: AnyView, after: AnyView, over: AnyView) -> AnyView {
        view! {
            <div
                class="pair-view"
                class:rows=move || self.rows.get()
                node_ref=self.view
                data-how=move || self.how.get().name()
                data-later=move || self.later.get().to_string()
                style:--wipe=move || fixed(self.line.get() * 100.0, 2) + "%"
            >
                {before}
                {after}
                {over}
            </div>
        }
        .into_any()
    }

    /// The line between the two, where they are two.
    pub fn line(self, two: Signal<bool>) -> AnyView {
        once_wanted(move || two.get(), move || self.divider(two))
    }

    fn divider(self, two: Signal<bool>) -> AnyView {
        view! {
            <div
                class="pair-line"
                role="slider"
                tabindex="0"
                aria-label="Line between the two"
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || fixed(self.line.get() * 100.0, 0)
                hidden=move || !two.get() || self.how.get() != Compare::Wipe
                // Else a quick stroke is a fling to the browser, and the next tap only stops that.
                on:touchmove=move |event| event.prevent_default()
                on:pointerdown=move |event| self.down(&event)
                on:pointermove=move |event| self.moved(&event)
                on:pointerup=move |_| self.held.set_value(None)
                on:pointercancel=move |_| self.held.set_value(None)
                on:keydown=move |event| self.line_key(&event)
            >
                <span class="pair-knob"></span>
            </div>
        }
        .into_any()
    }

    /// The key of one way to compare.
    pub fn way(self, how: Compare, icon: Icon, name: &'static str) -> AnyView {
        let pressed = Signal::derive(move || self.how.get() == how);
        Key { pressed: Some(pressed), ..Key::sign("round", icon, name) }
            .press(move || self.how.set(how))
    }

    /// Above each other where that shows them larger.
    fn lay(self) {
        let Some(view) = self.view.try_get_untracked().flatten() else { return };
        let room = (f64::from(view.client_width()), f64::from(view.client_height()));
        self.rows.set(lies_in_rows(room, self.size.get_untracked()));
    }

    fn down(self, event: &PointerEvent) {
        if self.held.with_value(Option::is_none) {
            capture(event);
            self.held.set_value(Some((event.pointer_id(), f64::from(event.client_x()))));
        }
    }

    fn moved(self, event: &PointerEvent) {
        let Some((pointer, old)) = self.held.get_value() else { return };
        let width = self.view.get_untracked().map_or(1.0, |view| f64::from(view.client_width()));
        if pointer == event.pointer_id() {
            let x = f64::from(event.client_x());
            self.held.set_value(Some((pointer, x)));
            self.move_line((x - old) / width.max(1.0));
        }
    }

    fn move_line(self, by: f64) {
        self.line.update(|line| *line = bound(*line + by, 0.0, 1.0));
    }

    fn line_key(self, event: &KeyboardEvent) {
        let by = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => -0.04,
            "ArrowRight" | "ArrowUp" => 0.04,
            "Home" => -1.0,
            "End" => 1.0,
            _ => return,
        };
        self.move_line(by);
        event.prevent_default();
    }
}

/// Whether two pictures of `size` are larger above each other than beside each other.
fn lies_in_rows(room: (f64, f64), size: (f64, f64)) -> bool {
    let fit = |w: f64, h: f64| (w / size.0.max(1.0)).min(h / size.1.max(1.0));
    fit(room.0, room.1 / 2.0) > fit(room.0 / 2.0, room.1)
}

impl Compare {
    fn name(self) -> &'static str {
        match self {
            Self::Wipe => "wipe",
            Self::Flip => "flip",
            Self::Beside => "beside",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn wide_pictures_lie_above_each_other_on_a_phone() {
        assert!(lies_in_rows((360.0, 360.0), (1600.0, 900.0)));
        assert!(!lies_in_rows((360.0, 360.0), (600.0, 1200.0)));
        assert!(!lies_in_rows((1200.0, 500.0), (1000.0, 1000.0)));
    }
}
