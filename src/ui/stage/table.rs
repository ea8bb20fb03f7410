//! The stage itself: what holds the layers together and moves them.

use super::canvas::{Board, prepare};
use super::lay::Lay;
use super::{Figure, Look, Pen, Plane, Point, Viewport};
use crate::strip::{observe, set};
use crate::{Icon, Key};
use leptos::html::{Canvas, Div};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::MouseEvent;

/// So long after the last movement everything is laid and drawn anew, in milliseconds.
const REST: u64 = 140;
/// While it moves, tiles are asked for in every so many frames.
const FETCHING: u32 = 10;
/// Room around the picture when it is shown whole, in CSS pixels.
const MARGIN: f64 = 10.0;

/// Whether there is anything to draw over the rest, and what draws it.
type Paint = (Box<dyn Fn() -> bool>, Box<dyn Fn(&Brush<'_>)>);

/// What draws over everything else.
pub struct Brush<'b> {
    /// The pen.
    pub pen: Pen<'b>,
    lay: &'b Lay,
}

impl Brush<'_> {
    /// A glass near `finger` that shows enlarged what lies at `over`, and on it what `draw` draws.
    pub fn loupe(&self, finger: Point, over: Point, draw: &dyn Fn(&Pen<'_>)) {
        self.pen.loupe(self.lay.laid(), finger, over, draw);
    }
}

/// A stage. Copies are the same stage.
#[derive(Clone, Copy)]
pub struct Stage {
    /// Where the picture lies. Two stages may share it, to stay in step.
    pub view: RwSignal<Viewport>,
    /// How bright it is shown.
    pub look: RwSignal<Look>,
    plane: Signal<Option<Plane>>,
    /// A piece of the picture has not come.
    missing: RwSignal<bool>,
    size: RwSignal<Point>,
    root: NodeRef<Div>,
    parts: StoredValue<Parts, LocalStorage>,
}

#[derive(Default)]
struct Parts {
    lay: Option<Lay>,
    board: Option<Board>,
    over: Option<web_sys::HtmlCanvasElement>,
    paint: Option<Paint>,
    figures: Arc<Vec<Figure>>,
    /// The picture that lies there.
    put: Option<Plane>,
    /// A frame is asked for.
    asked: bool,
    /// Frames since it began to move.
    moving: u32,
    followed: Option<Viewport>,
    rest: Option<TimeoutHandle>,
    kept: Vec<Closure<dyn Fn()>>,
}

impl Stage {
    /// A stage for a picture, or for one after the other.
    pub fn new(plane: Signal<Option<Plane>>) -> Self {
        Self::sharing(plane, RwSignal::new(Viewport::default()), RwSignal::new(Look::default()))
    }

    /// A stage that moves together with another, whose `view` and `look` these are.
    pub fn sharing(
        plane: Signal<Option<Plane>>,
        view: RwSignal<Viewport>,
        look: RwSignal<Look>,
    ) -> Self {
        Self {
            view,
            look,
            plane,
            missing: RwSignal::new(false),
            size: RwSignal::new((0.0, 0.0)),
            root: NodeRef::new(),
            parts: StoredValue::new_local(Parts::default()),
        }
    }

    /// Moves it, within what may be looked at.
    pub fn change(self, f: impl Fn(Viewport) -> Viewport) {
        let area = self.plane.with_untracked(|plane| plane.as_ref().map(|plane| plane.area));
        let (Some(area), Some(old)) = (area, self.view.try_get_untracked()) else { return };
        let next = f(old).within(area);
        if next != old {
            self.view.set(next);
        }
    }

    /// Enlarges it around the room's middle.
    pub fn zoom(self, by: f64) {
        self.change(|view| view.zoomed(by, (view.room.0 / 2.0, view.room.1 / 2.0)));
    }

    /// Turns it by a quarter clockwise, and shows the whole again where the whole was shown.
    pub fn turn(self) {
        self.change(Viewport::turned);
        self.settle();
    }

    /// Shows what it opened with.
    pub fn home(self) {
        let Some(turns) = self.view.try_get_untracked().map(|view| view.turns) else { return };
        self.lay_out(turns);
    }

    /// Where in the room an event is, in CSS pixels with their fractions.
    pub fn at(self, event: &MouseEvent) -> Point {
        let edge = self.root.get_untracked().map(|root| root.get_bounding_client_rect());
        let (left, top) = edge.map_or((0.0, 0.0), |edge| (edge.left(), edge.top()));
        let number = |name: &str, whole: i32| {
            let exact = js_sys::Reflect::get(event, &name.into()).ok().and_then(|v| v.as_f64());
            exact.unwrap_or_else(|| whole.into())
        };
        (number("clientX", event.client_x()) - left, number("clientY", event.client_y()) - top)
    }

    /// Keys that move and enlarge; whether it was one.
    pub fn key(self, key: &str) -> bool {
        const STEP: f64 = 60.0;
        match key {
            "ArrowLeft" => self.change(|view| view.panned(STEP, 0.0)),
            "ArrowRight" => self.change(|view| view.panned(-STEP, 0.0)),
            "ArrowUp" => self.change(|view| view.panned(0.0, STEP)),
            "ArrowDown" => self.change(|view| view.panned(0.0, -STEP)),
            "+" | "=" => self.zoom(1.4),
            "-" => self.zoom(1.0 / 1.4),
            "0" => self.home(),
            _ => return false,
        }
        true
    }

    /// What is drawn over everything in each frame that something changes, for as long as there
    /// is any of it. [`Stage::touch`] asks for such a frame.
    pub fn over(self, any: impl Fn() -> bool + 'static, paint: impl Fn(&Brush<'_>) + 'static) {
        self.parts.update_value(|parts| parts.paint = Some((Box::new(any), Box::new(paint))));
    }

    /// Something that is drawn over it has changed.
    pub fn touch(self) {
        self.ask();
    }

    /// Its layers, to be put into an element that has a size and hears the pointers. `figures`
    /// are those at rest.
    pub fn layers(self, figures: Signal<Arc<Vec<Figure>>>) -> AnyView {
        let (layer, paper, focus) =
            (NodeRef::<Div>::new(), NodeRef::<Div>::new(), NodeRef::<Div>::new());
        let (front, back, over) =
            (NodeRef::<Canvas>::new(), NodeRef::<Canvas>::new(), NodeRef::<Canvas>::new());
        observe(self.root, self.size);
        Effect::new(move |mounted: Option<bool>| {
            if mounted == Some(true) {
                return true;
            }
            let (Some(layer), Some(paper), Some(focus)) = (layer.get(), paper.get(), focus.get())
            else {
                return false;
            };
            let (Some(front), Some(back), Some(over)) = (front.get(), back.get(), over.get())
            else {
                return false;
            };
            let came = Closure::<dyn Fn()>::new(move || self.tiles_came());
            let failed = Closure::<dyn Fn()>::new(move || {
                let _ = self.missing.try_set(true);
            });
            let hear = |closure: &Closure<dyn Fn()>| {
                closure.as_ref().unchecked_ref::<js_sys::Function>().clone()
            };
            let lay = Lay::new(
                (*layer).clone(),
                (*paper).clone(),
                (*focus).clone(),
                hear(&came),
                hear(&failed),
            );
            over.set_hidden(true);
            self.parts.update_value(|parts| {
                parts.lay = Some(lay);
                parts.board = Some(Board::new(front, back));
                parts.over = Some(over);
                parts.kept = vec![came, failed];
            });
            true
        });
        Effect::new(move |_| {
            let room = self.size.get();
            let plane = self.plane.get();
            if layer.get().is_some() && room.0 > 0.0 && room.1 > 0.0 {
                self.show(plane, room);
            }
        });
        Effect::new(move |_| {
            self.view.track();
            self.ask();
        });
        Effect::new(move |_| {
            let figures = figures.get();
            let view = self.view.get_untracked();
            self.parts.update_value(|parts| {
                parts.figures = figures;
                if let Some(board) = parts.board.as_mut().filter(|_| view.room.0 > 1.0) {
                    board.begin(&parts.figures, view);
                }
            });
            self.ask();
        });
        Effect::new(move |_| {
            let filter = self.look.get().filter();
            if let Some(paper) = paper.get() {
                set(&paper, &[("filter", filter)]);
            }
        });
        on_cleanup(move || {
            let rest = self.parts.try_update_value(|parts| parts.rest.take()).flatten();
            if let Some(rest) = rest {
                rest.clear();
            }
        });
        view! {
            <div class="stage-layers" node_ref=self.root>
                <div class="stage-layer" node_ref=layer>
                    <div class="stage-paper" node_ref=paper></div>
                    <div class="stage-focus" node_ref=focus hidden aria-hidden="true"><div></div></div>
                </div>
                <canvas class="stage-canvas" node_ref=front hidden aria-hidden="true"></canvas>
                <canvas class="stage-canvas" node_ref=back hidden aria-hidden="true"></canvas>
                <canvas class="stage-canvas" node_ref=over hidden aria-hidden="true"></canvas>
                <div class="stage-missing" hidden=move || !self.missing.get()>
                    <p>"The picture has not come."</p>
                    {Key { icon: Some(Icon::Back), ..Key::text("key", "Try again") }
                        .press(move || self.try_again())}
                </div>
            </div>
        }
        .into_any()
    }

    /// Shows a picture in a room; the same one in another room keeps its middle.
    fn show(self, plane: Option<Plane>, room: Point) {
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
            self.change(|view| view.resized(room));
        }
        self.settle();
    }

    /// Lays the picture as it opens, in the room there is.
    fn lay_out(self, turns: u8) {
        let room = self.size.get_untracked();
        let Some(plane) = self.plane.get_untracked() else { return };
        let whole = Viewport::fit(plane.area, room, turns, MARGIN);
        let view = match plane.focus {
            None => whole,
            Some(focus) => {
                let near =
                    Viewport::fit(focus, room, turns, (room.0.min(room.1) / 8.0).max(MARGIN));
                let most = whole.scale.max(3.0);
                let middle = (room.0 / 2.0, room.1 / 2.0);
                near.zoomed((most / near.scale).min(1.0), middle).within(plane.area)
            }
        };
        self.view.set(view);
    }

    /// Asks for a frame, once.
    fn ask(self) {
        let first = self.parts.try_update_value(|parts| !std::mem::replace(&mut parts.asked, true));
        if first == Some(true) {
            request_animation_frame(move || self.frame());
        }
    }

    /// One frame: brings every layer to where the view has it.
    fn frame(self) {
        let Some(view) = self.view.try_get_untracked() else { return };
        let more = self.parts.try_update_value(|parts| {
            parts.asked = false;
            let moved = parts.followed != Some(view);
            if moved {
                parts.followed = Some(view);
                parts.moving += 1;
                if let Some(lay) = &mut parts.lay {
                    lay.follow(&view);
                    if parts.moving % FETCHING == 0 {
                        lay.fetch(&view);
                    }
                }
                self.rest_later(parts);
            }
            let more = parts.board.as_mut().is_some_and(|board| {
                let more = board.work();
                board.follow(&view);
                more
            });
            parts.draw_over(view);
            more
        });
        if more == Some(true) {
            self.ask();
        }
    }

    fn rest_later(self, parts: &mut Parts) {
        if let Some(rest) = parts.rest.take() {
            rest.clear();
        }
        let later = Duration::from_millis(REST);
        parts.rest = set_timeout_with_handle(move || self.settle(), later).ok();
    }

    /// Lays and draws everything anew where it is now.
    fn settle(self) {
        let Some(view) = self.view.try_get_untracked().filter(|view| view.room.0 > 1.0) else {
            return;
        };
        let _ = self.parts.try_update_value(|parts| {
            parts.moving = 0;
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

    fn tiles_came(self) {
        let _ = self.parts.try_update_value(|parts| {
            if let Some(lay) = &mut parts.lay {
                lay.prune();
            }
        });
    }

    fn try_again(self) {
        self.missing.set(false);
        let _ = self.parts.try_update_value(|parts| {
            if let Some(lay) = &mut parts.lay {
                lay.try_again();
            }
        });
    }
}

impl Parts {
    /// Draws what changes while a finger is down. Nothing to draw: no canvas either.
    fn draw_over(&self, view: Viewport) {
        let (Some(over), Some((any, paint)), Some(lay)) = (&self.over, &self.paint, &self.lay)
        else {
            return;
        };
        let any = any();
        over.set_hidden(!any);
        if let Some(context) = any.then(|| prepare(over, view.room, 0.0, 3.0)).flatten() {
            paint(&Brush { pen: Pen { context: &context, view }, lay });
        }
    }
}
