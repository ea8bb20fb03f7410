//! The wall that six subjects hang on, and what fingers do to it.

use super::desk::{Desk, chosen, said, value_of};
use super::painted::{Paint, Painted};
use crate::Shown;
use crate::questions::Choice;
use domain::{Outcome, Task, TaskId};
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;
use ui::{element_under, is_again};
use web_sys::{MouseEvent, PointerEvent};

/// What tiles are painted with, and how it reads.
#[derive(Clone)]
pub(super) struct Brush {
    pub(super) paint: Paint,
    pub(super) label: String,
    /// When it fits.
    pub(super) hint: Option<String>,
    /// It is there for tiles with a content note alone.
    spare: bool,
}

impl Brush {
    /// A brush for each choice and outcome. Leaving a covered tile to others is free, whatever
    /// else can be said.
    pub(super) fn all(choices: &[Choice], outcomes: &[Outcome]) -> Vec<Self> {
        let of_choice = |choice: &Choice| Self {
            paint: Paint::Choice(choice.id.clone()),
            label: choice.label.clone(),
            hint: choice.hint.clone(),
            spare: false,
        };
        let of_outcome = |outcome: Outcome, spare| Self {
            paint: Paint::Outcome(outcome),
            label: said(outcome).to_owned(),
            hint: None,
            spare,
        };
        let spare = (!outcomes.contains(&Outcome::Skipped)).then_some((Outcome::Skipped, true));
        let outcomes = outcomes.iter().map(|outcome| (*outcome, false)).chain(spare);
        let outcomes = outcomes.map(|(outcome, spare)| of_outcome(outcome, spare));
        choices.iter().map(of_choice).chain(outcomes).collect()
    }
}

pub(super) fn ids(batch: &[Arc<Task>]) -> Vec<TaskId> {
    batch.iter().map(|task| task.id).collect()
}

/// Where the tiles hang. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Wall {
    pub(super) desk: Desk,
    pub(super) batch: Memo<Vec<Arc<Task>>>,
    pub(super) painted: RwSignal<Painted>,
    /// Tiles with a content note that were asked for.
    pub(super) uncovered: RwSignal<Vec<TaskId>>,
    pub(super) brushes: StoredValue<Vec<Brush>>,
    pub(super) brush: RwSignal<usize>,
    /// The brush to begin with.
    pub(super) first: usize,
    /// The finger that is down, the tile it began on, and whether it was drawn on to another.
    pub(super) drawn: StoredValue<Option<(i32, Option<usize>, bool)>>,
    /// The tile that was touched last.
    pub(super) last: RwSignal<usize>,
    /// Somebody wanted to send while tiles were bare.
    pub(super) bare: RwSignal<bool>,
}

impl Wall {
    /// Another task is the first: what had been given for it before is its paint, and a draft
    /// has that of the tiles around it.
    pub(super) fn begin(self, value: &Value) {
        self.bare.set(false);
        self.last.set(0);
        if !untrack(|| self.offers(self.brush.get())) {
            self.brush.set(self.first);
        }
        let first = self.desk.shown.with_untracked(|s| s.as_ref().map(|s| s.task.id));
        self.painted.update(|painted| {
            painted.recall(&value["wall"]);
            if let (Some(first), Some(id)) = (first, chosen(value).into_iter().next()) {
                painted.fill(&[first], &Paint::Choice(id));
            }
        });
        let tasks = self.batch.with_untracked(|batch| ids(batch));
        let is_painted = |id: &TaskId| self.painted.with_untracked(|p| p.of(*id).is_some());
        let painted: Vec<TaskId> = tasks.iter().copied().filter(is_painted).collect();
        if !painted.is_empty() {
            // A wall that was taken back is kept as well as a new one.
            self.keep(&tasks);
            // What has paint had been seen, unless it was left to others.
            let seen = |id: &TaskId| {
                self.painted.with_untracked(|p| p.of(*id).is_some_and(|paint| !leaves(paint)))
            };
            self.uncovered.update(|open| open.extend(painted.into_iter().filter(seen)));
        }
    }

    /// Whether there is a brush of that number now.
    pub(super) fn offers(self, at: usize) -> bool {
        let noted = || self.batch.with(|batch| batch.iter().any(|task| task.note.is_some()));
        let spare = self.brushes.with_value(|brushes| brushes.get(at).map(|brush| brush.spare));
        spare.is_some_and(|spare| !spare || noted())
    }

    /// Takes another brush; says whether there is one of that number.
    pub(super) fn take(self, at: usize) -> bool {
        let there = untrack(|| self.offers(at));
        if there {
            self.brush.set(at);
        }
        there
    }

    fn paint(self) -> Option<Paint> {
        let at = self.brush.get_untracked();
        self.brushes.with_value(|brushes| brushes.get(at).map(|brush| brush.paint.clone()))
    }

    /// What not everybody wants to see stays covered until it is asked for, and is no answer
    /// before.
    pub(super) fn is_covered(self, task: &Arc<Task>) -> Signal<bool> {
        let (id, noted) = (task.id, task.note.is_some());
        Signal::derive(move || noted && self.uncovered.with(|open| !open.contains(&id)))
    }

    /// The tile that was touched last, to be seen closely; a covered one stays so.
    pub(super) fn near(self) -> Signal<Option<Shown>> {
        Signal::derive(move || {
            let task = self.batch.with(|batch| batch.get(self.last.get()).cloned())?;
            let open = !self.is_covered(&task).get();
            open.then_some(Shown { task, draft: None, practice: None, missed: false })
        })
    }

    /// The tiles that this paint can be put on: those that can be seen, to be left to others all.
    fn under(self, paint: &Paint) -> Vec<TaskId> {
        let open = self.uncovered.get_untracked();
        let free =
            |task: &&Arc<Task>| leaves(paint) || task.note.is_none() || open.contains(&task.id);
        self.batch.with_untracked(|batch| batch.iter().filter(free).map(|task| task.id).collect())
    }

    pub(super) fn tap(self, at: usize, event: &MouseEvent) {
        let drawn = self.drawn.get_value().is_some_and(|(.., drawn)| drawn);
        // Keys click too, without a finger; after a drawn line the click means nothing.
        if drawn && event.detail() > 0 {
            return;
        }
        self.last.set(at);
        let task = self.batch.with_untracked(|batch| batch.get(at).cloned());
        let (Some(task), Some(paint)) = (task, self.paint()) else { return };
        if !leaves(&paint) && self.is_covered(&task).get_untracked() {
            self.uncovered.update(|open| open.push(task.id));
            return;
        }
        self.painted.update(|painted| painted.tap(task.id, &paint));
        self.changed();
    }

    fn changed(self) {
        let tasks = self.batch.with_untracked(|batch| ids(batch));
        let bare = self.painted.with_untracked(|painted| painted.bare(&tasks));
        if bare == 0 {
            self.bare.set(false);
        }
        self.keep(&tasks);
    }

    /// Keeps the whole wall in the draft of the task that is shown: the first.
    fn keep(self, tasks: &[TaskId]) {
        let value = self.painted.with_untracked(|painted| {
            let first = match tasks.first().and_then(|first| painted.of(*first)) {
                Some(Paint::Choice(id)) => vec![id.clone()],
                _ => vec![],
            };
            let mut value = value_of(&first);
            value.insert("wall".to_owned(), painted.write(tasks));
            value
        });
        let draft = self.desk.run.with_value(|run| run.draft);
        draft.run(Value::Object(value));
    }

    pub(super) fn down(self, event: &PointerEvent) {
        if event.is_primary() {
            self.drawn.set_value(Some((event.pointer_id(), met(event), false)));
        }
    }

    /// A finger drawn on to another tile paints both.
    pub(super) fn moved(self, event: &PointerEvent) {
        let Some((pointer, from, drawn)) = self.drawn.get_value() else { return };
        // A mouse moves without being pressed, too.
        if pointer != event.pointer_id() || event.buttons() == 0 {
            return;
        }
        let to = met(event);
        if to.is_none() || (to == from && !drawn) {
            return;
        }
        self.drawn.set_value(Some((pointer, from, true)));
        let Some(paint) = self.paint() else { return };
        let free = self.under(&paint);
        let touched = self.batch.with_untracked(|batch| {
            let tile = |at: Option<usize>| batch.get(at?).map(|task| task.id);
            let both = [tile(from.filter(|_| !drawn)), tile(to)];
            both.into_iter().flatten().filter(|id| free.contains(id)).collect::<Vec<_>>()
        });
        let new = |id: &&TaskId| self.painted.with_untracked(|p| p.of(**id) != Some(&paint));
        let touched: Vec<TaskId> = touched.iter().filter(new).copied().collect();
        if !touched.is_empty() {
            self.painted.update(|painted| {
                for id in touched {
                    painted.paint(id, paint.clone());
                }
            });
            self.changed();
        }
    }

    /// Paints all that can be seen.
    pub(super) fn all(self) {
        let Some(paint) = self.paint() else { return };
        let free = self.under(&paint);
        self.painted.update(|painted| {
            for id in free {
                painted.paint(id, paint.clone());
            }
        });
        self.changed();
    }

    /// Paints those that can be seen and have no paint.
    pub(super) fn fill(self, none: &Paint) {
        let free = self.under(none);
        self.painted.update(|painted| painted.fill(&free, none));
        self.changed();
    }

    /// Gives all of them, the first first; not before each has its answer.
    pub(super) fn send(self) {
        if is_again() {
            return;
        }
        let tasks = self.batch.with_untracked(|batch| ids(batch));
        let gifts = self.painted.with_untracked(|painted| painted.gifts(&tasks));
        let Some(gifts) = gifts.filter(|gifts| !gifts.is_empty()) else {
            self.bare.set(true);
            return;
        };
        let practice =
            self.desk.shown.with_untracked(|s| s.as_ref().is_some_and(|s| s.task.lesson.is_some()));
        let count = gifts.len();
        for (at, gift) in gifts.into_iter().enumerate() {
            let given = gift.map(|id| Value::Object(value_of(&[id])));
            self.desk.give_one_of(given, count - at - 1);
        }
        self.desk.undo.gave(if practice { 0 } else { count });
        // What can be taken back keeps its paint until then.
        self.painted.update(|painted| painted.keep(&tasks));
    }
}

/// Whether this paint leaves a tile to others, who may look at it.
fn leaves(paint: &Paint) -> bool {
    *paint == Paint::Outcome(Outcome::Skipped)
}

/// The tile under a finger.
fn met(event: &PointerEvent) -> Option<usize> {
    let tile = element_under(event)?.closest("[data-tile]").ok()??;
    tile.get_attribute("data-tile")?.parse().ok()
}
