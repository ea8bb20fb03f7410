//! Drawing as the house draws: flat colours printed a hair beside an ink line
//! that a hand has drawn, on paper with a grain.

mod canvas;
mod shape;

pub(super) use canvas::{Art, At};
pub(super) use shape::{Area, Shape, line, oval, poly, rect, smooth, sweep};

/// Red, green, blue.
pub(super) type Colour = [u8; 3];

/// The colours that every picture shares.
pub(super) const INK: Colour = [44, 42, 52];
pub(super) const PAPER: Colour = [245, 236, 217];
pub(super) const WHITE: Colour = [252, 248, 238];

/// A colour between two: 0 is the first, 1 the second.
pub(super) fn mix(a: Colour, b: Colour, share: f32) -> Colour {
    let between = |i: usize| f32::from(a[i]) * (1.0 - share) + f32::from(b[i]) * share;
    [between(0).round() as u8, between(1).round() as u8, between(2).round() as u8]
}
