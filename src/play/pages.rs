//! What stands behind each address.

mod cover;
mod drive;
mod halted;
mod help;
mod home;
mod rest;
mod scene;
mod spoken;
mod status;

use crate::{outbox, page};
use domain::Opening;
use leptos::prelude::*;

/// Whether this build has the list of drives.
const HOME: bool = kinds::built("home");

/// The page at `address`.
pub(crate) fn at(address: &str, opening: Opening) -> AnyView {
    let prefs = outbox::prefs();
    page::prefer(&prefs);
    match address.strip_prefix("/p/").map(|slug| slug.trim_end_matches('/')) {
        Some(slug) if kinds::HAS_SCREENS && !slug.is_empty() && !slug.contains('/') => {
            drive::drive(slug.to_owned(), opening, prefs)
        }
        _ if HOME && address == "/" => home::home(opening.projects),
        _ => halted::lost(),
    }
}
