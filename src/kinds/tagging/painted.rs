//! Six subjects painted with states, as plain data. Only what was painted is ever an answer.

use domain::{Given, Outcome, TaskId};

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

    proptest! {
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
