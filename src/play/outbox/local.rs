//! The browser's small storage: written in the very moment, so that an answer
//! is on the device before the screen moves on.

use js_sys::{JsString, Reflect};
use web_sys::Storage;

/// Every key of ours starts with this.
const OURS: &str = "talkoot.";

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Writes; says whether it is written.
pub(super) fn put(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&format!("{OURS}{key}"), text).is_ok())
}

/// Writes what the browser has, without a copy of it; where there is no room, nothing.
pub(super) fn keep(key: &str, text: &JsString) {
    if let Some(storage) = storage() {
        let _ = Reflect::set(&storage, &format!("{OURS}{key}").into(), text);
    }
}

/// Reads.
pub(super) fn get(key: &str) -> Option<String> {
    storage()?.get_item(&format!("{OURS}{key}")).ok().flatten()
}

/// Removes.
pub(super) fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&format!("{OURS}{key}"));
    }
}

/// Every key that starts with `start`, without it, and its text; by key.
pub(super) fn all(start: &str) -> super::Entries {
    let Some(storage) = storage() else { return vec![] };
    let start = format!("{OURS}{start}");
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|n| storage.key(n).ok().flatten());
    let mut found = vec![];
    for key in keys {
        let Some(rest) = key.strip_prefix(&start) else { continue };
        if let Ok(Some(text)) = storage.get_item(&key) {
            super::put(&mut found, rest, &text);
        }
    }
    found
}
