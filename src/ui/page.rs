//! A whole page under the finger: one finger moves it, two fingers or the
//! buttons enlarge it, and one part of it is marked.

mod hold;

use crate::strip::set;
use crate::{Icon, Key, fixed};
use hold::Hold;
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};

/// A page's picture and the part of it that is meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Plate {
    /// Where the picture is.
    pub url: String,
    /// What it is, for those who do not see it.
    pub alt: String,
    /// Width and height, in any unit.
    pub size: (f64, f64),
    /// The part: left, top, width and height as fractions of the picture.
    pub mark: [f64; 4],
}

/// A finger on the page: its pointer's number and where it is in the view.
type Finger = (i32, f64, f64);

/// The page, to be moved and enlarged.
pub fn page(plate: Plate) -> AnyView {
    let (url, alt) = (plate.url.clone(), plate.alt.clone());
    let [x, y, w, h] = plate.mark.map(|share| fixed(share * 100.0, 3) + "%");
    let share = fixed(plate.size.0 / plate.size.1.max(1.0), 5);
    let table = Table {
        view: NodeRef::new(),
        paper: NodeRef::new(),
        plate: StoredValue::new_local(plate),
        hold: StoredValue::new_local(None),
        fingers: StoredValue::new_local(vec![]),
    };
    // The dialog has its size in the next frame.
    request_animation_frame(move || table.change(&|hold| hold));
    view! {
        <div
            class="page-view"
            node_ref=table.view
            tabindex="0"
            role="group"
            aria-label="The page. Move it with the arrow keys, plus and minus enlarge it."
            on:pointerdown=move |event| table.down(&event)
            on:pointermove=move |event| table.moved(&event)
            on:pointerup=move |event| table.up(&event)
            on:pointercancel=move |event| table.up(&event)
            on:wheel=move |event| table.wheel(&event)
            on:keydown=move |event| table.key(&event)
        >
            <div class="page-paper" node_ref=table.paper style:aspect-ratio=share>
                <img src=url alt=alt draggable="false" />
                <div class="page-mark" style:left=x style:top=y style:width=w style:height=h></div>
            </div>
        </div>
        <div class="page-tools">
            {Key::sign("round", Icon::SMALLER, "Zoom out").press(move || table.zoom(1.0 / 1.5))}
            {Key::sign("round", Icon::LARGER, "Zoom in").press(move || table.zoom(1.5))}
        </div>
    }
    .into_any()
}

/// What a page lies on. Copies are the same table.
#[derive(Clone, Copy)]
struct Table {
    view: NodeRef<Div>,
    paper: NodeRef<Div>,
    plate: StoredValue<Plate, LocalStorage>,
    hold: StoredValue<Option<Hold>, LocalStorage>,
    fingers: StoredValue<Vec<Finger>, LocalStorage>,
}

impl Table {
    /// The view's width and height.
    fn room(self) -> (f64, f64) {
        self.view.try_get_untracked().flatten().map_or((1.0, 1.0), |v| {
            (f64::from(v.client_width()).max(1.0), f64::from(v.client_height()).max(1.0))
        })
    }

    /// Holds the page in another way, and lays it so.
    fn change(self, f: &dyn Fn(Hold) -> Hold) {
        let room = self.room();
        let next = self.plate.try_with_value(|plate| {
            let now = self.hold.try_get_value().flatten();
            f(now.unwrap_or_else(|| Hold::around(plate, room))).within(plate, room)
        });
        // The page may be gone before it was ever painted.
        let (Some(next), Some(Some(paper))) = (next, self.paper.try_get_untracked()) else {
            return;
        };
        self.hold.set_value(Some(next));
        let (x, y, scale) = (fixed(next.x, 1), fixed(next.y, 1), fixed(next.scale, 4));
        let lies = format!("translate({x}px, {y}px) scale({scale})");
        // The mark's line is as thin on the screen whatever the size.
        let thin = fixed(3.0 / next.scale, 2) + "px";
        set(&paper, &[("transform", lies), ("--thin", thin)]);
    }

    /// Enlarges around the view's middle.
    fn zoom(self, by: f64) {
        let (width, height) = self.room();
        self.change(&|hold| hold.zoomed(by, (width / 2.0, height / 2.0)));
    }

    /// Where in the view an event is.
    fn at(self, event: &MouseEvent) -> (f64, f64) {
        let edge = self.view.get_untracked().map(|v| v.get_bounding_client_rect());
        let (left, top) = edge.map_or((0.0, 0.0), |e| (e.left(), e.top()));
        (f64::from(event.client_x()) - left, f64::from(event.client_y()) - top)
    }

    fn down(self, event: &PointerEvent) {
        if let Some(view) = self.view.get_untracked() {
            let _ = view.set_pointer_capture(event.pointer_id());
        }
        let (x, y) = self.at(event);
        self.fingers.update_value(|fingers| fingers.push((event.pointer_id(), x, y)));
    }

    /// One finger moves, two enlarge.
    fn moved(self, event: &PointerEvent) {
        let (x, y) = self.at(event);
        let before = self.fingers.get_value();
        let Some(mine) = before.iter().position(|f| f.0 == event.pointer_id()) else { return };
        self.fingers.update_value(|fingers| fingers[mine] = (event.pointer_id(), x, y));
        let (_, old_x, old_y) = before[mine];
        let other = before.iter().enumerate().find(|(at, _)| *at != mine);
        let Some((_, &(_, fx, fy))) = other else {
            return self.change(&|hold| hold.moved(x - old_x, y - old_y));
        };
        let apart = |x: f64, y: f64| (x - fx).hypot(y - fy).max(1.0);
        let by = apart(x, y) / apart(old_x, old_y);
        let (dx, dy) = ((x - old_x) / 2.0, (y - old_y) / 2.0);
        let between = (f64::midpoint(x, fx), f64::midpoint(y, fy));
        self.change(&|hold| hold.moved(dx, dy).zoomed(by, between));
    }

    fn up(self, event: &PointerEvent) {
        self.fingers.update_value(|fingers| fingers.retain(|f| f.0 != event.pointer_id()));
    }

    fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let (at, by) = (self.at(event), 1.0 - (event.delta_y() / 500.0).clamp(-0.4, 0.4));
        self.change(&|hold| hold.zoomed(by, at));
    }

    fn key(self, event: &KeyboardEvent) {
        const STEP: f64 = 60.0;
        match event.key().as_str() {
            "ArrowLeft" => self.change(&|h| h.moved(STEP, 0.0)),
            "ArrowRight" => self.change(&|h| h.moved(-STEP, 0.0)),
            "ArrowUp" => self.change(&|h| h.moved(0.0, STEP)),
            "ArrowDown" => self.change(&|h| h.moved(0.0, -STEP)),
            "+" | "=" => self.zoom(1.4),
            "-" => self.zoom(1.0 / 1.4),
            _ => return,
        }
        event.prevent_default();
    }
}
