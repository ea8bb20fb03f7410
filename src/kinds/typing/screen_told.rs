//! What the machine had read, told after sending and never before.
//!
//! Only where it was shown to begin with: then everybody who answers has seen
//! it. With a blank field it stays unsaid even afterwards, since an answer can
//! be taken back and given anew, and the next one would not be independent.

use super::diff::{Piece, diff};
use super::screen::{HAS_FORMS, prefill};
use super::{Entries, Entry, Field, Reading, TypingRules};
use crate::Shown;
use domain::{Read, Task};
use leptos::prelude::*;
use ui::nfc;

/// One reading of the machine that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// The field, in a form.
    name: Option<String>,
    /// What the machine had read there.
    pieces: Vec<Piece>,
    /// It is no machine's: one translation of many, as it is known of practice.
    pub(super) known: bool,
}

/// So many fields are told one by one.
const MOST: usize = 2;

/// What of the machine's reading this answer changed.
pub(super) fn told(rules: &TypingRules, shown: &Shown, given: &Reading) -> Vec<Told> {
    if shown.task.lesson.is_some() {
        return vec![];
    }
    // What is sent is in NFC; what the machine wrote otherwise is no change of anybody's.
    let other = |name, read: &str, typed: &str| {
        let read = nfc(read);
        (read != typed).then(|| Told { name, pieces: diff(&read, typed), known: false })
    };
    match (prefill(shown), given) {
        (Some(Reading::Text(read)), Reading::Text(typed)) => {
            other(None, &read, typed).into_iter().collect()
        }
        (Some(Reading::Fields(read)), Reading::Fields(typed)) if HAS_FORMS => {
            let typed = leaves(&rules.fields, typed);
            let other = |(name, read): (String, String)| {
                let typed = typed.iter().find(|(known, _)| *known == name);
                let typed = typed.map_or("", |(_, typed)| typed.as_str());
                other(Some(name), &read, typed)
            };
            leaves(&rules.fields, &read).into_iter().filter_map(other).collect()
        }
        _ => vec![],
    }
}

/// The translation that is known of a practice task, as one of many.
pub(super) fn one_way(task: &Task) -> Vec<Told> {
    match task.lesson.as_ref().and_then(|lesson| Reading::read(&lesson.answer)) {
        Some(Reading::Text(text)) => {
            vec![Told { name: None, pieces: vec![Piece::Same(text)], known: true }]
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
        let name = told.name.as_ref().filter(|_| HAS_FORMS);
        let named = name.map(|name| format!("{name}: the machine read "));
        view! {
            {named.unwrap_or_else(|| "The machine read ".to_owned())}
            <bdi class="machine-read">"“" {told.pieces.iter().map(piece).collect_view()} "”"</bdi>
            ". "
        }
        .into_any()
    };
    let more = told.len().saturating_sub(MOST);
    view! {
        <p class="machine" role="status">
            {told.iter().take(MOST).map(one).collect_view()}
            {(HAS_FORMS && more > 0).then(|| format!("{more} more were changed."))}
        </p>
    }
    .into_any()
}

/// The line about a translation.
pub(super) fn way(told: &[Told]) -> AnyView {
    let pieces = told.iter().flat_map(|told| &told.pieces);
    view! {
        <p class="machine" role="status">
            "One way to say it: " <bdi class="reading">{pieces.map(piece).collect_view()}</bdi>
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
