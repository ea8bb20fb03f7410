//! How a page is held: where it lies in its view, and how large it is.

use super::Plate;
use crate::text::bound;

/// Where the page lies: pixels from the corner of the view, and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hold {
    pub(super) x: f64,
    pub(super) y: f64,
    /// 1 fits the page's width into the view.
    pub(super) scale: f64,
}

const LARGEST: f64 = 8.0;

impl Hold {
    /// The whole width, with the marked part in the middle of the view, large enough to be read in.
    pub(super) fn around(plate: &Plate, view: (f64, f64)) -> Self {
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
    pub(super) fn zoomed(self, by: f64, at: (f64, f64)) -> Self {
        let scale = (self.scale * by).clamp(0.5, LARGEST);
        let by = scale / self.scale;
        Self { x: at.0 - (at.0 - self.x) * by, y: at.1 - (at.1 - self.y) * by, scale }
    }

    pub(super) fn moved(self, dx: f64, dy: f64) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..self }
    }

    /// Never out of sight: a page larger than the view covers it, a smaller one stays inside.
    pub(super) fn within(self, plate: &Plate, view: (f64, f64)) -> Self {
        let width = view.0 * self.scale;
        let height = width * plate.size.1 / plate.size.0.max(1.0);
        let hold = |at: f64, extent: f64, room: f64| {
            if extent <= room { (room - extent) / 2.0 } else { bound(at, room - extent, 0.0) }
        };
        Self { x: hold(self.x, width, view.0), y: hold(self.y, height, view.1), ..self }
    }
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
