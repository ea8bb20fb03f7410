//! What lies on the volunteer's desk while they draw, and all that can be done there.

use super::check::{check, check_geometry, drawable};
use super::half::Half;
use super::handles::{corner_near, reshaped};
use super::marks::{Edit, Marks};
use super::stroke::{Grab, Stroke};
use super::{DrawingRules, Drawn, Geometry, Point, Shape, agree};
use crate::questions::check_chosen;
use crate::{Gift, Run, Shown};
use domain::{Given, Outcome, Read, Rect};
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;
use ui::stage::Stage;

/// Half of a target, in CSS pixels.
pub(super) const REACH: f64 = 22.0;
/// Points snap to corners that are nearer than this, in CSS pixels.
const SNAP: f64 = 14.0;

/// What the volunteer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hand {
    /// Nothing: the picture and marks are moved.
    Move,
    /// The tool of that number.
    Tool(usize),
}

/// What a finger is doing, as it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Live {
    pub(super) grab: Grab,
    /// Its way, in pixels of the picture.
    pub(super) trail: Vec<Point>,
    /// Where the finger is in the room, where it hides what is below it.
    pub(super) finger: Option<Point>,
}

/// The desk. Copies are the same desk.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) run: StoredValue<Run>,
    pub(super) rules: StoredValue<Arc<DrawingRules>>,
    pub(super) stage: Stage,
    pub(super) marks: RwSignal<Marks>,
    /// What was chosen about the whole subject.
    pub(super) chosen: RwSignal<Vec<String>>,
    /// The questions about the whole subject are being asked.
    pub(super) asking: RwSignal<bool>,
    pub(super) hand: RwSignal<Hand>,
    /// The mark that is not finished.
    pub(super) half: RwSignal<Option<Half>>,
    /// The mark that was chosen.
    pub(super) picked: RwSignal<Option<usize>>,
    /// The mark whose questions are being asked.
    pub(super) telling: RwSignal<Option<usize>>,
    /// What is wrong, in a sentence.
    pub(super) fault: RwSignal<String>,
    /// The cross that the keyboard moves, in pixels of the picture.
    pub(super) cross: RwSignal<Option<Point>>,
    /// What happened last, for those who do not see it.
    pub(super) news: RwSignal<String>,
    /// The second picture of a pair is shown.
    pub(super) second: RwSignal<bool>,
    pub(super) live: StoredValue<Option<Live>, LocalStorage>,
    pub(super) stroke: StoredValue<Stroke, LocalStorage>,
}

impl Desk {
    pub(super) fn rules(self) -> Arc<DrawingRules> {
        self.rules.get_value()
    }

    pub(super) fn shown(self) -> Option<Shown> {
        self.run.with_value(|run| run.shown).get_untracked()
    }

    /// What may be drawn on.
    pub(super) fn area(self) -> Rect {
        let shown = self.run.with_value(|run| run.shown);
        let area = shown.with_untracked(|s| s.as_ref().and_then(|s| drawable(&s.task.subject)));
        area.unwrap_or_default()
    }

    /// Lays another task on the desk: its draft, its prefill, or nothing.
    pub(super) fn begin(self) {
        let rules = self.rules();
        let shown = self.shown();
        let start = shown.as_ref().and_then(|s| s.draft.as_ref().or(s.task.prefill.as_ref()));
        let drawn = start.and_then(Drawn::read).unwrap_or_default();
        let half = start.and_then(|value| Half::read(&value["half"]));
        let half = half.filter(|half| rules.tool(&half.tool).is_some());
        let asked = check_chosen(&rules.questions, &drawn.choices, "").is_ok();
        self.asking.set(!rules.questions.is_empty() && (!asked || drawn.choices.is_empty()));
        self.marks.set(Marks::new(drawn.shapes));
        self.chosen.set(drawn.choices);
        let tool = half.as_ref().and_then(|half| Some(rules.tool(&half.tool)?.0));
        self.half.set(half);
        self.hand.set(Hand::Tool(tool.unwrap_or_else(|| self.first_tool())));
        self.picked.set(None);
        self.telling.set(None);
        self.fault.set(String::new());
        self.cross.set(None);
        self.news.set(String::new());
        self.second.set(false);
        self.live.set_value(None);
        self.stage.home();
        self.stage.touch();
    }

    /// The first tool that is there for what was chosen.
    fn first_tool(self) -> usize {
        let offered =
            |chosen: &Vec<String>| self.rules().tools.iter().position(|tool| tool.offered(chosen));
        self.chosen.with_untracked(offered).unwrap_or(0)
    }

    /// Keeps what there is on the device.
    fn keep(self) {
        let mut value = self.marks.with_untracked(|m| m.drawn(self.chosen.get_untracked())).write();
        let half = self.half.with_untracked(|half| {
            half.as_ref().filter(|half| !half.points.is_empty()).map(Half::write)
        });
        if let (Some(half), Value::Object(map)) = (half, &mut value) {
            map.insert("half".to_owned(), half);
        }
        self.run.with_value(|run| run.draft.run(value));
        self.stage.touch();
    }

    /// Takes a tool, or none.
    pub(super) fn take(self, hand: Hand) {
        if let Hand::Tool(at) = hand {
            let rules = self.rules();
            let mine = rules.tools.get(at).map(|tool| tool.id.clone());
            let other = self.half.with_untracked(|half| {
                half.as_ref().is_some_and(|half| Some(&half.tool) != mine.as_ref())
            });
            if other {
                self.close();
                self.half.set(None);
            }
            self.picked.set(None);
        } else {
            self.cross.set(None);
        }
        self.hand.set(hand);
        self.fault.set(String::new());
        self.stage.touch();
    }

    /// Chooses a mark, or none.
    pub(super) fn pick(self, mark: Option<usize>) {
        self.picked.set(mark);
        self.fault.set(mark.and_then(|at| self.wrong_with(at)).unwrap_or_default());
        if let Some(name) = mark.and_then(|at| self.name_of(at)) {
            self.news.set(name + " chosen");
        }
        self.stage.touch();
    }

    /// What is wrong with a mark's form.
    pub(super) fn wrong_with(self, at: usize) -> Option<String> {
        let geometry = self.marks.with_untracked(|m| Some(m.shapes().get(at)?.geometry.clone()))?;
        check_geometry(&self.area(), geometry).err().map(|fault| fault.detail)
    }

    /// What a mark is called: its number, what it marks, and its form.
    pub(super) fn name_of(self, at: usize) -> Option<String> {
        let label = self.marks.with_untracked(|m| m.shapes().get(at)?.label.clone())?;
        let name = self.rules().tool(&label).map(|(_, tool)| tool.label.clone());
        Some(format!("{}. {}", at + 1, name.unwrap_or(label)))
    }

    /// Does a step.
    pub(super) fn edit(self, edit: Edit) {
        let added = matches!(edit, Edit::Add(_));
        let gone = match &edit {
            Edit::Delete(at) => self.name_of(*at),
            _ => None,
        };
        if self.marks.try_update(|marks| marks.edit(edit)) != Some(true) {
            return;
        }
        let count = self.marks.with_untracked(|marks| marks.shapes().len());
        if added {
            let at = count - 1;
            self.picked.set(Some(at));
            let name = self.name_of(at).unwrap_or_default();
            self.news.set(name + " added");
            if self.has_questions(at) {
                self.telling.set(Some(at));
            }
        }
        if let Some(name) = gone {
            self.picked.set(None);
            self.telling.set(None);
            self.news.set(name + " deleted");
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
        self.step(Half::undo, Marks::undo, "Undone");
    }

    /// Does again what was taken back last.
    pub(super) fn redo(self) {
        self.step(Half::redo, Marks::redo, "Done again");
    }

    fn step(self, half: fn(&mut Half) -> bool, marks: fn(&mut Marks) -> bool, news: &str) {
        let point = self.half.try_update(|h| h.as_mut().is_some_and(half)) == Some(true);
        if point || self.marks.try_update(marks) == Some(true) {
            self.picked.set(None);
            self.telling.set(None);
            self.fault.set(String::new());
            self.news.set(news.to_owned());
            self.keep();
        }
    }

    /// Deletes the chosen mark; without one, the mark that is not finished.
    pub(super) fn delete(self) {
        if let Some(at) = self.picked.get_untracked() {
            self.edit(Edit::Delete(at));
        } else {
            self.half.set(None);
            self.keep();
        }
    }

    /// A point of the picture where it may be: inside, and on a corner that is near.
    pub(super) fn settle(self, (x, y): Point) -> Point {
        let area = self.area();
        let inside = (x.max(area.x).min(area.right()), y.max(area.y).min(area.bottom()));
        if !self.rules().snap {
            return inside;
        }
        let reach = SNAP / self.stage.view.get_untracked().scale;
        let corner = self.marks.with_untracked(|m| corner_near(m.shapes(), inside, reach));
        corner.unwrap_or(inside)
    }

    /// What a way would make of the mark that it holds.
    pub(super) fn held(self, live: &Live) -> Option<(usize, Geometry)> {
        let (&start, &end) = (live.trail.first()?, live.trail.last()?);
        match live.grab {
            Grab::Mark(at) if live.trail.len() > 1 => {
                let old =
                    self.marks.with_untracked(|m| Some(m.shapes().get(at)?.geometry.clone()))?;
                let by = self.kept_inside(&old, (end.0 - start.0, end.1 - start.1));
                Some((at, old.moved(by.0, by.1)))
            }
            Grab::Handle(at, handle) if live.trail.len() > 1 => {
                let old =
                    self.marks.with_untracked(|m| Some(m.shapes().get(at)?.geometry.clone()))?;
                Some((at, reshaped(&old, handle, self.settle(end))))
            }
            _ => None,
        }
    }

    /// As much of a movement as leaves a mark inside of what may be drawn on.
    fn kept_inside(self, mark: &Geometry, by: Point) -> Point {
        let (area, lies) = (self.area(), mark.bounds());
        let keep = |by: f64, from: f64, to: f64, least: f64, most: f64| {
            if to - from > most - least { by } else { by.max(least - from).min(most - to) }
        };
        (
            keep(by.0, lies.x, lies.right(), area.x, area.right()),
            keep(by.1, lies.y, lies.bottom(), area.y, area.bottom()),
        )
    }

    /// Moves the chosen mark by pixels of the picture.
    pub(super) fn nudge(self, at: usize, by: Point) {
        let old = self.marks.with_untracked(|m| Some(m.shapes().get(at)?.geometry.clone()));
        if let Some(old) = old {
            let by = self.kept_inside(&old, by);
            self.edit(Edit::Reshape(at, old.moved(by.0, by.1)));
        }
    }

    /// The tool that is held.
    pub(super) fn tool(self) -> Option<super::Tool> {
        match self.hand.get_untracked() {
            Hand::Tool(at) => self.rules().tools.get(at).cloned(),
            Hand::Move => None,
        }
    }

    /// The way of a tool with its ends where they may be.
    pub(super) fn settled(self, trail: &[Point]) -> Vec<Point> {
        let mut trail: Vec<Point> = trail.to_vec();
        let area = self.area();
        for (x, y) in &mut trail {
            *x = x.max(area.x).min(area.right());
            *y = y.max(area.y).min(area.bottom());
        }
        let end = trail.len().saturating_sub(1);
        for at in [0, end] {
            if let Some(point) = trail.get_mut(at) {
                *point = self.settle(*point);
            }
        }
        trail
    }

    /// The tool was used: a tap where the way has one point.
    pub(super) fn used(self, trail: &[Point]) {
        let Some(tool) = self.tool() else { return };
        let trail = self.settled(trail);
        let reach = REACH / self.stage.view.get_untracked().scale;
        let mut half = self.half.get_untracked().unwrap_or_else(|| Half::new(&tool.id, tool.tool));
        let made = match trail.as_slice() {
            [] => None,
            [at] => half.tap(*at, reach),
            way => half.drag(way, reach),
        };
        self.finish(half, made);
    }

    /// Finishes an outline or a line with the points there are.
    pub(super) fn close(self) {
        if let Some(mut half) = self.half.get_untracked() {
            let made = half.close();
            self.finish(half, made);
        }
    }

    fn finish(self, half: Half, made: Option<Geometry>) {
        let tool = half.tool.clone();
        self.half.set(made.is_none().then_some(half));
        if let Some(geometry) = made {
            self.edit(Edit::Add(Shape::new(geometry, &tool)));
        } else {
            self.picked.set(None);
            self.fault.set(String::new());
            self.keep();
        }
    }

    /// Everything that was chosen about a mark or the whole is kept.
    pub(super) fn chose(self) {
        self.fault.set(String::new());
        self.keep();
    }

    /// The questions about the whole are answered: on to drawing, or away with it where nothing
    /// is to be drawn.
    pub(super) fn asked(self) {
        let rules = self.rules();
        let chosen = self.chosen.get_untracked();
        match check_chosen(&rules.questions, &chosen, "") {
            Err(fault) => self.fault.set(fault.detail),
            Ok(chosen) if !rules.tools.iter().any(|tool| tool.offered(&chosen)) => self.send(),
            Ok(_) => {
                self.fault.set(String::new());
                self.asking.set(false);
                self.hand.set(Hand::Tool(self.first_tool()));
            }
        }
    }

    /// Gives what is drawn, or says what is wrong with it.
    pub(super) fn send(self) {
        let Some(shown) = self.shown() else { return };
        let rules = self.rules();
        let open = self.half.with_untracked(|h| h.as_ref().is_some_and(|h| !h.points.is_empty()));
        if shown.missed {
            return self.give(Given::Value(Value::Null), false);
        }
        if open {
            self.fault.set("A mark is not finished yet. Finish it, or tap Undo.".to_owned());
            return;
        }
        let drawn = self.marks.with_untracked(|m| m.drawn(self.chosen.get_untracked()));
        match check(&rules, &shown.task.subject, drawn) {
            Ok(drawn) => {
                let right = shown.task.lesson.as_ref().and_then(|l| Drawn::read(&l.answer));
                let missed = right.is_some_and(|right| !agree::matches(&rules, &drawn, &right));
                self.give(Given::Value(drawn.write()), missed);
            }
            Err(fault) => {
                let place = fault.pointer.as_deref().unwrap_or_default();
                let mark = place.strip_prefix("/value/shapes/");
                let mark = mark.and_then(|rest| rest.split('/').next()?.parse().ok());
                if let Some(at) = mark {
                    self.hand.set(Hand::Move);
                    self.pick(Some(at));
                    if place.ends_with("/choices") {
                        self.telling.set(Some(at));
                    }
                    self.bring(at);
                } else if place == "/value/choices" {
                    self.asking.set(true);
                }
                self.fault.set(fault.detail);
            }
        }
    }

    /// Brings a mark into sight.
    pub(super) fn bring(self, at: usize) {
        let bounds = self.marks.with_untracked(|m| Some(m.shapes().get(at)?.geometry.bounds()));
        if let Some(b) = bounds {
            self.stage.change(|view| view.showing((b.x + b.width / 2.0, b.y + b.height / 2.0)));
        }
    }

    /// Says something instead of drawing.
    pub(super) fn say(self, outcome: Outcome) {
        let practice = self.shown().is_some_and(|s| s.task.lesson.is_some());
        self.give(Given::Outcome(outcome), practice);
    }

    fn give(self, given: Given<Value>, missed: bool) {
        self.run.with_value(|run| run.give.run(Gift { given, corrections: 0, missed }));
    }
}
