//! Given, agreed, checked: how full the shared bar is.

use crate::Layer;
use domain::{Cue, Effort, Event, Progress};
use serde::{Deserialize, Serialize};

/// The shared bar: everybody's numbers, and what this volunteer has given since they came.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    /// The newest numbers. They never go back while somebody looks.
    pub everybody: Progress,
    /// Halves of pieces given here that the numbers do not hold yet.
    ahead: u64,
    /// Halves of pieces given here in this visit.
    mine: u64,
}

/// How far each zone reaches, 0 to 1; the later lies within the earlier.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Zones {
    /// Answers given, of those that are wanted at the least.
    pub given: f64,
    /// Tasks agreed on.
    pub agreed: f64,
    /// Tasks that a second, independent reading confirms.
    pub checked: f64,
}

impl Goal {
    /// How far each zone reaches.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    pub fn zones(&self) -> Zones {
        let p = &self.everybody;
        let share = |part: f64, all: u64| {
            if all == 0 { 0.0 } else { (part / all as f64).clamp(0.0, 1.0) }
        };
        let checked = share(p.checked as f64, p.tasks);
        let agreed = share(p.agreed as f64, p.tasks).max(checked);
        let given = share(p.given as f64 + self.ahead as f64 / 2.0, p.wanted).max(agreed);
        Zones { given, agreed, checked }
    }

    /// Answers given by all, those given here this moment included.
    pub fn given(&self) -> u64 {
        self.everybody.given + self.ahead.div_ceil(2)
    }

    /// Pieces given here in this visit; a half counts when its other half comes.
    pub fn mine(&self) -> u64 {
        self.mine / 2
    }
}

fn halves(effort: Effort) -> u64 {
    match effort {
        Effort::Whole => 2,
        Effort::Half => 1,
        Effort::None => 0,
    }
}

impl Layer for Goal {
    const ID: &'static str = "goal";

    fn step(&mut self, event: &Event, cues: &mut Vec<Cue>) {
        match event {
            Event::Answered { effort, .. } => {
                self.ahead += halves(*effort);
                self.mine += halves(*effort);
                if *effort != Effort::None {
                    cues.push(Cue::Laid);
                }
            }
            Event::TakenBack { effort, .. } => {
                self.ahead = self.ahead.saturating_sub(halves(*effort));
                self.mine = self.mine.saturating_sub(halves(*effort));
            }
            Event::Progressed { progress, waiting } => {
                let before = self.everybody;
                self.everybody = Progress {
                    tasks: progress.tasks,
                    wanted: progress.wanted,
                    pages: progress.pages,
                    given: before.given.max(progress.given),
                    agreed: before.agreed.max(progress.agreed),
                    checked: before.checked.max(progress.checked),
                    readable: before.readable.max(progress.readable),
                };
                self.ahead = self.ahead.min(waiting * 2);
                let known = before.tasks > 0;
                let now = self.everybody;
                if known && now.agreed > before.agreed {
                    cues.push(Cue::Set { pieces: now.agreed - before.agreed });
                }
                if known && now.readable > before.readable {
                    cues.push(Cue::Unlocked { readable: now.readable });
                }
                if known && before.agreed < before.tasks && now.agreed >= now.tasks {
                    cues.push(Cue::Finished);
                }
            }
            Event::Judged { .. } | Event::Passed { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::TaskId;
    use proptest::prelude::*;

    fn progress(given: u64, agreed: u64, checked: u64) -> Progress {
        Progress { tasks: 100, given, agreed, checked, wanted: 200, pages: 2, readable: 0 }
    }

    fn event() -> impl Strategy<Value = Event> {
        let task = TaskId::v7(0, [0; 10]);
        prop_oneof![
            Just(Event::Answered { task, effort: Effort::Whole }),
            Just(Event::Answered { task, effort: Effort::Half }),
            (0u64..300, 0u64..100, 0u64..50, 0u64..4).prop_map(|(g, a, c, waiting)| {
                Event::Progressed { progress: progress(g, a, c), waiting }
            }),
        ]
    }

    proptest! {
        #[test]
        fn zones_lie_within_each_other(events in proptest::collection::vec(event(), 0..40)) {
            let mut goal = Goal::default();
            for event in &events {
                goal.step(event, &mut vec![]);
                let z = goal.zones();
                prop_assert!(0.0 <= z.checked && z.checked <= z.agreed);
                prop_assert!(z.agreed <= z.given && z.given <= 1.0);
            }
        }

        #[test]
        fn everybodys_numbers_never_go_back(events in proptest::collection::vec(event(), 0..40)) {
            let mut goal = Goal::default();
            for event in &events {
                let before = goal.everybody;
                goal.step(event, &mut vec![]);
                prop_assert!(goal.everybody.given >= before.given);
                prop_assert!(goal.everybody.agreed >= before.agreed);
                prop_assert!(goal.everybody.checked >= before.checked);
            }
        }
    }

    #[test]
    fn an_answer_moves_the_bar_before_the_server_says_so() {
        let task = TaskId::v7(0, [0; 10]);
        let mut goal = Goal::default();
        goal.step(&Event::Progressed { progress: progress(10, 0, 0), waiting: 0 }, &mut vec![]);
        let mut cues = vec![];
        goal.step(&Event::Answered { task, effort: Effort::Whole }, &mut cues);
        assert_eq!(cues, [Cue::Laid]);
        assert_eq!(goal.given(), 11);
        // The server's numbers hold it now: it is not counted twice.
        goal.step(&Event::Progressed { progress: progress(11, 0, 0), waiting: 0 }, &mut vec![]);
        assert_eq!(goal.given(), 11);
    }

    #[test]
    fn a_page_that_became_readable_is_told_once() {
        let mut goal = Goal::default();
        let mut at = progress(10, 4, 0);
        goal.step(&Event::Progressed { progress: at, waiting: 0 }, &mut vec![]);
        at.readable = 1;
        let mut cues = vec![];
        goal.step(&Event::Progressed { progress: at, waiting: 0 }, &mut cues);
        goal.step(&Event::Progressed { progress: at, waiting: 0 }, &mut cues);
        assert_eq!(cues, [Cue::Unlocked { readable: 1 }]);
    }
}
