//! Packages of npm, each set pinned by a lock file and installed into a folder
//! of the tools folder that is named after that lock.

use crate::command::{Run, Trouble};
use crate::fingerprint;
use crate::place::Place;
use std::fs;
use std::path::PathBuf;

/// One set of packages.
pub(crate) struct Packages {
    /// The folder with package.json and package-lock.json.
    folder: &'static str,
    /// A file that is there once they are installed.
    proof: &'static str,
}

/// wasm-opt and esbuild.
pub(super) const BUILD_PACKAGES: Packages =
    Packages { folder: "src/dev/packages/build", proof: "node_modules/binaryen/bin/wasm-opt" };

/// The browser's driver and the judge of accessibility.
pub(super) const TEST_PACKAGES: Packages =
    Packages { folder: "tests/browser", proof: "node_modules/playwright-core/package.json" };

/// What the drawing stage is measured beside.
const PEER_PACKAGES: Packages = Packages {
    folder: "src/dev/packages/peers",
    proof: "node_modules/@annotorious/openseadragon/package.json",
};

/// The typefaces of the sample drive.
#[cfg(feature = "sample")]
const SAMPLE_PACKAGES: Packages = Packages {
    folder: "src/dev/packages/sample",
    proof: "node_modules/@fontsource/unifrakturmaguntia/package.json",
};

/// Where node finds playwright-core: what `TALKOOT_NODE` is set to.
pub(crate) fn node_folder(place: &Place) -> PathBuf {
    home(place, &TEST_PACKAGES)
}

/// A run of wasm-opt.
pub(crate) fn wasm_opt(place: &Place) -> Run {
    Run::new(place, "node").args([home(place, &BUILD_PACKAGES).join(BUILD_PACKAGES.proof)])
}

/// A run of esbuild: the program itself, since its package's script would fetch it once more.
pub(crate) fn esbuild(place: &Place) -> Run {
    let modules = home(place, &BUILD_PACKAGES).join("node_modules");
    let platform = format!(
        "@esbuild/{}-{}/bin/esbuild",
        std::env::consts::OS.replace("macos", "darwin"),
        std::env::consts::ARCH.replace("x86_64", "x64").replace("aarch64", "arm64")
    );
    Run::new(place, modules.join(platform))
}

/// The folder with the peers that the drawing stage is measured beside, fetched where it is missing.
pub(crate) fn peers(place: &Place) -> Result<PathBuf, Trouble> {
    if !installed(place, &PEER_PACKAGES) {
        println!("Fetching Leaflet, Geoman, OpenSeadragon and Annotorious …");
        install(place, &PEER_PACKAGES)?;
    }
    Ok(home(place, &PEER_PACKAGES))
}

/// The folder with the sample drive's typefaces, fetched where it is missing.
#[cfg(feature = "sample")]
pub(crate) fn fonts(place: &Place) -> Result<PathBuf, Trouble> {
    if !installed(place, &SAMPLE_PACKAGES) {
        println!("Fetching the typefaces …");
        install(place, &SAMPLE_PACKAGES)?;
    }
    Ok(home(place, &SAMPLE_PACKAGES).join("node_modules/@fontsource"))
}

pub(super) fn installed(place: &Place, packages: &Packages) -> bool {
    home(place, packages).join(packages.proof).is_file()
}

pub(super) fn install(place: &Place, packages: &Packages) -> Result<(), Trouble> {
    let home = home(place, packages);
    fs::create_dir_all(&home).map_err(Trouble::file("make the folder", &home))?;
    for file in ["package.json", "package-lock.json"] {
        let from = place.at(packages.folder).join(file);
        fs::copy(&from, home.join(file)).map_err(Trouble::file("copy", &from))?;
    }
    Run::new(place, "npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .folder(&home)
        .done()
}

/// A folder of its own for each state of the lock: a new version never meets an old one's leftovers.
fn home(place: &Place, packages: &Packages) -> PathBuf {
    let lock = fs::read(place.at(packages.folder).join("package-lock.json")).unwrap_or_default();
    let name = packages.folder.rsplit('/').next().unwrap_or("packages");
    place.tools.join(format!("npm-{name}-{}", fingerprint::of_bytes(&lock)))
}
