//! No class has its look from two crates: all styles are one sheet on the screen,
//! and the one would dress what the other means.

use super::Finding;
use crate::command::Trouble;
use crate::fingerprint::files;
use crate::place::Place;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The crates that have screens, and what each of them dresses.
const OWNERS: [(&str, &[&str]); 3] = [
    ("the app", &["src/play", "style"]),
    ("the kinds", &["src/kinds"]),
    ("the layers", &["src/layers"]),
];

/// Classes that are dressed by more than one of them.
pub(super) fn findings(place: &Place) -> Result<Vec<Finding>, Trouble> {
    let mut owned: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (owner, folders) in OWNERS {
        let mut classes = BTreeSet::new();
        for folder in folders {
            for path in files(&place.at(folder))? {
                if path.extension().is_some_and(|end| end == "css") {
                    let text = fs::read_to_string(&path).map_err(Trouble::file("read", &path))?;
                    classes.extend(classes_of(&text));
                }
            }
        }
        for class in classes {
            owned.entry(class).or_default().push(owner);
        }
    }
    let shared = owned.into_iter().filter(|(_, owners)| owners.len() > 1);
    Ok(shared
        .map(|(class, owners)| {
            format!(
                "`.{class}` has its look from {}: give it two names, or move what both mean into src/ui.",
                owners.join(" and from ")
            )
        })
        .collect())
}

/// The classes that a sheet's selectors begin with.
fn classes_of(sheet: &str) -> Vec<String> {
    let mut bare = String::new();
    for (at, part) in sheet.split("/*").enumerate() {
        bare += if at == 0 { part } else { part.split_once("*/").map_or("", |(_, rest)| rest) };
    }
    let before_rules = bare.split('{').filter_map(|text| text.rsplit(['}', ';', '{']).next());
    before_rules
        .flat_map(|selectors| selectors.split(','))
        .filter_map(|selector| selector.trim().strip_prefix('.'))
        .map(|rest| rest.chars().take_while(|&c| c.is_alphanumeric() || c == '-').collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selector_belongs_to_the_class_it_begins_with() {
        let sheet = "@layer a { .one, .two > .not { top: 0; } /* .no { */ .three:empty { } p .no {} \
                     @media (min-width: 9px) { .four { left: 0 } } }";
        assert_eq!(classes_of(sheet), ["one", "two", "three", "four"]);
    }
}
