//! The browser's small storage: written in the very moment, so that an answer
//! is on the device before the screen moves on.

use serde::{Serialize, de::DeserializeOwned};
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

/// Every key that starts with `start`, without it, and its text.
pub(super) fn all(start: &str) -> Vec<(String, String)> {
    let Some(storage) = storage() else { return vec![] };
    let start = format!("{OURS}{start}");
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|n| storage.key(n).ok().flatten());
    let mut found: Vec<_> = keys
        .filter_map(|key| {
            let text = storage.get_item(&key).ok().flatten()?;
            key.strip_prefix(&start).map(|rest| (rest.to_owned(), text))
        })
        .collect();
    found.sort();
    found
}

/// Writes a value as JSON.
pub(super) fn put_json(key: &str, value: &impl Serialize) -> bool {
    serde_json::to_string(value).is_ok_and(|text| put(key, &text))
}

/// Reads a value from JSON; anything unreadable counts as absent.
pub(super) fn get_json<T: DeserializeOwned>(key: &str) -> Option<T> {
    serde_json::from_str(&get(key)?).ok()
}
