//! Tagging: choosing what is true of a subject, with a reason, a link or marked words where the
//! project asks for them.

mod agree;
mod answer;
mod rules;

pub use answer::{Span, Tags};
pub use rules::{Ask, Extra, Layout, Mark, Tagging, TaggingRules};
