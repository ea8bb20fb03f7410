//! `cargo dev bench`: what the app weighs, how long a phone waits for it, and
//! how many durable answers the server takes. Prints figures beside targets
//! and references; asserts nothing.

use crate::command::{Run, Trouble};
use crate::fingerprint::files;
use crate::place::Place;
use crate::{app, testing, tools};
use std::fs;
use std::path::Path;

/// What the first typing task may weigh in Brotli, without the word's picture.
const MOST_BYTES: u64 = 200_000;

/// All of it, or the parts named: `size`, `phone`, `marks`, `heap`, `load`.
pub(crate) fn bench(place: &Place, args: &[String]) -> Result<(), Trouble> {
    let wanted = |part: &str| args.is_empty() || args.iter().any(|arg| arg == part);
    tools::for_browser(place)?;
    app::build(place)?;
    if wanted("size") {
        sizes(place)?;
    }
    if wanted("phone") {
        testing::browser(place)?.args([place.at("tests/browser/bench.mjs")]).done()?;
    }
    if wanted("marks") {
        let peers = tools::peers(place)?;
        testing::browser(place)?
            .env("TALKOOT_PEERS", peers)
            .args([place.at("tests/browser/marks.mjs")])
            .done()?;
    }
    if wanted("heap") {
        testing::browser(place)?.args([place.at("tests/browser/heap.mjs")]).done()?;
    }
    if wanted("load") {
        println!("\nDurable answers");
        Run::new(place, "cargo")
            .args(["bench", "--locked", "-p", "tests", "--bench", "load"])
            .env("TALKOOT_BIN", place.program())
            .done()?;
    }
    Ok(())
}

/// Bytes of each file, raw and packed, and the sum of what each kind's first task needs.
fn sizes(place: &Place) -> Result<(), Trouble> {
    let dist = place.at("dist/play");
    println!("\nThe app, in bytes{:31}raw        gzip      Brotli", "");
    let mut names = vec![];
    for file in files(&dist)? {
        let name = file.strip_prefix(&dist).unwrap_or(&file).to_string_lossy().into_owned();
        if !has(&name, "br") && !has(&name, "gz") {
            row(&name, weigh(&dist, &name));
            names.push(name);
        }
    }
    for page in names.iter().filter(|name| has(name, "html")) {
        let html = fs::read_to_string(dist.join(page)).map_err(Trouble::file("read", &dist))?;
        let mut sum = [0; 3];
        for name in names.iter().filter(|name| *name == page || html.contains(name.as_str())) {
            if needed_first(name) {
                let sizes = weigh(&dist, name);
                (0..3).for_each(|i| sum[i] += sizes[i]);
            }
        }
        row(&format!("first task of {page}, of {MOST_BYTES}"), sum);
    }
    Ok(())
}

fn has(name: &str, end: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == end)
}

/// Raw, gzip and Brotli; what is not packed goes out as it is.
fn weigh(dist: &Path, name: &str) -> [u64; 3] {
    let length = |path: &str| fs::metadata(dist.join(path)).ok().map(|m| m.len());
    let raw = length(name).unwrap_or_default();
    ["", ".gz", ".br"].map(|end| length(&format!("{name}{end}")).unwrap_or(raw))
}

fn row(name: &str, [raw, gzip, brotli]: [u64; 3]) {
    println!("  {name:<40} {raw:>9} {gzip:>11} {brotli:>11}");
}

/// Page, scripts, WebAssembly, styles and fonts; not icons, and not what is
/// fetched after the first task stands.
fn needed_first(name: &str) -> bool {
    const KINDS: [&str; 5] = ["html", "js", "wasm", "css", "woff2"];
    name.rsplit_once('.').is_some_and(|(_, kind)| KINDS.contains(&kind))
}
