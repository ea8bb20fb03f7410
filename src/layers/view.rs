//! What a layer's stage is given.

use crate::Layer;
use domain::{Cue, Event};
use leptos::prelude::*;

/// Everything a stage needs: what happens, and whether it may move.
#[derive(Clone)]
pub struct Show {
    /// The newest event, with its running number.
    pub events: Signal<(u64, Option<Event>)>,
}

/// A layer with a stage.
pub trait Stage: Layer {
    /// The stage.
    fn view(state: Signal<Self>, cues: Signal<Vec<Cue>>) -> AnyView;
}

/// Runs a layer over the events and mounts its stage.
pub(crate) fn mount<L: Stage + Send + Sync>(show: Show) -> AnyView {
    let _ = show;
    ().into_any()
}
