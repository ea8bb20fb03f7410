//! Set-up: what the commands need is looked for, and fetched or built where it
//! is missing. What takes minutes goes into one folder outside the project and
//! is found there the next time.

mod node;
mod part;
mod system;

#[cfg(feature = "sample")]
pub(crate) use node::fonts;
pub(crate) use node::{esbuild, node_folder, peers, wasm_opt};
pub(crate) use system::{chromedriver, chromium, schemas};

use crate::command::{Steps, Trouble};
use crate::place::Place;
use part::Part;

/// What building the app and the program takes.
const BUILD: &[Part] = &[
    part::COMPILER,
    part::WASM_TARGET,
    part::NODE,
    part::WASM_OPT,
    part::WASM_BINDGEN,
    part::TRUNK,
];

/// What the tests take on top.
const TEST: &[Part] = &[part::CHROMIUM, part::XMLLINT, part::DRIVER, part::SCHEMAS];

/// Makes ready what building takes.
pub(crate) fn for_build(place: &Place) -> Result<(), Trouble> {
    make_ready(place, &[BUILD])
}

/// Makes ready what building and testing take.
pub(crate) fn for_tests(place: &Place) -> Result<(), Trouble> {
    make_ready(place, &[BUILD, TEST])
}

/// Makes ready what driving a browser takes, where the program is built already.
pub(crate) fn for_browser(place: &Place) -> Result<(), Trouble> {
    make_ready(place, &[BUILD, &[part::CHROMIUM, part::DRIVER]])
}

/// Makes ready what lints take.
pub(crate) fn for_lints(place: &Place) -> Result<(), Trouble> {
    make_ready(place, &[&[part::COMPILER, part::WASM_TARGET, part::LINTERS]])
}

fn make_ready(place: &Place, groups: &[&[Part]]) -> Result<(), Trouble> {
    let missing: Vec<&Part> =
        groups.iter().copied().flatten().filter(|part| !(part.ready)(place)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("Setting up; what takes long is kept in {}.", place.tools.display());
    std::fs::create_dir_all(&place.tools)
        .map_err(Trouble::file("make the folder", &place.tools))?;
    let mut steps = Steps::new(missing.len());
    for part in missing {
        steps.step(part.doing, || (part.make)(place))?;
        if !(part.ready)(place) {
            return Err(Trouble::new(part.without));
        }
    }
    Ok(())
}
