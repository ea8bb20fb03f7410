//! The stage itself: what holds the layers together and moves them.

use super::canvas::Board;
use super::frames::{Brush, Parts};
use super::lay::Lay;
use super::{Figure, Look, Plane, Point, Viewport};
use crate::strip::{observe, set};
use crate::{Icon, Key, once_wanted};
use leptos::html::{Canvas, Div};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::MouseEvent;

/// A stage. Copies are the same stage.
#[derive(Clone, Copy)]
pub struct Stage {
    /// Where the picture lies. Two stages may share it, to stay in step.
    pub view: RwSignal<Viewport>,
    /// How bright it is shown.
    pub look: RwSignal<Look>,
    pub(super) plane: Signal<Option<Plane>>,
    /// A piece of the picture has not come.
    pub missing: RwSignal<bool>,
    pub(super) size: RwSignal<Point>,
    root: NodeRef<Div>,
    pub(super) parts: StoredValue<Parts, LocalStorage>,
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

    /// Turns it by a quarter clockwise; a picture that lies as it opened does so again.
    pub fn turn(self) {
        if self.is_home() {
            self.lay_out((self.view.get_untracked().turns + 1) % 4);
        } else {
            self.change(Viewport::turned);
        }
        self.settle();
    }

    /// Shows what it opened with.
    pub fn home(self) {
        let Some(turns) = self.view.try_get_untracked().map(|view| view.turns) else { return };
        self.lay_out(turns);
    }

    /// Shows it as it came: whole, unturned, in its own light.
    pub fn reset(self) {
        self.look.set(Look::default());
        self.lay_out(self.plane.with_untracked(|plane| plane.as_ref().map_or(0, |p| p.turns)));
        self.settle();
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
            "0" => self.reset(),
            "t" | "T" => self.turn(),
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
        let (front, over) = (NodeRef::<Canvas>::new(), NodeRef::<Canvas>::new());
        observe(self.root, self.size);
        crate::live::follow(move |mounted: Option<bool>| {
            if mounted == Some(true) {
                return true;
            }
            let (Some(layer), Some(paper), Some(focus)) = (layer.get(), paper.get(), focus.get())
            else {
                return false;
            };
            let (Some(front), Some(over)) = (front.get(), over.get()) else { return false };
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
                parts.board = Board::new(front);
                parts.over = Some(over);
                parts.kept = vec![came, failed];
            });
            true
        });
        crate::live::watch(move || {
            let room = self.size.get();
            let plane = self.plane.get();
            if layer.get().is_some() && room.0 > 0.0 && room.1 > 0.0 {
                self.show(plane, room);
            }
        });
        crate::live::watch(move || {
            self.view.track();
            self.ask();
        });
        crate::live::watch(move || {
            let figures = figures.get();
            let view = self.view.get_untracked();
            let first = self.parts.try_update_value(|parts| {
                parts.figures = figures;
                let board = parts.board.as_mut().filter(|_| view.room.0 > 1.0)?;
                board.begin(&parts.figures, view);
                Some(board.is_blank())
            });
            if first.flatten() == Some(true) {
                // The browser's next frame shows them: to wait for that one would take one more.
                untrack(|| self.frame());
            } else {
                self.ask();
            }
        });
        crate::live::watch(move || {
            let filter = self.look.get().filter();
            if let Some(paper) = paper.get() {
                set(&paper, &[("filter", filter)]);
            }
        });
        on_cleanup(move || {
            let _ = self.parts.try_update_value(|parts| {
                parts.stop();
                if let Some(lay) = parts.lay.take() {
                    lay.release();
                }
            });
        });
        view! {
            <div class="stage-layers" node_ref=self.root>
                <div class="stage-layer" node_ref=layer>
                    <div class="stage-paper" node_ref=paper></div>
                    <div class="stage-focus" node_ref=focus hidden aria-hidden="true"><div></div></div>
                </div>
                <canvas class="stage-canvas" node_ref=front hidden aria-hidden="true"></canvas>
                <canvas class="stage-canvas stage-over" node_ref=over hidden aria-hidden="true"></canvas>
                {once_wanted(move || self.missing.get(), move || self.lost())}
            </div>
        }
        .into_any()
    }

    /// What is told where a piece of the picture has not come.
    fn lost(self) -> AnyView {
        view! {
            // What is pressed here is not meant for the picture below.
            <div
                class="stage-missing"
                hidden=move || !self.missing.get()
                on:pointerdown=|event| event.stop_propagation()
                on:touchstart=|event| event.stop_propagation()
                on:keydown=|event| event.stop_propagation()
            >
                <p>"The picture has not come."</p>
                {Key { icon: Some(Icon::BACK), ..Key::text("key", "Try again") }
                    .press(move || self.try_again())}
            </div>
        }
        .into_any()
    }
}
