//! Typing: what a picture says, word by word or line by line; a translation of
//! a text; or a form, field by field.

mod answer;
mod date;
#[cfg(any(test, feature = "view"))]
mod diff;
mod fields;
mod fill;
mod folding;
#[cfg(feature = "view")]
mod ledger;
mod number;
#[cfg(feature = "view")]
mod pen;
mod rules;
#[cfg(feature = "view")]
mod screen;
#[cfg(feature = "view")]
mod screen_form;
#[cfg(feature = "view")]
mod screen_line;
#[cfg(feature = "view")]
mod screen_picture;
#[cfg(feature = "view")]
mod screen_told;
#[cfg(feature = "view")]
mod screen_word;
#[cfg(any(test, feature = "view"))]
mod shorthand;
mod tally;
mod text;

pub use answer::{Entries, Entry, Reading, Row};
pub use date::DateOrder;
pub use fields::{Field, Form};
pub use fill::{check_fields, check_leaf, meanings};
pub use folding::Folding;
pub use rules::{Direction, Prefill, Typing, TypingRules, Unit};
