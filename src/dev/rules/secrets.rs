//! What must stand in no file of the repository: where somebody's machine
//! keeps things, and where packages were fetched from.

use super::Finding;
use crate::command::{Run, Trouble};
use crate::fingerprint;
use crate::place::Place;
use std::fs;

/// In two halves, so that this file is not found.
const PLACES: &[[&str; 2]] =
    &[["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"], ["/Us", "ers/"], ["/tm", "p/w/"]];

pub(super) fn findings(place: &Place) -> Result<Vec<Finding>, Trouble> {
    let mut found = vec![];
    let listing = ["ls-files", "--cached", "--others", "--exclude-standard"];
    for name in Run::new(place, "git").args(listing).text()?.lines() {
        // What is deleted and not yet committed cannot be read, and a picture is no text.
        let Ok(text) = fs::read_to_string(place.at(name)) else { continue };
        for (at, line) in text.lines().enumerate() {
            for [a, b] in PLACES {
                if line.contains(&format!("{a}{b}")) {
                    found.push(format!(
                        "{name}:{}: `{a}{b}` is a place on one machine. Write paths from the project's root.",
                        at + 1
                    ));
                }
            }
        }
        if name.ends_with("package-lock.json") && text.contains("\"resolved\"") {
            found.push(format!(
                "{name}: the lock names where packages were fetched from. Make it anew with \
                 `npm install --package-lock-only --omit-lockfile-registry-resolved`."
            ));
        }
    }
    found.extend(sample(place)?);
    Ok(found)
}

/// The sample drives are generated: their files are as the generator left them, and no others.
fn sample(place: &Place) -> Result<Vec<Finding>, Trouble> {
    let Ok(manifest) = fs::read_to_string(place.at("sample/manifest.txt")) else {
        return Ok(vec!["sample/manifest.txt is missing: run `cargo dev sample`.".into()]);
    };
    let mut found = vec![];
    for (print, name) in manifest.lines().filter_map(|line| line.split_once("  ")) {
        let file = place.at("sample").join(name);
        let bytes = fs::read(&file).map_err(Trouble::file("read", &file))?;
        if fingerprint::of_bytes(&bytes) != print {
            found.push(format!(
                "sample/{name} is not what the generator made. Change src/dev/sample and run \
                 `cargo dev sample`."
            ));
        }
    }
    let listed: Vec<&str> =
        manifest.lines().filter_map(|line| Some(line.split_once("  ")?.1)).collect();
    let folder = place.at("sample");
    for file in fingerprint::files(&folder)? {
        let name = file.strip_prefix(&folder).unwrap_or(&file).to_string_lossy().into_owned();
        if !matches!(name.as_str(), "manifest.txt" | "README.md")
            && !listed.contains(&name.as_str())
        {
            found.push(format!(
                "sample/{name} is not in sample/manifest.txt: run `cargo dev sample`, or take it away."
            ));
        }
    }
    Ok(found)
}
