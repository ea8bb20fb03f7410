//! The common goal's stage.

use super::Goal;
use crate::Stage;
use domain::Cue;
use leptos::prelude::*;

impl Stage for Goal {
    fn view(_state: Signal<Self>, _cues: Signal<Vec<Cue>>) -> AnyView {
        ().into_any()
    }
}
