//! The marks of one task, the one that is begun, what is said of the whole, and everything that
//! was done to them: each step is a value, and can be undone and done again, after a reload too.

use super::half::Half;
use super::{Drawn, Geometry, Shape};
use domain::Read;
use serde_json::{Map, Value};

/// So many steps are kept with a draft in each direction: it is written at every one of them.
const KEPT: usize = 100;

/// What can be done to the marks.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Edit {
    /// The mark that is begun is this one now, or none.
    Begin(Option<Half>),
    /// A mark is finished, and put after all others.
    Add(Shape),
    /// A mark is moved or given another form.
    Reshape(usize, Geometry),
    /// Something is said of a mark.
    Answer(usize, Vec<String>),
    /// A mark is taken away.
    Delete(usize),
    /// Something is said of the whole.
    Say(Vec<String>),
}

/// The marks, and the way to them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Marks {
    shapes: Vec<Shape>,
    /// The mark that is begun, with one point at least.
    half: Option<Half>,
    /// What is said of the whole.
    said: Vec<String>,
    /// What takes each step back, the last one last.
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// A step in one direction.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    change: Option<Change>,
    /// The mark that is begun afterwards.
    half: Option<Half>,
    /// What is said of the whole afterwards, where something else was said before.
    said: Option<Vec<String>>,
}

/// The mark at a place becomes another, comes or goes.
#[derive(Clone, Debug, PartialEq)]
struct Change {
    at: usize,
    /// What is there afterwards; none takes it away.
    put: Option<Shape>,
    /// Whether a mark is there before.
    over: bool,
}

impl Marks {
    /// Marks from a draft, with the one that is begun and the steps that were kept; without those
    /// where they lead nowhere.
    pub(super) fn with_steps(drawn: Drawn, half: Option<Half>, steps: &Value) -> Self {
        let Drawn { shapes, choices: said } = drawn;
        let read = |name: &str| {
            let steps =
                steps[name].as_array()?.iter().map(Step::read).collect::<Option<Vec<_>>>()?;
            leads(shapes.len(), &steps).then_some(steps)
        };
        let (done, undone) = read("done").zip(read("undone")).unwrap_or_default();
        Self { shapes, half, said, done, undone }
    }

    /// The last steps in both directions, to be kept with a draft.
    pub(super) fn steps(&self) -> Value {
        let mut map = Map::new();
        for (name, steps) in [("done", &self.done), ("undone", &self.undone)] {
            let last = steps.iter().skip(steps.len().saturating_sub(KEPT));
            map.insert(name.to_owned(), Value::Array(last.map(Step::write).collect()));
        }
        Value::Object(map)
    }

    /// The marks.
    pub(super) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// The mark that is begun.
    pub(super) fn half(&self) -> Option<&Half> {
        self.half.as_ref()
    }

    /// What is said of the whole.
    pub(super) fn said(&self) -> &[String] {
        &self.said
    }

    /// The marks with what is said of the whole.
    pub(super) fn drawn(&self) -> Drawn {
        Drawn { shapes: self.shapes.clone(), choices: self.said.clone() }
    }

    /// Does a step; whether it changed anything.
    pub(super) fn edit(&mut self, edit: Edit) -> bool {
        let half = match &edit {
            Edit::Begin(half) => half.clone().filter(|half| !half.points.is_empty()),
            Edit::Add(_) => None,
            _ => self.half.clone(),
        };
        let mut said = None;
        let change = match edit {
            Edit::Begin(_) if half == self.half => return false,
            Edit::Begin(_) => None,
            Edit::Add(shape) => {
                Some(Change { at: self.shapes.len(), put: Some(shape), over: false })
            }
            Edit::Delete(at) if at < self.shapes.len() => {
                Some(Change { at, put: None, over: true })
            }
            Edit::Reshape(at, geometry) => match self.shapes.get(at) {
                Some(old) if old.geometry != geometry => {
                    Some(Change { at, put: Some(Shape { geometry, ..old.clone() }), over: true })
                }
                _ => return false,
            },
            Edit::Answer(at, choices) => match self.shapes.get(at) {
                Some(old) if old.choices != choices => {
                    Some(Change { at, put: Some(Shape { choices, ..old.clone() }), over: true })
                }
                _ => return false,
            },
            Edit::Delete(_) => return false,
            Edit::Say(now) if now == self.said => return false,
            Edit::Say(now) => {
                said = Some(now);
                None
            }
        };
        let back = self.take(Step { change, half, said });
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

    /// Whether there is a step to take back.
    pub(super) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is a step to do again.
    pub(super) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Takes a step and gives the one that leads back.
    fn take(&mut self, step: Step) -> Step {
        let half = std::mem::replace(&mut self.half, step.half);
        let said = step.said.map(|said| std::mem::replace(&mut self.said, said));
        Step { change: step.change.map(|change| self.change(change)), half, said }
    }

    fn change(&mut self, Change { at, put, over }: Change) -> Change {
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
        Change { at, put: before, over: there }
    }
}

impl Step {
    fn write(&self) -> Value {
        let mut map = Map::new();
        let mut put = |name: &str, value: Value| {
            map.insert(name.to_owned(), value);
        };
        if let Some(change) = &self.change {
            put("at", change.at.into());
            put("over", change.over.into());
            if let Some(shape) = &change.put {
                put("put", shape.write());
            }
        }
        if let Some(half) = &self.half {
            put("half", half.write());
        }
        if let Some(said) = &self.said {
            put("said", said.clone().into());
        }
        Value::Object(map)
    }
}

impl Read for Step {
    fn read(value: &Value) -> Option<Self> {
        let change = if value["at"].is_null() {
            None
        } else {
            Some(Change {
                at: usize::try_from(value["at"].as_u64()?).ok()?,
                put: Option::read(&value["put"])?,
                over: value["over"].as_bool()?,
            })
        };
        let (half, said) = (Option::read(&value["half"])?, Option::read(&value["said"])?);
        Some(Self { change, half, said })
    }
}

/// Whether steps can be taken one after the other, the last first, where so many marks are.
fn leads(mut count: usize, steps: &[Step]) -> bool {
    steps.iter().rev().filter_map(|step| step.change.as_ref()).all(|change| {
        let fits = match (change.over, &change.put) {
            (true, _) => change.at < count,
            (false, Some(_)) => change.at <= count,
            (false, None) => false,
        };
        count = count + usize::from(change.put.is_some()) - usize::from(fits && change.over);
        fits
    })
}

#[cfg(test)]
mod tests {
    use super::super::Form;
    use super::*;
    use proptest::prelude::*;

    fn from(shapes: Vec<Shape>) -> Marks {
        Marks { shapes, ..Marks::default() }
    }

    fn point(x: f64) -> Geometry {
        Geometry::Point { x, y: 0.0 }
    }

    #[test]
    fn what_changes_nothing_is_no_step() {
        let mut marks = from(vec![Shape::new(point(1.0), "a")]);
        assert!(!marks.edit(Edit::Reshape(0, point(1.0))));
        assert!(!marks.edit(Edit::Answer(0, vec![])));
        assert!(!marks.edit(Edit::Delete(7)));
        assert!(!marks.can_undo() && !marks.undo() && !marks.redo());
        assert!(marks.edit(Edit::Say(vec!["yes".into()])));
        assert!(!marks.edit(Edit::Say(vec!["yes".into()])));
        assert_eq!(marks.said(), ["yes"]);
        assert_eq!(marks.drawn().choices, ["yes"]);
    }

    #[test]
    fn what_was_taken_back_is_gone_once_something_else_is_done() {
        let mut marks = Marks::default();
        assert!(marks.edit(Edit::Add(Shape::new(point(1.0), "a"))) && marks.undo());
        assert!(marks.edit(Edit::Begin(Some(half(1)))));
        assert!(!marks.redo() && marks.shapes().is_empty());
    }

    fn half(points: u8) -> Half {
        let points = (0..points).map(|x| (f64::from(x), 0.0)).collect();
        Half { points, ..Half::new("lake", Form::Polygon) }
    }

    #[test]
    fn an_outline_that_was_finished_by_mistake_is_gone_on_with() {
        let mut marks = Marks::default();
        for points in 1..4 {
            assert!(marks.edit(Edit::Begin(Some(half(points)))));
        }
        assert!(!marks.edit(Edit::Begin(Some(half(3)))), "the same point again is no step");
        let outline = Geometry::Polygon { points: half(3).points };
        assert!(marks.edit(Edit::Add(Shape::new(outline, "lake"))) && marks.half().is_none());
        assert!(marks.undo() && marks.shapes().is_empty());
        assert_eq!(marks.half(), Some(&half(3)));
        assert!(marks.undo());
        assert_eq!(marks.half(), Some(&half(2)));
    }

    #[test]
    fn what_was_done_to_others_while_one_is_begun_is_taken_back_first() {
        let mut marks = from(vec![Shape::new(point(1.0), "a")]);
        assert!(marks.edit(Edit::Begin(Some(half(2)))) && marks.edit(Edit::Reshape(0, point(5.0))));
        assert!(marks.undo());
        assert_eq!((marks.half(), &marks.shapes()[0].geometry), (Some(&half(2)), &point(1.0)));
        assert!(marks.undo() && marks.half().is_none());
    }

    #[test]
    fn steps_that_lead_nowhere_are_left() {
        let shapes = vec![Shape::new(point(1.0), "a")];
        let drawn = Drawn { shapes: shapes.clone(), ..Drawn::default() };
        let step = |at: u8, over: bool| serde_json::json!([{ "at": at, "over": over }]);
        for done in [
            step(1, true),
            step(0, false),
            serde_json::json!([{ "at": -1 }]),
            serde_json::json!([{ "said": 1 }]),
        ] {
            let steps = serde_json::json!({ "done": done, "undone": [] });
            assert!(!Marks::with_steps(drawn.clone(), None, &steps).can_undo());
        }
        let steps = serde_json::json!({ "done": step(0, true), "undone": [] });
        let mut marks = Marks::with_steps(drawn.clone(), None, &steps);
        assert!(marks.undo() && marks.shapes().is_empty() && marks.redo());
        assert_eq!(marks.shapes(), shapes);
        assert_eq!(Marks::with_steps(drawn, None, &Value::Null), from(shapes));
    }

    #[test]
    fn a_draft_keeps_the_last_steps_only() {
        let mut marks = Marks::default();
        for at in 0..250 {
            marks.edit(Edit::Add(Shape::new(point(f64::from(at)), "a")));
        }
        let mut marks = Marks::with_steps(marks.drawn(), None, &marks.steps());
        while marks.undo() {}
        assert_eq!(marks.shapes().len(), 250 - KEPT);
    }

    fn edit(seed: (u8, usize, f64)) -> Edit {
        let (what, at, x) = seed;
        match what % 6 {
            5 => Edit::Say((0..at).map(|n| n.to_string()).collect()),
            4 => Edit::Begin((at < 3).then(|| half(what % 3 + 1))),
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
            let state = |marks: &Marks| (marks.drawn(), marks.half().cloned());
            // A reload between, at any point, changes nothing of it.
            let reloaded = |marks: &Marks| {
                Marks::with_steps(marks.drawn(), marks.half().cloned(), &marks.steps())
            };
            let mut marks = from(vec![Shape::new(point(0.5), "a")]);
            let mut states = vec![state(&marks)];
            for seed in steps {
                if marks.edit(edit(seed)) {
                    states.push(state(&marks));
                }
            }
            marks = reloaded(&marks);
            for before in states.iter().rev().skip(1) {
                prop_assert!(marks.undo());
                prop_assert_eq!(&state(&marks), before);
            }
            prop_assert!(!marks.undo());
            prop_assert_eq!(marks.can_redo(), states.len() > 1);
            marks = reloaded(&marks);
            for after in states.iter().skip(1) {
                prop_assert!(marks.redo());
                prop_assert_eq!(&state(&marks), after);
            }
            prop_assert!(!marks.redo());
        }
    }
}
