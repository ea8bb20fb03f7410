//! `cargo dev …`: every task a shell script would do.
//!
//! It is compiled before anything else on a fresh machine, so it stays small:
//! the standard library, and the two compressors the app is packed with.

mod app;
mod bench;
mod check;
mod command;
mod fingerprint;
mod place;
mod rules;
#[cfg(feature = "sample")]
mod sample;
mod shots;
mod testing;
mod tools;

use command::{Run, Trouble};
use place::Place;
use std::process::ExitCode;

/// One command: its name, what it does, and how.
struct Entry {
    name: &'static str,
    about: &'static str,
    go: fn(&Place, &[String]) -> Result<(), Trouble>,
}

const COMMANDS: &[Entry] = &[
    Entry {
        name: "demo",
        about: "build everything and serve the sample drive on http://127.0.0.1:8080",
        go: app::demo,
    },
    Entry {
        name: "test",
        about: "all tests; or one part: check, rust, api, fault, wasm, browser",
        go: testing::test,
    },
    Entry {
        name: "check",
        about: "formatting, lints and the invariants of src/README.md",
        go: check::check,
    },
    Entry {
        name: "build",
        about: "the release program with the app inside: target/release/talkoot",
        go: |place, _| app::build(place),
    },
    Entry {
        name: "watch",
        about: "rebuild and reload the app at each change, with a running server behind it",
        go: app::watch,
    },
    Entry { name: "bench", about: "measure and print; asserts nothing", go: bench::bench },
    Entry {
        name: "shots",
        about: "sheets of every screen into docs/shots; or only those named",
        go: shots::shots,
    },
    Entry {
        name: "sample",
        about: "make the sample drives anew; or only those named",
        go: make_sample,
    },
];

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let Some(name) = args.next() else {
        list();
        return ExitCode::SUCCESS;
    };
    let rest: Vec<String> = args.collect();
    let Some(entry) = COMMANDS.iter().find(|entry| entry.name == name) else {
        eprintln!("There is no command “{name}”.");
        list();
        return ExitCode::FAILURE;
    };
    match Place::find().and_then(|place| (entry.go)(&place, &rest)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\n{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn list() {
    println!("cargo dev <command>\n");
    for entry in COMMANDS {
        println!("  {:<8} {}", entry.name, entry.about);
    }
}

/// The generator needs fonts, an image library and a shaper that no other
/// command needs, so it is a feature, and the command runs itself again with it.
#[cfg(not(feature = "sample"))]
fn make_sample(place: &Place, args: &[String]) -> Result<(), Trouble> {
    Run::new(place, "cargo")
        .args(["run", "--release", "-q", "-p", "dev", "--features", "sample", "--", "sample"])
        .args(args)
        .done()
}

#[cfg(feature = "sample")]
fn make_sample(place: &Place, args: &[String]) -> Result<(), Trouble> {
    let fonts = tools::fonts(place)?;
    let _ = Run::new(place, "cargo");
    sample::make(place, &fonts, args)
}
