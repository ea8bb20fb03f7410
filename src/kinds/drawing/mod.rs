//! Drawing marks on a picture: points, boxes, lines, outlines.

mod agree;
mod check;
mod geometry;
#[cfg(any(test, feature = "view"))]
mod half;
#[cfg(any(test, feature = "view"))]
mod handles;
#[cfg(any(test, feature = "view"))]
mod marks;
mod rules;
#[cfg(feature = "view")]
mod screen;
mod settings;
mod shapes;
#[cfg(any(test, feature = "view"))]
mod stroke;

pub use rules::{Drawing, Drawn};
pub use settings::{DrawingRules, Form, Others, Tool};
pub use shapes::{Geometry, Point, Shape};
