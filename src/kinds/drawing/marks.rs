//! The marks of one task and everything that was done to them: each step is a value, and can be
//! undone and done again.

use super::{Drawn, Geometry, Shape};

/// What can be done to the marks.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Edit {
    /// A mark is put after all others.
    Add(Shape),
    /// A mark is moved or given another form.
    Reshape(usize, Geometry),
    /// Something is said of a mark.
    Answer(usize, Vec<String>),
    /// A mark is taken away.
    Delete(usize),
}

/// The marks, and the way to them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Marks {
    shapes: Vec<Shape>,
    /// What takes each step back, the last one last.
    done: Vec<Undo>,
    undone: Vec<Undo>,
}

/// A step in one direction: the mark at a place becomes another, comes or goes.
#[derive(Clone, Debug, PartialEq)]
struct Undo {
    at: usize,
    /// What is there afterwards; none takes it away.
    put: Option<Shape>,
    /// Whether a mark is there before.
    over: bool,
}

impl Marks {
    /// Marks that are there from the start; that is no step.
    pub(super) fn new(shapes: Vec<Shape>) -> Self {
        Self { shapes, ..Self::default() }
    }

    /// The marks.
    pub(super) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// The marks with what was said of the whole.
    pub(super) fn drawn(&self, choices: Vec<String>) -> Drawn {
        Drawn { shapes: self.shapes.clone(), choices }
    }

    /// Does a step; whether it changed anything.
    pub(super) fn edit(&mut self, edit: Edit) -> bool {
        let step = match edit {
            Edit::Add(shape) => Undo { at: self.shapes.len(), put: Some(shape), over: false },
            Edit::Delete(at) if at < self.shapes.len() => Undo { at, put: None, over: true },
            Edit::Reshape(at, geometry) => match self.shapes.get(at) {
                Some(old) if old.geometry != geometry => {
                    Undo { at, put: Some(Shape { geometry, ..old.clone() }), over: true }
                }
                _ => return false,
            },
            Edit::Answer(at, choices) => match self.shapes.get(at) {
                Some(old) if old.choices != choices => {
                    Undo { at, put: Some(Shape { choices, ..old.clone() }), over: true }
                }
                _ => return false,
            },
            Edit::Delete(_) => return false,
        };
        let back = self.take(step);
        self.done.push(back);
        self.undone.clear();
        true
    }

    /// Takes the last step back; whether there was one.
    pub(super) fn undo(&mut self) -> bool {
        let Some(step) = self.done.pop() else { return false };
        let forth = self.take(step);
        self.undone.push(forth);
        true
    }

    /// Does the step again that was taken back last; whether there was one.
    pub(super) fn redo(&mut self) -> bool {
        let Some(step) = self.undone.pop() else { return false };
        let back = self.take(step);
        self.done.push(back);
        true
    }

    /// Something else is done: what was taken back is gone.
    pub(super) fn forget(&mut self) {
        self.undone.clear();
    }

    /// Whether there is a step to take back.
    pub(super) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is a step to do again.
    pub(super) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Takes a step and gives the one that leads back.
    fn take(&mut self, step: Undo) -> Undo {
        let Undo { at, put, over } = step;
        let there = put.is_some();
        let before = match (over, put) {
            (true, Some(shape)) => Some(std::mem::replace(&mut self.shapes[at], shape)),
            (true, None) => Some(self.shapes.remove(at)),
            (false, Some(shape)) => {
                self.shapes.insert(at, shape);
                None
            }
            (false, None) => None,
        };
        Undo { at, put: before, over: there }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point(x: f64) -> Geometry {
        Geometry::Point { x, y: 0.0 }
    }

    #[test]
    fn what_changes_nothing_is_no_step() {
        let mut marks = Marks::new(vec![Shape::new(point(1.0), "a")]);
        assert!(!marks.edit(Edit::Reshape(0, point(1.0))));
        assert!(!marks.edit(Edit::Answer(0, vec![])));
        assert!(!marks.edit(Edit::Delete(7)));
        assert!(!marks.can_undo() && !marks.undo() && !marks.redo());
        assert_eq!(marks.drawn(vec!["yes".into()]).choices, ["yes"]);
    }

    #[test]
    fn what_was_taken_back_is_gone_once_something_else_is_done() {
        let mut marks = Marks::default();
        assert!(marks.edit(Edit::Add(Shape::new(point(1.0), "a"))) && marks.undo());
        marks.forget();
        assert!(!marks.redo() && marks.shapes().is_empty());
    }

    fn edit(seed: (u8, usize, f64)) -> Edit {
        let (what, at, x) = seed;
        match what % 4 {
            0 => Edit::Add(Shape::new(point(x), "a")),
            1 => Edit::Reshape(at, point(x)),
            2 => Edit::Answer(at, vec![x.to_string()]),
            _ => Edit::Delete(at),
        }
    }

    proptest! {
        #[test]
        fn every_step_can_be_undone_and_done_again(
            steps in proptest::collection::vec((any::<u8>(), 0usize..4, 0.0..9.0), 0..20),
        ) {
            let mut marks = Marks::new(vec![Shape::new(point(0.5), "a")]);
            let mut states = vec![marks.shapes().to_vec()];
            for seed in steps {
                if marks.edit(edit(seed)) {
                    states.push(marks.shapes().to_vec());
                }
            }
            for state in states.iter().rev().skip(1) {
                prop_assert!(marks.undo());
                prop_assert_eq!(marks.shapes(), state.as_slice());
            }
            prop_assert!(!marks.undo());
            prop_assert_eq!(marks.can_redo(), states.len() > 1);
            for state in states.iter().skip(1) {
                prop_assert!(marks.redo());
                prop_assert_eq!(marks.shapes(), state.as_slice());
            }
            prop_assert!(!marks.redo());
        }
    }
}
