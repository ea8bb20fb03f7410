//! Who may depend on whom.

use super::Finding;
use crate::command::{Run, Trouble};
use crate::place::Place;

/// A crate, and what must not be under it.
struct Arrow {
    from: &'static str,
    wasm: bool,
    never: &'static [&'static str],
    instead: &'static str,
}

const ARROWS: &[Arrow] = &[
    Arrow {
        from: "server",
        wasm: false,
        never: &["leptos", "web-sys", "ui", "play", "dev"],
        instead: "The server uses kinds and layers without their feature `view`; move what it needs into their rules.",
    },
    Arrow {
        from: "play",
        wasm: true,
        never: &["tokio", "sqlx", "server", "formats", "quality", "dev"],
        instead: "The app speaks to the server by REST only; words that both need belong into domain.",
    },
    Arrow {
        from: "domain",
        wasm: false,
        never: &["kinds", "layers", "quality", "formats", "tokio", "leptos", "rand"],
        instead: "domain is the words that all others share; it depends on none of them.",
    },
    Arrow {
        from: "kinds",
        wasm: false,
        never: &["layers", "quality", "formats", "server", "tokio", "leptos", "rand"],
        instead: "A kind knows no layer, and its rules need no screen: put the dependency behind `view`.",
    },
    Arrow {
        from: "layers",
        wasm: false,
        never: &["kinds", "quality", "formats", "server", "tokio", "leptos", "rand"],
        instead: "A layer knows no kind, and its rules need no stage: put the dependency behind `view`.",
    },
    Arrow {
        from: "quality",
        wasm: false,
        never: &["kinds", "layers", "server", "tokio", "leptos", "rand"],
        instead: "quality sees tallies, not kinds; seeds come in as arguments.",
    },
    Arrow {
        from: "formats",
        wasm: false,
        never: &["kinds", "layers", "server", "tokio", "leptos", "rand"],
        instead: "formats turns bytes into records; who reads files and calls it is the server.",
    },
    Arrow {
        from: "ui",
        wasm: true,
        never: &["domain", "kinds", "layers"],
        instead: "ui knows no word of the product: pass plain values and callbacks.",
    },
    Arrow {
        from: "dev",
        wasm: false,
        never: &["domain", "kinds", "layers", "quality", "formats", "server", "tokio"],
        instead: "dev is compiled before everything else; it runs the product and never links it.",
    },
];

pub(super) fn findings(place: &Place) -> Result<Vec<Finding>, Trouble> {
    let mut found = vec![];
    for arrow in ARROWS {
        let under = dependencies(place, arrow)?;
        for name in arrow.never {
            if under.iter().any(|dependency| dependency == name) {
                found.push(format!(
                    "src/{}/Cargo.toml: {} depends on {name} (`cargo tree -p {} -i {name}` shows how). {}",
                    arrow.from, arrow.from, arrow.from, arrow.instead
                ));
            }
        }
    }
    Ok(found)
}

/// The names of all crates under one, itself left out.
fn dependencies(place: &Place, arrow: &Arrow) -> Result<Vec<String>, Trouble> {
    let mut args = vec!["tree", "--locked", "-e", "normal", "--prefix", "none", "-p", arrow.from];
    if arrow.wasm {
        args.extend(["--target", "wasm32-unknown-unknown"]);
    }
    let text = Run::new(place, "cargo").args(args).text()?;
    Ok(names(&text).skip(1).collect())
}

fn names(tree: &str) -> impl Iterator<Item = String> {
    tree.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_whole_names() {
        let tree = "server v0.1.0 (src/server)\nleptos_macro v0.8.0\nserde v1.0.0 (*)\n";
        let found: Vec<String> = names(tree).collect();
        assert_eq!(found, ["server", "leptos_macro", "serde"]);
    }
}
