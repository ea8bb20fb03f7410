//! What a stage does in a frame, and when it has come to rest.

use super::canvas::{Board, prepare};
use super::lay::Lay;
use super::pace::{Found, LEFT, LOOK, Pace};
use super::viewport::MARGIN;
use super::{Figure, Look, Pen, Plane, Point, Stage, Viewport};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;
use wasm_bindgen::closure::Closure;

/// Whether there is anything to draw over the rest, and what draws it.
type Paint = (Box<dyn Fn() -> bool>, Box<dyn Fn(&Brush<'_>)>);

/// What draws over everything else.
pub struct Brush<'b> {
    /// The pen.
    pub pen: Pen<'b>,
    lay: &'b Lay,
    look: Look,
}

impl Brush<'_> {
    /// A glass near `finger` that shows enlarged what lies at `over`, and on it what `draw` draws.
    pub fn loupe(&self, finger: Point, over: Point, draw: &dyn Fn(&Pen<'_>)) {
        self.pen.loupe(self.lay.laid(), &self.look.filter(), finger, over, draw);
    }
}

/// What a stage is made of once it is in the document.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) lay: Option<Lay>,
    pub(super) board: Option<Board>,
    pub(super) over: Option<web_sys::HtmlCanvasElement>,
    pub(super) paint: Option<Paint>,
    pub(super) figures: Arc<Vec<Figure>>,
    /// The picture that lies there.
    pub(super) put: Option<Plane>,
    /// A frame is asked for.
    pub(super) asked: bool,
    pace: Pace,
    pub(super) followed: Option<Viewport>,
    pub(super) rest: Option<TimeoutHandle>,
    pub(super) kept: Vec<Closure<dyn Fn()>>,
}

impl Stage {
    /// Shows a picture in a room; the same one in another room keeps its middle.
    pub(super) fn show(self, plane: Option<Plane>, room: Point) {
        let fresh = self.parts.try_update_value(|parts| {
            let other = parts.put != plane;
            let named = |plane: &Option<Plane>| {
                plane.as_ref().map(|plane| plane.place.clone()).filter(|place| !place.is_empty())
            };
            let fresh = other && (named(&plane).is_none() || named(&plane) != named(&parts.put));
            if other {
                parts.put.clone_from(&plane);
                let missing = parts.lay.as_mut().is_some_and(|lay| lay.put(plane.clone()));
                let _ = self.missing.try_set(missing);
            }
            fresh
        });
        let started = self.view.with_untracked(|view| view.room.0 > 1.0);
        if fresh == Some(true) || !started {
            let turns = plane.map_or(0, |plane| plane.turns);
            self.lay_out(turns);
        } else if self.view.with_untracked(|view| view.room != room) {
            if self.is_home() {
                self.lay_out(self.view.get_untracked().turns);
            } else {
                self.change(|view| view.resized(room));
            }
        }
        self.settle();
    }

    /// Lays the picture as it opens, in the room there is.
    pub(super) fn lay_out(self, turns: u8) {
        let room = self.size.get_untracked();
        if let Some(plane) = self.plane.get_untracked() {
            self.view.set(opening(&plane, room, turns));
        }
    }

    /// Whether the picture lies as it opened.
    pub(super) fn is_home(self) -> bool {
        let Some(view) = self.view.try_get_untracked() else { return false };
        self.plane.with_untracked(|plane| {
            plane.as_ref().is_some_and(|plane| {
                let home = opening(plane, view.room, view.turns);
                let off = (home.x - view.x).abs().max((home.y - view.y).abs());
                off < 1.0 && (home.scale / view.scale - 1.0).abs() < 0.01
            })
        })
    }

    /// Fingers are on it, or are not: while they are, it rests later.
    pub fn hold(self, down: bool) {
        let _ = self.parts.try_update_value(|parts| {
            parts.pace.hold(down);
            if !down && parts.rest.is_some() {
                parts.stop();
                self.look_in(LEFT, parts);
            }
        });
    }

    /// Asks for a frame, once.
    pub(super) fn ask(self) {
        let first = self.parts.try_update_value(|parts| !std::mem::replace(&mut parts.asked, true));
        if first == Some(true) {
            request_animation_frame(move || {
                self.parts.try_update_value(|parts| parts.asked = false);
                self.frame();
            });
        }
    }

    /// One frame: brings every layer to where the view has it.
    pub(super) fn frame(self) {
        let Some(view) = self.view.try_get_untracked() else { return };
        let look = self.look.try_get_untracked().unwrap_or_default();
        let more = self.parts.try_update_value(|parts| {
            let moved = parts.followed != Some(view);
            if moved {
                parts.followed = Some(view);
                let fetch = parts.pace.moved(view.scale);
                if let Some(lay) = &mut parts.lay {
                    lay.follow(&view);
                    if fetch {
                        lay.fetch(&view);
                    }
                }
                self.look_later(parts);
            }
            let drawing = parts.board.as_mut().is_some_and(|board| {
                let more = board.work(moved);
                board.follow(&view);
                more
            });
            parts.draw_over(view, look);
            let tiles = parts.pace.tiles(moved);
            parts.lay.as_mut().is_some_and(|lay| lay.ask(tiles)) || drawing
        });
        if more == Some(true) {
            self.ask();
        }
    }

    fn look_later(self, parts: &mut Parts) {
        self.look_in(LOOK, parts);
    }

    fn look_in(self, wait: u64, parts: &mut Parts) {
        if parts.rest.is_none() {
            let look = move || self.look();
            parts.rest = set_timeout_with_handle(look, Duration::from_millis(wait)).ok();
        }
    }

    /// Looks whether it still moves. Where it does not, everything is laid and drawn anew.
    fn look(self) {
        let Some(view) = self.view.try_get_untracked() else { return };
        let found = self.parts.try_update_value(|parts| {
            parts.rest = None;
            let found = parts.pace.look();
            if found != Found::Rest {
                self.look_later(parts);
            }
            if let Some(lay) = parts.lay.as_mut().filter(|_| found == Found::Stopped) {
                lay.fetch(&view);
            }
            found
        });
        match found {
            Some(Found::Rest) => self.settle(),
            Some(Found::Stopped) => self.ask(),
            _ => {}
        }
    }

    /// Lays and draws everything anew where it is now.
    pub(super) fn settle(self) {
        let Some(view) = self.view.try_get_untracked().filter(|view| view.room.0 > 1.0) else {
            return;
        };
        let _ = self.parts.try_update_value(|parts| {
            parts.stop();
            parts.pace.rested(view.scale);
            if let Some(lay) = &mut parts.lay {
                lay.settle(view);
            }
            if let Some(board) = &mut parts.board
                && board.drawn_for() != Some(view)
            {
                board.begin(&parts.figures, view);
            }
        });
        self.ask();
    }

    pub(super) fn tiles_came(self) {
        let _ = self.parts.try_update_value(|parts| {
            if let Some(lay) = &mut parts.lay {
                lay.prune();
            }
        });
    }

    pub(super) fn try_again(self) {
        self.missing.set(false);
        let _ = self.parts.try_update_value(|parts| {
            if let Some(lay) = &mut parts.lay {
                lay.try_again();
            }
        });
    }
}

/// How a picture lies when it is opened: whole, or near to what is asked about.
fn opening(plane: &Plane, room: Point, turns: u8) -> Viewport {
    let whole = Viewport::fit(plane.area, room, turns, MARGIN);
    let Some(focus) = plane.focus else { return whole.within(plane.area) };
    let near = Viewport::fit(focus, room, turns, (room.0.min(room.1) / 8.0).max(MARGIN));
    let most = whole.scale.max(3.0);
    let middle = (room.0 / 2.0, room.1 / 2.0);
    near.zoomed((most / near.scale).min(1.0), middle).within(plane.area)
}

impl Parts {
    /// Looks no more.
    pub(super) fn stop(&mut self) {
        if let Some(rest) = self.rest.take() {
            rest.clear();
        }
    }

    /// Draws what changes while a finger is down. Nothing to draw: no canvas either.
    fn draw_over(&self, view: Viewport, look: Look) {
        let (Some(over), Some((any, paint)), Some(lay)) = (&self.over, &self.paint, &self.lay)
        else {
            return;
        };
        let any = any();
        over.set_hidden(!any);
        if let Some(context) = any.then(|| prepare(over, view.whole_room(), 3.0)).flatten() {
            paint(&Brush { pen: Pen { context: &context, view }, lay, look });
        }
    }
}
