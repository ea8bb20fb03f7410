//! Six subjects painted with states, as plain data. Only what was painted is ever an answer.

use domain::{Given, Outcome, TaskId};
use serde_json::{Map, Value};

/// What a tile is painted with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Paint {
    /// A choice, by id.
    Choice(String),
    /// Something that is said instead.
    Outcome(Outcome),
}

/// The tiles that were painted, whichever are on the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Painted(Vec<(TaskId, Paint)>);

impl Painted {
    /// What a tile is painted with.
    pub(super) fn of(&self, task: TaskId) -> Option<&Paint> {
        self.0.iter().find(|(id, _)| *id == task).map(|(_, paint)| paint)
    }

    /// Paints one over.
    pub(super) fn paint(&mut self, task: TaskId, paint: Paint) {
        self.0.retain(|(id, _)| *id != task);
        self.0.push((task, paint));
    }

    /// A tap: paints it, or wipes it clean where it has that paint already.
    pub(super) fn tap(&mut self, task: TaskId, paint: &Paint) {
        if self.of(task) == Some(paint) {
            self.0.retain(|(id, _)| *id != task);
        } else {
            self.paint(task, paint.clone());
        }
    }

    /// Paints those that have no paint yet.
    pub(super) fn fill(&mut self, tasks: &[TaskId], paint: &Paint) {
        for task in tasks {
            if self.of(*task).is_none() {
                self.paint(*task, paint.clone());
            }
        }
    }

    /// How many of these have no paint.
    pub(super) fn bare(&self, tasks: &[TaskId]) -> usize {
        tasks.iter().filter(|task| self.of(**task).is_none()).count()
    }

    /// What is given, tile by tile in their order, once each of them is painted: a tile without
    /// paint is never an answer, and none before it is given away alone.
    pub(super) fn gifts(&self, tasks: &[TaskId]) -> Option<Vec<Given<String>>> {
        let gift = |task: &TaskId| {
            Some(match self.of(*task)? {
                Paint::Choice(id) => Given::Value(id.clone()),
                Paint::Outcome(outcome) => Given::Outcome(*outcome),
            })
        };
        tasks.iter().map(gift).collect()
    }

    /// The paint of these as it is kept in a draft.
    pub(super) fn write(&self, tasks: &[TaskId]) -> Value {
        let kept = |task: &TaskId| {
            let (name, what) = match self.of(*task)? {
                Paint::Choice(id) => ("choice", id.as_str()),
                Paint::Outcome(outcome) => ("outcome", outcome.name()),
            };
            let mut tile = Map::new();
            tile.insert("task".to_owned(), task.to_string().into());
            tile.insert(name.to_owned(), what.into());
            Some(Value::Object(tile))
        };
        Value::Array(tasks.iter().filter_map(kept).collect())
    }

    /// Takes paint in from a draft. A tile that has paint here keeps it.
    pub(super) fn recall(&mut self, kept: &Value) {
        for tile in kept.as_array().into_iter().flatten() {
            let paint = match (tile["choice"].as_str(), tile["outcome"].as_str()) {
                (Some(id), _) => Some(Paint::Choice(id.to_owned())),
                (None, name) => {
                    let known = Outcome::ALL.into_iter().find(|known| name == Some(known.name()));
                    known.map(Paint::Outcome)
                }
            };
            let task = tile["task"].as_str().and_then(|id| id.parse().ok());
            if let (Some(task), Some(paint)) = (task, paint) {
                self.fill(&[task], &paint);
            }
        }
    }

    /// Forgets all but these: answers that can be taken back keep their paint.
    pub(super) fn keep(&mut self, tasks: &[TaskId]) {
        self.0.retain(|(id, _)| tasks.contains(id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ids(count: u64) -> Vec<TaskId> {
        (0..count).map(|n| TaskId::v7(n, [1; 10])).collect()
    }

    fn wet() -> Paint {
        Paint::Choice("wet".into())
    }

    #[test]
    fn a_second_tap_wipes_it_clean_and_another_paint_paints_over() {
        let (mut painted, tiles) = (Painted::default(), ids(1));
        painted.tap(tiles[0], &wet());
        painted.tap(tiles[0], &Paint::Outcome(Outcome::Unreadable));
        assert_eq!(painted.gifts(&tiles).unwrap(), [Given::Outcome(Outcome::Unreadable)]);
        painted.tap(tiles[0], &Paint::Outcome(Outcome::Unreadable));
        assert_eq!(painted.of(tiles[0]), None);
    }

    #[test]
    fn filling_leaves_what_was_painted() {
        let (mut painted, tiles) = (Painted::default(), ids(3));
        painted.paint(tiles[1], wet());
        painted.fill(&tiles, &Paint::Choice("none".into()));
        let given = ["none", "wet", "none"].map(|id| Given::Value(id.to_owned()));
        assert_eq!(painted.gifts(&tiles).unwrap(), given);
    }

    #[test]
    fn only_what_can_be_taken_back_keeps_its_paint() {
        let (mut painted, tiles) = (Painted::default(), ids(4));
        painted.fill(&tiles, &wet());
        painted.keep(&tiles[..2]);
        assert_eq!((painted.bare(&tiles[..2]), painted.bare(&tiles)), (0, 2));
    }

    #[test]
    fn what_was_painted_since_is_not_painted_over_by_a_draft() {
        let (mut painted, tiles) = (Painted::default(), ids(2));
        painted.fill(&tiles, &wet());
        let draft = painted.write(&tiles);
        painted.paint(tiles[1], Paint::Outcome(Outcome::Skipped));
        painted.recall(&draft);
        assert_eq!(painted.of(tiles[1]), Some(&Paint::Outcome(Outcome::Skipped)));
        for strange in [Value::Null, serde_json::json!([{"task": "x", "choice": "a"}, {}, 3])] {
            let mut bare = Painted::default();
            bare.recall(&strange);
            assert_eq!(bare, Painted::default());
        }
    }

    proptest! {
        #[test]
        fn every_painted_tile_comes_back_from_a_draft(
            paints in proptest::collection::vec(proptest::option::of(0usize..7), 6),
        ) {
            let (mut painted, tiles) = (Painted::default(), ids(6));
            for (tile, paint) in tiles.iter().zip(&paints) {
                match paint {
                    Some(at @ 0..3) => painted.paint(*tile, Paint::Choice(format!("choice-{at}"))),
                    Some(at) => painted.paint(*tile, Paint::Outcome(Outcome::ALL[at - 3])),
                    None => {}
                }
            }
            let mut back = Painted::default();
            back.recall(&painted.write(&tiles));
            for tile in &tiles {
                prop_assert_eq!(back.of(*tile), painted.of(*tile));
            }
            // Of a wall that hangs no more nothing is kept.
            let mut first = Painted::default();
            first.recall(&painted.write(&tiles[..1]));
            prop_assert_eq!(first.bare(&tiles[1..]), 5);
        }

        #[test]
        fn a_tile_without_paint_is_never_an_answer(
            taps in proptest::collection::vec((0usize..6, any::<bool>()), 0..30),
        ) {
            let (mut painted, tiles) = (Painted::default(), ids(6));
            let mut known = [None; 6];
            for (tile, dry) in taps {
                let paint = if dry { Paint::Choice("dry".into()) } else { wet() };
                painted.tap(tiles[tile], &paint);
                known[tile] = if known[tile] == Some(dry) { None } else { Some(dry) };
            }
            let bare = known.iter().filter(|state| state.is_none()).count();
            prop_assert_eq!(painted.bare(&tiles), bare);
            match painted.gifts(&tiles) {
                None => prop_assert!(bare > 0),
                Some(gifts) => {
                    prop_assert_eq!(bare, 0);
                    for (gift, state) in gifts.iter().zip(known) {
                        let id = if state == Some(true) { "dry" } else { "wet" };
                        prop_assert_eq!(gift, &Given::Value(id.to_owned()));
                    }
                }
            }
        }
    }
}
