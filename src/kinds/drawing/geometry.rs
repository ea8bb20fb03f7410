//! Measuring marks: corners, areas, distances, overlap.

use super::{Geometry, Point};
use domain::Rect;

/// An ellipse is drawn and measured with so many points.
const ROUND: u32 = 48;
/// The overlap of two areas is counted on so many points across and down.
const GRID: u32 = 56;
/// Lines are compared at so many places along them.
const PLACES: u32 = 16;

/// How far apart two points are.
pub(super) fn apart(a: Point, b: Point) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// A point turned clockwise by `degrees` about another.
pub(super) fn turned(point: Point, about: Point, degrees: f64) -> Point {
    if degrees == 0.0 {
        return point;
    }
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (dx, dy) = (point.0 - about.0, point.1 - about.1);
    (about.0 + dx * cos - dy * sin, about.1 + dx * sin + dy * cos)
}

impl Geometry {
    /// The points of its outline or line, as it is drawn: corners of a box, many of an ellipse.
    pub fn outline(&self) -> Vec<Point> {
        match self {
            Self::Point { x, y } => vec![(*x, *y)],
            Self::Box { x, y, width, height, rotation } => {
                let middle = (x + width / 2.0, y + height / 2.0);
                [(*x, *y), (x + width, *y), (x + width, y + height), (*x, y + height)]
                    .map(|corner| turned(corner, middle, *rotation))
                    .to_vec()
            }
            Self::Ellipse { cx, cy, rx, ry, rotation } => (0..ROUND)
                .map(|at| {
                    let angle = f64::from(at) / f64::from(ROUND) * std::f64::consts::TAU;
                    let (sin, cos) = angle.sin_cos();
                    turned((cx + rx * cos, cy + ry * sin), (*cx, *cy), *rotation)
                })
                .collect(),
            Self::Line { points }
            | Self::Polyline { points }
            | Self::Polygon { points }
            | Self::Freehand { points } => points.clone(),
        }
    }

    /// How many points it is stored with.
    pub(super) fn points(&self) -> usize {
        match self {
            Self::Point { .. } | Self::Box { .. } | Self::Ellipse { .. } => 1,
            Self::Line { points }
            | Self::Polyline { points }
            | Self::Polygon { points }
            | Self::Freehand { points } => points.len(),
        }
    }

    /// The smallest upright rectangle around it.
    pub fn bounds(&self) -> Rect {
        bounds(&self.outline())
    }

    /// The same mark, moved.
    #[must_use]
    pub fn moved(&self, dx: f64, dy: f64) -> Self {
        let mut moved = self.clone();
        match &mut moved {
            Self::Point { x, y } | Self::Box { x, y, .. } => (*x, *y) = (*x + dx, *y + dy),
            Self::Ellipse { cx, cy, .. } => (*cx, *cy) = (*cx + dx, *cy + dy),
            Self::Line { points }
            | Self::Polyline { points }
            | Self::Polygon { points }
            | Self::Freehand { points } => {
                for point in points {
                    *point = (point.0 + dx, point.1 + dy);
                }
            }
        }
        moved
    }

    /// How far a place is from the mark: 0 inside of an area.
    pub fn distance(&self, at: Point) -> f64 {
        let outline = self.outline();
        if self.form().is_area() && inside(&outline, at) {
            return 0.0;
        }
        self.line_distance(at)
    }

    /// How far a place is from the mark's line.
    pub fn line_distance(&self, at: Point) -> f64 {
        let outline = self.outline();
        let Some(&first) = outline.first() else { return f64::INFINITY };
        let close = self.form().is_area().then_some(first);
        let ends = outline.iter().copied().skip(1).chain(close);
        outline
            .iter()
            .zip(ends)
            .map(|(a, b)| from_segment(at, *a, b))
            .fold(apart(first, at), f64::min)
    }
}

pub(super) fn bounds(points: &[Point]) -> Rect {
    let Some(&(x, y)) = points.first() else { return Rect::default() };
    points.iter().fold(Rect::new(x, y, 0.0, 0.0), |all, &(x, y)| {
        all.union(&Rect { x, y, width: 0.0, height: 0.0 })
    })
}

/// How far a point is from the line between two others.
fn from_segment(at: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    if length == 0.0 {
        return apart(at, a);
    }
    let along = ((at.0 - a.0) * dx + (at.1 - a.1) * dy) / length;
    // Not `clamp`, which would bring the printing of floats into the app.
    let along = if along < 0.0 { 0.0 } else { along.min(1.0) };
    apart(at, (a.0 + along * dx, a.1 + along * dy))
}

/// Whether a point is inside an outline.
pub(super) fn inside(outline: &[Point], at: Point) -> bool {
    let mut inside = false;
    let Some(mut before) = outline.last().copied() else { return false };
    for &now in outline {
        if (now.1 > at.1) != (before.1 > at.1) {
            let cross = (before.0 - now.0) * (at.1 - now.1) / (before.1 - now.1) + now.0;
            if at.0 < cross {
                inside = !inside;
            }
        }
        before = now;
    }
    inside
}

/// The area inside an outline that does not cross itself, in square pixels.
pub(super) fn area(outline: &[Point]) -> f64 {
    let Some(mut before) = outline.last().copied() else { return 0.0 };
    let mut twice = 0.0;
    for &now in outline {
        twice += before.0 * now.1 - now.0 * before.1;
        before = now;
    }
    (twice / 2.0).abs()
}

/// How long a line is.
pub(super) fn length(points: &[Point]) -> f64 {
    points.windows(2).map(|pair| apart(pair[0], pair[1])).sum()
}

/// Whether an outline crosses or touches itself anywhere but where its edges join.
pub(super) fn crosses_itself(outline: &[Point]) -> bool {
    let count = outline.len();
    let edge = |at: usize| (outline[at], outline[(at + 1) % count]);
    for one in 0..count {
        for other in one + 1..count {
            let (a, b) = edge(one);
            let (c, d) = edge(other);
            let next = other == one + 1;
            let last = one == 0 && other == count - 1;
            let crossing = match (next, last) {
                // Neighbours share a point; they may not fold back over each other.
                (true, true) => false,
                (true, false) => folds(a, b, d),
                (false, true) => folds(c, d, b),
                (false, false) => meet(a, b, c, d),
            };
            if crossing {
                return true;
            }
        }
    }
    false
}

/// Which side of the line from `a` to `b` a point is on.
fn side(a: Point, b: Point, at: Point) -> f64 {
    (b.0 - a.0) * (at.1 - a.1) - (b.1 - a.1) * (at.0 - a.0)
}

/// Whether the way from `a` over `b` to `c` goes straight back.
fn folds(a: Point, b: Point, c: Point) -> bool {
    side(a, b, c) == 0.0 && (a.0 - b.0) * (c.0 - b.0) + (a.1 - b.1) * (c.1 - b.1) > 0.0
}

/// Whether two edges have a point in common.
fn meet(a: Point, b: Point, c: Point, d: Point) -> bool {
    let (s1, s2) = (side(c, d, a), side(c, d, b));
    let (s3, s4) = (side(a, b, c), side(a, b, d));
    let between = |x: f64, y: f64| (x > 0.0) != (y > 0.0) && x != 0.0 && y != 0.0;
    let on = |p: Point, q: Point, r: Point| {
        r.0 >= p.0.min(q.0) && r.0 <= p.0.max(q.0) && r.1 >= p.1.min(q.1) && r.1 <= p.1.max(q.1)
    };
    (between(s1, s2) && between(s3, s4))
        || (s1 == 0.0 && on(c, d, a))
        || (s2 == 0.0 && on(c, d, b))
        || (s3 == 0.0 && on(a, b, c))
        || (s4 == 0.0 && on(a, b, d))
}

/// How much two areas are the same: what they share over what they take together, 0 to 1.
pub(super) fn overlap(one: &[Point], other: &[Point]) -> f64 {
    let (a, b) = (bounds(one), bounds(other));
    let shared =
        (a.right().min(b.right()) - a.x.max(b.x), a.bottom().min(b.bottom()) - a.y.max(b.y));
    if shared.0 <= 0.0 || shared.1 <= 0.0 {
        return 0.0;
    }
    // What two areas share is not larger than what the rectangles around them share.
    if shared.0 * shared.1 < 0.4 * area(one).max(area(other)) {
        return 0.0;
    }
    let all = a.union(&b);
    let (mut both, mut any) = (0u32, 0u32);
    for row in 0..GRID {
        let y = all.y + (f64::from(row) + 0.5) / f64::from(GRID) * all.height;
        for column in 0..GRID {
            let x = all.x + (f64::from(column) + 0.5) / f64::from(GRID) * all.width;
            let (first, second) = (inside(one, (x, y)), inside(other, (x, y)));
            both += u32::from(first && second);
            any += u32::from(first || second);
        }
    }
    if any == 0 { 0.0 } else { f64::from(both) / f64::from(any) }
}

/// How far apart two lines are on the whole, whichever end each begins at.
pub(super) fn line_apart(one: &[Point], other: &[Point]) -> f64 {
    let (first, second) = (places(one), places(other));
    let mean = |pairs: &mut dyn Iterator<Item = (&Point, &Point)>| {
        pairs.map(|(a, b)| apart(*a, *b)).sum::<f64>() / f64::from(PLACES)
    };
    let along = mean(&mut first.iter().zip(&second));
    let against = mean(&mut first.iter().zip(second.iter().rev()));
    along.min(against)
}

/// So many places along a line, evenly.
fn places(points: &[Point]) -> Vec<Point> {
    let whole = length(points);
    let mut list = Vec::with_capacity(PLACES as usize);
    let (mut edge, mut gone) = (0, 0.0);
    for place in 0..PLACES {
        let want = whole * f64::from(place) / f64::from(PLACES - 1);
        while edge + 2 < points.len() && gone + apart(points[edge], points[edge + 1]) < want {
            gone += apart(points[edge], points[edge + 1]);
            edge += 1;
        }
        let a = points.get(edge).copied().unwrap_or_default();
        let b = points.get(edge + 1).copied().unwrap_or(a);
        let long = apart(a, b);
        let share = if long > 0.0 { ((want - gone) / long).min(1.0) } else { 0.0 };
        list.push((a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SQUARE: [Point; 4] = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];

    #[test]
    fn a_bow_tie_crosses_itself_and_a_square_does_not() {
        assert!(!crosses_itself(&SQUARE));
        assert!(crosses_itself(&[(0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0)]));
        // A corner that touches another edge, and an edge that goes back over the last.
        assert!(crosses_itself(&[(0.0, 0.0), (10.0, 0.0), (5.0, 0.0), (5.0, 9.0)]));
        assert!(crosses_itself(&[(0.0, 0.0), (10.0, 0.0), (10.0, 9.0), (5.0, 0.0), (0.0, 9.0)]));
        assert!(!crosses_itself(&[(0.0, 0.0), (10.0, 0.0), (5.0, 9.0)]));
    }

    #[test]
    fn overlap_is_what_it_is_in_books() {
        let right: Vec<Point> = SQUARE.map(|(x, y)| (x + 5.0, y)).to_vec();
        assert!((overlap(&SQUARE, &SQUARE) - 1.0).abs() < 1e-9);
        assert!((overlap(&SQUARE, &right) - 1.0 / 3.0).abs() < 0.02);
        let away: Vec<Point> = SQUARE.map(|(x, y)| (x + 50.0, y)).to_vec();
        assert!(overlap(&SQUARE, &away) < 1e-9);
    }

    #[test]
    fn a_line_is_the_same_from_either_end() {
        let line = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)];
        let mut back = line;
        back.reverse();
        assert!(line_apart(&line, &back) < 1e-9);
        let near = line.map(|(x, y)| (x + 3.0, y + 4.0));
        assert!((line_apart(&line, &near) - 5.0).abs() < 1e-6);
        assert!(line_apart(&[(1.0, 1.0)], &[(1.0, 1.0)]) < 1e-9, "no length is no fault");
    }

    proptest! {
        #[test]
        fn a_turned_box_keeps_its_area_and_its_middle(
            x in -50.0..50.0, y in -50.0..50.0, width in 1.0..80.0, height in 1.0..80.0,
            rotation in 0.0..360.0,
        ) {
            let turned = Geometry::Box { x, y, width, height, rotation }.outline();
            prop_assert!((area(&turned) - width * height).abs() < 1e-6);
            let middle = bounds(&turned);
            prop_assert!((middle.x + middle.width / 2.0 - (x + width / 2.0)).abs() < 1e-6);
            prop_assert!(!crosses_itself(&turned));
        }

        #[test]
        fn overlap_does_not_mind_the_order(
            points in proptest::collection::vec((0.0..50.0, 0.0..50.0), 3..8),
            others in proptest::collection::vec((0.0..50.0, 0.0..50.0), 3..8),
        ) {
            let (one, two) = (overlap(&points, &others), overlap(&others, &points));
            prop_assert!((one - two).abs() < 1e-12);
            prop_assert!((0.0..=1.0).contains(&one));
        }

        #[test]
        fn a_moved_mark_is_as_far_as_it_was_moved(
            x in 0.0..90.0, y in 0.0..90.0, dx in -40.0..40.0, dy in -40.0..40.0,
        ) {
            let mark = Geometry::Point { x, y };
            let far = mark.moved(dx, dy).distance((x, y));
            prop_assert!((far - f64::hypot(dx, dy)).abs() < 1e-9);
        }
    }
}
