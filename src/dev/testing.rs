//! `cargo dev test`: everything, or one part.

use crate::check;
use crate::command::{Run, Steps, Trouble};
use crate::place::Place;
use crate::{app, tools};

const PARTS: &[&str] = &["check", "rust", "api", "fault", "wasm", "browser"];

/// Runs all parts, each whatever came of the one before; or the ones named.
pub(crate) fn test(place: &Place, args: &[String]) -> Result<(), Trouble> {
    if let Some(other) = args.iter().find(|arg| !PARTS.contains(&arg.as_str())) {
        let parts = PARTS.join(", ");
        return Err(Trouble::new(format!("There is no part “{other}”; the parts are {parts}.")));
    }
    let all = args.is_empty();
    let wanted = |part: &str| all || args.iter().any(|arg| arg == part);

    tools::for_lints(place)?;
    tools::for_tests(place)?;
    let needs_app = ["rust", "api", "fault", "browser"].iter().any(|part| wanted(part));
    let count = usize::from(wanted("check"))
        + 2 * usize::from(needs_app)
        + usize::from(wanted("rust"))
        + usize::from(wanted("api") && !wanted("rust"))
        + usize::from(wanted("fault") && !wanted("rust"))
        + usize::from(wanted("wasm"))
        + usize::from(wanted("browser"));
    let mut steps = Steps::new(count);
    if wanted("check") {
        steps.attempt("checking format, lints and invariants", || check::run(place));
    }
    if needs_app {
        steps.attempt("building the app", || app::app(place));
        steps.attempt("building the program", || app::program(place));
    }
    if wanted("rust") {
        steps.attempt("testing rules, formats, server, API and faults", || rust(place));
    } else {
        for part in ["api", "fault"].into_iter().filter(|part| wanted(part)) {
            steps.attempt(&format!("testing {part}"), || integration(place, part));
        }
    }
    if wanted("wasm") {
        steps.attempt("testing WebAssembly in the browser", || wasm(place));
    }
    if wanted("browser") {
        steps.attempt("journeys through every sample drive", || journeys(place));
    }
    steps.sum_up()
}

/// All native tests in one run of cargo, so that nothing is compiled twice.
fn rust(place: &Place) -> Result<(), Trouble> {
    cargo_test(place)
        .args(["--workspace", "--exclude", "play", "--exclude", "ui", "--no-fail-fast"])
        .done()
}

fn integration(place: &Place, name: &str) -> Result<(), Trouble> {
    cargo_test(place).args(["-p", "tests", "--test", name]).done()
}

fn cargo_test(place: &Place) -> Run {
    Run::new(place, "cargo")
        .args(["test", "--release", "--locked"])
        .env("TALKOOT_XSD", tools::schemas(place))
        .env("TALKOOT_BIN", place.program())
}

/// In the profile of the app, so that its dependencies are compiled once.
fn wasm(place: &Place) -> Result<(), Trouble> {
    let driver = tools::chromedriver().ok_or_else(|| {
        Trouble::new("chromedriver is not there: apt-get install chromium-driver.")
    })?;
    Run::new(place, "cargo")
        .args(["test", "--locked", "--profile", "wasm-release", "-p", "play", "-p", "ui"])
        .args(["--target", "wasm32-unknown-unknown"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("CHROMEDRIVER", driver)
        .done()
}

/// The journeys, two at a time: they measure nothing, and each waits for what a person would see.
fn journeys(place: &Place) -> Result<(), Trouble> {
    let mut names = crate::fingerprint::files(&place.at("tests/browser/journeys"))?;
    names.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    if names.is_empty() {
        return Err(Trouble::new("There are no journeys in tests/browser/journeys."));
    }
    browser(place)?.args(["--test", "--test-concurrency=2"]).args(&names).done()
}

/// Node, told where the driver, the browser and the program are.
pub(crate) fn browser(place: &Place) -> Result<Run, Trouble> {
    let chromium = tools::chromium()
        .ok_or_else(|| Trouble::new("Chromium is not there: apt-get install chromium."))?;
    Ok(Run::new(place, "node")
        .env("TALKOOT_BIN", place.program())
        .env("TALKOOT_NODE", tools::node_folder(place))
        .env("TALKOOT_XSD", tools::schemas(place))
        .env("TALKOOT_CHROMIUM", chromium))
}
