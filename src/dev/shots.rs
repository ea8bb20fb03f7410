//! `cargo dev shots`: every screen at three widths, light and dark.

use crate::command::Trouble;
use crate::place::Place;
use crate::{app, testing, tools};

/// Builds, and writes the sheets into docs/shots, all of them or those named.
pub(crate) fn shots(place: &Place, args: &[String]) -> Result<(), Trouble> {
    tools::for_browser(place)?;
    app::build(place)?;
    testing::browser(place)?
        .args([place.at("tests/browser/shots.mjs"), place.at("docs/shots")])
        .args(args)
        .done()
}
