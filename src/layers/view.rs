//! What a layer's stage is given.

use crate::Layer;
use domain::{Cue, Event};
use leptos::prelude::*;
use std::collections::VecDeque;
use ui::watch;

/// Everything a stage needs: what happens, and whether it may move.
#[derive(Clone, Copy)]
pub struct Show {
    /// The newest events with their running numbers, oldest first. Several may
    /// come at once; a stage that keeps up loses none.
    pub events: Signal<VecDeque<(u64, Event)>>,
    /// A solemn project: no animal, no movement.
    pub solemn: bool,
}

/// A layer with a stage.
pub trait Stage: Layer + Send + Sync {
    /// The stage. `cues` holds what the newest events asked to be shown.
    fn view(state: Signal<Self>, cues: Signal<Vec<Cue>>, solemn: bool) -> AnyView;
}

/// Runs a layer over the events and mounts its stage. Unmounted, it leaves nothing behind.
pub(crate) fn mount<L: Stage>(show: Show) -> AnyView {
    let state = RwSignal::new(L::default());
    let cues = RwSignal::new(Vec::new());
    let Show { events, solemn } = show;
    let mut seen = 0;
    watch(move || {
        let mut newest = seen;
        let mut told = Vec::new();
        events.with(|events| {
            for (number, event) in events.iter().filter(|(number, _)| *number > seen) {
                state.update(|state| state.step(event, &mut told));
                newest = *number;
            }
        });
        if !told.is_empty() {
            cues.set(told);
        }
        seen = newest;
    });
    L::view(state.into(), cues.into(), solemn)
}
