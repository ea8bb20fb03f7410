//! What lies on the stage, as plain data.

use std::fmt;
use std::sync::Arc;

/// An upright area, in pixels of the picture unless it says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Extent to the right; never negative.
    pub width: f64,
    /// Extent downwards; never negative.
    pub height: f64,
}

impl Area {
    /// An area from its corner and extent.
    pub fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    /// The smallest area around some points; empty where there are none.
    pub fn around(points: &[(f64, f64)]) -> Self {
        let Some(&(x, y)) = points.first() else { return Self::default() };
        let (mut left, mut top, mut right, mut bottom) = (x, y, x, y);
        for &(x, y) in points {
            (left, right) = (left.min(x), right.max(x));
            (top, bottom) = (top.min(y), bottom.max(y));
        }
        Self::new(left, top, right - left, bottom - top)
    }

    /// Right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Bottom edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// The point in its middle.
    pub fn middle(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Grown by so much on every side.
    #[must_use]
    pub fn grown(&self, by: f64) -> Self {
        Self::new(self.x - by, self.y - by, self.width + 2.0 * by, self.height + 2.0 * by)
    }

    /// The least area that holds both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let ends = |area: &Self| [(area.x, area.y), (area.right(), area.bottom())];
        Self::around(&[ends(self), ends(other)].concat())
    }

    /// Whether they have a point in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.x <= other.right()
            && other.x <= self.right()
            && self.y <= other.bottom()
            && other.y <= self.bottom()
    }

    /// Whether the point is in it or on its edge.
    pub fn holds(&self, (x, y): (f64, f64)) -> bool {
        x >= self.x && x <= self.right() && y >= self.y && y <= self.bottom()
    }
}

/// A picture file and what it shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    /// Where the file is.
    pub url: String,
    /// What it shows.
    pub area: Area,
    /// Quarter turns clockwise that the file was given to be upright; it is laid without them.
    pub turns: u8,
}

/// A picture that comes in tiles: which of them show `area` where one pixel of the picture is
/// `scale` device pixels, each with its address and what it shows.
pub type TilesOf = dyn Fn(Area, f64) -> Vec<(String, Area)> + Send + Sync;

/// The tiles of a picture.
#[derive(Clone)]
pub struct Tiling {
    /// What tells these tiles from others, such as their common address.
    pub name: String,
    /// Which tiles show an area.
    pub at: Arc<TilesOf>,
}

impl PartialEq for Tiling {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl fmt::Debug for Tiling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// A picture on the stage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plane {
    /// Width and height of the picture in its own pixels.
    pub size: (f64, f64),
    /// What may be looked at: the whole picture, or more, where there are surroundings.
    pub area: Area,
    /// The files, lowest first. Under tiles they are what is seen until those have come.
    pub pieces: Vec<Piece>,
    /// The tiles of a picture that is too large to be fetched whole.
    pub tiling: Option<Tiling>,
    /// What is asked about: the stage opens on it, and the rest is dimmed.
    pub focus: Option<Area>,
    /// Quarter turns clockwise that the stage opens with.
    pub turns: u8,
    /// What it is, for those who do not see it.
    pub alt: String,
    /// A name that pictures of one place share: after one another they lie in step. None where empty.
    pub place: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn an_area_around_points_holds_them_all() {
        let points = [(3.0, 9.0), (-1.0, 2.0), (7.0, 4.0)];
        let area = Area::around(&points);
        assert_eq!(area, Area::new(-1.0, 2.0, 8.0, 7.0));
        assert!(points.iter().all(|point| area.holds(*point)));
        assert!(area.meets(&Area::new(7.0, 9.0, 1.0, 1.0)));
        assert!(!area.meets(&Area::new(7.1, 9.0, 1.0, 1.0)));
    }
}
