//! One volunteer's visit to one project, as plain data. `apply` is the only
//! way it changes; what has to happen outside comes back as effects. It reads
//! no clock and makes no ids: both come in with the events.

use crate::outbox::{Counts, Prefs};
use crate::round::Round;
use domain::{
    AnswerId, AnswerIn, Effort, Event as Told, Given, Judgement, Project, ProjectState, Task,
    TaskId,
};
use kinds::{Gift, Shown};
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::Arc;

/// So many tasks are on the device ahead of the one on the screen.
pub(crate) const AHEAD: usize = 10;
/// So many answers can be taken back, newest first.
const TRAIL: usize = 20;
/// For so many milliseconds: a little less than the server takes them back for.
const TAKE_BACK_FOR: f64 = 570_000.0;

/// A visit.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Session {
    /// The project, once it is known.
    pub(crate) project: Option<Project>,
    /// The tasks on the device; the first is on the screen.
    pub(crate) queue: VecDeque<Item>,
    /// What was answered here, newest last.
    pub(crate) trail: Vec<Past>,
    /// The round that is going on, or that just ended.
    pub(crate) round: Round,
    /// How many warm-ups there are, and how many were answered.
    pub(crate) practice: (usize, usize),
    /// The warm-up on the screen was missed; its reading is being shown.
    missed: bool,
    /// Why no more tasks come, while that is so.
    pub(crate) halt: Option<Halt>,
    /// What waits in the outbox.
    pub(crate) counts: Counts,
    /// How the volunteer likes it.
    pub(crate) prefs: Prefs,
    /// A call for tasks is on its way.
    asking: bool,
    /// Every task that was on this device in this visit.
    known: Vec<TaskId>,
}

/// One task on the device.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub(crate) task: Arc<Task>,
    /// What had been put in before.
    pub(crate) draft: Option<Value>,
}

/// One answer that was given in this visit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Past {
    pub(crate) id: AnswerId,
    pub(crate) item: Item,
    pub(crate) given: Given<Value>,
    at: f64,
}

/// Why no more tasks come.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Halt {
    /// The server has none for this volunteer.
    Dry,
    /// The server cannot be reached.
    Offline,
    /// There is no such project.
    Unknown,
    /// Something else, in a sentence.
    Trouble(String),
}

/// What is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scene {
    /// A task.
    Task,
    /// The still screen after a round.
    Rest,
    /// Tasks are being fetched and none is here.
    Fetching,
    /// No task is here and none is coming: see `halt`.
    Halted,
}

/// What happens; `at` is when, in milliseconds of any clock.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Event {
    /// The visit begins: the project, its warm-ups, how many of them were
    /// answered before, and the tasks that were still on the device.
    Opened { project: Box<Project>, warm_ups: Vec<Task>, answered: usize, kept: Vec<Task> },
    /// Tasks came.
    Leased(Vec<Task>),
    /// No tasks came.
    NotLeased(Halt),
    /// The volunteer gave something for the task on the screen.
    Gave { gift: Gift, id: AnswerId, seconds: f64, layer: Option<String>, at: f64 },
    /// The volunteer takes the last answer back.
    TookBack { at: f64 },
    /// The server's word on an answer.
    Judged { id: AnswerId, verdict: Judgement },
    /// The outbox has other things in it.
    Counted(Counts),
    /// The volunteer likes it otherwise.
    Preferred(Prefs),
    /// Another round.
    Again,
    /// The network may be back, or somebody pressed "Try again".
    Retry,
}

/// What has to happen outside.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Effect {
    /// Write the answer to the device, now, then send it.
    Keep(Box<AnswerIn>),
    /// Take the answer back: off the device, or off the server.
    Withdraw(AnswerId),
    /// Ask for so many tasks.
    Lease(u32),
    /// The queue changed: fetch its pictures, keep on the device what is left of it.
    Stock,
    /// Keep how the volunteer likes it, and dress the page for it.
    Prefer,
    /// So many warm-ups are answered now.
    Practised(usize),
    /// For the game layers.
    Tell(Told),
}

impl Session {
    /// A visit that begins, by a volunteer who likes it so.
    pub(crate) fn new(prefs: Prefs) -> Self {
        Self { prefs, ..Self::default() }
    }

    /// What is on the screen.
    pub(crate) fn scene(&self) -> Scene {
        if self.round.resting {
            Scene::Rest
        } else if !self.queue.is_empty() {
            Scene::Task
        } else if self.halt.is_some() {
            Scene::Halted
        } else {
            Scene::Fetching
        }
    }

    /// The task on the screen, as its kind's screen takes it.
    pub(crate) fn shown(&self) -> Option<Shown> {
        let item = self.queue.front()?;
        let practice = item.task.lesson.is_some().then(|| {
            let (all, done) = self.practice;
            (if self.missed { done.max(1) } else { (done + 1).min(all) }, all)
        });
        Some(Shown {
            task: item.task.clone(),
            draft: item.draft.clone(),
            practice,
            missed: self.missed,
        })
    }

    /// Whether there is an answer to take back now.
    pub(crate) fn can_take_back(&self) -> bool {
        !self.trail.is_empty() && !self.missed
    }

    /// The tasks to keep on the device: all but the warm-ups, which come with the page.
    pub(crate) fn to_keep(&self) -> impl Iterator<Item = TaskId> {
        let tasks = self.queue.iter().map(|item| &item.task);
        tasks.filter(|task| task.lesson.is_none()).map(|task| task.id)
    }

    /// The game layer that is shown, if one is: the project's first that this
    /// program knows, unless the volunteer has switched the game off.
    pub(crate) fn layer(&self) -> Option<&str> {
        self.first_layer().filter(|_| !self.prefs.plain)
    }

    /// The project's first layer that this program knows.
    pub(crate) fn first_layer(&self) -> Option<&str> {
        let layers = &self.project.as_ref()?.layers;
        layers.iter().map(String::as_str).find(|layer| layers::IDS.contains(layer))
    }

    /// What has been put in for a task; whether that task is here.
    pub(crate) fn recall(&mut self, task: TaskId, value: Value) -> bool {
        let item = self.queue.iter_mut().find(|item| item.task.id == task);
        item.map(|item| item.draft = Some(value)).is_some()
    }

    /// The only way a visit changes, but for drafts.
    pub(crate) fn apply(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Opened { project, warm_ups, answered, kept } => {
                let handing_out = project.state == ProjectState::Live;
                self.project = Some(*project);
                self.practice = (warm_ups.len(), answered.min(warm_ups.len()));
                let left = warm_ups.into_iter().skip(answered);
                self.take_in(left.chain(kept));
                if !handing_out {
                    self.halt.get_or_insert(Halt::Dry);
                }
                self.stocked()
            }
            Event::Leased(tasks) => {
                self.asking = false;
                let none = tasks.is_empty();
                let new = self.take_in(tasks);
                if new > 0 {
                    self.halt = None;
                    return self.stocked();
                }
                // The same tasks again: they were handed out and are not answered yet.
                if none || self.queue.is_empty() {
                    self.halt = Some(Halt::Dry);
                }
                vec![]
            }
            Event::NotLeased(halt) => {
                self.asking = false;
                self.halt = Some(halt);
                vec![]
            }
            Event::Gave { gift, id, seconds, layer, at } => {
                self.give(gift, id, (seconds, at), layer)
            }
            Event::TookBack { at } => self.take_back(at),
            Event::Judged { id, verdict } => {
                let past = self.trail.iter().find(|past| past.id == id);
                match past.filter(|past| past.item.task.lesson.is_none()) {
                    Some(past) => {
                        vec![Effect::Tell(Told::Judged { task: past.item.task.id, verdict })]
                    }
                    None => vec![],
                }
            }
            Event::Counted(counts) => {
                self.counts = counts;
                vec![]
            }
            Event::Preferred(prefs) => {
                self.prefs = prefs;
                vec![Effect::Prefer]
            }
            Event::Again => {
                self.round = Round::default();
                self.ask_if_short()
            }
            Event::Retry => {
                self.halt = None;
                self.ask_if_short()
            }
        }
    }

    fn give(
        &mut self,
        gift: Gift,
        id: AnswerId,
        (seconds, at): (f64, f64),
        layer: Option<String>,
    ) -> Vec<Effect> {
        if std::mem::take(&mut self.missed) {
            // The reading was shown; this only moves on.
            self.queue.pop_front();
            return self.stocked();
        }
        let Some(front) = self.queue.front() else { return vec![] };
        let (task, practice) = (front.task.id, front.task.lesson.is_some());
        let effort = gift.given.effort();
        let (value, outcome) = match &gift.given {
            Given::Value(value) => (Some(value.clone()), None),
            Given::Outcome(outcome) => (None, Some(*outcome)),
        };
        let answer =
            AnswerIn { id, task, value, outcome, layer, seconds, corrections: gift.corrections };
        let mut effects = vec![Effect::Keep(Box::new(answer))];
        if practice {
            self.practice.1 += 1;
            effects.push(Effect::Practised(self.practice.1));
            // A skip is free in practice, too.
            self.missed = gift.missed && effort != Effort::None;
            if self.missed {
                return effects;
            }
            self.queue.pop_front();
        } else {
            effects.push(Effect::Tell(Told::Answered { task, effort }));
            self.round.count(effort, seconds);
            if let Some(item) = self.queue.pop_front() {
                self.trail.push(Past { id, item, given: gift.given, at });
                let surplus = self.trail.len().saturating_sub(TRAIL);
                self.trail.drain(..surplus);
            }
        }
        effects.extend(self.stocked());
        effects
    }

    fn take_back(&mut self, now: f64) -> Vec<Effect> {
        if !self.can_take_back() {
            return vec![];
        }
        // The server keeps those that are older: another answer would be one too many.
        self.trail.retain(|past| now - past.at < TAKE_BACK_FOR);
        let Some(Past { id, mut item, given, .. }) = self.trail.pop() else { return vec![] };
        let (task, effort) = (item.task.id, given.effort());
        // Instead of an answer something was said: what had been put in by then is there again.
        if let Given::Value(value) = given {
            item.draft = Some(value);
        }
        self.queue.push_front(item);
        self.round.uncount(effort);
        vec![Effect::Withdraw(id), Effect::Tell(Told::TakenBack { task, effort }), Effect::Stock]
    }

    /// Takes tasks in that are new here; says how many.
    fn take_in(&mut self, tasks: impl IntoIterator<Item = Task>) -> usize {
        let before = self.queue.len();
        for task in tasks {
            if !self.known.contains(&task.id) {
                self.known.push(task.id);
                self.queue.push_back(Item { task: Arc::new(task), draft: None });
            }
        }
        self.queue.len() - before
    }

    fn stocked(&mut self) -> Vec<Effect> {
        let mut effects = vec![Effect::Stock];
        effects.extend(self.ask_if_short());
        effects
    }

    fn ask_if_short(&mut self) -> Vec<Effect> {
        let here = self.queue.len();
        if self.project.is_none() || self.asking || self.halt.is_some() || here > AHEAD / 2 + 1 {
            return vec![];
        }
        self.asking = true;
        vec![Effect::Lease(u32::try_from(AHEAD + 1 - here.min(AHEAD)).unwrap_or(1).max(5))]
    }
}

/// What an answer counts for, as a share of one piece.
pub(crate) fn halves(effort: Effort) -> u32 {
    match effort {
        Effort::Whole => 2,
        Effort::Half => 1,
        Effort::None => 0,
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
