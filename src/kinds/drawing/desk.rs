//! What lies on the volunteer's desk while they draw.

use super::check::{check_geometry, drawable};
use super::half::Half;
use super::marks::Marks;
use super::stroke::{Grab, Stroke};
use super::{DrawingRules, Drawn, Geometry, Point, Shape};
use crate::questions::check_chosen;
use crate::{Run, Shown};
use domain::{Read, Rect, Subject};
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;
use ui::stage::Stage;
use ui::{Compare, Pair, fixed};

/// Half of a target, in CSS pixels.
pub(super) const REACH: f64 = 22.0;

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

/// What a pair of pictures has beside the first one.
#[derive(Clone, Copy)]
pub(super) struct Two {
    /// The stage of the second, which moves with the first one's.
    pub(super) stage: Stage,
    /// How both are seen.
    pub(super) pair: Pair,
}

/// The desk. Copies are the same desk.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) run: StoredValue<Run>,
    pub(super) rules: StoredValue<Arc<DrawingRules>>,
    pub(super) stage: Stage,
    pub(super) marks: RwSignal<Marks>,
    /// What is chosen about the whole subject: the marks are told of it.
    pub(super) chosen: RwSignal<Vec<String>>,
    /// The questions about the whole subject are being asked.
    pub(super) asking: RwSignal<bool>,
    pub(super) hand: RwSignal<Hand>,
    /// The mark that was chosen.
    pub(super) picked: RwSignal<Option<usize>>,
    /// The corner that was chosen of a mark: see [`Desk::corner`].
    pub(super) cornered: RwSignal<Option<(usize, usize)>>,
    /// The mark whose questions are being asked.
    pub(super) telling: RwSignal<Option<usize>>,
    /// What is wrong, in a sentence.
    pub(super) fault: RwSignal<String>,
    /// The cross that the keyboard moves, in pixels of the picture.
    pub(super) cross: RwSignal<Option<Point>>,
    /// What happened last, for those who do not see it.
    pub(super) news: RwSignal<String>,
    /// What a pair has beside.
    pub(super) two: StoredValue<Two, LocalStorage>,
    /// The marks of others, where the project shows them.
    pub(super) others: Memo<Arc<Vec<Shape>>>,
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

    /// How the two of a pair are seen.
    pub(super) fn pair(self) -> Pair {
        self.two.with_value(|two| two.pair)
    }

    /// The stage of a pair's second picture.
    pub(super) fn second(self) -> Stage {
        self.two.with_value(|two| two.stage)
    }

    /// Something that is drawn over the picture has changed.
    pub(super) fn touch(self) {
        self.stage.touch();
        self.second().touch();
    }

    /// Lays another task on the desk: its draft, its prefill, or nothing.
    pub(super) fn begin(self) {
        let rules = self.rules();
        let shown = self.shown();
        let start = shown.as_ref().and_then(|s| s.draft.as_ref().or(s.task.prefill.as_ref()));
        let drawn = start.and_then(Drawn::read).unwrap_or_default();
        let half = start.and_then(|value| Half::read(&value["half"]));
        let half = half.filter(|half| rules.tool(&half.tool).is_some() && !half.points.is_empty());
        let asked = check_chosen(&rules.questions, &drawn.choices, "").is_ok()
            && !drawn.choices.is_empty()
            && rules.tools.iter().any(|tool| tool.offered(&drawn.choices));
        self.asking.set(!rules.questions.is_empty() && !asked);
        let steps = shown.as_ref().and_then(|s| Some(&s.draft.as_ref()?["steps"]));
        let tool = half.as_ref().and_then(|half| Some(rules.tool(&half.tool)?.0));
        self.chosen.set(drawn.choices.clone());
        self.marks.set(Marks::with_steps(drawn, half, steps.unwrap_or(&Value::Null)));
        self.hand.set(Hand::Tool(tool.unwrap_or_else(|| self.next_tool())));
        self.picked.set(None);
        self.cornered.set(None);
        self.telling.set(None);
        self.fault.set(String::new());
        self.cross.set(None);
        self.news.set(String::new());
        // A pair is seen as the last one was, from its first picture on.
        let pair = shown.as_ref().map(|s| matches!(s.task.subject, Subject::ImagePair(_)));
        if pair != Some(true) {
            self.pair().how.set(Compare::Flip);
        }
        self.pair().later.set(false);
        self.let_go();
        self.stage.home();
    }

    /// The tool to begin with: the one that is held, where it is there for what was chosen, or
    /// the first that is.
    pub(super) fn next_tool(self) -> usize {
        let rules = self.rules();
        self.chosen.with_untracked(|chosen| {
            let held = match self.hand.get_untracked() {
                Hand::Tool(at) => {
                    rules.tools.get(at).filter(|tool| tool.offered(chosen)).map(|_| at)
                }
                Hand::Move => None,
            };
            held.or_else(|| rules.tools.iter().position(|tool| tool.offered(chosen))).unwrap_or(0)
        })
    }

    /// Keeps what there is on the device.
    pub(super) fn keep(self) {
        let mut value = self.marks.with_untracked(Marks::drawn).write();
        let half = self.marks.with_untracked(|marks| marks.half().map(Half::write));
        if let Value::Object(map) = &mut value {
            map.extend(half.map(|half| ("half".to_owned(), half)));
            map.insert("steps".to_owned(), self.marks.with_untracked(Marks::steps));
        }
        self.run.with_value(|run| run.draft.run(value));
        self.touch();
    }

    /// Takes a tool, or none.
    pub(super) fn take(self, hand: Hand) {
        if let Hand::Tool(at) = hand {
            let rules = self.rules();
            let here = |tool: &&super::Tool| self.chosen.with_untracked(|c| tool.offered(c));
            let mine = rules.tools.get(at).filter(here).map(|tool| tool.id.clone());
            if mine.is_none() {
                return;
            }
            let other = self.marks.with_untracked(|marks| {
                marks.half().is_some_and(|half| Some(&half.tool) != mine.as_ref())
            });
            if other {
                self.close();
                self.drop_half();
            }
            self.picked.set(None);
        } else {
            self.cross.set(None);
        }
        self.hand.set(hand);
        self.fault.set(String::new());
        self.touch();
    }

    /// Chooses a mark, or none.
    pub(super) fn pick(self, mark: Option<usize>) {
        self.picked.set(mark);
        self.cornered.set(None);
        self.fault.set(mark.and_then(|at| self.wrong_with(at)).unwrap_or_default());
        if let Some(name) = mark.and_then(|at| self.name_of(at)) {
            self.tell(&(name + " chosen"));
        }
        self.touch();
    }

    /// A mark's form and where it is.
    pub(super) fn form_of(self, at: usize) -> Option<Geometry> {
        self.marks.with_untracked(|m| Some(m.shapes().get(at)?.geometry.clone()))
    }

    /// What is wrong with a mark's form.
    pub(super) fn wrong_with(self, at: usize) -> Option<String> {
        let geometry = self.form_of(at)?;
        check_geometry(&self.area(), geometry).err().map(|fault| fault.detail)
    }

    /// Says what happened to those who do not see it; the same once more is said once more.
    pub(super) fn tell(self, news: &str) {
        let again = self.news.with_untracked(|before| before == news);
        self.news.set(if again { news.to_owned() + "\u{a0}" } else { news.to_owned() });
    }

    /// Where a mark is and how large, in words.
    pub(super) fn place_of(self, at: usize) -> Option<String> {
        self.marks.with_untracked(|marks| marks.shapes().get(at).map(place))
    }

    /// What a mark is called: its number, and what it marks.
    pub(super) fn name_of(self, at: usize) -> Option<String> {
        let name = self.marks.with_untracked(|marks| self.called(marks.shapes().get(at)?))?;
        Some(format!("{}. {name}", at + 1))
    }

    /// What a shape marks, as its tool calls it.
    pub(super) fn called(self, shape: &Shape) -> Option<String> {
        let label = shape.label.as_deref()?;
        Some(self.rules().tool(label).map_or(label, |(_, tool)| &tool.label).to_owned())
    }
}

/// Where a mark is and how large, in words.
pub(super) fn place(shape: &Shape) -> String {
    let bounds = shape.geometry.bounds();
    let whole = |value: f64| fixed(value, 0);
    let mut text = shape.geometry.form().title().to_owned();
    text += " at ";
    text += &whole(bounds.x);
    text += ", ";
    text += &whole(bounds.y);
    if bounds.width > 0.0 || bounds.height > 0.0 {
        text += ", ";
        text += &whole(bounds.width);
        text += " by ";
        text += &whole(bounds.height);
    }
    if let Geometry::Box { rotation, .. } | Geometry::Ellipse { rotation, .. } = shape.geometry
        && rotation != 0.0
    {
        text += ", turned by ";
        text += &whole(rotation);
        text += "°";
    }
    text
}
