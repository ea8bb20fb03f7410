//! What is done on the desk: marks are drawn, moved, undone.

use super::desk::{Desk, Hand, Live, REACH};
use super::half::Half;
use super::handles::{corner_near, handles, reshaped, turns};
use super::marks::{Edit, Marks};
use super::stroke::Grab;
use super::{Form, Geometry, Point, Shape, Tool};
use leptos::prelude::*;

/// Points snap to corners that are nearer than this, in CSS pixels.
const SNAP: f64 = 14.0;

impl Desk {
    /// Does a step.
    pub(super) fn edit(self, edit: Edit) {
        let added = matches!(edit, Edit::Add(_));
        let (gone, moved) = match &edit {
            Edit::Delete(at) => (self.name_of(*at), None),
            Edit::Reshape(at, _) => (None, Some(*at)),
            _ => (None, None),
        };
        if self.marks.try_update(|marks| marks.edit(edit)) != Some(true) {
            return;
        }
        self.let_go();
        let count = self.marks.with_untracked(|marks| marks.shapes().len());
        if added {
            let at = count - 1;
            self.picked.set(Some(at));
            self.cornered.set(None);
            let name = self.name_of(at).unwrap_or_default();
            self.tell(&(name + " added"));
            if self.has_questions(at) {
                self.telling.set(Some(at));
            }
        }
        if let Some(name) = gone {
            self.picked.set(None);
            self.cornered.set(None);
            self.telling.set(None);
            self.tell(&(name + " deleted"));
        }
        if let Some(place) = moved.and_then(|at| self.place_of(at)) {
            self.tell(&place);
        }
        let wrong = self.picked.get_untracked().and_then(|at| self.wrong_with(at));
        self.fault.set(wrong.unwrap_or_default());
        self.keep();
    }

    /// Whether something is asked about a mark.
    pub(super) fn has_questions(self, at: usize) -> bool {
        let label = self.marks.with_untracked(|m| m.shapes().get(at)?.label.clone());
        let rules = self.rules();
        label.and_then(|l| rules.tool(&l)).is_some_and(|(_, tool)| !tool.questions.is_empty())
    }

    /// Takes the last step back: a point of the mark that is not finished, or an edit.
    pub(super) fn undo(self) {
        self.step(Marks::undo, "Undone");
    }

    /// Does again what was taken back last.
    pub(super) fn redo(self) {
        self.step(Marks::redo, "Done again");
    }

    /// Lets go of what a finger holds: the mark may be gone, another one or of another form now.
    pub(super) fn let_go(self) {
        self.stroke.update_value(|stroke| *stroke = std::mem::take(stroke).dropped());
        self.live.set_value(None);
        self.touch();
    }

    fn step(self, step: fn(&mut Marks) -> bool, news: &str) {
        self.let_go();
        if self.marks.try_update(step) == Some(true) {
            // A mark that is begun is gone on with by its own tool.
            let rules = self.rules();
            let tool = self.marks.with_untracked(|marks| Some(rules.tool(&marks.half()?.tool)?.0));
            if let Some(tool) = tool {
                self.hand.set(Hand::Tool(tool));
            }
            self.picked.set(None);
            self.cornered.set(None);
            self.telling.set(None);
            self.fault.set(String::new());
            let said = self.marks.with_untracked(|marks| marks.said().to_vec());
            if self.chosen.with_untracked(|chosen| *chosen != said) {
                // Else nobody would see what the step has changed.
                self.asking.set(true);
                self.chosen.set(said);
            }
            self.tell(news);
            self.keep();
        }
    }

    /// Deletes the chosen mark; without one, the mark that is not finished.
    pub(super) fn delete(self) {
        if let Some(at) = self.picked.get_untracked() {
            self.edit(Edit::Delete(at));
        } else {
            self.let_go();
            self.drop_half();
        }
    }

    /// Whether a mark is begun and not finished.
    pub(super) fn has_half(self) -> bool {
        self.marks.with_untracked(|marks| marks.half().is_some())
    }

    /// Gives up the mark that is not finished; Undo has it again. It goes from the device too:
    /// else it would be there again after a reload, when nobody sees it any more.
    pub(super) fn drop_half(self) {
        if self.marks.try_update(|marks| marks.edit(Edit::Begin(None))) == Some(true) {
            self.tell("Given up");
            self.keep();
        }
    }

    /// The nearest point inside of what may be drawn on.
    pub(super) fn inside(self, (x, y): Point) -> Point {
        let area = self.area();
        (x.max(area.x).min(area.right()), y.max(area.y).min(area.bottom()))
    }

    /// A point of the picture where it may be: inside, and on a near corner of another mark than
    /// `held`, one's own before another's. What is a point itself stays where it is put, however
    /// close to others.
    fn settle(self, at: Point, form: Option<Form>, held: Option<usize>) -> Point {
        let inside = self.inside(at);
        if !self.rules().snap || form == Some(Form::Point) {
            return inside;
        }
        let reach = SNAP / self.stage.view.get_untracked().scale;
        let own = self.marks.with_untracked(|m| corner_near(m.shapes(), held, inside, reach));
        let theirs = self.others.with_untracked(|o| corner_near(o, None, inside, reach));
        own.or(theirs).unwrap_or(inside)
    }

    /// Where the last point of a way comes to lie.
    pub(super) fn ending(self, live: &Live) -> Option<Point> {
        let end = *live.trail.last()?;
        Some(match live.grab {
            // Where a mark is turned to is a way and no place: it may lie outside.
            Grab::Handle(at, handle) if self.form_of(at).is_some_and(|g| turns(&g, handle)) => end,
            Grab::Handle(at, _) => self.settle(end, self.form_of(at).map(|g| g.form()), Some(at)),
            _ => self.settle(end, self.tool().map(|tool| tool.tool), None),
        })
    }

    /// What a way would make of the mark that it holds.
    pub(super) fn held(self, live: &Live) -> Option<(usize, Geometry)> {
        let (&start, &end) = (live.trail.first()?, live.trail.last()?);
        match live.grab {
            Grab::Mark(at, _) if live.trail.len() > 1 => {
                let old = self.form_of(at)?;
                let by = self.kept_inside(&old, (end.0 - start.0, end.1 - start.1));
                Some((at, old.moved(by.0, by.1)))
            }
            Grab::Handle(at, handle) if live.trail.len() > 1 => {
                let old = self.form_of(at)?;
                Some((at, reshaped(&old, handle, self.ending(live)?)))
            }
            _ => None,
        }
    }

    /// As much of a movement as leaves a mark inside of what may be drawn on.
    fn kept_inside(self, mark: &Geometry, by: Point) -> Point {
        let (area, lies) = (self.area(), mark.bounds());
        let keep = |by: f64, from: f64, to: f64, least: f64, most: f64| {
            // What lies over the edge already may stay there.
            if to - from > most - least {
                by
            } else {
                by.max((least - from).min(0.0)).min((most - to).max(0.0))
            }
        };
        (
            keep(by.0, lies.x, lies.right(), area.x, area.right()),
            keep(by.1, lies.y, lies.bottom(), area.y, area.bottom()),
        )
    }

    /// Moves a mark, or the corner that is chosen of it, by pixels of the picture.
    pub(super) fn nudge(self, at: usize, by: Point) {
        let Some(old) = self.form_of(at) else { return };
        let new = match self.corner_untracked() {
            Some((mark, corner)) if mark == at => {
                let place = handles(&old, false, 0.0).get(corner).copied().unwrap_or_default();
                reshaped(&old, corner, self.inside((place.0 + by.0, place.1 + by.1)))
            }
            _ => {
                let by = self.kept_inside(&old, by);
                old.moved(by.0, by.1)
            }
        };
        self.edit(Edit::Reshape(at, new));
    }

    /// Turns a box or an ellipse, where the project has them turned, by degrees clockwise.
    pub(super) fn turn(self, at: usize, by: f64) {
        let Some(mut geometry) = self.form_of(at).filter(|_| self.rules().rotatable) else {
            return;
        };
        if let Geometry::Box { rotation, .. } | Geometry::Ellipse { rotation, .. } = &mut geometry {
            *rotation = (*rotation + by).rem_euclid(360.0);
            self.edit(Edit::Reshape(at, geometry));
        }
    }

    /// The tool that is held.
    pub(super) fn tool(self) -> Option<Tool> {
        match self.hand.get_untracked() {
            Hand::Tool(at) => self.rules().tools.get(at).cloned(),
            Hand::Move => None,
        }
    }

    /// The way of a tool with its ends where they may be.
    pub(super) fn settled(self, trail: &[Point]) -> Vec<Point> {
        let form = self.tool().map(|tool| tool.tool);
        let mut trail: Vec<Point> = trail.to_vec();
        for point in &mut trail {
            *point = self.inside(*point);
        }
        let end = trail.len().saturating_sub(1);
        for at in [0, end] {
            if let Some(point) = trail.get_mut(at) {
                *point = self.settle(*point, form, None);
            }
        }
        trail
    }

    /// The tool was used: a tap where the way has one point.
    pub(super) fn used(self, trail: &[Point]) {
        let Some(tool) = self.tool() else { return };
        let trail = self.settled(trail);
        let reach = REACH / self.stage.view.get_untracked().scale;
        let begun = self.marks.with_untracked(|marks| marks.half().cloned());
        let begun = begun.filter(|half| half.tool == tool.id);
        let mut half = begun.unwrap_or_else(|| Half::new(&tool.id, tool.tool));
        let made = match trail.as_slice() {
            [] => None,
            [at] => half.tap(*at, reach),
            way => half.drag(way, reach),
        };
        self.finish(half, made);
    }

    /// Finishes an outline or a line with the points there are.
    pub(super) fn close(self) {
        if let Some(mut half) = self.marks.with_untracked(|marks| marks.half().cloned()) {
            let made = half.close();
            self.finish(half, made);
        }
    }

    fn finish(self, half: Half, made: Option<Geometry>) {
        if let Some(geometry) = made {
            return self.edit(Edit::Add(Shape::new(geometry, &half.tool)));
        }
        let points = half.points.len();
        self.marks.try_update(|marks| marks.edit(Edit::Begin(Some(half))));
        self.picked.set(None);
        self.fault.set(String::new());
        self.tell(&format!("Point {points} put"));
        self.keep();
    }
}
