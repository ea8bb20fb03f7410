//! Figures that lie on a picture.

use super::{Area, Point};
use std::sync::Arc;

/// A figure: a chain of points, an outline, or one point.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its points, in pixels of the picture.
    pub points: Arc<[Point]>,
    /// Whether the last point is joined to the first.
    pub closed: bool,
    /// Its colour in CSS.
    pub colour: Arc<str>,
    /// A sign beside it, so that the colour is not all that tells it from others.
    pub tag: Arc<str>,
    /// Whether it is thin and broken: not one of the volunteer's own.
    pub faint: bool,
    /// The area it takes, for drawing only what is seen.
    pub bounds: Area,
}

impl Figure {
    /// A figure of these points.
    pub fn new(points: Vec<Point>, closed: bool, colour: Arc<str>, tag: Arc<str>) -> Self {
        let bounds = Area::around(&points);
        Self { points: points.into(), closed, colour, tag, faint: false, bounds }
    }

    /// Whether it is drawn with the same pen as another.
    pub(super) fn like(&self, other: &Self) -> bool {
        self.faint == other.faint
            && (Arc::ptr_eq(&self.colour, &other.colour) || self.colour == other.colour)
    }
}
