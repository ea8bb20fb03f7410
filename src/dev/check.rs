//! `cargo dev check`: formatting, lints, and the invariants of src/README.md.

use crate::command::{Run, Steps, Trouble};
use crate::place::Place;
use crate::{rules, tools};

/// The crates that are compiled for the browser.
const APP: [&str; 2] = ["play", "ui"];

/// The command, with its set-up.
pub(crate) fn check(place: &Place, _: &[String]) -> Result<(), Trouble> {
    tools::for_lints(place)?;
    run(place)
}

/// The checks alone.
pub(crate) fn run(place: &Place) -> Result<(), Trouble> {
    let mut steps = Steps::new(5);
    steps.attempt("format", || {
        Run::new(place, "cargo").args(["fmt", "--all", "--check"]).done().map_err(|_| {
            Trouble::new("Some files are not formatted; `cargo fmt --all` puts them right.")
        })
    });
    steps.attempt("invariants", || rules::all(place));
    steps.attempt("licences and advisories", || deny(place));
    steps.attempt("lints of what runs here", || native_lints(place));
    steps.attempt("lints of what runs in the browser", || wasm_lints(place));
    steps.sum_up()
}

/// In the one native profile: its build scripts and macros are there already.
fn native_lints(place: &Place) -> Result<(), Trouble> {
    let mut args =
        vec!["clippy", "--release", "--locked", "--keep-going", "--workspace", "--all-targets"];
    for name in APP {
        args.extend(["--exclude", name]);
    }
    args.extend(["--", "-D", "warnings"]);
    Run::new(place, "cargo").args(args).done()
}

/// In the app's profile, with the screens of kinds and layers.
fn wasm_lints(place: &Place) -> Result<(), Trouble> {
    let clippy = |more: &[&str]| {
        Run::new(place, "cargo")
            .args(["clippy", "--locked", "--keep-going", "--profile", "wasm-release"])
            .args(["--target", "wasm32-unknown-unknown"])
            .args(APP.iter().flat_map(|name| ["-p", name]))
            .args(more)
            .args(["--", "-D", "warnings"])
            .done()
    };
    clippy(&["-p", "kinds", "-p", "layers"])?;
    clippy(&["--all-targets"])
}

/// cargo-deny takes as long to build as the whole project, so it is used where
/// somebody has it.
fn deny(place: &Place) -> Result<(), Trouble> {
    if Run::new(place, "cargo-deny").args(["--version"]).text().is_err() {
        println!(
            "SKIPPED: cargo-deny is not installed, so licences and advisories are not checked \
             (cargo install --locked cargo-deny; deny.toml has the rules)."
        );
        return Ok(());
    }
    Run::new(place, "cargo-deny").args(["check", "bans", "licenses", "sources"]).done()
}
