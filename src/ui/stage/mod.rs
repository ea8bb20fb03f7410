//! The table that a picture lies on, to be looked at and drawn upon.
//!
//! [`viewer`] is the whole of it for looking. Who wants more takes a [`Stage`]:
//! it lays the picture, its tiles and the figures on it; [`Stage::layers`] goes
//! into an element of one's own that hears the pointers, and [`Stage::view`] is
//! where everything lies.
//!
//! Lengths are either pixels of the picture or CSS pixels of the room that the
//! stage has on the screen; [`Viewport`] turns one into the other. While it moves,
//! what was laid and drawn is only transformed; it is laid and drawn anew when it
//! has come to rest.

mod canvas;
mod figures;
mod fingers;
mod frames;
mod lay;
mod look;
mod loupe;
mod pace;
mod pen;
mod plane;
mod table;
mod viewer;
mod viewport;

pub use figures::Figure;
pub use fingers::{Fingers, Motion};
pub use frames::Brush;
pub use look::{Look, look_panel};
pub use pen::Pen;
pub use plane::{Area, Piece, Plane, TilesOf, Tiling};
pub use table::Stage;
pub use viewer::{capture, looking, view_tools, viewer};
pub use viewport::{Point, Viewport};
