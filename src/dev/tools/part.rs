//! The parts of the set-up: whether each is there, and how to get it.

use super::{node, system};
use crate::command::{Run, Trouble};
use crate::place::Place;
use std::fs;

/// One thing that must be there.
pub(crate) struct Part {
    /// What is said while it is made.
    pub(crate) doing: &'static str,
    /// Whether it is there.
    pub(crate) ready: fn(&Place) -> bool,
    /// Gets it.
    pub(crate) make: fn(&Place) -> Result<(), Trouble>,
    /// What to do where it could not be got.
    pub(crate) without: &'static str,
}

pub(crate) const COMPILER: Part = Part {
    doing: "looking for a linker",
    ready: |place| answers(place, "cc", "--version", ""),
    make: |place| system::install(place, &["gcc", "libc6-dev"]),
    without: "Install a C linker, on Debian: apt-get install gcc libc6-dev.",
};

pub(crate) const WASM_TARGET: Part = Part {
    doing: "adding Rust's WebAssembly target",
    ready: |place| {
        let sysroot = Run::new(place, "rustc").args(["--print", "sysroot"]).text();
        sysroot.is_ok_and(|path| {
            let path = std::path::Path::new(path.trim());
            path.join("lib/rustlib/wasm32-unknown-unknown/lib").is_dir()
        })
    },
    make: |place| {
        Run::new(place, "rustup").args(["target", "add", "wasm32-unknown-unknown"]).done()
    },
    without: "Add Rust's WebAssembly target: rustup target add wasm32-unknown-unknown.",
};

pub(crate) const LINTERS: Part = Part {
    doing: "adding clippy and rustfmt",
    ready: |place| {
        answers(place, "cargo-clippy", "--version", "")
            && answers(place, "rustfmt", "--version", "")
    },
    make: |place| Run::new(place, "rustup").args(["component", "add", "clippy", "rustfmt"]).done(),
    without: "Add Rust's linters: rustup component add clippy rustfmt.",
};

pub(crate) const NODE: Part = Part {
    doing: "installing Node and npm",
    ready: |place| {
        answers(place, "node", "--version", "v") && answers(place, "npm", "--version", "")
    },
    make: |place| system::install(place, &["nodejs", "npm"]),
    without: "Install Node 18 or newer with npm, on Debian: apt-get install nodejs npm.",
};

pub(crate) const WASM_OPT: Part = Part {
    doing: "fetching wasm-opt",
    ready: |place| node::installed(place, &node::BUILD_PACKAGES),
    make: |place| node::install(place, &node::BUILD_PACKAGES),
    without: "npm could not install binaryen; look at what it said above.",
};

pub(crate) const DRIVER: Part = Part {
    doing: "fetching the browser's test driver",
    ready: |place| node::installed(place, &node::TEST_PACKAGES),
    make: |place| node::install(place, &node::TEST_PACKAGES),
    without: "npm could not install playwright-core; look at what it said above.",
};

pub(crate) const WASM_BINDGEN: Part = Part {
    doing: "building wasm-bindgen (1 to 2 min, kept for next time)",
    ready: |place| {
        wasm_bindgen_version(place).is_ok_and(|version| {
            answers(place, "wasm-bindgen", "--version", &version)
                && answers(place, "wasm-bindgen-test-runner", "--version", &version)
        })
    },
    make: |place| cargo_install(place, "wasm-bindgen-cli", &wasm_bindgen_version(place)?),
    without: "Install wasm-bindgen-cli in the version that Cargo.toml pins: cargo install --locked wasm-bindgen-cli.",
};

/// The newest release that builds with the Rust that this project asks for.
const TRUNK_VERSION: &str = "0.21.14";

pub(crate) const TRUNK: Part = Part {
    doing: "building trunk (3 to 6 min, kept for next time)",
    ready: |place| answers(place, "trunk", "--version", TRUNK_VERSION),
    make: |place| cargo_install(place, "trunk", TRUNK_VERSION),
    without: "Install trunk 0.21.14: cargo install --locked trunk@0.21.14.",
};

pub(crate) const CHROMIUM: Part = Part {
    doing: "installing Chromium and its driver",
    ready: |_| system::chromium().is_some() && system::chromedriver().is_some(),
    make: |place| system::install(place, &["chromium", "chromium-driver"]),
    without: "Install Chromium and its driver, on Debian: apt-get install chromium chromium-driver.",
};

pub(crate) const XMLLINT: Part = Part {
    doing: "installing xmllint",
    ready: |place| answers(place, "xmllint", "--version", ""),
    make: |place| system::install(place, &["libxml2-utils"]),
    without: "Install xmllint, on Debian: apt-get install libxml2-utils.",
};

pub(crate) const SCHEMAS: Part = Part {
    doing: "fetching the schemas of ALTO",
    ready: |place| system::schemas(place).join("complete").is_file(),
    make: system::fetch_schemas,
    without: "The schemas of ALTO could not be fetched; src/formats/tests/README.md says how to do it by hand.",
};

/// Whether a program starts and says a version. Exact: `0.2.12` is not `0.2.126`.
fn answers(place: &Place, program: &str, flag: &str, version: &str) -> bool {
    Run::new(place, program).args([flag]).text().is_ok_and(|said| {
        version.is_empty()
            || version == "v" && said.starts_with('v')
            || said.split_whitespace().any(|word| word == version)
    })
}

/// The version of wasm-bindgen that the root's Cargo.toml pins: the crate and
/// the program must be of one version.
fn wasm_bindgen_version(place: &Place) -> Result<String, Trouble> {
    let path = place.at("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(Trouble::file("read", &path))?;
    text.lines()
        .find_map(|line| line.strip_prefix("wasm-bindgen = \"=")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| {
            Trouble::new("Cargo.toml must pin wasm-bindgen like this: wasm-bindgen = \"=0.2.126\".")
        })
}

/// Builds a tool in a cheap profile: it runs for seconds and is built for minutes.
fn cargo_install(place: &Place, package: &str, version: &str) -> Result<(), Trouble> {
    Run::new(place, "cargo")
        .args(["install", "--locked", "--force", package, "--version", version, "--root"])
        .args([&place.tools])
        .folder(&place.tools)
        .env("CARGO_TARGET_DIR", place.target.join("tools"))
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .done()
}
