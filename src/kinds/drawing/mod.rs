//! Drawing marks on a picture: points, boxes, lines, outlines.

mod agree;
mod check;
#[cfg(feature = "view")]
mod desk;
#[cfg(feature = "view")]
mod desk_corners;
#[cfg(feature = "view")]
mod desk_edit;
#[cfg(feature = "view")]
mod desk_send;
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
#[cfg(feature = "view")]
mod screen_ask;
#[cfg(feature = "view")]
mod screen_keys;
#[cfg(feature = "view")]
mod screen_list;
#[cfg(feature = "view")]
mod screen_paint;
#[cfg(feature = "view")]
mod screen_stage;
mod settings;
mod shapes;
#[cfg(any(test, feature = "view"))]
mod stroke;

pub use rules::{Drawing, Drawn};
pub use settings::{DrawingRules, Form, Others, Tool};
pub use shapes::{Geometry, Point, Shape};
