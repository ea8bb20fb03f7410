//! What a kind's screen is given.

use crate::Kind;
use leptos::prelude::*;

/// A run of tasks of one kind: everything its screen needs, and nothing of the app around it.
#[derive(Clone)]
pub struct Run {}

/// A kind with a screen.
pub trait Screen: Kind {
    /// The screen, mounted once for a whole run; only what it shows changes from task to task.
    fn view(run: Run) -> AnyView;
}
