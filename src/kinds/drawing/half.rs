//! A mark that is being drawn: by dragging, or tap by tap.

use super::geometry::apart;
use super::handles::{least_points, spanned};
use super::{Form, Geometry, Point, Shape};
use domain::Read;
use serde_json::{Map, Value};

/// A mark that is not finished.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Half {
    /// The id of its tool.
    pub(super) tool: String,
    /// Its form.
    pub(super) form: Form,
    /// The points that are put.
    pub(super) points: Vec<Point>,
}

impl Half {
    /// One of a tool, with nothing put yet.
    pub(super) fn new(tool: &str, form: Form) -> Self {
        Self { tool: tool.to_owned(), form, points: vec![] }
    }

    /// A point is put; the mark, if it is finished by it. `reach` is how near to a point counts
    /// as on it.
    pub(super) fn tap(&mut self, at: Point, reach: f64) -> Option<Geometry> {
        match (self.form, self.points.as_slice()) {
            (Form::Point, _) => Some(Geometry::Point { x: at.0, y: at.1 }),
            (Form::Box | Form::Ellipse | Form::Line, [first, ..]) => {
                let first = *first;
                // Twice on the same place is once.
                if apart(first, at) <= reach / 4.0 {
                    return None;
                }
                self.points.clear();
                Some(spanned(self.form, first, at))
            }
            (Form::Polygon, [first, _, _, ..]) if apart(*first, at) <= reach => self.close(),
            (Form::Polyline | Form::Freehand, [_, .., last]) if apart(*last, at) <= reach / 2.0 => {
                self.close()
            }
            (_, [.., last]) if apart(*last, at) <= reach / 4.0 => None,
            _ => {
                self.points.push(at);
                None
            }
        }
    }

    /// A way is drawn; the mark, if it is finished by it.
    pub(super) fn drag(&mut self, trail: &[Point], reach: f64) -> Option<Geometry> {
        let (&start, &end) = (trail.first()?, trail.last()?);
        match self.form {
            Form::Box | Form::Ellipse | Form::Line if self.points.is_empty() => {
                Some(spanned(self.form, start, end))
            }
            Form::Freehand if self.points.is_empty() => {
                Some(Geometry::Freehand { points: simple(trail, reach / 16.0) })
            }
            Form::Polygon | Form::Polyline | Form::Freehand => {
                if self.points.is_empty() {
                    self.points.push(start);
                }
                self.tap(end, reach)
            }
            _ => self.tap(end, reach),
        }
    }

    /// Whether closing would finish it.
    pub(super) fn can_close(&self) -> bool {
        least_points(self.form).is_some_and(|least| self.points.len() >= least)
    }

    /// Finishes it with the points there are, if they are enough.
    pub(super) fn close(&mut self) -> Option<Geometry> {
        self.can_close().then(|| Geometry::of_points(self.form, std::mem::take(&mut self.points)))
    }

    /// What is shown of it, with the way that a finger is on.
    pub(super) fn shown(&self, trail: &[Point]) -> Option<Geometry> {
        let end = trail.last().copied();
        let mut points = self.points.clone();
        match (self.form, points.first().copied(), end) {
            (Form::Point, _, Some((x, y))) => return Some(Geometry::Point { x, y }),
            (Form::Box | Form::Ellipse | Form::Line, Some(first), Some(end)) => {
                return Some(spanned(self.form, first, end));
            }
            (Form::Box | Form::Ellipse | Form::Line, None, Some(end)) if trail.len() > 1 => {
                return Some(spanned(self.form, trail[0], end));
            }
            (Form::Freehand, None, _) => points.extend_from_slice(trail),
            (Form::Polygon | Form::Polyline, None, _) if trail.len() > 1 => {
                points.extend([trail[0], trail[trail.len() - 1]]);
            }
            _ => points.extend(end),
        }
        match points.as_slice() {
            [] => None,
            [(x, y)] => Some(Geometry::Point { x: *x, y: *y }),
            _ => Some(Geometry::Polyline { points }),
        }
    }

    /// As it is kept in a draft.
    pub(super) fn write(&self) -> Value {
        let geometry = Geometry::Polyline { points: self.points.clone() };
        let mut map = Map::new();
        map.insert("tool".to_owned(), self.tool.clone().into());
        map.insert("form".to_owned(), self.form.name().into());
        map.insert("points".to_owned(), Shape::new(geometry, "").write()["points"].clone());
        Value::Object(map)
    }
}

impl Read for Half {
    fn read(value: &Value) -> Option<Self> {
        let pair = |pair: &Value| Some((pair[0].as_f64()?, pair[1].as_f64()?));
        Some(Self {
            tool: value["tool"].as_str()?.to_owned(),
            form: Form::named(value["form"].as_str()?)?,
            points: value["points"].as_array()?.iter().map(pair).collect::<Option<_>>()?,
        })
    }
}

/// The same line with fewer points: none that is nearer than `fine` to the line without it
/// (Ramer, Douglas and Peucker).
pub(super) fn simple(trail: &[Point], fine: f64) -> Vec<Point> {
    let mut kept = vec![false; trail.len()];
    let mut spans = vec![(0, trail.len().saturating_sub(1))];
    while let Some((from, to)) = spans.pop() {
        let Some((a, b)) = trail.get(from).zip(trail.get(to)) else { continue };
        (kept[from], kept[to]) = (true, true);
        let line = Geometry::Line { points: vec![*a, *b] };
        let between = (from + 1..to).map(|at| (at, line.line_distance(trail[at])));
        if let Some((at, _)) =
            between.filter(|(_, far)| *far > fine).max_by(|a, b| a.1.total_cmp(&b.1))
        {
            spans.extend([(from, at), (at, to)]);
        }
    }
    trail.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_taps_are_a_box_as_one_drag_is() {
        let mut half = Half::new("roof", Form::Box);
        assert_eq!(half.tap((10.0, 20.0), 8.0), None);
        assert_eq!(half.tap((10.5, 20.0), 8.0), None, "a tap that trembled is one tap");
        let tapped = half.tap((50.0, 5.0), 8.0);
        let dragged = Half::new("roof", Form::Box).drag(&[(10.0, 20.0), (50.0, 5.0)], 8.0);
        let expected = Geometry::Box { x: 10.0, y: 5.0, width: 40.0, height: 15.0, rotation: 0.0 };
        assert_eq!((tapped, dragged), (Some(expected.clone()), Some(expected)));
    }

    #[test]
    fn an_outline_is_closed_on_its_first_point_or_by_the_key() {
        let corners = [(0.0, 0.0), (50.0, 0.0), (50.0, 40.0)];
        let mut half = Half::new("lake", Form::Polygon);
        for (at, corner) in corners.into_iter().enumerate() {
            assert_eq!(half.can_close(), at >= 3);
            assert_eq!(half.tap(corner, 8.0), None);
        }
        let mut by_key = half.clone();
        let outline = Geometry::Polygon { points: corners.to_vec() };
        assert_eq!(half.tap((3.0, 2.0), 8.0), Some(outline.clone()));
        assert_eq!(by_key.close(), Some(outline));
        assert!(half.points.is_empty());
    }

    #[test]
    fn a_half_drawn_mark_survives_a_reload() {
        let half =
            Half { points: vec![(1.5, 2.0), (3.0, 4.0)], ..Half::new("lake", Form::Polygon) };
        assert_eq!(Half::read(&half.write()), Some(half));
    }

    proptest! {
        #[test]
        fn a_simpler_line_stays_near(
            trail in proptest::collection::vec((0.0..100.0, 0.0..100.0), 2..40), fine in 0.1..9.0,
        ) {
            let kept = simple(&trail, fine);
            prop_assert_eq!(kept.first(), trail.first());
            prop_assert_eq!(kept.last(), trail.last());
            let line = Geometry::Polyline { points: kept };
            for point in trail {
                prop_assert!(line.line_distance(point) <= fine + 1e-9);
            }
        }

        #[test]
        fn what_is_finished_was_shown(
            taps in proptest::collection::vec((0.0..100.0, 0.0..100.0), 0..12), form in 0usize..7,
        ) {
            let mut half = Half::new("a", Form::ALL[form]);
            for tap in taps {
                let shown = half.shown(&[tap]);
                prop_assert!(shown.is_some());
                if let Some(Geometry::Box { .. } | Geometry::Ellipse { .. } | Geometry::Point { .. }) =
                    &shown
                {
                    let clone = half.tap(tap, 1.0);
                    if clone.is_some() {
                        prop_assert_eq!(clone, shown);
                    }
                } else {
                    half.tap(tap, 1.0);
                }
            }
        }
    }
}
