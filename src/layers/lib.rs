//! The game layers: optional skins over the same task. A layer is one folder
//! (its rules and, with the feature `view`, its stage) and one line in the
//! list at the end of this file.
//!
//! A layer hears events (answered, judged, time passed) and never what was
//! answered, so it cannot change what is asked, stored or judged. It knows no
//! kind of task.

pub mod goal;
mod layer;
#[cfg(test)]
mod tests;
#[cfg(feature = "view")]
mod view;

pub use layer::Layer;
#[cfg(feature = "view")]
pub use view::{Show, Stage};

layer::layers! { goal::Goal }
