//! A whole page under the finger: one finger moves it, two fingers or the
//! buttons enlarge it, and one part of it is marked.

use crate::{Icon, icon};
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
            if extent <= room { (room - extent) / 2.0 } else { at.clamp(room - extent, 0.0) }
        };
        Self { x: hold(self.x, width, view.0), y: hold(self.y, height, view.1), ..self }
    }
}

/// The page, to be moved and enlarged.
pub fn page(plate: Plate) -> impl IntoView {
    let view = NodeRef::<Div>::new();
    let hold = RwSignal::new(None::<Hold>);
    let fingers = RwSignal::new(Vec::<(i32, f64, f64)>::new());
    let plate = StoredValue::new(plate);
    let room = move || {
        view.get_untracked().map_or((1.0, 1.0), |v| {
            (f64::from(v.client_width()).max(1.0), f64::from(v.client_height()).max(1.0))
        })
    };
    let change = move |f: &dyn Fn(Hold) -> Hold| {
        let now = hold.get_untracked().unwrap_or_else(|| plate.with_value(|p| Hold::around(p, room())));
        hold.set(Some(plate.with_value(|p| f(now).within(p, room()))));
    };
    Effect::new(move |_| {
        if view.get().is_some() && hold.get_untracked().is_none() {
            // The dialog has its size in the next frame.
            request_animation_frame(move || change(&|hold| hold));
        }
    });
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
        fingers.update(|f| f.push((event.pointer_id(), x, y)));
    };
    let moved = move |event: PointerEvent| {
        let (x, y) = at(&event);
        let before = fingers.get_untracked();
        let Some(mine) = before.iter().position(|f| f.0 == event.pointer_id()) else { return };
        fingers.update(|f| f[mine] = (event.pointer_id(), x, y));
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
        fingers.update(|f| f.retain(|finger| finger.0 != event.pointer_id()));
    };
    let wheel = move |event: WheelEvent| {
        event.prevent_default();
        let edge = view.get_untracked().map(|v| v.get_bounding_client_rect());
        let (left, top) = edge.map_or((0.0, 0.0), |e| (e.left(), e.top()));
        let at = (f64::from(event.client_x()) - left, f64::from(event.client_y()) - top);
        let by = (-event.delta_y() / 400.0).clamp(-0.5, 0.5).exp();
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
    let px = |value: f64| format!("{value:.1}px");
    let [x, y, w, h] = plate.with_value(|p| p.mark);
    let share = plate.with_value(|p| p.size.1 / p.size.0.max(1.0));
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
            <div
                class="page-paper"
                style:transform=move || {
                    hold.get().map(|h| format!("translate({:.1}px, {:.1}px) scale({:.4})", h.x, h.y, h.scale))
                }
                style:aspect-ratio=format!("1 / {share:.5}")
            >
                <img src=plate.with_value(|p| p.url.clone()) alt=plate.with_value(|p| p.alt.clone()) draggable="false" />
                <div
                    class="page-mark"
                    style:left=format!("{:.3}%", x * 100.0)
                    style:top=format!("{:.3}%", y * 100.0)
                    style:width=format!("{:.3}%", w * 100.0)
                    style:height=format!("{:.3}%", h * 100.0)
                    style:--thin=move || px(3.0 / hold.get().map_or(1.0, |h| h.scale))
                ></div>
            </div>
        </div>
        <div class="page-tools">
            <button type="button" class="round" aria-label="Zoom out" on:click=move |_| change(&|h| h.zoomed(1.0 / 1.5, middle()))>
                {icon(Icon::Smaller)}
            </button>
            <button type="button" class="round" aria-label="Zoom in" on:click=move |_| change(&|h| h.zoomed(1.5, middle()))>
                {icon(Icon::Larger)}
            </button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plate() -> Plate {
        Plate { url: String::new(), alt: String::new(), size: (1000.0, 1500.0), mark: [0.5, 0.5, 0.1, 0.02] }
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
