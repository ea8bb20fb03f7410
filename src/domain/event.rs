//! What a game layer hears, and what it says to its stage.

use crate::{Effort, Judgement, Progress, TaskId};
use serde::{Deserialize, Serialize};

/// What happens to a volunteer, without a word of what was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// An answer was given and is safe on the device.
    Answered {
        /// The task.
        task: TaskId,
        /// What it counts for.
        effort: Effort,
    },
    /// An answer was taken back.
    TakenBack {
        /// The task.
        task: TaskId,
        /// What it had counted for.
        effort: Effort,
    },
    /// The server's word on an answer came.
    Judged {
        /// The task.
        task: TaskId,
        /// The word.
        verdict: Judgement,
    },
    /// The project's numbers came: everybody's work, this volunteer's included.
    Progressed {
        /// The numbers.
        progress: Progress,
        /// Of this volunteer's answers, how many are still on the device and
        /// so not in those numbers.
        waiting: u64,
    },
    /// Time went by while the app was in sight.
    Passed {
        /// How much.
        seconds: f32,
    },
}

/// What a layer asks its stage to show, once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "cue", rename_all = "snake_case")]
pub enum Cue {
    /// A piece of the volunteer's was laid.
    Laid,
    /// Pieces were confirmed since.
    Set {
        /// How many.
        pieces: u64,
    },
    /// Something real became possible: pages that can be read now.
    Unlocked {
        /// How many pages can be read now, in all.
        readable: u64,
    },
    /// All is done.
    Finished,
}
