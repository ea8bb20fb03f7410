//! Corners of a finished outline or line: chosen, put in, taken out.

use super::desk::{Desk, Hand};
use super::handles::{Held, corner_count, held, is_cornered, middles, reshaped, without};
use super::marks::Edit;
use super::stroke::Grab;
use leptos::prelude::*;

impl Desk {
    /// The mark that is chosen and the corner that is chosen of it.
    pub(super) fn corner(self) -> Option<(usize, usize)> {
        let (mark, corner) = self.cornered.get()?;
        let count = self.marks.with(|m| corner_count(&m.shapes().get(mark)?.geometry))?;
        (self.picked.get() == Some(mark) && corner < count).then_some((mark, corner))
    }

    /// The same, for handlers.
    pub(super) fn corner_untracked(self) -> Option<(usize, usize)> {
        untrack(|| self.corner())
    }

    /// The same, where corners can be taken out: an end of a line stays.
    pub(super) fn loose_corner(self) -> Option<(usize, usize)> {
        self.corner().filter(|(mark, _)| {
            self.marks.with(|m| m.shapes().get(*mark).is_some_and(|s| is_cornered(&s.geometry)))
        })
    }

    /// Chooses a corner of the chosen mark.
    fn choose_corner(self, mark: usize, corner: usize) {
        let Some(count) = self.form_of(mark).and_then(|form| corner_count(&form)) else { return };
        self.cornered.set(Some((mark, corner)));
        self.tell(&format!("Corner {} of {count}", corner + 1));
        self.touch();
    }

    /// Chooses the corner after the chosen one, or before it.
    pub(super) fn step_corner(self, back: bool) {
        let Some(mark) = self.picked.get_untracked() else { return };
        let Some(count) = self.form_of(mark).and_then(|form| corner_count(&form)) else { return };
        let next = match self.corner_untracked() {
            Some((_, corner)) if back => (corner + count - 1) % count,
            Some((_, corner)) => (corner + 1) % count,
            None => 0,
        };
        self.take(Hand::Move);
        self.choose_corner(mark, next);
    }

    /// What a pointer means that holds something and has not gone anywhere: with a tool the middle
    /// of an edge is no handle then, since another mark may begin right beside this one.
    pub(super) fn tapping(self, grab: Grab) -> Grab {
        let Grab::Handle(mark, handle) = grab else { return grab };
        let what = self.form_of(mark).and_then(|form| held(&form, handle));
        let edge = matches!(what, Some(Held::Edge(_)));
        if edge && self.tool().is_some() { Grab::Tool } else { grab }
    }

    /// A handle was tapped: of an outline the corner is chosen, and the middle of an edge becomes
    /// one.
    pub(super) fn tapped_handle(self, mark: usize, handle: usize) {
        match self.form_of(mark).and_then(|form| held(&form, handle)) {
            Some(Held::Edge(_)) => self.put_corner(mark, handle),
            Some(Held::Corner(corner)) => {
                self.pick(Some(mark));
                self.choose_corner(mark, corner);
            }
            None => self.pick(Some(mark)),
        }
    }

    /// A handle was brought to another place: the corner that is there now is chosen. `what` it
    /// had been is asked before, since an edge's handle becomes a corner.
    pub(super) fn moved_handle(self, mark: usize, what: Option<Held>) {
        match what {
            Some(Held::Corner(corner)) => self.choose_corner(mark, corner),
            Some(Held::Edge(edge)) => self.choose_corner(mark, edge + 1),
            None => self.cornered.set(None),
        }
    }

    /// Puts a corner into the middle of the edge that has that handle.
    fn put_corner(self, mark: usize, handle: usize) {
        let Some(old) = self.form_of(mark) else { return };
        let place = middles(&old, 0.0).into_iter().find(|(number, _)| *number == handle);
        let (Some((_, place)), Some(Held::Edge(edge))) = (place, held(&old, handle)) else {
            return;
        };
        self.edit(Edit::Reshape(mark, reshaped(&old, handle, place)));
        self.choose_corner(mark, edge + 1);
    }

    /// Puts a corner in after the chosen one; without one, after the first.
    pub(super) fn add_corner(self) {
        let Some(mark) = self.picked.get_untracked() else { return };
        let Some(form) = self.form_of(mark) else { return };
        let Some(count) = corner_count(&form).filter(|_| is_cornered(&form)) else { return };
        let corner = self.corner_untracked().map_or(0, |(_, corner)| corner);
        // After the last corner of a line there is no edge, but before it.
        let handle = count + corner;
        let handle = if held(&form, handle).is_some() { handle } else { handle - 1 };
        self.take(Hand::Move);
        self.put_corner(mark, handle);
    }

    /// Takes the chosen corner out, unless the mark needs it; the one before it is chosen then,
    /// so that the same key again takes no whole mark away.
    pub(super) fn remove_corner(self) {
        let Some((mark, corner)) = untrack(|| self.loose_corner()) else { return };
        let Some(old) = self.form_of(mark) else { return };
        let Some(new) = without(&old, corner) else {
            self.fault
                .set("It needs all of its corners. “Delete mark” takes it away whole.".into());
            return;
        };
        self.edit(Edit::Reshape(mark, new));
        let left = corner_count(&old).unwrap_or(1) - 1;
        self.choose_corner(mark, (corner + left - 1) % left);
    }
}
