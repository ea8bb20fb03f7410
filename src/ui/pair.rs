//! The same place twice: a line swiped across, one after the other, or side by side. Both
//! pictures are always enlarged and moved together.

mod lens;

use crate::strip::set;
use crate::text::bound;
use crate::{Icon, Key, fixed};
use lens::{Lens, lies_in_rows};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};

/// One of the two.
#[derive(Clone, Debug, PartialEq)]
pub struct Half {
    /// Where the picture is.
    pub url: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
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

/// A pair, compared in one way at first. `size` is the first one's width and height; the second
/// is laid over the same ground.
pub fn pair(before: Half, after: Half, size: (f64, f64), first: Compare) -> AnyView {
    let pair = Pair {
        view: NodeRef::new(),
        size,
        how: RwSignal::new(first),
        lens: StoredValue::new_local(Lens::default()),
        fingers: StoredValue::new_local(vec![]),
        moving_line: StoredValue::new_local(false),
        line: RwSignal::new(0.5),
        later: RwSignal::new(false),
    };
    Effect::new(move |_| {
        let _ = (pair.how.get(), pair.view.get());
        // The panes have their size in the next frame.
        request_animation_frame(move || pair.lay());
    });
    let handle = window_event_listener(leptos::ev::resize, move |_| pair.lay());
    on_cleanup(move || handle.remove());
    let (earlier_name, later_name) = (before.label.clone(), after.label.clone());
    let flip_name =
        move || "Show ".to_owned() + if pair.later.get() { &earlier_name } else { &later_name };
    view! {
        <div class="pair">
            <div
                class="pair-view"
                node_ref=pair.view
                data-how=move || pair.how.get().name()
                data-later=move || pair.later.get().to_string()
                style:--wipe=move || fixed(pair.line.get() * 100.0, 2) + "%"
                tabindex="0"
                role="group"
                aria-label="Two pictures of the same place. Plus and minus enlarge both, arrow keys move them."
                on:pointerdown=move |event| pair.down(&event)
                on:pointermove=move |event| pair.moved(&event)
                on:pointerup=move |event| pair.up(&event)
                on:pointercancel=move |event| pair.up(&event)
                on:wheel=move |event| pair.wheel(&event)
                on:keydown=move |event| pair.key(&event)
            >
                {pane("pane before", before)}
                {pane("pane after", after)}
                <div
                    class="pair-line"
                    role="slider"
                    tabindex="0"
                    aria-label="Line between the two"
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow=move || fixed(pair.line.get() * 100.0, 0)
                    hidden=move || pair.how.get() != Compare::Wipe
                    on:keydown=move |event| pair.line_key(&event)
                >
                    <span class="pair-knob"></span>
                </div>
            </div>
            <div class="pair-tools">
                {pair.way(Compare::Wipe, Icon::Wipe, "Swipe line")}
                {pair.way(Compare::Flip, Icon::Flip, "One at a time")}
                {pair.way(Compare::Beside, Icon::Beside, "Side by side")}
                {Key::sign("round quiet", Icon::Smaller, "Zoom out").press(move || pair.zoom(1.0 / 1.5))}
                {Key::sign("round quiet", Icon::Larger, "Zoom in").press(move || pair.zoom(1.5))}
            </div>
            <button
                type="button"
                class="key pair-flip"
                hidden=move || pair.how.get() != Compare::Flip
                on:click=move |_| pair.flip()
            >
                {flip_name}
            </button>
        </div>
    }
    .into_any()
}

fn pane(class: &'static str, half: Half) -> AnyView {
    view! {
        <figure class=class>
            <div class="pane-paper">
                <img src=half.url alt=half.alt draggable="false" />
            </div>
            <figcaption>{half.label}</figcaption>
        </figure>
    }
    .into_any()
}

/// A finger: its pointer's number and where it is on the screen.
type Finger = (i32, f64, f64);

/// What two pictures lie on. Copies are the same.
#[derive(Clone, Copy)]
struct Pair {
    view: NodeRef<Div>,
    size: (f64, f64),
    how: RwSignal<Compare>,
    lens: StoredValue<Lens, LocalStorage>,
    fingers: StoredValue<Vec<Finger>, LocalStorage>,
    moving_line: StoredValue<bool, LocalStorage>,
    /// Where the line is, as a share of the view's width.
    line: RwSignal<f64>,
    /// Whether the later one is shown, one at a time.
    later: RwSignal<bool>,
}

impl Pair {
    /// The key of one way to compare.
    fn way(self, how: Compare, icon: Icon, name: &'static str) -> AnyView {
        let pressed = Signal::derive(move || self.how.get() == how);
        Key { pressed: Some(pressed), ..Key::sign("round quiet", icon, name) }
            .press(move || self.how.set(how))
    }

    fn flip(self) {
        self.later.update(|later| *later = !*later);
    }

    /// The elements of the two panes.
    fn panes(self) -> Vec<HtmlElement> {
        let Some(view) = self.view.try_get_untracked().flatten() else { return vec![] };
        let pane = |class| view.query_selector(class).ok()??.dyn_into().ok();
        [".before", ".after"].into_iter().filter_map(pane).collect()
    }

    /// A pane's width and height, and that of the whole picture in it.
    fn room(self) -> ((f64, f64), (f64, f64)) {
        let room = self.panes().first().map_or((1.0, 1.0), |pane| {
            (f64::from(pane.client_width()).max(1.0), f64::from(pane.client_height()).max(1.0))
        });
        let (w, h) = (self.size.0.max(1.0), self.size.1.max(1.0));
        let fit = (room.0 / w).min(room.1 / h);
        (room, (w * fit, h * fit))
    }

    /// Lays both pictures as the lens says.
    fn lay(self) {
        let Some(view) = self.view.try_get_untracked().flatten() else { return };
        let seen = (f64::from(view.client_width()), f64::from(view.client_height()));
        let _ = view.class_list().toggle_with_force("rows", lies_in_rows(seen, self.size));
        self.change(&|lens| lens);
    }

    fn change(self, f: &dyn Fn(Lens) -> Lens) {
        let (room, paper) = self.room();
        let Some(old) = self.lens.try_get_value() else { return };
        let lens = f(old).within(paper, room);
        self.lens.set_value(lens);
        let moved = format!(
            "translate({}px, {}px) scale({})",
            fixed(lens.x, 1),
            fixed(lens.y, 1),
            fixed(lens.scale, 4)
        );
        for pane in self.panes() {
            let paper_element = pane.query_selector(".pane-paper").ok().flatten();
            if let Some(Ok(element)) = paper_element.map(JsCast::dyn_into::<HtmlElement>) {
                set(
                    &element,
                    &[
                        ("width", fixed(paper.0, 1) + "px"),
                        ("height", fixed(paper.1, 1) + "px"),
                        ("transform", moved.clone()),
                    ],
                );
            }
        }
    }

    fn zoom(self, by: f64) {
        let (room, _) = self.room();
        self.change(&|lens| lens.zoomed(by, (room.0 / 2.0, room.1 / 2.0)));
    }

    /// Where an event is in the pane under it.
    fn at(self, event: &MouseEvent) -> (f64, f64) {
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let pane = target.and_then(|t| t.closest(".pane").ok()?);
        let pane = pane.or_else(|| Some(self.panes().first()?.clone().into()));
        let edge = pane.map(|pane| pane.get_bounding_client_rect());
        let (left, top) = edge.map_or((0.0, 0.0), |edge| (edge.left(), edge.top()));
        (f64::from(event.client_x()) - left, f64::from(event.client_y()) - top)
    }

    fn down(self, event: &PointerEvent) {
        let Some(view) = self.view.get_untracked() else { return };
        let _ = view.set_pointer_capture(event.pointer_id());
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        self.fingers.update_value(|fingers| fingers.push((event.pointer_id(), x, y)));
        let edge = view.get_bounding_client_rect();
        let line = edge.left() + self.line.get_untracked() * edge.width();
        // As it fits there is nothing to move but the line.
        let whole = self.lens.with_value(|lens| lens.scale <= 1.0);
        let near = (x - line).abs() <= 32.0 || whole;
        let alone = self.fingers.with_value(|fingers| fingers.len() == 1);
        let wipe = self.how.get_untracked() == Compare::Wipe;
        self.moving_line.set_value(wipe && near && alone);
    }

    fn moved(self, event: &PointerEvent) {
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let before = self.fingers.get_value();
        let Some(mine) = before.iter().position(|f| f.0 == event.pointer_id()) else { return };
        self.fingers.update_value(|fingers| fingers[mine] = (event.pointer_id(), x, y));
        let (_, old_x, old_y) = before[mine];
        let other = before.iter().enumerate().find(|(at, _)| *at != mine);
        let Some((_, &(_, fx, fy))) = other else {
            if self.moving_line.get_value() {
                let width = self.view.get_untracked().map_or(1.0, |v| f64::from(v.client_width()));
                return self.move_line((x - old_x) / width.max(1.0));
            }
            return self.change(&|lens| lens.moved(x - old_x, y - old_y));
        };
        let apart = |x: f64, y: f64| (x - fx).hypot(y - fy).max(1.0);
        let by = apart(x, y) / apart(old_x, old_y);
        // Between the two fingers, in the pane under this one.
        let (at_x, at_y) = self.at(event);
        let between = (at_x + (fx - x) / 2.0, at_y + (fy - y) / 2.0);
        let (dx, dy) = ((x - old_x) / 2.0, (y - old_y) / 2.0);
        self.change(&|lens| lens.moved(dx, dy).zoomed(by, between));
    }

    fn up(self, event: &PointerEvent) {
        self.fingers.update_value(|fingers| fingers.retain(|f| f.0 != event.pointer_id()));
        // Of two fingers one stays: it moves the pictures, not the line.
        self.moving_line.set_value(false);
    }

    fn move_line(self, by: f64) {
        self.line.update(|line| *line = bound(*line + by, 0.0, 1.0));
    }

    fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let (at, by) = (self.at(event), 1.0 - bound(event.delta_y() / 500.0, -0.4, 0.4));
        self.change(&|lens| lens.zoomed(by, at));
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
        event.stop_propagation();
    }

    fn key(self, event: &KeyboardEvent) {
        const STEP: f64 = 60.0;
        match event.key().as_str() {
            "ArrowLeft" => self.change(&|lens| lens.moved(STEP, 0.0)),
            "ArrowRight" => self.change(&|lens| lens.moved(-STEP, 0.0)),
            "ArrowUp" => self.change(&|lens| lens.moved(0.0, STEP)),
            "ArrowDown" => self.change(&|lens| lens.moved(0.0, -STEP)),
            "+" | "=" => self.zoom(1.4),
            "-" => self.zoom(1.0 / 1.4),
            " " if self.how.get_untracked() == Compare::Flip => self.flip(),
            _ => return,
        }
        event.prevent_default();
    }
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
