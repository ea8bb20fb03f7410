//! A mark as it is stored: its form, what it marks, and what was said of it.

use super::Form;
use domain::Read;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A place, in pixels of the original image: `[x, y]` on the wire.
pub type Point = (f64, f64);

/// A mark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// Its form and where it is.
    #[serde(flatten)]
    pub geometry: Geometry,
    /// The id of the tool that it was drawn with: what it marks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What was chosen in the tool's questions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
}

/// A form, in pixels of the original image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Geometry {
    /// A place.
    Point {
        /// From the left.
        x: f64,
        /// From the top.
        y: f64,
    },
    /// A rectangle, turned about its middle.
    Box {
        /// Left edge before it is turned.
        x: f64,
        /// Top edge before it is turned.
        y: f64,
        /// Extent across before it is turned.
        width: f64,
        /// Extent down before it is turned.
        height: f64,
        /// Degrees clockwise, 0 to below 360.
        #[serde(default)]
        rotation: f64,
    },
    /// An ellipse, turned about its middle.
    Ellipse {
        /// The middle, from the left.
        cx: f64,
        /// The middle, from the top.
        cy: f64,
        /// Half of its extent across before it is turned.
        rx: f64,
        /// Half of its extent down before it is turned.
        ry: f64,
        /// Degrees clockwise, 0 to below 360.
        #[serde(default)]
        rotation: f64,
    },
    /// From one point to another.
    Line {
        /// Two of them.
        points: Vec<Point>,
    },
    /// From point to point.
    Polyline {
        /// At least two.
        points: Vec<Point>,
    },
    /// An outline from point to point and back to the first.
    Polygon {
        /// At least three; the first is not repeated.
        points: Vec<Point>,
    },
    /// A line by hand.
    Freehand {
        /// At least two.
        points: Vec<Point>,
    },
}

impl Geometry {
    /// Its form.
    pub fn form(&self) -> Form {
        match self {
            Self::Point { .. } => Form::Point,
            Self::Box { .. } => Form::Box,
            Self::Ellipse { .. } => Form::Ellipse,
            Self::Line { .. } => Form::Line,
            Self::Polyline { .. } => Form::Polyline,
            Self::Polygon { .. } => Form::Polygon,
            Self::Freehand { .. } => Form::Freehand,
        }
    }

    /// A form of a chain of points.
    pub fn of_points(form: Form, points: Vec<Point>) -> Self {
        match form {
            Form::Line => Self::Line { points },
            Form::Polygon => Self::Polygon { points },
            Form::Freehand => Self::Freehand { points },
            _ => Self::Polyline { points },
        }
    }
}

impl Shape {
    /// A mark made with a tool, nothing said of it yet.
    pub fn new(geometry: Geometry, tool: &str) -> Self {
        Self { geometry, label: Some(tool.to_owned()), choices: vec![] }
    }

    /// As it goes over the wire; what serde writes, without serde's size in the app.
    pub fn write(&self) -> Value {
        let mut map = Map::new();
        let mut put = |name: &str, value: Value| {
            map.insert(name.to_owned(), value);
        };
        put("type", self.geometry.form().name().into());
        let mut numbers = |pairs: &[(&str, f64)]| {
            for (name, number) in pairs {
                put(name, (*number).into());
            }
        };
        match &self.geometry {
            Geometry::Point { x, y } => numbers(&[("x", *x), ("y", *y)]),
            Geometry::Box { x, y, width, height, rotation } => numbers(&[
                ("x", *x),
                ("y", *y),
                ("width", *width),
                ("height", *height),
                ("rotation", *rotation),
            ]),
            Geometry::Ellipse { cx, cy, rx, ry, rotation } => numbers(&[
                ("cx", *cx),
                ("cy", *cy),
                ("rx", *rx),
                ("ry", *ry),
                ("rotation", *rotation),
            ]),
            Geometry::Line { points }
            | Geometry::Polyline { points }
            | Geometry::Polygon { points }
            | Geometry::Freehand { points } => {
                let point = |(x, y): &Point| Value::Array(vec![(*x).into(), (*y).into()]);
                put("points", Value::Array(points.iter().map(point).collect()));
            }
        }
        if let Some(label) = &self.label {
            put("label", label.clone().into());
        }
        if !self.choices.is_empty() {
            put("choices", strings(&self.choices));
        }
        Value::Object(map)
    }
}

/// A list of strings as a value.
pub(super) fn strings(list: &[String]) -> Value {
    Value::Array(list.iter().map(|text| Value::String(text.clone())).collect())
}

impl Read for Shape {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            geometry: Geometry::read(value)?,
            label: Read::read(&value["label"])?,
            choices: Vec::read(&value["choices"]).unwrap_or_default(),
        })
    }
}

impl Read for Geometry {
    fn read(value: &Value) -> Option<Self> {
        let number = |name: &str| value[name].as_f64();
        let rotation = number("rotation").unwrap_or(0.0);
        let form = Form::named(value["type"].as_str()?)?;
        Some(match form {
            Form::Point => Self::Point { x: number("x")?, y: number("y")? },
            Form::Box => Self::Box {
                x: number("x")?,
                y: number("y")?,
                width: number("width")?,
                height: number("height")?,
                rotation,
            },
            Form::Ellipse => Self::Ellipse {
                cx: number("cx")?,
                cy: number("cy")?,
                rx: number("rx")?,
                ry: number("ry")?,
                rotation,
            },
            _ => {
                let points = value["points"].as_array()?.iter();
                let point = |pair: &Value| Some((pair[0].as_f64()?, pair[1].as_f64()?));
                Self::of_points(form, points.map(point).collect::<Option<_>>()?)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;
    use crate::drawing::Drawing;
    use serde_json::json;

    #[test]
    fn a_mark_reads_like_the_contract() {
        for (text, form) in [
            (json!({"type": "point", "x": 1.5, "y": 2.0, "label": "tree"}), Form::Point),
            (
                json!({"type": "box", "x": 1.0, "y": 2.0, "width": 3.0, "height": 4.0,
                    "rotation": 30.0, "label": "roof", "choices": ["gone"]}),
                Form::Box,
            ),
            (
                json!({"type": "ellipse", "cx": 1.0, "cy": 2.0, "rx": 3.0, "ry": 4.0, "rotation": 0.0}),
                Form::Ellipse,
            ),
            (json!({"type": "line", "points": [[1.0, 2.0], [3.0, 4.0]]}), Form::Line),
            (
                json!({"type": "polygon", "points": [[0.0, 0.0], [3.0, 4.0], [9.0, 1.0]]}),
                Form::Polygon,
            ),
            (json!({"type": "freehand", "points": [[0.0, 0.0], [3.0, 4.0]]}), Form::Freehand),
            (json!({"type": "polyline", "points": [[0.0, 0.0], [3.0, 4.0]]}), Form::Polyline),
        ] {
            let shape: Shape = serde_json::from_value(text.clone()).unwrap();
            assert_eq!(shape.geometry.form(), form);
            assert_eq!(shape.write(), text);
            assert_eq!(Shape::read(&text).unwrap(), shape);
        }
    }

    #[test]
    fn both_writers_and_both_readers_do_the_same() {
        for seed in 0..300 {
            for shape in Drawing::sample(seed).shapes {
                let json = serde_json::to_value(&shape).unwrap();
                assert_eq!(shape.write(), json);
                assert_eq!(Shape::read(&json), Some(shape));
            }
        }
    }

    #[test]
    fn what_is_no_mark_is_not_read() {
        for bad in [
            json!({"type": "blob"}),
            json!({"type": "point", "x": 1.0}),
            json!({"type": "line", "points": [[1.0]]}),
            json!(null),
        ] {
            assert_eq!(Shape::read(&bad), None, "{bad}");
        }
    }
}
