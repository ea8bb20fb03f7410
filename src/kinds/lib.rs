//! The kinds of task: typing, drawing, tagging, and room for more. A kind is one folder (its
//! rules and, with the feature `view`, its screen) and one line in the list at
//! the end of this file.
//!
//! Rules are pure: no I/O, no clock, no random numbers. A kind knows no game
//! layer.

pub mod drawing;
mod kind;
#[cfg(feature = "view")]
pub mod plane;
pub mod questions;
#[cfg(feature = "view")]
mod questions_group;
#[cfg(any(test, feature = "view"))]
mod questions_pick;
#[cfg(feature = "view")]
mod questions_view;
#[cfg(feature = "view")]
mod sight;
#[cfg(feature = "view")]
mod sight_region;
#[cfg(feature = "view")]
mod sight_text;
#[cfg(any(test, feature = "view"))]
mod sight_words;
pub mod tagging;
#[cfg(test)]
mod tests;
pub mod typing;
#[cfg(feature = "view")]
mod view;

pub use kind::{Checked, Kind, Words, built};
#[cfg(feature = "view")]
pub use questions_view::{Asking, ask};
#[cfg(feature = "view")]
pub use sight::{Look, sight};
#[cfg(feature = "view")]
pub use sight_text::Marking;
#[cfg(feature = "view")]
pub use view::{Gift, HAS_MARKS, HAS_SOUNDS, Run, Screen, Shown, pictures_of, sharp, sound_of};

kind::kinds! { typing::Typing, tagging::Tagging, drawing::Drawing }
