//! A round: twenty tasks or three minutes, then a still screen.

use crate::session::halves;
use domain::Effort;

/// Tasks in a round.
pub(crate) const ROUND: u32 = 20;
/// Seconds of work in a round: tasks that take long are not counted to twenty.
pub(crate) const SPAN: f64 = 3.0 * 60.0;
/// After so many seconds of work it is "a good place to stop".
pub(crate) const LONG: f64 = 30.0 * 60.0;

/// What a round gave so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Round {
    /// Tasks done, skipped ones not counted.
    pub(crate) tasks: u32,
    /// Halves of pieces given.
    pub(crate) halves: u32,
    /// Seconds of work in it.
    pub(crate) seconds: f64,
    /// The still screen is shown.
    pub(crate) resting: bool,
}

impl Round {
    /// One more task is done.
    pub(crate) fn count(&mut self, effort: Effort, seconds: f64) {
        if effort != Effort::None {
            self.tasks += 1;
            self.halves += halves(effort);
            self.seconds += seconds;
            self.resting = self.tasks >= ROUND || self.seconds >= SPAN;
        }
    }

    /// One was taken back; the round goes on.
    pub(crate) fn uncount(&mut self, effort: Effort) {
        if effort != Effort::None {
            self.tasks = self.tasks.saturating_sub(1);
            self.halves = self.halves.saturating_sub(halves(effort));
            self.resting = false;
        }
    }
}
