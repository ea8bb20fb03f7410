//! What of a mark can be taken hold of, and what becomes of it.

use super::geometry::{apart, turned};
use super::stroke::Grab;
use super::{Form, Geometry, Point, Shape};

/// The handle that turns a box or an ellipse.
const TURN: usize = 4;

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

/// How handles are met, in pixels of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Grip {
    /// Half of a target.
    pub(super) reach: f64,
    /// How far above a box the handle is that turns it.
    pub(super) arm: f64,
    /// Whether boxes can be turned.
    pub(super) rotatable: bool,
    /// Whether a finger meets them: what it has not chosen it does not move.
    pub(super) touch: bool,
}

/// What a handle of an outline or a line of corners is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// The corner of that number.
    Corner(usize),
    /// The middle of the edge after the corner of that number, where another can be put.
    Edge(usize),
}

/// The corners or ends that can be moved one by one.
fn corners(geometry: &Geometry) -> Option<&Vec<Point>> {
    match geometry {
        Geometry::Line { points }
        | Geometry::Polyline { points }
        | Geometry::Polygon { points } => Some(points),
        _ => None,
    }
}

/// Whether corners can be put in and taken out: a line has its two ends.
#[cfg(feature = "view")]
pub(super) fn is_cornered(geometry: &Geometry) -> bool {
    matches!(geometry, Geometry::Polyline { .. } | Geometry::Polygon { .. })
}

/// How many corners or ends a mark has; none for forms that have no chain of them.
pub(super) fn corner_count(geometry: &Geometry) -> Option<usize> {
    corners(geometry).map(Vec::len)
}

/// The fewest points that a form has which is drawn point by point.
pub(super) fn least_points(form: Form) -> Option<usize> {
    match form {
        Form::Polygon => Some(3),
        Form::Polyline | Form::Freehand => Some(2),
        _ => None,
    }
}

/// What the handle of that number is: first come the corners, then the edges.
pub(super) fn held(geometry: &Geometry, handle: usize) -> Option<Held> {
    let count = corner_count(geometry)?;
    let edges = match geometry.form() {
        Form::Polygon => count,
        Form::Polyline => count.saturating_sub(1),
        _ => 0,
    };
    match handle {
        corner if corner < count => Some(Held::Corner(corner)),
        edge if edge < count + edges => Some(Held::Edge(edge - count)),
        _ => None,
    }
}

/// The handles in the middle of edges that are longer than `least`, each with its number.
pub(super) fn middles(geometry: &Geometry, least: f64) -> Vec<(usize, Point)> {
    let Some(points) = corners(geometry) else { return vec![] };
    let count = points.len();
    let middle = |handle: usize| match held(geometry, handle)? {
        Held::Edge(edge) => {
            let (a, b) = (points[edge], points[(edge + 1) % count]);
            let middle = (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
            (apart(a, b) > least).then_some((handle, middle))
        }
        Held::Corner(_) => None,
    };
    (count..2 * count).filter_map(middle).collect()
}

/// The mark without one of its corners; none where it needs all of them.
pub(super) fn without(geometry: &Geometry, corner: usize) -> Option<Geometry> {
    let mut points = corners(geometry)?.clone();
    let form = geometry.form();
    if corner >= points.len() || points.len() <= least_points(form)? {
        return None;
    }
    points.remove(corner);
    Some(Geometry::of_points(form, points))
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

/// The mark once a handle was brought to a place: from the middle of an edge comes a new corner.
pub(super) fn reshaped(geometry: &Geometry, handle: usize, to: Point) -> Geometry {
    if let Some(old) = frame(geometry) {
        return framed(geometry.form(), new_frame(old, handle, to));
    }
    if let (Some(points), Some(Held::Edge(edge))) = (corners(geometry), held(geometry, handle)) {
        let mut points = points.clone();
        points.insert(edge + 1, to);
        return Geometry::of_points(geometry.form(), points);
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

/// Whether a handle turns the mark.
#[cfg(feature = "view")]
pub(super) fn turns(geometry: &Geometry, handle: usize) -> bool {
    handle == TURN && frame(geometry).is_some()
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
/// the picture.
pub(super) fn grab_at(shapes: &[Shape], chosen: Option<usize>, at: Point, grip: Grip) -> Grab {
    if let Some(grab) = handle_at(shapes, chosen, at, grip) {
        return grab;
    }
    // Of marks that lie over each other the smallest: the others can be met beside it.
    let size = |shape: &Shape| {
        let bounds = shape.geometry.bounds();
        bounds.width.max(bounds.height)
    };
    let meets = |shape: &Shape| shape.geometry.distance(at) <= grip.reach;
    let met = shapes.iter().enumerate().filter(|(_, shape)| meets(shape));
    let best = met.min_by(|a, b| size(a.1).total_cmp(&size(b.1)));
    let Some((best, _)) = best else { return Grab::Picture };
    match chosen.filter(|at| shapes.get(*at).is_some_and(meets)) {
        _ if !grip.touch => Grab::Mark(best, best),
        Some(chosen) => Grab::Mark(chosen, best),
        None => Grab::Loose(best),
    }
}

/// The handle of the chosen mark that is within reach.
pub(super) fn handle_at(
    shapes: &[Shape],
    chosen: Option<usize>,
    at: Point,
    grip: Grip,
) -> Option<Grab> {
    let chosen = chosen?;
    let geometry = &shapes.get(chosen)?.geometry;
    let places = handles(geometry, grip.rotatable, grip.arm).into_iter().enumerate();
    let near = places.chain(middles(geometry, roomy(grip.arm)));
    let near = near.map(|(n, place)| (n, apart(place, at)));
    let best = near.filter(|(_, far)| *far <= grip.reach).min_by(|a, b| a.1.total_cmp(&b.1));
    best.map(|(handle, _)| Grab::Handle(chosen, handle))
}

/// Edges that are longer than this have a handle in their middle: it must leave the corners theirs.
pub(super) fn roomy(arm: f64) -> f64 {
    1.5 * arm
}

/// The corner of another mark than `held` that is within reach, for points that snap to it.
pub(super) fn corner_near(
    shapes: &[Shape],
    held: Option<usize>,
    at: Point,
    reach: f64,
) -> Option<Point> {
    let mut best: Option<(Point, f64)> = None;
    for (_, shape) in shapes.iter().enumerate().filter(|(at, _)| Some(*at) != held) {
        let corners = match &shape.geometry {
            Geometry::Ellipse { .. } | Geometry::Point { .. } => vec![],
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

    fn boxed(x: f64, size: f64) -> Shape {
        Shape::new(spanned(Form::Box, (x, x), (x + size, x + size)), "box")
    }

    #[test]
    fn the_smallest_mark_is_met_and_handles_come_first() {
        let shapes = [boxed(0.0, 100.0), boxed(40.0, 20.0)];
        let mouse = Grip { reach: 5.0, arm: 20.0, rotatable: true, touch: false };
        let at = |chosen, place| grab_at(&shapes, chosen, place, mouse);
        assert_eq!(at(None, (50.0, 50.0)), Grab::Mark(1, 1));
        assert_eq!(at(Some(0), (50.0, 50.0)), Grab::Mark(1, 1));
        assert_eq!(at(None, (10.0, 10.0)), Grab::Mark(0, 0));
        assert_eq!(at(None, (300.0, 10.0)), Grab::Picture);
        assert_eq!(at(Some(0), (99.0, 101.0)), Grab::Handle(0, 2));
        assert_eq!(at(Some(0), (50.0, -20.0)), Grab::Handle(0, TURN));
    }

    #[test]
    fn a_finger_moves_what_it_has_chosen_from_under_others_too() {
        let shapes = [boxed(0.0, 100.0), boxed(40.0, 20.0), boxed(300.0, 50.0)];
        let finger = Grip { reach: 5.0, arm: 20.0, rotatable: false, touch: true };
        let at = |chosen, place| grab_at(&shapes, chosen, place, finger);
        assert_eq!(at(None, (50.0, 50.0)), Grab::Loose(1));
        assert_eq!(at(Some(0), (50.0, 50.0)), Grab::Mark(0, 1), "a tap chooses what is seen there");
        assert_eq!(at(Some(1), (50.0, 50.0)), Grab::Mark(1, 1));
        assert_eq!(at(Some(2), (50.0, 50.0)), Grab::Loose(1), "what is chosen lies elsewhere");
        assert_eq!(at(Some(9), (300.0, 10.0)), Grab::Picture);
    }

    #[test]
    fn an_edge_is_met_in_its_middle_where_it_is_long_enough() {
        let points = vec![(0.0, 0.0), (100.0, 0.0), (100.0, 20.0)];
        let grip = Grip { reach: 10.0, arm: 20.0, rotatable: false, touch: true };
        let at = |geometry: Geometry, place| {
            handle_at(&[Shape::new(geometry, "lake")], Some(0), place, grip)
        };
        let outline = Geometry::Polygon { points: points.clone() };
        assert_eq!(at(outline.clone(), (52.0, 1.0)), Some(Grab::Handle(0, 3)));
        assert_eq!(at(outline.clone(), (100.0, 10.0)), Some(Grab::Handle(0, 1)), "too short");
        assert_eq!(at(outline, (50.0, 12.0)), Some(Grab::Handle(0, 5)), "back to the first");
        let line = Geometry::Polyline { points: points.clone() };
        assert_eq!(at(line.clone(), (52.0, 1.0)), Some(Grab::Handle(0, 3)));
        assert_eq!(at(line, (50.0, 12.0)), None, "a line does not go back");
        assert_eq!(at(Geometry::Freehand { points }, (52.0, 1.0)), None);
    }

    #[test]
    fn points_snap_to_the_nearest_corner_in_reach() {
        let boxed = |x: f64| Shape::new(spanned(Form::Box, (x, 0.0), (x + 10.0, 10.0)), "box");
        let shapes = [boxed(0.0), boxed(13.0)];
        assert_eq!(corner_near(&shapes, None, (11.0, 1.0), 5.0), Some((10.0, 0.0)));
        assert_eq!(corner_near(&shapes, None, (12.5, 1.0), 5.0), Some((13.0, 0.0)));
        assert_eq!(corner_near(&shapes, None, (5.0, 5.0), 5.0), None);
        assert_eq!(corner_near(&shapes, Some(0), (10.0, 0.0), 2.0), None, "its own");
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
        fn corners_come_and_go_and_the_others_stay(
            points in proptest::collection::vec((0.0..100.0, 0.0..100.0), 2..9),
            area in any::<bool>(), steps in proptest::collection::vec((any::<bool>(), 0usize..20), 0..20),
        ) {
            let (form, least) = if area { (Form::Polygon, 3) } else { (Form::Polyline, 2) };
            prop_assume!(points.len() >= least);
            let mut now = Geometry::of_points(form, points);
            for (put, at) in steps {
                let before = corners(&now).unwrap().clone();
                if !put {
                    let gone = without(&now, at);
                    prop_assert_eq!(gone.is_some(), at < before.len() && before.len() > least);
                    let Some(next) = gone else { continue };
                    let mut left = before;
                    left.remove(at);
                    prop_assert_eq!(corners(&next).unwrap(), &left);
                    prop_assert_eq!(next.form(), form);
                    now = next;
                    continue;
                }
                let Some((handle, place)) = middles(&now, 0.0).into_iter().nth(at) else { continue };
                let Some(Held::Edge(edge)) = held(&now, handle) else {
                    return Err(TestCaseError::fail("no edge"));
                };
                let next = reshaped(&now, handle, place);
                // Put in and left where it was it changes no form, and taking it out undoes it.
                let (a, b) = (before[edge], before[(edge + 1) % before.len()]);
                prop_assert!((apart(a, place) - apart(place, b)).abs() < 1e-6);
                prop_assert_eq!(corners(&next).unwrap()[edge + 1], place);
                prop_assert_eq!(without(&next, edge + 1), Some(now));
                now = next;
            }
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
