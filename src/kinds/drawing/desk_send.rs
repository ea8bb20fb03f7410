//! What leaves the desk: the answer, once nothing is wrong with it.

use super::check::check;
use super::desk::{Desk, Hand};
use super::marks::{Edit, Marks};
use super::{Drawn, agree};
use crate::Gift;
use crate::questions::check_chosen;
use domain::{Given, Outcome, Read};
use leptos::prelude::*;
use serde_json::Value;
use ui::is_again;

impl Desk {
    /// What was chosen about the whole is a step, and is kept.
    pub(super) fn chose(self) {
        self.edit(Edit::Say(self.chosen.get_untracked()));
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
                self.take(Hand::Tool(self.next_tool()));
            }
        }
    }

    /// Gives what is drawn, or says what is wrong with it.
    pub(super) fn send(self) {
        let Some(shown) = self.shown() else { return };
        let rules = self.rules();
        if shown.missed {
            return self.give(Given::Value(Value::Null), false);
        }
        if self.has_half() {
            // Undo has to be in reach.
            self.asking.set(false);
            self.fault.set("A mark is not finished yet. Finish it, or tap Undo.".to_owned());
            return;
        }
        let drawn = self.marks.with_untracked(Marks::drawn);
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
                    // However it was asked for: what is wrong has to be in reach.
                    self.asking.set(false);
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
        if is_again() {
            return;
        }
        let drawn = self.marks.with_untracked(|marks| !marks.shapes().is_empty());
        if outcome == Outcome::NothingHere && self.has_half() {
            return self.send();
        }
        if outcome == Outcome::NothingHere && drawn {
            self.fault.set("There are marks. Delete them, or tap Send.".to_owned());
            return;
        }
        let practice = self.shown().is_some_and(|s| s.task.lesson.is_some());
        self.give(Given::Outcome(outcome), practice);
    }

    fn give(self, given: Given<Value>, missed: bool) {
        let gift = Gift { given, corrections: 0, missed, more: 0 };
        self.run.with_value(|run| run.give.run(gift));
    }
}
