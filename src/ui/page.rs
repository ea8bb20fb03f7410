//! A whole page under the finger: one finger moves it, two fingers or the
//! buttons enlarge it, and one part of it is marked.

use crate::strip::set;
use crate::text::bound;
use crate::{Icon, Key, fixed};
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent, WheelEvent};

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

/// Where the page lies: pixels from the corner of the view, and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Hold {
    x: f64,
    y: f64,
    /// 1 fits the page's width into the view.
    scale: f64,
}

const LARGEST: f64 = 8.0;

impl Hold {
    /// The whole width, with the marked part in the middle of the view, large enough to be read in.
    fn around(plate: &Plate, view: (f64, f64)) -> Self {
        let [x, y, w, h] = plate.mark;
        let scale = (0.3 / w.max(0.01)).clamp(1.0, 2.2);
        let height = view.0 * plate.size.1 / plate.size.0.max(1.0);
        Self {
            x: view.0 / 2.0 - (x + w / 2.0) * view.0 * scale,
            y: view.1 / 2.0 - (y + h / 2.0) * height * scale,
            scale,
        }
        .within(plate, view)
    }

    /// Enlarged `by`, with the point `at` staying where it is.
    fn zoomed(self, by: f64, at: (f64, f64)) -> Self {
        let scale = (self.scale * by).clamp(0.5, LARGEST);
        let by = scale / self.scale;
        Self { x: at.0 - (at.0 - self.x) * by, y: at.1 - (at.1 - self.y) * by, scale }
    }

    fn moved(self, dx: f64, dy: f64) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..self }
    }

    /// Never out of sight: a page larger than the view covers it, a smaller one stays inside.
    fn within(self, plate: &Plate, view: (f64, f64)) -> Self {
        let width = view.0 * self.scale;
        let height = width * plate.size.1 / plate.size.0.max(1.0);
        let hold = |at: f64, extent: f64, room: f64| {
            if extent <= room { (room - extent) / 2.0 } else { bound(at, room - extent, 0.0) }
        };
        Self { x: hold(self.x, width, view.0), y: hold(self.y, height, view.1), ..self }
    }
}

/// A finger on the page: its pointer's number and where it is in the view.
type Finger = (i32, f64, f64);

/// The page, to be moved and enlarged.
pub fn page(plate: Plate) -> AnyView {
    let view = NodeRef::<Div>::new();
    let paper = NodeRef::<Div>::new();
    let (url, alt) = (plate.url.clone(), plate.alt.clone());
    let [x, y, w, h] = plate.mark.map(|share| fixed(share * 100.0, 3) + "%");
    let share = fixed(plate.size.0 / plate.size.1.max(1.0), 5);
    let fingers = StoredValue::new_local(Vec::<Finger>::new());
    let hold = StoredValue::new_local(None::<Hold>);
    let plate = StoredValue::new_local(plate);
    let room = move || {
        view.get_untracked().map_or((1.0, 1.0), |v| {
            (f64::from(v.client_width()).max(1.0), f64::from(v.client_height()).max(1.0))
        })
    };
    let change = move |f: &dyn Fn(Hold) -> Hold| {
        let next = plate.try_with_value(|plate| {
            let now = hold.get_value().unwrap_or_else(|| Hold::around(plate, room()));
            f(now).within(plate, room())
        });
        let (Some(next), Some(paper)) = (next, paper.get_untracked()) else { return };
        hold.set_value(Some(next));
        let (x, y, scale) = (fixed(next.x, 1), fixed(next.y, 1), fixed(next.scale, 4));
        let place = format!("translate({x}px, {y}px) scale({scale})");
        // The mark's line is as thin on the screen whatever the size.
        let thin = fixed(3.0 / next.scale, 2) + "px";
        set(&paper, &[("transform", place), ("--thin", thin)]);
    };
    // The dialog has its size in the next frame.
    request_animation_frame(move || change(&|hold| hold));
    let middle = move || (room().0 / 2.0, room().1 / 2.0);
    let at = move |event: &PointerEvent| {
        let edge = view.get_untracked().map(|v| v.get_bounding_client_rect());
        let (left, top) = edge.map_or((0.0, 0.0), |e| (e.left(), e.top()));
        (f64::from(event.client_x()) - left, f64::from(event.client_y()) - top)
    };
    let down = move |event: PointerEvent| {
        if let Some(view) = view.get_untracked() {
            let _ = view.set_pointer_capture(event.pointer_id());
        }
        let (x, y) = at(&event);
        fingers.update_value(|f| f.push((event.pointer_id(), x, y)));
    };
    let moved = move |event: PointerEvent| {
        let (x, y) = at(&event);
        let before = fingers.get_value();
        let Some(mine) = before.iter().position(|f| f.0 == event.pointer_id()) else { return };
        fingers.update_value(|f| f[mine] = (event.pointer_id(), x, y));
        let (_, old_x, old_y) = before[mine];
        match before.iter().enumerate().find(|(other, _)| *other != mine) {
            None => change(&|hold| hold.moved(x - old_x, y - old_y)),
            Some((_, &(_, fx, fy))) => {
                let apart = |x: f64, y: f64| (x - fx).hypot(y - fy).max(1.0);
                let by = apart(x, y) / apart(old_x, old_y);
                let (dx, dy) = ((x - old_x) / 2.0, (y - old_y) / 2.0);
                change(&|hold| {
                    hold.moved(dx, dy).zoomed(by, (f64::midpoint(x, fx), f64::midpoint(y, fy)))
                });
            }
        }
    };
    let up = move |event: PointerEvent| {
        fingers.update_value(|f| f.retain(|finger| finger.0 != event.pointer_id()));
    };
    let wheel = move |event: WheelEvent| {
        event.prevent_default();
        let edge = view.get_untracked().map(|v| v.get_bounding_client_rect());
        let (left, top) = edge.map_or((0.0, 0.0), |e| (e.left(), e.top()));
        let at = (f64::from(event.client_x()) - left, f64::from(event.client_y()) - top);
        let by = 1.0 - (event.delta_y() / 500.0).clamp(-0.4, 0.4);
        change(&|hold| hold.zoomed(by, at));
    };
    let key = move |event: KeyboardEvent| {
        let step = 60.0;
        match event.key().as_str() {
            "ArrowLeft" => change(&|h| h.moved(step, 0.0)),
            "ArrowRight" => change(&|h| h.moved(-step, 0.0)),
            "ArrowUp" => change(&|h| h.moved(0.0, step)),
            "ArrowDown" => change(&|h| h.moved(0.0, -step)),
            "+" | "=" => change(&|h| h.zoomed(1.4, middle())),
            "-" => change(&|h| h.zoomed(1.0 / 1.4, middle())),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div
            class="page-view"
            node_ref=view
            tabindex="0"
            role="group"
            aria-label="The page. Move it with the arrow keys, plus and minus enlarge it."
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=up
            on:wheel=wheel
            on:keydown=key
        >
            <div class="page-paper" node_ref=paper style:aspect-ratio=share>
                <img src=url alt=alt draggable="false" />
                <div class="page-mark" style:left=x style:top=y style:width=w style:height=h></div>
            </div>
        </div>
        <div class="page-tools">
            {Key::sign("round", Icon::Smaller, "Zoom out").press(move || change(&|h| h.zoomed(1.0 / 1.5, middle())))}
            {Key::sign("round", Icon::Larger, "Zoom in").press(move || change(&|h| h.zoomed(1.5, middle())))}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn plate() -> Plate {
        Plate {
            url: String::new(),
            alt: String::new(),
            size: (1000.0, 1500.0),
            mark: [0.5, 0.5, 0.1, 0.02],
        }
    }

    #[test]
    fn the_marked_part_starts_in_the_middle() {
        let view = (400.0, 600.0);
        let hold = Hold::around(&plate(), view);
        let x = hold.x + 0.55 * 400.0 * hold.scale;
        let y = hold.y + 0.51 * 600.0 * hold.scale;
        assert!((x - 200.0).abs() < 1.0 && (y - 300.0).abs() < 1.0, "{hold:?}");
    }

    #[test]
    fn the_point_between_two_fingers_stays() {
        let hold = Hold { x: -30.0, y: -50.0, scale: 1.5 };
        let at = (120.0, 80.0);
        let on_page = |h: Hold| ((at.0 - h.x) / h.scale, (at.1 - h.y) / h.scale);
        let (before, after) = (on_page(hold), on_page(hold.zoomed(1.7, at)));
        assert!((before.0 - after.0).abs() < 1e-9 && (before.1 - after.1).abs() < 1e-9);
    }

    #[test]
    fn a_page_never_leaves_the_view() {
        let (plate, view) = (plate(), (400.0, 300.0));
        for (dx, dy) in [(9e3, 9e3), (-9e3, 9e3), (-9e3, -9e3)] {
            let hold = Hold { x: 0.0, y: 0.0, scale: 2.0 }.moved(dx, dy).within(&plate, view);
            assert!(hold.x <= 0.0 && hold.x + 800.0 >= 400.0);
            assert!(hold.y <= 0.0 && hold.y + 1200.0 >= 300.0);
        }
    }
}
