//! Shapes as lists of points, all in pixels, y downwards.

/// A line through points, closed or not.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) points: Vec<(f32, f32)>,
    pub(crate) closed: bool,
}

/// A box with its sides along the picture's: the left top corner, width, height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

impl Area {
    /// The smallest box around both.
    pub(crate) fn with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let low = (self.y + self.height).max(other.y + other.height);
        Self { x, y, width: right - x, height: low - y }
    }

    /// The part of it inside a picture.
    pub(crate) fn within(self, width: f32, height: f32) -> Self {
        let (x, y) = (self.x.clamp(0.0, width), self.y.clamp(0.0, height));
        let right = (self.x + self.width).clamp(0.0, width);
        let low = (self.y + self.height).clamp(0.0, height);
        Self { x, y, width: right - x, height: low - y }
    }

    /// The same, larger on every side.
    pub(crate) fn grown(self, by: f32) -> Self {
        Self {
            x: self.x - by,
            y: self.y - by,
            width: self.width + 2.0 * by,
            height: self.height + 2.0 * by,
        }
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }
}

/// A closed shape with corners.
pub(crate) fn poly(points: &[(f32, f32)]) -> Shape {
    Shape { points: points.to_vec(), closed: true }
}

/// An open line with corners.
pub(crate) fn line(points: &[(f32, f32)]) -> Shape {
    Shape { points: points.to_vec(), closed: false }
}

pub(crate) fn rect(x: f32, y: f32, width: f32, height: f32) -> Shape {
    poly(&[(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
}

pub(crate) fn oval(x: f32, y: f32, rx: f32, ry: f32) -> Shape {
    let count = ((rx + ry) * 0.6).clamp(12.0, 90.0) as usize;
    let point = |at: usize| {
        let (sin, cos) = (at as f32 / count as f32 * std::f32::consts::TAU).sin_cos();
        (x + rx * cos, y + ry * sin)
    };
    Shape { points: (0..count).map(point).collect(), closed: true }
}

/// A closed curve through points.
pub(crate) fn smooth(points: &[(f32, f32)]) -> Shape {
    Shape { points: bend(points, true), closed: true }
}

/// An open curve through points.
pub(crate) fn sweep(points: &[(f32, f32)]) -> Shape {
    Shape { points: bend(points, false), closed: false }
}

/// Catmull and Rom's curve, eight steps from point to point.
fn bend(points: &[(f32, f32)], closed: bool) -> Vec<(f32, f32)> {
    let count = points.len() as isize;
    if count < 3 {
        return points.to_vec();
    }
    let get = |at: isize| {
        let at = if closed { at.rem_euclid(count) } else { at.clamp(0, count - 1) };
        points[at as usize]
    };
    let mut out = vec![];
    for at in 0..if closed { count } else { count - 1 } {
        let (a, b, c, d) = (get(at - 1), get(at), get(at + 1), get(at + 2));
        for step in 0..8 {
            let t = step as f32 / 8.0;
            let one = |a: f32, b: f32, c: f32, d: f32| {
                0.5 * (2.0 * b
                    + (c - a) * t
                    + (2.0 * a - 5.0 * b + 4.0 * c - d) * t * t
                    + (3.0 * b - a - 3.0 * c + d) * t * t * t)
            };
            out.push((one(a.0, b.0, c.0, d.0), one(a.1, b.1, c.1, d.1)));
        }
    }
    if !closed {
        out.extend(points.last());
    }
    out
}

impl Shape {
    pub(crate) fn map(mut self, change: impl Fn((f32, f32)) -> (f32, f32)) -> Self {
        for point in &mut self.points {
            *point = change(*point);
        }
        self
    }

    pub(crate) fn moved(self, dx: f32, dy: f32) -> Self {
        self.map(|(x, y)| (x + dx, y + dy))
    }

    /// Turned clockwise about a point.
    pub(crate) fn turned(self, about: (f32, f32), degrees: f32) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        self.map(|(x, y)| {
            let (dx, dy) = (x - about.0, y - about.1);
            (about.0 + dx * cos - dy * sin, about.1 + dx * sin + dy * cos)
        })
    }

    pub(crate) fn bounds(&self) -> Area {
        let (mut l, mut t, mut r, mut b) = (f32::MAX, f32::MAX, f32::MIN, f32::MIN);
        for (x, y) in &self.points {
            (l, t, r, b) = (l.min(*x), t.min(*y), r.max(*x), b.max(*y));
        }
        Area { x: l, y: t, width: r - l, height: b - t }
    }

    /// Whether a point lies inside, by counting the edges to its right.
    pub(crate) fn holds(&self, x: f32, y: f32) -> bool {
        let mut inside = false;
        for at in 0..self.points.len() {
            let (a, b) = (self.points[at], self.points[(at + 1) % self.points.len()]);
            if (a.1 > y) != (b.1 > y) && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0) {
                inside = !inside;
            }
        }
        inside
    }

    /// Points at most `step` apart along it, so that it can be bent.
    pub(crate) fn fine(&self, step: f32) -> Self {
        let mut points = vec![];
        let count = self.points.len();
        for at in 0..if self.closed { count } else { count.saturating_sub(1) } {
            let (a, b) = (self.points[at], self.points[(at + 1) % count]);
            let far = (b.0 - a.0).hypot(b.1 - a.1);
            let parts = (far / step).ceil().max(1.0);
            for part in 0..parts as usize {
                let t = part as f32 / parts;
                points.push((a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t));
            }
        }
        if !self.closed {
            points.extend(self.points.last());
        }
        Self { points, closed: self.closed }
    }

    /// The pieces of parallel lines that lie inside it: `gap` apart, at an angle in degrees.
    pub(crate) fn hatch(&self, gap: f32, degrees: f32) -> Vec<Self> {
        let flat = self.clone().turned((0.0, 0.0), -degrees);
        let b = flat.bounds();
        let mut pieces = vec![];
        let mut y = (b.y / gap).ceil() * gap;
        while y < b.y + b.height {
            let mut cuts = vec![];
            for at in 0..flat.points.len() {
                let (p, q) = (flat.points[at], flat.points[(at + 1) % flat.points.len()]);
                if (p.1 > y) != (q.1 > y) {
                    cuts.push(p.0 + (y - p.1) / (q.1 - p.1) * (q.0 - p.0));
                }
            }
            cuts.sort_by(f32::total_cmp);
            for pair in cuts.chunks_exact(2) {
                pieces.push(line(&[(pair[0], y), (pair[1], y)]).turned((0.0, 0.0), degrees));
            }
            y += gap;
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hatching_stays_inside() {
        let shape = oval(50.0, 40.0, 30.0, 20.0);
        let pieces = shape.hatch(4.0, 35.0);
        assert!(pieces.len() > 8);
        for piece in pieces {
            let (a, b) = (piece.points[0], piece.points[1]);
            assert!(shape.holds(a.0.midpoint(b.0), a.1.midpoint(b.1)));
        }
    }

    #[test]
    fn a_turned_square_lies_where_it_lay() {
        let turned = rect(10.0, 10.0, 20.0, 20.0).turned((20.0, 20.0), 90.0).bounds();
        assert!((turned.x - 10.0).abs() < 1e-3 && (turned.width - 20.0).abs() < 1e-3);
    }
}
