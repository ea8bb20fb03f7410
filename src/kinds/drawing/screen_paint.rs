//! What is drawn on the stage: marks at rest, and over them what is live.

use super::desk::{Desk, Live, REACH};
use super::half::Half;
use super::handles::{handles, middles, roomy, turns};
use super::stroke::Grab;
use super::{Drawn, Form, Geometry, Shape};
use domain::Read;
use leptos::prelude::*;
use std::sync::Arc;
use ui::stage::{Brush, Figure, Pen};

/// What is right, beside what was drawn.
const RIGHT: &str = "#fffaf0";

/// A form as a figure.
fn figure(geometry: &Geometry, colour: &Arc<str>, tag: &str) -> Figure {
    let closed = geometry.form().is_area();
    Figure::new(geometry.outline(), closed, colour.clone(), tag.into())
}

/// A tool's sign: its number, so that nothing is told by colour alone. An only tool needs none.
fn sign(tools: usize, at: usize) -> String {
    if tools > 1 { (at + 1).to_string() } else { String::new() }
}

impl Desk {
    /// A tool's colour and sign.
    fn ink(self, label: Option<&str>) -> (Arc<str>, String) {
        let rules = self.rules();
        let at = label.and_then(|label| Some(rules.tool(label)?.0)).unwrap_or(0);
        (rules.colour(at).into(), sign(rules.tools.len(), at))
    }

    /// Draws marks as figures, those of one tool with the same ink.
    fn drawn(self) -> impl Fn(&Shape) -> Figure {
        let rules = self.rules();
        let inks: Vec<(Arc<str>, Arc<str>)> = (0..rules.tools.len().max(1))
            .map(|at| (rules.colour(at).into(), sign(rules.tools.len(), at).into()))
            .collect();
        move |shape: &Shape| {
            let at = shape.label.as_deref().and_then(|label| Some(rules.tool(label)?.0));
            let (colour, tag) = &inks[at.unwrap_or(0)];
            let closed = shape.geometry.form().is_area();
            Figure::new(shape.geometry.outline(), closed, colour.clone(), tag.clone())
        }
    }

    /// What lies below: the marks of others, and in practice the right ones.
    pub(super) fn below(self) -> Vec<Figure> {
        let drawn = self.drawn();
        let faint = |shape: &Shape| Figure { faint: true, ..drawn(shape) };
        let mut figures = self.others.with(|others| others.iter().map(faint).collect::<Vec<_>>());
        self.run.with_value(|run| run.shown).with(|shown| {
            let Some(shown) = shown else { return };
            if let Some(lesson) = shown.task.lesson.as_ref().filter(|_| shown.missed) {
                let colour: Arc<str> = RIGHT.into();
                let right = Drawn::read(&lesson.answer).unwrap_or_default();
                let tick = |shape: &Shape| Figure {
                    faint: true,
                    ..figure(&shape.geometry, &colour, "✓")
                };
                figures.extend(right.shapes.iter().map(tick));
            }
        });
        figures
    }

    /// What lies still over that: all of the volunteer's marks but the chosen one.
    pub(super) fn at_rest(self) -> Vec<Figure> {
        let (drawn, picked) = (self.drawn(), self.picked.get());
        let mut figures = vec![];
        self.marks.with(|marks| {
            let still = marks.shapes().iter().enumerate().filter(|(at, _)| Some(*at) != picked);
            figures.extend(still.map(|(_, shape)| drawn(shape)));
        });
        figures
    }

    /// Whether anything is live.
    pub(super) fn has_live(self) -> bool {
        self.live.try_with_value(Option::is_some) == Some(true)
            || self.cross.try_get_untracked().flatten().is_some()
            || self.picked.try_get_untracked().flatten().is_some()
            || self.marks.try_with_untracked(|marks| marks.half().is_some()) == Some(true)
    }

    /// What is drawn over everything: the chosen mark, what a finger does, the cross, the glass.
    pub(super) fn paint(self, brush: &Brush<'_>) {
        let live = self.live.get_value();
        self.paint_live(&brush.pen, live.as_ref());
        if let Some(at) = self.cross.get_untracked() {
            brush.pen.cross(brush.pen.view.to_screen(at), &self.ink(self.label().as_deref()).0);
        }
        // A mark that is moved as a whole needs no glass.
        let close = live.as_ref().filter(|live| !matches!(live.grab, Grab::Mark(..)));
        let finger = close.and_then(|live| Some((live.finger?, self.ending(live)?)));
        if let Some((finger, at)) = finger {
            let over = brush.pen.view.to_screen(at);
            brush.loupe(finger, over, &|pen| self.paint_live(pen, live.as_ref()));
        }
    }

    fn label(self) -> Option<String> {
        self.tool().map(|tool| tool.id)
    }

    fn paint_live(self, pen: &Pen<'_>, live: Option<&Live>) {
        let held = live.and_then(|live| self.held(live));
        let picked = held.as_ref().map(|held| held.0).or(self.picked.get_untracked());
        let shape = self.marks.with_untracked(|m| m.shapes().get(picked?).cloned());
        if let (Some(shape), Some(at)) = (shape, picked) {
            let geometry = held.map_or(shape.geometry.clone(), |held| held.1);
            let (colour, tag) = self.ink(shape.label.as_deref());
            let mark = figure(&geometry, &colour, &tag);
            if mark.closed {
                pen.fill(&mark);
            }
            pen.figures(&[&mark], true);
            pen.tag(&mark);
            if geometry.form() != Form::Point {
                let corner = self.corner_untracked().map(|(_, corner)| corner);
                self.paint_handles(pen, &geometry, corner, &colour);
            }
            if self.wrong_with(at).is_some()
                && let Some(corner) = geometry.outline().first()
            {
                let (x, y) = pen.view.to_screen(*corner);
                pen.disc((x, y - 24.0), 11.0, "#ffb4a2", "!");
            }
        }
        let trail = live.filter(|live| live.grab == Grab::Tool).map(|live| &live.trail);
        let trail = self.settled(trail.map_or(&[], Vec::as_slice));
        let half = self.marks.with_untracked(|marks| marks.half().cloned());
        let half = half.or_else(|| {
            let tool = self.tool().filter(|_| !trail.is_empty())?;
            Some(Half::new(&tool.id, tool.tool))
        });
        if let Some(half) = half
            && let Some(geometry) = half.shown(&trail)
        {
            let (colour, tag) = self.ink(Some(&half.tool));
            pen.figures(&[&figure(&geometry, &colour, &tag)], true);
            for (at, point) in half.points.iter().enumerate() {
                let radius = if at == 0 { 8.0 } else { 5.0 };
                pen.handle(pen.view.to_screen(*point), radius, &colour);
            }
        }
    }

    fn paint_handles(
        self,
        pen: &Pen<'_>,
        geometry: &Geometry,
        corner: Option<usize>,
        colour: &str,
    ) {
        let arm = 2.0 * REACH / pen.view.scale;
        for (_, place) in middles(geometry, roomy(arm)) {
            pen.handle(pen.view.to_screen(place), 5.0, colour);
        }
        let places = handles(geometry, self.rules().rotatable, arm);
        for (at, place) in places.iter().enumerate() {
            let here = pen.view.to_screen(*place);
            let turns = turns(geometry, at);
            if turns {
                let top = (
                    f64::midpoint(places[0].0, places[1].0),
                    f64::midpoint(places[0].1, places[1].1),
                );
                pen.line(pen.view.to_screen(top), here, colour);
            }
            pen.handle(here, if turns { 10.0 } else { 8.0 }, colour);
            if corner == Some(at) {
                pen.disc(here, 11.0, colour, "");
            }
        }
    }
}
