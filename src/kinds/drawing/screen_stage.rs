//! The stage of the drawing screen: pointers and keys become strokes, and what is live is drawn.

use super::desk::{Desk, Hand, Live, REACH};
use super::handles::{Grip, grab_at, handle_at, held};
use super::marks::Edit;
use super::stroke::{Act, Grab, Lens, Phase, Pointer};
use super::{Form, Point};
use leptos::prelude::*;
use std::sync::Arc;
use ui::pane;
use ui::stage::{Figure, Stage, Viewport, capture};
use web_sys::{KeyboardEvent, PointerEvent};

/// A touch that is wider than this is a palm, in CSS pixels.
const PALM: f64 = 70.0;
/// The keyboard's cross goes so far, in CSS pixels.
const STEP: f64 = 12.0;

struct Glass(Viewport);

impl Lens for Glass {
    fn point_at(&self, at: Point) -> Point {
        self.0.to_image(at)
    }
}

/// The stage with all that lies on it; of a pair both, each with all marks.
pub(super) fn stage(desk: Desk) -> AnyView {
    for stage in [desk.stage, desk.second()] {
        stage.over(move || desk.has_live(), move |brush| desk.paint(brush));
    }
    // Of others there may be thousands: they are not drawn up anew with each mark.
    let below = Memo::new(move |_| desk.below());
    let figures = Memo::new(move |_| {
        let mut figures = below.get();
        figures.extend(desk.at_rest());
        Arc::new(figures)
    });
    let names = desk.names();
    let two = Signal::derive(move || names.with(Option::is_some));
    let label = move |at: usize| names.get().map(|names| names[at].clone()).unwrap_or_default();
    let after = move || {
        let second = || pane("pane after", room(desk, desk.second(), figures.into()), label(1));
        two.get().then(second)
    };
    let before = view! {
        <div class="pane before">
            {room(desk, desk.stage, figures.into())}
            <p class="pane-label" hidden=move || !two.get()>{move || label(0)}</p>
        </div>
    };
    view! {
        // Keys are heard around both, whichever of the two is seen.
        <div
            class="drawing-ears"
            tabindex="0"
            role="application"
            aria-label="Drawing stage"
            aria-describedby="drawing-how"
            on:keydown=move |event: KeyboardEvent| {
                // The line between the two has its own.
                if !event.default_prevented() && desk.key(&event) {
                    event.prevent_default();
                }
            }
        >
            {desk.pair().view(before.into_any(), view! { {after} }.into_any(), desk.pair().line(two))}
        </div>
        <p class="unseen" id="drawing-how">
            "With a tool, the arrow keys move a cross, Shift makes it go finely, Enter puts a point, Escape takes it away. With Move they move the chosen mark, or the picture. Plus and minus enlarge, T turns the picture, 0 shows all of it as it came. Number keys take a tool, Delete deletes, Control Z takes back. Of a chosen outline C goes from corner to corner, which the arrow keys move then; I puts another in after it, Delete takes it out. R turns a chosen box where it may be turned, with Shift the other way. The list of marks tells what there is."
        </p>
    }
    .into_any()
}

/// Where pointers are heard: the room of one of the two stages.
fn room(desk: Desk, stage: Stage, figures: Signal<Arc<Vec<Figure>>>) -> AnyView {
    let hear = move |phase: Phase| move |event: PointerEvent| desk.pointer(stage, &event, phase);
    view! {
        <div
            class="stage-view drawing-stage"
            class:holds=move || desk.hand.get() == Hand::Move
            // Else a quick stroke is a fling to the browser, and the next tap only stops that.
            on:touchstart=move |event| event.prevent_default()
            on:pointerdown=move |event: PointerEvent| {
                capture(&event);
                desk.pointer(stage, &event, Phase::Down);
            }
            on:pointermove=hear(Phase::Move)
            on:pointerup=hear(Phase::Up)
            on:pointercancel=hear(Phase::Cancel)
            on:contextmenu=move |event| event.prevent_default()
            on:wheel=move |event| stage.wheel(&event)
        >
            {stage.layers(figures)}
        </div>
    }
    .into_any()
}

impl Desk {
    /// A pointer on the stage.
    fn pointer(self, stage: Stage, event: &PointerEvent, phase: Phase) {
        if phase != Phase::Move {
            self.stage.hold(phase == Phase::Down);
            self.second().hold(phase == Phase::Down);
        }
        let at = stage.at(event);
        let touch = event.pointer_type() != "mouse";
        let wide = touch && f64::from(event.width().max(event.height())) > PALM;
        let view = self.stage.view.get_untracked();
        let grab = match phase {
            // Where no picture is nobody would see what is drawn.
            Phase::Down if !stage.missing.get_untracked() => {
                self.grab(event.button(), view.to_image(at), touch, view.scale)
            }
            _ => Grab::Picture,
        };
        let input = Pointer { id: event.pointer_id(), phase, at, wide, grab };
        let stroke = self.stroke.try_update_value(std::mem::take).unwrap_or_default();
        let (next, acts) = stroke.on(input, &Glass(view));
        self.stroke.set_value(next);
        for act in acts {
            self.act(act, touch.then_some(at));
        }
    }

    /// What is under a pointer that comes down.
    fn grab(self, button: i16, at: Point, touch: bool, scale: f64) -> Grab {
        let busy = self.asking.get_untracked() || self.shown().is_none_or(|s| s.missed);
        if button > 0 || busy {
            return Grab::Picture;
        }
        let reach = if touch { REACH } else { REACH / 2.0 } / scale;
        // A mouse meets less, but what it meets is where it is drawn.
        let (arm, rotatable) = (2.0 * REACH / scale, self.rules().rotatable);
        let grip = Grip { reach, arm, rotatable, touch };
        let picked = self.picked.get_untracked();
        self.marks.with_untracked(|marks| match self.tool() {
            None => grab_at(marks.shapes(), picked, at, grip),
            // Points lie close: between them a handle would be in the way.
            Some(tool) if tool.tool == Form::Point || self.has_half() => Grab::Tool,
            Some(_) => handle_at(marks.shapes(), picked, at, grip).unwrap_or(Grab::Tool),
        })
    }

    fn act(self, act: Act, finger: Option<Point>) {
        match act {
            Act::Pan(dx, dy) => self.stage.change(|view| view.panned(dx, dy)),
            Act::Pinch(from, to) => self.stage.change(|view| view.pinched(from, to)),
            Act::Show(grab, trail) => {
                self.cross.set(None);
                let grab = if trail.len() == 1 { self.tapping(grab) } else { grab };
                self.live.set_value(Some(Live { grab, trail, finger }));
            }
            Act::Forget => self.live.set_value(None),
            Act::Tap(grab, at) => {
                // What was shown is meant.
                let grab = self.live.get_value().map_or(grab, |live| live.grab);
                self.live.set_value(None);
                match grab {
                    Grab::Tool => self.used(&[at]),
                    Grab::Mark(_, mark) | Grab::Loose(mark) => self.pick(Some(mark)),
                    Grab::Handle(mark, handle) => self.tapped_handle(mark, handle),
                    Grab::Picture if !self.asking.get_untracked() => self.pick(None),
                    Grab::Picture => {}
                }
            }
            Act::Put(grab, trail) => {
                self.live.set_value(None);
                let new = self.held(&Live { grab, trail: trail.clone(), finger: None });
                match new {
                    Some((mark, geometry)) => {
                        let handle = match grab {
                            Grab::Handle(_, handle) => Some(handle),
                            _ => None,
                        };
                        let what = handle.zip(self.form_of(mark));
                        let what = what.and_then(|(handle, old)| held(&old, handle));
                        self.picked.set(Some(mark));
                        self.edit(Edit::Reshape(mark, geometry));
                        self.moved_handle(mark, what);
                    }
                    None if grab == Grab::Tool => self.used(&trail),
                    // The mark has gone while it was held.
                    None => {}
                }
            }
        }
        self.touch();
    }

    /// A key that takes a step back or does it again; whether it is one.
    pub(super) fn back_and_forth(self, event: &KeyboardEvent) -> bool {
        if event.alt_key() || !(event.ctrl_key() || event.meta_key()) {
            return false;
        }
        match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
            ("z", false) => self.undo(),
            ("y", _) | ("z", true) => self.redo(),
            _ => return false,
        }
        true
    }

    /// A key on the stage; whether it meant something.
    fn key(self, event: &KeyboardEvent) -> bool {
        let key = event.key();
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return self.back_and_forth(event);
        }
        if self.asking.get_untracked() {
            return self.stage.key(&key);
        }
        let way = match key.as_str() {
            "ArrowLeft" => Some((-1.0, 0.0)),
            "ArrowRight" => Some((1.0, 0.0)),
            "ArrowUp" => Some((0.0, -1.0)),
            "ArrowDown" => Some((0.0, 1.0)),
            _ => None,
        };
        match (key.as_str(), way) {
            (_, Some(way)) => return self.arrow(&key, way, event.shift_key()),
            // A key that is held is one point.
            ("Enter" | " ", _) if event.repeat() => {}
            ("Enter" | " ", _) if self.stage.missing.get_untracked() => return false,
            ("Enter" | " ", _) => match (self.cross.get_untracked(), self.tool()) {
                (Some(at), Some(_)) => self.used(&[at]),
                (None, Some(_)) => self.move_cross((0.0, 0.0)),
                _ => return false,
            },
            ("Escape", _) if self.corner_untracked().is_some() => self.cornered.set(None),
            ("Escape", _) => {
                self.cross.set(None);
                self.drop_half();
                self.pick(None);
            }
            ("Delete" | "Backspace", _) if untrack(|| self.loose_corner()).is_some() => {
                self.remove_corner();
            }
            ("Delete" | "Backspace", _) => self.delete(),
            ("c" | "C", _) => self.step_corner(event.shift_key()),
            ("r" | "R", _) => {
                if let Some(at) = self.picked.get_untracked() {
                    self.turn(at, if event.shift_key() { -5.0 } else { 5.0 });
                }
            }
            ("i" | "I" | "Insert", _) => self.add_corner(),
            (key, _) => {
                let number = key.parse::<usize>().ok().filter(|_| key.len() == 1);
                match number.filter(|n| *n > 0 && *n <= self.rules().tools.len()) {
                    Some(number) => self.take(Hand::Tool(number - 1)),
                    None => return self.stage.key(key),
                }
            }
        }
        self.touch();
        true
    }

    /// An arrow: the cross of a tool, the chosen mark, or the picture.
    fn arrow(self, key: &str, way: Point, shift: bool) -> bool {
        let view = self.stage.view.get_untracked();
        if self.tool().is_some() {
            let step = if shift { 1.0 } else { STEP };
            self.move_cross((way.0 * step, way.1 * step));
            return true;
        }
        let Some(at) = self.picked.get_untracked() else { return self.stage.key(key) };
        let step = if shift { 10.0 } else { 1.0 };
        // The arrow's direction on the screen, whole pixels of the picture.
        let by = view.way((way.0 * view.scale * step, way.1 * view.scale * step));
        self.nudge(at, by);
        true
    }

    /// Moves the cross by CSS pixels, from the middle where there is none.
    fn move_cross(self, by: Point) {
        let view = self.stage.view.get_untracked();
        let from = self.cross.get_untracked().map(|at| view.to_screen(at));
        let (x, y) = from.unwrap_or((view.room.0 / 2.0, view.room.1 / 2.0));
        // On no corner: steps that are smaller than a corner's reach would never leave it.
        let to = self.inside(view.to_image((x + by.0, y + by.1)));
        self.cross.set(Some(to));
        self.stage.change(|view| view.showing(to));
        let whole = |value: f64| ui::fixed(value, 0);
        self.tell(&("At ".to_owned() + &whole(to.0) + ", " + &whole(to.1)));
        self.touch();
    }
}
