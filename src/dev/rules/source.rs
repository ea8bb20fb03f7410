//! What never happens where: words that must not stand in some crates' sources.

use super::Finding;
use crate::command::Trouble;
use crate::fingerprint::files;
use crate::place::Place;
use std::fs;

/// Words that are not to stand in the sources of some folders.
struct Rule {
    folders: &'static [&'static str],
    /// Files that may: an end of a path, or a folder in it.
    but: &'static [&'static str],
    words: &'static [&'static str],
    instead: &'static str,
}

const PURE: &[&str] = &["src/domain", "src/kinds", "src/layers", "src/quality", "src/formats"];
const SCREENS: &[&str] = &["/screen", "/stage", "/view.rs"];
const APP: &[&str] = &["src/play", "src/ui", "src/kinds", "src/layers"];

const RULES: &[Rule] = &[
    Rule {
        folders: PURE,
        but: SCREENS,
        words: &[
            "std::time::",
            "SystemTime",
            "Instant::now",
            "now_utc",
            "now_local",
            "js_sys::Date",
            "Uuid::now_v7",
            "Uuid::new_v4",
        ],
        instead: "Rules read no clock: take the time as an argument.",
    },
    Rule {
        folders: PURE,
        but: SCREENS,
        words: &["rand::", "getrandom", "Math::random", "RandomState"],
        instead: "Rules draw no random numbers: take a seed as an argument.",
    },
    Rule {
        folders: PURE,
        but: SCREENS,
        words: &["std::fs", "std::net", "std::env", "std::process", "std::io::stdin", "File::open"],
        instead: "Rules do no input or output: take bytes and give bytes.",
    },
    Rule {
        folders: APP,
        but: &["src/play/api.rs"],
        words: &[
            "reqwasm::",
            "fetch_with",
            "EventSource::new",
            "XmlHttpRequest",
            "send_beacon",
            "WebSocket",
        ],
        instead: "Only src/play/api.rs speaks HTTP: add the call there.",
    },
    Rule {
        folders: APP,
        but: &["src/play/outbox.rs", "src/play/outbox/"],
        words: &[
            "local_storage",
            "session_storage",
            "IdbFactory",
            "IdbDatabase",
            "indexed_db",
            "gloo::storage",
            "gloo_storage",
        ],
        instead: "Only src/play/outbox.rs touches the browser's storage: add what you need there.",
    },
    Rule {
        folders: &["src/server"],
        but: &["src/server/store"],
        words: &[
            "sqlx::query",
            "query_as(",
            "query_scalar",
            "SELECT ",
            "INSERT INTO",
            "DELETE FROM",
        ],
        instead: "Only src/server/store has SQL: add a function there and call it.",
    },
    Rule {
        folders: APP,
        but: &[],
        words: &["inner_html", "set_inner_html", "insert_adjacent_html"],
        instead: "Text from people is text nodes: build elements.",
    },
];

pub(super) fn findings(place: &Place) -> Result<Vec<Finding>, Trouble> {
    let mut found = vec![];
    for rule in RULES {
        for folder in rule.folders {
            for file in files(&place.at(folder))? {
                let name = file.strip_prefix(&place.root).unwrap_or(&file);
                let name = name.to_string_lossy();
                let tests = name.contains("/tests/") || name.ends_with("/tests.rs");
                if !name.ends_with(".rs") || tests || rule.but.iter().any(|b| name.contains(b)) {
                    continue;
                }
                let text = fs::read_to_string(&file).map_err(Trouble::file("read", &file))?;
                found.extend(breaches(rule, &text).map(|(line, word)| {
                    format!(
                        "{name}:{line}: `{}` does not belong here. {}",
                        word.trim(),
                        rule.instead
                    )
                }));
            }
        }
    }
    Ok(found)
}

/// Lines of a source that have one of the rule's words; its tests and comments do not count.
fn breaches<'t>(rule: &'t Rule, text: &'t str) -> impl Iterator<Item = (usize, &'t str)> + 't {
    text.lines()
        .take_while(|line| !line.starts_with("#[cfg(test)]"))
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .filter_map(|(at, line)| {
            rule.words.iter().find(|word| line.contains(**word)).map(|word| (at + 1, *word))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breach_is_found_with_its_line_and_tests_may() {
        let text =
            "// std::fs in words\nlet a = 1;\nstd::fs::read(a);\n#[cfg(test)]\nstd::fs::read(b);";
        let rule = RULES.iter().find(|rule| rule.words.contains(&"std::fs")).unwrap();
        let found: Vec<_> = breaches(rule, text).collect();
        assert_eq!(found, [(3, "std::fs")]);
    }
}
