//! Where real pages are, on machines that have them.

use std::path::{Path, PathBuf};

/// The folder of real pages; says loudly that a test is skipped where it is missing.
pub(crate) fn data(test: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("TALKOOT_SHARED_DATA").map_or(beside, PathBuf::from);
    if folder.join("numbers.json").is_file() {
        return Some(folder);
    }
    eprintln!("SKIPPED: {test}: there are no real pages at {}.", folder.display());
    None
}

/// Every ALTO file that `numbers.json` tells of: its path and its numbers.
pub(crate) fn altos(folder: &Path) -> Vec<(String, serde_json::Value)> {
    let text = std::fs::read_to_string(folder.join("numbers.json")).expect("numbers.json");
    let all: serde_json::Map<_, _> = serde_json::from_str(&text).expect("JSON");
    all.into_iter().filter(|(_, numbers)| numbers["format"] == "ALTO").collect()
}
