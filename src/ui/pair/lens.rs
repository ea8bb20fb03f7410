//! How two pictures are held at once.

use crate::text::bound;

/// Where the pictures lie in their panes: pixels from the corner, and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lens {
    pub(super) x: f64,
    pub(super) y: f64,
    /// 1 fits the whole picture into its pane.
    pub(super) scale: f64,
}

const LARGEST: f64 = 12.0;

impl Default for Lens {
    fn default() -> Self {
        Self { x: 0.0, y: 0.0, scale: 1.0 }
    }
}

impl Lens {
    /// Enlarged `by`, with the point `at` staying where it is.
    pub(super) fn zoomed(self, by: f64, at: (f64, f64)) -> Self {
        let scale = bound(self.scale * by, 1.0, LARGEST);
        let by = scale / self.scale;
        Self { x: at.0 - (at.0 - self.x) * by, y: at.1 - (at.1 - self.y) * by, scale }
    }

    pub(super) fn moved(self, dx: f64, dy: f64) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..self }
    }

    /// Never out of sight: a picture larger than its pane covers it, a smaller one lies in the
    /// middle. `paper` is the picture's size at scale 1.
    pub(super) fn within(self, paper: (f64, f64), room: (f64, f64)) -> Self {
        let hold = |at: f64, extent: f64, room: f64| {
            if extent <= room { (room - extent) / 2.0 } else { bound(at, room - extent, 0.0) }
        };
        let (width, height) = (paper.0 * self.scale, paper.1 * self.scale);
        Self { x: hold(self.x, width, room.0), y: hold(self.y, height, room.1), ..self }
    }
}

/// Whether two pictures of `size` are larger above each other than beside each other.
pub(super) fn lies_in_rows(room: (f64, f64), size: (f64, f64)) -> bool {
    let fit = |w: f64, h: f64| (w / size.0.max(1.0)).min(h / size.1.max(1.0));
    fit(room.0, room.1 / 2.0) > fit(room.0 / 2.0, room.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_point_under_the_finger_stays() {
        let lens = Lens { x: -30.0, y: -50.0, scale: 1.5 };
        let at = (120.0, 80.0);
        let on_paper = |l: Lens| ((at.0 - l.x) / l.scale, (at.1 - l.y) / l.scale);
        for by in [1.7, 0.8] {
            let (before, after) = (on_paper(lens), on_paper(lens.zoomed(by, at)));
            assert!((before.0 - after.0).abs() < 1e-9 && (before.1 - after.1).abs() < 1e-9);
        }
    }

    #[test]
    fn a_picture_never_leaves_its_pane_and_is_never_smaller_than_it_fits() {
        let (paper, room) = ((400.0, 200.0), (400.0, 300.0));
        for (dx, dy) in [(9e3, 9e3), (-9e3, 9e3), (-9e3, -9e3)] {
            let lens = Lens { scale: 2.0, ..Lens::default() }.moved(dx, dy).within(paper, room);
            assert!(lens.x <= 0.0 && lens.x + 800.0 >= 400.0, "{lens:?}");
            assert!(lens.y <= 0.0 && lens.y + 400.0 >= 300.0, "{lens:?}");
        }
        let small = Lens::default().zoomed(0.1, (0.0, 0.0)).within(paper, room);
        assert_eq!(small, Lens { x: 0.0, y: 50.0, scale: 1.0 });
    }

    #[test]
    fn wide_pictures_lie_above_each_other_on_a_phone() {
        assert!(lies_in_rows((360.0, 360.0), (1600.0, 900.0)));
        assert!(!lies_in_rows((360.0, 360.0), (600.0, 1200.0)));
        assert!(!lies_in_rows((1200.0, 500.0), (1000.0, 1000.0)));
    }
}
