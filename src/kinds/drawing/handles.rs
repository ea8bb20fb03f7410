//! What of a mark can be taken hold of, and what becomes of it.

use super::geometry::{apart, turned};
use super::stroke::Grab;
use super::{Form, Geometry, Point, Shape};

/// The handle that turns a box or an ellipse.
pub(super) const TURN: usize = 4;

/// The frame of a box or an ellipse: left, top, width, height, degrees.
fn frame(geometry: &Geometry) -> Option<[f64; 5]> {
    match *geometry {
        Geometry::Box { x, y, width, height, rotation } => Some([x, y, width, height, rotation]),
        Geometry::Ellipse { cx, cy, rx, ry, rotation } => {
            Some([cx - rx, cy - ry, 2.0 * rx, 2.0 * ry, rotation])
        }
        _ => None,
    }
}

/// The box or ellipse in a frame.
fn framed(form: Form, [x, y, width, height, rotation]: [f64; 5]) -> Geometry {
    if form == Form::Ellipse {
        let (rx, ry) = (width / 2.0, height / 2.0);
        return Geometry::Ellipse { cx: x + rx, cy: y + ry, rx, ry, rotation };
    }
    Geometry::Box { x, y, width, height, rotation }
}

/// The box, ellipse or line from one corner or end to another.
pub(super) fn spanned(form: Form, a: Point, b: Point) -> Geometry {
    if form == Form::Line {
        return Geometry::Line { points: vec![a, b] };
    }
    let (x, y) = (a.0.min(b.0), a.1.min(b.1));
    framed(form, [x, y, (a.0 - b.0).abs(), (a.1 - b.1).abs(), 0.0])
}

/// Where a mark's handles are, in pixels of the picture: corners, ends, and for one that can be
/// turned a handle above it. `arm` is how far above, in pixels of the picture.
pub(super) fn handles(geometry: &Geometry, rotatable: bool, arm: f64) -> Vec<Point> {
    if let Some([x, y, width, height, rotation]) = frame(geometry) {
        let middle = (x + width / 2.0, y + height / 2.0);
        let mut places = vec![(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
        if rotatable {
            places.push((middle.0, y - arm));
        }
        return places.into_iter().map(|place| turned(place, middle, rotation)).collect();
    }
    match geometry {
        // A line by hand has too many points to take hold of each.
        Geometry::Freehand { .. } => vec![],
        other => other.outline(),
    }
}

/// The mark once a handle was brought to a place.
pub(super) fn reshaped(geometry: &Geometry, handle: usize, to: Point) -> Geometry {
    if let Some(old) = frame(geometry) {
        return framed(geometry.form(), new_frame(old, handle, to));
    }
    let mut next = geometry.clone();
    match &mut next {
        Geometry::Point { x, y } => (*x, *y) = to,
        Geometry::Line { points }
        | Geometry::Polyline { points }
        | Geometry::Polygon { points }
        | Geometry::Freehand { points } => {
            if let Some(point) = points.get_mut(handle) {
                *point = to;
            }
        }
        Geometry::Box { .. } | Geometry::Ellipse { .. } => {}
    }
    next
}

fn new_frame([x, y, width, height, rotation]: [f64; 5], handle: usize, to: Point) -> [f64; 5] {
    let middle = (x + width / 2.0, y + height / 2.0);
    if handle == TURN {
        let angle = (to.0 - middle.0).atan2(middle.1 - to.1).to_degrees();
        // Straight is easy to find.
        let near = (angle / 90.0).round() * 90.0;
        let angle = if (angle - near).abs() < 3.0 { near } else { angle };
        return [x, y, width, height, if angle < 0.0 { angle + 360.0 } else { angle }];
    }
    // The corner across stays where it is on the picture.
    let across = [(x + width, y + height), (x, y + height), (x, y), (x + width, y)][handle % 4];
    let fixed = turned(across, middle, rotation);
    let center = (f64::midpoint(fixed.0, to.0), f64::midpoint(fixed.1, to.1));
    let (a, b) = (turned(fixed, center, -rotation), turned(to, center, -rotation));
    [a.0.min(b.0), a.1.min(b.1), (a.0 - b.0).abs(), (a.1 - b.1).abs(), rotation]
}

/// What a pointer at `at` takes hold of with the hand: a handle of the chosen mark, a mark, or
/// the picture. `reach` is half of a target, in pixels of the picture.
pub(super) fn grab_at(
    shapes: &[Shape],
    chosen: Option<usize>,
    rotatable: bool,
    at: Point,
    reach: f64,
) -> Grab {
    if let Some(grab) = handle_at(shapes, chosen, rotatable, at, reach) {
        return grab;
    }
    // Of marks that lie over each other the smallest: the others can be met beside it.
    let size = |shape: &Shape| {
        let bounds = shape.geometry.bounds();
        bounds.width.max(bounds.height)
    };
    let met = shapes.iter().enumerate().filter(|(_, s)| s.geometry.distance(at) <= reach);
    let best = met.min_by(|a, b| size(a.1).total_cmp(&size(b.1)));
    best.map_or(Grab::Picture, |(at, _)| Grab::Mark(at))
}

/// The handle of the chosen mark that is within reach.
pub(super) fn handle_at(
    shapes: &[Shape],
    chosen: Option<usize>,
    rotatable: bool,
    at: Point,
    reach: f64,
) -> Option<Grab> {
    let chosen = chosen?;
    let geometry = &shapes.get(chosen)?.geometry;
    let places = handles(geometry, rotatable, 2.0 * reach);
    let near = places.iter().enumerate().map(|(n, place)| (n, apart(*place, at)));
    let best = near.filter(|(_, far)| *far <= reach).min_by(|a, b| a.1.total_cmp(&b.1));
    best.map(|(handle, _)| Grab::Handle(chosen, handle))
}

/// The corner of a mark that is within reach, for points that snap to it.
pub(super) fn corner_near(shapes: &[Shape], at: Point, reach: f64) -> Option<Point> {
    let mut best: Option<(Point, f64)> = None;
    for shape in shapes {
        let corners = match &shape.geometry {
            Geometry::Ellipse { .. } => vec![],
            other => other.outline(),
        };
        for corner in corners {
            let far = apart(corner, at);
            if far <= reach && best.is_none_or(|(_, nearest)| far < nearest) {
                best = Some((corner, far));
            }
        }
    }
    best.map(|(corner, _)| corner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_smallest_mark_is_met_and_handles_come_first() {
        let boxed =
            |x: f64, size: f64| Shape::new(spanned(Form::Box, (x, x), (x + size, x + size)), "box");
        let shapes = [boxed(0.0, 100.0), boxed(40.0, 20.0)];
        let at = |chosen, place| grab_at(&shapes, chosen, true, place, 5.0);
        assert_eq!(at(None, (50.0, 50.0)), Grab::Mark(1));
        assert_eq!(at(None, (10.0, 10.0)), Grab::Mark(0));
        assert_eq!(at(None, (300.0, 10.0)), Grab::Picture);
        assert_eq!(at(Some(0), (99.0, 101.0)), Grab::Handle(0, 2));
        assert_eq!(at(Some(0), (50.0, -10.0)), Grab::Handle(0, TURN));
    }

    #[test]
    fn points_snap_to_the_nearest_corner_in_reach() {
        let boxed = |x: f64| Shape::new(spanned(Form::Box, (x, 0.0), (x + 10.0, 10.0)), "box");
        let shapes = [boxed(0.0), boxed(13.0)];
        assert_eq!(corner_near(&shapes, (11.0, 1.0), 5.0), Some((10.0, 0.0)));
        assert_eq!(corner_near(&shapes, (12.5, 1.0), 5.0), Some((13.0, 0.0)));
        assert_eq!(corner_near(&shapes, (5.0, 5.0), 5.0), None);
    }

    proptest! {
        #[test]
        fn a_corner_goes_where_it_is_brought_and_the_one_across_stays(
            x in 0.0..100.0, y in 0.0..100.0, width in 10.0..80.0, height in 10.0..80.0,
            rotation in 0.0..360.0, corner in 0usize..4, dx in -4.0..4.0, dy in -4.0..4.0,
            round in any::<bool>(),
        ) {
            let form = if round { Form::Ellipse } else { Form::Box };
            let old = framed(form, [x, y, width, height, rotation]);
            let places = handles(&old, false, 0.0);
            let to = (places[corner].0 + dx, places[corner].1 + dy);
            let new = handles(&reshaped(&old, corner, to), false, 0.0);
            let near = |a: Point, b: Point| apart(a, b) < 1e-6;
            prop_assert!(near(new[corner], to));
            prop_assert!(near(new[(corner + 2) % 4], places[(corner + 2) % 4]));
        }

        #[test]
        fn the_turning_handle_points_to_the_finger(
            x in 0.0..100.0, y in 0.0..100.0, angle in 0.0..360.0,
        ) {
            let old = spanned(Form::Box, (x, y), (x + 40.0, y + 20.0));
            let middle = (x + 20.0, y + 10.0);
            let to = turned((middle.0, middle.1 - 50.0), middle, angle);
            let Geometry::Box { rotation, .. } = reshaped(&old, TURN, to) else {
                return Err(TestCaseError::fail("no box"));
            };
            let off = (rotation - angle).abs();
            prop_assert!(off.min(360.0 - off) <= 3.0, "{rotation} for {angle}");
        }
    }
}
