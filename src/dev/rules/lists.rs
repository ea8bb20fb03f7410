//! One folder, one line in one list: what has a folder must stand in its list.

use super::Finding;
use crate::command::Trouble;
use crate::place::Place;
use std::fs;
use std::path::Path;

pub(super) fn findings(place: &Place) -> Result<Vec<Finding>, Trouble> {
    let mut found = vec![];
    for (owner, what) in [("kinds", "kind"), ("layers", "layer")] {
        let lib = read(&place.at(format!("src/{owner}/lib.rs")))?;
        for name in folders(&place.at(format!("src/{owner}")))? {
            if !listed(&lib, &name) {
                found.push(format!(
                    "src/{owner}/{name}/ is in no list. Add `pub mod {name};` and `{name}::<Type>` \
                     to the list at the end of src/{owner}/lib.rs, or it is a {what} that nobody meets."
                ));
            }
        }
    }
    let (lib, lists) = (
        read(&place.at("src/formats/lib.rs"))?,
        read(&place.at("src/formats/imports.rs"))? + &read(&place.at("src/formats/exports.rs"))?,
    );
    for name in folders(&place.at("src/formats"))? {
        // Picking words is no format; it lives beside them.
        if name == "pick" {
            continue;
        }
        if !lib.contains(&format!("mod {name};")) || !lists.contains(&format!("{name}::")) {
            found.push(format!(
                "src/formats/{name}/ is in no list. Add `mod {name};` to src/formats/lib.rs and one \
                 line to the list in imports.rs or exports.rs."
            ));
        }
    }
    for owner in ["kinds", "layers"] {
        let path = format!("src/{owner}/Cargo.toml");
        for feature in features(&read(&place.at(&path))?).filter(|name| *name != "view") {
            found.push(format!(
                "{path}: the feature `{feature}` is one too many. kinds and layers have `view` only: \
                 with it they have screens, without it they are pure rules."
            ));
        }
    }
    Ok(found)
}

fn listed(lib: &str, name: &str) -> bool {
    lib.contains(&format!("mod {name};"))
        && lib.lines().any(|line| line.contains(&format!("{name}::")) && !line.contains("use "))
}

/// The names in a manifest's `[features]`.
fn features(manifest: &str) -> impl Iterator<Item = &str> {
    manifest
        .lines()
        .skip_while(|line| line.trim() != "[features]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.starts_with([' ', '#', ']']))
        .filter_map(|line| line.split_once('=').map(|(name, _)| name.trim()))
}

/// Folders with sources of their own; folders of tests and data are none.
pub(crate) fn folders(path: &Path) -> Result<Vec<String>, Trouble> {
    let mut names = vec![];
    for entry in fs::read_dir(path).map_err(Trouble::file("list", path))? {
        let entry = entry.map_err(Trouble::file("list", path))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let module = entry.path().join("mod.rs").is_file()
            || path.join(format!("{name}.rs")).is_file() && entry.path().is_dir();
        if module && name != "tests" {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn read(path: &Path) -> Result<String, Trouble> {
    fs::read_to_string(path).map_err(Trouble::file("read", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_read_over_lines() {
        let manifest = "[features]\n# words = x\nview = [\n  \"dep:a\",\n]\nmore = []\n\n[dev-dependencies]\nx = \"1\"\n";
        assert_eq!(features(manifest).collect::<Vec<_>>(), ["view", "more"]);
    }

    #[test]
    fn a_folder_needs_its_line() {
        assert!(listed("pub mod goal;\nlayers! {\n    goal::Goal,\n}\n", "goal"));
        assert!(!listed("pub mod goal;\nuse goal::Goal;\n", "goal"));
        assert!(!listed("layers! { goal::Goal }", "goal"));
    }
}
