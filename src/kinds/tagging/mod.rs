//! Tagging: choosing what is true of a subject, with a reason, a link or marked words where the
//! project asks for them.

mod agree;
mod answer;
#[cfg(feature = "view")]
mod desk;
#[cfg(feature = "view")]
mod evidence;
#[cfg(any(test, feature = "view"))]
mod marks;
#[cfg(any(test, feature = "view"))]
mod painted;
mod rules;
#[cfg(feature = "view")]
mod screen;
#[cfg(feature = "view")]
mod screen_card;
#[cfg(feature = "view")]
mod screen_grid;
#[cfg(feature = "view")]
mod screen_list;
#[cfg(feature = "view")]
mod screen_undo;
#[cfg(any(test, feature = "view"))]
mod swipe;
#[cfg(feature = "view")]
mod wall;

pub use answer::{Span, Tags};
pub use rules::{Ask, Extra, Layout, Mark, Tagging, TaggingRules};
