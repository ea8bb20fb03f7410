//! What the machine had read, told after sending and never before.
//!
//! Only where it was shown to begin with: then everybody who answers has seen
//! it. With a blank field it stays unsaid even afterwards, since an answer can
//! be taken back and given anew, and the next one would not be independent.

use super::diff::{Piece, diff};
use super::screen::prefill;
use super::{Entries, Entry, Field, Reading, TypingRules};
use crate::Shown;
use leptos::prelude::*;

/// One reading of the machine that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// The field, in a form.
    name: Option<String>,
    /// What the machine had read there.
    pieces: Vec<Piece>,
}

/// So many fields are told one by one.
const MOST: usize = 2;

/// What of the machine's reading this answer changed.
pub(super) fn told(rules: &TypingRules, shown: &Shown, given: &Reading) -> Vec<Told> {
    if shown.task.lesson.is_some() {
        return vec![];
    }
    match (prefill(shown), given) {
        (Some(Reading::Text(read)), Reading::Text(typed)) if read != *typed => {
            vec![Told { name: None, pieces: diff(&read, typed) }]
        }
        (Some(Reading::Fields(read)), Reading::Fields(typed)) => {
            let typed = leaves(&rules.fields, typed);
            let other = |(name, read): (String, String)| {
                let typed = typed.iter().find(|(known, _)| *known == name);
                let typed = typed.map_or("", |(_, typed)| typed.as_str());
                (read != typed).then(|| Told { pieces: diff(&read, typed), name: Some(name) })
            };
            leaves(&rules.fields, &read).into_iter().filter_map(other).collect()
        }
        _ => vec![],
    }
}

/// Every leaf of a form by the name people know it by, in the form's order.
pub(super) fn leaves(fields: &[Field], entries: &Entries) -> Vec<(String, String)> {
    let mut all = vec![];
    for field in fields {
        match entries.get(&field.id) {
            Some(Entry::One(leaf)) => {
                let chosen = field.choices.iter().find(|choice| choice.id == *leaf);
                let said = chosen.map_or(leaf, |choice| &choice.label);
                all.push((field.name().to_owned(), said.clone()));
            }
            Some(Entry::Rows(rows)) => {
                for (at, row) in rows.iter().enumerate() {
                    let mut cells = Entries::new();
                    for (id, leaf) in row {
                        cells.insert(id.clone(), Entry::One(leaf.clone()));
                    }
                    for (name, leaf) in leaves(&field.fields, &cells) {
                        all.push((format!("{} {}, {name}", field.name(), at + 1), leaf));
                    }
                }
            }
            None => {}
        }
    }
    all
}

/// The line in the caption.
pub(super) fn line(told: &[Told]) -> AnyView {
    let one = |told: &Told| {
        let named = told.name.as_ref().map(|name| format!("{name}: the machine read "));
        view! {
            {named.unwrap_or_else(|| "The machine read ".to_owned())}
            <bdi class="machine-read">"“" {told.pieces.iter().map(piece).collect_view()} "”"</bdi>
            ". "
        }
        .into_any()
    };
    let more = told.len().saturating_sub(MOST);
    view! {
        <p class="machine">
            {told.iter().take(MOST).map(one).collect_view()}
            {(more > 0).then(|| format!("{more} more were changed."))}
        </p>
    }
    .into_any()
}

fn piece(piece: &Piece) -> AnyView {
    match piece {
        Piece::Same(text) => text.clone().into_any(),
        Piece::Other(text) => view! { <mark>{text.clone()}</mark> }.into_any(),
        Piece::Gap => view! { <mark>"\u{2009}"</mark> }.into_any(),
    }
}
