//! `cargo dev bench`: what the app weighs, how long a phone waits for it, and
//! how many durable answers the server takes. Prints figures beside targets
//! and references; asserts nothing.

use crate::command::{Run, Trouble};
use crate::fingerprint::files;
use crate::place::Place;
use crate::{app, testing, tools};
use std::fs;

/// What the first typing task may weigh in Brotli, without the word's picture.
const MOST_BYTES: u64 = 200_000;

/// All of it, or the parts named: `size`, `phone`, `load`.
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
    if wanted("load") {
        println!("\nDurable answers");
        Run::new(place, "cargo")
            .args(["bench", "--locked", "-p", "tests", "--bench", "load"])
            .env("TALKOOT_BIN", place.program())
            .done()?;
    }
    Ok(())
}

/// Bytes of each file, raw and packed, and the sum of what the first task needs.
fn sizes(place: &Place) -> Result<(), Trouble> {
    let dist = place.at("dist/play");
    println!("\nThe app, in bytes{:31}raw        gzip      Brotli  first task", "");
    let mut sum = [0; 3];
    for file in files(&dist)? {
        let name = file.strip_prefix(&dist).unwrap_or(&file).to_string_lossy().into_owned();
        if file.extension().is_some_and(|kind| kind == "br" || kind == "gz") {
            continue;
        }
        let length = |path: &str| fs::metadata(dist.join(path)).ok().map(|m| m.len());
        let raw = length(&name).unwrap_or_default();
        let sizes = [
            raw,
            length(&format!("{name}.gz")).unwrap_or(raw),
            length(&format!("{name}.br")).unwrap_or(raw),
        ];
        let first = needed_first(&name);
        if first {
            (0..3).for_each(|i| sum[i] += sizes[i]);
        }
        let [raw, gzip, brotli] = sizes;
        println!(
            "  {name:<40} {raw:>9} {gzip:>11} {brotli:>11}  {}",
            if first { "yes" } else { "" }
        );
    }
    let [raw, gzip, brotli] = sum;
    println!("  {:<40} {raw:>9} {gzip:>11} {brotli:>11}  target {MOST_BYTES}", "first task in all");
    Ok(())
}

/// Page, scripts, WebAssembly, styles and fonts; not icons, and not what is
/// fetched after the first task stands.
fn needed_first(name: &str) -> bool {
    const KINDS: [&str; 5] = ["html", "js", "wasm", "css", "woff2"];
    name != "sw.js" && name.rsplit_once('.').is_some_and(|(_, kind)| KINDS.contains(&kind))
}
