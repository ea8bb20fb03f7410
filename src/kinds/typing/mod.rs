//! Typing what a picture says, word by word or line by line.

mod folding;
mod rules;
#[cfg(feature = "view")]
mod screen;
#[cfg(feature = "view")]
mod screen_picture;

pub use folding::Folding;
pub use rules::{Prefill, Text, Typing, TypingRules, Unit};
