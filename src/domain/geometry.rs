//! Lengths and areas, in pixels of the original image.

use serde::{Deserialize, Serialize};

/// Width and height of an image in its own pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Size {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

/// An upright area: top left corner and extent, in pixels of the original image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Extent to the right; never negative.
    pub width: f64,
    /// Extent downwards; never negative.
    pub height: f64,
}

impl Rect {
    /// A rectangle from any two corners or signed extents; the result's extents are never negative.
    pub fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x: x.min(x + width), y: y.min(y + height), width: width.abs(), height: height.abs() }
    }

    /// Right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Bottom edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Area in square pixels.
    pub fn area(&self) -> f64 {
        self.width * self.height
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self {
            x,
            y,
            width: self.right().max(other.right()) - x,
            height: self.bottom().max(other.bottom()) - y,
        }
    }

    /// Grown by `dx` to the left and right and by `dy` up and down.
    #[must_use]
    pub fn grown(&self, dx: f64, dy: f64) -> Self {
        Self::new(self.x - dx, self.y - dy, self.width + 2.0 * dx, self.height + 2.0 * dy)
    }

    /// The part inside an image of `size`, or `None` where they do not meet.
    #[must_use]
    pub fn within(&self, size: Size) -> Option<Self> {
        self.common(&Self::new(0.0, 0.0, size.width.into(), size.height.into()))
    }

    /// The part that both have, or `None` where they do not meet.
    #[must_use]
    pub fn common(&self, other: &Self) -> Option<Self> {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let width = self.right().min(other.right()) - x;
        let height = self.bottom().min(other.bottom()) - y;
        (width > 0.0 && height > 0.0).then_some(Self { x, y, width, height })
    }

    /// Every length multiplied: `sx` across, `sy` down.
    #[must_use]
    pub fn scaled(&self, sx: f64, sy: f64) -> Self {
        Self { x: self.x * sx, y: self.y * sy, width: self.width * sx, height: self.height * sy }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_within_an_image_never_leaves_it(
            x in -500.0..500.0, y in -500.0..500.0, w in -500.0..500.0, h in -500.0..500.0,
            width in 1u32..400, height in 1u32..400,
        ) {
            let size = Size { width, height };
            if let Some(part) = Rect::new(x, y, w, h).within(size) {
                prop_assert!(part.x >= 0.0 && part.y >= 0.0);
                prop_assert!(part.right() <= f64::from(width) + 1e-9);
                prop_assert!(part.bottom() <= f64::from(height) + 1e-9);
                prop_assert!(part.area() > 0.0);
            }
        }

        #[test]
        fn a_union_holds_both(
            ax in 0.0..50.0, ay in 0.0..50.0, aw in 0.0..50.0, ah in 0.0..50.0,
            bx in 0.0..50.0, by in 0.0..50.0, bw in 0.0..50.0, bh in 0.0..50.0,
        ) {
            let (a, b) = (Rect::new(ax, ay, aw, ah), Rect::new(bx, by, bw, bh));
            let both = a.union(&b);
            for r in [a, b] {
                prop_assert!(both.x <= r.x && both.y <= r.y);
                prop_assert!(both.right() >= r.right() - 1e-9);
                prop_assert!(both.bottom() >= r.bottom() - 1e-9);
            }
        }
    }
}
