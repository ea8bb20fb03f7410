//! Building the app and the program, and running them.

use crate::command::{Run, Steps, Trouble, seconds};
use crate::fingerprint::{files, of_paths};
use crate::place::Place;
use crate::rules::lists;
use crate::tools;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

/// Where the finished app lies; the server takes in every file of it.
const DIST: &str = "dist/play";

/// What the app is made of: where nothing of it changed, it is not built again.
const INPUTS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "public",
    "style",
    "src/domain",
    "src/kinds",
    "src/layers",
    "src/ui",
    "src/play",
    "src/dev/app.rs",
    "src/dev/packages/build",
];

/// `cargo dev build`: the app, then the program with the app inside.
pub(crate) fn build(place: &Place) -> Result<(), Trouble> {
    tools::for_build(place)?;
    let mut steps = Steps::new(2);
    steps.step("building the app", || app(place))?;
    steps.step("building the program", || program(place))?;
    println!("{}", place.program().display());
    Ok(())
}

/// `cargo dev demo`: builds, then becomes `talkoot demo`.
pub(crate) fn demo(place: &Place, args: &[String]) -> Result<(), Trouble> {
    build(place)?;
    let own = args.iter().any(|arg| arg.starts_with("--listen"));
    if !own && std::env::var_os("TALKOOT_LISTEN").is_none() {
        println!("The sample drive is on http://127.0.0.1:8080; Ctrl+C ends it.");
    }
    Err(Run::new(place, place.program()).args(["demo"]).args(args).become_it())
}

/// `cargo dev watch`: Trunk rebuilds and reloads the app at each change; calls
/// go on to a server that runs beside it (`cargo dev demo`).
pub(crate) fn watch(place: &Place, args: &[String]) -> Result<(), Trouble> {
    tools::for_build(place)?;
    Err(Run::new(place, "trunk").args(["serve"]).args(args).become_it())
}

/// The program, with whatever app lies in the dist folder.
pub(crate) fn program(place: &Place) -> Result<(), Trouble> {
    Run::new(place, "cargo").args(["build", "--release", "--locked", "-p", "server"]).done()
}

/// The app: WebAssembly by Trunk, made small by wasm-opt, and compressed. It is built once for
/// each kind of task, so that nobody downloads screens that their drive has no use for; the
/// builds share one folder, each with a page of its own (`typing.html`).
pub(crate) fn app(place: &Place) -> Result<(), Trouble> {
    let print = of_paths(&place.root, INPUTS)?;
    let mark = place.at("dist").join("play.fingerprint");
    let dist = place.at(DIST);
    let builds = builds(place)?;
    let same = fs::read_to_string(&mark).is_ok_and(|old| old == print);
    if same && builds.iter().all(|(build, _)| dist.join(format!("{build}.html")).is_file()) {
        println!("The app is as it was.");
        return Ok(());
    }
    for old in [&mark, &dist] {
        let _ = fs::remove_file(old).or_else(|_| fs::remove_dir_all(old));
    }
    for (build, styles) in &builds {
        println!("for {build}");
        one_build(place, build, styles, &dist)?;
    }
    compress(&dist)?;
    fs::write(&mark, print).map_err(Trouble::file("write", &mark))
}

/// Every build of the app with the styles of its screens: the list of drives, and one for each
/// kind, or those that its rules name in their line `BUILDS`. The first of several is the lean
/// one, that has its kind's own style sheet and what all share.
fn builds(place: &Place) -> Result<Vec<(String, String)>, Trouble> {
    let all = |kind: &str| format!("src/ui/*.css src/kinds/*.css src/kinds/{kind}/*.css");
    let mut builds = vec![("home".to_owned(), "src/ui/ui.css".to_owned())];
    for kind in lists::folders(&place.at("src/kinds"))? {
        let path = place.at(format!("src/kinds/{kind}/rules.rs"));
        let rules = fs::read_to_string(&path).map_err(Trouble::file("read", &path))?;
        match rules.lines().find(|line| line.trim_start().starts_with("const BUILDS:")) {
            Some(line) => {
                for (at, name) in line.split('"').skip(1).step_by(2).enumerate() {
                    let lean =
                        format!("src/ui/ui.css src/kinds/task.css src/kinds/{kind}/{kind}.css");
                    builds.push((name.to_owned(), if at == 0 { lean } else { all(&kind) }));
                }
            }
            None => builds.push((kind.clone(), all(&kind))),
        }
    }
    Ok(builds)
}

/// The app for one kind, put beside the others. File names hold a hash of their content, so what
/// two builds share is there once.
fn one_build(place: &Place, build: &str, styles: &str, dist: &Path) -> Result<(), Trouble> {
    let own = place.at("dist").join(format!("build-{build}"));
    Run::new(place, "trunk")
        .args(["build", "--release", "--locked", "--dist"])
        .args([&own])
        .env("TALKOOT_BUILD", build)
        .env("TALKOOT_STYLES", styles)
        .env("NO_COLOR", "true")
        .env("RUST_BACKTRACE", "0")
        .done()?;
    let page = own.join("index.html");
    if !page.is_file() {
        return Err(Trouble::new("Trunk wrote no index.html; look at Trunk.toml."));
    }
    optimise(place, &own)?;
    minify(place, &own)?;
    fs::rename(&page, own.join(format!("{build}.html"))).map_err(Trouble::file("rename", &page))?;
    for file in files(&own)? {
        let to = dist.join(file.strip_prefix(&own).unwrap_or(&file));
        let folder = to.parent().unwrap_or(dist);
        fs::create_dir_all(folder).map_err(Trouble::file("make the folder", folder))?;
        fs::rename(&file, &to).map_err(Trouble::file("move", &file))?;
    }
    fs::remove_dir_all(&own).map_err(Trouble::file("clear away", &own))
}

/// Makes scripts and styles smaller. Trunk could, but fails on wasm-bindgen's script.
fn minify(place: &Place, folder: &Path) -> Result<(), Trouble> {
    let mut texts = files(folder)?;
    texts.retain(|file| file.extension().is_some_and(|end| end == "js" || end == "css"));
    tools::esbuild(place)
        .args(["--minify", "--allow-overwrite", "--log-level=warning", "--outdir=."])
        // Chrome compiles a script that begins so while it comes, beside the page's own work;
        // else each function when it is first called. To others it is a comment.
        .args(["--outbase=.", "--banner:js=//# allFunctionsCalledOnLoad"])
        .args(texts)
        .folder(folder)
        .done()
}

/// Makes the WebAssembly smaller. Trunk would fetch a wasm-opt of its own
/// choice; its page switches that off.
fn optimise(place: &Place, dist: &Path) -> Result<(), Trouble> {
    for wasm in files(dist)?.iter().filter(|file| file.extension().is_some_and(|e| e == "wasm")) {
        let before = size(wasm);
        let small = wasm.with_extension("small");
        // Twice: what the first run lays bare, the second makes one.
        for more in [None, Some("--merge-similar-functions")] {
            tools::wasm_opt(place)
                .args(more)
                .args([
                    "-Oz",
                    "--enable-bulk-memory",
                    "--enable-nontrapping-float-to-int",
                    "--enable-sign-ext",
                    "--enable-mutable-globals",
                    "--enable-reference-types",
                    "--enable-multivalue",
                    "-o",
                ])
                .args([&small, wasm])
                .done()?;
            fs::rename(&small, wasm).map_err(Trouble::file("replace", wasm))?;
        }
        println!("wasm-opt: {} kB to {} kB", before / 1000, size(wasm) / 1000);
    }
    Ok(())
}

fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |data| data.len())
}

/// Writes `.br` and `.gz` beside each file that gets smaller by it. Pictures
/// and fonts are compressed as they are.
fn compress(dist: &Path) -> Result<(), Trouble> {
    const AS_THEY_ARE: &[&str] = &["br", "gz", "png", "webp", "jpg", "ico", "woff2"];
    let started = Instant::now();
    let (mut raw, mut small) = (0, 0);
    for file in files(dist)? {
        let ext = file.extension().unwrap_or_default().to_string_lossy().into_owned();
        if AS_THEY_ARE.contains(&ext.as_str()) {
            continue;
        }
        let bytes = fs::read(&file).map_err(Trouble::file("read", &file))?;
        let packed = brotli(&bytes).map_err(Trouble::file("compress", &file))?;
        raw += bytes.len();
        small += packed.len();
        let zipped = gzip(&bytes).map_err(Trouble::file("compress", &file))?;
        for (suffix, packed) in [("br", packed), ("gz", zipped)] {
            let beside = file.with_extension(format!("{ext}.{suffix}"));
            fs::write(&beside, packed).map_err(Trouble::file("write", &beside))?;
        }
    }
    let took = seconds(started.elapsed());
    println!("compressed {} kB to {} kB in Brotli ({took})", raw / 1000, small / 1000);
    Ok(())
}

/// Brotli at its highest level.
pub(crate) fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = vec![];
    let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, 11, 24);
    writer.write_all(bytes)?;
    writer.flush()?;
    drop(writer);
    Ok(packed)
}

/// Gzip at its highest level.
pub(crate) fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(vec![], flate2::Compression::best());
    writer.write_all(bytes)?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_is_packed_comes_out_again() {
        let text = "Weſen und Unweſen ".repeat(500);
        let mut back = String::new();
        brotli::Decompressor::new(brotli(text.as_bytes()).unwrap().as_slice(), 4096)
            .read_to_string(&mut back)
            .unwrap();
        assert_eq!(back, text);
        back.clear();
        flate2::read::GzDecoder::new(gzip(text.as_bytes()).unwrap().as_slice())
            .read_to_string(&mut back)
            .unwrap();
        assert_eq!(back, text);
    }
}
