//! The tagging screens. What is stored is the same for all of them.

use super::desk::Desk;
use super::{Layout, Tagging, TaggingRules};
use super::{screen_card::card, screen_grid::grid, screen_list::list};
use crate::{Run, Screen};
use domain::Read;
use leptos::prelude::*;
use serde_json::Value;

impl Screen for Tagging {
    fn view(run: Run) -> AnyView {
        let rules = TaggingRules::read(&run.rules).unwrap_or_default();
        let screen = rules.screen;
        let desk = Desk::new(run, rules);
        match screen {
            Layout::List | Layout::Pair => list(desk),
            Layout::Card => card(desk),
            Layout::Grid => grid(desk),
        }
    }

    /// A wall does, tile by tile.
    fn covers(rules: &Value) -> bool {
        rules["screen"].as_str() == Some("grid")
    }
}
